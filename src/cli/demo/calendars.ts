import { readdir, readFile } from 'node:fs/promises';
import type { WorkingCalendar } from '../../office/time/calendar.js';
import { calendarByLaw, firstLawYear, lastLawYear } from '../../office/time/holidayLaw.js';

const examples = new URL('../../../examples/', import.meta.url);

/** The working calendar of some years: the example calendars where they exist, else what the law gives, without exchanged days. */
export async function calendarOf(years: readonly number[]): Promise<WorkingCalendar> {
  const names = await readdir(examples);
  const calendars = await Promise.all(
    years.map(async (year) => {
      const name = `calendar-${year}.json`;
      if (names.includes(name)) return JSON.parse(await readFile(new URL(name, examples), 'utf8')) as WorkingCalendar;
      // Outside the years of the law a demo has weekly rest days alone.
      return year >= firstLawYear && year <= lastLawYear ? calendarByLaw(year) : null;
    }),
  );
  const known = calendars.filter((calendar) => calendar !== null);
  const hours = known.find((calendar) => calendar.hours)?.hours;
  return {
    version: `demo-${years[0]}-${years.at(-1)}`,
    restDays: known.at(-1)?.restDays ?? [0, 6],
    holidays: known.flatMap((calendar) => calendar.holidays),
    workingSwaps: known.flatMap((calendar) => calendar.workingSwaps),
    ...(hours ? { hours } : {}),
    validFrom: `${years[0]}-01-01`,
    validTo: `${years.at(-1)}-12-31`,
  };
}

/** The plan that the demo takes when none is named. */
export const examplePlan = new URL('plan-2010.txt', examples);
