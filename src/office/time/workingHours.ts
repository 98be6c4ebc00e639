import { TrinhkyError } from '../../errors.js';
import { calendarDaysMax, stepOf, type WorkingCalendar, type WorkingHours, weekdayOf } from './calendar.js';
import { addDays, dayOf, startOfDay, timeOf } from './clock.js';

/** Eight hours in two halves, where the calendar records no hours: the 40-hour week of Quyết định 188/1999/QĐ-TTg, Điều 1. */
export const usualHours: WorkingHours['spans'] = [
  { from: '07:30', to: '11:30' },
  { from: '13:00', to: '17:00' },
];

/** When work is done on a day, in order; nothing on a day off. A rest day worked by exchange has the hours of the day it stands for. */
function hoursOn(calendar: WorkingCalendar, day: string): WorkingHours['spans'] {
  if (!stepOf(calendar, day).working) return [];
  const like = calendar.workingSwaps.find((swap) => swap.day === day)?.dayOff ?? day;
  const recorded = calendar.hours?.find(({ weekdays }) => weekdays.includes(weekdayOf(like)));
  return recorded?.spans ?? usualHours;
}

/** Whether an instant (ISO 8601) lies in working hours: from the first moment of a span until just before its end. */
export function inWorkingHours(calendar: WorkingCalendar, instant: string): boolean {
  const time = timeOf(instant);
  return hoursOn(calendar, dayOf(instant)).some(({ from, to }) => from <= time && time < to);
}

/**
 * The instant itself where it lies in working hours, else the beginning of the next span: ISO 8601, UTC.
 * Throws `inputInvalid` where no work is done for `calendarDaysMax` days.
 */
export function nextWorkingMoment(calendar: WorkingCalendar, instant: string): string {
  if (inWorkingHours(calendar, instant)) return instant;
  const time = timeOf(instant);
  const today = dayOf(instant);
  for (let walked = 0; walked <= calendarDaysMax; walked += 1) {
    const day = addDays(today, walked);
    const next = hoursOn(calendar, day).find(({ from }) => walked > 0 || from > time);
    if (next) return momentOf(day, next.from);
  }
  throw new TrinhkyError('inputInvalid', { field: 'calendar', value: calendar.version, calendarDaysMax });
}

function momentOf(day: string, time: string): string {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return new Date(Date.parse(startOfDay(day)) + (hours * 60 + minutes) * 60_000).toISOString();
}
