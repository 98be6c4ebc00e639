import { createHash } from 'node:crypto';
import {
  type SignatureReport,
  type VerificationFault,
  type VerificationReport,
  verifyBytesMax,
} from '../../commands/papers/signing.js';
import { sha256 } from '../../engine/json.js';
import { type Certificate, maySign, nameOids } from './certificate.js';
import { oids, readSignedData, type SignedData, signedDataFault } from './cms.js';
import { DerFault, firstDer } from './der.js';
import type { Anchors } from './keyStore.js';
import { type SignaturePlace, signatureRevision } from './pdfChanges.js';
import { contentFaults } from './pdfContent.js';
import type { Before } from './pdfHistory.js';
import { type PdfRevision, revisionsOf } from './pdfRevisions.js';
import { PdfFault } from './pdfValue.js';
import type { RevocationList } from './revocation.js';
import { readTimestamp, type TimestampInfo } from './timestampToken.js';
import { trustPath } from './trust.js';
import { validationRevision } from './validationData.js';

/** The fields in the order in which they are signed; either may stand alone. */
const fieldOrder = ['signatory', 'seal'] as const;

/**
 * Judges a file of any origin. Sound is what is exactly ours: one printed revision without anything active, then at most the
 * signatory's signature, then at most the agency's seal, one of them at least, each covering all of the file up to its own end, and the last one the whole file.
 * Whether it is signed as a paper must be is asked of the report (`isSignedPaper`): an approval sheet bears the seal alone.
 * Never throws for what is in the file; takes time and memory in proportion to its length.
 */
export function judge(given: Uint8Array, anchors: Anchors, onPath: OnPath = () => undefined): VerificationReport {
  const bytes = Buffer.from(given.buffer, given.byteOffset, given.byteLength);
  const refused = (...faults: VerificationFault[]): VerificationReport => ({
    sound: false,
    length: bytes.length,
    hash: sha256(bytes),
    signatures: [],
    faults,
  });
  if (bytes.length > verifyBytesMax || bytes.toString('latin1', 0, 5) !== '%PDF-') return refused('notPdf');
  try {
    return judgeRevisions(bytes, anchors, onPath);
  } catch (error) {
    if (error instanceof PdfFault) return refused('revisionUnexpected');
    throw error;
  }
}

/** Is told the way from each certificate that signed, or stamped a time, to its anchor. */
type OnPath = (path: readonly Certificate[]) => void;

function judgeRevisions(bytes: Buffer, anchors: Anchors, onPath: OnPath): VerificationReport {
  const { revisions, strayAt } = revisionsOf(bytes);
  const [printed, ...later] = revisions;
  const faults = new Set<VerificationFault>(printed === undefined ? [] : contentFaults(printed));
  const fields: number[] = [];
  const stored: RevocationList[] = [];
  const cases = later.flatMap((revision, index): SignatureCase[] => {
    const before: Before = { revisions: revisions.slice(0, index + 1), fields: [...fields] };
    const lists = validationRevision(revision, before, bytes);
    if (lists !== null) {
      stored.push(...lists);
      return [];
    }
    const reading = signatureRevision(revision, before);
    fields.push(...reading.fields);
    return [{ bytes, revision, place: reading.place, faults: reading.faults }];
  });
  const known = { ...anchors, lists: [...anchors.lists, ...stored] };
  const signatures = cases.map((one) => judgeSignature(one, known, onPath));
  if (strayAt !== null) faults.add('revisionUnexpected');
  if (signatures.length === 0) faults.add('unsigned');
  if (signatures.length > 0 && signatures.at(-1)?.coversWholeFile !== true) faults.add('notCoveringFile');
  for (const fault of orderFaults(signatures)) faults.add(fault);
  for (const fault of signatures.flatMap((signature) => signature.faults)) faults.add(fault);
  return { sound: faults.size === 0, length: bytes.length, hash: sha256(bytes), signatures, faults: [...faults] };
}

function orderFaults(signatures: readonly SignatureReport[]): readonly VerificationFault[] {
  const names = signatures.map(({ field }) => field);
  const known: readonly string[] = fieldOrder;
  const strange = names.some((name) => !known.includes(name)) || new Set(names).size !== names.length;
  const ranks = names.map((name) => known.indexOf(name)).filter((rank) => rank >= 0);
  const ordered = ranks.every((rank, index) => rank >= (ranks[index - 1] ?? 0));
  return [...(strange ? (['fieldUnexpected'] as const) : []), ...(ordered ? [] : (['orderWrong'] as const))];
}

interface SignatureCase {
  readonly bytes: Buffer;
  readonly revision: PdfRevision;
  readonly place: SignaturePlace | null;
  readonly faults: readonly VerificationFault[];
}

function judgeSignature(
  { bytes, revision, place, faults: found }: SignatureCase,
  anchors: Anchors,
  onPath: OnPath,
): SignatureReport {
  const faults = new Set(found);
  const pieces = place?.signed.map(([from, to]) => bytes.subarray(from, to)) ?? [];
  const data = place === null ? null : dataOf(bytes, place);
  if (place !== null && data === null) faults.add('signatureWrong');
  const certificate = data?.signer.certificate ?? null;
  const wrong = data === null ? null : signatureFault(data, pieces);
  if (wrong !== null) faults.add(wrong);
  const stamp = data === null ? null : timestampOf(data, anchors, faults);
  const path = place === null || data === null ? null : trustOf(data, { place, stamp, anchors, faults });
  for (const one of [path, stamp?.path]) if (one !== null && one !== undefined) onPath(one);
  return {
    field: place?.field ?? '',
    certificate: certificate?.summary ?? null,
    signedAt: place?.signedAt ?? null,
    timestamp: stamp?.at ?? null,
    trusted: path !== null,
    coversWholeFile: revision.to === bytes.length && !faults.has('rangeWrong') && place !== null,
    before: sha256(bytes.subarray(0, revision.from)),
    revision: sha256(bytes.subarray(0, revision.to)),
    faults: [...faults],
  };
}

/** The signature itself: one reading only, so upper-case digits, and nothing behind it but zeros. */
function dataOf(bytes: Buffer, { contents }: SignaturePlace): SignedData | null {
  try {
    const text = bytes.toString('latin1', contents.start + 1, contents.end - 1);
    const padded = contents.bytes();
    const { whole } = firstDer(padded);
    if (text !== text.toUpperCase() || padded.subarray(whole.length).some((byte) => byte !== 0)) return null;
    return readSignedData(whole);
  } catch (error) {
    if (error instanceof DerFault) return null;
    throw error;
  }
}

function signatureFault(data: SignedData, pieces: readonly Buffer[]): VerificationFault | null {
  const strange = [...data.signer.unsigned.keys()].some((name) => name !== oids.timestampToken);
  if (strange || data.contentType !== oids.data || data.content !== null) return 'signatureWrong';
  try {
    return signedDataFault(data, pieces);
  } catch (error) {
    if (error instanceof DerFault) return 'signatureWrong';
    throw error;
  }
}

function timestampOf(data: SignedData, anchors: Anchors, faults: Set<VerificationFault>): TimestampInfo | null {
  const token = data.signer.unsigned.get(oids.timestampToken);
  if (token === undefined) return null;
  const digestOf = (digest: string) => createHash(digest).update(data.signer.signature).digest();
  const stamp = readTimestamp(token.whole, digestOf, { anchors: anchors.timeStamping, lists: anchors.lists });
  if (stamp?.trusted !== true) faults.add('timestampWrong');
  return stamp;
}

interface TrustCase {
  readonly place: SignaturePlace;
  readonly stamp: TimestampInfo | null;
  readonly anchors: Anchors;
  readonly faults: Set<VerificationFault>;
}

/** The certificate's way to an anchor, or null: it must have been valid when it signed (as claimed, and as stamped), and be one that may sign. */
function trustOf(
  { signer, certificates }: SignedData,
  { place, stamp, anchors, faults }: TrustCase,
): readonly Certificate[] | null {
  const { certificate } = signer;
  if (certificate === null || place.signedAt === null) {
    faults.add('signatureWrong');
    return null;
  }
  const issuers = { anchors: anchors.signing, lists: anchors.lists };
  const instants = [place.signedAt, ...(stamp === null ? [] : [stamp.at])];
  const paths = instants.map((at) => trustPath(certificate, certificates, issuers, at));
  const trustFaults = paths.map(({ fault }) => fault).filter((fault) => fault !== null);
  if (!maySign(certificate)) trustFaults.push('certificateUntrusted');
  for (const fault of trustFaults) faults.add(fault);
  // A certificate that the way to the anchor does not need could be changed without anybody noticing.
  const used = paths[0]?.path ?? [];
  if (trustFaults.length === 0 && certificates.some((one) => !used.some(({ der }) => der.equals(one.der))))
    faults.add('signatureWrong');
  if (!holderFits(certificate, place.field, anchors.agency)) faults.add('holderWrong');
  return trustFaults.length === 0 ? used : null;
}

/**
 * The seal is the agency's own certificate, and nobody signs as signatory with it. Where the agency's certificates are not known, a
 * certificate that names a post is no seal (a certificate for a State post names the post, NĐ 130/2018/NĐ-CP).
 */
function holderFits({ summary, subjectParts }: Certificate, field: string, agency: ReadonlySet<string>): boolean {
  if (agency.size > 0) return agency.has(summary.fingerprint) === (field === 'seal');
  return field !== 'seal' || !subjectParts.has(nameOids.title);
}
