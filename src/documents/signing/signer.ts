import { type KeyObject, sign } from 'node:crypto';
import { type Signer as PadesSigner, PDF } from '@libpdf/core';
import type { SignedFile, Signer, SignRequest, Verifier } from '../../commands/papers/signing.js';
import { sha256 } from '../../engine/json.js';
import { TrinhkyError } from '../../errors.js';
import { type Certificate, certificatesOf, validAt } from './certificate.js';
import { type Anchors, anchorsOf, authoritiesIn, certificatesAt, identityOf, keyOf, placeOf } from './keyStore.js';
import { isOf } from './revocation.js';
import { makeTimestamper, type Timestamper } from './timestamp.js';
import { trustPath } from './trust.js';
import { withValidationData } from './validationData.js';
import { judge } from './verifier.js';

export interface SigningOptions {
  /** Folder of the keys, one folder for each authority; private to this user. */
  readonly keyFolder: string;
  /** Address of an RFC 3161 time-stamping authority; without it signatures carry no time stamp. */
  readonly timestampUrl?: string | undefined;
}

/** Room for a signature beside its certificates: attributes, and up to an RSA signature of 8192 bits. */
const signatureBytes = 3_072;
/** Room for a time stamp with the certificates of its authority. */
const stampBytes = 14_336;
const lineEnd = 0x0a;

/** A signer with the keys of a folder (layout: `keyStore.ts`). */
export function makeSigner(options: SigningOptions): Signer {
  const timestamper = options.timestampUrl === undefined ? null : makeTimestamper(options.timestampUrl);
  return {
    identity: (authority, holder, at) => identityOf(options.keyFolder, authority, holder, at),
    sign: (request) => signed(request, options.keyFolder, timestamper),
  };
}

/** Trust for files that are judged without a key folder, or beyond it. */
export interface VerifierOptions {
  /** Folder of the keys; its authorities' issuers are trusted. Null: only `trusted` is. */
  readonly keyFolder: string | null;
  /** Certificates (PEM) that are trusted as issuers of signatures and time stamps. */
  readonly trusted?: readonly string[];
}

/** A verifier that trusts whom the authority's folder trusts; with `authority` null, whom any authority's folder trusts. */
export function makeVerifier({ keyFolder, trusted = [] }: VerifierOptions): Verifier {
  const extra = trusted.flatMap(certificatesOf);
  return {
    async verify(bytes, authority) {
      const names = keyFolder === null ? [] : authority === null ? await authoritiesIn(keyFolder) : [authority];
      const all = await Promise.all(names.map((name) => anchorsOf(keyFolder ?? '', name)));
      return judge(bytes, {
        signing: [...all.flatMap(({ signing }) => signing), ...extra],
        timeStamping: [...all.flatMap(({ timeStamping }) => timeStamping), ...extra],
        lists: all.flatMap(({ lists }) => lists),
        agency: new Set(all.flatMap(({ agency }) => [...agency])),
      });
    },
  };
}

async function signed(request: SignRequest, keyFolder: string, timestamper: Timestamper | null): Promise<SignedFile> {
  const { authority, holder, at } = request;
  const place = placeOf(authority, holder);
  const [own, ...chain] = await certificatesAt(keyFolder, place);
  const key = own === undefined ? null : await keyOf(keyFolder, place);
  if (own === undefined || key === null) throw new TrinhkyError('signingFailed', { reason: 'noKeys' });
  if (!validAt(own, at)) throw new TrinhkyError('signingFailed', { reason: 'certificateNotValid' });
  const anchors = await anchorsOf(keyFolder, authority);
  const stampIssuers = { anchors: anchors.timeStamping, lists: anchors.lists };
  const field = holder.kind === 'person' ? 'signatory' : 'seal';
  const base = timestamper !== null && field === 'seal' ? validatable(request, anchors, [own, ...chain]) : request.bytes;
  const room = signatureBytes + [own, ...chain].reduce((sum, { der }) => sum + der.length, 0);
  const bytes = await written({ ...request, bytes: base }, field, {
    signer: padesSigner(key, own, chain),
    ...(timestamper === null
      ? { estimatedSize: room }
      : {
          level: 'B-T' as const,
          estimatedSize: room + stampBytes,
          timestampAuthority: {
            timestamp: async (digest: Uint8Array) => Uint8Array.from((await timestamper(digest, stampIssuers)).token),
          },
        }),
  });
  // What the verifier would refuse tomorrow is not given out today.
  const report = judge(bytes, anchors);
  const made = report.signatures.at(-1);
  // That a paper is signed before it is sealed, SEAL has checked; a seal alone is what an approval sheet bears.
  if (!report.sound || made?.field !== field || made.before !== sha256(base))
    throw new TrinhkyError('signingFailed', { reason: 'resultUnsound', faults: report.faults });
  return { bytes, hash: report.hash, certificate: own.summary, timestamp: made.timestamp };
}

/**
 * The file that is sealed, with what is needed to judge both signatures later (B-LT), where revocation lists of their issuers are at hand;
 * else the file as it is.
 */
function validatable({ bytes, at }: SignRequest, anchors: Anchors, [own, ...chain]: readonly Certificate[]): Uint8Array {
  const found: Certificate[] = [];
  const report = judge(bytes, anchors, (path) => found.push(...path));
  if (report.signatures.length === 0 || own === undefined) return bytes;
  found.push(...trustPath(own, chain, { anchors: anchors.signing, lists: [] }, at).path);
  const certificates = found.filter((one, index) => found.findIndex(({ der }) => der.equals(one.der)) === index);
  const lists = anchors.lists.filter((list) => certificates.some((issuer) => isOf(list, issuer)));
  return lists.length === 0 ? bytes : withValidationData(Buffer.from(bytes), { certificates, lists });
}

type Pades = Omit<Parameters<PDF['sign']>[0], 'fieldName'>;

/** One incremental revision more. @libpdf/core signs neither with a visible field nor as certification (DocMDP). */
async function written({ bytes, reason, at }: SignRequest, fieldName: string, pades: Pades): Promise<Uint8Array> {
  // Exactly one line end stands between two revisions, whether the file had one at its end or not: so both ends can be told.
  const base = bytes.at(-1) === lineEnd ? Buffer.concat([bytes, Buffer.from([lineEnd])]) : bytes;
  try {
    const pdf = await PDF.load(base);
    const done = await pdf.sign({ ...pades, fieldName, reason, signingTime: new Date(at), digestAlgorithm: 'SHA-256' });
    return done.bytes;
  } catch (error) {
    if (error instanceof TrinhkyError) throw error;
    throw new TrinhkyError('signingFailed', { reason: 'fileUnsignable', detail: error instanceof Error ? error.name : 'error' });
  }
}

function padesSigner(key: KeyObject, own: Certificate, chain: readonly Certificate[]): PadesSigner {
  const isRsa = key.asymmetricKeyType === 'rsa';
  return {
    certificate: Uint8Array.from(own.der),
    certificateChain: chain.map(({ der }) => Uint8Array.from(der)),
    keyType: isRsa ? 'RSA' : 'EC',
    signatureAlgorithm: isRsa ? 'RSASSA-PKCS1-v1_5' : 'ECDSA',
    sign: (data) => Promise.resolve(Uint8Array.from(sign('sha256', data, key))),
  };
}
