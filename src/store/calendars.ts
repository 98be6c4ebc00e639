import type { ClientSession } from 'mongodb';
import type { CalendarChange } from '../commands/organisation/ports.js';
import { hashOf } from '../engine/json.js';
import { TrinhkyError } from '../errors.js';
import type { WorkingCalendar } from '../office/time/calendar.js';
import type { DirectoryModels } from './directoryModels.js';

/**
 * Writes a version of a calendar where there is none of that name. One that is there is never replaced: where what is brought differs
 * from it, `inputInvalid` with the reason `calendarVersionUsed` is thrown.
 */
export async function keepCalendar(
  models: DirectoryModels,
  authority: string,
  calendar: WorkingCalendar,
  session: ClientSession,
): Promise<void> {
  const _id = `${authority}/${calendar.version}`;
  const kept = await models.calendars.collection.findOne({ _id } as never, { session });
  if (kept === null) {
    const row = { _id, authority, ...calendar };
    await models.calendars.validate(row);
    await models.calendars.collection.insertOne(row as never, { session });
    return;
  }
  const { _id: _, authority: __, ...known } = kept;
  if (hashOf(known) === hashOf(calendar)) return;
  throw new TrinhkyError('inputInvalid', { path: '/calendar/version', reason: 'calendarVersionUsed', value: calendar.version });
}

/** Keeps a version and puts it in force, unless the directory has moved on from `revision`: then false, and nothing is written. */
export async function putCalendarInForce(
  models: DirectoryModels,
  change: CalendarChange,
  session: ClientSession,
): Promise<boolean> {
  const { authority, calendar, calendars, revision } = change;
  const raised = await models.authorities.updateOne(
    { _id: authority, directoryRevision: revision },
    { $set: { calendar: calendar.version, calendars: [...calendars] }, $inc: { directoryRevision: 1 } },
    { session, runValidators: true },
  );
  if (raised.matchedCount === 0) return false;
  await keepCalendar(models, authority, calendar, session);
  return true;
}

/** A version of an authority's calendar; null where it never had it. */
export async function readCalendar(models: DirectoryModels, authority: string, version: string): Promise<WorkingCalendar | null> {
  const found = await models.calendars.findOne({ _id: `${authority}/${version}`, authority }).lean();
  if (found === null) return null;
  const { _id, authority: _, ...calendar } = found;
  return calendar;
}
