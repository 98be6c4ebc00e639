import { mkdir, readFile, realpath } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { TrinhkyError } from '../../errors.js';
import { findMongod } from './findMongod.js';
import { type Exit, type Mongod, type MongodOptions, spawnMongod } from './mongod.js';
import { commandLineOf, isRunning, markOf } from './process.js';
import { makeWritable } from './replicaSet.js';
import { type Claim, claimDataFolder } from './serverFile.js';
import { socketPlace, socketUri } from './socketPlace.js';

export interface EmbeddedOptions {
  /** Made when missing, private to the user. Holds the database, its socket, its log and `server.json`. */
  readonly dataFolder: string;
  /** Where a fetched mongod is kept for every data folder of this user. */
  readonly cacheFolder?: string;
  /** WiredTiger's cache; mongod as a whole takes about 100 MB more. */
  readonly cacheMb?: number;
  /** The only mongod to use, when given. */
  readonly configuredBinary?: string | undefined;
  /** Told to a second server that wants the same folder; see `announce`. */
  readonly address?: string;
  /** One plain English line for a log or a terminal. */
  readonly onProgress?: (line: string) => void;
}

export interface Embedded {
  /** The address of a database of this name, for the MongoDB driver. It stays the same when mongod is started again. */
  uri(database: string): string;
  readonly socket: string;
  /** The mongod that runs now. */
  readonly pid: number;
  /** Writes the server's address to `server.json`, once it listens. */
  announce(address: string): Promise<void>;
  /** Ends mongod in order and gives the data folder free; about a second. Repeated calls wait for the same end. */
  stop(): Promise<void>;
  /** How the last mongod ended: after `stop`, or when it could not be kept running. */
  readonly exited: Promise<Exit>;
}

const CACHE_MB = 256;
const FIRST_BACKOFF_MS = 100;
const BACKOFF_MS_MAX = 5_000;
const RESTARTS_IN_A_ROW_MAX = 20;
/** One that ran this long was sound: the next fault starts the back-off anew. */
const SOUND_AFTER_MS = 30_000;
/** The watchdog of a killed server asks its mongod to end and insists after ten seconds. */
const ORPHAN_MS_MAX = 15_000;
const ORPHAN_POLL_MS = 50;
const MONGOD_FOLDER_IN_USE = 100;

/**
 * Starts the embedded database: one real mongod, a one-member replica set on a Unix socket, that takes writes when this
 * returns. It ends with this process, even when that is killed; it is started again when it dies alone, and until then the
 * driver's operations fail or wait as for any database that is away.
 * @throws TrinhkyError dataFolderInUse {pid, address, folder}; databaseMissing {tried, missing, todo}; databaseAway {reason}.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  refuseWindows();
  const { cacheFolder = join(homedir(), '.cache', 'trinhky'), cacheMb = CACHE_MB, configuredBinary } = options;
  const tell = options.onProgress ?? (() => undefined);
  const dbFolder = join(options.dataFolder, 'db');
  await mkdir(dbFolder, { recursive: true, mode: 0o700 });
  const dataFolder = await realpath(options.dataFolder);
  const socket = await socketPlace(dataFolder);
  const claim = await claimDataFolder(dataFolder, socket, options.address ?? '');
  try {
    const binary = await findMongod({ configuredBinary, cacheFolder, tell });
    const mongodOptions = { binary, dbFolder: join(dataFolder, 'db'), socket, logFile: join(dataFolder, 'mongod.log'), cacheMb };
    await endOrphan(mongodOptions.dbFolder, tell);
    return keepRunning(await startWritable(mongodOptions), mongodOptions, claim, tell);
  } catch (error) {
    await claim.release();
    throw error;
  }
}

function refuseWindows(): void {
  if (process.platform !== 'win32') return;
  throw new TrinhkyError('databaseMissing', {
    tried: ['the embedded database needs Unix sockets and a shell, which Windows lacks'],
    missing: [],
    todo: ['set MONGODB_URI to a MongoDB replica set, or run inside WSL'],
  });
}

/** A mongod that takes writes. One that ends on the way says why in its log, whose last fault is put into the error. */
async function startWritable(options: MongodOptions): Promise<Mongod> {
  const mongod = await spawnMongod(options);
  try {
    await makeWritable(mongod, options.socket);
    return mongod;
  } catch (error) {
    await mongod.stop();
    const { code } = await mongod.exited;
    if (code === MONGOD_FOLDER_IN_USE) {
      const pid = Number(await readFile(join(options.dbFolder, 'mongod.lock'), 'utf8').catch(() => '0')) || 0;
      throw new TrinhkyError('dataFolderInUse', { pid, address: '', folder: options.dbFolder }, { cause: error });
    }
    const reason = `mongod could not start (code ${code}); ${await lastFault(options.logFile)}`;
    throw new TrinhkyError('databaseAway', { reason, log: options.logFile }, { cause: error });
  }
}

async function lastFault(logFile: string): Promise<string> {
  const lines = (await readFile(logFile, 'utf8').catch(() => '')).trimEnd().split('\n').slice(-200);
  // "s" is the severity: F fatal, E error.
  const fault = lines.findLast((line) => /"s":"[FE]"/.test(line)) ?? lines.at(-1) ?? '';
  return fault.slice(0, 400);
}

/** Waits for the mongod of a server that was killed, and asks it to end in case its watchdog was killed too. */
async function endOrphan(dbFolder: string, tell: (line: string) => void): Promise<void> {
  const pid = Number(await readFile(join(dbFolder, 'mongod.lock'), 'utf8').catch(() => ''));
  if (!Number.isSafeInteger(pid) || pid < 1) return;
  // The number may be another process's by now: only one that names this folder is the orphan.
  if (!(await commandLineOf(pid)).includes(dbFolder)) return;
  const orphan = await markOf(pid);
  tell('an earlier server was killed; waiting for its database to end');
  try {
    process.kill(pid, 'SIGTERM');
  } catch {
    // It has just ended.
  }
  const until = performance.now() + ORPHAN_MS_MAX;
  while ((await isRunning(orphan)) && performance.now() < until) await delay(ORPHAN_POLL_MS);
}

function keepRunning(first: Mongod, options: MongodOptions, claim: Claim, tell: (line: string) => void): Embedded {
  const kept: Kept = { current: first, stopping: new AbortController() };
  const exited = supervise(kept, options, tell).then(async (exit) => {
    await claim.release();
    return exit;
  });
  return {
    uri: (database) => socketUri(options.socket, database),
    socket: options.socket,
    get pid() {
      return kept.current.pid;
    },
    announce: (address) => claim.update({ address }),
    async stop() {
      kept.stopping.abort();
      await kept.current.stop();
      await exited;
    },
    exited,
  };
}

interface Kept {
  current: Mongod;
  readonly stopping: AbortController;
}

/** Starts mongod again, with growing pauses, each time it ends unasked. Never rejects; returns how the last one ended. */
async function supervise(kept: Kept, options: MongodOptions, tell: (line: string) => void): Promise<Exit> {
  const { signal } = kept.stopping;
  let backoffMs = FIRST_BACKOFF_MS;
  let inARow = 0;
  let since = performance.now();
  for (;;) {
    const exit = await kept.current.exited;
    if (performance.now() - since > SOUND_AFTER_MS) {
      backoffMs = FIRST_BACKOFF_MS;
      inARow = 0;
    }
    if (signal.aborted || ++inARow > RESTARTS_IN_A_ROW_MAX) return exit;
    tell(`the database ended (${exit.signal ?? `code ${exit.code}`}); starting it again in ${backoffMs} ms`);
    await delay(backoffMs, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return exit;
    backoffMs = Math.min(backoffMs * 2, BACKOFF_MS_MAX);
    since = performance.now();
    try {
      kept.current = await spawnMongod(options);
    } catch (error) {
      tell(`the database could not be started: ${String(error)}`);
      continue;
    }
    // Stopped while it was being spawned: nobody else would end this one.
    if (signal.aborted) await kept.current.stop();
  }
}
