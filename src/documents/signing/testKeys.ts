import { createPublicKey, type KeyObject } from 'node:crypto';
import { join } from 'node:path';
import type { KeyHolder } from '../../commands/papers/signing.js';
import { TrinhkyError } from '../../errors.js';
import type { Directory } from '../../office/organisation/directory.js';
import { posts } from '../../office/organisation/posts.js';
import type { Picture } from '../../office/papers/paper.js';
import { type Certificate, certificatesOf, pemOf, testMark } from './certificate.js';
import { readPrivate, writePrivate } from './keyFolder.js';
import { certificatesAt, fileOf, keyOf, lockedKey, placeOf, secretOf } from './keyStore.js';
import { sampleSeal, sampleSignature } from './samplePictures.js';
import { type CertificateRequest, issueCertificate, nameOf, newKey } from './testAuthority.js';

export interface TestKeysRequest {
  readonly keyFolder: string;
  readonly directory: Omit<Directory, 'revision'>;
}

/** What was made now; all zero where everything was there. */
export interface TestKeysMade {
  readonly authority: boolean;
  readonly holders: number;
}

/**
 * Makes a test certificate authority for an authority that has none, and keys, certificates and sample pictures for its agency and
 * for everyone who may come to sign and has none. What is there stays. Safe against a second process: each file is made whole by one
 * of the two, and a certificate is always made for the key that is on disk.
 * An authority that has certificates of another issuer gets nothing: `signingFailed` {reason: 'notTestAuthority'}.
 */
export async function ensureTestKeys({ keyFolder, directory }: TestKeysRequest): Promise<TestKeysMade> {
  const { id, name } = directory.authority;
  const secret = await secretOf(keyFolder);
  const issuer = await testIssuer(keyFolder, id, name, secret);
  const agency = await ensureHolder({
    keyFolder,
    authority: id,
    holder: { kind: 'agency' },
    secret,
    issuer,
    subject: [
      ['commonName', name],
      ['organisation', name],
    ],
    picture: () => sampleSeal(),
  });
  const made = await Promise.all(
    signersOf(directory).map(({ person, name: own, title }) =>
      ensureHolder({
        keyFolder,
        authority: id,
        holder: { kind: 'person', person },
        secret,
        issuer,
        subject: [
          ['commonName', own],
          ['title', title],
          ['organisation', name],
        ],
        picture: () => sampleSignature(own),
      }),
    ),
  );
  return { authority: issuer.made, holders: [agency, ...made].filter(Boolean).length };
}

interface Signatory {
  readonly person: string;
  readonly name: string;
  readonly title: string;
}

/** Whoever holds, held or will hold a post that signs, or acts for somebody; with the title of the first such post. */
function signersOf({ people, appointments, delegations }: TestKeysRequest['directory']): Signatory[] {
  const delegates = new Set(delegations.map(({ delegate }) => delegate));
  return people.flatMap(({ id, name }) => {
    const titles = appointments
      .filter(({ person }) => person === id)
      .map(({ post, title }) => title ?? posts[post]?.title ?? null)
      .filter((title) => title !== null);
    const [title] = titles;
    if (title === undefined && !delegates.has(id)) return [];
    return [{ person: id, name, title: title ?? 'NGƯỜI ĐƯỢC ỦY QUYỀN' }];
  });
}

interface TestIssuer {
  readonly certificate: Certificate;
  readonly key: KeyObject;
  readonly made: boolean;
}

async function testIssuer(keyFolder: string, authority: string, name: string, passphrase: string): Promise<TestIssuer> {
  const place = [authority, 'ca'];
  const file = (ending: string) => join(keyFolder, ...fileOf(place, ending));
  const read = async () => certificatesOf((await readPrivate(keyFolder, authority, 'ca.pem'))?.toString('latin1') ?? '');
  const before = await read();
  if (before.length > 0 && (await readPrivate(keyFolder, authority, 'ca.key.pem')) === null)
    throw new TrinhkyError('signingFailed', { reason: 'notTestAuthority', authority });
  if (before.length === 0) {
    await writePrivate(file('.key.pem'), lockedKey(newKey(), passphrase), 'keep');
    const key = await keyOf(keyFolder, place);
    if (key !== null) {
      const subject: CertificateRequest['subject'] = [
        ['commonName', `CA ${testMark}`],
        ['organisation', name],
      ];
      const request = { subject, publicKey: createPublicKey(key), authority: true };
      await writePrivate(file('.pem'), pemOf(issueCertificate(request, { name: nameOf(subject), key })), 'keep');
    }
  }
  const key = await keyOf(keyFolder, place);
  const own = key === null ? null : createPublicKey(key);
  const certificate = (await read()).find((one) => own?.equals(one.publicKey));
  if (key === null || certificate === undefined)
    throw new TrinhkyError('signingFailed', { reason: 'notTestAuthority', authority });
  return { certificate, key, made: before.length === 0 };
}

interface HolderRequest {
  readonly keyFolder: string;
  readonly authority: string;
  readonly holder: KeyHolder;
  readonly secret: string;
  readonly issuer: TestIssuer;
  readonly subject: CertificateRequest['subject'];
  readonly picture: () => Picture;
}

async function ensureHolder(request: HolderRequest): Promise<boolean> {
  const { keyFolder, issuer, subject } = request;
  const place = placeOf(request.authority, request.holder);
  const file = (ending: string) => join(keyFolder, ...fileOf(place, ending));
  if ((await certificatesAt(keyFolder, place)).length > 0) return false;
  const picture = request.picture();
  await writePrivate(file('.png'), Buffer.from(picture.png, 'base64'), 'keep');
  await writePrivate(file('.json'), JSON.stringify({ widthMm: picture.widthMm, heightMm: picture.heightMm }), 'keep');
  await writePrivate(file('.key.pem'), lockedKey(newKey(), request.secret), 'keep');
  const key = await keyOf(keyFolder, place);
  if (key === null) throw new TrinhkyError('signingFailed', { reason: 'noKeys' });
  const made = issueCertificate(
    { subject, publicKey: createPublicKey(key) },
    { name: issuer.certificate.subject, key: issuer.key },
  );
  return writePrivate(file('.cert.pem'), pemOf(made), 'keep');
}
