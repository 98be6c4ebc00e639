import { TrinhkyError } from '../errors.js';
import { fontFamily } from './fonts.js';
import type { PaperView } from './view.js';

/** More pages than this are no paper but a fault. */
const pagesMax = 1_000;

/**
 * The text of each page of a PDF, NFC, lines ended by a line feed. Runs are joined without a separator, since a font
 * may be split in the middle of a word. With `taggedOnly` what a screen reader says: the text inside the tags, without artefacts.
 * Throws `printFailed` {reason: 'unreadable'}.
 */
export function textOf(bytes: Uint8Array, options: { readonly taggedOnly?: boolean } = {}): Promise<readonly string[]> {
  return reading(bytes, async ({ count, textOfPage }) => {
    const pages: string[] = [];
    for (let number = 1; number <= Math.min(count, pagesMax + 1); number += 1) {
      pages.push(await textOfPage(number, options.taggedOnly ?? false));
    }
    return pages;
  });
}

interface OpenFile {
  /** How many pages it has. */
  readonly count: number;
  /** The text of one page, from 1 on. */
  textOfPage(number: number, taggedOnly: boolean): Promise<string>;
}

async function reading<T>(bytes: Uint8Array, work: (file: OpenFile) => Promise<T>): Promise<T> {
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
    return await work({
      count: document.numPages,
      async textOfPage(number, taggedOnly) {
        const page = await document.getPage(number);
        const { items } = await page.getTextContent({ includeMarkedContent: taggedOnly });
        return joined(items, taggedOnly).normalize('NFC');
      },
    });
  } catch (cause) {
    if (cause instanceof TrinhkyError) throw cause;
    throw new TrinhkyError('printFailed', { reason: 'unreadable' }, { cause });
  } finally {
    await task.destroy();
  }
}

type TextItem = { readonly str: string; readonly hasEOL: boolean } | { readonly type: string; readonly tag?: string };

function joined(items: readonly TextItem[], taggedOnly: boolean): string {
  let text = '';
  // whether each tag that is open is one for the reader
  const open: boolean[] = [];
  for (const item of items) {
    if ('str' in item) {
      if (!taggedOnly || open.at(-1) === true) text += item.str + (item.hasEOL ? '\n' : '');
    } else if (item.type === 'endMarkedContent') open.pop();
    else open.push(item.tag !== 'Artifact' && open.at(-1) !== false);
  }
  return text;
}

/** What a paper must show beside its view. */
export interface MustShow {
  /** The verification code; null where it has none. */
  readonly code: string | null;
  /** How many pictures it bears, and how many the finish saw drawn. */
  readonly pictures: { readonly wanted: number; readonly drawn: number };
}

/**
 * Reads the print back and compares it with what was to be printed: the number, the type, the title, the signer, the code; every
 * embedded font is ours. Of a final paper, what counts is the text in the tags, the file bears the marks of PDF/A and PDF/UA, and its
 * pictures are there. Returns the number of pages.
 * Throws `printFailed` {reason: 'noPages' | 'tooManyPages' | 'fontMissing' | 'textMissing' | 'pictureMissing' | 'notArchival', missing}.
 */
export async function checkOutput(bytes: Uint8Array, view: PaperView, more: MustShow = nothingMore): Promise<number> {
  const { code, pictures } = more;
  if (pictures.drawn < pictures.wanted) throw new TrinhkyError('printFailed', { reason: 'pictureMissing', ...pictures });
  const wanted = {
    number: view.number,
    type: view.typeName ?? 'V/v',
    title: view.title,
    signer: (view.minutes?.chair ?? view.signature)?.name ?? '',
    code: code ?? '',
  };
  return check(bytes, wanted, !view.draft);
}

const nothingMore: MustShow = { code: null, pictures: { wanted: 0, drawn: 0 } };

/** The same for a sheet: every text that it must show, in whatever case the style prints it. */
export function checkText(bytes: Uint8Array, mustShow: readonly string[]): Promise<number> {
  return check(bytes, Object.fromEntries(mustShow.map((text) => [text.slice(0, 60), text])), true, lowerCase);
}

async function check(
  bytes: Uint8Array,
  wanted: Readonly<Record<string, string>>,
  archival: boolean,
  alike: (text: string) => string = (text) => text,
): Promise<number> {
  const inTheClear = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const sought = Object.entries(wanted).map(([name, text]) => [name, alike(squeezed(text))] as const);
  const pages = await reading(bytes, async ({ count, textOfPage }) => {
    if (count === 0) throw new TrinhkyError('printFailed', { reason: 'noPages' });
    if (count > pagesMax) throw new TrinhkyError('printFailed', { reason: 'tooManyPages', limit: pagesMax });
    let missing = sought;
    // what is sought stands at the beginning and near the end: the middle of a long paper is read only where that was not all
    for (let read = 0; read < count && (missing.length > 0 || read === 0); read += 1) {
      const text = alike(squeezed(await textOfPage(read === 0 ? 1 : count + 1 - read, archival)));
      missing = missing.filter(([, part]) => !text.includes(part));
    }
    if (missing.length > 0)
      throw new TrinhkyError('printFailed', { reason: 'textMissing', missing: missing.map(([name]) => name) });
    return count;
  });
  checkFonts(inTheClear);
  if (archival) checkMarks(inTheClear);
  return pages;
}

function lowerCase(text: string): string {
  return text.toLocaleLowerCase('vi');
}

/** The names of the embedded fonts stand in the clear in Chromium's files: `/BaseFont /AAAAAA+Tinos-Bold`. */
function checkFonts(text: string): void {
  const names = new Set([...text.matchAll(/\/BaseFont ?\/(?:[A-Z]{6}\+)?([^\s/<>[\]()]+)/g)].map((match) => match[1] ?? ''));
  const foreign = [...names].filter((name) => !name.startsWith(fontFamily));
  if (names.size === 0 || foreign.length > 0 || !text.includes('/FontFile2 ')) {
    throw new TrinhkyError('printFailed', { reason: 'fontMissing', found: [...names] });
  }
}

/** What a file claims in its metadata and cannot be without, by name. A validator judges the rest (test/documents). */
const archivalMarks: Readonly<Record<string, string>> = {
  archival: '<pdfaid:conformance>A<',
  accessible: '<pdfuaid:part>1<',
  colours: '/GTS_PDFA1',
  tags: '/StructTreeRoot ',
  language: '/Lang (vi-VN)',
  identifier: '/ID [',
};

function checkMarks(text: string): void {
  const missing = Object.entries(archivalMarks).flatMap(([name, mark]) => (text.includes(mark) ? [] : [name]));
  if (missing.length > 0) throw new TrinhkyError('printFailed', { reason: 'notArchival', missing });
}

/** Where a line breaks and how wide a blank is drawn says nothing about the text. */
function squeezed(text: string): string {
  return text.normalize('NFC').replace(/\s+/gu, '');
}
