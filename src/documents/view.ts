import { TrinhkyError } from '../errors.js';
import { ruleSetFor } from '../office/form/ruleSets.js';
import { agencyInSentence } from '../office/papers/agencyName.js';
import { type CopyKind, numberAndSymbol, type Paper, type PaperContent, type Urgency } from '../office/papers/paper.js';
import { clean, listed, upper } from './printedText.js';
import { evenLines, italicWidthMm } from './textWidth.js';
import { type BlockView, blocksOf, bodyOf } from './viewBody.js';
import { type AddresseesView, addresseesOf, type EndView, endAsCopied, endOf } from './viewEnd.js';
import { appendixPage, type PageView, pageOf } from './viewPage.js';

/**
 * What the templates print, in the order of the form. Every text is NFC and free of control characters;
 * nothing is left for a template to compute, and no field is ever undefined (the templates are strict).
 */
export interface PaperView extends LetterheadView, EndView {
  /** For the window title and the PDF's metadata. */
  readonly documentTitle: string;
  readonly draft: boolean;
  readonly page: PageView;
  readonly stamp: { readonly kind: Urgency; readonly text: string } | null;
  /** Null for an official letter (công văn), whose title stands under the number as `V/v ...`. */
  readonly typeName: string | null;
  readonly title: string;
  /** The title as it is divided into lines. */
  readonly titleLines: readonly string[];
  readonly addressees: AddresseesView | null;
  /** Thẩm quyền ban hành over the grounds of a decision, and the word below them. */
  readonly enacting: { readonly by: readonly string[]; readonly word: string } | null;
  readonly bases: readonly string[];
  /** Only NĐ 30/2020 asks for it. */
  readonly basesItalic: boolean;
  readonly body: readonly BlockView[];
  readonly appendices: readonly AppendixView[];
  /** The paper that this one copies, which is printed before it; null for every other paper. */
  readonly copied: PaperView | null;
}

/** What a paper and the block of a copy have at their head. */
export interface LetterheadView {
  readonly superior: readonly string[];
  readonly issuer: readonly string[];
  /** `Số: 08/KH-UBND`. */
  readonly number: string;
  /** `Gò Vấp, ngày 09 tháng 02 năm 2010`; null on minutes. */
  readonly placeAndDate: string | null;
  /** How wide the country's column must be for a long place to stay on one line; null where its usual width serves. */
  readonly countryWidthMm: number | null;
}

export interface AppendixView {
  /** The kind of page it is printed on. */
  readonly name: string;
  readonly marker: string;
  readonly titleLines: readonly string[];
  /** `(Kèm theo Kế hoạch số 08/KH-UBND ngày ... của ...)`. */
  readonly attached: readonly string[];
  readonly body: readonly BlockView[];
}

/** The abbreviation that marks an official letter (công văn). */
const letterType = 'CV';
/** What a draft shows where number and date will stand. */
const notYet = '…';
const issuerWidthMm = 71;
/** The country's column beside it, and the narrowest that the issuer's may become for a long place. */
const countryUsualMm = 88;
const issuerWidthMmMin = 50;
const titleWidthMm = 148;
const stamps: Readonly<Record<Urgency, string>> = { khan: 'KHẨN', thuongKhan: 'THƯỢNG KHẨN', hoaToc: 'HỎA TỐC' };
const copyHeadings: Readonly<Record<CopyKind, string>> = { SY: 'SAO Y', SL: 'SAO LỤC', TrS: 'TRÍCH SAO' };

/**
 * The view of a paper (thể thức: NĐ 30/2020/NĐ-CP, Phụ lục I). Pure.
 * Throws `printFailed` {reason: 'incomplete', missing} for a final paper without number, day or signature, and
 * {reason: 'pictureInvalid'}.
 */
export function viewOf(paper: Paper): PaperView {
  requireComplete(paper);
  const { copy } = paper.content;
  if (copy === undefined) return viewAlone(paper, paper);
  const { copy: _, ...content } = copy.of.content;
  const original: Paper = { ...copy.of, content, final: true };
  const copied = viewAlone(original, original);
  const heading = copyHeadings[copy.kind];
  const own = viewAlone({ ...paper, content: { ...paper.content, typeName: heading, title: content.title } }, paper);
  return { ...own, page: pageOf(paper, original), copied: { ...copied, ...endAsCopied(copied) } };
}

/** `ngày 09 tháng 02 năm 2010`: a leading zero for days below ten and for the months 1 and 2 only (Phụ lục I, phần I, mục II.4). */
export function printedDate(day: string | null): string {
  if (day === null) {
    return `ngày ${notYet} tháng ${notYet} năm ${notYet}`;
  }
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  if (!parts) {
    throw new TrinhkyError('printFailed', { reason: 'dayInvalid', day });
  }
  const month = Number(parts[2]);
  return `ngày ${parts[3]} tháng ${month <= 2 ? `0${month}` : month} năm ${parts[1]}`;
}

function viewAlone(paper: Paper, whole: Paper): PaperView {
  const { content } = paper;
  const letter = content.type === letterType;
  const number = numberOf(paper);
  const title = clean(content.title);
  const placeAndDate = content.minutes === undefined ? `${clean(content.place)}, ${printedDate(paper.issuedOn)}` : null;
  const countryWidthMm = widened(placeAndDate);
  const leftMm = issuerWidthMm - (countryWidthMm === null ? 0 : countryWidthMm - countryUsualMm);
  const shownTitle = letter && !/^v\/v\b/iu.test(title) ? `V/v ${title}` : title;
  return {
    documentTitle: `${typeInSentence(content)} số ${number}: ${title.replaceAll('\n', ' ')}`,
    draft: !paper.final,
    page: pageOf(whole, whole),
    superior: content.issuer.superior === null ? [] : evenLines(clean(content.issuer.superior), 12, leftMm),
    issuer: evenLines(clean(content.issuer.name), 12, leftMm),
    number: `Số: ${number}`,
    placeAndDate,
    countryWidthMm,
    stamp: content.urgency === undefined ? null : { kind: content.urgency, text: stamps[content.urgency] },
    typeName: letter ? null : clean(content.typeName),
    title: shownTitle,
    titleLines: letter ? [shownTitle] : evenLines(title, 14, titleWidthMm),
    addressees: addresseesOf(content),
    enacting: enactingOf(content),
    bases: listed(content.bases.map(clean)),
    basesItalic: paper.issuedOn === null || ruleSetFor(paper.issuedOn) === 'ND30-2020',
    body: bodyOf(content.body),
    ...endOf(paper),
    appendices: appendicesOf(paper),
    copied: null,
  };
}

/** The country's column for an address line that is longer than its usual width; null for any other, and for one that no column holds. */
function widened(placeAndDate: string | null): number | null {
  const neededMm = placeAndDate === null ? 0 : Math.ceil(italicWidthMm(placeAndDate, 13) * 10) / 10;
  const mostMm = countryUsualMm + issuerWidthMm - issuerWidthMmMin;
  return neededMm > countryUsualMm && neededMm <= mostMm ? neededMm : null;
}

function requireComplete(paper: Paper): void {
  if (!paper.final) {
    return;
  }
  const missing = (['number', 'issuedOn', 'signature'] as const).filter((field) => paper[field] === null);
  if (missing.length > 0) {
    throw new TrinhkyError('printFailed', { reason: 'incomplete', missing });
  }
}

function numberOf({ number, content, numberYear }: Paper): string {
  const symbol = clean(content.symbol);
  return number === null ? `${notYet}/${symbol}` : numberAndSymbol(number, symbol, numberYear);
}

/** `Kế hoạch`, in the middle of a sentence and at its beginning. */
function typeInSentence(content: PaperContent): string {
  if (content.type === letterType) return 'Công văn';
  const lower = clean(content.typeName).toLocaleLowerCase('vi');
  return lower.charAt(0).toLocaleUpperCase('vi') + lower.slice(1);
}

function enactingOf({ enacting }: PaperContent): PaperView['enacting'] {
  if (enacting === undefined) return null;
  return { by: evenLines(upper(enacting.by), 14, titleWidthMm), word: clean(enacting.word) };
}

function appendicesOf(paper: Paper): readonly AppendixView[] {
  const { content } = paper;
  const named = `${typeInSentence(content)} số ${numberOf(paper)} ${printedDate(paper.issuedOn)}`;
  const by = agencyInSentence(clean(content.issuer.name));
  return (content.appendices ?? []).map((appendix, index) => ({
    name: appendixPage(index),
    marker: clean(appendix.marker),
    titleLines: evenLines(upper(appendix.title), 14, titleWidthMm),
    attached: evenLines(`(Kèm theo ${named} của ${by})`, 14, titleWidthMm),
    body: blocksOf(appendix.body, 2),
  }));
}
