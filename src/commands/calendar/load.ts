import { Ajv2020 } from 'ajv/dist/2020.js';
import { hashOf, type JsonObject } from '../../engine/json.js';
import { TrinhkyError } from '../../errors.js';
import type { Directory } from '../../office/organisation/directory.js';
import { readerOf } from '../../office/organisation/visibility.js';
import type { WorkingCalendar } from '../../office/time/calendar.js';
import {
  type CalendarFault,
  type ChangedDay,
  calendarFaults,
  changedDays,
  mergeCalendars,
} from '../../office/time/calendarRecord.js';
import { calendarVersionsMax, withVersion } from '../../office/time/calendarVersions.js';
import { cleanObject } from '../cleanInput.js';
import type { Deps } from '../deps.js';
import { type DueConsequences, dueConsequences } from './consequences.js';
import { type Recounted, recountDues } from './recount.js';
import { calendarShape } from './shape.js';

const faultsShownMax = 50;

const ajv = new Ajv2020({ allErrors: true, strict: true, strictRequired: false });
const fits = ajv.compile<WorkingCalendar & { note?: string }>({
  ...calendarShape,
  properties: { ...calendarShape.properties, note: { type: 'string', maxLength: 4_000 } },
});

/** A calendar that somebody brings. `by` is a person, or the command line, whose user has the machine. */
export interface CalendarLoad {
  readonly authority: string;
  readonly by: { readonly person: string } | 'commandLine';
  readonly calendar: JsonObject;
  /** Look only: nothing is written. */
  readonly dryRun: boolean;
  /** Count the due dates of open work anew by the calendar then in force. Without it they stay. */
  readonly recount?: boolean;
  /** How many instances were recounted so far. */
  readonly onProgress?: (instances: number) => void;
}

/** What loading does, or would do. */
export interface CalendarLoaded {
  readonly authority: string;
  readonly version: string;
  readonly replaces: string;
  readonly saved: boolean;
  /** Days that change between working and off. */
  readonly changed: readonly ChangedDay[];
  /** Days off that the decision of the year has yet to confirm. */
  readonly proposed: number;
  readonly dues: DueConsequences;
  /** What was recounted, or would be; null where that was not asked for. */
  readonly recount: Recounted | null;
}

/**
 * Puts a new version of an authority's working calendar in force from now on: the one in force with the years that are brought. Due dates
 * already set stay as they are, unless they are to be recounted. The same calendar brought again changes nothing, and goes on with a
 * recount that was stopped. An audit record is written before the change.
 * Throws `notAllowed` for a person who does not administer, `inputInvalid` with every fault and its place, `busy` where the
 * organisation changed meanwhile.
 */
export async function loadCalendar(deps: Deps, load: CalendarLoad): Promise<CalendarLoaded> {
  const now = deps.clock.now();
  const directory = await deps.store.directory.snapshot(load.authority);
  if (load.by !== 'commandLine' && !readerOf(directory, load.by.person, now).administers) throw new TrinhkyError('notAllowed');
  const calendar = merged(directory, readCalendarFile(load.calendar));
  const same = calendar.version === directory.calendar.version && hashOf(calendar) === hashOf(directory.calendar);
  if (!same) await refuseUsed(deps, directory, calendar);
  const changed = changedDays(directory.calendar, calendar);
  const dues = await dueConsequences(deps, { directory, calendar, changed });
  const saved = !same && !load.dryRun;
  if (saved) await put(deps, load, { directory, calendar, now, changed: changed.length });
  const recount = load.recount === true ? await recounted(deps, load, calendar) : null;
  const proposed = calendar.holidays.filter((holiday) => holiday.proposed).length;
  const { version } = directory.calendar;
  return { authority: load.authority, version: calendar.version, replaces: version, saved, changed, proposed, dues, recount };
}

async function recounted(deps: Deps, load: CalendarLoad, calendar: WorkingCalendar): Promise<Recounted> {
  const { authority, by, dryRun, onProgress } = load;
  const done = await recountDues(deps, { authority, calendar, dryRun, ...(onProgress === undefined ? {} : { onProgress }) });
  if (!dryRun && done.instances + done.refused.length > 0)
    await deps.store.audit.append({
      authority,
      at: deps.clock.now(),
      actor: by === 'commandLine' ? by : by.person,
      kind: 'duesRecounted',
      subject: calendar.version,
      details: { instances: done.instances, refused: done.refused.length },
    });
  return done;
}

/** A calendar from a file's JSON; a `note` beside it is read over. Throws `inputInvalid` with every fault and its place. */
export function readCalendarFile(value: JsonObject): WorkingCalendar {
  const cleaned = cleanObject(value) as unknown;
  if (!fits(cleaned)) {
    const faults = (fits.errors ?? [])
      .slice(0, faultsShownMax)
      .map(({ instancePath, message, params }) => ({ path: instancePath, message: `${message ?? ''}${named(params)}` }));
    throw new TrinhkyError('inputInvalid', { faults });
  }
  const { note: _note, ...calendar } = cleaned;
  refuse(calendarFaults(calendar));
  return calendar;
}

/** Which member is too much: the message of ajv leaves it out. */
function named(params: Readonly<Record<string, unknown>>): string {
  const { additionalProperty } = params;
  return typeof additionalProperty === 'string' ? `: ${additionalProperty}` : '';
}

function refuse(faults: readonly CalendarFault[]): void {
  if (faults.length === 0) return;
  const shown = faults
    .slice(0, faultsShownMax)
    .map(({ path, reason, value }) => ({ path, reason, value, message: `${reason} ${value}`.trim() }));
  throw new TrinhkyError('inputInvalid', { reason: 'calendar', faults: shown });
}

function merged({ calendar, calendars = [] }: Directory, brought: WorkingCalendar): WorkingCalendar {
  if (calendars.length >= calendarVersionsMax)
    throw new TrinhkyError('inputInvalid', { field: 'calendars', calendarVersionsMax });
  const joined = mergeCalendars(calendar, brought);
  if ('reason' in joined) refuse([joined]);
  return joined as WorkingCalendar;
}

async function refuseUsed(deps: Pick<Deps, 'store'>, { authority }: Directory, calendar: WorkingCalendar): Promise<void> {
  const used = await deps.store.directory.calendarVersion(authority.id, calendar.version);
  if (used !== null && hashOf(used) !== hashOf(calendar))
    refuse([{ path: '/version', reason: 'versionUsed', value: calendar.version }]);
}

interface Putting {
  readonly directory: Directory;
  readonly calendar: WorkingCalendar;
  readonly now: string;
  readonly changed: number;
}

async function put(deps: Pick<Deps, 'store'>, { authority, by }: CalendarLoad, putting: Putting): Promise<void> {
  const { directory, calendar, now, changed } = putting;
  const calendars = withVersion(directory.calendars ?? [], directory.calendar, calendar, now);
  await deps.store.audit.append({
    authority,
    at: now,
    actor: by === 'commandLine' ? by : by.person,
    kind: 'calendarLoaded',
    subject: calendar.version,
    details: { replaces: directory.calendar.version, hash: hashOf(calendar), changedDays: changed },
  });
  const written = await deps.store.directory.putCalendar({ authority, calendar, calendars, revision: directory.revision });
  if (!written) throw new TrinhkyError('busy');
}
