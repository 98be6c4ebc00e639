import { MongoServerError } from 'mongodb';
import { TrinhkyError } from '../errors.js';
import { guarded } from './away.js';
import { type CollectionName, collectionNames } from './collectionNames.js';
import type { Connection } from './connection.js';
import { type IndexSpec, indexes } from './indexes.js';

/** Raised with every change of a stored shape that an older process would misread. */
export const schemaVersion = 1;

/** Written once and seldom read: worth a slower compressor than the server's usual one, which keeps a third more on disk. */
const compressed: readonly CollectionName[] = [
  collectionNames.entries,
  collectionNames.outbox,
  collectionNames.notices,
  collectionNames.audit,
];

interface MetaDocument {
  _id: string;
  version: number;
}

/**
 * Makes every index that is missing, and the row that tells the version of what is stored. Repeatable and safe in several
 * processes at once. Throws `configurationInvalid` when the database was written by a newer trinhky.
 */
export async function ensureIndexes(connection: Connection): Promise<void> {
  await guarded(async () => {
    const meta = connection.collection<MetaDocument>(collectionNames.meta);
    await meta.updateOne({ _id: 'schema' }, { $setOnInsert: { version: schemaVersion } }, { upsert: true });
    const stored = await meta.findOne({ _id: 'schema' });
    if (stored !== null && stored.version > schemaVersion) {
      const reason = `holds data of schema version ${stored.version}; this trinhky knows ${schemaVersion}`;
      throw new TrinhkyError('configurationInvalid', { faults: [{ name: 'MONGODB_DB', reason }] });
    }
    for (const name of compressed) await makeCompressed(connection, name);
    for (const name of Object.values(collectionNames)) {
      const own = indexes.filter((index) => index.collection === name);
      if (own.length > 0) await connection.collection(name).createIndexes(own.map(descriptionOf));
    }
  });
}

const NAMESPACE_EXISTS = 48;

/** Makes a collection with zstd blocks; one that is there keeps what it has. */
async function makeCompressed(connection: Connection, name: CollectionName): Promise<void> {
  try {
    await connection.db.createCollection(name, { storageEngine: { wiredTiger: { configString: 'block_compressor=zstd' } } });
  } catch (error) {
    if (!(error instanceof MongoServerError) || error.code !== NAMESPACE_EXISTS) throw error;
  }
}

function descriptionOf({ name, keys, unique, partial, expireAfterMs }: IndexSpec) {
  return {
    name,
    key: { ...keys },
    ...(unique === undefined ? {} : { unique }),
    ...(partial === undefined ? {} : { partialFilterExpression: partial }),
    ...(expireAfterMs === undefined ? {} : { expireAfterSeconds: expireAfterMs / 1000 }),
  };
}
