import { addWorkingDays, isDay, type WorkingCalendar } from './calendar.js';
import { addDays, dayOf, endOfDay } from './clock.js';
import { type Period, period } from './periods.js';

/** How a definition states a deadline. Days are counted from the day after the start, in Asia/Ho_Chi_Minh. */
export type DueRule =
  | { readonly workingDays: number }
  | { readonly calendarDays: number }
  /** The field holds a day (`yyyy-mm-dd`) or an instant (ISO 8601). */
  | { readonly field: string }
  /** The field holds the id of a period (`2010-Q1`). */
  | { readonly endOfPeriod: string; readonly plusWorkingDays?: number };

/** What a deadline is computed from. */
export interface DueFacts {
  readonly calendar: WorkingCalendar;
  /** The instant from which days are counted, ISO 8601: when the state was entered. */
  readonly from: string;
  /** The value of the field that the rule names. */
  readonly fieldValue?: string | null;
  /** The period itself, where it has bounds of its own; otherwise it is looked up by the id in `fieldValue`. */
  readonly period?: Period | null;
}

/**
 * The instant at which something is due (ISO 8601, UTC), or null where the rule's field is empty or unreadable.
 * A due day counts to its last millisecond in Asia/Ho_Chi_Minh; a field that holds an instant is due at that instant.
 */
export function dueAt(rule: DueRule, facts: DueFacts): string | null {
  if ('workingDays' in rule) return endOfDay(addWorkingDays(facts.calendar, dayOf(facts.from), rule.workingDays));
  if ('calendarDays' in rule) return endOfDay(addDays(dayOf(facts.from), rule.calendarDays));
  if ('field' in rule) return dueOfValue(facts.fieldValue ?? null);
  const bounds = facts.period ?? period(facts.fieldValue ?? '');
  if (bounds === null) return null;
  const plus = rule.plusWorkingDays ?? 0;
  return endOfDay(plus === 0 ? bounds.to : addWorkingDays(facts.calendar, bounds.to, plus));
}

function dueOfValue(value: string | null): string | null {
  if (value === null) return null;
  if (isDay(value)) return endOfDay(value);
  // Date.parse alone would take a bare "2010" for an instant, in the zone of the process.
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/.test(value)) return null;
  const at = Date.parse(value);
  return Number.isNaN(at) ? null : new Date(at).toISOString();
}
