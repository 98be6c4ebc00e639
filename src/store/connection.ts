import type { Collection, Db, Document, MongoClient } from 'mongodb';
import { createConnection, type Connection as MongooseConnection } from 'mongoose';
import { guarded } from './away.js';
import { makeDatabaseClock } from './databaseClock.js';

/** How long a call looks for the primary before it fails: with more, "fails fast" would not be true. */
export const serverSelectionMs = 2_000;
/** How often each server is looked at. One that hangs is noticed after this and `serverSelectionMs`; until then calls wait for it. */
export const heartbeatMs = 5_000;
/** Sockets of one process: more than two cores of MongoDB can use, few enough for many processes. */
export const poolSocketsMax = 40;

export interface ConnectOptions {
  readonly uri: string;
  /** Name of the database, whatever the address says. */
  readonly db: string;
  /** Told of what is wrong beside a call: the connection was lost, the server is no replica set. Never holds the address. */
  readonly onWarning: (message: string, details: Readonly<Record<string, unknown>>) => void;
}

/** The database of this process. Everything in `store/` is given one; only `main` makes it. */
export interface Connection {
  readonly mongoose: MongooseConnection;
  readonly client: MongoClient;
  readonly db: Db;
  collection<T extends Document>(name: string): Collection<T>;
  /** Milliseconds since 1970 on the database server's clock: for leases, retries and expiry, never for the domain. */
  databaseClock(): () => number;
  /** Throws `databaseAway` while no primary answers; at most about `serverSelectionMs`. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Connects. Nothing is left to the server's or the driver's defaults: writes are majority and journaled, reads are majority,
 * nothing is buffered while the server is away, no index or collection is made in passing. Calls fail within about
 * `serverSelectionMs` while no primary can be found, and work again by themselves once there is one.
 * Throws TrinhkyError `databaseAway` when no primary answers.
 */
export async function connect({ uri, db, onWarning }: ConnectOptions): Promise<Connection> {
  const mongoose = createConnection(uri, {
    dbName: db,
    appName: 'trinhky',
    bufferCommands: false,
    autoIndex: false,
    autoCreate: false,
    serverSelectionTimeoutMS: serverSelectionMs,
    connectTimeoutMS: serverSelectionMs,
    waitQueueTimeoutMS: serverSelectionMs,
    heartbeatFrequencyMS: heartbeatMs,
    maxPoolSize: poolSocketsMax,
    retryReads: true,
    retryWrites: true,
    readPreference: 'primary',
    readConcern: { level: 'majority' },
    writeConcern: { w: 'majority', journal: true },
  });
  const name = (error: unknown) => (error instanceof Error ? error.name : 'Error');
  mongoose.on('error', (error: unknown) => onWarning('database error', { error: name(error) }));
  let closing = false;
  mongoose.on('disconnected', () => {
    if (!closing) onWarning('database connection lost', {});
  });
  const close = () => {
    closing = true;
    return mongoose.close();
  };
  mongoose.on('reconnected', () => onWarning('database connection is back', {}));
  try {
    return await guarded(async () => ({ ...(await opened(mongoose, onWarning)), close }));
  } catch (error) {
    closing = true;
    await mongoose.close(true).catch(() => undefined);
    throw error;
  }
}

async function opened(mongoose: MongooseConnection, onWarning: ConnectOptions['onWarning']): Promise<Omit<Connection, 'close'>> {
  await mongoose.asPromise();
  const client = mongoose.getClient();
  const db = client.db(mongoose.name);
  const hello = await db.admin().command({ hello: 1 });
  if (hello['setName'] === undefined && hello['msg'] !== 'isdbgrid') {
    onWarning('this MongoDB is no replica set: transactions will fail', {});
  }
  const clock = await makeDatabaseClock(db);
  return {
    mongoose,
    client,
    db,
    collection: <T extends Document>(name: string) => db.collection<T>(name),
    databaseClock: () => clock,
    ping: () => guarded(async () => void (await db.command({ ping: 1 }))),
  };
}
