import { TrinhkyError } from '../../errors.js';
import { dayOfJulian, julianOf, newMoon, newMoonBefore, sunLongitude, winterSolstice } from './astronomy.js';
import { isDay } from './calendar.js';
import { addDays } from './clock.js';

// The Vietnamese lunisolar calendar (âm lịch), computed from the astronomy. Its rules: a month begins on the day of the new moon; the
// winter solstice falls in month 11; where thirteen months lie between two months 11, the first of them that contains no major solar
// term (trung khí) is a leap month and bears the number of the month before it.
//
// Days are days of UTC+7 for what happens from 1 January 1968 on: Quyết định 121/CP of 8 August 1967, in force in the North from the
// year 1968 and in the whole country since 1975. Before it the calendar followed UTC+8, as in China; so does this module. In the South
// UTC+8 stayed until 1975 (Tết of 1968 on 30 January there, on 29 January in the North), which this module does not follow.
//
// What is not certain: almanacs printed before 1930 reckoned by the meridian of Peking or by older rules, and differ in seven years by a
// day of one month (Tết of 1916 and 1925 among them). Of the years to come three new moons fall within a minute of midnight, closer than
// the rotation of the Earth can be foretold: the first days of month 4 of 2054, 10 of 2077 and 9 of 2085. No Tết is in doubt.

/** A day of the Vietnamese lunar calendar. `year` is the solar year in which its Tết falls. */
export interface LunarDay {
  readonly year: number;
  /** 1 (tháng Giêng) to 12 (tháng Chạp). */
  readonly month: number;
  /** A leap month (tháng nhuận), which follows the month of its number. */
  readonly leap: boolean;
  /** 1 to 30. */
  readonly day: number;
}

/** A month of a lunar year: its first day (`yyyy-mm-dd`) and its length, 29 or 30. */
export interface LunarMonth {
  readonly month: number;
  readonly leap: boolean;
  readonly first: string;
  readonly days: number;
}

/** First and last lunar year that can be converted; solar days are taken from Tết of the first to the end of the solar year of the last. */
export const lunarYearMin = 1900;
export const lunarYearMax = 2100;

const UTC7_FROM = julianOf('1968-01-01');

/** Part of a day by which the clock of the calendar was ahead of Universal Time. */
function ahead(julian: number): number {
  return (julian < UTC7_FROM ? 8 : 7) / 24;
}

/** The day of the calendar in which an instant falls. */
function localDay(julian: number): string {
  return dayOfJulian(julian + ahead(julian));
}

/** In which twelfth of the ecliptic the Sun stands as a day begins: where it changes within a month, the month has a major term. */
function sector(day: string): number {
  const midnight = julianOf(day);
  return Math.floor(sunLongitude(midnight - ahead(midnight)) / 30);
}

/** The number of the new moon that begins the month 11 of a solar year. */
function eleventh(year: number): number {
  const solstice = winterSolstice(year);
  const k = newMoonBefore(solstice);
  // A new moon later on the day of the solstice begins the month as well: days count, not instants.
  return localDay(newMoon(k + 1)) === localDay(solstice) ? k + 1 : k;
}

interface Numbered extends LunarMonth {
  readonly year: number;
}

const terms = new Map<number, readonly Numbered[]>();

/** The months from month 11 before the Tết of a year to the last before its own month 11; at most 203 years are kept. */
function monthsBetween(year: number): readonly Numbered[] {
  const kept = terms.get(year);
  if (kept) return kept;
  const [from, to] = [eleventh(year - 1), eleventh(year)];
  const starts = Array.from({ length: to - from + 1 }, (_, index) => localDay(newMoon(from + index)));
  const sectors = starts.map(sector);
  const leapAt = to - from === 13 ? sectors.findIndex((one, index) => index > 0 && one === sectors[index + 1]) : -1;
  const months = starts.slice(0, -1).map((first, index): Numbered => {
    const before = leapAt > 0 && index >= leapAt ? index - 1 : index;
    return {
      year: before < 2 ? year - 1 : year,
      month: ((before + 10) % 12) + 1,
      leap: index === leapAt,
      first,
      days: Math.round(julianOf(starts[index + 1] ?? first) - julianOf(first)),
    };
  });
  terms.set(year, months);
  return months;
}

function checkYear(year: number): void {
  if (Number.isInteger(year) && year >= lunarYearMin && year <= lunarYearMax) return;
  throw new TrinhkyError('inputInvalid', { field: 'lunarYear', value: year, lunarYearMin, lunarYearMax });
}

/** The twelve or thirteen months of a lunar year, in order. Throws `inputInvalid` outside 1900 to 2100. */
export function lunarMonths(year: number): readonly LunarMonth[] {
  checkYear(year);
  return [...monthsBetween(year), ...monthsBetween(year + 1)]
    .filter((month) => month.year === year)
    .map(({ month, leap, first, days }) => ({ month, leap, first, days }));
}

/** The first day of the lunar year (mùng 1 Tết), `yyyy-mm-dd`. Throws `inputInvalid` outside 1900 to 2100. */
export function tetOf(year: number): string {
  return solarOf({ year, month: 1, leap: false, day: 1 }) ?? '';
}

/** The solar day (`yyyy-mm-dd`) of a lunar day, or null where that year has no such month or day. Throws `inputInvalid` outside 1900 to 2100. */
export function solarOf(lunar: LunarDay): string | null {
  const month = lunarMonths(lunar.year).find((one) => one.month === lunar.month && one.leap === lunar.leap);
  if (!month || !Number.isInteger(lunar.day) || lunar.day < 1 || lunar.day > month.days) return null;
  return addDays(month.first, lunar.day - 1);
}

/**
 * The lunar day of a solar day (`yyyy-mm-dd`). Throws `inputInvalid` for what is no day, and outside the lunar years 1900 to 2100:
 * days from 31 January 1900 to 28 January 2101.
 */
export function lunarOf(day: string): LunarDay {
  if (!isDay(day)) throw new TrinhkyError('inputInvalid', { field: 'day', value: day });
  const solarYear = Number(day.slice(0, 4));
  const months = [...monthsIfKnown(solarYear), ...monthsIfKnown(solarYear + 1)];
  const month = months.findLast(({ first }) => first <= day);
  const passed = month ? julianOf(day) - julianOf(month.first) : 0;
  if (!month || passed >= month.days)
    throw new TrinhkyError('inputInvalid', { field: 'day', value: day, lunarYearMin, lunarYearMax });
  checkYear(month.year);
  return { year: month.year, month: month.month, leap: month.leap, day: passed + 1 };
}

function monthsIfKnown(year: number): readonly Numbered[] {
  return year >= lunarYearMin && year <= lunarYearMax + 1 ? monthsBetween(year) : [];
}
