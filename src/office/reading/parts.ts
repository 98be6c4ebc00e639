import { documentTypeNamed, documentTypes } from '../papers/symbols.js';
import { findSignature, type Signature, tornSignature } from './closing.js';
import type { Span } from './planReading.js';
import { flat } from './scraped.js';
import { GROUND_OPENER } from './title.js';

/** Where the parts of a paper lie in the regular text. */
export interface Parts {
  readonly bodyEnd: number;
  /** What stands between the heading of the recipients and their end, pieces of the signature blanked out; null where there is no such heading. */
  readonly recipients: { readonly text: string; readonly start: number } | null;
  readonly signature: { readonly signature: Signature; readonly ranges: readonly Span[] } | null;
  /** Where the closing parts end: what follows is an annex, or dirt of the collection. */
  readonly end: number;
  readonly annex: Annex | null;
}

export interface Annex {
  readonly start: number;
  readonly end: number;
  /** `KH/` for a plan that the paper puts into effect; empty for an appendix. */
  readonly prefix: string;
}

const RECIPIENTS = /(?<=[\s.;/*])Nơi\s+nhận\s*:?/u;
/** Longest list of recipients in which pieces of a torn signature are looked for. */
const recipientsCharsMax = 4_000;

/** Finds body, recipients, signature and annex after the head, which ends at `from`. */
export function partsOf(text: string, from: number): Parts {
  const found = RECIPIENTS.exec(text.slice(from));
  const heading = found ? from + found.index : -1;
  // A signature printed left of the recipients comes before them in a scraped text; then it ends the body.
  const whole = findSignature(text, heading >= 0 ? heading : from) ?? (heading >= 0 ? findSignature(text, from) : null);
  const listStart = found ? heading + found[0].length : -1;
  const listLimit = whole && whole.start > heading ? whole.start : text.length;
  const torn = found ? tornSignature(text, heading, Math.min(listLimit, heading + recipientsCharsMax)) : null;
  const listEnd = torn && !whole ? rowEnd(text, torn.pieces.at(-1)?.[1] ?? listStart, listStart) : listLimit;
  const ranges: Span[] = [...(torn?.pieces ?? []), ...(whole ? [[whole.start, whole.end] as const] : [])];
  const after = Math.max(whole?.end ?? 0, heading, torn ? listEnd : 0);
  return {
    bodyEnd: Math.min(heading >= 0 ? heading : text.length, whole?.start ?? text.length),
    recipients: found ? { text: blanked(text, listStart, listEnd, torn?.pieces ?? []), start: listStart } : null,
    signature: ranges.length === 0 ? null : { signature: joined(torn?.signature, whole?.signature), ranges },
    end: whole || torn ? Math.max(after, whole && whole.start < heading ? archiveEnd(text, listStart) : 0) : text.length,
    annex: whole || torn ? annexAfter(text, after) : null,
  };
}

/** The end of the row in which the last piece of the closing stands, the archive's included. */
function rowEnd(text: string, piece: number, list: number): number {
  const from = Math.max(piece, archiveEnd(text, list));
  const end = text.slice(from).search(/[\n\u2029]/u);
  return end < 0 ? text.length : from + end;
}

function archiveEnd(text: string, from: number): number {
  const row = /(?:^|\s)(?:[-–+]\s*)?Lưu\s*:?[^\n\u2029]*/u.exec(text.slice(from, from + recipientsCharsMax));
  return row ? from + row.index + row[0].length : from;
}

function blanked(text: string, start: number, end: number, ranges: readonly Span[]): string {
  let left = text.slice(start, end);
  for (const [from, to] of ranges) {
    if (from < start || to > end) continue;
    left = left.slice(0, from - start) + ' '.repeat(to - from) + left.slice(to - start);
  }
  return left;
}

const NOTHING: Signature = { authority: null, capacity: null, title: null, name: null };

/** What stands in the whole block holds; the torn pieces fill what it lacks. */
function joined(torn: Signature = NOTHING, whole: Signature = NOTHING): Signature {
  return {
    authority: whole.authority ?? torn.authority,
    capacity: whole.capacity ?? torn.capacity,
    title: whole.title ?? torn.title,
    name: whole.name ?? torn.name,
  };
}

/** Where the addressees of a letter (`Kính gửi:`) or of a telegram (`THỦ TƯỚNG CHÍNH PHỦ điện:`) end: with their full stop, with their list, or where a ground opens. */
export function addressedEnd(text: string, from: number, limit: number): number {
  const rest = text.slice(from, limit);
  const heading = /^[\s;./]*(?:(?:Kính|Đồng\s+kính)\s+gửi\s*:?|(?:\p{Lu}{2,}\s+){2,12}(?:điện|ĐIỆN)\s*:)/u.exec(rest);
  if (!heading) return from;
  const after = rest.slice(heading[0].length);
  // A list of addressees may close each of its lines with a full stop.
  const stop = /\.(?=\s)(?!\s*[-–+]\s)/u.exec(after)?.index ?? after.length;
  const opener = GROUND_OPENER.exec(after)?.index ?? after.length;
  const listed = /^\s*[-–+]\s/u.test(after) ? (/;(?=\s*[\n\u2029]\s*\p{Lu})/u.exec(after)?.index ?? after.length) : after.length;
  const end = from + heading[0].length + Math.min(stop + 1, opener, listed + 1, after.length);
  return /^[\s;.]*Đồng\s+kính\s+gửi/u.test(text.slice(end, limit)) ? addressedEnd(text, end, limit) : end;
}

/** A plan or programme issued together with a decision follows the signature and has a numbering of its own. */
function annexAfter(text: string, from: number): Annex | null {
  const rest = text.slice(from);
  const types = documentTypes.filter((type) => type.symbolled).map((type) => type.name.toUpperCase().replace(/ /g, '\\s+'));
  const title = new RegExp(`^[\\s.]*(?:(?:PHỤ\\s+LỤC|BẢNG|DANH\\s+MỤC|BIỂU)|(${types.join('|')}))(?!\\p{L})`, 'u').exec(rest);
  if (!title) return null;
  if (title[1] === undefined) return { start: from, end: text.length, prefix: '' };
  const known = documentTypeNamed(flat(title[1]));
  const issued = /\((?:Ban\s+hành\s+k|K)èm\s+theo[^)]*\)/u.exec(rest.slice(0, annexTitleCharsMax));
  const start = from + (issued ? issued.index + issued[0].length : title[0].length);
  return { start, end: text.length, prefix: `${known?.abbreviation ?? 'PL'}/` };
}

const annexTitleCharsMax = 1_500;
