import { type KeyObject, X509Certificate } from 'node:crypto';
import type { CertificateSummary } from '../../commands/papers/signing.js';
import { sha256 } from '../../engine/json.js';
import { childrenOf, context, type Der, DerFault, hexOf, instantOf, need, oidOf, open, readDer, tags, textOf } from './der.js';

/** Stands in the subject of every test authority; a certificate it issued makes no official paper. */
export const testMark = 'THỬ NGHIỆM - KHÔNG CÓ GIÁ TRỊ PHÁP LÝ';

export const nameOids = { commonName: '2.5.4.3', organisation: '2.5.4.10', unit: '2.5.4.11', title: '2.5.4.12' } as const;
export const extensionOids = {
  keyUsage: '2.5.29.15',
  basicConstraints: '2.5.29.19',
  extendedKeyUsage: '2.5.29.37',
  subjectKey: '2.5.29.14',
  authorityKey: '2.5.29.35',
} as const;
export const timeStampingUse = '1.3.6.1.5.5.7.3.8';

/** An X.509 certificate as far as signatures need it; `issuer` and `subject` are the names in DER. */
export interface Certificate {
  readonly der: Buffer;
  readonly issuer: Buffer;
  readonly subject: Buffer;
  readonly subjectParts: ReadonlyMap<string, string>;
  readonly serial: Buffer;
  readonly authority: boolean;
  /** First byte of keyUsage: 0x80 digitalSignature, 0x40 nonRepudiation, 0x04 keyCertSign; null where it is not limited. */
  readonly keyUsage: number | null;
  readonly extendedKeyUsage: readonly string[];
  /** Holds a critical extension that this reader does not know: RFC 5280 forbids to trust it. */
  readonly unknownCritical: boolean;
  readonly publicKey: KeyObject;
  readonly x509: X509Certificate;
  readonly summary: CertificateSummary;
}

/** Null for what is no certificate; never throws. */
export function readCertificate(der: Buffer): Certificate | null {
  try {
    return certificateOf(der);
  } catch {
    return null;
  }
}

function certificateOf(der: Buffer): Certificate {
  const x509 = new X509Certificate(der);
  if (!x509.raw.equals(der)) throw new DerFault('certificate');
  const [body] = open(readDer(der), tags.sequence);
  const parts = open(body, tags.sequence);
  // [0] version comes first in every certificate that has extensions.
  const at = parts[0]?.tag === context(0) ? 1 : 0;
  const [serial, , issuer, validity, subject] = parts.slice(at);
  const [from, to] = open(validity, tags.sequence);
  const extensions = extensionsOf(parts.find((part) => part.tag === context(3)));
  const issuerParts = nameParts(need(issuer, tags.sequence));
  const subjectParts = nameParts(need(subject, tags.sequence));
  return {
    der,
    issuer: need(issuer, tags.sequence).whole,
    subject: need(subject, tags.sequence).whole,
    subjectParts,
    serial: need(serial, tags.integer).content,
    ...extensions,
    publicKey: x509.publicKey,
    x509,
    summary: {
      name: subjectParts.get(nameOids.commonName) ?? subjectParts.get(nameOids.organisation) ?? '',
      issuer: issuerParts.get(nameOids.commonName) ?? issuerParts.get(nameOids.organisation) ?? '',
      serial: hexOf(serial),
      fingerprint: sha256(der),
      validFrom: instantOf(from),
      validTo: instantOf(to),
      test: [...issuerParts.values(), ...subjectParts.values()].some((part) => part.includes(testMark)),
    },
  };
}

function nameParts(name: Der): Map<string, string> {
  const parts = new Map<string, string>();
  for (const set of childrenOf(name))
    for (const pair of open(set, tags.set)) {
      const [type, value] = open(pair, tags.sequence);
      if (value !== undefined) parts.set(oidOf(type), textOf(value));
    }
  return parts;
}

type Extensions = Pick<Certificate, 'authority' | 'keyUsage' | 'extendedKeyUsage' | 'unknownCritical'>;

function extensionsOf(holder: Der | undefined): Extensions {
  let [authority, unknownCritical] = [false, false];
  let keyUsage: number | null = null;
  let extendedKeyUsage: readonly string[] = [];
  const list = holder === undefined ? [] : open(childrenOf(holder)[0], tags.sequence);
  const known: ReadonlySet<string> = new Set(Object.values(extensionOids));
  for (const extension of list) {
    const [id, ...rest] = open(extension, tags.sequence);
    const name = oidOf(id);
    const value = readDer(need(rest.at(-1), tags.octets).content);
    if (name === extensionOids.basicConstraints) authority = isTrue(childrenOf(value)[0]);
    if (name === extensionOids.keyUsage) keyUsage = need(value, tags.bits).content[1] ?? 0;
    if (name === extensionOids.extendedKeyUsage) extendedKeyUsage = childrenOf(value).map(oidOf);
    if (rest.length > 1 && !known.has(name)) unknownCritical = true;
  }
  return { authority, keyUsage, extendedKeyUsage, unknownCritical };
}

function isTrue(element: Der | undefined): boolean {
  return element?.tag === tags.boolean && element.content[0] === 0xff;
}

/** The certificates of a PEM text, in order; what is none is left out. */
export function certificatesOf(pem: string): Certificate[] {
  const blocks = pem.matchAll(/-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/g);
  return [...blocks].map(([, text = '']) => readCertificate(Buffer.from(text, 'base64'))).filter((one) => one !== null);
}

export function pemOf(certificate: Buffer): string {
  const lines = certificate.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

export function validAt({ summary }: Pick<Certificate, 'summary'>, instant: string): boolean {
  const at = Date.parse(instant);
  return Date.parse(summary.validFrom) <= at && at <= Date.parse(summary.validTo);
}

const signingUses = 0xc0;

/** Whether it is an end certificate whose use includes signing: digitalSignature or nonRepudiation, and not time stamps. */
export function maySign({ authority, keyUsage, extendedKeyUsage }: Certificate): boolean {
  const allowed = keyUsage === null || (keyUsage & signingUses) !== 0;
  return !authority && allowed && !extendedKeyUsage.includes(timeStampingUse);
}
