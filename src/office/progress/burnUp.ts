import { addDays } from '../time/clock.js';

/** One week of a plan: how many duties were due by its last day, and how many of all were done by then. */
export interface BurnWeek {
  /** The last day of the week, `yyyy-mm-dd`. */
  readonly endsOn: string;
  /** Duties whose day had come by the end of that day. */
  readonly due: number;
  /** Duties handed in by the end of that day and confirmed since; null for weeks that have not begun. */
  readonly done: number | null;
}

/** Weeks of one plot at most: five years. */
export const weeksMax = 261;

/**
 * Duties done against duties due, week by week from `from` to `to` (both included), cumulated. What was due or done before `from` is in the first
 * week; what is due after `to` in none. Linear in duties and weeks.
 */
export function makeBurnUp(span: { readonly from: string; readonly to: string; readonly today: string }) {
  const weeks = weekEnds(span.from, span.to);
  const due = weeks.map(() => 0);
  const done = weeks.map(() => 0);
  const first = Date.parse(`${span.from}T00:00:00Z`);
  const place = (day: string): number => Math.max(0, Math.floor((Date.parse(`${day}T00:00:00Z`) - first) / weekMs));
  const put = (into: number[], day: string | null): void => {
    const at = day === null ? -1 : place(day);
    const before = into[at];
    if (before !== undefined) into[at] = before + 1;
  };
  return {
    add(fact: { readonly dueOn: string | null; readonly doneOn: string | null }): void {
      put(due, fact.dueOn);
      put(done, fact.doneOn);
    },
    weeks(): readonly BurnWeek[] {
      let [dueSum, doneSum] = [0, 0];
      return weeks.map((endsOn, index) => {
        dueSum += due[index] ?? 0;
        doneSum += done[index] ?? 0;
        const began = addDays(endsOn, -6) <= span.today;
        return { endsOn, due: dueSum, done: began ? doneSum : null };
      });
    },
  };
}

const weekMs = 7 * 86_400_000;

function weekEnds(from: string, to: string): readonly string[] {
  const ends: string[] = [];
  for (let start = from; start <= to && ends.length < weeksMax; start = addDays(start, 7)) ends.push(addDays(start, 6));
  return ends;
}
