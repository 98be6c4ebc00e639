import { isObject, type Json, type JsonObject } from '../../engine/json.js';
import { addWorkingDays, type WorkingCalendar } from '../time/calendar.js';
import { startOfDay } from '../time/clock.js';
import { type Frequency, type Period, period, periodAfter, periodOf } from '../time/periods.js';

// Duties that come again (nhiệm vụ thường xuyên, định kỳ): one assignment for each period until a day.

export const recurrences = ['month', 'quarter', 'half', 'year'] as const satisfies readonly Frequency[];
export type Recurring = (typeof recurrences)[number];

/** Occurrences of one duty: ten years of months. */
export const occurrencesMax = 120;

/** How a duty comes again. Days are `yyyy-mm-dd`, both included. Periods are those of the calendar, whatever reports are cut off by. */
export interface Recurrence {
  readonly every: Recurring;
  readonly from: string;
  readonly until: string;
  /** Working days after the period's end on which an occurrence is due; without it the period's last day, or `until` if that is earlier. */
  readonly dueDays?: number;
}

export interface Occurrence {
  readonly period: Period;
  /** ISO 8601, UTC: the first instant of its first day, or of `from`. */
  readonly opensAt: string;
  readonly dueOn: string;
}

/** The recurrence in an input or a context; null where a part is missing or is none. */
export function recurrenceOf(value: Json | undefined): Recurrence | null {
  if (!isObject(value)) return null;
  const { every, from, until, dueDays } = value as JsonObject;
  const known = recurrences.find((one) => one === every);
  if (known === undefined || typeof from !== 'string' || typeof until !== 'string') return null;
  return { every: known, from, until, ...(typeof dueDays === 'number' ? { dueDays } : {}) };
}

/** The occurrence of one period; null where the period's id names none, or it begins after the last day. */
export function occurrenceOf(rule: Recurrence, id: string, calendar: WorkingCalendar): Occurrence | null {
  const found = period(id, 'calendar');
  if (found === null || found.from > rule.until) return null;
  const opens = found.from > rule.from ? found.from : rule.from;
  const last = found.to < rule.until ? found.to : rule.until;
  const dueOn = rule.dueDays === undefined ? last : addWorkingDays(calendar, found.to, rule.dueDays);
  return { period: found, opensAt: startOfDay(opens), dueOn };
}

/** The period in which a duty occurs first. */
export function firstPeriod({ every, from }: Recurrence): string {
  return periodOf(from, every, 'calendar');
}

/** The period after this one in which it occurs again; null after the last. */
export function nextPeriod(rule: Recurrence, id: string): string | null {
  const next = periodAfter(id);
  const found = next === null ? null : period(next, 'calendar');
  return found === null || found.from > rule.until ? null : found.id;
}

/** How many times a duty occurs; counts to one more than `occurrencesMax`. */
export function countOf(rule: Recurrence): number {
  let count = 0;
  for (let id: string | null = rule.from > rule.until ? null : firstPeriod(rule); id !== null; id = nextPeriod(rule, id)) {
    count += 1;
    if (count > occurrencesMax) break;
  }
  return count;
}

/**
 * The first period from `id` on that had not ended on a day, and those before it that had: after a suspension what passed meanwhile is not asked for.
 * `next` is null where none is left.
 */
export function afterPause(
  rule: Recurrence,
  id: string,
  today: string,
): { readonly next: string | null; readonly skipped: readonly string[] } {
  const skipped: string[] = [];
  let next: string | null = id;
  while (next !== null) {
    const found = period(next, 'calendar');
    if (found === null || found.to >= today) break;
    skipped.push(next);
    next = nextPeriod(rule, next);
  }
  return { next, skipped };
}
