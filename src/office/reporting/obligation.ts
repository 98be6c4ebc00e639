import type { JsonObject } from '../../engine/json.js';
import type { Directory } from '../organisation/directory.js';
import { successorsOn } from '../organisation/lineage.js';
import { addWorkingDays, type WorkingCalendar } from '../time/calendar.js';
import { addDays, startOfDay } from '../time/clock.js';
import { type Frequency, type Period, period, periodAfter, periodOf, type Regime } from '../time/periods.js';

/** Working days after the cut-off, where the obligation says nothing else. */
export const dueDaysDefault = 5;
/** Working days after the units' due day in which the consolidator has to be done, where the obligation says nothing else. */
export const consolidateDaysDefault = 5;
/** Calendar days before the cut-off on which a period opens, where the obligation says nothing else. */
export const opensBeforeDaysDefault = 10;

/**
 * When the reports of an obligation are due (chế độ báo cáo định kỳ; Nghị định 09/2019/NĐ-CP, Điều 12 and 13): which periods, by which
 * closing rule, and in two hops, the unit's day and the consolidator's.
 */
export interface Rhythm {
  readonly frequency: Frequency;
  /** `law`: the closing rule of the time. */
  readonly regime: Regime | 'law';
  /** Working days after the cut-off; where a day of the month is given, that day instead. */
  readonly dueDays: number;
  /** The first such day of a month after the cut-off, as in "chậm nhất ngày 15"; in a short month its last day. */
  readonly dueDay: number | null;
  readonly consolidateDays: number;
  readonly consolidateDay: number | null;
  readonly opensBefore: number;
  /** The last day on which a period may begin; null: as long as the plan is in force. */
  readonly until: string | null;
}

/** One period with the days that follow from the rhythm. Days are `yyyy-mm-dd`. */
export interface ReportingPeriod extends Period {
  readonly dueOn: string;
  readonly consolidateOn: string;
}

const numberAt = (value: unknown, otherwise: number): number => (typeof value === 'number' ? value : otherwise);
const numberOrNull = (value: unknown): number | null => (typeof value === 'number' ? value : null);

/** The rhythm in the context of an obligation, or in the input that opens one. */
export function rhythmOf(values: JsonObject): Rhythm {
  const { frequency, regime, until } = values;
  return {
    frequency: (typeof frequency === 'string' ? frequency : 'quarter') as Frequency,
    regime: regime === 'calendar' || regime === 'closing14' ? regime : 'law',
    dueDays: numberAt(values.dueDays, dueDaysDefault),
    dueDay: numberOrNull(values.dueDay),
    consolidateDays: numberAt(values.consolidateDays, consolidateDaysDefault),
    consolidateDay: numberOrNull(values.consolidateDay),
    opensBefore: numberAt(values.opensBefore, opensBeforeDaysDefault),
    until: typeof until === 'string' ? until : null,
  };
}

function regimeGiven({ regime }: Rhythm): Regime | undefined {
  return regime === 'law' ? undefined : regime;
}

/**
 * The first day with this number in a month that lies after `day`; the month's last day where it has no such day. A day that is named is
 * that day, whatever day of the week it is.
 */
function monthDayAfter(day: string, number: number): string {
  const inMonth = (year: number, month: number): string => {
    const next =
      month === 12 ? `${String(year + 1).padStart(4, '0')}-01-01` : `${day.slice(0, 4)}-${String(month + 1).padStart(2, '0')}-01`;
    const last = Number(addDays(next, -1).slice(8, 10));
    return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(Math.min(number, last)).padStart(2, '0')}`;
  };
  const [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7))];
  const here = inMonth(year, month);
  return here > day
    ? here
    : month === 12
      ? `${String(year + 1).padStart(4, '0')}-01-${String(number).padStart(2, '0')}`
      : inMonth(year, month + 1);
}

/** The period with this id under a rhythm; null where the id names none, or one of another frequency. Throws as `addWorkingDays` does. */
export function reportingPeriod(id: string, rhythm: Rhythm, calendar: WorkingCalendar): ReportingPeriod | null {
  const found = period(id, regimeGiven(rhythm));
  if (found === null || periodOf(found.to, rhythm.frequency, regimeGiven(rhythm)) !== id) return null;
  const dueOn =
    rhythm.dueDay === null ? addWorkingDays(calendar, found.to, rhythm.dueDays) : monthDayAfter(found.to, rhythm.dueDay);
  const consolidateOn =
    rhythm.consolidateDay === null
      ? addWorkingDays(calendar, dueOn, rhythm.consolidateDays)
      : monthDayAfter(dueOn, rhythm.consolidateDay);
  return { ...found, dueOn, consolidateOn };
}

/** The id of the period that runs on a day. */
export function runningPeriod(day: string, rhythm: Rhythm): string {
  return periodOf(day, rhythm.frequency, regimeGiven(rhythm));
}

/** The next period to be opened by itself, and the instant at which it opens: the morning of a day before its cut-off. */
export interface NextPeriod {
  readonly nextPeriod: string;
  /** ISO 8601, UTC. */
  readonly opensOn: string;
}

/** From a period on, the first that is not among those opened; null where none is to come, as after the rhythm's last day. */
export function nextToOpen(from: string | null, opened: readonly string[], rhythm: Rhythm): NextPeriod | null {
  for (let id = from; id !== null; id = periodAfter(id)) {
    const bounds = period(id, regimeGiven(rhythm));
    if (bounds === null || (rhythm.until !== null && bounds.from > rhythm.until)) return null;
    if (opened.includes(id)) continue;
    const opensOn = addDays(bounds.to, -rhythm.opensBefore);
    return { nextPeriod: id, opensOn: startOfDay(opensOn < bounds.from ? bounds.from : opensOn) };
  }
  return null;
}

/** The units that are asked for a report on a day: each that was abolished before is replaced by those that took it over, none twice. */
export function unitsAsked(directory: Directory, units: readonly string[], day: string): readonly string[] {
  return [...new Set(units.flatMap((unit) => successorsOn(directory, unit, day)))];
}
