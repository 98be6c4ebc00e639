import { TrinhkyError } from '../../errors.js';
import { type Holiday, type WorkingCalendar, weekdayOf } from './calendar.js';
import { addDays } from './clock.js';
import { type Act, actOn, type Occasion } from './holidayActs.js';
import { lunarOf, solarOf, tetOf } from './lunar.js';

/** Something about a year that the law leaves open, or that is on its way to being law: shown to whoever makes the calendar. */
export interface LawNote {
  readonly day: string | null;
  readonly vi: string;
  readonly en: string;
}

/** What the law gives for a year: weekly rest days, days off, and what must still be decided. */
export interface LawYear {
  readonly restDays: readonly number[];
  readonly holidays: readonly Holiday[];
  readonly notes: readonly LawNote[];
}

/** Quyết định 188/1999/QĐ-TTg of 17/9/1999: Saturday and Sunday off in public offices, from this day. */
const saturdaysOffFrom = '1999-10-02';
const SATURDAYS = 'Quyết định số 188/1999/QĐ-TTg ngày 17/9/1999, Điều 1';
/** The years whose days off can be computed: from the Labour Code of 1994, in force from 1 January 1995, to the last lunar year. */
export const firstLawYear = 1995;
export const lastLawYear = 2100;

/**
 * The days off of a year (1995 to 2100) by the Labour Code in force on each of them, the days in lieu of those on a weekly rest day
 * included, in order. What the Prime Minister decides each year (which days of a Tết of five, the second day of 2 September) is
 * proposed as has been usual and marked `proposed`. Exchanged working days are never guessed. Throws `inputInvalid` for another year.
 */
export function holidaysByLaw(year: number): LawYear {
  if (!Number.isInteger(year) || year < firstLawYear || year > lastLawYear)
    throw new TrinhkyError('inputInvalid', {
      path: 'YEAR',
      reason: 'lawYears',
      value: year,
      min: firstLawYear,
      max: lastLawYear,
    });
  const restDays = `${year}-01-01` >= saturdaysOffFrom ? [0, 6] : [0];
  const given = occasionsOf(year);
  const holidays = [...given, ...daysInLieu(given, restDays), ...saturdaysOf(year)].sort((a, b) => (a.day < b.day ? -1 : 1));
  return { restDays, holidays, notes: notesOf(year, given) };
}

function occasionsOf(year: number): Holiday[] {
  const acts = (day: string) => actOn(day);
  const tet = tetOf(year);
  const hungKings = solarOf({ year, month: 3, leap: false, day: 10 }) ?? '';
  return [
    ...fixed(`${year}-01-01`, acts(`${year}-01-01`).newYear),
    ...tetDays(year, acts(tet)),
    ...fixed(hungKings, acts(hungKings).hungKings),
    ...fixed(`${year}-04-30`, acts(`${year}-04-30`).victory),
    ...fixed(`${year}-05-01`, acts(`${year}-05-01`).labour),
    ...nationalDays(year, acts(`${year}-09-02`)),
  ];
}

function fixed(day: string, occasion: Occasion | null): Holiday[] {
  return occasion ? [{ day, name: occasion.name, source: occasion.source }] : [];
}

/**
 * Four days of Tết are one before and three after by law. Five are one before and four after, or two and three: proposed is what
 * makes them five days from Monday to Friday, else two before, as was decided for every year from 2021 to 2026.
 */
function tetDays(year: number, { tet }: Act): Holiday[] {
  const first = tetOf(year);
  const before = tet.days === 4 ? 1 : weekdayOf(addDays(first, -1)) === 1 ? 1 : 2;
  return Array.from({ length: tet.days }, (_, index) => {
    const day = addDays(first, index - before);
    return { day, name: tetName(day), source: tet.source, ...(tet.days === 4 ? {} : { proposed: true as const }) };
  });
}

function tetName(day: string): Holiday['name'] {
  const { month, day: number } = lunarOf(day);
  return month === 12
    ? { vi: `Tết Nguyên đán (${number} tháng Chạp)`, en: `Lunar New Year (day ${number} of the last month)` }
    : { vi: `Tết Nguyên đán (mùng ${number})`, en: `Lunar New Year (day ${number})` };
}

/** By weekday of 2 September: whether the second day goes before it (-1) or after it, as decided for 2021 to 2026. */
const SECOND_DAY = [1, 1, -1, -1, 1, -1, -1] as const;

function nationalDays(year: number, { national }: Act): Holiday[] {
  const day = `${year}-09-02`;
  const own = fixed(day, national);
  if (national.days === 1) return own;
  const second = addDays(day, SECOND_DAY[weekdayOf(day)] ?? -1);
  const name = { vi: 'Nghỉ lễ Quốc khánh', en: 'National Day, second day' };
  return [...own, { day: second, name, source: national.source, proposed: true }];
}

/** Days off on a weekly rest day are made up on the next days that are neither rest days nor off, in the order of the days. */
function daysInLieu(given: readonly Holiday[], restDays: readonly number[]): Holiday[] {
  const taken = new Set(given.map(({ day }) => day));
  const inOrder = [...given].sort((a, b) => (a.day < b.day ? -1 : 1));
  return inOrder
    .filter(({ day }) => restDays.includes(weekdayOf(day)))
    .map((holiday): Holiday => {
      let day = addDays(holiday.day, 1);
      while (taken.has(day) || restDays.includes(weekdayOf(day))) day = addDays(day, 1);
      taken.add(day);
      const name = { vi: `Nghỉ bù ${holiday.name.vi}`, en: `In lieu of ${holiday.name.en}` };
      return { ...holiday, day, name, source: actOn(holiday.day).inLieu };
    });
}

/** The Saturdays of 1999 that were off: the week changed within that year. */
function saturdaysOf(year: number): Holiday[] {
  if (year !== Number(saturdaysOffFrom.slice(0, 4))) return [];
  const name = { vi: 'Nghỉ thứ Bảy', en: 'Saturday off' };
  return Array.from({ length: 13 }, (_, week) => ({ day: addDays(saturdaysOffFrom, 7 * week), name, source: SATURDAYS }));
}

function notesOf(year: number, given: readonly Holiday[]): LawNote[] {
  const proposed = given.some((holiday) => holiday.proposed);
  const two = actOn(`${year}-09-02`).national.days === 2;
  return [
    ...(proposed
      ? [
          {
            day: null,
            vi: `Ngày nghỉ Tết Âm lịch${two ? ' và ngày nghỉ thứ hai của lễ Quốc khánh' : ''} là dự kiến, chờ quyết định hoặc thông báo của năm.`,
            en: `Which days of Tết${two ? ', and which second day of National Day,' : ''} are off is proposed: to be confirmed by the decision of the year.`,
          },
        ]
      : []),
    ...(year >= 2026
      ? [
          {
            day: `${year}-11-24`,
            vi: 'Ngày Văn hóa Việt Nam: Nghị quyết số 80-NQ/TW ngày 07/01/2026 chủ trương cho nghỉ hưởng nguyên lương, Nghị quyết số 30/NQ-CP giao sửa Điều 112 Bộ luật Lao động; chưa đưa vào lịch, bổ sung khi có văn bản quy định.',
            en: 'Vietnam Culture Day: Resolution 80-NQ/TW of 7 January 2026 wants it off with pay, Resolution 30/NQ-CP orders a change of article 112 of the Labour Code; not a day off here until the act is in force.',
          },
        ]
      : []),
  ];
}

/** A draft calendar of a year from the law alone: no local days, no exchanged days, the usual hours. */
export function calendarByLaw(year: number): WorkingCalendar {
  const { restDays, holidays } = holidaysByLaw(year);
  return {
    version: `${year}.1`,
    restDays,
    holidays,
    localDays: [],
    workingSwaps: [],
    validFrom: `${year}-01-01`,
    validTo: `${year}-12-31`,
  };
}
