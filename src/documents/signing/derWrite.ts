import { tags } from './der.js';

/** Writers for what `der.ts` reads. */
export function element(tag: number, ...content: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  if (body.length < 0x80) return Buffer.concat([Buffer.from([tag, body.length]), body]);
  const hex = body.length.toString(16);
  const length = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
  return Buffer.concat([Buffer.from([tag, 0x80 + length.length]), length, body]);
}

export const sequence = (...content: readonly Uint8Array[]): Buffer => element(tags.sequence, ...content);
/** A set of one member; more would have to be sorted. */
export const setOf = (member: Uint8Array): Buffer => element(tags.set, member);
export const octets = (content: Uint8Array): Buffer => element(tags.octets, content);
export const utf8 = (text: string): Buffer => element(tags.utf8, Buffer.from(text));
export const truth = (): Buffer => element(tags.boolean, Buffer.from([0xff]));
export const bits = (content: Uint8Array, unused = 0): Buffer => element(tags.bits, Buffer.from([unused]), content);

/** A non-negative integer, given by its bytes. */
export function integer(bytes: Uint8Array): Buffer {
  let from = 0;
  while (from < bytes.length - 1 && bytes[from] === 0) from += 1;
  const shortest = bytes.subarray(from);
  return element(tags.integer, (shortest[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), shortest]) : shortest);
}

export function oid(text: string): Buffer {
  const [first = 0, second = 0, ...rest] = text.split('.').map(Number);
  const bytes = [first * 40 + second, ...rest].flatMap((value) => {
    const groups = [value & 0x7f];
    for (let left = Math.floor(value / 128); left > 0; left = Math.floor(left / 128)) groups.unshift((left & 0x7f) | 0x80);
    return groups;
  });
  return element(tags.oid, Buffer.from(bytes));
}

/** As RFC 5280 wants it: UTCTime up to 2049, GeneralizedTime after. Whole seconds. */
export function time(instant: string): Buffer {
  const digits = instant.replace(/\D/g, '').slice(0, 14);
  const year = Number(digits.slice(0, 4));
  const short = year >= 1950 && year < 2050;
  return element(short ? tags.utcTime : tags.time, Buffer.from(`${short ? digits.slice(2) : digits}Z`));
}
