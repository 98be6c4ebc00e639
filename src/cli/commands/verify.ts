import type { Rendition } from '../../commands/papers/filePorts.js';
import { isSignedPaper, type SignatureReport, type VerificationReport, verifyBytesMax } from '../../commands/papers/signing.js';
import { type FileVerification, type PublicPaper, verifyFile } from '../../commands/papers/verifyPaper.js';
import { makeVerifier } from '../../documents/signing/signer.js';
import { TrinhkyError } from '../../errors.js';
import type { CliApplication } from '../host.js';
import { answer, type Session, shownInstant, withApplication } from '../session.js';
import { fileAt } from './keys.js';

export interface VerifyFlags {
  readonly ca?: readonly string[];
}

/** Whether bytes are stored here, and as what. */
interface Stored {
  readonly hash: string;
  readonly mode: Rendition['mode'];
  readonly instance: string;
}

interface Verified {
  readonly file: string;
  /** Sound, signed and sealed; and where the database knows the paper, the issued file itself. */
  readonly good: boolean;
  readonly report: VerificationReport;
  /** Null where no database was asked: with `--ca`, or where none could be reached. */
  readonly known: Known | null;
}

interface Known {
  readonly verdict: FileVerification['verdict'];
  readonly paper: PublicPaper | null;
  readonly sheetOf: string | null;
  readonly stored: readonly Stored[];
}

/**
 * `trinhky verify FILE.pdf`: what its signatures say. With `--ca` it needs neither database nor key folder; else the folder's issuers are
 * trusted, and the database says whether it knows these bytes. Exit code 0 for a sound paper, signed and sealed; 1 for any other file.
 */
export async function verify(session: Session, file: string, flags: VerifyFlags): Promise<number> {
  const bytes = await fileAt(file, verifyBytesMax);
  const trusted = await Promise.all((flags.ca ?? []).map(async (path) => (await fileAt(path)).toString('latin1')));
  const asked = trusted.length > 0 ? null : await withDatabase(session, bytes);
  const verifier = makeVerifier({ keyFolder: trusted.length > 0 ? null : session.host.config.keyFolder, trusted });
  const report = asked?.report ?? (await verifier.verify(bytes, null));
  const known = asked?.known ?? null;
  const sealed = isSignedPaper(report) && report.signatures.at(-1)?.field === 'seal';
  const issued = known === null || known.verdict === 'genuine' || known.verdict === 'soundButUnknown';
  const result: Verified = { file, good: sealed && issued, report, known };
  answer(session, result, () => shown(session, result));
  return result.good ? 0 : 1;
}

async function withDatabase(session: Session, bytes: Buffer): Promise<{ report: VerificationReport; known: Known } | null> {
  try {
    return await withApplication(session, async (app) => {
      const { verdict, report, paper, sheetOf } = await verifyFile(app.deps, bytes);
      return { report, known: { verdict, paper, sheetOf, stored: await storedOf(app, report) } };
    });
  } catch (error) {
    if (!(error instanceof TrinhkyError) || !['databaseAway', 'databaseMissing'].includes(error.code)) throw error;
    return null;
  }
}

async function storedOf({ deps }: CliApplication, { hash, signatures }: VerificationReport): Promise<readonly Stored[]> {
  const hashes = new Set([hash, ...signatures.flatMap(({ before, revision }) => [before, revision])]);
  const wanted = [...hashes].filter((one) => one !== null);
  const rows = await Promise.all(wanted.map((one) => deps.store.renditions.byBytes(one)));
  return rows.flat().map(({ hash: own, mode, instance }) => ({ hash: own, mode, instance }));
}

function shown(session: Session, { file, good, report, known }: Verified): string {
  const { words } = session;
  const say = (key: string, params = {}) => words.say(`verify.${key}`, params);
  const revisions = report.signatures.flatMap((signature) => [...signatureLines(session, signature, known?.stored), '']);
  const { paper = null } = known ?? {};
  return [
    say(good ? 'good' : 'bad', { file }),
    ...report.faults.map((fault) => `  - ${say(`faults.${fault}`)}`),
    ...(report.sound && !good ? [`  - ${say(missing(report, known))}`] : []),
    ...(report.signatures.some(({ certificate }) => certificate?.test) ? [say('test')] : []),
    `SHA-256: ${report.hash}`,
    '',
    ...revisions,
    ...(known === null ? [say('noDatabase')] : [say(`verdicts.${known.verdict}`, { agency: known.sheetOf })]),
    ...(paper === null ? [] : [say('paper', paperWords(paper))]),
  ].join('\n');
}

/** Why a sound file is no paper in force. */
function missing(report: VerificationReport, known: Known | null): string {
  if (!isSignedPaper(report)) return 'notSigned';
  return known?.verdict === 'genuineButOver' ? 'over' : 'notSealed';
}

function signatureLines({ words }: Session, signature: SignatureReport, stored: readonly Stored[] | undefined): string[] {
  const say = (key: string, params = {}) => words.say(`verify.${key}`, params);
  const { certificate, field } = signature;
  const known = stored?.find(({ hash }) => hash === signature.revision);
  return [
    `${field === 'signatory' || field === 'seal' ? say(field) : field}: ${certificate?.name ?? '?'}`,
    `  ${say('issuer')}: ${certificate?.issuer ?? '?'}${signature.trusted ? '' : ` (${say('untrusted')})`}`,
    `  ${say('serial')}: ${certificate?.serial ?? '?'}; ${say('validity')}: ${instantOrNone(certificate?.validFrom)} - ${instantOrNone(certificate?.validTo)}`,
    `  ${say('signedAt')}: ${instantOrNone(signature.signedAt)}; ${say('timestamp')}: ${instantOrNone(signature.timestamp)}`,
    `  ${say('coverage')}: ${say(signature.coversWholeFile ? 'whole' : 'part')}`,
    `  ${say('revision')}: ${signature.revision ?? '-'}${stored === undefined ? '' : ` (${known === undefined ? say('notStored') : say('stored', { instance: known.instance })})`}`,
    ...signature.faults.map((fault) => `  ! ${say(`faults.${fault}`)}`),
  ];
}

function instantOrNone(instant: string | null | undefined): string {
  return instant === null || instant === undefined ? '-' : shownInstant(instant);
}

function paperWords({ agency, number, title, signature, signedAt }: PublicPaper): Record<string, string> {
  const { authority, capacity, title: post, name } = signature;
  return {
    agency,
    number,
    about: title ?? '',
    authority: authority ?? '',
    capacity: capacity ?? '',
    title: post,
    name,
    when: instantOrNone(signedAt),
  };
}
