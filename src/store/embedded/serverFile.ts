import { randomUUID } from 'node:crypto';
import { constants, copyFile, link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TrinhkyError } from '../../errors.js';
import { isRunning, markOf, type ProcessMark } from './process.js';

/** What `server.json` in a data folder says: who serves from it, and where. */
export interface ServerRecord {
  readonly server: ProcessMark;
  /** `http://host:port`, empty until the server listens. */
  readonly address: string;
  /** The Unix socket of the database. */
  readonly socket: string;
}

export interface Claim {
  /** Writes the record again, changed; only the holder may call it. */
  update(change: Partial<ServerRecord>): Promise<void>;
  /** Gives the folder free. Repeated calls do nothing. */
  release(): Promise<void>;
}

const CLAIM_TRIES_MAX = 5;

/**
 * Takes a data folder for this process, so that two servers never share one. A record left by a process that is gone, or
 * whose number another process has got since, is no obstacle.
 * @throws TrinhkyError dataFolderInUse {pid, address, folder} at once, while another server lives.
 */
export async function claimDataFolder(dataFolder: string, socket: string, address: string): Promise<Claim> {
  const file = join(dataFolder, 'server.json');
  let record: ServerRecord = { server: await markOf(process.pid), address, socket };
  for (let attempt = 1; ; attempt++) {
    if (await createWhole(file, record)) break;
    const holder = await readRecord(file);
    const lives = holder !== null && (await isRunning(holder.server));
    if (lives || attempt === CLAIM_TRIES_MAX) {
      throw new TrinhkyError('dataFolderInUse', {
        pid: holder?.server.pid ?? 0,
        address: holder?.address ?? '',
        folder: dataFolder,
      });
    }
    await removeStale(file, holder);
  }
  let held = true;
  return {
    async update(change) {
      if (!held) return;
      record = { ...record, ...change };
      const draft = `${file}.${randomUUID()}`;
      await writeFile(draft, JSON.stringify(record), { mode: 0o600 });
      await rename(draft, file);
    },
    async release() {
      if (!held) return;
      held = false;
      await rm(file, { force: true });
    },
  };
}

/** Creates the file with all its content in one step, so that no reader sees half of it. False when it exists. */
async function createWhole(file: string, record: ServerRecord): Promise<boolean> {
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, JSON.stringify(record), { mode: 0o600 });
  try {
    await placeOnce(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

async function placeOnce(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' || code === 'ENOENT') throw error;
    // Some file systems know no hard links.
    await copyFile(from, to, constants.COPYFILE_EXCL);
  }
}

/** Moves a stale record away. If someone replaced it in between, it is put back, and the next look decides. */
async function removeStale(file: string, stale: ServerRecord | null): Promise<void> {
  const aside = `${file}.${randomUUID()}`;
  try {
    await rename(file, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  const moved = await readRecord(aside);
  if (moved !== null && JSON.stringify(moved) !== JSON.stringify(stale)) {
    await placeOnce(aside, file).catch(() => undefined);
  }
  await rm(aside, { force: true });
}

async function readRecord(file: string): Promise<ServerRecord | null> {
  try {
    const value = JSON.parse(await readFile(file, 'utf8')) as Partial<ServerRecord>;
    const { pid, started } = value.server ?? {};
    if (!Number.isSafeInteger(pid) || pid === undefined || pid < 1) return null;
    return {
      server: { pid, started: typeof started === 'string' ? started : null },
      address: String(value.address ?? ''),
      socket: String(value.socket ?? ''),
    };
  } catch {
    return null;
  }
}
