import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { type Db, type Document, MongoClient, MongoServerError } from 'mongodb';
import { TrinhkyError } from '../../errors.js';
import { type Exit, type Mongod, REPLICA_SET } from './mongod.js';
import { socketUri } from './socketPlace.js';

const POLL_MS = 20;
/** Generous: after a crash mongod first replays its journal. */
const READY_MS_MAX = 120_000;
const NOT_YET_INITIALIZED = 94;
const ALREADY_INITIALIZED = 23;

/**
 * Waits until a mongod takes writes: initiates its one-member replica set when it is new, and corrects the member's
 * address when the data folder was moved.
 * @throws TrinhkyError databaseAway {reason, code?, signal?} when mongod ends first or the time is over.
 */
export async function makeWritable(mongod: Mongod, socket: string): Promise<void> {
  let ended: Exit | null = null;
  void mongod.exited.then((exit) => {
    ended = exit;
  });
  let lastFault: unknown;
  const until = performance.now() + READY_MS_MAX;
  const pause = async (): Promise<void> => {
    if (ended !== null)
      throw new TrinhkyError('databaseAway', { reason: 'mongod ended while it was starting', ...(ended as Exit) });
    if (performance.now() > until) {
      throw new TrinhkyError('databaseAway', { reason: 'mongod was not ready in time' }, { cause: lastFault });
    }
    await delay(POLL_MS);
  };
  while (!(await answers(socket))) await pause();
  const client = new MongoClient(socketUri(socket, 'admin'), { serverSelectionTimeoutMS: READY_MS_MAX, maxPoolSize: 1 });
  try {
    const admin = client.db('admin');
    // While mongod starts, or when it changes its role, it closes connections and refuses commands: ask again.
    const refused = (error: unknown): false => {
      lastFault = error;
      return false;
    };
    while (!(await writableOrMended(admin, socket).catch(refused))) await pause();
  } finally {
    await client.close();
  }
}

function answers(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect(socket);
    probe.once('connect', () => {
      probe.destroy();
      resolve(true);
    });
    probe.once('error', () => resolve(false));
  });
}

async function writableOrMended(admin: Db, socket: string): Promise<boolean> {
  const hello = await admin.command({ hello: 1 });
  if (hello['isWritablePrimary'] === true) return true;
  await mend(admin, socket);
  return false;
}

async function mend(admin: Db, socket: string): Promise<void> {
  let config: Document;
  try {
    config = (await admin.command({ replSetGetConfig: 1 }))['config'] as Document;
  } catch (error) {
    if (!(error instanceof MongoServerError) || error.code !== NOT_YET_INITIALIZED) throw error;
    await initiate(admin, socket);
    return;
  }
  const members = config['members'] as Document[];
  if (members[0]?.['host'] === socket) return;
  const moved = { ...config, version: Number(config['version']) + 1, members: [{ ...members[0], host: socket }] };
  await admin.command({ replSetReconfig: moved, force: true });
}

async function initiate(admin: Db, socket: string): Promise<void> {
  try {
    await admin.command({ replSetInitiate: { _id: REPLICA_SET, members: [{ _id: 0, host: socket }] } });
  } catch (error) {
    if (!(error instanceof MongoServerError) || error.code !== ALREADY_INITIALIZED) throw error;
  }
}
