/** One line of a page, as the file draws it; points from the lower left corner. */
export interface PdfLine {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly y: number;
  /** Height of the letters. */
  readonly size: number;
}

export interface PdfPage {
  readonly height: number;
  readonly lines: readonly PdfLine[];
}

/** Part of the height at either end in which running marks stand. */
const marginShare = 0.12;
/** Two places count as the same within this. */
const samePt = 2.5;
/** A line that ends so near the right edge was broken by the width, not by its author. */
const edgeShare = 0.04;
/** From one line to the next within a paragraph, in heights of letters: line spacing up to 1.5, and some air. */
const pitchMax = 2.1;

/**
 * The pages as paragraphs, one a line: what was broken by the width is joined again, also over the end of a page, so that whoever reads
 * the text need not guess where a paragraph ends. Page numbers, and marks that return at the same place of several pages, are no
 * text of the paper and are left out. Pure.
 */
export function paragraphsOf(pages: readonly PdfPage[]): string {
  const bodies = withoutMarks(pages);
  const edges = edgesOf(bodies.flat());
  const out: string[] = [];
  let before: PdfLine | null = null;
  for (const lines of bodies) {
    let first = true;
    for (const line of lines) {
      if (before !== null && goesOn(before, line, first, edges)) out.push(`${out.pop() ?? ''} ${line.text.trim()}`);
      else out.push(line.text);
      before = line;
      first = false;
    }
  }
  return out.join('\n');
}

interface Edges {
  readonly left: number;
  readonly right: number;
  /** First lines are indented, so that a line at the edge begins nothing. */
  readonly indented: boolean;
}

/** From so far to so far right of the edge a first line begins. */
const indentPtMin = 12;
const indentPtMax = 60;
/** Of all lines, at least so many begin indented where that is the custom of the paper. */
const indentedShareMin = 0.08;
/** What begins an item of a list. */
const ITEM = /^(?:[-–+*•]\s|\d{1,2}(?:\.\d{1,2})*[.)]\s|[a-zđ][.)]\s|[IVX]{1,5}[.)]\s|Điều\s+\d|\(\d{1,2}\)\s)/u;

/** So many lines at least, and this share of them, begin or end where the running text does. */
const commonMin = 3;
const commonShareMin = 0.08;

/** Where the running text begins and ends: the outermost places at which lines begin and end again and again. */
function edgesOf(lines: readonly PdfLine[]): Edges {
  const lefts = common(lines.map((line) => line.left));
  const rights = common(lines.map((line) => line.right));
  const left = lefts.length === 0 ? 0 : Math.min(...lefts);
  const right = rights.length === 0 ? 0 : Math.max(...rights);
  const first = lines.filter((line) => line.left >= left + indentPtMin && line.left <= left + indentPtMax);
  return { left, right, indented: first.length >= lines.length * indentedShareMin };
}

function common(values: readonly number[]): readonly number[] {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(Math.round(value), (counts.get(Math.round(value)) ?? 0) + 1);
  const least = Math.max(commonMin, values.length * commonShareMin);
  return [...counts].filter(([, count]) => count >= least).map(([value]) => value);
}

/** Whether `line` is the rest of the paragraph in which `before` stands. */
function goesOn(before: PdfLine, line: PdfLine, newPage: boolean, { left, right, indented }: Edges): boolean {
  const full = Math.abs(before.right - right) <= (right - left) * edgeShare;
  const atEdge = Math.abs(line.left - left) <= samePt;
  const alike = Math.abs(before.size - line.size) <= 1;
  const gap = before.y - line.y;
  const near = newPage || (gap > 0 && gap <= pitchMax * line.size);
  return full && atEdge && alike && near && right > left && (indented || !ITEM.test(line.text));
}

/** The lines of each page without what only numbers or marks it. */
function withoutMarks(pages: readonly PdfPage[]): readonly (readonly PdfLine[])[] {
  const places = new Map<string, number>();
  for (const page of pages)
    for (const key of new Set(page.lines.flatMap((line) => markKeys(page, line)))) places.set(key, (places.get(key) ?? 0) + 1);
  return pages.map((page) =>
    page.lines.filter((line) => line.text.trim() !== '' && !markKeys(page, line).some((key) => (places.get(key) ?? 0) > 1)),
  );
}

/** Keys under which a line in the margin is found again on another page; a bare number counts whatever its value. */
function markKeys(page: PdfPage, { text, y }: PdfLine): readonly string[] {
  const low = y < page.height * marginShare;
  if (!low && y < page.height * (1 - marginShare)) return [];
  const words = text.trim().replace(/^[-–]?\s*\d{1,4}\s*[-–]?$/u, '#');
  const place = Math.round(y / samePt);
  // A place on the border of two steps is found from both sides.
  return [`${low} ${words} ${place}`, `${low} ${words} ${place + 1}`];
}
