import { createPrivateKey, createPublicKey, type KeyObject, webcrypto } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { P12Signer } from '@libpdf/core';
import type { CertificateSummary, KeyHolder } from '../../commands/papers/signing.js';
import { TrinhkyError } from '../../errors.js';
import { type Certificate, certificatesOf, maySign, pemOf, readCertificate } from './certificate.js';
import { readPrivate, writePrivate } from './keyFolder.js';
import { certificatesAt, fileOf, lockedKey, placeOf, secretOf } from './keyStore.js';
import { trustPath } from './trust.js';

export interface ImportRequest {
  readonly keyFolder: string;
  readonly authority: string;
  readonly holder: KeyHolder;
  /** A PKCS#12 file: one key, its certificate, and those above it. */
  readonly p12: Uint8Array;
  readonly passphrase: string;
  /** Certificates (PEM) of issuers to trust from now on, beside the root in the file. */
  readonly issuers: readonly string[];
  /** The instant at which the certificate must be valid. */
  readonly at: string;
  readonly picture?: { readonly png: Uint8Array; readonly widthMm: number; readonly heightMm: number } | undefined;
}

const pngMark = '89504e470d0a1a0a';
const pictureMmMax = 100;

/**
 * Puts a holder's own key and certificate in place of what was there; the earlier certificate stays as `.old.pem`, so that what it signed
 * can be verified. Sample pictures go; the new picture is stored where one is given. Nothing is written unless all of it fits.
 * Throws `signingFailed` {reason: 'p12Unreadable' | 'certificateUnfit' | 'issuerUnknown' | 'pictureUnfit'}; the passphrase is in none of them.
 */
export async function importKey(request: ImportRequest): Promise<CertificateSummary> {
  const { keyFolder, authority, holder, at } = request;
  const place = placeOf(authority, holder);
  const file = (ending: string) => join(keyFolder, ...fileOf(place, ending));
  const { key, own, others } = await opened(request);
  const known = certificatesOf((await readPrivate(keyFolder, authority, 'ca.pem'))?.toString('latin1') ?? '');
  const anchors = [...known, ...request.issuers.flatMap(certificatesOf), ...others.filter(isRoot)];
  const { fault, path } = trustPath(own, others, { anchors, lists: [] }, at);
  if (!maySign(own) || fault === 'certificateExpired') throw new TrinhkyError('signingFailed', { reason: 'certificateUnfit' });
  const anchor = path.at(-1);
  if (fault !== null || anchor === undefined) throw new TrinhkyError('signingFailed', { reason: 'issuerUnknown' });
  checkPicture(request.picture);
  const secret = await secretOf(keyFolder);
  const [before] = await certificatesAt(keyFolder, place);
  if (before !== undefined) await writePrivate(file(`.${before.summary.serial}.old.pem`), pemOf(before.der), 'keep');
  if (!known.some(({ der }) => der.equals(anchor.der)))
    await writePrivate(join(keyFolder, authority, 'ca.pem'), [...known, anchor].map(({ der }) => pemOf(der)).join(''), 'replace');
  // Key before certificate: between the two writes nothing that the old certificate names can be signed with the new key.
  await writePrivate(file('.key.pem'), lockedKey(key, secret), 'replace');
  await writePrivate(
    file('.cert.pem'),
    path
      .slice(0, -1)
      .map(({ der }) => pemOf(der))
      .join(''),
    'replace',
  );
  await replacePicture(file, request.picture);
  return own.summary;
}

function isRoot({ authority, issuer, subject }: Certificate): boolean {
  return authority && issuer.equals(subject);
}

interface Opened {
  readonly key: KeyObject;
  readonly own: Certificate;
  readonly others: readonly Certificate[];
}

async function opened({ p12, passphrase }: ImportRequest): Promise<Opened> {
  const unreadable = () => new TrinhkyError('signingFailed', { reason: 'p12Unreadable' });
  // The cause is left out everywhere here: nothing that touched key or passphrase goes into an error.
  const signer = await P12Signer.create(p12, passphrase).catch(() => null);
  const key = signer === null ? null : await keyIn(signer).catch(() => null);
  if (signer === null || key === null) throw unreadable();
  const found = [signer.certificate, ...(signer.certificateChain ?? [])]
    .map((der) => readCertificate(Buffer.from(der)))
    .filter((one) => one !== null);
  const publicKey = createPublicKey(key);
  const own = found.find((one) => one.publicKey.equals(publicKey));
  if (own === undefined) throw unreadable();
  return { key, own, others: found.filter((one) => one !== own) };
}

/** @libpdf/core opens the file but keeps the key to itself; it is a plain property, and an exportable WebCrypto key. */
async function keyIn(signer: P12Signer): Promise<KeyObject> {
  const held: unknown = Reflect.get(signer, 'privateKey');
  const pkcs8 = await webcrypto.subtle.exportKey('pkcs8', held as webcrypto.CryptoKey);
  return createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });
}

function checkPicture(picture: ImportRequest['picture']): void {
  if (picture === undefined) return;
  const sizes = [picture.widthMm, picture.heightMm];
  const fits = sizes.every((size) => size > 0 && size <= pictureMmMax);
  const isPng = Buffer.from(picture.png.subarray(0, 8)).toString('hex') === pngMark;
  if (!fits || !isPng) throw new TrinhkyError('signingFailed', { reason: 'pictureUnfit' });
}

async function replacePicture(file: (ending: string) => string, picture: ImportRequest['picture']): Promise<void> {
  if (picture === undefined) {
    await Promise.all(['.png', '.json'].map((ending) => rm(file(ending), { force: true })));
    return;
  }
  const { png, widthMm, heightMm } = picture;
  await writePrivate(file('.png'), png, 'replace');
  await writePrivate(file('.json'), JSON.stringify({ widthMm, heightMm }), 'replace');
}
