import { addDays, endOfDay } from './clock.js';

/** `calendar`: months of the calendar. `closing14`: from the 15th to the 14th (Nghị định 09/2019/NĐ-CP, Điều 12). */
export type Regime = 'calendar' | 'closing14';

/** How often a report is due (kỳ báo cáo; Nghị định 09/2019/NĐ-CP, Điều 12: tháng, quý, 6 tháng, 9 tháng, năm). */
export type Frequency = 'month' | 'quarter' | 'half' | 'nineMonths' | 'year';

/** A reporting period. `from` and `to` are days, both included; `cutOff` is the last instant whose data counts (ISO 8601, UTC). */
export interface Period {
  /** `2026-M03`, `2010-Q1`, `2026-H1`, `2026-9M`, `2026-Y`. */
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly cutOff: string;
  readonly label: { readonly vi: string; readonly en: string };
}

/** The day on which Nghị định 09/2019/NĐ-CP came into force. */
export const closing14From = '2019-03-12';

const ROMAN = ['I', 'II', 'III', 'IV'] as const;
const ID = /^(\d{4})-(?:M(0[1-9]|1[0-2])|Q([1-4])|H([12])|(9M)|(Y))$/;

/** What an id says: the months that it spans, both included, 1 to 12. */
interface Named {
  readonly year: number;
  readonly frequency: Frequency;
  /** Which one of its kind in the year, from 1. */
  readonly index: number;
  readonly first: number;
  readonly last: number;
}

const MONTHS: Readonly<Record<Frequency, number>> = { month: 1, quarter: 3, half: 6, nineMonths: 9, year: 12 };
/** How many of them a year has: the first nine months are counted once, and the last three belong to none. */
const PER_YEAR: Readonly<Record<Frequency, number>> = { month: 12, quarter: 4, half: 2, nineMonths: 1, year: 1 };
/** The years for which periods are known: days are texts with four digits. */
const yearMin = 1;
const yearMax = 9_998;

function pad(value: number, digits = 2): string {
  return String(value).padStart(digits, '0');
}

function idOf(year: number, frequency: Frequency, index: number): string {
  const names = { month: `M${pad(index)}`, quarter: `Q${index}`, half: `H${index}`, nineMonths: '9M', year: 'Y' };
  return `${pad(year, 4)}-${names[frequency]}`;
}

function named(id: string): Named | null {
  const match = ID.exec(id);
  if (!match) return null;
  const [, digits, month, quarter, half, nine] = match;
  const frequency = month ? 'month' : quarter ? 'quarter' : half ? 'half' : nine ? 'nineMonths' : 'year';
  const index = Number(month ?? quarter ?? half ?? 1);
  const year = Number(digits);
  if (year < yearMin || year > yearMax) return null;
  const first = (index - 1) * MONTHS[frequency] + 1;
  return { year, frequency, index, first, last: first + MONTHS[frequency] - 1 };
}

/** The first day of a month; 0 is the December before, 13 the January after. */
function monthStart(year: number, month: number): string {
  const shift = Math.floor((month - 1) / 12);
  return `${pad(year + shift, 4)}-${pad(month - 12 * shift)}-01`;
}

/** Two regimes meet in March 2019: what then runs begins by the calendar and closes on the 14th, so that no day is lost or counted twice. */
function bounds({ year, first, last }: Named, regime: Regime | undefined): { from: string; to: string } {
  const calendarFrom = monthStart(year, first);
  const calendarTo = addDays(monthStart(year, last + 1), -1);
  const closingFrom = addDays(monthStart(year, first - 1), 14);
  const closingTo = addDays(monthStart(year, last), 13);
  if (regime === 'calendar') return { from: calendarFrom, to: calendarTo };
  if (regime === 'closing14') return { from: closingFrom, to: closingTo };
  if (calendarTo < closing14From) return { from: calendarFrom, to: calendarTo };
  return { from: calendarFrom < closing14From ? calendarFrom : closingFrom, to: closingTo };
}

function labelOf({ year, frequency, index }: Named): Period['label'] {
  switch (frequency) {
    case 'month':
      return { vi: `Tháng ${index} năm ${year}`, en: `Month ${index} of ${year}` };
    case 'quarter':
      return { vi: `Quý ${ROMAN[index - 1]} năm ${year}`, en: `Quarter ${index} of ${year}` };
    case 'half':
      return index === 1
        ? { vi: `6 tháng đầu năm ${year}`, en: `First half of ${year}` }
        : { vi: `6 tháng cuối năm ${year}`, en: `Second half of ${year}` };
    case 'nineMonths':
      return { vi: `9 tháng đầu năm ${year}`, en: `First nine months of ${year}` };
    case 'year':
      return { vi: `Năm ${year}`, en: `Year ${year}` };
  }
}

/** The regime under which a day is counted: the calendar before 12/3/2019, the 15th to the 14th from that day on. */
export function regimeOn(day: string): Regime {
  return day < closing14From ? 'calendar' : 'closing14';
}

/**
 * The period with this id, or null when the id names none. With a regime the bounds are those of that regime; without one they follow
 * the law of the time. Months, quarters, halves and years adjoin each their like without gap or overlap; nine months are the first three
 * quarters together (not fixed by the decree; local rules close them on 14/9 likewise).
 */
export function period(id: string, regime?: Regime): Period | null {
  const name = named(id);
  if (name === null) return null;
  const { from, to } = bounds(name, regime);
  return { id, from, to, cutOff: endOfDay(to), label: labelOf(name) };
}

/** How often a period of this id comes; null when the id names none. */
export function frequencyOf(id: string): Frequency | null {
  return named(id)?.frequency ?? null;
}

/** The id of the period that follows one of the same kind; null when the id names none, or the last that there is. */
export function periodAfter(id: string): string | null {
  const name = named(id);
  if (name === null) return null;
  const { year, frequency, index } = name;
  const next = index < PER_YEAR[frequency] ? idOf(year, frequency, index + 1) : idOf(year + 1, frequency, 1);
  return named(next) === null ? null : next;
}

/**
 * The id of the period to which a day belongs (`yyyy-mm-dd`), by the law of the time unless a regime is given. A day after the first nine
 * months belongs to those of the next year, which are reported next.
 */
export function periodOf(day: string, frequency: Frequency, regime?: Regime): string {
  const year = Number(day.slice(0, 4));
  let id: string | null = idOf(year, frequency, 1);
  let last = id;
  while (id !== null) {
    const bound = period(id, regime);
    if (bound === null || day <= bound.to) return id;
    last = id;
    id = periodAfter(id);
  }
  return last;
}

/** The id of the quarter to which a day belongs (`yyyy-mm-dd` in, `yyyy-Qn` out), by the law of the time unless a regime is given. */
export function quarterOf(day: string, regime?: Regime): string {
  return periodOf(day, 'quarter', regime);
}

/** The four quarters of a year, in order. */
export function quartersOfYear(year: number, regime?: Regime): readonly Period[] {
  return [1, 2, 3, 4].flatMap((index) => period(idOf(year, 'quarter', index), regime) ?? []);
}
