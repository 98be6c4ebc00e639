import { TrinhkyError } from '../../errors.js';
import type { MeasuredFont, MeasuredPage, PaperMeasures } from '../../office/form/measures.js';
import { drawn, type Operators } from './drawing.js';
import { type FontFace, faceNamed } from './fontNames.js';
import { linesOf, runsOf } from './lines.js';
import type { Matrix } from './matrix.js';
import { boxAround, shapesOf } from './paths.js';

/** Larger files are no papers. */
export const measuredBytesMax = 50 * 1024 * 1024;
/** Pages after this one are not measured. */
export const measuredPagesMax = 1_000;
const mmPerPt = 25.4 / 72;

/** What this module needs of a page of the reader. */
interface ReaderPage {
  readonly view: readonly number[];
  readonly rotate: number;
  readonly commonObjs: { get(name: string): unknown };
  getOperatorList(options: { annotationMode: number }): Promise<{ fnArray: number[]; argsArray: unknown[] }>;
}

/**
 * Measures the pages of a PDF from what its operators paint, apart from whatever made it: letters with place, size, font and colour,
 * lines, boxes and pictures, in millimetres from the top left corner of each page. Places are good to 0.1 mm. Annotations are left out.
 * Throws `readingFailed` {reason: 'pdf'} for what is no readable PDF, is encrypted, or is larger than `measuredBytesMax`.
 */
export async function measurePdf(bytes: Uint8Array): Promise<PaperMeasures> {
  if (bytes.length > measuredBytesMax) throw new TrinhkyError('readingFailed', { reason: 'pdf', bytesMax: measuredBytesMax });
  const { AnnotationMode, getDocument, OPS, VerbosityLevel } = await import('pdfjs-dist/legacy/build/pdf.mjs');
  // a copy: the reader takes the buffer away from whoever gives it
  const task = getDocument({
    data: Uint8Array.from(bytes),
    isEvalSupported: false,
    disableFontFace: true,
    useSystemFonts: false,
    useWorkerFetch: false,
    fontExtraProperties: true,
    verbosity: VerbosityLevel.ERRORS,
  });
  const names = new Map(Object.entries(OPS).map(([name, code]) => [code as number, name]));
  try {
    const document = await task.promise;
    const faces = new Map<string, FontFace>();
    const pages: MeasuredPage[] = [];
    for (let number = 1; number <= Math.min(document.numPages, measuredPagesMax); number += 1) {
      const page = await document.getPage(number);
      const list = await (page as unknown as ReaderPage).getOperatorList({ annotationMode: AnnotationMode.DISABLE });
      const operators = { names, functions: list.fnArray, args: list.argsArray };
      pages.push(pageOf(page as unknown as ReaderPage, number, operators, faces));
      page.cleanup();
    }
    return { pages, fonts: fontsOf(faces) };
  } catch (cause) {
    throw new TrinhkyError('readingFailed', { reason: 'pdf' }, { cause });
  } finally {
    await task.destroy();
  }
}

function pageOf(page: ReaderPage, number: number, operators: Operators, faces: Map<string, FontFace>): MeasuredPage {
  const { base, widthPt, heightPt } = frameOf(page);
  const faceOf = (name: string): FontFace => {
    const face = faces.get(name) ?? readFace(page.commonObjs.get(name));
    faces.set(name, face);
    return face;
  };
  const { letters, paths, images } = drawn(operators, base, faceOf);
  const { rules, boxes } = shapesOf(paths);
  return {
    number,
    widthPt,
    heightPt,
    widthMm: widthPt * mmPerPt,
    heightMm: heightPt * mmPerPt,
    lines: linesOf(letters.filter(({ level }) => level)),
    rules,
    boxes,
    images: images.map(boxAround),
    turned: runsOf(letters.filter(({ level }) => !level)),
  };
}

/** Size of the page as it is seen, and the map from its user space to millimetres from the top left corner. */
function frameOf({ view, rotate }: ReaderPage): { base: Matrix; widthPt: number; heightPt: number } {
  const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = view;
  const wide = x1 - x0;
  const high = y1 - y0;
  const k = mmPerPt;
  const turns: Readonly<Record<number, Matrix>> = {
    0: [k, 0, 0, -k, -x0 * k, y1 * k],
    90: [0, k, k, 0, -y0 * k, -x0 * k],
    180: [-k, 0, 0, k, x1 * k, -y0 * k],
    270: [0, -k, -k, 0, y1 * k, x1 * k],
  };
  const turn = ((rotate % 360) + 360) % 360;
  const sideways = turn === 90 || turn === 270;
  return {
    base: turns[turn] ?? [k, 0, 0, -k, -x0 * k, y1 * k],
    widthPt: sideways ? high : wide,
    heightPt: sideways ? wide : high,
  };
}

function readFace(found: unknown): FontFace {
  const font = (found ?? {}) as { name?: unknown; missingFile?: unknown; fontMatrix?: unknown; isType3Font?: unknown };
  const name = typeof font.name === 'string' ? font.name : '';
  const unit = Array.isArray(font.fontMatrix) && typeof font.fontMatrix[0] === 'number' ? font.fontMatrix[0] : 0.001;
  return faceNamed(name, font.missingFile !== true, unit);
}

function fontsOf(faces: ReadonlyMap<string, FontFace>): readonly MeasuredFont[] {
  const byName = new Map([...faces.values()].map(({ name, family, embedded }) => [name, { name, family, embedded }]));
  return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
