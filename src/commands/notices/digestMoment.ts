import { isWorkingDay, nextWorkingDay, type WorkingCalendar } from '../../office/time/calendar.js';
import { addDays, dayOf, startOfDay } from '../../office/time/clock.js';

const hourMs = 60 * 60 * 1_000;
const weekDays = 7;
/** Weeks without any working day are rare and never this many in a row. */
const weeksMax = 9;

/**
 * The next instant after `now` at which a digest goes out: at the chosen hour (Asia/Ho_Chi_Minh) of the next working day, or of the first
 * working day of a week that has not begun with it yet.
 */
export function nextDigest(
  calendar: WorkingCalendar,
  how: { readonly mail: 'daily' | 'weekly'; readonly hour: number },
  now: string,
): string {
  const at = (day: string): string => new Date(Date.parse(startOfDay(day)) + how.hour * hourMs).toISOString();
  const today = dayOf(now);
  if (how.mail === 'daily') {
    const first = isWorkingDay(calendar, today) ? today : nextWorkingDay(calendar, today);
    return at(first) > now ? at(first) : at(nextWorkingDay(calendar, first));
  }
  let monday = mondayOf(today);
  for (let week = 0; week < weeksMax; week += 1, monday = addDays(monday, weekDays)) {
    const first = isWorkingDay(calendar, monday) ? monday : nextWorkingDay(calendar, monday);
    if (first < addDays(monday, weekDays) && at(first) > now) return at(first);
  }
  return at(nextWorkingDay(calendar, today));
}

function mondayOf(day: string): string {
  const weekday = new Date(`${day}T00:00:00.000Z`).getUTCDay();
  return addDays(day, -((weekday + 6) % weekDays));
}
