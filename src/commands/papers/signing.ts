import type { Picture } from '../../office/papers/paper.js';

/** Whose key signs: a person's own, or the agency's, which is the seal. */
export type KeyHolder = { readonly kind: 'person'; readonly person: string } | { readonly kind: 'agency' };

export interface CertificateSummary {
  /** Common name of the subject. */
  readonly name: string;
  readonly issuer: string;
  /** Lower-case hex. */
  readonly serial: string;
  /** SHA-256 of the DER, lower-case hex. */
  readonly fingerprint: string;
  readonly validFrom: string;
  readonly validTo: string;
  /** True for a certificate of a test authority: what it signs is no official paper, and says so. */
  readonly test: boolean;
}

export interface SigningIdentity {
  readonly certificate: CertificateSummary;
  /** The picture that is printed where the signature stands: blue for a person, red for the seal. */
  readonly picture: Picture | null;
}

export interface SignRequest {
  readonly authority: string;
  readonly holder: KeyHolder;
  /** The prepared file for the signatory; the file with the signatory's signature for the seal. */
  readonly bytes: Uint8Array;
  readonly reason: string;
  /** The domain's instant, in the signature dictionary. */
  readonly at: string;
}

export interface SignedFile {
  /** Begins with exactly the bytes that were given. */
  readonly bytes: Uint8Array;
  /** SHA-256 of the bytes, lower-case hex. */
  readonly hash: string;
  readonly certificate: CertificateSummary;
  /** Instant of the RFC 3161 time stamp, where an authority is configured. */
  readonly timestamp: string | null;
}

/**
 * The port of signing; `documents/signing` fills it with keys on disk, a remote service or an HSM may stand behind it.
 * No key and no passphrase ever leaves it.
 */
export interface Signer {
  /** Null where the holder has no key that is valid at `at`. */
  identity(authority: string, holder: KeyHolder, at: string): Promise<SigningIdentity | null>;
  /** One more incremental revision with one PAdES signature in the invisible field `signatory` or `seal`. Throws `signingFailed`. */
  sign(request: SignRequest): Promise<SignedFile>;
}

export type VerificationFault =
  | 'notPdf'
  | 'unsigned'
  | 'digestWrong'
  | 'signatureWrong'
  | 'notCoveringFile'
  | 'revisionUnexpected'
  | 'fieldUnexpected'
  | 'rangeWrong'
  | 'certificateUntrusted'
  | 'certificateExpired'
  | 'certificateRevoked'
  | 'holderWrong'
  | 'orderWrong'
  | 'timestampWrong'
  | 'activeContent'
  | 'bytesOther';

export interface SignatureReport {
  /** `signatory`, `seal`, or what a stranger's file calls it. */
  readonly field: string;
  readonly certificate: CertificateSummary | null;
  /** As the signature claims it; a time stamp proves it. */
  readonly signedAt: string | null;
  readonly timestamp: string | null;
  readonly trusted: boolean;
  readonly coversWholeFile: boolean;
  /** SHA-256 of the file as it was before this signature: for the signatory, of the prepared bytes. */
  readonly before: string | null;
  /** SHA-256 of the file up to the end of this signature's revision. */
  readonly revision: string | null;
  readonly faults: readonly VerificationFault[];
}

/**
 * What the verifier says of a file. `sound` only if everything holds: every signature, every revision, whole coverage, nothing else.
 * A seal alone is sound as well; a paper needs its signatory's signature too (`isSignedPaper`).
 */
export interface VerificationReport {
  readonly sound: boolean;
  readonly length: number;
  readonly hash: string;
  readonly signatures: readonly SignatureReport[];
  readonly faults: readonly VerificationFault[];
}

/** Whether a file is sound and its first signature is the signatory's; the agency's seal may follow. */
export function isSignedPaper({ sound, signatures }: VerificationReport): boolean {
  return sound && signatures[0]?.field === 'signatory';
}

/** Longest file that a verifier looks into. */
export const verifyBytesMax = 50_000_000;

export interface Verifier {
  /** Judges a file of any origin, also a hostile one: never throws for what is in it. */
  verify(bytes: Uint8Array, authority: string | null): Promise<VerificationReport>;
}

/** Fresh proof of a person: password and second factor given for exactly these prints. */
export interface Proof {
  readonly person: string;
  /** Prepared hashes that were shown and confirmed, each listed. */
  readonly hashes: readonly string[];
  /** On the domain's clock. */
  readonly at: string;
  readonly method: 'password+totp' | 'demo';
}

/** Most papers that one proof may cover. */
export const proofHashesMax = 200;

export interface ProofStore {
  /** Keeps the proof under a random token, of which only a hash is stored. */
  issue(authority: string, proof: Proof): Promise<string>;
  /** Null for an unknown or outlived token. */
  find(authority: string, token: string): Promise<Proof | null>;
}
