import { TrinhkyError } from '../../errors.js';
import { addDays } from './clock.js';

/** A day off that is not a weekly rest day. `source` says on what it rests: the law, the decision of the year, or that it is an example. */
export interface Holiday {
  /** `yyyy-mm-dd`. */
  readonly day: string;
  readonly name: { readonly vi: string; readonly en: string };
  readonly source: string;
}

/** The working days of an authority, as a dated record: data, never code. Days are days of Asia/Ho_Chi_Minh. */
export interface WorkingCalendar {
  readonly version: string;
  /** Weekly rest days, 0 = Sunday to 6 = Saturday. */
  readonly restDays: readonly number[];
  readonly holidays: readonly Holiday[];
  /** Rest days on which work is done in exchange for another day off (hoán đổi ngày làm việc). */
  readonly workingSwaps: readonly { readonly day: string; readonly source: string }[];
  /** First and last day for which the holidays are known. */
  readonly validFrom: string;
  readonly validTo: string;
}

/** Most calendar days that one computation walks over: ten years. */
export const calendarDaysMax = 3_660;

/** One day passed on the way to a date: `working` days are counted, the others are not, and why. */
export interface CalendarStep {
  readonly day: string;
  readonly working: boolean;
  readonly reason: 'working' | 'rest' | 'holiday' | 'swap';
  readonly name: { readonly vi: string; readonly en: string } | null;
}

/** A computed day and how it came about. `beyondCalendar` warns that holidays were not known for every step. */
export interface CalendarAnswer {
  readonly day: string;
  readonly steps: readonly CalendarStep[];
  readonly beyondCalendar: boolean;
}

/** What a day is in the calendar. A holiday beats a swap: a day named in both is a day off. */
export function stepOf(calendar: WorkingCalendar, day: string): CalendarStep {
  const holiday = calendar.holidays.find((entry) => entry.day === day);
  if (holiday) return { day, working: false, reason: 'holiday', name: holiday.name };
  if (calendar.workingSwaps.some((swap) => swap.day === day)) return { day, working: true, reason: 'swap', name: null };
  const weekday = new Date(`${day}T00:00:00.000Z`).getUTCDay();
  if (calendar.restDays.includes(weekday)) return { day, working: false, reason: 'rest', name: null };
  return { day, working: true, reason: 'working', name: null };
}

/** Whether work is done on this day (`yyyy-mm-dd`). */
export function isWorkingDay(calendar: WorkingCalendar, day: string): boolean {
  return stepOf(calendar, day).working;
}

/**
 * The day `count` working days after `day`, with the days passed. The count starts on the following day; 0 gives the day itself,
 * or the next working day where it is none; a negative count goes back.
 * Throws `inputInvalid` when `count` is no whole number, the day is no day, or more than `calendarDaysMax` days would be walked.
 */
export function explainWorkingDays(calendar: WorkingCalendar, day: string, count: number): CalendarAnswer {
  if (!Number.isInteger(count)) throw new TrinhkyError('inputInvalid', { field: 'workingDays', value: count });
  if (!isDay(day)) throw new TrinhkyError('inputInvalid', { field: 'day', value: day });
  const first = stepOf(calendar, day);
  const steps: CalendarStep[] = count === 0 ? [first] : [];
  const direction = count < 0 ? -1 : 1;
  let left = count === 0 ? (first.working ? 0 : 1) : Math.abs(count);
  let at = day;
  for (let walked = 0; left > 0; walked += 1) {
    if (walked >= calendarDaysMax)
      throw new TrinhkyError('inputInvalid', { field: 'workingDays', value: count, calendarDaysMax });
    at = addDays(at, direction);
    const step = stepOf(calendar, at);
    steps.push(step);
    if (step.working) left -= 1;
  }
  const beyondCalendar = [day, at].some((end) => end < calendar.validFrom || end > calendar.validTo);
  return { day: at, steps, beyondCalendar };
}

/** The day `count` working days after `day`: `explainWorkingDays` without the explanation. */
export function addWorkingDays(calendar: WorkingCalendar, day: string, count: number): string {
  return explainWorkingDays(calendar, day, count).day;
}

/** The first working day after `day`. */
export function nextWorkingDay(calendar: WorkingCalendar, day: string): string {
  return addWorkingDays(calendar, day, 1);
}

/** Whether a text is an existing day, `yyyy-mm-dd`. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00.000Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === text;
}
