import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { link, lstat, mkdir, open, readFile, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { TrinhkyError } from '../errors.js';

const keyBytes = 32;
const ivBytes = 12;
const tagBytes = 16;
/** Told in what is stored, so that another way of sealing can be told from this one. */
const FORM = 'g1';
const GROUP_AND_OTHERS = 0o077;

export interface KeyFile {
  readonly path: string;
  /** Whether a missing file is made: a configured one must be there, or two servers would each make their own. */
  readonly mayMake: boolean;
}

/**
 * The server's key for secrets that stand in the database: a file of its own, readable by this user alone, made at the first start.
 * Throws `configurationInvalid` when others may read it, when it holds no key, and when a configured one is missing.
 */
export async function readSecretsKey({ path, mayMake }: KeyFile): Promise<Uint8Array> {
  if (mayMake) await makeOnce(path);
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw faulty(`cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`);
  });
  if (((await stat(path)).mode & GROUP_AND_OTHERS) !== 0) throw faulty('may be read by others; set its mode to 600');
  const key = Buffer.from(text.trim(), 'base64url');
  if (key.length !== keyBytes) throw faulty(`holds no key of ${keyBytes} bytes in base64url`);
  return key;
}

async function makeOnce(path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  if (await isThere(path)) return;
  // Made beside it and put in place whole: a full disk or a killed process leaves no half of a key.
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    const file = await open(draft, 'wx', 0o600);
    try {
      await file.writeFile(`${randomBytes(keyBytes).toString('base64url')}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await link(draft, path);
  } catch (error) {
    // Another process was faster.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

function faulty(reason: string): TrinhkyError {
  return new TrinhkyError('configurationInvalid', { faults: [{ name: 'TRINHKY_SECRETS_KEY_FILE', reason }] });
}

/** Seals short texts for storing. What was sealed for one place opens in no other. */
export interface Sealer {
  seal(text: string, place: string): string;
  /** Throws `configurationInvalid` where it was sealed with another key or for another place. */
  open(sealed: string, place: string): string;
}

/** AES-256-GCM with a random 96-bit initial value and the place as associated data. Without a key both calls throw. */
export function makeSealer(key: Uint8Array | null): Sealer {
  const held = (): Uint8Array => {
    if (key === null) throw faulty('is not set');
    return key;
  };
  return {
    seal(text, place) {
      const iv = randomBytes(ivBytes);
      const cipher = createCipheriv('aes-256-gcm', held(), iv, { authTagLength: tagBytes });
      cipher.setAAD(Buffer.from(`${FORM}\n${place}`));
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return `${FORM}.${Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')}`;
    },
    open(sealed, place) {
      const [form, packed = ''] = sealed.split('.');
      const bytes = Buffer.from(packed, 'base64url');
      try {
        if (form !== FORM) throw new Error('another form');
        const decipher = createDecipheriv('aes-256-gcm', held(), bytes.subarray(0, ivBytes), { authTagLength: tagBytes });
        decipher.setAAD(Buffer.from(`${FORM}\n${place}`));
        decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
        return Buffer.concat([decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()]).toString('utf8');
      } catch (error) {
        if (error instanceof TrinhkyError) throw error;
        throw faulty('is not the key with which the stored secrets were sealed');
      }
    },
  };
}
