import { createHash } from 'node:crypto';
import { chmod, lstat, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TrinhkyError } from '../../errors.js';

/** The longest path of a Unix socket: `sun_path` without its closing NUL. */
const SOCKET_PATH_BYTES_MAX = process.platform === 'darwin' ? 103 : 107;

/** The name mongod itself gives to the socket of this port below `--unixSocketPrefix`: with both equal it opens one socket. */
const SOCKET_NAME = 'mongodb-27017.sock';

/**
 * Where the database's socket stands: `run/` in the data folder, or, when that path is too long for a socket, a private
 * folder of the system's temporary one, named by a hash of the data folder (so every start finds the same place).
 * The folder exists afterwards with mode 0700: whoever can open the socket may read everything.
 * @param dataFolder absolute, links resolved.
 * @throws TrinhkyError databaseAway {reason} when the temporary folder belongs to someone else.
 */
export async function socketPlace(dataFolder: string, temporary = tmpdir()): Promise<string> {
  const near = join(dataFolder, 'run');
  if (Buffer.byteLength(join(near, SOCKET_NAME)) <= SOCKET_PATH_BYTES_MAX) {
    await mkdir(near, { recursive: true, mode: 0o700 });
    await chmod(near, 0o700);
    return join(near, SOCKET_NAME);
  }
  const name = createHash('sha256').update(dataFolder).digest('hex').slice(0, 16);
  const far = join(temporary, `trinhky-${process.getuid?.() ?? 0}-${name}`);
  await mkdir(far, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  const found = await lstat(far);
  // Anyone may create names below /tmp: a link or another user's folder would hand the database to them.
  if (!found.isDirectory() || found.uid !== (process.getuid?.() ?? found.uid)) {
    throw new TrinhkyError('databaseAway', { reason: `${far} is not a private folder of this user` });
  }
  await chmod(far, 0o700);
  return join(far, SOCKET_NAME);
}

/** The address of a database behind a socket, for the MongoDB driver. */
export function socketUri(socket: string, database: string): string {
  return `mongodb://${encodeURIComponent(socket)}/${encodeURIComponent(database)}?directConnection=true`;
}
