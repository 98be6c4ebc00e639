import { TrinhkyError } from '../../errors.js';
import { addDays } from './clock.js';

/** A day off that is not a weekly rest day. */
export interface Holiday {
  /** `yyyy-mm-dd`. */
  readonly day: string;
  readonly name: Words;
  /** On what it rests: the article of the law, or the decision or notice of the year with its number. */
  readonly source: string;
  /** Computed from the law, and still to be confirmed by the decision of the year. */
  readonly proposed?: true;
}

/** A weekly rest day on which work is done in exchange for a working day that is taken off (hoán đổi ngày làm việc). */
export interface WorkingSwap {
  /** The rest day on which work is done. */
  readonly day: string;
  readonly source: string;
  /** The working day that is taken off for it. Recorded with every calendar that is loaded as a version of its own. */
  readonly dayOff?: string;
  /** Number and day of the act that ordered it: `Thông báo số 9441/TB-BNV ngày 16/10/2025`. Recorded likewise. */
  readonly decision?: string;
}

/** When work is done on some weekdays (0 = Sunday to 6 = Saturday); the spans in order, `hh:mm` in Asia/Ho_Chi_Minh. */
export interface WorkingHours {
  readonly weekdays: readonly number[];
  readonly spans: readonly { readonly from: string; readonly to: string }[];
}

interface Words {
  readonly vi: string;
  readonly en: string;
}

/** The working days of an authority, as a dated record: data, never code. Days are days of Asia/Ho_Chi_Minh. */
export interface WorkingCalendar {
  /** A version that was used never changes; a change of the calendar is a version with another name. */
  readonly version: string;
  /** Weekly rest days, 0 = Sunday to 6 = Saturday. */
  readonly restDays: readonly number[];
  readonly holidays: readonly Holiday[];
  /** Days off by a local decision, beside those of the whole country. */
  readonly localDays?: readonly Holiday[];
  readonly workingSwaps: readonly WorkingSwap[];
  /** Without them the usual hours hold (workingHours.ts). */
  readonly hours?: readonly WorkingHours[];
  /** First and last day for which the holidays are known. */
  readonly validFrom: string;
  readonly validTo: string;
}

/** Most calendar days that one computation walks over: ten years. */
export const calendarDaysMax = 3_660;

/**
 * One day passed on the way to a date: `working` days are counted, the others are not, and why. With the reason `swap` a working day is
 * a rest day that is worked, and a day that is not is the working day taken off for it.
 */
export interface CalendarStep {
  readonly day: string;
  readonly working: boolean;
  readonly reason: 'working' | 'rest' | 'holiday' | 'swap';
  readonly name: Words | null;
}

/** A computed day and how it came about. `beyondCalendar` warns that holidays were not known for every step. */
export interface CalendarAnswer {
  readonly day: string;
  readonly steps: readonly CalendarStep[];
  readonly beyondCalendar: boolean;
}

const DAY_MS = 86_400_000;
const special = new WeakMap<WorkingCalendar, ReadonlyMap<string, CalendarStep>>();

/** The days that the week alone does not decide; built once for each calendar, later entries giving way to earlier ones. */
function specialOf(calendar: WorkingCalendar): ReadonlyMap<string, CalendarStep> {
  const known = special.get(calendar);
  if (known) return known;
  const off = [...calendar.holidays, ...(calendar.localDays ?? [])].map(
    ({ day, name }): CalendarStep => ({ day, working: false, reason: 'holiday', name }),
  );
  const steps = [...off, ...calendar.workingSwaps.flatMap(swapSteps)];
  const index = new Map(steps.toReversed().map((step) => [step.day, step]));
  special.set(calendar, index);
  return index;
}

function swapSteps({ day, dayOff }: WorkingSwap): CalendarStep[] {
  const worked: CalendarStep = { day, working: true, reason: 'swap', name: null };
  if (dayOff === undefined) return [worked];
  const [on, off] = [day, dayOff].map((one) => one.split('-').reverse().join('/'));
  const name = { vi: `Nghỉ hoán đổi, làm bù ngày ${on}`, en: `Day off in exchange for ${on}` };
  return [
    { ...worked, name: { vi: `Làm bù cho ngày ${off}`, en: `Worked in exchange for ${off}` } },
    { day: dayOff, working: false, reason: 'swap', name },
  ];
}

/** What a day is in the calendar. A holiday beats a swap: a day named in both is a day off. */
export function stepOf(calendar: WorkingCalendar, day: string): CalendarStep {
  const step = specialOf(calendar).get(day);
  if (step) return step;
  const rest = calendar.restDays.includes(weekdayOf(day));
  return { day, working: !rest, reason: rest ? 'rest' : 'working', name: null };
}

const MONTH_SHIFT = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4] as const;

/** The day of the week, 0 = Sunday to 6 = Saturday. By arithmetic (T. Sakamoto), as every step of a count asks for it. */
export function weekdayOf(day: string): number {
  const month = Number(day.slice(5, 7));
  // January and February belong to the year before: a leap day changes what follows it.
  const year = Number(day.slice(0, 4)) - (month < 3 ? 1 : 0);
  const leaps = Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400);
  return (year + leaps + (MONTH_SHIFT[month - 1] ?? 0) + Number(day.slice(8, 10))) % 7;
}

/**
 * Working days after `from` up to and with `to`, however far apart they are: whole weeks by arithmetic, then the days that the week alone
 * does not decide. 0 where `to` is not later.
 */
export function workingDaysBetween(calendar: WorkingCalendar, from: string, to: string): number {
  const known = countedOf(calendar);
  const span = `${from} ${to}`;
  const counted = known.get(span);
  if (counted !== undefined) return counted;
  if (known.size >= spansKeptMax) known.clear();
  const count = countBetween(calendar, from, to);
  known.set(span, count);
  return count;
}

/** Works of one plan have few due days among them: thousands of duties ask for the same spans. */
const spansKeptMax = 1_000;
const countedSpans = new WeakMap<WorkingCalendar, Map<string, number>>();

function countedOf(calendar: WorkingCalendar): Map<string, number> {
  const known = countedSpans.get(calendar) ?? new Map<string, number>();
  countedSpans.set(calendar, known);
  return known;
}

function countBetween(calendar: WorkingCalendar, from: string, to: string): number {
  const days = Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
  if (!(days > 0)) return 0;
  const working = [0, 1, 2, 3, 4, 5, 6].filter((weekday) => !calendar.restDays.includes(weekday));
  const start = weekdayOf(from);
  const left = Array.from({ length: days % 7 }, (_, index) => (start + 1 + index) % 7);
  let count = Math.floor(days / 7) * working.length + left.filter((weekday) => working.includes(weekday)).length;
  for (const step of specialOf(calendar).values()) {
    if (step.day <= from || step.day > to) continue;
    count += Number(step.working) - Number(working.includes(weekdayOf(step.day)));
  }
  return count;
}

/** Whether a span of days reaches where the calendar's holidays are not known. */
export function isBeyond(calendar: WorkingCalendar, from: string, to: string): boolean {
  return [from, to].some((day) => day < calendar.validFrom || day > calendar.validTo);
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
