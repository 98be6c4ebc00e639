import { hashOf } from '../../engine/json.js';
import type { WorkingCalendar } from './calendar.js';

/** From when on a version of an authority's calendar is in force. Records are only ever added. */
export interface CalendarInForce {
  readonly version: string;
  /** SHA-256 of the version's canonical JSON: a version that was used never changes. */
  readonly hash: string;
  /** The instant from which due dates are counted by it (ISO 8601); null for the authority's first calendar. */
  readonly from: string | null;
}

/** Most versions that one authority may have had: five a year for a hundred years. */
export const calendarVersionsMax = 500;

/** The hash of a calendar's canonical JSON. */
export function calendarHash(calendar: WorkingCalendar): string {
  return hashOf(calendar);
}

/** The version by which a due date set at an instant was counted; null where nothing is recorded. */
export function versionAt(records: readonly CalendarInForce[], instant: string): string | null {
  const inForce = records.findLast(({ from }) => from === null || from <= instant) ?? records[0];
  return inForce?.version ?? null;
}

/** The records after `next` came into force at `from` in the place of `current`; unchanged where it is the same version. */
export function withVersion(
  records: readonly CalendarInForce[],
  current: WorkingCalendar | null,
  next: WorkingCalendar,
  from: string,
): readonly CalendarInForce[] {
  const before =
    records.length > 0 || current === null ? records : [{ version: current.version, hash: calendarHash(current), from: null }];
  if (before.at(-1)?.version === next.version) return before;
  return [...before, { version: next.version, hash: calendarHash(next), from: before.length === 0 ? null : from }];
}
