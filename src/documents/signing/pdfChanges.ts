import type { VerificationFault } from '../../commands/papers/signing.js';
import { type Before, objectBefore, sameBut } from './pdfHistory.js';
import type { PdfObject, PdfRevision } from './pdfRevisions.js';
import { dictOf, isKind, nameIn, type PdfString, type PdfValue, plainText, referenceIn } from './pdfValue.js';

/** One signature as it stands in its revision; the ranges are judged, the bytes of the signature are not. */
export interface SignaturePlace {
  readonly field: string;
  readonly contents: PdfString;
  /** The two signed pieces: up to `contents`, and from behind it to the revision's end. */
  readonly signed: readonly [from: number, to: number][];
  /** As the dictionary claims it (`M`), or null. */
  readonly signedAt: string | null;
}

export interface RevisionReading {
  readonly place: SignaturePlace | null;
  /** The numbers of the fields that this revision brings. */
  readonly fields: readonly number[];
  readonly faults: readonly VerificationFault[];
}

const fieldKeys = new Set(['FT', 'T', 'V', 'Type', 'Subtype', 'F', 'P', 'Rect']);
const signatureKeys = new Set(['Type', 'Filter', 'SubFilter', 'ByteRange', 'Contents', 'M', 'Reason']);
const formKeys = new Set(['Fields', 'DR', 'DA', 'NeedAppearances', 'SigFlags']);
/** Flags print and locked. */
const widgetFlags = 132;
/** What @libpdf/core writes into every form; no field here shows text. */
const formResources =
  '<<"Font" <<"Helv" <<"BaseFont" /"Helvetica" "Subtype" /"Type1" "Type" /"Font">> "ZaDb" <<"BaseFont" /"ZapfDingbats" "Subtype" /"Type1" "Type" /"Font">>>>>>';
const formAppearance = Buffer.from('/Helv 0 Tf 0 g').toString('hex');

/**
 * Reads a later revision, which must be exactly what one signature adds: its dictionary, its invisible field, the form that names the
 * field, and the catalog that names the form. Whatever else is there, new or changed, is `revisionUnexpected`.
 */
export function signatureRevision(revision: PdfRevision, before: Before): RevisionReading {
  const faults = new Set<VerificationFault>();
  const [field, ...otherFields] = [...revision.objects.values()].filter(({ value }) => isDict(value) && value.entries.has('FT'));
  if (field === undefined || otherFields.length > 0) {
    return { place: null, fields: [], faults: [field === undefined ? 'revisionUnexpected' : 'fieldUnexpected'] };
  }
  const entries = dictOf(field.value);
  const name = shownName(entries.get('T'));
  if (!fieldSound(field, before)) faults.add('fieldUnexpected');
  const signature = revision.objects.get(referenceIn(entries.get('V')) ?? -1);
  if (signature === undefined) return { place: null, fields: [], faults: ['fieldUnexpected'] };
  const expected = new Set([field.number, signature.number]);
  for (const object of formObjects(revision, before, field.number, faults)) expected.add(object);
  const strangers = [...revision.objects.values()].filter(({ number, stream }) => stream !== null || !expected.has(number));
  const isNew = [field, signature].every(({ number }) => objectBefore(before, number) === undefined);
  if (strangers.length > 0 || !isNew) faults.add('revisionUnexpected');
  const place = placeOf(name, signature, revision, faults);
  return { place, fields: [field.number], faults: [...faults] };
}

function fieldSound(field: PdfObject, before: Before): boolean {
  const entries = dictOf(field.value);
  const page = objectBefore(before, referenceIn(entries.get('P')));
  const isPage = page !== undefined && isDict(page.value) && nameIn(page.value.entries.get('Type')) === 'Page';
  return (
    only(entries, fieldKeys) &&
    entries.size === fieldKeys.size &&
    nameIn(entries.get('FT')) === 'Sig' &&
    nameIn(entries.get('Type')) === 'Annot' &&
    nameIn(entries.get('Subtype')) === 'Widget' &&
    entries.get('F') === widgetFlags &&
    plainText(entries.get('Rect')) === '[0 0 0 0]' &&
    isPage
  );
}

/** The numbers of the form and the catalog in this revision, where they say no more than they must. */
function formObjects(revision: PdfRevision, before: Before, field: number, faults: Set<VerificationFault>): number[] {
  const catalogBefore = dictOf(objectBefore(before, revision.root)?.value);
  const catalog = revision.objects.get(revision.root);
  const latest = catalog === undefined ? catalogBefore : dictOf(catalog.value);
  const formNumber = referenceIn(latest.get('AcroForm'));
  const form = formNumber === null ? undefined : revision.objects.get(formNumber);
  if (formNumber === null || form === undefined) {
    faults.add('revisionUnexpected');
    return [];
  }
  const isFirst = before.fields.length === 0;
  const isNewForm = objectBefore(before, formNumber) === undefined;
  // The first signature brings the form, later ones find it: a catalog that changes again changes the document.
  const catalogSound = isFirst ? sameBut(latest, catalogBefore, 'AcroForm') : catalog === undefined;
  if (!catalogSound || isNewForm !== isFirst) faults.add('revisionUnexpected');
  if (!formSound(dictOf(form.value), [...before.fields, field])) faults.add('fieldUnexpected');
  return [formNumber, ...(isFirst ? [revision.root] : [])];
}

function formSound(form: ReadonlyMap<string, PdfValue>, fields: readonly number[]): boolean {
  return (
    only(form, formKeys) &&
    plainText(form.get('Fields')) === `[${fields.map((number) => `${number} R`).join(' ')}]` &&
    plainText(form.get('DR')) === formResources &&
    plainText(form.get('DA')) === `(${formAppearance})` &&
    form.get('NeedAppearances') === false &&
    form.get('SigFlags') === 3
  );
}

/** Where the signature stands, or null where its ranges do not say exactly: all of the file up to here, but for these bytes. */
function placeOf(
  field: string,
  { value, start }: PdfObject,
  { to }: PdfRevision,
  faults: Set<VerificationFault>,
): SignaturePlace | null {
  const entries = dictOf(value);
  const contents = entries.get('Contents');
  const sound =
    only(entries, signatureKeys) &&
    nameIn(entries.get('Type')) === 'Sig' &&
    nameIn(entries.get('Filter')) === 'Adobe.PPKLite' &&
    nameIn(entries.get('SubFilter')) === 'ETSI.CAdES.detached';
  if (!sound) faults.add('signatureWrong');
  if (!isKind(contents, 'string') || !contents.hex || contents.start < start) {
    faults.add('rangeWrong');
    return null;
  }
  const range = plainText(entries.get('ByteRange'));
  if (range !== `[0 ${contents.start} ${contents.end} ${to - contents.end}]`) faults.add('rangeWrong');
  const signed: [number, number][] = [
    [0, contents.start],
    [contents.end, to],
  ];
  return { field, contents, signed, signedAt: dateOf(entries.get('M')) };
}

/** `D:yyyymmddhhmmssZ`, as the signer writes it. */
function dateOf(value: PdfValue | undefined): string | null {
  const found = /^D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(textIn(value));
  if (found === null) return null;
  const [, year, month, day, hour, minute, second] = found;
  const instant = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(instant) ? null : new Date(instant).toISOString();
}

const nameCharsMax = 60;

/** A field's name, fit to be shown. */
function shownName(value: PdfValue | undefined): string {
  return textIn(value)
    .slice(0, nameCharsMax)
    .replace(/[^ -~]/g, '?');
}

function textIn(value: PdfValue | undefined): string {
  return isKind(value, 'string') ? value.bytes().toString('latin1') : '';
}

const only = (entries: ReadonlyMap<string, PdfValue>, keys: ReadonlySet<string>): boolean =>
  [...entries.keys()].every((key) => keys.has(key));

function isDict(value: PdfValue): value is Extract<PdfValue, { kind: 'dict' }> {
  return isKind(value, 'dict');
}
