import { randomBytes } from 'node:crypto';
import { link, lstat, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { TrinhkyError } from '../../errors.js';

/** Read, write (and enter) for the owner alone. */
const folderMode = 0o700;
const fileMode = 0o600;
/** Any right of group and others. */
const foreignRights = 0o077;
/** Largest file that is read from the folder. */
const fileBytesMax = 4_000_000;

export type KeyFolderFault = 'notPrivate' | 'notOwned' | 'notPlain' | 'tooLarge';

/** Why a folder or file of keys is refused: what, and where; never what is in it. */
export interface UnsafePlace {
  readonly path: string;
  readonly fault: KeyFolderFault;
}

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

/** Null when the place is this user's alone (or is not there); links are refused, they may lead anywhere. */
async function unsafePlace(path: string, kind: 'folder' | 'file'): Promise<UnsafePlace | null> {
  let found: Awaited<ReturnType<typeof lstat>>;
  try {
    found = await lstat(path);
  } catch (error) {
    if (isMissing(error)) return null;
    throw new TrinhkyError('signingFailed', { reason: 'keysUnreadable', path, value: (error as NodeJS.ErrnoException).code });
  }
  const user = process.getuid?.();
  if (kind === 'folder' ? !found.isDirectory() : !found.isFile()) return { path, fault: 'notPlain' };
  // Where the system knows no owners (Windows) its modes say nothing either.
  if (user === undefined) return null;
  if (found.uid !== user) return { path, fault: 'notOwned' };
  if ((found.mode & foreignRights) !== 0) return { path, fault: 'notPrivate' };
  return found.size > fileBytesMax && kind === 'file' ? { path, fault: 'tooLarge' } : null;
}

/**
 * The content of a file of keys, or null where there is none. The folders above it, up to the key folder, and the file itself must
 * be this user's alone; else `signingFailed` {reason: 'keysOpen', path, fault}.
 */
export async function readPrivate(keyFolder: string, ...names: readonly string[]): Promise<Buffer | null> {
  let path = keyFolder;
  for (const [index, name] of ['', ...names].entries()) {
    path = join(path, name);
    const unsafe = await unsafePlace(path, index === names.length ? 'file' : 'folder');
    if (unsafe !== null) throw new TrinhkyError('signingFailed', { reason: 'keysOpen', ...unsafe });
  }
  return readFile(path).catch((error: unknown) => {
    if (isMissing(error)) return null;
    throw new TrinhkyError('signingFailed', { reason: 'keysUnreadable', path, value: (error as NodeJS.ErrnoException).code });
  });
}

/**
 * Writes a file of keys, whole or not at all; its folders are made private. `keep` leaves a file that is there alone, and answers
 * false: of two processes that make the same file, one makes it.
 */
export async function writePrivate(path: string, content: string | Uint8Array, mode: 'keep' | 'replace'): Promise<boolean> {
  await mkdir(dirname(path), { recursive: true, mode: folderMode });
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  const file = await open(draft, 'wx', fileMode);
  try {
    await file.writeFile(content);
    await file.sync();
    await file.close();
    if (mode === 'keep') await link(draft, path);
    else await rename(draft, path);
    return true;
  } catch (error) {
    if (mode === 'keep' && (error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await file.close().catch(() => undefined);
    await rm(draft, { force: true });
  }
}

/** The names in a folder; none where there is no folder. */
export async function namesIn(path: string): Promise<readonly string[]> {
  return readdir(path).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw new TrinhkyError('signingFailed', { reason: 'keysUnreadable', path, value: (error as NodeJS.ErrnoException).code });
  });
}

const placesMax = 100_000;

/**
 * Refuses to start with keys that others can reach: every folder and file below must be this user's alone.
 * Throws `configurationInvalid` {faults: [{name: 'TRINHKY_KEYS', reason}]} that names the first of them and what to do.
 */
export async function checkKeyFolder(keyFolder: string): Promise<void> {
  const waiting = [keyFolder];
  for (let seen = 0; waiting.length > 0 && seen < placesMax; seen += 1) {
    const path = waiting.pop() ?? '';
    const isFolder = await lstat(path).then(
      (found) => found.isDirectory(),
      () => null,
    );
    if (isFolder === null) continue;
    const unsafe = await unsafePlace(path, isFolder ? 'folder' : 'file');
    if (unsafe !== null)
      throw new TrinhkyError('configurationInvalid', {
        faults: [{ name: 'TRINHKY_KEYS', reason: `${path}: ${adviceOf(unsafe.fault, isFolder)}` }],
      });
    if (isFolder) waiting.push(...(await namesIn(path)).map((name) => join(path, name)));
  }
}

function adviceOf(fault: KeyFolderFault, isFolder: boolean): string {
  if (fault === 'notPrivate') return `others may use it; run chmod ${isFolder ? '700' : '600'} on it`;
  if (fault === 'notOwned') return 'belongs to another user; give it to the user that runs trinhky';
  return fault === 'tooLarge' ? 'is too large for a key or certificate' : 'must be a plain file or folder, not a link';
}
