import type { DueDefinition } from '../engine/definition.js';
import { readEntry } from '../engine/entry.js';
import type { Entry, Instance } from '../engine/instance.js';
import type { Model } from '../engine/model.js';
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

/** The sum of days of every state that an instance is in and that has a term. Pure; `since` stands in for a stay that kept no beginning. */
export function explainTerms(
  model: Model,
  instance: Instance,
  calendar: WorkingCalendar,
  since: (revision: number) => string,
): readonly TermReport[] {
  return Object.entries(instance.visits).flatMap(([path, visit]): TermReport[] => {
    const declared = model.machine.tree.nodes.get(path)?.definition.due;
    if (declared === undefined) return [];
    const from = visit.from ?? since(visit.revision);
    const explanation = explainTerm(calendar, declared, instance, from);
    return [{ path, declared, from, due: visit.due, explanation, agrees: explanation.due === visit.due }];
  });
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
  const [directory, stored] = await Promise.all([
    deps.store.directory.snapshot(authority),
    deps.store.instances.history(authority, id, 1, entriesReadMax),
  ]);
  const entries = stored.map(({ bytes }) => readEntry(bytes));
  const atOf = (revision: number): string => entries.find(({ seq }) => seq === revision)?.at ?? entries.at(-1)?.at ?? '';
  const terms = await Promise.all(
    Object.entries(instance.visits).map(async ([path, visit]) => {
      // By the calendar that was in force when the date was set: a version that came later does not move it.
      const calendar = await calendarAt(deps, directory, atOf(visit.dueRevision));
      return explainTerms(model, { ...instance, visits: { [path]: visit } }, calendar, atOf);
    }),
  );
  return { terms: terms.flat(), history: duesInHistory(entries) };
}
