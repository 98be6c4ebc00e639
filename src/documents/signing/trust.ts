import { type Certificate, validAt } from './certificate.js';
import { type RevocationList, revokedBy } from './revocation.js';

/** Longest way from a certificate to an anchor, both counted. */
const pathCertificatesMax = 6;
const keyCertSign = 0x04;

export type TrustFault = 'certificateUntrusted' | 'certificateExpired' | 'certificateRevoked';

/** Whom to trust, and what they took back. */
export interface Issuers {
  readonly anchors: readonly Certificate[];
  readonly lists: readonly RevocationList[];
}

export interface TrustPath {
  readonly fault: TrustFault | null;
  /** From the certificate to the anchor, both included; empty where there is no way. */
  readonly path: readonly Certificate[];
}

/**
 * The way from a certificate to one of the anchors, over `others`, judged at an instant (RFC 5280, section 6, without policies and
 * name constraints, which no anchor here uses). Never throws.
 */
export function trustPath(
  certificate: Certificate,
  others: readonly Certificate[],
  { anchors, lists }: Issuers,
  at: string,
): TrustPath {
  const path = wayTo(certificate, others, anchors);
  if (path === null || path.some((one) => one.unknownCritical)) return { fault: 'certificateUntrusted', path: [] };
  if (!path.every((one) => validAt(one, at))) return { fault: 'certificateExpired', path };
  const revoked = path.some((one, index) => {
    const issuer = path[index + 1];
    return issuer !== undefined && revokedBy(lists, { certificate: one, issuer, at });
  });
  return { fault: revoked ? 'certificateRevoked' : null, path };
}

function wayTo(
  certificate: Certificate,
  others: readonly Certificate[],
  anchors: readonly Certificate[],
): readonly Certificate[] | null {
  const path = [certificate];
  while (path.length < pathCertificatesMax) {
    const last = path.at(-1) ?? certificate;
    const anchor = anchors.find((one) => issued(one, last));
    if (anchor !== undefined) return [...path, anchor];
    const next = others.find((one) => !path.includes(one) && issued(one, last));
    if (next === undefined) return null;
    path.push(next);
  }
  return null;
}

function issued(authority: Certificate, certificate: Certificate): boolean {
  if (!authority.authority || !authority.subject.equals(certificate.issuer)) return false;
  if (authority.keyUsage !== null && (authority.keyUsage & keyCertSign) === 0) return false;
  try {
    return certificate.x509.verify(authority.publicKey);
  } catch {
    return false;
  }
}
