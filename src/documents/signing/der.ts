/**
 * Distinguished Encoding Rules (ITU-T X.690), as much of it as certificates, CMS and time stamps need.
 * The reader is strict (definite, shortest lengths; one byte tags) and opens one level at a time, so that depth costs nothing
 * and every encoding has exactly one reading. It throws `DerFault` and nothing else.
 */
export interface Der {
  readonly tag: number;
  readonly content: Buffer;
  /** Tag, length and content. */
  readonly whole: Buffer;
}

export class DerFault extends Error {}

export const tags = {
  boolean: 0x01,
  integer: 0x02,
  bits: 0x03,
  octets: 0x04,
  null: 0x05,
  oid: 0x06,
  enumerated: 0x0a,
  utf8: 0x0c,
  printable: 0x13,
  teletex: 0x14,
  ia5: 0x16,
  utcTime: 0x17,
  time: 0x18,
  bmp: 0x1e,
  sequence: 0x30,
  set: 0x31,
} as const;

/** The tag of a context-specific element that holds others. */
export const context = (number: number): number => 0xa0 + number;

const childrenMax = 100_000;
/** Longer ones name nothing that is known here, and would take time by the square of their length. */
const oidBytesMax = 40;
const textCharsMax = 200;
const lengthBytesMax = 4;

/** The element at the beginning of `bytes`; what follows it is left alone. */
export function firstDer(bytes: Buffer): Der {
  const tag = bytes[0];
  const short = bytes[1];
  if (tag === undefined || short === undefined || (tag & 0x1f) === 0x1f) throw new DerFault('tag');
  let start = 2;
  let length = short;
  if (short >= 0x80) {
    const count = short - 0x80;
    if (count === 0 || count > lengthBytesMax || bytes.length < 2 + count) throw new DerFault('length');
    length = bytes.readUIntBE(2, count);
    start += count;
    if (length < 0x80 || (count > 1 && bytes[2] === 0)) throw new DerFault('length');
  }
  if (start + length > bytes.length) throw new DerFault('length');
  return { tag, content: bytes.subarray(start, start + length), whole: bytes.subarray(0, start + length) };
}

/** The one element that `bytes` are. */
export function readDer(bytes: Buffer): Der {
  const found = firstDer(bytes);
  if (found.whole.length !== bytes.length) throw new DerFault('more');
  return found;
}

export function childrenOf(parent: Der): Der[] {
  const found: Der[] = [];
  let rest = parent.content;
  while (rest.length > 0) {
    if (found.length === childrenMax) throw new DerFault('children');
    const child = firstDer(rest);
    found.push(child);
    rest = rest.subarray(child.whole.length);
  }
  return found;
}

/** The children of an element that must have this tag. */
export function open(element: Der | undefined, tag: number): Der[] {
  return childrenOf(need(element, tag));
}

/** The children of an element of this tag that must be so many: what a reader leaves unread, anybody may change. */
export function members(element: Der | undefined, tag: number, least: number, most = least): Der[] {
  const found = open(element, tag);
  if (found.length < least || found.length > most) throw new DerFault('members');
  return found;
}

export function need(element: Der | undefined, tag: number): Der {
  if (element?.tag !== tag) throw new DerFault(`tag ${tag}`);
  return element;
}

export function oidOf(element: Der | undefined): string {
  const { content } = need(element, tags.oid);
  if (content.length > oidBytesMax) throw new DerFault('oid');
  const parts: bigint[] = [];
  let value = 0n;
  for (const byte of content) {
    value = (value << 7n) | BigInt(byte & 0x7f);
    if (byte >= 0x80) continue;
    parts.push(value);
    value = 0n;
  }
  const [first = 0n, ...rest] = parts;
  const root = first < 80n ? first / 40n : 2n;
  return [root, first - root * 40n, ...rest].join('.');
}

/** An integer as lower-case hex of its bytes, as serial numbers are shown. */
export function hexOf(element: Der | undefined): string {
  return need(element, tags.integer).content.toString('hex');
}

/** UTCTime or GeneralizedTime in the forms that RFC 5280 allows, and with fractions of a second (RFC 3161). */
export function instantOf(element: Der | undefined): string {
  const text = element?.content.toString('latin1') ?? '';
  const found = /^(\d{2}|\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\.\d{1,6})?Z$/.exec(text);
  const short = element?.tag === tags.utcTime;
  if (found === null || (!short && element?.tag !== tags.time) || found[1]?.length !== (short ? 2 : 4))
    throw new DerFault('time');
  const [, year = '', month, day, hour, minute, second, fraction = ''] = found;
  const century = short ? (Number(year) < 50 ? '20' : '19') : '';
  const parsed = Date.parse(`${century}${year}-${month}-${day}T${hour}:${minute}:${second}${fraction.slice(0, 4)}Z`);
  if (Number.isNaN(parsed)) throw new DerFault('time');
  return new Date(parsed).toISOString();
}

/**
 * A text of a name, fit to be shown: whoever made the certificate chose it, so control and direction characters, which could make a
 * terminal or a page say something else, are replaced, and it ends somewhere.
 */
export function textOf({ tag, content }: Der): string {
  const bytes = content.subarray(0, textCharsMax * 4);
  const text =
    tag === tags.bmp && bytes.length % 2 === 0
      ? Buffer.from(bytes).swap16().toString('utf16le')
      : bytes.toString(tag === tags.utf8 ? 'utf8' : 'latin1');
  return text.replace(/\p{C}/gu, '\ufffd').slice(0, textCharsMax);
}
