import { createHash, createPublicKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { extensionOids, nameOids } from './certificate.js';
import { context } from './der.js';
import { bits, element, integer, octets, oid, sequence, setOf, time, truth, utf8 } from './derWrite.js';

/** The demo plays in 2010 and its papers are looked at long after. */
export const testValidity = { from: '2000-01-01T00:00:00Z', to: '2060-01-01T00:00:00Z' } as const;

const ecdsaSha256 = '1.2.840.10045.4.3.2';
const keyCertSign = Buffer.from([0x06]);
const digitalSignatureNonRepudiation = Buffer.from([0xc0]);

export interface CertificateRequest {
  /** Parts of the subject's name, in order. */
  readonly subject: readonly (readonly [oid: keyof typeof nameOids, text: string])[];
  readonly publicKey: KeyObject;
  readonly authority?: boolean;
  readonly validity?: { readonly from: string; readonly to: string };
  /** Further extensions, each a whole `Extension` in DER. */
  readonly extensions?: readonly Buffer[];
}

export interface CertificateIssuer {
  /** The subject's name of the issuer's certificate, in DER. */
  readonly name: Buffer;
  readonly key: KeyObject;
}

/**
 * A key on the curve P-256: made in a millisecond where RSA takes a second, 72 bytes a signature, and taken by poppler, pyHanko and
 * @libpdf/core alike. Keys that are brought in may be RSA.
 */
export function newKey(): KeyObject {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
}

export function nameOf(parts: CertificateRequest['subject']): Buffer {
  return sequence(...parts.map(([type, text]) => setOf(sequence(oid(nameOids[type]), utf8(text)))));
}

/** A certificate, signed with ECDSA over SHA-256, in DER. Without an issuer it is its own. */
export function issueCertificate(request: CertificateRequest, issuer: CertificateIssuer): Buffer {
  const { from, to } = request.validity ?? testValidity;
  const algorithm = sequence(oid(ecdsaSha256));
  const body = sequence(
    element(context(0), integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([0x4a]), randomBytes(15)])),
    algorithm,
    issuer.name,
    sequence(time(from), time(to)),
    nameOf(request.subject),
    request.publicKey.export({ type: 'spki', format: 'der' }),
    element(context(3), sequence(...extensionsOf(request, issuer))),
  );
  return sequence(body, algorithm, bits(sign('sha256', body, issuer.key)));
}

function extensionsOf({ authority, publicKey, extensions = [] }: CertificateRequest, { key }: CertificateIssuer): Buffer[] {
  const usage = authority ? bits(keyCertSign, 1) : bits(digitalSignatureNonRepudiation, 6);
  return [
    ...(authority ? [extension(extensionOids.basicConstraints, sequence(truth()), true)] : []),
    extension(extensionOids.keyUsage, usage, true),
    extension(extensionOids.subjectKey, octets(keyId(publicKey))),
    extension(extensionOids.authorityKey, sequence(element(0x80, keyId(createPublicKey(key))))),
    ...extensions,
  ];
}

export function extension(id: string, value: Buffer, critical = false): Buffer {
  return sequence(oid(id), ...(critical ? [truth()] : []), octets(value));
}

/** RFC 7093, section 2, method 1: SHA-256 of the public key, cut to 160 bits. */
function keyId(key: KeyObject): Buffer {
  const keyIdBytes = 20;
  return createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest()
    .subarray(0, keyIdBytes);
}
