import type { DutyState } from '../reporting/standings.js';
import { type DutyFact, doneStates, type ReportFact, type ReportState } from './facts.js';

/** Duties by how they stand. `total` is the sum of the six; `suspended` and `unconfirmed` are parts of them, not more. */
export interface DutyCounts extends Readonly<Record<DutyState, number>> {
  readonly total: number;
  readonly suspended: number;
  readonly unconfirmed: number;
}

/** Reports by how they stand. `asked` is the sum of the five. */
export interface ReportCounts extends Readonly<Record<ReportState, number>> {
  readonly asked: number;
}

/** A share, with what it was made of. */
export interface Rate {
  readonly numerator: number;
  readonly denominator: number;
  /** Tenths of a percent, rounded half up: 375 is 37.5 %. Null where the denominator is 0: there is no share of nothing. */
  readonly perMille: number | null;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export const noDuties: DutyCounts = {
  total: 0,
  early: 0,
  onTime: 0,
  late: 0,
  running: 0,
  overdue: 0,
  notStarted: 0,
  suspended: 0,
  unconfirmed: 0,
};
export const noReports: ReportCounts = { asked: 0, onTime: 0, late: 0, silent: 0, overdue: 0, awaited: 0 };

/** A share of whole numbers that are not negative; exact, without floating point before the last division. */
export function rateOf(numerator: number, denominator: number): Rate {
  const perMille = denominator === 0 ? null : Math.floor((numerator * 2_000 + denominator) / (2 * denominator));
  return { numerator, denominator, perMille };
}

/** Duties that are done, whenever. */
export function doneOf(counts: DutyCounts): number {
  return counts.early + counts.onTime + counts.late;
}

/** Reports that were received: in time or late. */
export function receivedOf(counts: ReportCounts): number {
  return counts.onTime + counts.late;
}

/**
 * Completeness (tỷ lệ báo cáo đã nhận trên số phải gửi): received, of those that were due. Due is what was received, is silent or is
 * overdue; what may still come in time is not due yet.
 */
export function completenessOf(counts: ReportCounts): Rate {
  const received = receivedOf(counts);
  return rateOf(received, received + counts.silent + counts.overdue);
}

/** Timeliness (tỷ lệ đúng hạn): received in time, of those received. */
export function timelinessOf(counts: ReportCounts): Rate {
  return rateOf(counts.onTime, receivedOf(counts));
}

/** Duties done in time, early ones included, of those done. */
export function doneInTimeOf(counts: DutyCounts): Rate {
  return rateOf(counts.early + counts.onTime, doneOf(counts));
}

/** Duties done, of all. */
export function doneRateOf(counts: DutyCounts): Rate {
  return rateOf(doneOf(counts), counts.total);
}

/** One unit's numbers. */
export interface UnitCounts {
  readonly unit: string;
  readonly duties: DutyCounts;
  readonly reports: ReportCounts;
}

/** Counting that goes on page by page, so that what was counted need not be kept: one small record for each unit. */
export interface Tally {
  addDuty(fact: DutyFact): void;
  addReport(fact: Pick<ReportFact, 'unit' | 'state'>): void;
  /** Numbers that were counted elsewhere, as in a roll-up; they belong to no unit. */
  addDuties(counts: DutyCounts): void;
  /** By unit, in the order of their ids. */
  units(): readonly UnitCounts[];
  duties(): DutyCounts;
  reports(): ReportCounts;
}

interface Counting {
  readonly duties: Mutable<DutyCounts>;
  readonly reports: Mutable<ReportCounts>;
}

const begun = (): Counting => ({ duties: { ...noDuties }, reports: { ...noReports } });

export function makeTally(): Tally {
  const byUnit = new Map<string, Counting>();
  const all = begun();
  const of = (unit: string): Counting => {
    const known = byUnit.get(unit) ?? begun();
    byUnit.set(unit, known);
    return known;
  };
  return {
    addDuty(fact) {
      for (const { duties } of [all, of(fact.unit)]) {
        duties.total += 1;
        duties[fact.state] += 1;
        if (fact.suspended) duties.suspended += 1;
        if (fact.unconfirmed) duties.unconfirmed += 1;
      }
    },
    addReport({ unit, state }) {
      for (const { reports } of [all, of(unit)]) {
        reports.asked += 1;
        reports[state] += 1;
      }
    },
    addDuties(counts) {
      for (const name of Object.keys(noDuties) as (keyof DutyCounts)[]) all.duties[name] += counts[name];
    },
    units: () =>
      [...byUnit]
        .map(([unit, { duties, reports }]) => ({ unit, duties: { ...duties }, reports: { ...reports } }))
        .sort((a, b) => (a.unit < b.unit ? -1 : a.unit > b.unit ? 1 : 0)),
    duties: () => ({ ...all.duties }),
    reports: () => ({ ...all.reports }),
  };
}

/** Whether a duty was done by the end of a day. */
export function doneBy(fact: Pick<DutyFact, 'state' | 'doneOn'>, day: string): boolean {
  return doneStates.has(fact.state) && fact.doneOn !== null && fact.doneOn <= day;
}
