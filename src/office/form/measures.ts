/**
 * What an independent reader finds on the pages of a PDF. All lengths and places are millimetres from the top left corner of the page,
 * sizes of letters are points, colours are `#rrggbb` in lower case. `documents/measure` fills it; the form rules judge it.
 */
export interface PaperMeasures {
  readonly pages: readonly MeasuredPage[];
  readonly fonts: readonly MeasuredFont[];
}

export interface MeasuredPage {
  /** From 1. */
  readonly number: number;
  readonly widthMm: number;
  readonly heightMm: number;
  readonly widthPt: number;
  readonly heightPt: number;
  /** From top to bottom, on one height from left to right. Turned text is in `turned`. */
  readonly lines: readonly MeasuredLine[];
  /** Horizontal rules: strokes and thin filled rectangles. */
  readonly rules: readonly MeasuredRule[];
  readonly boxes: readonly MeasuredBox[];
  readonly images: readonly MeasuredBox[];
  /** Text that does not run from left to right along the page: marks across it. */
  readonly turned: readonly MeasuredRun[];
}

/** Letters of one font, size and colour that follow one another on a line. */
export interface MeasuredRun {
  readonly text: string;
  readonly xMm: number;
  /** The base line. */
  readonly baseMm: number;
  readonly widthMm: number;
  readonly sizePt: number;
  /** Family without subset tag and style: `Tinos`, `Times New Roman`. */
  readonly family: string;
  readonly bold: boolean;
  readonly italic: boolean;
  readonly colour: string;
}

/** Runs on one base line with no wide gap between them: what stands in two columns makes two lines. */
export interface MeasuredLine {
  /** NFC, single spaces. */
  readonly text: string;
  readonly xMm: number;
  readonly baseMm: number;
  readonly widthMm: number;
  /** Largest size on the line. */
  readonly sizePt: number;
  readonly runs: readonly MeasuredRun[];
}

export interface MeasuredRule {
  readonly xMm: number;
  readonly yMm: number;
  readonly lengthMm: number;
  readonly thicknessPt: number;
}

export interface MeasuredBox {
  readonly xMm: number;
  readonly yMm: number;
  readonly widthMm: number;
  readonly heightMm: number;
}

export interface MeasuredFont {
  /** As the file names it, without the subset tag. */
  readonly name: string;
  readonly family: string;
  readonly embedded: boolean;
}

/** Where the letters of a line reach, as parts of its size: ascent and descent of Times New Roman and of what is metric-compatible. */
const ASCENT = 0.891;
const DESCENT = 0.216;
export const mmPerPt = 25.4 / 72;

export function topOf(line: Pick<MeasuredLine, 'baseMm' | 'sizePt'>): number {
  return line.baseMm - line.sizePt * ASCENT * mmPerPt;
}

export function bottomOf(line: Pick<MeasuredLine, 'baseMm' | 'sizePt'>): number {
  return line.baseMm + line.sizePt * DESCENT * mmPerPt;
}

export function centreOf(line: Pick<MeasuredLine, 'xMm' | 'widthMm'>): number {
  return line.xMm + line.widthMm / 2;
}

export function rightOf(line: Pick<MeasuredLine, 'xMm' | 'widthMm'>): number {
  return line.xMm + line.widthMm;
}
