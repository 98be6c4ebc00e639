import { readEntry } from '../../engine/entry.js';
import type { Instance } from '../../engine/instance.js';
import type { Directory } from '../../office/organisation/directory.js';
import type { WorkingCalendar } from '../../office/time/calendar.js';
import type { ChangedDay } from '../../office/time/calendarRecord.js';
import { dayOf } from '../../office/time/clock.js';
import { explainTerm } from '../../office/time/termOfStay.js';
import type { Deps } from '../deps.js';
import { isByCalendar } from './recount.js';

/** Most open instances that one look at the consequences goes through. */
const openInstancesMax = 20_000;
const pageRows = 200;
const examplesMax = 10;

/** An open due date that was counted over days which the new calendar changes. It stays; `recounted` is what it would be today. */
export interface RestingDue {
  readonly instance: string;
  readonly path: string;
  readonly due: string;
  readonly recounted: string | null;
}

export interface DueConsequences {
  /** Open instances with at least one such due date. */
  readonly instances: number;
  /** False where more than `openInstancesMax` are open: then `instances` counts the first of them only. */
  readonly complete: boolean;
  readonly examples: readonly RestingDue[];
}

interface Change {
  readonly directory: Directory;
  readonly calendar: WorkingCalendar;
  readonly changed: readonly ChangedDay[];
}

/** The open instances whose due dates count working days over a changed day. Reads only. */
export async function dueConsequences(deps: Pick<Deps, 'store' | 'models'>, change: Change): Promise<DueConsequences> {
  const examples: RestingDue[] = [];
  const { id: authority } = change.directory.authority;
  let [instances, seen, after] = [0, 0, null as string | null];
  if (change.changed.length === 0) return { instances, complete: true, examples };
  do {
    const page = await deps.store.instances.openPage({ authority, by: null, after, limit: pageRows });
    for (const { held } of page.rows) {
      const resting = await restingOf(deps, change, held.instance);
      if (resting.length > 0) instances += 1;
      examples.push(...resting.slice(0, examplesMax - examples.length));
    }
    seen += page.rows.length;
    after = page.next;
  } while (after !== null && seen < openInstancesMax);
  return { instances, complete: after === null, examples };
}

async function restingOf(deps: Pick<Deps, 'store' | 'models'>, change: Change, instance: Instance): Promise<RestingDue[]> {
  const resting: RestingDue[] = [];
  for (const [path, visit] of Object.entries(instance.visits)) {
    const { due } = visit;
    // A span ends with its due day: where no changed day lies before it, nothing of the history need be read.
    if (due === null || !change.changed.some(({ day }) => day <= dayOf(due))) continue;
    await deps.models.learn(instance.definition);
    const rule = deps.models.pinned(instance.definition).machine.tree.nodes.get(path)?.definition.due;
    if (!rule || !isByCalendar(rule)) continue;
    const from = visit.from ?? (await enteredAt(deps, instance, visit.revision));
    if (from === null) continue;
    const counted = explainTerm(change.directory.calendar, rule, instance, from).due;
    const recounted = explainTerm(change.calendar, rule, instance, from).due;
    // A day that fell away and one that came back leave the due date where it was: it rests on them all the same.
    const within = change.changed.some(({ day }) => dayOf(from) < day && day <= dayOf(due));
    if (counted !== recounted || (rule.workingDays !== undefined && within))
      resting.push({ instance: instance.id, path, due, recounted });
  }
  return resting;
}

/** When a stay began that kept no beginning: the instant of its entry. */
async function enteredAt(deps: Pick<Deps, 'store'>, { authority, id }: Instance, revision: number): Promise<string | null> {
  const [entry] = await deps.store.instances.history(authority, id, revision, 1);
  return entry === undefined ? null : readEntry(entry.bytes).at;
}
