import { readEntry } from '../../engine/entry.js';
import type { Instance } from '../../engine/instance.js';
import type { Json } from '../../engine/json.js';
import { activePaths } from '../../engine/machine.js';
import { TrinhkyError } from '../../errors.js';
import { numberAndSymbol, type SignatureBlock } from '../../office/papers/paper.js';
import { seriesFor } from '../../office/papers/paperSettings.js';
import { isVoided, type PublicStanding, publicStanding } from '../../office/papers/renditionPolicy.js';
import { typedCode } from '../../office/papers/verification.js';
import { dayOf } from '../../office/time/clock.js';
import type { Deps } from '../deps.js';
import { makeTurns } from '../turns.js';
import { type CertificateSummary, isSignedPaper, type VerificationReport } from './signing.js';

/** Of a file that anybody may send: judging it takes this process's time, and no paper of ours is nearly so long. */
export const verifyUploadBytesMax = 20_000_000;
/** A file is parsed and hashed whole. */
export const verifiesAtOnceMax = 2;
export const verifiesWaitingMax = 20;
/** Papers that amend or correct another one are told up to so many. */
const linkedToldMax = 20;
/** Signatures of an uploaded file whose revisions are looked up. */
const revisionsMax = 8;

const inTurn = makeTurns({
  atOnceMax: verifiesAtOnceMax,
  waitingMax: verifiesWaitingMax,
  onFull: () => new TrinhkyError('busy', { what: 'verification' }),
});

/** Another paper, as it is named in public. */
export interface PaperName {
  readonly number: string;
  readonly issuedOn: string | null;
}

/** What anybody may know of an issued paper. */
export interface PublicPaper {
  /** Number and symbol as printed. */
  readonly number: string;
  /** Null for a paper whose circle of readers is limited. */
  readonly title: string | null;
  readonly agency: string;
  readonly issuedOn: string | null;
  /** As recorded when it was signed: for whom, in which capacity, by which post, the name. */
  readonly signature: SignatureBlock;
  readonly signedAt: string | null;
  readonly sealedAt: string | null;
  readonly signatoryCertificate: CertificateSummary | null;
  readonly sealCertificate: CertificateSummary | null;
  readonly standing: PublicStanding;
  /** The day on which it was made void after it had been issued; else null. */
  readonly voidedOn: string | null;
  readonly replacedBy: PaperName | null;
  readonly amendedBy: readonly PaperName[];
  readonly correctedBy: readonly PaperName[];
  /** SHA-256 of the file as it was issued, lower-case hex. */
  readonly file: string;
  readonly code: string | null;
}

/**
 * What was found about a file. `genuine`: it is the issued file, whole and sound, and the paper stands. `genuineButOver`: the same, but
 * the paper was withdrawn, replaced or made void. `genuineSheet`: it is an approval sheet as this system sealed it, which is no paper
 * that was issued. `altered`: it contains an issued paper of this system and is not the issued file.
 * `soundButUnknown`: its signatures hold, but no issued paper here is this one. `signerUnknown`: they fit the content, but nobody trusted
 * here vouches for who made them. `signaturesBroken`, `unsigned`, `notPdf`: as they say.
 */
export type FileVerdict =
  | 'genuine'
  | 'genuineButOver'
  | 'genuineSheet'
  | 'altered'
  | 'soundButUnknown'
  | 'signerUnknown'
  | 'signaturesBroken'
  | 'unsigned'
  | 'notPdf';

export interface FileVerification {
  readonly verdict: FileVerdict;
  readonly report: VerificationReport;
  readonly paper: PublicPaper | null;
  /** Whose approval sheet it is, and nothing else of it; null for any other file. */
  readonly sheetOf: string | null;
}

interface Known {
  readonly authority: string;
  readonly instance: Instance;
  readonly standing: PublicStanding;
  readonly voidedOn: string | null;
}

const overStandings: readonly PublicStanding[] = ['withdrawn', 'replaced', 'voided'];

/** Whether a paper no longer stands, though it was issued. */
export function isOver({ standing }: Pick<PublicPaper, 'standing'>): boolean {
  return overStandings.includes(standing);
}

/** The issued paper under a code as somebody typed it. Null for what is no code, unknown, and not issued, after the same reads. */
export async function paperByCode(deps: Deps, text: string): Promise<PublicPaper | null> {
  const code = typedCode(text);
  const rows = code === null ? [] : await deps.store.renditions.byCode(code);
  const known = await issuedAmong(deps, rows, ({ context }) => context.code === code);
  return known === null ? null : publicPaper(deps, known, null);
}

/** Judges a file of any origin and says whether it is an issued paper of this system. The file is kept nowhere. Throws `busy`. */
export async function verifyFile(deps: Deps, bytes: Uint8Array): Promise<FileVerification> {
  const first = await inTurn(() => deps.verifier.verify(bytes, null));
  const hashes = [first.hash, ...first.signatures.slice(0, revisionsMax).flatMap((one) => [one.revision, one.before])];
  const wanted = [...new Set(hashes.filter((hash): hash is string => hash !== null))];
  const rows = (await Promise.all(wanted.map((hash) => deps.store.renditions.byBytes(hash)))).flat();
  const known = await issuedAmong(deps, rows, ({ context }) =>
    [context.sealedFile, context.signedFile, context.prepared].some((hash) => wanted.some((one) => one === hash)),
  );
  if (known === null) {
    const sheet = rows.find(({ mode, hash }) => mode === 'sheet' && hash === first.hash);
    return sheet === undefined
      ? { verdict: strangers(first), report: first, paper: null, sheetOf: null }
      : sheetFound(deps, bytes, sheet.authority);
  }
  const report = await inTurn(() => deps.verifier.verify(bytes, known.authority));
  const whole = isSignedPaper(report) && report.hash === known.instance.context.sealedFile;
  return {
    verdict: whole ? (isOver(known) ? 'genuineButOver' : 'genuine') : 'altered',
    report: whole ? report : { ...report, sound: false, faults: [...new Set([...report.faults, 'bytesOther' as const])] },
    paper: await publicPaper(deps, known, whole ? report : null),
    sheetOf: null,
  };
}

/** A sheet is of the house: its file shows that it is genuine, and whose, but opens no other knowledge. */
async function sheetFound(deps: Deps, bytes: Uint8Array, authority: string): Promise<FileVerification> {
  const report = await inTurn(() => deps.verifier.verify(bytes, authority));
  if (!report.sound) return { verdict: strangers(report), report, paper: null, sheetOf: null };
  const { name } = (await deps.store.directory.snapshot(authority)).authority;
  return { verdict: 'genuineSheet', report, paper: null, sheetOf: name };
}

function strangers(report: VerificationReport): FileVerdict {
  const { faults, signatures, sound } = report;
  if (sound) return 'soundButUnknown';
  if (faults.includes('notPdf')) return 'notPdf';
  // A file whose revisions cannot be told apart shows no signature either, and is worse than one without.
  if (signatures.length === 0) return faults.includes('revisionUnexpected') ? 'signaturesBroken' : 'unsigned';
  return faults.every((fault) => fault === 'certificateUntrusted') ? 'signerUnknown' : 'signaturesBroken';
}

/** The first of these prints whose instance bears it and is out. One read at least, so that nothing and something cost alike. */
async function issuedAmong(
  deps: Deps,
  rows: readonly { readonly authority: string; readonly instance: string }[],
  bears: (instance: Instance) => boolean,
): Promise<Known | null> {
  const places = new Map(rows.map(({ authority, instance }) => [`${authority}/${instance}`, { authority, instance }]));
  if (places.size === 0) places.set('', { authority: '', instance: '' });
  let found: Known | null = null;
  for (const { authority, instance } of places.values()) {
    const one = await issued(deps, authority, instance);
    if (one !== null && bears(one.instance)) found ??= one;
  }
  return found;
}

async function issued(deps: Deps, authority: string, id: string): Promise<Known | null> {
  const view = await deps.store.instances.view(authority, id);
  if (view === null) return null;
  const { instance } = view;
  if (typeof instance.context.sealedFile !== 'string') return null;
  const paths = activePaths(instance.state);
  const standing = publicStanding(instance.definition.id, paths);
  if (standing !== null) return { authority, instance, standing, voidedOn: null };
  return isVoided(instance.definition.id, paths) ? voided(deps, authority, instance) : null;
}

/** A paper made void, as far as it had been issued before: what nobody outside ever had is nobody's business. */
async function voided(deps: Deps, authority: string, instance: Instance): Promise<Known | null> {
  const [last] = await deps.store.instances.history(authority, instance.id, instance.revision, 1);
  const entry = last === undefined ? null : readEntry(last.bytes);
  if (entry === null || entry.before === null) return null;
  const wasOut = publicStanding(instance.definition.id, activePaths(entry.before)) !== null;
  return wasOut ? { authority, instance, standing: 'voided', voidedOn: dayOf(entry.at) } : null;
}

/** `judged` is the report on the issued file, where it was judged already. */
async function publicPaper(
  deps: Deps,
  { authority, instance, standing, voidedOn }: Known,
  judged: VerificationReport | null,
): Promise<PublicPaper> {
  const { context } = instance;
  const file = textOf(context.sealedFile) ?? '';
  const directory = await deps.store.directory.snapshot(authority);
  const report = judged ?? (await reportOn(deps, authority, file));
  const certificate = (field: string) => report?.signatures.find((one) => one.field === field)?.certificate ?? null;
  const named = (ids: Json | undefined) => linked(deps, authority, ids);
  return {
    ...nameOf(context, directory.authority.papers),
    title: context.restricted === true ? null : textOf(context.title),
    agency: directory.authority.name,
    signature: context.signature as unknown as SignatureBlock,
    signedAt: textOf(context.signedAt),
    sealedAt: textOf(context.sealedAt),
    signatoryCertificate: certificate('signatory'),
    sealCertificate: certificate('seal'),
    standing,
    voidedOn,
    replacedBy: (await named(context.replacedBy))[0] ?? null,
    amendedBy: await named(context.amendedBy),
    correctedBy: await named(context.correctedBy),
    file,
    code: textOf(context.code),
  };
}

async function reportOn(deps: Deps, authority: string, file: string): Promise<VerificationReport | null> {
  const bytes = await deps.store.renditions.bytes(authority, file);
  return bytes === null ? null : inTurn(() => deps.verifier.verify(bytes, authority));
}

/** Papers named by their ids, as far as they are out themselves. */
async function linked(deps: Deps, authority: string, ids: Json | undefined): Promise<readonly PaperName[]> {
  const list = (Array.isArray(ids) ? ids : [ids]).filter((id): id is string => typeof id === 'string').slice(0, linkedToldMax);
  const { papers } = (await deps.store.directory.snapshot(authority)).authority;
  const found = await Promise.all(list.map((id) => issued(deps, authority, id)));
  return found.filter((one): one is Known => one !== null).map(({ instance }) => nameOf(instance.context, papers));
}

function nameOf(context: Instance['context'], papers: Parameters<typeof seriesFor>[0]): PaperName {
  const symbol = textOf(context.symbol) ?? '';
  const { withYear } = seriesFor(papers, textOf(context.type) ?? '', symbol);
  const year = withYear ? Number(context.year) : null;
  return { number: numberAndSymbol(Number(context.number), symbol, year), issuedOn: textOf(context.issuedOn) };
}

function textOf(value: Json | undefined): string | null {
  return typeof value === 'string' ? value : null;
}
