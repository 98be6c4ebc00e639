import { fault, type PdfValue } from './pdfValue.js';

/** How deep arrays and dictionaries may lie in one another. */
const depthMax = 64;
/** Most values in a file: bounds the memory that a small hostile file can ask for. */
const valuesMax = 1_000_000;
const numberCharsMax = 20;
/** Longest name or word as it is written: ISO 32000-1, Annex C, knows names of 127 bytes, each of which may be written as `#` and two digits. */
const wordCharsMax = 381;

/** Reads a file from front to back. Every method leaves `at` behind what it read, and throws `PdfFault` for what it does not expect. */
export interface PdfReader {
  readonly at: () => number;
  readonly atEnd: () => boolean;
  /** Goes on over white space; comments are no white space here. */
  readonly space: () => void;
  /** Goes on `count` bytes. */
  readonly skip: (count: number) => void;
  readonly peek: (text: string) => boolean;
  readonly expect: (text: string) => void;
  /** A whole number without sign. */
  readonly whole: () => number;
  readonly value: () => PdfValue;
}

const set = (chars: string): Uint8Array => {
  const table = new Uint8Array(256);
  for (const char of chars) table[char.charCodeAt(0)] = 1;
  return table;
};
const white = set('\0\t\n\f\r ');
const ends = set('\0\t\n\f\r ()<>[]{}/%');
const digit = set('0123456789');
const hexDigit = set('0123456789abcdefABCDEF');
const [openMark, closeMark, escapeMark, nameMark, arrayMark, angleMark] = [0x28, 0x29, 0x5c, 0x2f, 0x5b, 0x3c];
/** What a letter behind a backslash stands for; every other byte stands for itself. */
const escapes: ReadonlyMap<number, number> = new Map(
  Object.entries({ n: 10, r: 13, t: 9, b: 8, f: 12 }).map(([char, byte]) => [char.charCodeAt(0), byte]),
);

export function makeReader(bytes: Buffer): PdfReader {
  const cursor: Cursor = { bytes, at: 0, values: 0 };
  return {
    at: () => cursor.at,
    atEnd: () => cursor.at >= bytes.length,
    space: () => space(cursor),
    skip: (count) => {
      if (count < 0 || cursor.at + count > bytes.length) fault('length');
      cursor.at += count;
    },
    peek: (text) => peek(cursor, text),
    expect: (text) => expect(cursor, text),
    whole: () => whole(cursor),
    value: () => valueAt(cursor, 0),
  };
}

interface Cursor {
  readonly bytes: Buffer;
  at: number;
  /** How many values have been read. */
  values: number;
}

function peek({ bytes, at }: Cursor, text: string): boolean {
  for (let index = 0; index < text.length; index += 1) if (bytes[at + index] !== text.charCodeAt(index)) return false;
  return true;
}

function expect(cursor: Cursor, text: string): void {
  if (!peek(cursor, text)) fault(`expected ${text}`);
  cursor.at += text.length;
}

function space(cursor: Cursor): void {
  while (white[cursor.bytes[cursor.at] ?? 255]) cursor.at += 1;
}

function whole(cursor: Cursor): number {
  const from = cursor.at;
  while (digit[cursor.bytes[cursor.at] ?? 0] && cursor.at - from <= numberCharsMax) cursor.at += 1;
  const number = Number(cursor.bytes.toString('latin1', from, cursor.at));
  return cursor.at > from && Number.isSafeInteger(number) ? number : fault('number');
}

function word(cursor: Cursor): string {
  const from = cursor.at;
  while (cursor.at < cursor.bytes.length && !ends[cursor.bytes[cursor.at] ?? 0]) {
    cursor.at += 1;
    if (cursor.at - from > wordCharsMax) fault('word');
  }
  return cursor.bytes.toString('latin1', from, cursor.at);
}

function valueAt(cursor: Cursor, depth: number): PdfValue {
  cursor.values += 1;
  if (depth > depthMax || cursor.values > valuesMax) fault('too deep or too many');
  const byte = cursor.bytes[cursor.at];
  if (byte === openMark) return literal(cursor);
  if (byte === nameMark) return { kind: 'name', name: name(cursor) };
  if (byte === arrayMark) return array(cursor, depth);
  if (byte === angleMark) return cursor.bytes[cursor.at + 1] === angleMark ? dict(cursor, depth) : hex(cursor);
  return scalar(cursor);
}

function scalar(cursor: Cursor): PdfValue {
  const from = cursor.at;
  const text = word(cursor);
  if (text === 'null') return null;
  if (text === 'true' || text === 'false') return text === 'true';
  if (text.length > numberCharsMax || !/^[+-]?(\d+\.?\d*|\.\d+)$/.test(text)) return fault('value');
  // Objects of other generations than 0 do not occur in our files.
  const isReference = cursor.bytes[cursor.at] === 0x20 && /^\d+$/.test(text) && peek(cursor, ' 0 R');
  const after = cursor.bytes[cursor.at + 4];
  if (!isReference || !(after === undefined || ends[after])) return Number(text);
  cursor.at += 4;
  return { kind: 'reference', number: Number(cursor.bytes.toString('latin1', from, cursor.at - 4)) };
}

function name(cursor: Cursor): string {
  cursor.at += 1;
  return word(cursor).replace(/#([0-9a-fA-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

function array(cursor: Cursor, depth: number): PdfValue {
  const items: PdfValue[] = [];
  cursor.at += 1;
  for (space(cursor); !peek(cursor, ']'); space(cursor)) items.push(valueAt(cursor, depth + 1));
  cursor.at += 1;
  return { kind: 'array', items };
}

function dict(cursor: Cursor, depth: number): PdfValue {
  const entries = new Map<string, PdfValue>();
  cursor.at += 2;
  for (space(cursor); !peek(cursor, '>>'); space(cursor)) {
    if (!peek(cursor, '/')) fault('key');
    const key = name(cursor);
    // Which of two equal keys counts differs from reader to reader.
    if (entries.has(key)) fault('key twice');
    space(cursor);
    entries.set(key, valueAt(cursor, depth + 1));
  }
  cursor.at += 2;
  return { kind: 'dict', entries };
}

function hex(cursor: Cursor): PdfValue {
  const { bytes, at: start } = cursor;
  cursor.at += 1;
  while (hexDigit[bytes[cursor.at] ?? 0]) cursor.at += 1;
  const end = cursor.at;
  if ((end - start) % 2 === 0) fault('string');
  expect(cursor, '>');
  const decoded = () => Buffer.from(bytes.toString('latin1', start + 1, end), 'hex');
  return { kind: 'string', bytes: decoded, start, end: cursor.at, hex: true };
}

function literal(cursor: Cursor): PdfValue {
  const { bytes, at: start } = cursor;
  let at = start + 1;
  for (let level = 1; level > 0; at += 1) {
    const byte = bytes[at] ?? fault('string');
    if (byte === openMark) level += 1;
    if (byte === closeMark) level -= 1;
    if (byte === escapeMark) at += 1;
  }
  const end = at;
  cursor.at = end;
  return { kind: 'string', bytes: () => unescaped(bytes.subarray(start + 1, end - 1)), start, end, hex: false };
}

/** A literal string's bytes without its escapes (ISO 32000-1, 7.3.4.2). */
function unescaped(raw: Buffer): Buffer {
  if (!raw.includes(escapeMark)) return raw;
  const out = Buffer.alloc(raw.length);
  let length = 0;
  for (let at = 0; at < raw.length; at += 1) {
    let byte = raw[at] ?? 0;
    if (byte === escapeMark) {
      at += 1;
      byte = raw[at] ?? 0;
      // A line end behind a backslash only wraps the source.
      if (byte === 10 || byte === 13) continue;
      const octal = octalAt(raw, at);
      at += Math.max(0, octal.digits - 1);
      byte = octal.digits > 0 ? octal.value : (escapes.get(byte) ?? byte);
    }
    out[length] = byte;
    length += 1;
  }
  return out.subarray(0, length);
}

function octalAt(raw: Buffer, at: number): { readonly digits: number; readonly value: number } {
  let [digits, value] = [0, 0];
  while (digits < 3 && (raw[at + digits] ?? 0) >= 0x30 && (raw[at + digits] ?? 0) <= 0x37) {
    value = value * 8 + (raw[at + digits] ?? 0) - 0x30;
    digits += 1;
  }
  return { digits, value: value & 255 };
}
