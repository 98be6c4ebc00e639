import { TrinhkyError } from '../../errors.js';
import { isMarkup, typeRefused } from './fileKind.js';

// Everything that stands in no text: C0 without tab, line feed, form feed, carriage return; delete; C1.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const CONTROL = /[\u0000-\u0008\u000b\u000e-\u001f\u007f\u0080-\u009f]/u;

/**
 * The text of a plain text file: UTF-8 with or without its mark, UTF-16 with its mark. Line ends become line feeds.
 * Throws `fileEncodingOld` for bytes that are neither (TCVN3, VNI, Windows-1258 ...), `fileTypeRefused` for programs and markup.
 */
export function plainText(bytes: Uint8Array): string {
  const text = decoded(bytes);
  if (CONTROL.test(text) || isMarkup(text)) throw typeRefused();
  return text.replace(/\r\n?/g, '\n');
}

function decoded(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const encoding = first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (cause) {
    // A file of an older Vietnamese code page has no zero byte; what has them is no text at all.
    if (bytes.includes(0)) throw typeRefused();
    throw new TrinhkyError('fileEncodingOld', {}, { cause });
  }
}
