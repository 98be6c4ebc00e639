import type { Instance } from '../../commands/look.js';
import { dueTold } from '../../locales/due.js';
import type { Language } from '../../locales/sentences.js';
import type { WorkingCalendar } from '../../office/time/calendar.js';
import { dueStanding } from '../../office/time/timing.js';

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

/**
 * Since when an instance waits: where the youngest term that runs began. The last entry need not have moved it: who is urged has not waited
 * since he was urged. Where no term runs, the instant of the last entry, `since`.
 */
export function waitingSince(visits: Instance['visits'], since: string): string {
  const begun = Object.values(visits).flatMap(({ from }) => (from === undefined ? [] : [from]));
  return begun.sort().at(-1) ?? since;
}

export interface DueInWords {
  readonly text: string;
  readonly late: boolean;
  readonly soon: boolean;
  /** For `<time datetime>`. */
  readonly day: string;
}

/** A due date in words: how many working days are left or have passed, and the date. Null where there is none. */
export function dueInWords(language: Language, calendar: WorkingCalendar, due: string | null, now: string): DueInWords | null {
  if (due === null) return null;
  const standing = dueStanding(calendar, due, now);
  const { day, late, soon } = standing;
  return { day, late, soon, text: dueTold(language, standing) };
}
