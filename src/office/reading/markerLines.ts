import type { Marker } from './marker.js';
import { PARAGRAPH } from './scraped.js';

/** Longest heading after which the first item needs no stop. */
export const headingCharsMax = 220;
const shortHeadingCharsMax = 120;

/** How wide the lines of a text run: all but a few are not longer. */
function widthOf(text: string): number {
  const lengths = text
    .split(/[\n\u2029]/u)
    .map((line) => line.length)
    .sort((a, b) => a - b);
  return lengths[Math.floor(lengths.length * 0.95)] ?? 0;
}

const FIRST_LINE = /(?:^|[\n\u2029])((?:\d{1,2}[.)]|[a-zđ]\)|[-–+])\s[^\n\u2029]*)\n(?=\p{Ll})/gu;
const firstLinesMin = 4;

/**
 * How wide the first lines of items run that go on in the next line: collections wrap them earlier than the others. Infinity where
 * there are too few to tell.
 */
function firstWidthOf(text: string): number {
  const lengths = [...text.matchAll(FIRST_LINE)].map((line) => (line[1] ?? '').length).sort((a, b) => a - b);
  return lengths.length < firstLinesMin ? Number.POSITIVE_INFINITY : (lengths[Math.floor(lengths.length / 2)] ?? 0);
}

// Only some articles have a title; the words of the others begin on its line.
const ARTICLE_TITLE = /^(?:Hiệu lực|Trách nhiệm|Điều khoản|Tổ chức thực hiện|Phạm vi|Đối tượng)(?!\p{L})/u;

/**
 * How a body is laid out: `width` of a line in which a heading may end, `laid` in lines at all, `loose` where blank lines part its
 * paragraphs.
 */
export function layoutOf(body: string): { readonly width: number; readonly laid: boolean; readonly loose: boolean } {
  const breaks = body.match(/[\n\u2029]/gu) ?? [];
  const paragraphs = breaks.filter((mark) => mark === PARAGRAPH).length;
  return {
    width: Math.min(widthOf(body), firstWidthOf(body)),
    laid: breaks.length >= linesMin,
    loose: paragraphs >= linesMin || (paragraphs > 0 && paragraphs === breaks.length),
  };
}

const linesMin = 5;

/** Whether a heading ended with the line before: the line was left short although the next word would have found room on it. */
export function headingEndsAt(text: string, at: number, previous: Marker | undefined, width: number): boolean {
  if (!previous || !['part', 'article', 'section', 'number', 'letter', 'bracket'].includes(previous.kind)) return false;
  const heading = text.slice(previous.textStart, at - 1);
  if (previous.kind === 'article' && !ARTICLE_TITLE.test(heading)) return false;
  if (heading.length > shortHeadingCharsMax || /[\n\u2029]|[.;,:]\s*$/u.test(heading) || !/^[\p{Lu}“"]/u.test(heading))
    return false;
  const next = text.slice(at, at + 40);
  if (!/^[\p{Lu}“"]/u.test(next)) return false;
  const word = /^\S+/u.exec(next)?.[0].length ?? 0;
  return at - 1 - previous.start + 1 + word < width - 2;
}

/** How paragraphs are told here; `loud` where a heading in capitals ends and a sentence begins, with or without a line break. */
export function linesAt(
  text: string,
  at: number,
  previous: Marker | undefined,
  { loose, early }: { loose: boolean; early: boolean },
): 'early' | 'loud' | 'loose' | 'dense' {
  if (early) return 'early';
  if (previous && (previous.kind === 'section' || previous.kind === 'part') && at > previous.textStart) {
    const heading = text.slice(previous.textStart, at);
    const capitals = heading.length <= headingCharsMax && /\p{Lu}{2}/u.test(heading) && !/\p{Ll}/u.test(heading);
    if (capitals && /^\p{Lu}\p{Ll}*\s+[\p{Ll}\d]/u.test(text.slice(at, at + 20))) return 'loud';
  }
  return loose ? 'loose' : 'dense';
}

/** A line that begins with a dash within a long numbered item that has not come to a stop, and has had one before: a wrapped name. */
export function breaksSentence(text: string, at: number, previous: Marker | undefined): boolean {
  if (previous === undefined || !['number', 'letter', 'paragraph'].includes(previous.kind)) return false;
  const item = text.slice(previous.textStart, at);
  return item.length > headingCharsMax && /[.;]\s/u.test(item) && !/[.;:]\s*$/u.test(item);
}
