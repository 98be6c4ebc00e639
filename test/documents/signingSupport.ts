import { createPublicKey, type KeyObject, sign } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFDocument, PDFHexString } from '@cantoo/pdf-lib';
import { PDF } from '@libpdf/core';
import { expect } from 'chai';
import type { KeyHolder, Signer, Verifier } from '../../src/commands/papers/signing.js';
import { type Certificate, certificatesOf, readCertificate } from '../../src/documents/signing/certificate.js';
import { certificatesAt, keyOf, placeOf } from '../../src/documents/signing/keyStore.js';
import { makeSigner, makeVerifier } from '../../src/documents/signing/signer.js';
import { type CertificateRequest, issueCertificate, nameOf, newKey } from '../../src/documents/signing/testAuthority.js';
import { ensureTestKeys } from '../../src/documents/signing/testKeys.js';
import { TrinhkyError } from '../../src/errors.js';
import { readExample } from '../../src/store/exampleAuthority.js';

export const at = '2010-03-01T03:04:05.000Z';
export const authority = 'go-vap';
export const chair: KeyHolder = { kind: 'person', person: 'vidu01' };
export const agency: KeyHolder = { kind: 'agency' };
const issuedOn = new Date('2010-03-01T00:00:00Z');

/** A page as a print leaves it: plain, dated, one table of objects. */
export async function printedPage(text = 'Đã ký'): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  const page = document.addPage([594.96, 841.92]);
  page.drawRectangle({ x: 50, y: 700, width: 200, height: 40 });
  document.setTitle(text);
  document.setLanguage('vi-VN');
  document.setCreationDate(issuedOn);
  document.setModificationDate(issuedOn);
  const id = PDFHexString.of('00112233445566778899AABBCCDDEEFF');
  document.context.trailerInfo.ID = document.context.obj([id, id]);
  return document.save({ useObjectStreams: false });
}

export interface SigningPlace {
  readonly keyFolder: string;
  readonly signer: Signer;
  readonly verifier: Verifier;
  readonly remove: () => Promise<void>;
}

/** A key folder with the test keys of the example authority. */
export async function signingPlace(timestampUrl?: string): Promise<SigningPlace> {
  const folder = await mkdtemp(join(tmpdir(), 'trinhky-keys-'));
  const keyFolder = join(folder, 'keys');
  await ensureTestKeys({ keyFolder, directory: await readExample() });
  return {
    keyFolder,
    signer: makeSigner({ keyFolder, timestampUrl }),
    verifier: makeVerifier({ keyFolder }),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** A paper in its three stages: printed, signed by the chair, sealed by the agency. */
export async function signedPaper({ signer }: SigningPlace, printed?: Uint8Array) {
  const page = printed ?? (await printedPage());
  const request = { authority, reason: '08/KH-UBND', at };
  const signed = await signer.sign({ ...request, holder: chair, bytes: page });
  const sealed = await signer.sign({ ...request, holder: agency, bytes: signed.bytes });
  return { printed: page, signed: signed.bytes, sealed: sealed.bytes };
}

export interface Signatory {
  readonly key: KeyObject;
  readonly certificate: Certificate;
}

/** Somebody with a certificate; without an issuer a root of his own. */
export function newSignatory(request: Omit<CertificateRequest, 'publicKey'>, issuer?: Signatory): Signatory {
  const key = newKey();
  const from = issuer ?? { key, certificate: { subject: nameOf(request.subject) } };
  const der = issueCertificate(
    { ...request, publicKey: createPublicKey(key) },
    { name: from.certificate.subject, key: from.key },
  );
  const certificate = readCertificate(der);
  if (certificate === null) throw new Error('certificate unreadable');
  return { key, certificate };
}

/** Signs whatever it is given, in whatever field: what an attacker with a key of his own can do. */
export async function rawSigned(
  bytes: Uint8Array,
  fieldName: string,
  { key, certificate }: Signatory,
  when = at,
): Promise<Uint8Array> {
  const base = bytes.at(-1) === 0x0a ? Buffer.concat([bytes, Buffer.from('\n')]) : bytes;
  const pdf = await PDF.load(base);
  const done = await pdf.sign({
    signer: {
      certificate: Uint8Array.from(certificate.der),
      certificateChain: [],
      keyType: 'EC',
      signatureAlgorithm: 'ECDSA',
      sign: (data) => Promise.resolve(Uint8Array.from(sign('sha256', data, key))),
    },
    fieldName,
    signingTime: new Date(when),
    estimatedSize: 4_096,
  });
  return done.bytes;
}

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

/** A well-formed incremental update: each object's text by its number. */
export function updated(
  bytes: Uint8Array,
  objects: Readonly<Record<number, string>>,
  trailer: Readonly<Record<string, string>> = {},
): Buffer {
  const before = latin1(bytes);
  const at = Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(before)?.[1]);
  const last = before.slice(at);
  const size = Number(/\/Size (\d+)/.exec(last)?.[1]);
  const rest = ['Root', 'Info'].map((key) => `/${key} ${new RegExp(`/${key} (\\d+ 0 R)`).exec(last)?.[1]}`).join(' ');
  const id = /\/ID \[[^\]]*\]/.exec(last)?.[0] ?? '';
  let text = `${before}\n`;
  let table = 'xref\n';
  for (const [number, body] of Object.entries(objects)) {
    table += `${number} 1\n${String(text.length).padStart(10, '0')} 00000 n\r\n`;
    text += `${number} 0 obj\n${body}\nendobj\n`;
  }
  const most = Math.max(size, ...Object.keys(objects).map((number) => Number(number) + 1));
  const more = Object.entries(trailer).map(([key, value]) => `/${key} ${value}`);
  const end = `trailer\n<< /Size ${most} ${rest} /Prev ${at} ${id} ${more.join(' ')} >>\nstartxref\n${text.length}\n%%EOF\n`;
  return Buffer.from(`${text}${table}${end}`, 'latin1');
}

/** The number and text of the last object for which this holds. */
export function objectIn(bytes: Uint8Array, mark: RegExp): { readonly number: number; readonly text: string } {
  const found = [...latin1(bytes).matchAll(/(?:^|\n)(\d+) 0 obj\n([\s\S]*?)\nendobj/g)]
    .filter((one) => mark.test(one[2] ?? ''))
    .at(-1);
  if (found === undefined) throw new Error(`no object ${mark}`);
  return { number: Number(found[1]), text: found[2] ?? '' };
}

/** Replaces text of the same length, so that every offset holds. */
export function altered(bytes: Uint8Array, from: string, to: string): Buffer {
  const text = latin1(bytes);
  const at = text.lastIndexOf(from);
  if (at < 0 || from.length !== to.length) throw new Error(`cannot alter ${from}`);
  return Buffer.from(`${text.slice(0, at)}${to}${text.slice(at + from.length)}`, 'latin1');
}

/** The error that this work must end with. */
export async function refusalOf(work: Promise<unknown>): Promise<TrinhkyError> {
  const error = await work.catch((one: unknown) => one);
  expect(error).to.be.instanceOf(TrinhkyError);
  return error as TrinhkyError;
}

/** Every file below a folder. */
export async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** A holder's key and certificate, as they stand in the folder. */
export async function keyHolder({ keyFolder }: SigningPlace, holder: KeyHolder): Promise<Signatory> {
  const names = placeOf(authority, holder);
  const [key, [certificate]] = await Promise.all([keyOf(keyFolder, names), certificatesAt(keyFolder, names)]);
  if (key === null || certificate === undefined) throw new Error('no key');
  return { key, certificate };
}

/** The test authority itself: what it issues is trusted. */
export async function testIssuer({ keyFolder }: SigningPlace): Promise<Signatory> {
  const key = await keyOf(keyFolder, [authority, 'ca']);
  const [certificate] = certificatesOf(await readFile(join(keyFolder, authority, 'ca.pem'), 'latin1'));
  if (key === null || certificate === undefined) throw new Error('no issuer');
  return { key, certificate };
}
