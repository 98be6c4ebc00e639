import { TrinhkyError } from '../../errors.js';
import type { Directory } from '../../office/organisation/directory.js';
import type { WorkingCalendar } from '../../office/time/calendar.js';
import { versionAt, withVersion } from '../../office/time/calendarVersions.js';
import type { Deps } from '../deps.js';

/** The calendar by which a due date set at an instant (ISO 8601) was counted: the one then in force, whatever is in force today. */
export async function calendarAt(
  deps: Pick<Deps, 'store'>,
  directory: Pick<Directory, 'authority' | 'calendar' | 'calendars'>,
  instant: string,
): Promise<WorkingCalendar> {
  const version = versionAt(directory.calendars ?? [], instant) ?? directory.calendar.version;
  if (version === directory.calendar.version) return directory.calendar;
  const calendar = await deps.store.directory.calendarVersion(directory.authority.id, version);
  if (calendar === null) throw new TrinhkyError('internal', { what: 'calendarMissing', version });
  return calendar;
}

/**
 * The calendar that an authority's file leaves in force, with the records of versions. A version that was already replaced is not put back
 * by loading an older file again; a new one comes into force at `now`.
 */
export async function calendarOfFile(
  deps: Pick<Deps, 'store'>,
  loaded: Omit<Directory, 'revision'>,
  now: string,
): Promise<Pick<Directory, 'calendar' | 'calendars'>> {
  const known = (await deps.store.directory.authorities()).includes(loaded.authority.id);
  if (!known) return { calendar: loaded.calendar, calendars: withVersion([], null, loaded.calendar, now) };
  const { calendar, calendars = [] } = await deps.store.directory.snapshot(loaded.authority.id);
  const replaced =
    calendar.version !== loaded.calendar.version && calendars.some(({ version }) => version === loaded.calendar.version);
  const next = replaced ? calendar : loaded.calendar;
  return { calendar: next, calendars: withVersion(calendars, calendar, next, now) };
}
