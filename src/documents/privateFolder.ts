import { chmod, lstat, mkdir } from 'node:fs/promises';
import { TrinhkyError } from '../errors.js';

/** Read, write and enter for the owner alone. */
const privateMode = 0o700;
/** Write permission of group and others. */
const foreignWrite = 0o022;

/**
 * Makes the folder, or takes the existing one, so that no other local user can plant a program or a font in it.
 * Throws `browserMissing` {reason: 'folderUnsafe'} when it is a link or belongs to somebody else.
 */
export async function privateFolder(path: string): Promise<string> {
  await mkdir(path, { recursive: true, mode: privateMode });
  const found = await lstat(path);
  const owner = process.getuid?.();
  if (!found.isDirectory() || (owner !== undefined && found.uid !== owner)) {
    throw new TrinhkyError('browserMissing', { reason: 'folderUnsafe', path });
  }
  if ((found.mode & foreignWrite) !== 0 || (found.mode & 0o777) !== privateMode) {
    await chmod(path, privateMode);
  }
  return path;
}
