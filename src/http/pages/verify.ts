import {
  type FileVerification,
  isOver,
  type PaperName,
  type PublicPaper,
  paperByCode,
  verifyFile,
  verifyUploadBytesMax,
} from '../../commands/papers/verifyPaper.js';
import { TrinhkyError } from '../../errors.js';
import { type Language, sentence, word } from '../../locales/sentences.js';
import { countVerification } from '../api/verify.js';
import type { Assets } from '../assets.js';
import type { Call } from '../edge.js';
import { withForm } from '../fileBody.js';
import { dayInWords, instantInWords } from './dates.js';
import { frameOf, type PageAnswer } from './frame.js';
import { signatureLines } from './signView.js';

/** What leaves the visitor on the page; anything else is an error page. */
const SHOWN: ReadonlySet<string> = new Set(['tooManyTries', 'bodyTooLarge', 'uploadInvalid', 'busy']);

interface Told {
  readonly status: number;
  readonly problem: { readonly sentence: string; readonly todo: string } | null;
  readonly paper: PublicPaper | null;
  readonly file: FileVerification | null;
  readonly typed: string;
}

const nothing: Told = { status: 200, problem: null, paper: null, file: null, typed: '' };

/** Verification by anybody: by the code of a paper in the address, which may so be printed and linked. */
export async function verifyPage(call: Call, assets: Assets): Promise<PageAnswer> {
  const typed = (call.query.code ?? '').trim();
  if (typed === '') return verifyView(call, assets, nothing);
  return orShown(call, assets, typed, async () => {
    await countVerification(call);
    const paper = await paperByCode(call.edge.app.deps, typed);
    if (paper !== null) return { ...nothing, paper, typed };
    return { ...nothing, typed, status: 404, problem: { sentence: word(call.language, 'verifyNone'), todo: '' } };
  });
}

/** Verification of a file; it is judged and forgotten. */
export async function verifySent(call: Call, assets: Assets): Promise<PageAnswer> {
  return orShown(call, assets, '', async () => {
    await countVerification(call);
    return withForm(call.request, { bytesMax: verifyUploadBytesMax }, async ({ file: sent }) => {
      if (sent === null || sent.bytes.length === 0)
        return { ...nothing, status: 400, problem: { sentence: word(call.language, 'verifyNoFile'), todo: '' } };
      const file = await verifyFile(call.edge.app.deps, sent.bytes);
      return { ...nothing, paper: file.paper, file };
    });
  });
}

async function orShown(call: Call, assets: Assets, typed: string, work: () => Promise<Told>): Promise<PageAnswer> {
  try {
    return verifyView(call, assets, await work());
  } catch (error) {
    if (!(error instanceof TrinhkyError) || !SHOWN.has(error.code)) throw error;
    const problem = sentence(call.language, error.code, error.params);
    return verifyView(call, assets, { ...nothing, typed, status: error.status, problem });
  }
}

function verifyView(call: Call, assets: Assets, { status, problem, paper, file, typed }: Told): PageAnswer {
  const { language } = call;
  const view = {
    ...frameOf(call, assets, word(language, 'verify'), null, null),
    problem,
    typed,
    paper: paper === null ? null : paperRows(language, paper),
    hasTest: isTest(paper, file),
    compare: paper !== null && file === null,
    file: file === null ? null : fileView(language, file),
  };
  return { kind: 'page', status, template: 'verify', view };
}

function isTest(paper: PublicPaper | null, file: FileVerification | null): boolean {
  const own = [paper?.signatoryCertificate, paper?.sealCertificate];
  return [...own, ...(file?.report.signatures ?? []).map(({ certificate }) => certificate)].some((one) => one?.test === true);
}

interface Row {
  readonly label: string;
  readonly value: string;
  readonly code: boolean;
}

function paperRows(
  language: Language,
  paper: PublicPaper,
): { readonly standing: string; readonly over: boolean; readonly rows: readonly Row[] } {
  const row = (label: string, value: string | null, code = false): Row[] =>
    value === null || value === '' ? [] : [{ label: word(language, label), value, code }];
  const { signature } = paper;
  return {
    standing: standingOf(language, paper),
    over: isOver(paper),
    rows: [
      ...row('verifyNumber', paper.number),
      ...row('verifyTitle', paper.title),
      ...row('verifyAgency', paper.agency),
      ...row('verifyIssued', paper.issuedOn === null ? null : dayInWords(paper.issuedOn)),
      ...row('verifySigner', signature.name),
      ...row('verifyCapacity', signatureLines({ ...signature, name: '' }).join(' – ')),
      ...row('verifySignedAt', paper.signedAt === null ? null : instantInWords(paper.signedAt)),
      ...row('verifyCertificate', certificateText(paper.signatoryCertificate)),
      ...row('verifySealedAt', paper.sealedAt === null ? null : instantInWords(paper.sealedAt)),
      ...row('verifySealCertificate', certificateText(paper.sealCertificate)),
      ...row('verifyCode', paper.code, true),
      ...row('verifyHash', paper.file, true),
    ],
  };
}

function certificateText(certificate: PublicPaper['signatoryCertificate']): string | null {
  return certificate === null ? null : `${certificate.name} (${certificate.issuer})`;
}

function standingOf(language: Language, paper: PublicPaper): string {
  const named = ({ number, issuedOn }: PaperName) =>
    issuedOn === null ? number : word(language, 'paperOfDay', { number, day: dayInWords(issuedOn) });
  const first = firstStanding(language, paper, named);
  const more = [
    ...(paper.amendedBy.length > 0 ? [word(language, 'standingAmended', { papers: paper.amendedBy.map(named) })] : []),
    ...(paper.correctedBy.length > 0 ? [word(language, 'standingCorrected', { papers: paper.correctedBy.map(named) })] : []),
  ];
  return [first, ...more].join('; ');
}

function firstStanding(language: Language, { standing, replacedBy, voidedOn }: PublicPaper, named: (paper: PaperName) => string) {
  if (standing === 'replaced' && replacedBy !== null) return word(language, 'standing_replacedBy', { paper: named(replacedBy) });
  if (voidedOn !== null) return word(language, 'standingVoidedOn', { day: dayInWords(voidedOn) });
  return word(language, `standing_${standing}`);
}

const FIELDS: Readonly<Record<string, string>> = { signatory: 'verifyFieldSignatory', seal: 'verifyFieldSeal' };
const signaturesShownMax = 10;

function fileView(language: Language, { verdict, report, sheetOf }: FileVerification) {
  const faultsIn = (faults: readonly string[]) => [...new Set(faults)].map((fault) => word(language, `fault_${fault}`));
  return {
    good: verdict === 'genuine' || verdict === 'genuineSheet',
    warn: verdict === 'genuineButOver' || verdict === 'soundButUnknown' || verdict === 'signerUnknown',
    sentence: word(language, `verdict_${verdict}`, { agency: sheetOf }),
    hash: report.hash,
    faults: faultsIn(report.faults),
    signatures: report.signatures.slice(0, signaturesShownMax).map((one) => ({
      field: word(language, FIELDS[one.field] ?? 'verifyFieldOther'),
      who: certificateText(one.certificate) ?? '—',
      at: one.timestamp ?? one.signedAt,
      atText: atText(language, one),
      state:
        one.faults.length === 0
          ? word(language, 'verifySignatureSound')
          : word(language, 'verifySignatureNot', { faults: faultsIn(one.faults) }),
      sound: one.faults.length === 0,
    })),
  };
}

function atText(
  language: Language,
  { timestamp, signedAt }: { readonly timestamp: string | null; readonly signedAt: string | null },
) {
  if (timestamp !== null) return `${word(language, 'verifyTimestamp')}: ${instantInWords(timestamp)}`;
  return signedAt === null || Number.isNaN(Date.parse(signedAt)) ? '' : instantInWords(signedAt);
}
