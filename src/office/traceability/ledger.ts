import { dutyStateOn } from '../reporting/standings.js';
import type { FaultList } from './faults.js';
import type { DirectiveLine, DutyLine, LineParent, ObligationLine, PeriodLine, PlanLine, RecurringLine } from './lines.js';

/** How the time of a duty stands: done before, on or after its day; not done and within it, past it, or not begun; taken back. */
export type Timing = 'early' | 'onTime' | 'late' | 'running' | 'overdue' | 'notStarted' | 'released';
export const timings: readonly Timing[] = ['early', 'onTime', 'late', 'running', 'overdue', 'notStarted', 'released'];

/** What is read of a plan before its reports: small enough to be held whole. */
export interface PlanTree {
  readonly plan: PlanLine;
  readonly directives: readonly DirectiveLine[];
  /** Assignments, parts of them and occurrences of recurring duties. */
  readonly duties: readonly DutyLine[];
  readonly recurring: readonly RecurringLine[];
  readonly obligations: readonly ObligationLine[];
  readonly periods: readonly PeriodLine[];
}

/** What the core is told of the world: the day, how ids of children follow, and which duties a unit has by succession. */
export interface CoverageWorld {
  /** `yyyy-mm-dd`. */
  readonly today: string;
  /** The id of a child, which follows from its parent: a record that is gone is known by the id that it would have. */
  readonly idOf: (parent: LineParent) => string;
}

/** A directive as it is counted: under the clause by which it was opened, whatever its own field says. */
export interface DirectiveAccount {
  readonly line: DirectiveLine;
  readonly clause: string;
  /** It belongs to an earlier plan and goes on under a clause of this one. */
  readonly continued: boolean;
  readonly duties: DutyAccount[];
  /** Reports that told of its duties, by period instance. */
  readonly told: Map<string, number>;
}

export interface DutyAccount {
  readonly line: DutyLine;
  readonly directive: DirectiveAccount | null;
  told: number;
  lastReport: string | null;
}

/** Everything that is known while the reports and papers of a plan go by; they themselves are not kept. */
export interface Ledger {
  readonly tree: PlanTree;
  readonly world: CoverageWorld;
  readonly faults: FaultList;
  /** Ids of what is named as missing: what hangs on it is not named again. */
  readonly missing: Set<string>;
  readonly directives: Map<string, DirectiveAccount>;
  readonly duties: Map<string, DutyAccount>;
  /** Duties by the units that have them now or were given them. */
  readonly ofUnit: Map<string, DutyAccount[]>;
  readonly periods: Map<string, PeriodLine>;
  readonly reports: Set<string>;
  /** Places of papers that speak of a clause. */
  readonly spoken: Map<string, { readonly paper: string; readonly title: string; readonly places: number }[]>;
}

/** A key under which a child is found from its parent. */
export function childKey({ id, kind, key }: LineParent): string {
  return `${id}|${kind}|${key}`;
}

/** Adds to a list in a map. */
export function addTo<T>(map: Map<string, T[]>, key: string, item: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [item]);
  else list.push(item);
}

/** How a duty stands on a day; a duty that was taken back is nobody's any more. */
export function timingOf(
  { state, dueOn, completedOn }: Pick<DutyLine, 'state' | 'dueOn' | 'completedOn'>,
  today: string,
): Timing {
  return dutyStateOn({ leaf: state, dueOn, completedOn }, today) ?? 'released';
}

/** The unit that had a duty before any other: the one it was opened for. */
function firstHolder({ parent, above, reassigned, unit }: DutyLine): string | null {
  const [first] = reassigned;
  if (first !== undefined) return first.from;
  return parent?.kind === 'assignment' && above === null ? parent.key : unit;
}

/** Every unit that has or had a duty. */
export function holdersOf(line: DutyLine): ReadonlySet<string> {
  const all = [firstHolder(line), line.unit, ...line.reassigned.flatMap(({ from, to }) => [from, to])];
  return new Set(all.filter((unit): unit is string => unit !== null));
}

/** The unit that was given a duty and had it on a day, by re-assignment alone; null on the day of a change, which says nothing for either. */
export function holderOn(line: DutyLine, day: string | null): string | null {
  if (day === null || line.reassigned.length === 0) return line.reassigned.at(-1)?.to ?? firstHolder(line);
  const next = line.reassigned.find(({ on }) => on >= day);
  if (next === undefined) return line.reassigned.at(-1)?.to ?? null;
  return next.on === day ? null : next.from;
}
