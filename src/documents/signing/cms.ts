import { constants, createHash, type KeyObject, timingSafeEqual, verify } from 'node:crypto';
import { type Certificate, readCertificate } from './certificate.js';
import { childrenOf, context, type Der, DerFault, members, need, oidOf, open, readDer, tags } from './der.js';

/** A CMS SignedData (RFC 5652) with one signer, opened but not yet judged. */
export interface SignedData {
  readonly contentType: string;
  /** Null where the content stands elsewhere (detached). */
  readonly content: Buffer | null;
  readonly certificates: readonly Certificate[];
  readonly signer: {
    readonly certificate: Certificate | null;
    /** Node's name of the digest. */
    readonly digest: DigestName;
    readonly attributes: ReadonlyMap<string, Der>;
    /** The signed attributes as they were signed: as a SET. */
    readonly signedBytes: Buffer;
    readonly signatureAlgorithm: string;
    readonly signature: Buffer;
    readonly unsigned: ReadonlyMap<string, Der>;
  };
}

export type DigestName = 'sha256' | 'sha384' | 'sha512';

export const oids = {
  signedData: '1.2.840.113549.1.7.2',
  data: '1.2.840.113549.1.7.1',
  timestampInfo: '1.2.840.113549.1.9.16.1.4',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingCertificate: '1.2.840.113549.1.9.16.2.12',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  timestampToken: '1.2.840.113549.1.9.16.2.14',
} as const;

export const digests: Readonly<Record<string, DigestName>> = {
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};

const pss = '1.2.840.113549.1.1.10';
/** With which digests a signature algorithm may stand; null: with any of ours. */
const signatureAlgorithms: Readonly<Record<string, { readonly key: 'rsa' | 'ec'; readonly digest: DigestName | null }>> = {
  '1.2.840.113549.1.1.1': { key: 'rsa', digest: null },
  '1.2.840.113549.1.1.11': { key: 'rsa', digest: 'sha256' },
  '1.2.840.113549.1.1.12': { key: 'rsa', digest: 'sha384' },
  '1.2.840.113549.1.1.13': { key: 'rsa', digest: 'sha512' },
  [pss]: { key: 'rsa', digest: null },
  '1.2.840.10045.4.3.2': { key: 'ec', digest: 'sha256' },
  '1.2.840.10045.4.3.3': { key: 'ec', digest: 'sha384' },
  '1.2.840.10045.4.3.4': { key: 'ec', digest: 'sha512' },
};
const certificatesMax = 12;

/** Opens a SignedData in DER. Throws `DerFault` for anything that is not exactly one signer's, in exactly one reading. */
export function readSignedData(bytes: Buffer): SignedData {
  const [type, holder] = members(readDer(bytes), tags.sequence, 2);
  if (oidOf(type) !== oids.signedData) throw new DerFault('contentType');
  const [body] = members(holder, context(0), 1);
  const [version, algorithms, encapsulated, ...rest] = members(body, tags.sequence, 4, 5);
  const certificateSet = rest[0]?.tag === context(0) ? childrenOf(rest[0]) : [];
  const [signers, ...more] = rest.slice(rest[0]?.tag === context(0) ? 1 : 0);
  const [signer] = members(signers, tags.set, 1);
  if (more.length > 0 || certificateSet.length > certificatesMax) throw new DerFault('signers');
  const [contentType, content] = members(encapsulated, tags.sequence, 1, 2);
  const certificates = certificateSet.map((one) => readCertificate(one.whole));
  if (certificates.some((one) => one === null)) throw new DerFault('certificates');
  const found = certificates.filter((one) => one !== null);
  const opened = signerOf(signer, found);
  const versions = oidOf(contentType) === oids.data ? ['01'] : ['03'];
  if (!versions.includes(need(version, tags.integer).content.toString('hex'))) throw new DerFault('version');
  const [declared] = members(algorithms, tags.set, 1);
  if (digestOf(declared) !== opened.digest) throw new DerFault('digest');
  return {
    contentType: oidOf(contentType),
    content: content === undefined ? null : need(members(content, context(0), 1)[0], tags.octets).content,
    certificates: found,
    signer: opened,
  };
}

function signerOf(element: Der | undefined, certificates: readonly Certificate[]): SignedData['signer'] {
  const [version, id, digest, signed, algorithm, signature, unsigned] = members(element, tags.sequence, 6, 7);
  if (need(version, tags.integer).content.toString('hex') !== '01') throw new DerFault('signer');
  const [issuer, serial] = members(id, tags.sequence, 2);
  const { whole } = need(signed, context(0));
  return {
    certificate:
      certificates.find(
        (one) => one.issuer.equals(issuer?.whole ?? Buffer.of()) && one.serial.equals(need(serial, tags.integer).content),
      ) ?? null,
    digest: digestOf(digest),
    attributes: attributesOf(need(signed, context(0))),
    signedBytes: Buffer.concat([Buffer.from([tags.set]), whole.subarray(1)]),
    signatureAlgorithm: oidOf(members(algorithm, tags.sequence, 1, 2)[0]),
    signature: need(signature, tags.octets).content,
    unsigned: unsigned === undefined ? new Map() : attributesOf(need(unsigned, context(1))),
  };
}

/** The digest of an AlgorithmIdentifier, whose parameters are absent or NULL. */
export function digestOf(element: Der | undefined): DigestName {
  const [id, parameters] = members(element, tags.sequence, 1, 2);
  if (parameters !== undefined && parameters.whole.toString('hex') !== '0500') throw new DerFault('digest');
  const found = digests[oidOf(id)];
  if (found === undefined) throw new DerFault('digest');
  return found;
}

/** Each attribute once, with one value. */
function attributesOf(holder: Der): Map<string, Der> {
  const found = new Map<string, Der>();
  for (const attribute of childrenOf(holder)) {
    const [type, values] = members(attribute, tags.sequence, 2);
    const [value] = members(values, tags.set, 1);
    const name = oidOf(type);
    if (value === undefined || found.has(name)) throw new DerFault('attribute');
    found.set(name, value);
  }
  return found;
}

export type SignedDataFault = 'digestWrong' | 'signatureWrong';

/**
 * Judges the mathematics of a SignedData over its content: digest, the certificate named inside what is signed, signature.
 * `content` is a list of pieces, so that a large file need not be copied. Whom to trust is another question (`trust.ts`).
 */
export function signedDataFault(data: SignedData, content: readonly Uint8Array[]): SignedDataFault | null {
  const { signer } = data;
  const { certificate } = signer;
  const type = signer.attributes.get(oids.contentType);
  const claimed = signer.attributes.get(oids.messageDigest);
  if (certificate === null || type === undefined || oidOf(type) !== data.contentType || claimed === undefined)
    return 'signatureWrong';
  const digest = content.reduce((hash, piece) => hash.update(piece), createHash(signer.digest)).digest();
  if (!same(digest, need(claimed, tags.octets).content)) return 'digestWrong';
  return namesCertificate(signer.attributes, certificate) && signatureHolds(signer, certificate) ? null : 'signatureWrong';
}

/** ESS signing-certificate (RFC 5035): binds the certificate to the signature; without it another could be put in its place. */
function namesCertificate(attributes: ReadonlyMap<string, Der>, certificate: Certificate): boolean {
  const second = attributes.get(oids.signingCertificateV2);
  const element = second ?? attributes.get(oids.signingCertificate);
  if (element === undefined) return false;
  const [list] = open(element, tags.sequence);
  const parts = open(open(list, tags.sequence)[0], tags.sequence);
  const named = parts[0]?.tag === tags.sequence ? digests[oidOf(childrenOf(parts[0])[0])] : 'sha256';
  const hash = parts.find((part) => part.tag === tags.octets)?.content;
  if (named === undefined || hash === undefined) return false;
  // The first form of the attribute knows SHA-1 alone; time-stamping authorities still write it (RFC 3161).
  return same(
    createHash(second === undefined ? 'sha1' : named)
      .update(certificate.der)
      .digest(),
    hash,
  );
}

function signatureHolds(
  { signatureAlgorithm, digest, signedBytes, signature }: SignedData['signer'],
  certificate: Certificate,
): boolean {
  return verifies({ id: signatureAlgorithm, digest, key: certificate.publicKey }, signedBytes, signature);
}

/** Whether a signature of this algorithm, which must fit key and digest, holds over the bytes. Never throws. */
export function verifies(
  { id, digest, key }: { readonly id: string; readonly digest: DigestName; readonly key: KeyObject },
  bytes: Buffer,
  signature: Buffer,
): boolean {
  const known = signatureAlgorithms[id];
  if (known === undefined || known.key !== key.asymmetricKeyType || (known.digest ?? digest) !== digest) return false;
  const padding = id === pss ? constants.RSA_PKCS1_PSS_PADDING : constants.RSA_PKCS1_PADDING;
  try {
    return verify(digest, bytes, known.key === 'rsa' ? { key, padding } : key, signature);
  } catch {
    return false;
  }
}

/** The algorithm of a signature that names its digest itself, as those of certificates and revocation lists do. */
export function signatureAlgorithmOf(element: Der | undefined): { readonly id: string; readonly digest: DigestName } {
  const id = oidOf(members(element, tags.sequence, 1, 2)[0]);
  const digest = signatureAlgorithms[id]?.digest ?? null;
  if (digest === null) throw new DerFault('algorithm');
  return { id, digest };
}

function same(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
