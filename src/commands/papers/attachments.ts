import { createHash } from 'node:crypto';
import { TrinhkyError } from '../../errors.js';
import { fileNameCharsMax, isFileName } from '../../office/papers/fileTypes.js';
import { cleanText } from '../cleanInput.js';
import type { Deps } from '../deps.js';
import { refuseSecret } from '../refuseSecret.js';
import type { Attachment } from './filePorts.js';

/** Files and bytes that one person may bring in 24 hours. */
export const uploadsPerDayMax = 200;
export const uploadBytesPerDayMax = 500_000_000;
/** A scanner that has not answered by then is asked again when the file is next wanted. */
export const scanMsMax = 10_000;

export interface NewFile {
  readonly authority: string;
  readonly person: string;
  readonly name: string;
  /** As judged from the bytes. */
  readonly mediaType: string;
  readonly bytes: Uint8Array;
  /** What could be read where a stamp would stand. */
  readonly heads: readonly string[];
}

type Needs = Pick<Deps, 'store' | 'clock' | 'scanner'>;

/** A file's name as it is kept: NFC, no path, no hidden characters. Throws `fileNameInvalid` {charsMax}. */
export function cleanFileName(name: string): string {
  let clean: string;
  try {
    clean = cleanText(name, 'name').trim();
  } catch (cause) {
    throw new TrinhkyError('fileNameInvalid', { charsMax: fileNameCharsMax }, { cause });
  }
  if (!isFileName(clean)) throw new TrinhkyError('fileNameInvalid', { charsMax: fileNameCharsMax });
  return clean;
}

/** Counts an upload against the person's day before its body is read. Throws `uploadsTooMany`. */
export async function countUpload({ store }: Pick<Deps, 'store'>, authority: string, person: string): Promise<void> {
  await spend({ store }, authority, person, { files: 1, bytes: 0 });
}

/**
 * Keeps a file that was examined, under the hash of its bytes. Brought again it is the same file. Where a scanner is configured the file
 * is in quarantine until the scanner finds it clean. Throws `secretRefused` where a head bears a degree of secrecy, `uploadsTooMany`,
 * `databaseAway`; then nothing is kept.
 */
export async function keepFile(deps: Needs, { authority, person, name, mediaType, bytes, heads }: NewFile): Promise<Attachment> {
  refuseSecret(heads);
  await spend(deps, authority, person, { files: 0, bytes: bytes.length });
  const hash = createHash('sha256').update(bytes).digest('hex');
  const state = deps.scanner === undefined ? 'clean' : 'quarantined';
  const attachment: Attachment = { hash, name, mediaType, length: bytes.length, by: person, at: deps.clock.now(), state };
  await deps.store.attachments.put(authority, attachment, bytes);
  const stored = await cleared(deps, authority, hash);
  // The name is the one this person gave: what somebody else called the same bytes is nobody's business here.
  return { ...attachment, state: stored?.state ?? state };
}

/** A stored file, scanned now where it still waits; null when there is none. */
export async function cleared(deps: Needs, authority: string, hash: string): Promise<Attachment | null> {
  const found = await deps.store.attachments.find(authority, hash);
  if (found === null || found.state === 'clean' || deps.scanner === undefined) return found;
  const bytes = await deps.store.attachments.bytes(authority, hash);
  if (bytes === null) return found;
  const verdict = await withinTime(deps.scanner.scan(bytes, found).catch(() => 'later' as const));
  if (verdict === 'infected') await auditInfected(deps, authority, found);
  if (verdict !== 'clean') return found;
  await deps.store.attachments.release(authority, hash);
  return { ...found, state: 'clean' };
}

async function withinTime<T>(work: Promise<T>): Promise<T | 'later'> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<'later'>((resolve) => {
    timer = setTimeout(() => resolve('later'), scanMsMax);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function auditInfected({ store, clock }: Needs, authority: string, { hash, by, length }: Attachment): Promise<void> {
  await store.audit.append({
    authority,
    at: clock.now(),
    actor: 'system',
    kind: 'fileInfected',
    subject: hash,
    details: { by, length },
  });
}

async function spend(
  { store }: Pick<Deps, 'store'>,
  authority: string,
  person: string,
  used: { readonly files: number; readonly bytes: number },
): Promise<void> {
  if (await store.attachments.spend(authority, person, used)) return;
  throw new TrinhkyError('uploadsTooMany', { filesMax: uploadsPerDayMax, bytesMax: uploadBytesPerDayMax });
}
