import type { ClientSession } from 'mongodb';
import { type Model, Error as MongooseError } from 'mongoose';
import type { DirectoryStore } from '../commands/ports.js';
import { TrinhkyError } from '../errors.js';
import type { Directory } from '../office/organisation/directory.js';
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

/**
 * Organisations on MongoDB. `snapshot` is whole, deeply frozen, and the same object until a record changes; it is at most
 * `directoryFreshMs` behind other processes and never behind this one's own `save`. It throws `notFound` for an unknown authority.
 * `save` is one transaction, so nobody reads half of it. It throws `inputInvalid` for a malformed record or a login that is taken.
 */
export function makeDirectoryStore(connection: Connection, monotonic: () => number = () => performance.now()): DirectoryStore {
  const models = directoryModels(connection.mongoose);
  const slots = new Map<string, Slot>();
  const slotOf = (authority: string): Slot => {
    const slot = slots.get(authority) ?? { kept: null, loading: null, generation: 0 };
    slots.set(authority, slot);
    return slot;
  };

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
          if (slot.kept === null) slots.delete(authority);
        });
        slot.loading = loading;
      }
      return slot.loading;
    },
    async save(directory) {
      try {
        await save(connection, models, directory);
      } finally {
        // Also after a failure: whether the commit was done is then unknown.
        const slot = slotOf(directory.authority.id);
        slot.generation += 1;
        slot.kept = null;
        slot.loading = null;
      }
    },
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
  const { _id, calendar: version, directoryRevision: revision, ...own } = root;
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
  return deepFreeze({ authority: own, ...records, calendar: unstored(calendar), revision });
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
  const people = directory.people.map((person) => ({
    ...person,
    name: person.name.normalize('NFC'),
    login: normalLogin(person.login),
  }));
  try {
    await connection.client.withSession((session) =>
      session.withTransaction(async () => {
        await replaceAll(models.units, rowsOf(id, directory.units, byId), session);
        await replaceAll(models.people, rowsOf(id, people, byId), session);
        await replaceAll(models.appointments, rowsOf(id, directory.appointments, byId), session);
        await replaceAll(models.delegations, rowsOf(id, directory.delegations, byId), session);
        await replaceAll(models.grants, rowsOf(id, directory.grants, byId), session);
        await replaceAll(models.divisions, rowsOf(id, directory.divisions, byId), session);
        await replaceAll(models.successions, rowsOf(id, directory.successions, byId), session);
        await replaceAll(models.lists, rowsOf(id, directory.lists, byId), session);
        await replaceAll(models.calendars, rowsOf(id, [directory.calendar], byVersion), session);
        await models.authorities.updateOne(
          { _id: id },
          { $set: { ...directory.authority, calendar: directory.calendar.version }, $inc: { directoryRevision: 1 } },
          { upsert: true, session, runValidators: true },
        );
      }),
    );
  } catch (error) {
    if (isDuplicateKey(error)) throw new TrinhkyError('inputInvalid', { field: 'login', reason: 'taken' }, { cause: error });
    if (error instanceof MongooseError) {
      throw new TrinhkyError('inputInvalid', { field: 'directory', reason: error.message }, { cause: error });
    }
    throw error;
  }
}

const byId = ({ id }: { readonly id: string }) => id;
const byVersion = ({ version }: { readonly version: string }) => version;

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
