import { createPrivateKey, createPublicKey, type KeyObject, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { KeyHolder, SigningIdentity } from '../../commands/papers/signing.js';
import { TrinhkyError } from '../../errors.js';
import type { Picture } from '../../office/papers/paper.js';
import { type Certificate, certificatesOf, validAt } from './certificate.js';
import { namesIn, readPrivate, writePrivate } from './keyFolder.js';
import { type RevocationList, readRevocationList } from './revocation.js';

/**
 * Keys on disk, one folder for each authority:
 *
 *     keys.secret                  the passphrase of every key below, random, made once
 *     <authority>/ca.pem           whom this authority trusts as issuers of signing certificates
 *     <authority>/ca.key.pem       key of a test authority; absent for a real one
 *     <authority>/crl/*.crl        revocation lists of these issuers, as somebody puts them there
 *     <authority>/tsa.pem          whom it trusts as issuers of time stamps, where that is somebody else
 *     <authority>/agency.key.pem .cert.pem .png .json
 *     <authority>/people/<person>.key.pem .cert.pem .png .json
 *
 * Keys are PKCS#8, encrypted with AES-256; `.cert.pem` holds the certificate and then its intermediate ones; `.json` is the size of
 * the picture in millimetres. Certificates that were replaced stay beside them as `<holder>.<serial>.old.pem`.
 */
const secretName = 'keys.secret';
const secretBytes = 32;
const placeName = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;

/** The path of a holder's files below the key folder, without their endings. */
export function placeOf(authority: string, holder: KeyHolder): readonly string[] {
  const names = holder.kind === 'agency' ? [authority, 'agency'] : [authority, 'people', holder.person];
  // Ids become file names: what could leave the folder is no id.
  if (names.some((name) => !placeName.test(name))) throw new TrinhkyError('signingFailed', { reason: 'nameUnusable' });
  return names;
}

export function fileOf(place: readonly string[], ending: string): readonly string[] {
  return [...place.slice(0, -1), `${place.at(-1)}${ending}`];
}

/** The passphrase of the folder's keys; made where there is none yet. Beside keys that a lost one locks no other is made: it would hide the loss. */
export async function secretOf(keyFolder: string): Promise<string> {
  if ((await readPrivate(keyFolder, secretName)) === null && (await authoritiesIn(keyFolder)).length === 0)
    await writePrivate(join(keyFolder, secretName), `${randomBytes(secretBytes).toString('base64url')}\n`, 'keep');
  return readSecret(keyFolder);
}

async function readSecret(keyFolder: string): Promise<string> {
  const secret = (await readPrivate(keyFolder, secretName))?.toString('utf8').trim() ?? '';
  if (secret.length < secretBytes)
    throw new TrinhkyError('signingFailed', { reason: 'secretMissing', path: join(keyFolder, secretName) });
  return secret;
}

export function lockedKey(key: KeyObject, passphrase: string): string {
  return String(key.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase }));
}

/** The holder's key, or null; `signingFailed` where the secret does not open it, or is lost: another one would hide that. */
export async function keyOf(keyFolder: string, place: readonly string[]): Promise<KeyObject | null> {
  const pem = await readPrivate(keyFolder, ...fileOf(place, '.key.pem'));
  if (pem === null) return null;
  const passphrase = await readSecret(keyFolder);
  try {
    return createPrivateKey({ key: pem, format: 'pem', passphrase });
  } catch {
    // The cause is left out: nothing that touched the key goes into an error.
    throw new TrinhkyError('signingFailed', { reason: 'keyLocked', path: join(keyFolder, ...fileOf(place, '.key.pem')) });
  }
}

/** The holder's certificate and its intermediate ones; empty where there is none. */
export async function certificatesAt(keyFolder: string, place: readonly string[]): Promise<readonly Certificate[]> {
  const pem = await readPrivate(keyFolder, ...fileOf(place, '.cert.pem'));
  return pem === null ? [] : certificatesOf(pem.toString('latin1'));
}

/**
 * Null where the holder has no certificate that is valid at `at`, or no key of this certificate. `signingFailed` where the key cannot be
 * opened: whoever cannot sign learns it before a number is taken for his paper.
 */
export async function identityOf(
  keyFolder: string,
  authority: string,
  holder: KeyHolder,
  at: string,
): Promise<SigningIdentity | null> {
  const place = placeOf(authority, holder);
  const [certificate] = await certificatesAt(keyFolder, place);
  if (certificate === undefined || !validAt(certificate, at)) return null;
  const key = await keyOf(keyFolder, place);
  if (key === null || !createPublicKey(key).equals(certificate.publicKey)) return null;
  return { certificate: certificate.summary, picture: await pictureOf(keyFolder, place) };
}

async function pictureOf(keyFolder: string, place: readonly string[]): Promise<Picture | null> {
  const png = await readPrivate(keyFolder, ...fileOf(place, '.png'));
  const size = await readPrivate(keyFolder, ...fileOf(place, '.json'));
  if (png === null || size === null) return null;
  const { widthMm, heightMm } = JSON.parse(size.toString('utf8')) as { widthMm?: unknown; heightMm?: unknown };
  if (typeof widthMm !== 'number' || typeof heightMm !== 'number') return null;
  return { png: png.toString('base64'), widthMm, heightMm };
}

/** What the verifier knows of an authority. */
export interface Anchors {
  readonly signing: readonly Certificate[];
  readonly timeStamping: readonly Certificate[];
  /** Revocation lists of the folder. */
  readonly lists: readonly RevocationList[];
  /** Fingerprints of every certificate that is or was the agency's seal; empty where none is known. */
  readonly agency: ReadonlySet<string>;
}

/** The authorities that have keys here. */
export async function authoritiesIn(keyFolder: string): Promise<readonly string[]> {
  return (await namesIn(keyFolder)).filter((name) => placeName.test(name));
}

export async function anchorsOf(keyFolder: string, authority: string): Promise<Anchors> {
  const read = async (name: string): Promise<readonly Certificate[]> => {
    const pem = await readPrivate(keyFolder, authority, name);
    return pem === null ? [] : certificatesOf(pem.toString('latin1'));
  };
  const signing = await read('ca.pem');
  const names = await namesIn(join(keyFolder, authority));
  const seals = names.filter((name) => /^agency\.(cert|[0-9a-f]+\.old)\.pem$/.test(name));
  const lists = await listsOf(keyFolder, authority);
  const agency = await Promise.all(seals.map(async (name) => (await read(name))[0]?.summary.fingerprint ?? ''));
  return { signing, timeStamping: [...signing, ...(await read('tsa.pem'))], lists, agency: new Set(agency.filter(Boolean)) };
}

/** In DER or PEM; what is no list is left out. */
async function listsOf(keyFolder: string, authority: string): Promise<readonly RevocationList[]> {
  const names = (await namesIn(join(keyFolder, authority, 'crl'))).filter((name) => name.endsWith('.crl'));
  const files = await Promise.all(names.map((name) => readPrivate(keyFolder, authority, 'crl', name)));
  return files.flatMap((file) => {
    const pem = /-----BEGIN X509 CRL-----([A-Za-z0-9+/=\s]+)-----END X509 CRL-----/.exec(file?.toString('latin1') ?? '')?.[1];
    const list = file === null ? null : readRevocationList(pem === undefined ? file : Buffer.from(pem, 'base64'));
    return list === null ? [] : [list];
  });
}
