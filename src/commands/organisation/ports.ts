import type { Directory } from '../../office/organisation/directory.js';
import type { DirectoryRecords } from '../../office/organisation/records.js';
import type { WorkingCalendar } from '../../office/time/calendar.js';
import type { CalendarInForce } from '../../office/time/calendarVersions.js';

/** Records of the organisation. A snapshot is whole and immutable; changes make a new one. */
export interface DirectoryStore {
  snapshot(authority: string): Promise<Directory>;
  /** Writes records by id (insert or replace) and raises the revision. */
  save(directory: Omit<Directory, 'revision'>): Promise<void>;
  /**
   * Writes some records by id, in one transaction, where the directory still has the revision they were worked out on;
   * else nothing is written and the answer is false.
   */
  change(authority: string, records: DirectoryRecords, revision: number): Promise<boolean>;
  /**
   * Keeps a new version of the calendar and puts it in force with its records of versions, in one transaction; false, and nothing
   * written, where the directory has moved on from `revision`. Throws `inputInvalid` where the version exists with another content.
   */
  putCalendar(change: CalendarChange): Promise<boolean>;
  /** A version of the calendar, whether it is in force or was once; null where there is none. */
  calendarVersion(authority: string, version: string): Promise<WorkingCalendar | null>;
  authorities(): Promise<readonly string[]>;
}

export interface CalendarChange {
  readonly authority: string;
  readonly calendar: WorkingCalendar;
  readonly calendars: readonly CalendarInForce[];
  readonly revision: number;
}
