import { TrinhkyError } from '../../errors.js';
import { calendarDaysMax, isDay, stepOf, type WorkingCalendar } from './calendar.js';
import { addDays, dayOf, endOfDay } from './clock.js';
import { type Period, period } from './periods.js';
import { type SuspendedSpan, type Suspension, spanAt, spansOf, suspendedWorkingDays } from './suspensions.js';

/**
 * How a definition states a deadline. Days are counted from the day after the start (Bộ luật Dân sự 2015, Điều 147 khoản 2), in
 * Asia/Ho_Chi_Minh.
 */
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
  /** The ledger of suspensions, where the rule has one. */
  readonly suspensions?: readonly Suspension[];
}

/** One line of the sum of days. */
export interface DueStep {
  readonly day: string;
  /** The last day of a line that stands for several. */
  readonly until?: string;
  /** `start`: the count begins after it; `given`, `periodEnd`: a day that is not counted to; the others are days passed. A swap may be either. */
  readonly reason: 'start' | 'given' | 'periodEnd' | 'working' | 'swap' | 'rest' | 'holiday' | 'calendar' | 'suspended';
  /** Which day of the term it is; null for a day that does not count. */
  readonly counted: number | null;
  readonly name: { readonly vi: string; readonly en: string } | null;
  /** On what a holiday or a swap rests; the reason of a suspension. */
  readonly source: string | null;
}

/** How a due date comes about. */
export interface DueExplanation {
  /** ISO 8601, UTC; null where a field is empty or unreadable, and while a suspension is open. */
  readonly due: string | null;
  readonly steps: readonly DueStep[];
  readonly calendarVersion: string;
  /** Holidays were not known for every day of the sum. */
  readonly beyondCalendar: boolean;
  /** The spans taken out of it. */
  readonly suspended: readonly SuspendedSpan[];
  /** Days of the term that are left when the open suspension ends; null where none is open. */
  readonly remaining: number | null;
  /** The last instant whose data counts, for a term that follows a period (Nghị định 09/2019/NĐ-CP, Điều 12). */
  readonly cutOff: string | null;
}

/**
 * The instant at which something is due (ISO 8601, UTC), or null where the rule's field is empty or unreadable, or a suspension is
 * open. A due day counts to its last millisecond in Asia/Ho_Chi_Minh; a field that holds an instant is due at that instant.
 */
export function dueAt(rule: DueRule, facts: DueFacts): string | null {
  return explainDue(rule, facts).due;
}

/**
 * The same with every step: where the count begins, each day passed with its number or the reason why it does not count, and what
 * was suspended. Pure, and the only place in which a due date is computed, so that the sum shown is the sum that was done.
 *
 * Suspended days do not count: a term in days goes on where it stopped; a fixed day, or the end of a period, moves by the working
 * days before it that were suspended. Throws `inputInvalid` for a term that is no whole number or walks over more than
 * `calendarDaysMax` days that are not suspended.
 */
export function explainDue(rule: DueRule, facts: DueFacts): DueExplanation {
  const spans = spansOf(facts.suspensions ?? []);
  if ('workingDays' in rule) return summed(facts, spans, [], walkFrom(facts, spans, rule.workingDays, 'working'));
  if ('calendarDays' in rule) return summed(facts, spans, [], walkFrom(facts, spans, rule.calendarDays, 'calendar'));
  if ('field' in rule) {
    const value = facts.fieldValue ?? null;
    const due = dueOfValue(value);
    if (due === null) return summed(facts, spans, [], null);
    return summed(facts, spans, [lineOf(dayOf(due), 'given')], moved(facts, spans, due));
  }
  const bounds = facts.period ?? period(facts.fieldValue ?? '');
  if (bounds === null) return summed(facts, spans, [], null);
  const end = lineOf(bounds.to, 'periodEnd');
  const plus = rule.plusWorkingDays ?? 0;
  const walked =
    plus === 0 ? null : walk({ calendar: facts.calendar, spans: [], start: bounds.to, count: plus, kind: 'working' });
  const shifted = moved(facts, spans, walked?.due ?? endOfDay(bounds.to));
  return { ...summed(facts, spans, [end, ...(walked?.steps ?? [])], shifted), cutOff: bounds.cutOff };
}

interface Walked {
  readonly due: string | null;
  readonly steps: readonly DueStep[];
  readonly remaining: number;
}

function summed(
  { calendar }: DueFacts,
  spans: readonly SuspendedSpan[],
  before: readonly DueStep[],
  walked: Walked | null,
): DueExplanation {
  const steps = [...before, ...(walked?.steps ?? [])];
  const open = spans.some(({ to }) => to === null);
  const days = steps.flatMap(({ day, until }) => [day, until ?? day]);
  return {
    due: open ? null : (walked?.due ?? null),
    steps,
    calendarVersion: calendar.version,
    beyondCalendar: days.some((day) => day < calendar.validFrom || day > calendar.validTo),
    suspended: spans,
    remaining: open && walked !== null ? walked.remaining : null,
    cutOff: null,
  };
}

type Counting = 'working' | 'calendar';

function walkFrom(facts: DueFacts, spans: readonly SuspendedSpan[], count: number, kind: Counting): Walked {
  const start = dayOf(facts.from);
  const { due, steps, remaining } = walk({ calendar: facts.calendar, spans, start, count, kind });
  return { due, steps: [lineOf(start, 'start'), ...steps], remaining };
}

/** A fixed instant, later by the working days before it that were suspended: at the end of the day then. */
function moved({ calendar }: DueFacts, spans: readonly SuspendedSpan[], due: string): Walked {
  const base = dayOf(due);
  const [first] = spans;
  const owed = first === undefined ? 0 : suspendedWorkingDays(calendar, spans, { from: first.from, to: base });
  if (owed === 0) return { due, steps: [], remaining: 0 };
  const before = spans
    .filter(({ from }) => from <= base)
    .map((span) => lineOfSpan(span, span.to === null ? null : lastDay(span.to, base)));
  const { due: later, steps, remaining } = walk({ calendar, spans, start: base, count: owed, kind: 'working' });
  return { due: later, steps: [...before, ...steps], remaining };
}

const lastDay = (to: string, base: string): string => (addDays(to, -1) < base ? addDays(to, -1) : base);

interface Walking {
  readonly calendar: WorkingCalendar;
  readonly spans: readonly SuspendedSpan[];
  /** The day after which the count begins. */
  readonly start: string;
  readonly count: number;
  readonly kind: Counting;
}

/**
 * Walks day by day; a span is one line and is passed over whole. Where an open one begins, the walk stops with what is left. A term
 * that would end on a day off ends with the next working day (Bộ luật Dân sự 2015, Điều 148 khoản 5).
 */
function walk({ calendar, spans, start, count, kind }: Walking): Walked {
  if (!Number.isInteger(count) || count < 0) throw new TrinhkyError('inputInvalid', { field: `${kind}Days`, value: count });
  const steps: DueStep[] = [];
  let counted = 0;
  let day = start;
  for (let walked = 0; counted < count || !stepOf(calendar, day).working; walked += 1) {
    if (walked >= calendarDaysMax)
      throw new TrinhkyError('inputInvalid', { field: `${kind}Days`, value: count, calendarDaysMax });
    day = addDays(day, 1);
    const span = spanAt(spans, day);
    if (span !== null) {
      steps.push(lineOfSpan({ ...span, from: day }, span.to === null ? null : addDays(span.to, -1)));
      if (span.to === null) return { due: null, steps, remaining: count - counted };
      day = addDays(span.to, -1);
      continue;
    }
    const byCalendar = kind === 'calendar' && counted < count;
    const counts = byCalendar || (counted < count && stepOf(calendar, day).working);
    if (counts) counted += 1;
    steps.push({ ...(byCalendar ? lineOf(day, 'calendar') : passed(calendar, day)), counted: counts ? counted : null });
  }
  return { due: endOfDay(day), steps, remaining: 0 };
}

function passed(calendar: WorkingCalendar, day: string): DueStep {
  const { reason, name } = stepOf(calendar, day);
  return { ...lineOf(day, reason), name, source: sourceOf(calendar, day, reason) };
}

/** On what it rests that a day is off or worked: the law, or the decision with its number. */
export function sourceOf(calendar: WorkingCalendar, day: string, reason: DueStep['reason']): string | null {
  if (reason === 'holiday') {
    return [...calendar.holidays, ...(calendar.localDays ?? [])].find((holiday) => holiday.day === day)?.source ?? null;
  }
  const swap = reason === 'swap' ? calendar.workingSwaps.find((one) => one.day === day || one.dayOff === day) : undefined;
  return swap?.decision ?? swap?.source ?? null;
}

function lineOf(day: string, reason: DueStep['reason']): DueStep {
  return { day, reason, counted: null, name: null, source: null };
}

function lineOfSpan(span: SuspendedSpan, until: string | null): DueStep {
  return { ...lineOf(span.from, 'suspended'), ...(until === null ? {} : { until }), source: span.reason };
}

function dueOfValue(value: string | null): string | null {
  if (value === null) return null;
  if (isDay(value)) return endOfDay(value);
  // Date.parse alone would take a bare "2010" for an instant, in the zone of the process.
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/.test(value)) return null;
  const at = Date.parse(value);
  return Number.isNaN(at) ? null : new Date(at).toISOString();
}
