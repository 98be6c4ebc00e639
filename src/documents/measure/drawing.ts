import type { FontFace } from './fontNames.js';
import { identity, type Matrix, mapped, matrixOf, numbersOf, times } from './matrix.js';
import { type Path, pathsOf } from './paths.js';

/** One letter as it stands on the page; millimetres from the top left corner. */
export interface Letter {
  readonly text: string;
  readonly xMm: number;
  readonly baseMm: number;
  readonly widthMm: number;
  readonly sizePt: number;
  readonly face: FontFace;
  readonly colour: string;
  /** Runs from left to right along the page. */
  readonly level: boolean;
}

export interface Drawing {
  readonly letters: readonly Letter[];
  readonly paths: readonly Path[];
  /** Corners of each picture. */
  readonly images: readonly (readonly (readonly [number, number])[])[];
}

/** The names of the reader's operators by their numbers, and the operators of one page. */
export interface Operators {
  readonly names: ReadonlyMap<number, string>;
  readonly functions: readonly number[];
  readonly args: readonly unknown[];
}

interface State {
  ctm: Matrix;
  fill: string;
  lineWidth: number;
  face: FontFace | null;
  fontSize: number;
  charSpacing: number;
  wordSpacing: number;
  scale: number;
  leading: number;
  rise: number;
  hidden: boolean;
  text: Matrix;
  lineX: number;
  lineY: number;
  x: number;
  y: number;
}

interface Painter {
  state: State;
  readonly stack: State[];
  readonly names: Operators['names'];
  readonly faceOf: (name: string) => FontFace;
  readonly letters: Letter[];
  readonly paths: Path[];
  readonly images: (readonly (readonly [number, number])[])[];
  pathId: number;
}

/** A page with more letters than this is no paper; the rest of it is not measured. */
export const lettersPerPageMax = 60_000;
const depthMax = 200;
const mmPerPt = 25.4 / 72;
/** Invisible text, and text that only clips. */
const HIDDEN_MODES: ReadonlySet<number> = new Set([3, 7]);

/** Walks the operators of a page and answers what they paint. `base` maps user space to millimetres from the top left corner. */
export function drawn(operators: Operators, base: Matrix, faceOf: (name: string) => FontFace): Drawing {
  const { names } = operators;
  const painter: Painter = { state: start(base), stack: [], names, faceOf, letters: [], paths: [], images: [], pathId: 0 };
  operators.functions.forEach((code, index) => {
    const handler = handlers[names.get(code) ?? ''];
    if (handler !== undefined) handler(painter, listOf(operators.args[index]));
  });
  return painter;
}

function start(ctm: Matrix): State {
  return {
    ctm,
    fill: '#000000',
    lineWidth: 1,
    face: null,
    fontSize: 0,
    charSpacing: 0,
    wordSpacing: 0,
    scale: 1,
    leading: 0,
    rise: 0,
    hidden: false,
    text: identity,
    lineX: 0,
    lineY: 0,
    x: 0,
    y: 0,
  };
}

type Handler = (painter: Painter, args: readonly unknown[]) => void;

const number = (value: unknown): number => (typeof value === 'number' && Number.isFinite(value) ? value : 0);
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function save(painter: Painter): void {
  if (painter.stack.length < depthMax) painter.stack.push({ ...painter.state });
}

function restore(painter: Painter): void {
  painter.state = painter.stack.pop() ?? painter.state;
}

function transform({ state }: Painter, matrix: Matrix | null): void {
  if (matrix !== null) state.ctm = times(state.ctm, matrix);
}

function move({ state }: Painter, x: number, y: number): void {
  state.lineX += x;
  state.lineY += y;
  state.x = state.lineX;
  state.y = state.lineY;
}

const image: Handler = ({ state, images }) => {
  const corners = [[0, 0] as const, [1, 0] as const, [1, 1] as const, [0, 1] as const];
  images.push(corners.map(([x, y]) => mapped(state.ctm, x, y)));
};

const setText: Handler = ({ state }, [matrix]) => {
  state.text = matrix === undefined ? identity : (matrixOf(matrix) ?? identity);
  Object.assign(state, { lineX: 0, lineY: 0, x: 0, y: 0 });
};

const handlers: Readonly<Record<string, Handler>> = {
  save,
  restore,
  transform: (painter, args) => transform(painter, matrixOf(args)),
  setLineWidth: ({ state }, [width]) => {
    state.lineWidth = number(width);
  },
  setFillRGBColor: ({ state }, [colour]) => {
    state.fill = typeof colour === 'string' ? colour.toLowerCase() : '#000000';
  },
  beginText: (painter) => setText(painter, []),
  setTextMatrix: setText,
  setFont: ({ state, faceOf }, [name, size]) => {
    state.face = typeof name === 'string' ? faceOf(name) : null;
    state.fontSize = number(size);
  },
  setCharSpacing: ({ state }, [spacing]) => {
    state.charSpacing = number(spacing);
  },
  setWordSpacing: ({ state }, [spacing]) => {
    state.wordSpacing = number(spacing);
  },
  setHScale: ({ state }, [scale]) => {
    state.scale = number(scale) / 100;
  },
  setLeading: ({ state }, [leading]) => {
    state.leading = -number(leading);
  },
  setTextRise: ({ state }, [rise]) => {
    state.rise = number(rise);
  },
  setTextRenderingMode: ({ state }, [mode]) => {
    state.hidden = HIDDEN_MODES.has(number(mode));
  },
  moveText: (painter, [x, y]) => move(painter, number(x), number(y)),
  setLeadingMoveText: (painter, [x, y]) => {
    painter.state.leading = number(y);
    move(painter, number(x), number(y));
  },
  nextLine: (painter) => move(painter, 0, painter.state.leading),
  showText: (painter, [glyphs]) => show(painter, listOf(glyphs)),
  constructPath: (painter, [painting, data]) => {
    const { state } = painter;
    const [points] = listOf(data);
    painter.pathId += 1;
    const pen = { ctm: state.ctm, width: state.lineWidth, id: painter.pathId };
    painter.paths.push(...pathsOf(pen, painter.names.get(number(painting)) ?? '', numbersOf(points)));
  },
  paintImageXObject: image,
  paintInlineImageXObject: image,
  paintImageMaskXObject: image,
  paintFormXObjectBegin: (painter, [matrix]) => {
    save(painter);
    transform(painter, matrixOf(matrix));
  },
  paintFormXObjectEnd: restore,
  beginGroup: (painter, [group]) => {
    save(painter);
    transform(painter, matrixOf((group as { matrix?: unknown } | null | undefined)?.matrix));
  },
  endGroup: restore,
};

interface Glyph {
  readonly unicode?: string;
  readonly width?: number;
  readonly isSpace?: boolean;
}

function show({ state, letters }: Painter, glyphs: readonly unknown[]): void {
  const { face, fontSize } = state;
  if (face === null || fontSize === 0) return;
  for (const one of glyphs) {
    if (typeof one === 'number') {
      state.x -= (one * fontSize * state.scale) / 1000;
      continue;
    }
    const glyph = one as Glyph;
    const advance = (glyph.width ?? 0) * face.unit * fontSize;
    const spacing = state.charSpacing + (glyph.isSpace === true ? state.wordSpacing : 0);
    if (!state.hidden && letters.length < lettersPerPageMax) letters.push(letterOf(state, face, glyph.unicode ?? '', advance));
    state.x += (advance + spacing) * state.scale;
  }
}

function letterOf(state: State, face: FontFace, text: string, advance: number): Letter {
  const all = times(state.ctm, state.text);
  const [xMm, baseMm] = mapped(all, state.x, state.y + state.rise);
  const [endX, endY] = mapped(all, state.x + advance * state.scale, state.y + state.rise);
  const [upX, upY] = mapped(all, state.x, state.y + state.rise + state.fontSize);
  return {
    text,
    xMm,
    baseMm,
    widthMm: Math.hypot(endX - xMm, endY - baseMm),
    sizePt: Math.hypot(upX - xMm, upY - baseMm) / mmPerPt,
    face,
    colour: state.fill,
    level: Math.abs(endY - baseMm) <= Math.abs(endX - xMm) * 0.01 && endX >= xMm && upY <= baseMm,
  };
}
