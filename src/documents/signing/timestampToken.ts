import { type Certificate, timeStampingUse } from './certificate.js';
import { type DigestName, digestOf, oids, readSignedData, signedDataFault } from './cms.js';
import { DerFault, instantOf, members, need, open, readDer, tags } from './der.js';
import { type Issuers, trustPath } from './trust.js';

export interface TimestampInfo {
  readonly at: string;
  /** The nonce's bytes; null without one. */
  readonly nonce: Buffer | null;
  readonly trusted: boolean;
  /** From the authority's certificate to the anchor. */
  readonly path: readonly Certificate[];
}

/**
 * A time-stamp token (RFC 3161) over what has these digests: null unless its digest, signature and content hold, and its certificate is one for
 * time stamping alone. `trusted` says whether it leads to an anchor. Never throws.
 */
export function readTimestamp(
  token: Buffer,
  stamped: (digest: DigestName) => Uint8Array | null,
  issuers: Issuers,
): TimestampInfo | null {
  try {
    const data = readSignedData(token);
    const { certificate } = data.signer;
    if (data.contentType !== oids.timestampInfo || data.content === null || certificate === null) return null;
    if (data.signer.unsigned.size > 0 || signedDataFault(data, [data.content]) !== null) return null;
    const info = open(readDer(data.content), tags.sequence);
    const [version, , imprint, , at, ...rest] = info;
    if (need(version, tags.integer).content.toString('hex') !== '01') return null;
    const [algorithm, hash] = members(imprint, tags.sequence, 2);
    const expected = stamped(digestOf(algorithm));
    if (expected === null || !need(hash, tags.octets).content.equals(expected)) return null;
    if (certificate.extendedKeyUsage.length !== 1 || certificate.extendedKeyUsage[0] !== timeStampingUse) return null;
    const instant = instantOf(at);
    const { fault, path } = trustPath(certificate, data.certificates, issuers, instant);
    // A certificate that nothing needs could be changed without anybody noticing.
    const idle = data.certificates.some((one) => !path.some((used) => used.der.equals(one.der)));
    const nonce = rest.find((part) => part.tag === tags.integer)?.content ?? null;
    return { at: instant, nonce, trusted: fault === null && !idle, path };
  } catch (error) {
    if (error instanceof DerFault || error instanceof TypeError) return null;
    throw error;
  }
}
