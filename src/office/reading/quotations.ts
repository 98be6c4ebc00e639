import type { Span } from './planReading.js';

/** Longest provision that is taken for a quotation; a mark that is not closed by then is dirt. */
const quotationCharsMax = 12_000;
// “Điều 5. ...”, “2. ...”, “…đ) ...”: what is quoted has a number of its own in the paper from which it is taken.
const PROVISION = /^“\s*(?:…|\.{3})?\s*(?:(?:Điều|Khoản|Điểm|Mục|Chương|Phụ\s+lục)\s|\d{1,2}[a-z]?[.)]\s|[a-zđ][.)]\s)/u;
const provisionHeadChars = 40;

/**
 * Where a body quotes provisions of other papers, in order: from a mark “ that follows a colon or begins with a number to the ” that
 * closes it. The numbering inside is not the paper's own.
 */
export function quotationsIn(text: string, from: number, end: number): Span[] {
  const spans: Span[] = [];
  const open: number[] = [];
  for (let at = from; at < end; at += 1) {
    if (text[at] === '“') open.push(at);
    if (text[at] !== '”') continue;
    const start = open.pop();
    if (start === undefined || open.length > 0 || at - start > quotationCharsMax) continue;
    const led = /:\s*$/u.test(text.slice(Math.max(from, start - 8), start));
    if (led || PROVISION.test(text.slice(start, start + provisionHeadChars))) spans.push([start, at + 1]);
  }
  return spans;
}
