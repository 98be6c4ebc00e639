import type { PaperContent } from '../papers/paper.js';
import { type BodyParts, bodyOf } from './locateBody.js';
import { type EndParts, endOf } from './locateEnd.js';
import { type HeadParts, headOf } from './locateHead.js';
import type { Spot } from './look.js';
import { bottomOf, type MeasuredLine, type MeasuredPage, type PaperMeasures, rightOf } from './measures.js';

/** An appendix on its pages: marker, title and the line that names the paper it belongs to. */
export interface AppendixSpot {
  readonly firstPage: number;
  readonly pages: number;
  readonly marker: Spot;
  readonly title: Spot | null;
  readonly note: Spot | null;
}

/** Where the parts of a paper stand on its print. What was not found is null. */
export interface Located extends HeadParts, BodyParts, EndParts {
  /** Pages before the first appendix. */
  readonly mainPages: readonly MeasuredPage[];
  readonly appendices: readonly AppendixSpot[];
  /** The text area, from the margins that the text keeps. */
  readonly leftMm: number;
  readonly rightMm: number;
}

const APPENDIX = /^Phụ lục(?:\s+[IVXLCDM\d]+)?$/iu;
/** Edges that lie no further apart are one. */
const sameEdgeMm = 0.3;
const rightMarginMmMin = 15;
const edgeToleranceMm = 0.5;
/** Appendix and its title begin a page. */
const beginsAboveMm = 60;

/** Finds the parts of a paper by their words and their place; with the content also by what they must say. */
export function locate(measures: PaperMeasures, content: PaperContent | null): Located | null {
  const [first] = measures.pages;
  if (first === undefined) return null;
  const appendices = appendicesOf(measures.pages);
  const begins = appendices[0]?.firstPage ?? measures.pages.length + 1;
  const mainPages = measures.pages.filter(({ number }) => number < begins);
  const { leftMm, rightMm } = areaOf(mainPages);
  const shown = content?.copy === undefined ? content : content.copy.of.content;
  const head = headOf(first, shown);
  const end = endOf(mainPages);
  const body = bodyOf(mainPages, head, endOf(mainPages, 'first'), { leftMm, rightMm });
  return { ...head, ...end, ...body, mainPages, appendices, leftMm, rightMm };
}

/** The page's number, where it is shown: digits alone in the top or the bottom margin. */
export function pageNumberOf(page: MeasuredPage): MeasuredLine | null {
  return (
    page.lines.find(
      (line) => /^[-–]?\s*\d{1,4}\s*[-–]?$/u.test(line.text) && (line.baseMm < 20 || bottomOf(line) > page.heightMm - 20),
    ) ?? null
  );
}

function appendicesOf(pages: readonly MeasuredPage[]): readonly AppendixSpot[] {
  const starts = pages.flatMap((page) => {
    const index = page.lines.findIndex((line) => APPENDIX.test(line.text) && line.baseMm < beginsAboveMm);
    const line = page.lines[index];
    if (line === undefined || page.number === 1) return [];
    const after = page.lines.slice(index + 1);
    const note = after.findIndex((one) => /^\(Kèm theo/iu.test(one.text));
    const titled = after.slice(0, note < 0 ? titleLines(after) : note);
    const noteEnd = after.findIndex((one, at) => at >= note && one.text.endsWith(')'));
    return [{ page, line, title: titled, note: note < 0 ? [] : after.slice(note, noteEnd + 1) }];
  });
  const spot = (page: MeasuredPage, lines: readonly MeasuredLine[]): Spot | null =>
    lines.length === 0 ? null : { page: page.number, lines };
  return starts.map(({ page, line, title, note }, index) => ({
    firstPage: page.number,
    pages: (starts[index + 1]?.page.number ?? pages.length + 1) - page.number,
    marker: { page: page.number, lines: [line] },
    title: spot(page, title),
    note: spot(page, note),
  }));
}

function titleLines(after: readonly MeasuredLine[]): number {
  const end = after.findIndex((line) => line.text !== line.text.toLocaleUpperCase('vi'));
  return Math.max(end, 0);
}

/**
 * Left and right edge of the text. Left: the outermost place at which more than one line begins. Right: the farthest that any line
 * reaches without leaving the margin box, since few lines of a short paper are full.
 */
function areaOf(pages: readonly MeasuredPage[]): { leftMm: number; rightMm: number } {
  const upright = pages.filter((page) => page.heightMm > page.widthMm);
  const lines = upright.flatMap((page) => page.lines);
  const starts = lines.map((line) => line.xMm);
  const shared = (one: number): boolean => starts.filter((other) => Math.abs(other - one) <= sameEdgeMm).length > 1;
  const legal = (upright[0]?.widthMm ?? 210) - rightMarginMmMin + edgeToleranceMm;
  return {
    leftMm: minimum(starts.filter((one) => one < 60 && shared(one))) ?? 30,
    rightMm: maximum(lines.map(rightOf).filter((one) => one > 150 && one <= legal)) ?? 190,
  };
}

function minimum(values: readonly number[]): number | null {
  return values.length === 0 ? null : Math.min(...values);
}

function maximum(values: readonly number[]): number | null {
  return values.length === 0 ? null : Math.max(...values);
}

/** The commonest value to half a millimetre; the smaller of two as common. */
export function commonest(values: readonly number[]): number | null {
  const counts = new Map<number, number[]>();
  for (const value of values) {
    const key = Math.round(value * 2);
    counts.set(key, [...(counts.get(key) ?? []), value]);
  }
  const [best] = [...counts.values()].sort((a, b) => b.length - a.length);
  return best === undefined ? null : best.reduce((sum, one) => sum + one, 0) / best.length;
}
