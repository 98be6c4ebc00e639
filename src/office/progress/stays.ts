import type { Entry, StateValue } from '../../engine/instance.js';
import { isWorkingDay, type WorkingCalendar } from '../time/calendar.js';
import { addDays, dayOf } from '../time/clock.js';

/** One stay in a state, read from entries. */
export interface Stay {
  readonly definition: string;
  /** Path of the state: `/executing/working`; regions side by side are told by what holds them. */
  readonly state: string;
  readonly from: string;
  /** The instant at which it was left; `now` where it goes on. */
  readonly to: string;
  readonly open: boolean;
}

/** How long stays in one state lasted. */
export interface StateTimes {
  readonly definition: string;
  readonly state: string;
  /** Stays, those that go on included. */
  readonly stays: number;
  readonly open: number;
  /** Days of 24 hours, and working days of the calendar; each in tenths, so that sums and ranks are exact. */
  readonly calendarTenths: Spread;
  readonly workingTenths: Spread;
}

/** Median and 90th percentile by nearest rank: the smallest value that at least half, or nine tenths, do not exceed. */
interface Spread {
  readonly sum: number;
  readonly median: number;
  readonly p90: number;
  readonly most: number;
}

/** The path of a state value down to a leaf, or to where regions run side by side. */
export function statePath(state: StateValue): string {
  if (typeof state === 'string') return `/${state}`;
  const names = Object.keys(state);
  const [only] = names;
  if (only === undefined || names.length !== 1) return '';
  const inner = state[only];
  return inner === undefined ? `/${only}` : `/${only}${statePath(inner)}`;
}

/** The stays of one instance from its entries, in order; an entry that leaves it where it was belongs to the same stay. Linear. */
export function staysOf(
  definition: string,
  entries: readonly Pick<Entry, 'at' | 'after'>[],
  until: { readonly now: string; readonly open: boolean },
): readonly Stay[] {
  const stays: Stay[] = [];
  let current = null as { readonly state: string; readonly from: string } | null;
  for (const { at, after } of entries) {
    const state = statePath(after);
    if (current?.state === state) continue;
    if (current !== null) stays.push({ definition, ...current, to: at, open: false });
    current = { state, from: at };
  }
  // The end of what has ended lasts for ever and says nothing.
  if (current !== null && until.open) stays.push({ definition, ...current, to: until.now, open: true });
  return stays;
}

const dayTenthMs = 8_640_000;

/** Counts working days between two days, the first not counted, as `workingDaysBetween` does; each day of the calendar is looked at once. */
export function workingCounter(calendar: WorkingCalendar): (from: string, to: string) => number {
  const upTo = new Map<string, number>();
  let [first, last] = ['', ''];
  const reach = (from: string, to: string): void => {
    if (first === '') {
      [first, last] = [from, from];
      upTo.set(from, 0);
    }
    for (; last < to; ) {
      const next = addDays(last, 1);
      upTo.set(next, (upTo.get(last) ?? 0) + (isWorkingDay(calendar, next) ? 1 : 0));
      last = next;
    }
    for (; first > from; ) {
      const before = addDays(first, -1);
      upTo.set(before, (upTo.get(first) ?? 0) - (isWorkingDay(calendar, first) ? 1 : 0));
      first = before;
    }
  };
  return (from, to) => {
    if (to <= from) return 0;
    reach(from, to);
    return (upTo.get(to) ?? 0) - (upTo.get(from) ?? 0);
  };
}

/** Stays most that are kept for ranks: above it the times are of the first so many, and the summary says so. */
const staysMax = 200_000;

interface StayTally {
  add(stays: readonly Stay[]): void;
  summary(): readonly StateTimes[];
  /** Stays were left out. */
  cut(): boolean;
}

/** Times in each state, gathered instance by instance: two numbers are kept for each stay. */
export function makeStayTally(calendar: WorkingCalendar): StayTally {
  const working = workingCounter(calendar);
  const groups = new Map<string, { readonly stay: Stay; open: number; calendar: number[]; working: number[] }>();
  let kept = 0;
  let left = 0;
  return {
    add(stays) {
      for (const stay of stays) {
        if (kept >= staysMax) {
          left += 1;
          continue;
        }
        kept += 1;
        const key = `${stay.definition} ${stay.state}`;
        const group = groups.get(key) ?? { stay, open: 0, calendar: [], working: [] };
        groups.set(key, group);
        group.calendar.push(Math.max(0, Math.round((Date.parse(stay.to) - Date.parse(stay.from)) / dayTenthMs)));
        group.working.push(10 * working(dayOf(stay.from), dayOf(stay.to)));
        if (stay.open) group.open += 1;
      }
    },
    summary: () =>
      [...groups.values()]
        .map(({ stay: { definition, state }, open, calendar: days, working: workdays }) => ({
          definition,
          state,
          stays: days.length,
          open,
          calendarTenths: spreadOf(days),
          workingTenths: spreadOf(workdays),
        }))
        .sort((a, b) => (`${a.definition} ${a.state}` < `${b.definition} ${b.state}` ? -1 : 1)),
    cut: () => left > 0,
  };
}

/** Sum, ranks and greatest of values; zeros for none. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  // whole numbers only: 0.9 * 10 would be a little more than 9 in other fractions
  const ranked = (tenths: number): number => sorted[Math.ceil((sorted.length * tenths) / 10) - 1] ?? 0;
  return { sum: values.reduce((sum, value) => sum + value, 0), median: ranked(5), p90: ranked(9), most: sorted.at(-1) ?? 0 };
}
