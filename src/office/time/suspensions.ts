import { isObject, type Json } from '../../engine/json.js';
import { type WorkingCalendar, workingDaysBetween } from './calendar.js';
import { addDays, dayOf } from './clock.js';

/** One line of the ledger of suspensions (tạm hoãn), as the context keeps it. Instants are ISO 8601, UTC. */
export interface Suspension {
  readonly from: string;
  /** Null while it is open. */
  readonly to: string | null;
  readonly reason: string;
  readonly by: string;
  /** Whose it is: the work's own, or that of the directive it belongs to. Each is ended by whoever began it. */
  readonly source?: 'directive';
  /** A new day was set after it: it is kept, and counts no longer. */
  readonly settled?: true;
}

/**
 * The days of a suspension, `yyyy-mm-dd`: the day on which work was stopped counts as suspended, the day on which it was taken up
 * again does not. So one that ends on its own day has no days.
 */
export interface SuspendedSpan {
  readonly from: string;
  /** The first day that is not suspended any more; null while it is open. */
  readonly to: string | null;
  readonly reason: string;
  readonly by: string;
}

/** Lines of one ledger: enough for any duty, and a bound for whoever counts over them. */
export const suspensionsMax = 50;

/** The ledger in a field of the context; what is none is empty. */
export function ledgerOf(value: Json | undefined): readonly Suspension[] {
  return Array.isArray(value) ? (value.filter(isLine) as unknown as readonly Suspension[]) : [];
}

function isLine(line: Json): boolean {
  return isObject(line) && typeof line.from === 'string' && (line.to === null || typeof line.to === 'string');
}

/** The first open line of a ledger, or null. */
export function openSuspension(ledger: readonly Suspension[]): Suspension | null {
  return ledger.find(({ to }) => to === null) ?? null;
}

/** The open line of one source, or null: there is at most one. */
export function openSuspensionOf(ledger: readonly Suspension[], source: Suspension['source']): Suspension | null {
  return ledger.find((line) => line.to === null && line.source === source) ?? null;
}

/** The spans of days that a ledger takes out of a term, in order of their beginning. */
export function spansOf(ledger: readonly Suspension[]): readonly SuspendedSpan[] {
  return ledger
    .filter(({ settled }) => settled !== true)
    .map(({ from, to, reason, by }) => ({ from: dayOf(from), to: to === null ? null : dayOf(to), reason, by }))
    .sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
}

/** The span in which a day lies, or null. */
export function spanAt(spans: readonly SuspendedSpan[], day: string): SuspendedSpan | null {
  return spans.find(({ from, to }) => from <= day && (to === null || day < to)) ?? null;
}

/** How many days of a term were lost: working days from `from` to `to`, both included, that lie in a span; each once. */
export function suspendedWorkingDays(
  calendar: WorkingCalendar,
  spans: readonly SuspendedSpan[],
  bounds: { readonly from: string; readonly to: string },
): number {
  let count = 0;
  // Spans are in order of their beginning: what was counted already is passed over.
  let counted = addDays(bounds.from, -1);
  for (const span of spans) {
    const before = addDays(span.from, -1);
    const from = before > counted ? before : counted;
    const end = span.to === null ? bounds.to : addDays(span.to, -1);
    const to = end < bounds.to ? end : bounds.to;
    if (to <= from) continue;
    count += workingDaysBetween(calendar, from, to);
    counted = to;
  }
  return count;
}
