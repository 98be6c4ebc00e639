import { type Json, textAt } from '../../engine/json.js';
import { TrinhkyError } from '../../errors.js';
import { fileNameOf } from '../../office/papers/symbols.js';
import type { Deps } from '../deps.js';
import type { Giving } from '../giving.js';
import type { KeyHolder, SignedFile } from './signing.js';

/** What SIGN and SEAL bring: the hash of the file that was made, and whose certificate made it. */
export interface MadeSignature {
  readonly file: string;
  readonly certificate: string;
  readonly signedAt: string;
  readonly timestamp: string | null;
}

/**
 * Signs the prepared bytes with the signatory's own key (PAdES) and stores the file by its hash. A file whose write never comes is
 * an orphan: only the hash in the context is ever served.
 */
export async function sign(deps: Deps, { instance, command, facts }: Giving): Promise<MadeSignature> {
  const { prepared } = instance.context;
  const bytes = await bytesOf(deps, instance.authority, prepared);
  await deps.hook('before-sign');
  const holder: KeyHolder = { kind: 'person', person: command.actor };
  const made = await deps.signer.sign({
    authority: instance.authority,
    holder,
    bytes,
    reason: reasonOf(instance.context),
    at: facts.now,
  });
  if (!startsWith(made.bytes, bytes)) throw new TrinhkyError('signingFailed', { reason: 'preparedBytesChanged' });
  return keep(deps, { instance, facts }, 'signed', made);
}

/** Stores a signed file beside the instance; answers what the entry records of it. */
export async function keep(
  deps: Deps,
  { instance, facts }: Pick<Giving, 'instance' | 'facts'>,
  mode: 'signed' | 'sealed',
  made: SignedFile,
): Promise<MadeSignature> {
  const { authority, id, context, content } = instance;
  const prepared = await deps.store.renditions.byHash(authority, id, textAt(context, 'prepared'));
  await deps.store.renditions.put(
    authority,
    {
      hash: made.hash,
      instance: id,
      mode,
      content: content ?? '',
      name: fileNameOf(Number(context.number), textAt(context, 'symbol'), textAt(context, 'title')),
      pages: prepared?.pages ?? 0,
      length: made.bytes.length,
      versions: prepared?.versions ?? {},
      at: facts.now,
      ...(typeof context.code === 'string' ? { code: context.code } : {}),
    },
    made.bytes,
  );
  await deps.hook('after-sign');
  return { file: made.hash, certificate: made.certificate.fingerprint, signedAt: facts.now, timestamp: made.timestamp };
}

export async function bytesOf(deps: Deps, authority: string, hash: Json | undefined): Promise<Uint8Array> {
  const bytes = typeof hash === 'string' ? await deps.store.renditions.bytes(authority, hash) : null;
  if (bytes === null) throw new TrinhkyError('contentMissing', { content: hash ?? null });
  return bytes;
}

export function reasonOf(context: Readonly<Record<string, Json>>): string {
  return `${textAt(context, 'number')}/${textAt(context, 'symbol')}`;
}

export function startsWith(bytes: Uint8Array, beginning: Uint8Array): boolean {
  return Buffer.compare(bytes.subarray(0, beginning.length), beginning) === 0;
}
