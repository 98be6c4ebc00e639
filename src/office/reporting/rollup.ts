import type { FigureRule } from './form.js';

/** How one report stood when the roll-up was taken. */
export interface RollupUnit {
  /** The unit for which the report was opened, and its name at the period's end; old papers keep old names. */
  readonly unit: string;
  readonly name: string;
  /** The unit that answers for it now, where another took over; null where none did. */
  readonly answeredBy: { readonly unit: string; readonly name: string } | null;
  readonly report: string;
  /** The report's revision at which it was read: with it the entries alone say the same again. */
  readonly revision: number;
  readonly state: 'onTime' | 'late' | 'silent';
  /** `yyyy-mm-dd`; null for a silent unit. */
  readonly submittedOn: string | null;
  /** Hash of the accepted content; null for a silent unit, and for a report that was sent and is not accepted yet. */
  readonly content: string | null;
}

/**
 * One figure over all units. A figure that is told for each duty bears the clause after its code, `luot@II.1`; one that is the column of a
 * table the table's code before it, `coSo.soLuong`. Values are canonical decimal texts, never floating point: sums agree to the last digit. */
export interface RollupFigure {
  readonly code: string;
  readonly label: string;
  readonly measure: string;
  readonly rule: FigureRule;
  readonly decimals: number;
  readonly value: string | null;
  /** Reports that gave it. */
  readonly of: readonly { readonly report: string; readonly value: string }[];
  /** The same figure in the period before, and the change; null where there is none to compare with. */
  readonly before: string | null;
  readonly change: string | null;
}

/** How the duties of one clause stood at the instant of the roll-up. */
export interface RollupClause {
  readonly clause: string;
  readonly directive: string;
  readonly title: string;
  readonly total: number;
  readonly early: number;
  readonly onTime: number;
  readonly late: number;
  readonly running: number;
  readonly overdue: number;
  readonly notStarted: number;
  /** Duties that are not done, by instance. */
  readonly open: readonly string[];
}

/**
 * The roll-up of one period (số liệu tổng hợp một kỳ), an immutable content under its hash. Built from the accepted reports and the standing of
 * the duties at `takenAt`; the same can be built again from entries and contents alone, and must agree to the last digit.
 */
export interface Rollup {
  readonly kind: 'rollup';
  readonly plan: string;
  /** The period's instance, or the obligation's for a year. */
  readonly of: string;
  /** `2010-Q1`, `2010-Y`. */
  readonly period: string;
  readonly form: string;
  /** Instant, ISO 8601 UTC. */
  readonly takenAt: string;
  readonly units: readonly RollupUnit[];
  readonly figures: readonly RollupFigure[];
  readonly clauses: readonly RollupClause[];
  /** The duties that were counted, each with the revision at which it was read, by id: with them the entries alone say the same again. */
  readonly duties: readonly (readonly [assignment: string, revision: number])[];
  /** Yes-or-no items: how many units said yes of how many that answered; in a year's, how many reports. */
  readonly yesNo: readonly { readonly code: string; readonly label: string; readonly yes: number; readonly of: number }[];
  /** Hash of the roll-up with which this one is compared; null for the first. */
  readonly before: string | null;
  /** Hashes of the quarters' roll-ups from which a year's is built; empty for a period's own. */
  readonly parts: readonly string[];
}
