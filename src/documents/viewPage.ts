import { ruleSetFor } from '../office/form/ruleSets.js';
import { agencyInSentence } from '../office/papers/agencyName.js';
import type { Paper, PaperContent } from '../office/papers/paper.js';
import { clean, cssText } from './printedText.js';
import { boldWidthMm } from './textWidth.js';

/**
 * What stands around the text: page numbers, and what only page 1 bears. The texts are CSS strings (cssText), because they are
 * printed by the style of the pages, not by the flow of the text.
 */
export interface PageView {
  /** Page numbers at the right of the foot (TT 01/2011) instead of in the middle of the top margin. */
  readonly numbersAtFoot: boolean;
  /** What is kept free at the foot of page 1 for contact and code. */
  readonly footMm: number;
  /** Address, e-mail, telephone (ô 13). */
  readonly contact: string | null;
  /** From the text's edge down to the code. */
  readonly codeTopMm: number;
  readonly code: string | null;
  /** The stamp over the country's name (ô 11). */
  readonly circulation: { readonly text: string; readonly widthMm: number } | null;
  /** The agency's signature on an electronic copy, in words (ô 14). */
  readonly corner: string | null;
  /** On every page: that it is a draft, or signed with test keys. */
  readonly mark: string | null;
  /** Each appendix is a kind of page with page numbers of its own. */
  readonly appendices: readonly { readonly name: string; readonly landscape: boolean }[];
  readonly pictures: boolean;
  /** The same texts as somebody reads them, not as the style prints them. */
  readonly around: AroundView;
}

/** What is printed around the text, in words. */
export interface AroundView {
  readonly corner: string | null;
  readonly circulation: string | null;
  readonly contact: string | null;
  readonly code: string | null;
  readonly mark: string | null;
}

const contactLineMm = 4.7;
const contactMmMax = 160;
const contactGapMm = 3;
const codeLineMm = 4.5;
const stampPaddingMm = 8;
const zoneOffsetMs = 7 * 3_600_000;

const copyNames = { SY: 'Sao y', SL: 'Sao lục', TrS: 'Trích sao' } as const;

/** `shown` is the paper whose text is printed: the paper itself, or the one that it copies. */
export function pageOf(paper: Paper, shown: Paper): PageView {
  const { content } = shown;
  const around = aroundOf(paper, content);
  const { contact, code, circulation } = around;
  const contactMm = contact === null ? 0 : contactGapMm + contactLines(contact) * contactLineMm;
  return {
    numbersAtFoot: shown.issuedOn !== null && ruleSetFor(shown.issuedOn) === 'TT01-2011',
    footMm: rounded(contactMm + (code === null ? 0 : codeLineMm)),
    contact: inStyle(contact),
    codeTopMm: rounded(contactMm),
    code: inStyle(code),
    circulation:
      circulation === null
        ? null
        : { text: cssText(circulation), widthMm: rounded(boldWidthMm(circulation, 13) + stampPaddingMm) },
    corner: inStyle(around.corner),
    mark: inStyle(around.mark),
    appendices: (content.appendices ?? []).map(({ orientation }, index) => ({
      name: appendixPage(index),
      landscape: orientation === 'landscape',
    })),
    pictures: (paper.pictures?.signature ?? paper.pictures?.seal ?? null) !== null,
    around,
  };
}

function aroundOf(paper: Paper, { contact, circulation }: PaperContent): AroundView {
  return {
    corner: cornerOf(paper),
    circulation: circulation ?? null,
    contact: contact === undefined ? null : clean(contact),
    code: paper.code === undefined || paper.code === null ? null : `Mã tra cứu: ${clean(paper.code)}`,
    mark: markOf(paper),
  };
}

function inStyle(text: string | null): string | null {
  return text === null ? null : cssText(text);
}

export function appendixPage(index: number): string {
  return `appendix${index + 1}`;
}

/** Bold letters are wider than the upright ones of the contact line: rather a line too many than one too few. */
function contactLines(contact: string): number {
  return contact.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(boldWidthMm(line, 11) / contactMmMax)), 0);
}

function markOf(paper: Paper): string | null {
  if (!paper.final) return 'DỰ THẢO';
  return paper.test === true ? 'BẢN THỬ NGHIỆM - KÝ BẰNG CHỨNG THƯ SỐ THỬ NGHIỆM' : null;
}

/** `Sao y; Ủy ban nhân dân quận Gò Vấp; 09/02/2010; 10:11:12 +07:00`. */
function cornerOf({ content, issuedOn, signingAt }: Paper): string | null {
  const { copy } = content;
  if (copy?.electronic !== true || issuedOn === null) return null;
  const local =
    signingAt === undefined || signingAt === null ? null : new Date(Date.parse(signingAt) + zoneOffsetMs).toISOString();
  const day = (local?.slice(0, 10) ?? issuedOn).split('-').reverse().join('/');
  const time = local === null ? [] : [`${local.slice(11, 19)} +07:00`];
  return [copyNames[copy.kind], agencyInSentence(clean(content.issuer.name)), day, ...time].join('; ');
}

function rounded(lengthMm: number): number {
  return Math.round(lengthMm * 10) / 10;
}
