import type { OPS as Operations, PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { TrinhkyError } from '../../errors.js';
import { headLinesMax, headPagesMax, intakeCharsMax, intakePagesMax } from './limits.js';
import { type PdfLine, type PdfPage, paragraphsOf } from './pdfLines.js';

/** A scan bears a stamp or a page number at most. */
const lettersMin = 20;

/**
 * The text of a PDF, one paragraph a line, without page numbers and running marks.
 * Throws `fileEncrypted`, `fileWithoutText` {page} where a page is a picture without words, `fileTooLarge`, `fileUnreadable`.
 */
export async function pdfText(bytes: Uint8Array): Promise<string> {
  return read(bytes);
}

/** Opens the file as far as its pages. Throws as `pdfText` does, except for want of words. */
export async function checkPdf(bytes: Uint8Array): Promise<void> {
  await opened(bytes, async () => undefined);
}

/** The first lines of its first pages from top to bottom, whatever the order in which they were drawn; of a picture none. */
export async function pdfHeads(bytes: Uint8Array): Promise<readonly string[]> {
  return opened(bytes, async (document) => {
    const heads: string[] = [];
    for (let number = 1; number <= Math.min(document.numPages, headPagesMax); number += 1) {
      const page = await document.getPage(number);
      const lines = [...linesOf((await page.getTextContent()).items)]
        .sort((a, b) => b.y - a.y)
        .filter(({ text }) => text.trim() !== '');
      heads.push(
        lines
          .slice(0, headLinesMax)
          .map(({ text }) => text)
          .join('\n'),
      );
      page.cleanup();
    }
    return heads;
  });
}

function read(bytes: Uint8Array): Promise<string> {
  return opened(bytes, async (document, OPS) => {
    const pages: PdfPage[] = [];
    let length = 0;
    for (let number = 1; number <= document.numPages; number += 1) {
      const page = await document.getPage(number);
      const lines = linesOf((await page.getTextContent()).items);
      if (lines.every(({ text }) => text.trim() === '')) {
        const { fnArray } = await page.getOperatorList();
        if (fnArray.some((operation) => operation === OPS.paintImageXObject || operation === OPS.paintInlineImageXObject))
          throw new TrinhkyError('fileWithoutText', { page: number });
      }
      length += lines.reduce((sum, { text }) => sum + text.length, 0);
      if (length > intakeCharsMax) throw new TrinhkyError('fileTooLarge', { charsMax: intakeCharsMax });
      pages.push({ height: page.getViewport({ scale: 1 }).height, lines });
      page.cleanup();
    }
    const whole = paragraphsOf(pages);
    if (whole.replace(/\s/g, '').length < lettersMin) throw new TrinhkyError('fileWithoutText', { page: 1 });
    return whole;
  });
}

async function opened<T>(
  bytes: Uint8Array,
  work: (document: PDFDocumentProxy, ops: typeof Operations) => Promise<T>,
): Promise<T> {
  const { getDocument, OPS, VerbosityLevel } = await import('pdfjs-dist/legacy/build/pdf.mjs');
  const task = getDocument({
    // A copy: the reader takes the buffer away from whoever gives it.
    data: Uint8Array.from(bytes),
    isEvalSupported: false,
    disableFontFace: true,
    useSystemFonts: false,
    useWorkerFetch: false,
    stopAtErrors: true,
    verbosity: VerbosityLevel.ERRORS,
  });
  task.onPassword = () => {
    throw new TrinhkyError('fileEncrypted');
  };
  try {
    const document = await task.promise;
    const { info } = (await document.getMetadata()) as { info: { EncryptFilterName?: string | null } };
    if (typeof info.EncryptFilterName === 'string') throw new TrinhkyError('fileEncrypted');
    if (document.numPages > intakePagesMax) throw new TrinhkyError('fileTooLarge', { pagesMax: intakePagesMax });
    return await work(document, OPS);
  } catch (error) {
    throw faultOf(error);
  } finally {
    await task.destroy();
  }
}

/** Runs are joined without a separator, since a font may be split in the middle of a word; a line ends where the file says so. */
function linesOf(items: readonly object[]): readonly PdfLine[] {
  const lines: PdfLine[] = [];
  let open: PdfLine | null = null;
  for (const item of items) {
    if (!('str' in item)) continue;
    const run = item as Run;
    open = open === null ? lineOf(run) : extended(open, run);
    if (!run.hasEOL) continue;
    lines.push({ ...open, text: open.text.normalize('NFC') });
    open = null;
  }
  return open === null ? lines : [...lines, { ...open, text: open.text.normalize('NFC') }];
}

interface Run {
  readonly str: string;
  readonly transform: readonly number[];
  readonly width: number;
  readonly height: number;
  readonly hasEOL: boolean;
}

function lineOf({ str, transform, width, height }: Run): PdfLine {
  const [left = 0, y = 0] = transform.slice(4);
  return { text: str, left, right: left + width, y, size: height };
}

function extended(line: PdfLine, run: Run): PdfLine {
  // Blanks at either end of a line, and the sign that ends one, have no place of their own.
  if (run.str.trim() === '') return { ...line, text: line.text + run.str };
  const { left, right, y, size } = lineOf(run);
  if (line.text.trim() === '') return { text: line.text + run.str, left, right, y, size };
  return {
    text: line.text + run.str,
    left: Math.min(line.left, left),
    right: Math.max(line.right, right),
    y: line.y,
    size: Math.max(line.size, size),
  };
}

function faultOf(error: unknown): TrinhkyError {
  if (error instanceof TrinhkyError) return error;
  const { name } = error as { name?: string };
  return name === 'PasswordException'
    ? new TrinhkyError('fileEncrypted', {}, { cause: error })
    : new TrinhkyError('fileUnreadable', { reason: 'damaged' }, { cause: error });
}
