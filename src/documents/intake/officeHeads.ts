import type { FileKind } from '../../office/papers/fileTypes.js';
import { headLinesMax, headPagesMax } from './limits.js';
import type { XmlParts } from './zipCheck.js';

const HEADERS = /^word\/(?:header|footer)\d*\.xml$/i;
const charsMax = 1_000_000;

/**
 * Where a stamp can stand in an office file beside its running text: the headers and footers of a .docx, and the first words of an
 * .xlsx in the order in which its cells were filled. One text each; a paragraph or cell is a line.
 */
export function officeHeads(parts: XmlParts, kind: FileKind): readonly string[] {
  if (kind === 'docx') {
    const names = [...parts.keys()].filter((name) => HEADERS.test(name)).slice(0, headPagesMax);
    return names.map((name) => linesOf(parts.get(name), 'w:p', 'w:t'));
  }
  return kind === 'xlsx' ? [linesOf(parts.get('xl/sharedStrings.xml'), 'si', 't')] : [];
}

/** The text of the first elements named `line`: what their `word` elements hold. */
function linesOf(part: Buffer | undefined, line: string, word: string): string {
  const xml = part?.toString('utf8').slice(0, charsMax) ?? '';
  const words = new RegExp(`<${word}(?:\\s[^>]*)?>([^<]*)</${word}>`, 'g');
  return xml
    .split(`</${line}>`, headLinesMax)
    .map((one) => [...one.matchAll(words)].map(([, text = '']) => unescaped(text)).join(''))
    .join('\n')
    .trim();
}

function unescaped(text: string): string {
  return text
    .replace(/&#(x?)([0-9a-f]{1,6});/gi, (_, hex: string, code: string) => letter(Number.parseInt(code, hex === '' ? 10 : 16)))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

function letter(code: number): string {
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
}
