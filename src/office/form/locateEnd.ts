import type { Spot } from './look.js';
import { centreOf, type MeasuredLine, type MeasuredPage, topOf } from './measures.js';

/** The end of a paper: cells 7, 9b, 12 and 13 of the form. */
export interface EndParts {
  /** Quyền hạn, chức vụ. */
  readonly capacity: Spot | null;
  readonly signer: Spot | null;
  readonly recipientsHead: Spot | null;
  readonly recipients: Spot | null;
  /** Below the line across page 1. */
  readonly contact: Spot | null;
  /** The line above it. */
  readonly contactRuleMm: { readonly xMm: number; readonly lengthMm: number } | null;
}

/** The place between title and name holds a signature: wider than any gap between lines. */
const signatureGapMm = 12;
/** Lines of a list stand closer than this. */
const listGapMm = 9;

/** The last end among the pages, or the first: a copy has the end of the paper that it copies before its own. */
export function endOf(pages: readonly MeasuredPage[], which: 'first' | 'last' = 'last'): EndParts {
  const has = ({ lines }: MeasuredPage): boolean => lines.some(isRecipientsHead);
  const page = which === 'last' ? pages.findLast(has) : pages.find(has);
  const contact = contactOf(pages[0]);
  const none = { capacity: null, signer: null, recipientsHead: null, recipients: null, ...contact };
  const head = which === 'last' ? page?.lines.findLast(isRecipientsHead) : page?.lines.find(isRecipientsHead);
  if (page === undefined || head === undefined) return none;
  const spot = (lines: readonly MeasuredLine[]): Spot | null => (lines.length === 0 ? null : { page: page.number, lines });
  const foot = page.heightMm - 20;
  const middle = page.widthMm / 2;
  const right = page.lines.filter(
    (line) => centreOf(line) > middle && line.xMm > head.xMm + 35 && line.baseMm > head.baseMm - 14,
  );
  const signing = right.filter((line) => topOf(line) < foot && line.runs.some(({ bold }) => bold));
  const block = afterBody(signing, head);
  const gap = block.findIndex((line, index) => index > 0 && line.baseMm - (block[index - 1]?.baseMm ?? 0) > signatureGapMm);
  const left = page.lines.filter((line) => line.baseMm > head.baseMm + 1 && centreOf(line) < middle && topOf(line) < foot);
  return {
    ...contact,
    capacity: spot(gap < 0 ? block : block.slice(0, gap)),
    signer: spot(gap < 0 ? [] : block.slice(gap, gap + 1)),
    recipientsHead: spot([head]),
    recipients: spot(listed(left, head)),
  };
}

function isRecipientsHead(line: MeasuredLine): boolean {
  return /^Nơi nhận\s*:?$/u.test(line.text);
}

/** The lines that follow one another below `Nơi nhận`: what stands at the foot of the page is none of them. */
function listed(lines: readonly MeasuredLine[], head: MeasuredLine): readonly MeasuredLine[] {
  let last = head.baseMm;
  const end = lines.findIndex((line) => {
    const apart = line.baseMm - last > listGapMm;
    last = line.baseMm;
    return apart;
  });
  return end < 0 ? lines : lines.slice(0, end);
}

/** Lines above `Nơi nhận` belong to the block only where they follow one another down to its level. */
function afterBody(lines: readonly MeasuredLine[], head: MeasuredLine): readonly MeasuredLine[] {
  const level = lines.findIndex((line) => line.baseMm >= head.baseMm - 3);
  if (level < 0) return [];
  let start = level;
  while (start > 0 && (lines[start]?.baseMm ?? 0) - (lines[start - 1]?.baseMm ?? 0) < 8) start -= 1;
  return lines.slice(start);
}

/** A line across the text area in the lowest part of page 1 has the agency's address below it. */
function contactOf(page: MeasuredPage | undefined): Pick<EndParts, 'contact' | 'contactRuleMm'> {
  const rule = page?.rules.findLast(({ yMm, lengthMm }) => yMm > page.heightMm - 60 && lengthMm > 120);
  if (page === undefined || rule === undefined) return { contact: null, contactRuleMm: null };
  const lines = page.lines.filter((line) => topOf(line) >= rule.yMm - 0.5 && /[\p{L}]/u.test(line.text));
  return {
    contact: lines.length === 0 ? null : { page: page.number, lines },
    contactRuleMm: { xMm: rule.xMm, lengthMm: rule.lengthMm },
  };
}
