import type { EndParts } from './locateEnd.js';
import type { HeadParts } from './locateHead.js';
import type { Spot } from './look.js';
import { bottomOf, type MeasuredLine, type MeasuredPage, topOf } from './measures.js';

/** What stands between head and end, page by page. */
export interface BodyParts {
  /** Each ground (căn cứ) with its lines. */
  readonly bases: readonly Spot[];
  /** Lines of the text outside tables, in order; one spot for each page. */
  readonly text: readonly Spot[];
  /** Markers and titles on lines of their own: `Chương I`, `Mục 1`, `I. ...`, `Điều 1. ...`. */
  readonly headings: readonly Heading[];
}

export interface Heading extends Spot {
  readonly kind: 'chapter' | 'chapterTitle' | 'section' | 'sectionTitle' | 'article' | 'part';
}

interface Area {
  readonly leftMm: number;
  readonly rightMm: number;
}

const BASIS = /^(?:Căn cứ|Theo đề nghị|Xét đề nghị|Theo Tờ trình)(?=\s)/u;
const KINDS: readonly (readonly [Heading['kind'], RegExp])[] = [
  ['chapter', /^(?:Phần|Chương)\s+(?:[IVXLCDM]+|thứ\s.*)$/u],
  ['section', /^(?:Mục|Tiểu mục)\s+\d+$/u],
  ['article', /^Điều\s+\d+\./u],
  ['part', /^[IVXLCDM]+\.\s+\p{Lu}/u],
];

export function bodyOf(pages: readonly MeasuredPage[], head: HeadParts, end: EndParts, area: Area): BodyParts {
  const spots = pages.flatMap((page): Spot[] => {
    const lines = page.lines.filter((line) => isBody(page, line, head, end) && !inBox(page, line));
    return lines.length === 0 ? [] : [{ page: page.number, lines }];
  });
  const bases = basesOf(spots[0], area);
  const grounds = new Set(bases.flatMap(({ lines }) => lines));
  const text = spots
    .map(({ page, lines }) => ({ page, lines: lines.filter((line) => !grounds.has(line)) }))
    .filter(({ lines }) => lines.length > 0);
  return { bases, text, headings: text.flatMap(headingsOf) };
}

function isBody(page: MeasuredPage, line: MeasuredLine, head: HeadParts, end: EndParts): boolean {
  if (page.number === 1 && line.baseMm <= head.headEndMm + 0.5) return false;
  if (topOf(line) < 18 || bottomOf(line) > page.heightMm - 18) return false;
  if (page.number === 1 && end.contact?.lines.includes(line)) return false;
  const last = end.recipientsHead ?? end.capacity;
  if (last === null || page.number < last.page) return true;
  const starts = [...(end.recipientsHead?.lines ?? []), ...(end.capacity?.lines ?? [])].map(({ baseMm }) => baseMm);
  return page.number === last.page && line.baseMm < Math.min(...starts) - 0.5;
}

function inBox(page: MeasuredPage, line: MeasuredLine): boolean {
  return page.boxes.some(
    ({ xMm, yMm, widthMm, heightMm }) =>
      yMm < line.baseMm && yMm + heightMm > line.baseMm && xMm <= line.xMm + 1 && xMm + widthMm > line.xMm,
  );
}

/** From the first line that begins like a ground to the last line of the last one: each ends with `;`, the last with `.`. */
function basesOf(spot: Spot | undefined, { leftMm }: Area): readonly Spot[] {
  if (spot === undefined) return [];
  const start = spot.lines.findIndex((line) => BASIS.test(line.text));
  if (start < 0) return [];
  const bases: MeasuredLine[][] = [];
  for (const line of spot.lines.slice(start)) {
    const begins = line.xMm > leftMm + 4 || BASIS.test(line.text);
    if (begins && !BASIS.test(line.text)) break;
    if (begins) bases.push([line]);
    else bases.at(-1)?.push(line);
  }
  return bases.map((lines) => ({ page: spot.page, lines }));
}

function headingsOf({ page, lines }: Spot): readonly Heading[] {
  const headings: Heading[] = [];
  lines.forEach((line, index) => {
    const kind = KINDS.find(([, pattern]) => pattern.test(line.text))?.[0];
    if (kind === undefined) return;
    if (kind === 'part' && !isTitle(line)) return;
    headings.push({ kind, page, lines: [line] });
    const next = lines[index + 1];
    if ((kind !== 'chapter' && kind !== 'section') || next === undefined) return;
    headings.push({ kind: kind === 'chapter' ? 'chapterTitle' : 'sectionTitle', page, lines: [next] });
  });
  return headings;
}

/** `I. NỘI DUNG` is a heading; `C. Mác viết` is a sentence. */
function isTitle({ text, runs }: MeasuredLine): boolean {
  const said = text.replace(/^[IVXLCDM]+\.\s+/u, '');
  return said === said.toLocaleUpperCase('vi') || runs.every(({ bold }) => bold);
}
