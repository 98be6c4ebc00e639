import { addDays, endOfDay } from './clock.js';

/** `calendar`: quarters of the calendar. `closing14`: from the 15th to the 14th (Nghị định 09/2019/NĐ-CP, Điều 12). */
export type Regime = 'calendar' | 'closing14';

/** A reporting quarter. `from` and `to` are days, both included; `cutOff` is the last instant whose data counts (ISO 8601, UTC). */
export interface Period {
  /** `2010-Q1`. */
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly cutOff: string;
  readonly label: { readonly vi: string; readonly en: string };
}

/** The day on which Nghị định 09/2019/NĐ-CP came into force. */
export const closing14From = '2019-03-12';

const ROMAN = ['I', 'II', 'III', 'IV'] as const;
const ID = /^(\d{4})-Q([1-4])$/;

function pad(month: number): string {
  return String(month).padStart(2, '0');
}

function firstMonth(quarter: number): number {
  return (quarter - 1) * 3 + 1;
}

/** Two regimes meet in 2019-Q1: it begins as a calendar quarter and closes on 14 March, so that no day is lost or counted twice. */
function bounds(year: number, quarter: number, regime: Regime | undefined): { from: string; to: string } {
  const month = firstMonth(quarter);
  const calendarFrom = `${year}-${pad(month)}-01`;
  const nextFrom = quarter === 4 ? `${year + 1}-01-01` : `${year}-${pad(month + 3)}-01`;
  const calendarTo = addDays(nextFrom, -1);
  const closingFrom = quarter === 1 ? `${year - 1}-12-15` : `${year}-${pad(month - 1)}-15`;
  const closingTo = `${year}-${pad(month + 2)}-14`;
  if (regime === 'calendar') return { from: calendarFrom, to: calendarTo };
  if (regime === 'closing14') return { from: closingFrom, to: closingTo };
  if (calendarTo < closing14From) return { from: calendarFrom, to: calendarTo };
  return { from: calendarFrom < closing14From ? calendarFrom : closingFrom, to: closingTo };
}

/** The regime under which a day is counted: the calendar before 12/3/2019, the 15th to the 14th from that day on. */
export function regimeOn(day: string): Regime {
  return day < closing14From ? 'calendar' : 'closing14';
}

/**
 * The quarter with this id, or null when the id is not `yyyy-Qn`.
 * With a regime the bounds are those of that regime; without one they follow the law of the time, and quarters adjoin without gap.
 */
export function period(id: string, regime?: Regime): Period | null {
  const match = ID.exec(id);
  if (!match) return null;
  const year = Number(match[1]);
  const quarter = Number(match[2]);
  const { from, to } = bounds(year, quarter, regime);
  const label = { vi: `Quý ${ROMAN[quarter - 1]} năm ${year}`, en: `Quarter ${quarter} of ${year}` };
  return { id, from, to, cutOff: endOfDay(to), label };
}

/** The id of the quarter to which a day belongs (`yyyy-mm-dd` in, `yyyy-Qn` out), by the law of the time unless a regime is given. */
export function quarterOf(day: string, regime?: Regime): string {
  const year = Number(day.slice(0, 4));
  const month = Number(day.slice(5, 7));
  const here = Math.ceil(month / 3);
  const id = `${year}-Q${here}`;
  const bound = period(id, regime);
  if (bound === null || day <= bound.to) return id;
  return here === 4 ? `${year + 1}-Q1` : `${year}-Q${here + 1}`;
}

/** The four quarters of a year, in order. */
export function quartersOfYear(year: number, regime?: Regime): readonly Period[] {
  const padded = String(year).padStart(4, '0');
  return [1, 2, 3, 4].flatMap((quarter) => period(`${padded}-Q${quarter}`, regime) ?? []);
}
