import { readdir, readFile } from 'node:fs/promises';
import type { WorkingCalendar } from '../../office/time/calendar.js';

const examples = new URL('../../../examples/', import.meta.url);
/** Holidays of fixed date (Bộ luật Lao động), for years of which no example calendar exists. */
const FIXED: readonly (readonly [monthDay: string, vi: string, en: string])[] = [
  ['01-01', 'Tết Dương lịch', "New Year's Day"],
  ['04-30', 'Ngày Chiến thắng', 'Reunification Day'],
  ['05-01', 'Ngày Quốc tế lao động', 'Labour Day'],
  ['09-02', 'Quốc khánh', 'National Day'],
];
const FIXED_SOURCE =
  'Ngày lễ cố định theo dương lịch; dữ liệu ví dụ, chưa có Tết Nguyên đán và Giỗ Tổ. (Example data: fixed dates only.)';

/** The working calendar of some years, from the example calendars where they exist. */
export async function calendarOf(years: readonly number[]): Promise<WorkingCalendar> {
  const names = (await readdir(examples)).filter((name) => years.some((year) => name === `calendar-${year}.json`));
  const known = await Promise.all(
    names.map(async (name) => JSON.parse(await readFile(new URL(name, examples), 'utf8')) as WorkingCalendar),
  );
  const covered = (day: string) => known.some((calendar) => calendar.validFrom <= day && day <= calendar.validTo);
  const fixed = years.flatMap((year) =>
    FIXED.map(([monthDay, vi, en]) => ({ day: `${year}-${monthDay}`, name: { vi, en }, source: FIXED_SOURCE })).filter(
      ({ day }) => !covered(day),
    ),
  );
  return {
    version: `demo-${years[0]}-${years.at(-1)}`,
    restDays: known[0]?.restDays ?? [0, 6],
    holidays: [...known.flatMap((calendar) => calendar.holidays), ...fixed],
    workingSwaps: known.flatMap((calendar) => calendar.workingSwaps),
    validFrom: `${years[0]}-01-01`,
    validTo: `${years.at(-1)}-12-31`,
  };
}

/** The plan that the demo takes when none is named. */
export const examplePlan = new URL('plan-2010.txt', examples);
