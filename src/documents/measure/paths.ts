import type { MeasuredBox, MeasuredRule } from '../../office/form/measures.js';
import { type Matrix, mapped } from './matrix.js';

/** Corners of a part of a path, in millimetres, and how it is painted. */
export interface Path {
  readonly points: readonly (readonly [number, number])[];
  readonly painted: 'fill' | 'stroke';
  /** Only for strokes. */
  readonly widthPt: number;
  /** Parts of one path share it. */
  readonly id: number;
}

interface Pen {
  readonly ctm: Matrix;
  readonly width: number;
  readonly id: number;
}

/** How many coordinates follow each code in the reader's paths: move, line, curve, quadratic curve, close. */
const COORDINATES = [2, 2, 6, 4, 0] as const;
const FILLS: ReadonlySet<string> = new Set([
  'fill',
  'eoFill',
  'fillStroke',
  'eoFillStroke',
  'closeFillStroke',
  'closeEOFillStroke',
]);
const STROKES: ReadonlySet<string> = new Set([
  'stroke',
  'closeStroke',
  'fillStroke',
  'eoFillStroke',
  'closeFillStroke',
  'closeEOFillStroke',
]);
const mmPerPt = 25.4 / 72;

/** The parts of a path that an operator paints; none for one that only clips. */
export function pathsOf({ ctm, width, id }: Pen, operator: string, data: readonly number[]): readonly Path[] {
  const widthPt = (width * Math.hypot(ctm[0], ctm[1])) / mmPerPt;
  const kinds: Path['painted'][] = [];
  if (FILLS.has(operator)) kinds.push('fill');
  if (STROKES.has(operator)) kinds.push('stroke');
  return partsOf(data).flatMap((points) =>
    kinds.map((painted) => ({
      points: points.map(([x, y]) => mapped(ctm, x, y)),
      painted,
      widthPt: painted === 'stroke' ? widthPt : 0,
      id,
    })),
  );
}

/** The corners of each part of a path; of curves the ends. */
function partsOf(data: readonly number[]): readonly (readonly (readonly [number, number])[])[] {
  const parts: (readonly [number, number])[][] = [];
  let at = 0;
  while (at < data.length) {
    const code = data[at] ?? 0;
    const count = COORDINATES[code] ?? 0;
    const part = parts.at(-1);
    const end = [data[at + count - 1] ?? 0, data[at + count] ?? 0] as const;
    if (code === 0) parts.push([end]);
    else if (count > 0) part?.push(end);
    else if (part?.[0] !== undefined) part.push(part[0]);
    at += count + 1;
  }
  return parts;
}

/** Thinner than this is a line, not an area. */
const thinMm = 1.2;
/** Shorter than this is a dot or a dash of a letter, no line of the form. */
const ruleMmMin = 3;
/** How far the edges of lines that make one box may lie apart. */
const joinMm = 0.6;

interface Bounds extends MeasuredBox {
  readonly path: Path;
}

function boundsOf(path: Path): Bounds {
  return { ...boxAround(path.points), path };
}

/** The box around corners. */
export function boxAround(points: readonly (readonly [number, number])[]): MeasuredBox {
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const xMm = Math.min(...xs);
  const yMm = Math.min(...ys);
  return { xMm, yMm, widthMm: Math.max(...xs) - xMm, heightMm: Math.max(...ys) - yMm };
}

/** Horizontal lines and boxes among the painted paths, from top to bottom. A box of four lines counts as one, its lines as none. */
export function shapesOf(paths: readonly Path[]): {
  readonly rules: readonly MeasuredRule[];
  readonly boxes: readonly MeasuredBox[];
} {
  const all = paths.filter(({ points }) => points.length > 1).map(boundsOf);
  const flat = all.filter((one) => one.heightMm <= thinMm && one.widthMm >= ruleMmMin);
  const upright = all.filter((one) => one.widthMm <= thinMm && one.heightMm >= ruleMmMin);
  const drawnBoxes = all.filter(
    (one) => one.widthMm > thinMm && one.heightMm > thinMm && (one.path.painted === 'stroke' || isFrame(one, all)),
  );
  const built = builtBoxes(flat, upright);
  const rules = flat
    .filter((one) => !built.some(({ parts }) => parts.includes(one)))
    .map(({ xMm, yMm, widthMm, heightMm, path }) => ({
      xMm,
      yMm: yMm + heightMm / 2,
      lengthMm: widthMm,
      thicknessPt: path.painted === 'stroke' ? path.widthPt : heightMm / mmPerPt,
    }));
  const boxes = [...drawnBoxes.map(({ path }) => boxAround(path.points)), ...built.map(({ box }) => box)];
  return { rules: [...rules].sort((a, b) => a.yMm - b.yMm), boxes: [...boxes].sort((a, b) => a.yMm - b.yMm) };
}

/** Two rectangles of one filled path, one just inside the other: a border. */
function isFrame(outer: Bounds, all: readonly Bounds[]): boolean {
  return all.some((inner) => {
    if (inner.path.id !== outer.path.id || inner === outer || inner.path.painted !== 'fill') return false;
    const left = inner.xMm - outer.xMm;
    const top = inner.yMm - outer.yMm;
    const wide = outer.widthMm - inner.widthMm;
    return left > 0 && top > 0 && left <= thinMm && top <= thinMm && wide > 0 && wide <= 2 * thinMm;
  });
}

/** Boxes made of exactly four lines; the lines of a table meet others and make none. */
function builtBoxes(flat: readonly Bounds[], upright: readonly Bounds[]) {
  const near = (a: number, b: number): boolean => Math.abs(a - b) <= joinMm;
  return flat.flatMap((top) => {
    const bottom = flat.find((one) => one.yMm > top.yMm + ruleMmMin && near(one.xMm, top.xMm) && near(one.widthMm, top.widthMm));
    if (bottom === undefined) return [];
    const sides = upright.filter((one) => one.yMm <= top.yMm + joinMm && one.yMm + one.heightMm >= bottom.yMm - joinMm);
    const left = sides.find((one) => near(one.xMm, top.xMm));
    const right = sides.find((one) => near(one.xMm + one.widthMm, top.xMm + top.widthMm));
    if (left === undefined || right === undefined || sides.some((one) => one !== left && one !== right && within(one, top)))
      return [];
    const box = {
      xMm: top.xMm,
      yMm: top.yMm,
      widthMm: top.widthMm,
      heightMm: bottom.yMm + bottom.heightMm - top.yMm,
    };
    return near(left.heightMm, box.heightMm) ? [{ box, parts: [top, bottom] }] : [];
  });
}

function within(side: Bounds, top: Bounds): boolean {
  return side.xMm > top.xMm && side.xMm < top.xMm + top.widthMm;
}
