import type { DueDefinition } from '../engine/definition.js';
import { readEntry } from '../engine/entry.js';
import type { Entry, Instance, Visit } from '../engine/instance.js';
import type { Model } from '../engine/model.js';
import { TrinhkyError } from '../errors.js';
import type { Directory } from '../office/organisation/directory.js';
import type { WorkingCalendar } from '../office/time/calendar.js';
import type { DueExplanation } from '../office/time/deadlines.js';
import { explainTerm } from '../office/time/termOfStay.js';
import { calendarAt } from './calendar/versions.js';
import type { Deps } from './deps.js';

/** Entries that are read for earlier due dates: more than any instance has in a lifetime, and a bound. */
export const entriesReadMax = 1_000;

/** The due date of one state, and how it comes about. */
export interface TermReport {
  readonly path: string;
  readonly declared: DueDefinition;
  /** The instant from which it counts, ISO 8601. */
  readonly from: string;
  /** As the instance holds it; null while it is suspended and where there is none. */
  readonly due: string | null;
  /** As it comes out now, step by step. */
  readonly explanation: DueExplanation;
  /** False where the calendar has changed since: the date that was set stands. */
  readonly agrees: boolean;
}

/** A due date that held once, by the entry that set it. */
export interface EarlierDue {
  readonly path: string;
  readonly due: string;
  readonly seq: number;
  readonly at: string;
  readonly command: string;
  readonly actor: string;
}

/** The sum of days of one stay; null where its state has no term. */
function explainStay(model: Model, instance: Instance, stay: Stay): TermReport | null {
  const { path, visit, from, calendar } = stay;
  const declared = model.machine.tree.nodes.get(path)?.definition.due;
  if (declared === undefined) return null;
  const explanation = explainTerm(calendar, declared, instance, from);
  return { path, declared, from, due: visit.due, explanation, agrees: explanation.due === visit.due };
}

interface Stay {
  readonly path: string;
  readonly visit: Visit;
  readonly from: string;
  readonly calendar: WorkingCalendar;
}

/**
 * The sum of days of every state that an instance is in and that has a term, each by the calendar that was in force when its date was
 * set: a version that came later does not move it. Reads one entry for each stay, and only where there was more than one version.
 */
export async function termsOf(
  deps: Pick<Deps, 'store'>,
  model: Model,
  instance: Instance,
  directory: Directory,
): Promise<readonly TermReport[]> {
  const { authority, id } = instance;
  const versions = directory.calendars?.length ?? 0;
  const atOf = async (revision: number): Promise<string> => {
    const [entry] = await deps.store.instances.history(authority, id, revision, 1);
    if (entry === undefined) throw new TrinhkyError('internal', { what: 'entryMissing', instance: id, seq: revision });
    return readEntry(entry.bytes).at;
  };
  const terms = await Promise.all(
    Object.entries(instance.visits).map(async ([path, visit]) => {
      const calendar = versions > 1 ? await calendarAt(deps, directory, await atOf(visit.dueRevision)) : directory.calendar;
      const from = visit.from ?? (await atOf(visit.revision));
      return explainStay(model, instance, { path, visit, from, calendar });
    }),
  );
  return terms.filter((term) => term !== null);
}

/** The due dates that entries set, oldest first: each commit that set one planned its reminder or its command for that instant. */
export function duesInHistory(entries: readonly Entry[]): readonly EarlierDue[] {
  return entries.flatMap(({ seq, at, command, actor, effects }) => {
    const set = new Map<string, string>();
    for (const { kind, params, dueAt } of effects) {
      const isDue = kind === 'timer' || (kind === 'remind' && params.moment === 'due');
      if (isDue && dueAt !== null && typeof params.path === 'string') set.set(params.path, dueAt);
    }
    return [...set].map(([path, due]): EarlierDue => ({ path, due, seq, at, command, actor }));
  });
}

export interface DueReport {
  readonly terms: readonly TermReport[];
  /** Every due date that was set, those that hold included. */
  readonly history: readonly EarlierDue[];
}

/** What `trinhky due` and the API answer: the terms that run, and every due date that was ever set, read from the history. */
export async function dueReport(deps: Pick<Deps, 'store'>, model: Model, instance: Instance): Promise<DueReport> {
  const { authority, id } = instance;
  const directory = await deps.store.directory.snapshot(authority);
  const [terms, stored] = await Promise.all([
    termsOf(deps, model, instance, directory),
    deps.store.instances.history(authority, id, 1, entriesReadMax),
  ]);
  return { terms, history: duesInHistory(stored.map(({ bytes }) => readEntry(bytes))) };
}
