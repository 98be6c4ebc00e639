import type { ClientSession } from 'mongodb';
import { type Model, Error as MongooseError } from 'mongoose';
import type { DirectoryStore } from '../commands/organisation/ports.js';
import { TrinhkyError } from '../errors.js';
import type { Directory } from '../office/organisation/directory.js';
import type { DirectoryRecords } from '../office/organisation/records.js';
import { keepCalendar, putCalendarInForce, readCalendar } from './calendars.js';
import type { Connection } from './connection.js';
import { type DirectoryModels, directoryModels, type Stored } from './directoryModels.js';
import { isDuplicateKey } from './duplicate.js';
import { normalLogin } from './logins.js';

/** How old a snapshot may become before its revision is looked up: how late other processes see a change. */
export const directoryFreshMs = 1_000;

/** What this process holds of one authority. */
interface Slot {
  kept: { readonly directory: Directory; readonly checkedAtMs: number } | null;
  loading: Promise<Directory> | null;
  /** Raised by each save of this process: a load that began before one is not kept after it. */
  generation: number;
}

interface Slots {
  slotOf(authority: string): Slot;
  /** After every write, also one that failed: whether the commit was done is then unknown. */
  forget(authority: string): void;
  drop(authority: string): void;
}

function makeSlots(): Slots {
  const slots = new Map<string, Slot>();
  const slotOf = (authority: string): Slot => {
    const slot = slots.get(authority) ?? { kept: null, loading: null, generation: 0 };
    slots.set(authority, slot);
    return slot;
  };
  return {
    slotOf,
    forget(authority) {
      const slot = slotOf(authority);
      slot.generation += 1;
      slot.kept = null;
      slot.loading = null;
    },
    drop: (authority) => void slots.delete(authority),
  };
}

/**
 * Organisations on MongoDB. `snapshot` is whole, deeply frozen, and the same object until a record changes; it is at most
 * `directoryFreshMs` behind other processes and never behind this one's own `save`. It throws `notFound` for an unknown authority.
 * `save` is one transaction, so nobody reads half of it. It throws `inputInvalid` for a malformed record or a login that is taken.
 */
export function makeDirectoryStore(connection: Connection, monotonic: () => number = () => performance.now()): DirectoryStore {
  const models = directoryModels(connection.mongoose);
  const { slotOf, forget, drop } = makeSlots();

  const refresh = async (authority: string, slot: Slot): Promise<Directory> => {
    const { generation, kept } = slot;
    const checkedAtMs = monotonic();
    const unchanged = kept !== null && (await revisionOf(models, authority)) === kept.directory.revision;
    const directory = unchanged ? kept.directory : await load(connection, models, authority);
    if (slot.generation === generation) slot.kept = { directory, checkedAtMs };
    return directory;
  };

  return {
    async snapshot(authority) {
      const slot = slotOf(authority);
      if (slot.kept !== null && monotonic() - slot.kept.checkedAtMs < directoryFreshMs) return slot.kept.directory;
      if (slot.loading === null) {
        const loading = refresh(authority, slot).finally(() => {
          if (slot.loading === loading) slot.loading = null;
          if (slot.kept === null) drop(authority);
        });
        slot.loading = loading;
      }
      return slot.loading;
    },
    async save(directory) {
      try {
        await save(connection, models, directory);
      } finally {
        forget(directory.authority.id);
      }
    },
    async change(authority, records, revision) {
      try {
        return await change(connection, models, authority, records, revision);
      } finally {
        forget(authority);
      }
    },
    async putCalendar(change) {
      try {
        return await written(connection, (session) => putCalendarInForce(models, change, session));
      } finally {
        forget(change.authority);
      }
    },
    calendarVersion: (authority, version) => readCalendar(models, authority, version),
    async authorities() {
      const found = await models.authorities.find({}, { _id: 1 }).sort({ _id: 1 }).lean();
      return found.map(({ _id }) => _id);
    },
  };
}

async function revisionOf(models: DirectoryModels, authority: string): Promise<number | null> {
  const found = await models.authorities.findById(authority, { directoryRevision: 1 }).lean();
  return found?.directoryRevision ?? null;
}

/**
 * Reads every collection at one instant of the database, so that a save in between is seen whole or not at all.
 * In a transaction: the driver's snapshot sessions do nothing, and say nothing, where the client sets a read concern.
 */
function load(connection: Connection, models: DirectoryModels, authority: string): Promise<Directory> {
  return connection.client.withSession((session) =>
    session.withTransaction(() => read(models, authority, session), { readConcern: { level: 'snapshot' } }),
  );
}

async function read(models: DirectoryModels, authority: string, session: ClientSession): Promise<Directory> {
  const root = await models.authorities.findById(authority).session(session).lean();
  if (root === null) throw new TrinhkyError('notFound', { authority });
  const { _id, calendar: version, calendars, directoryRevision: revision, ...own } = root;
  const calendar = await models.calendars.findById(`${authority}/${version}`).session(session).lean();
  if (calendar === null) throw new TrinhkyError('internal', { what: 'calendarMissing', authority, version });
  const units = await recordsOf(models.units, authority, session);
  const people = await recordsOf(models.people, authority, session);
  const appointments = await recordsOf(models.appointments, authority, session);
  const delegations = await recordsOf(models.delegations, authority, session);
  const grants = await recordsOf(models.grants, authority, session);
  const divisions = await recordsOf(models.divisions, authority, session);
  const successions = await recordsOf(models.successions, authority, session);
  const lists = await recordsOf(models.lists, authority, session);
  const records = { units, people, appointments, delegations, grants, divisions, successions, lists };
  return deepFreeze({ authority: own, ...records, calendar: unstored(calendar), ...(calendars ? { calendars } : {}), revision });
}

async function recordsOf<T>(model: Model<Stored<T>>, authority: string, session: ClientSession): Promise<T[]> {
  const found = await model.collection.find({ authority }, { session }).sort({ _id: 1 }).toArray();
  return found.map((row) => unstored(row as unknown as Stored<T>));
}

function unstored<T>({ _id, authority: _authority, ...record }: Stored<T>): T {
  return record as unknown as T;
}

async function save(connection: Connection, models: DirectoryModels, directory: Omit<Directory, 'revision'>): Promise<void> {
  const { id } = directory.authority;
  await written(connection, async (session) => {
    await putRecords(models, id, directory, session);
    await keepCalendar(models, id, directory.calendar, session);
    await models.authorities.updateOne(
      { _id: id },
      {
        $set: {
          ...directory.authority,
          calendar: directory.calendar.version,
          ...(directory.calendars ? { calendars: [...directory.calendars] } : {}),
        },
        $inc: { directoryRevision: 1 },
      },
      { upsert: true, session, runValidators: true },
    );
    return true;
  });
}

/** False, and nothing written, where the directory has moved on from `revision`. */
function change(
  connection: Connection,
  models: DirectoryModels,
  authority: string,
  records: DirectoryRecords,
  revision: number,
): Promise<boolean> {
  return written(connection, async (session) => {
    const raised = await models.authorities.updateOne(
      { _id: authority, directoryRevision: revision },
      { $inc: { directoryRevision: 1 } },
      { session },
    );
    if (raised.matchedCount === 0) return false;
    await putRecords(models, authority, records, session);
    return true;
  });
}

async function putRecords(
  models: DirectoryModels,
  authority: string,
  records: DirectoryRecords,
  session: ClientSession,
): Promise<void> {
  const people = (records.people ?? []).map((person) => ({
    ...person,
    name: person.name.normalize('NFC'),
    login: normalLogin(person.login),
  }));
  await replaceAll(models.units, rowsOf(authority, records.units ?? [], byId), session);
  await replaceAll(models.people, rowsOf(authority, people, byId), session);
  await replaceAll(models.appointments, rowsOf(authority, records.appointments ?? [], byId), session);
  await replaceAll(models.delegations, rowsOf(authority, records.delegations ?? [], byId), session);
  await replaceAll(models.grants, rowsOf(authority, records.grants ?? [], byId), session);
  await replaceAll(models.divisions, rowsOf(authority, records.divisions ?? [], byId), session);
  await replaceAll(models.successions, rowsOf(authority, records.successions ?? [], byId), session);
  await replaceAll(models.lists, rowsOf(authority, records.lists ?? [], byId), session);
}

/** One transaction, its faults in the words of the port. */
async function written(connection: Connection, work: (session: ClientSession) => Promise<boolean>): Promise<boolean> {
  try {
    return await connection.client.withSession((session) => session.withTransaction(() => work(session)));
  } catch (error) {
    if (isDuplicateKey(error)) throw new TrinhkyError('inputInvalid', { field: 'login', reason: 'taken' }, { cause: error });
    if (error instanceof MongooseError) {
      throw new TrinhkyError('inputInvalid', { field: 'directory', reason: error.message }, { cause: error });
    }
    throw error;
  }
}

const byId = ({ id }: { readonly id: string }) => id;

function rowsOf<T>(authority: string, records: readonly T[], keyOf: (record: T) => string): Stored<T>[] {
  return records.map((record) => ({ ...record, _id: `${authority}/${keyOf(record)}`, authority }));
}

async function replaceAll<T>(model: Model<Stored<T>>, rows: readonly Stored<T>[], session: ClientSession): Promise<void> {
  if (rows.length === 0) return;
  // Judged by the schema and then written as they are: nothing is cast, dropped or added on the way.
  for (const row of rows) await model.validate(row);
  const operations = rows.map(({ _id, authority, ...rest }) => ({
    replaceOne: { filter: { _id, authority }, replacement: { _id, authority, ...rest }, upsert: true },
  }));
  await model.collection.bulkWrite(operations as never, { session, ordered: true });
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}
