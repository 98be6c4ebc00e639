import { type DueDefinition, SYSTEM_ACTOR } from '../../engine/definition.js';
import { readEntry } from '../../engine/entry.js';
import type { Instance, Visit } from '../../engine/instance.js';
import { stepOf, type WorkingCalendar } from '../../office/time/calendar.js';
import { type ChangedDay, changedDays } from '../../office/time/calendarRecord.js';
import { dayOf } from '../../office/time/clock.js';
import { sourceOf } from '../../office/time/deadlines.js';
import { explainTerm } from '../../office/time/termOfStay.js';
import type { Deps } from '../deps.js';
import { openPages } from '../organisation/openWork.js';
import { perform } from '../perform.js';
import { calendarAt } from './versions.js';

/** Due dates that are listed one by one; all of them are counted, and recounted. */
const recountListedMax = 1_000;
const refusedShownMax = 50;
const recountsAtOnce = 8;
const actsCharsMax = 1_000;

/** A due date that comes out otherwise by the calendar in force. */
interface MovedDue {
  readonly instance: string;
  readonly path: string;
  readonly due: string;
  readonly recounted: string | null;
}

interface RefusedRecount {
  readonly instance: string;
  readonly definition: string;
  /** Codes of `errors.ts`. */
  readonly blockers: readonly string[];
}

export interface Recounted {
  /** Open instances whose due dates were recounted, or would be. */
  readonly instances: number;
  /** Their due dates, before and after: the first `recountListedMax`. */
  readonly dues: readonly MovedDue[];
  /** Instances that refused, with their reasons: the first `refusedShownMax`. */
  readonly refused: readonly RefusedRecount[];
}

interface RecountAsk {
  readonly authority: string;
  /** The calendar by which they are counted: the one in force, or with `dryRun` the one that is tried. */
  readonly calendar: WorkingCalendar;
  readonly dryRun: boolean;
  readonly onProgress?: (instances: number) => void;
}

/**
 * Counts the due dates of every open instance anew, each that moves by a command with an entry of its own that names the acts which
 * changed its days. It may be stopped anywhere and run again, in several processes at once: what was recounted comes out the same, so
 * nothing is done twice and nothing left out. With `dryRun` nothing is written.
 */
export async function recountDues(deps: Deps, ask: RecountAsk): Promise<Recounted> {
  const dues: MovedDue[] = [];
  const refused: RefusedRecount[] = [];
  let instances = 0;
  const acts = actsFinder(deps, ask);
  const recountOne = async (instance: Instance): Promise<void> => {
    const moved = await movedDues(deps, ask.calendar, instance);
    if (moved.length === 0) return;
    const refusal = ask.dryRun ? null : await send(deps, ask, instance, await acts(instance, moved));
    if (refusal === 'over') return;
    if (refusal === null) {
      instances += 1;
      dues.push(...moved.slice(0, recountListedMax - dues.length));
    } else if (refused.length < refusedShownMax) refused.push(refusal);
  };
  for await (const page of openPages(deps, ask.authority, null)) {
    const waiting = page.map(({ held }) => held.instance);
    const worker = async (): Promise<void> => {
      for (let instance = waiting.shift(); instance !== undefined; instance = waiting.shift()) await recountOne(instance);
    };
    await Promise.all(Array.from({ length: recountsAtOnce }, worker));
    ask.onProgress?.(instances);
  }
  return { instances, dues, refused };
}

async function movedDues(deps: Pick<Deps, 'models'>, calendar: WorkingCalendar, instance: Instance): Promise<MovedDue[]> {
  await deps.models.learn(instance.definition);
  const { nodes } = deps.models.pinned(instance.definition).machine.tree;
  return Object.entries(instance.visits).flatMap(([path, { due, from }]): MovedDue[] => {
    const rule = nodes.get(path)?.definition.due;
    if (due === null || from === undefined || rule === undefined || !isByCalendar(rule)) return [];
    const recounted = explainTerm(calendar, rule, instance, from).due;
    return recounted === due ? [] : [{ instance: instance.id, path, due, recounted }];
  });
}

/** A day that somebody set is what it is, unless suspended working days are added to it. */
export function isByCalendar({ field, endOfPeriod, plusWorkingDays = 0, suspendedBy }: DueDefinition): boolean {
  return suspendedBy !== undefined || (field === undefined && (endOfPeriod === undefined || plusWorkingDays > 0));
}

/** Null where it was done, `over` where it ended meanwhile. The key names the revision that was seen. */
async function send(deps: Deps, ask: RecountAsk, instance: Instance, decision: string): Promise<RefusedRecount | null | 'over'> {
  const { authority, calendar } = ask;
  const outcome = await perform(deps, {
    authority,
    instance: instance.id,
    command: 'RECOUNT_DUE',
    input: { calendar: calendar.version, decision },
    actor: SYSTEM_ACTOR,
    key: `recount/${calendar.version}/${instance.revision}`,
  });
  if (outcome.kind === 'accepted') return null;
  const blockers = outcome.blockers.map(({ code }) => code);
  return blockers.every((code) => code === 'ended')
    ? 'over'
    : { instance: instance.id, definition: outcome.definition.id, blockers };
}

/** Finds the acts that changed days of an instance's terms since they were counted; the name of the calendar where none is known. */
function actsFinder(deps: Deps, { authority, calendar }: RecountAsk) {
  const changes = new Map<string, readonly ChangedDay[]>();
  const changedSince = async (instance: Instance, { dueRevision }: Visit): Promise<readonly ChangedDay[]> => {
    const [entry] = await deps.store.instances.history(authority, instance.id, dueRevision, 1);
    if (entry === undefined) return [];
    const before = await calendarAt(deps, await deps.store.directory.snapshot(authority), readEntry(entry.bytes).at);
    const known = changes.get(before.version) ?? changedDays(before, calendar);
    changes.set(before.version, known);
    return known;
  };
  return async (instance: Instance, moved: readonly MovedDue[]): Promise<string> => {
    const acts = new Set<string>();
    for (const { path, due, recounted } of moved) {
      const visit = instance.visits[path];
      if (visit?.from === undefined) continue;
      const [first, last] = [dayOf(visit.from), dayOf(recounted !== null && recounted > due ? recounted : due)];
      for (const { day } of await changedSince(instance, visit)) {
        const act = first < day && day <= last ? sourceOf(calendar, day, stepOf(calendar, day).reason) : null;
        if (act !== null) acts.add(act);
      }
    }
    return acts.size === 0
      ? calendar.version
      : Array.from([...acts].join('; '))
          .slice(0, actsCharsMax)
          .join('');
  };
}
