import { type Language, word } from '../../locales/sentences.js';
import { stepOf, type WorkingCalendar } from '../../office/time/calendar.js';
import { addDays, dayOf } from '../../office/time/clock.js';

/** Beyond this many days a due date is told by its date alone. */
const daysToldMax = 400;
const HO_CHI_MINH_OFFSET_MS = 7 * 60 * 60 * 1000;

/** `yyyy-mm-dd` as people write it: 14/05/2026. */
export function dayInWords(day: string): string {
  const [year, month, date] = day.split('-');
  return `${date}/${month}/${year}`;
}

/** An instant as people write it, in the time of Vietnam: 14/05/2026 09:30. No formatter is built: the offset never changes. */
export function instantInWords(instant: string): string {
  const local = new Date(Date.parse(instant) + HO_CHI_MINH_OFFSET_MS).toISOString();
  return `${dayInWords(local.slice(0, 10))} ${local.slice(11, 16)}`;
}

export interface DueInWords {
  readonly text: string;
  readonly late: boolean;
  readonly soon: boolean;
  /** For `<time datetime>`. */
  readonly day: string;
}

const soonWorkingDays = 1;

/** A due date in words: how many working days are left or have passed, and the date. Null where there is none. */
export function dueInWords(language: Language, calendar: WorkingCalendar, due: string | null, now: string): DueInWords | null {
  if (due === null) return null;
  const day = dayOf(due);
  const today = dayOf(now);
  const shown = dayInWords(day);
  if (now > due) {
    const count = workingDaysBetween(calendar, day, today);
    return {
      day,
      late: true,
      soon: false,
      text: count === 0 ? word(language, 'dueOverToday', { day: shown }) : word(language, 'dueOver', { count, day: shown }),
    };
  }
  if (day === today) return { day, late: false, soon: true, text: word(language, 'dueToday', { day: shown }) };
  const count = workingDaysBetween(calendar, today, day);
  return { day, late: false, soon: count <= soonWorkingDays, text: word(language, 'dueIn', { count, day: shown }) };
}

/** Working days after `from` up to and with `to`. */
function workingDaysBetween(calendar: WorkingCalendar, from: string, to: string): number {
  let count = 0;
  let day = from;
  for (let walked = 0; day < to && walked < daysToldMax; walked += 1) {
    day = addDays(day, 1);
    if (stepOf(calendar, day).working) count += 1;
  }
  return count;
}
