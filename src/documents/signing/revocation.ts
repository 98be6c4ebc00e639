import type { Certificate } from './certificate.js';
import { type DigestName, signatureAlgorithmOf, verifies } from './cms.js';
import { childrenOf, type Der, DerFault, instantOf, members, need, open, readDer, tags } from './der.js';

/** A certificate revocation list (RFC 5280, section 5), opened but not yet judged. */
export interface RevocationList {
  readonly der: Buffer;
  /** The issuer's name, in DER. */
  readonly issuer: Buffer;
  /** When each serial number was revoked. */
  readonly revoked: ReadonlyMap<string, string>;
  readonly signedBytes: Buffer;
  readonly algorithm: { readonly id: string; readonly digest: DigestName };
  readonly signature: Buffer;
}

/** Null for what is no list; never throws. */
export function readRevocationList(der: Buffer): RevocationList | null {
  try {
    return listOf(der);
  } catch (error) {
    if (error instanceof DerFault) return null;
    throw error;
  }
}

function listOf(der: Buffer): RevocationList {
  const [body, algorithm, signature] = members(readDer(der), tags.sequence, 3);
  const parts = open(body, tags.sequence);
  const [, issuer, , ...rest] = parts.slice(parts[0]?.tag === tags.integer ? 1 : 0);
  const entries = rest.find((part) => part.tag === tags.sequence);
  const { content } = need(signature, tags.bits);
  return {
    der,
    issuer: need(issuer, tags.sequence).whole,
    revoked: new Map((entries === undefined ? [] : childrenOf(entries)).map(entryOf)),
    signedBytes: need(body, tags.sequence).whole,
    algorithm: signatureAlgorithmOf(algorithm),
    signature: content.subarray(1),
  };
}

function entryOf(element: Der): [string, string] {
  const [serial, at] = members(element, tags.sequence, 2, 3);
  return [need(serial, tags.integer).content.toString('hex'), instantOf(at)];
}

/** Whether this certificate of the issuer had been revoked by the instant, as a list says that the issuer itself signed. */
export function revokedBy(
  lists: readonly RevocationList[],
  { certificate, issuer, at }: { readonly certificate: Certificate; readonly issuer: Certificate; readonly at: string },
): boolean {
  const serial = certificate.serial.toString('hex');
  return lists.some((list) => {
    const since = list.revoked.get(serial);
    return since !== undefined && since <= at && isOf(list, issuer);
  });
}

/** Whether the issuer itself signed the list. */
export function isOf(list: RevocationList, issuer: Certificate): boolean {
  const { id, digest } = list.algorithm;
  return list.issuer.equals(issuer.subject) && verifies({ id, digest, key: issuer.publicKey }, list.signedBytes, list.signature);
}
