import type { WorkingCalendar } from '../../office/time/calendar.js';
import { addDays } from '../../office/time/clock.js';
import { calendarByLaw, holidaysByLaw, type LawNote } from '../../office/time/holidayLaw.js';

/** A day off that the law gives and the seed does not know (`law`), or the other way round (`seed`). */
export interface SeedDifference {
  readonly day: string;
  readonly only: 'law' | 'seed';
  readonly name: string;
}

/** A draft calendar of a year, with what is left open and where an independent list of holidays differs. */
export interface CalendarSeed {
  readonly calendar: WorkingCalendar;
  readonly notes: readonly LawNote[];
  readonly differences: readonly SeedDifference[];
}

/**
 * A draft of a year's calendar from the law and the lunar calendar, compared with the list of the package date-holidays, which is loaded only
 * here. The law decides; the differences are for whoever checks the draft. Throws `inputInvalid` outside 1995 to 2100.
 */
export async function seedCalendar(year: number): Promise<CalendarSeed> {
  const calendar = calendarByLaw(year);
  const seed = await seedDays(year);
  const law = new Map(calendar.holidays.map(({ day, name }) => [day, name.vi]));
  const differences = [
    ...[...law].filter(([day]) => !seed.has(day)).map(([day, name]): SeedDifference => ({ day, only: 'law', name })),
    ...[...seed].filter(([day]) => !law.has(day)).map(([day, name]): SeedDifference => ({ day, only: 'seed', name })),
  ].sort((a, b) => (a.day < b.day ? -1 : 1));
  return { calendar, notes: holidaysByLaw(year).notes, differences };
}

/** Public holidays of the year by date-holidays: day to name. Some of its entries last several days. */
async function seedDays(year: number): Promise<ReadonlyMap<string, string>> {
  const { default: Holidays } = await import('date-holidays');
  const found = new Holidays('VN', { languages: 'vi', types: ['public'] }).getHolidays(year);
  return new Map(
    found.flatMap(({ date, start, end, name }) => {
      const days = Math.round((end.getTime() - start.getTime()) / 86_400_000);
      return Array.from({ length: days }, (_, index): [string, string] => [addDays(date.slice(0, 10), index), name]);
    }),
  );
}
