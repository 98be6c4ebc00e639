import { TrinhkyError } from '../errors.js';
import { fontFamily } from './fonts.js';
import type { PaperView } from './view.js';

/** More pages than this are no paper but a fault. */
const pagesMax = 1_000;

/**
 * The text of each page of a PDF, NFC, lines ended by a line feed. Runs are joined without a separator, since a font
 * may be split in the middle of a word. Throws `printFailed` {reason: 'unreadable'}.
 */
export async function textOf(bytes: Uint8Array): Promise<readonly string[]> {
  const { getDocument, VerbosityLevel } = await import('pdfjs-dist/legacy/build/pdf.mjs');
  // a copy: the reader takes the buffer away from whoever gives it
  const task = getDocument({
    data: Uint8Array.from(bytes),
    isEvalSupported: false,
    disableFontFace: true,
    useSystemFonts: false,
    useWorkerFetch: false,
    verbosity: VerbosityLevel.ERRORS,
  });
  try {
    const document = await task.promise;
    const pages: string[] = [];
    for (let number = 1; number <= Math.min(document.numPages, pagesMax + 1); number += 1) {
      const page = await document.getPage(number);
      const { items } = await page.getTextContent();
      pages.push(
        items
          .map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : ''))
          .join('')
          .normalize('NFC'),
      );
    }
    return pages;
  } catch (cause) {
    throw new TrinhkyError('printFailed', { reason: 'unreadable' }, { cause });
  } finally {
    await task.destroy();
  }
}

/**
 * Reads the print back and compares it with what was to be printed: the number, the type, the title and the signer; every
 * embedded font is ours. Returns the number of pages.
 * Throws `printFailed` {reason: 'noPages' | 'tooManyPages' | 'fontMissing' | 'textMissing', missing}.
 */
export function checkOutput(bytes: Uint8Array, view: PaperView): Promise<number> {
  return check(bytes, {
    number: view.number,
    type: view.typeName ?? 'V/v',
    title: view.title,
    signer: view.signature?.name ?? '',
  });
}

/** The same for a sheet: every text that it must show. */
export function checkText(bytes: Uint8Array, mustShow: readonly string[]): Promise<number> {
  return check(bytes, Object.fromEntries(mustShow.map((text) => [text.slice(0, 60), text])));
}

async function check(bytes: Uint8Array, wanted: Readonly<Record<string, string>>): Promise<number> {
  const pages = await textOf(bytes);
  if (pages.length === 0) {
    throw new TrinhkyError('printFailed', { reason: 'noPages' });
  }
  if (pages.length > pagesMax) {
    throw new TrinhkyError('printFailed', { reason: 'tooManyPages', limit: pagesMax });
  }
  checkFonts(bytes);
  const printed = squeezed(pages.join('\n'));
  const missing = Object.entries(wanted)
    .filter(([, text]) => !printed.includes(squeezed(text)))
    .map(([name]) => name);
  if (missing.length > 0) {
    throw new TrinhkyError('printFailed', { reason: 'textMissing', missing });
  }
  return pages.length;
}

/** The names of the embedded fonts stand in the clear in Chromium's files: `/BaseFont /AAAAAA+Tinos-Bold`. */
function checkFonts(bytes: Uint8Array): void {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const names = new Set([...text.matchAll(/\/BaseFont ?\/(?:[A-Z]{6}\+)?([^\s/<>[\]()]+)/g)].map((match) => match[1] ?? ''));
  const foreign = [...names].filter((name) => !name.startsWith(fontFamily));
  if (names.size === 0 || foreign.length > 0 || !text.includes('/FontFile2 ')) {
    throw new TrinhkyError('printFailed', { reason: 'fontMissing', found: [...names] });
  }
}

/** Where a line breaks and how wide a blank is drawn says nothing about the text. */
function squeezed(text: string): string {
  return text.normalize('NFC').replace(/\s+/gu, '');
}
