import { documentTypes } from '../papers/symbols.js';
import type { Span } from './planReading.js';
import { flat } from './scraped.js';

const WORD = /[^\s]+/gu;

function endOf(match: RegExpExecArray | null): number {
  return match ? match.index + match[0].length : 0;
}

/** Opens a ground or the sentence that opens the body. */
export const GROUND_OPENER =
  /(?<![\p{L}“"])(?:Căn cứ|Thực hiện|Xét|Theo|Để|Nhằm|Tiếp theo|Trên cơ sở|(?<!Ban )Chỉ đạo|Thi hành|Triển khai(?= (?:Kế hoạch|Nghị|Quyết|Công văn|Chỉ thị|Chương trình)))(?=\s)/u;

/** Type and title of a paper, where they stand, and where the text after them begins. */
export interface Titled {
  readonly type: string | null;
  readonly typeAt: readonly Span[];
  readonly title: string | null;
  readonly titleAt: readonly Span[];
  readonly end: number;
}

/** Reads type and title: under the number of a letter (`V/v`), else under the name of a type after `after`. */
export function readTitle(text: string, after: number, number: RegExpExecArray | null, place: RegExpExecArray | null): Titled {
  const below = text.slice(endOf(number), endOf(number) + 90);
  // A letter writes "V/v" under its number, or plainly "Về ...".
  const letter = /(?<!\p{L})V\/v\s*:?\s*/u.exec(below) ?? /^\s*Về\s+(?:việc\s+)?(?=\p{Ll})/u.exec(below);
  // A plan or a directive may write "V/v" under its type; a letter has no type above it.
  const named = letter ? typeAfter(text.slice(0, endOf(number) + letter.index), endOf(number)) : null;
  if (letter && letter.index < 60 && !named) return letterTitle(text, endOf(number) + letter.index + letter[0].length, place);
  const found = typeAfter(text, after);
  if (!found) return { type: null, typeAt: [], title: null, titleAt: [], end: after };
  const rest = text.slice(found.end);
  const cut = titleEnd(rest, found.type);
  const title = flat(rest.slice(0, cut)).replace(/[\s_.-]+$/, '');
  return {
    type: found.type,
    typeAt: [[found.start, found.end]],
    title: title === '' ? null : title,
    titleAt: [[found.end, found.end + cut]],
    end: found.end + cut,
  };
}

function letterTitle(text: string, start: number, place: RegExpExecArray | null): Titled {
  const rest = text.slice(start);
  const stops = [rest.search(/Kính\s+gửi/u), place ? place.index - start : -1, rest.search(/CỘNG\s+H/u)].filter((at) => at > 0);
  const cut = stops.length === 0 ? Math.max(0, rest.search(/[\n\u2029]|$/u)) : Math.min(...stops);
  const title = flat(rest.slice(0, cut)) || null;
  return { type: 'Công văn', typeAt: [], title, titleAt: [[start, start + cut]], end: Math.max(start + cut, endOf(place)) };
}

function typeAfter(text: string, after: number): { type: string; start: number; end: number } | null {
  let best: { type: string; start: number; end: number } | null = null;
  for (const { name, symbolled } of documentTypes) {
    if (!symbolled) continue;
    const pattern = new RegExp(String.raw`(?<!\p{L})${name.toUpperCase().replace(/ /g, String.raw`\s+`)}(?!\p{L})`, 'u');
    const match = pattern.exec(text.slice(after, after + 400));
    if (match && (best === null || after + match.index < best.start)) {
      best = { type: name, start: after + match.index, end: after + match.index + match[0].length };
    }
  }
  return best;
}

const titleCharsMax = 600;
// Who decides stands between the title of a decision and its grounds: "CHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN ...".
const DECIDES =
  /(?<=\s)(?:(?:(?:BỘ|TỔNG\s+CỤC|CHI\s+CỤC|CỤC|VIỆN|HIỆU|VỤ|THỦ)\s+TRƯỞNG)|CHỦ\s+TỊCH(?:\s+(?:(?:ỦY|UỶ)\s+BAN|UBND|HỘI\s+ĐỒNG))?|(?:ỦY|UỶ)\s+BAN\s+NHÂN\s+DÂN|UBND|(?:TỔNG\s+)?GIÁM\s+ĐỐC|HỘI\s+ĐỒNG\s+NHÂN\s+DÂN|THỦ\s+TƯỚNG|CHÁNH\s+(?:THANH\s+TRA|VĂN\s+PHÒNG)|TRƯỞNG\s+(?:BAN|PHÒNG))(?=\s+\p{Lu}{2})/gu;
// Who wires stands on the last line above the addressees: "BỘ XÂY DỰNG điện:".
const WIRES =
  /(?<=[\n\u2029])(?:BỘ|THỦ\s+TƯỚNG|CHỦ\s+TỊCH|(?:ỦY|UỶ)\s+BAN|UBND|BAN|GIÁM\s+ĐỐC|SỞ|TỔNG\s+CỤC|CỤC)\s[^\n\u2029]*$/u;
// How the words after a title in small letters begin where they cite no ground.
const TELLS =
  /(?<=\s)(?:(?:Trong\s+)?[Tt]hời\s+gian\s+(?:qua|gần|vừa)|Trong\s+(?:những|các|\d+)\s|Những\s+năm|Vừa\s+qua|Hiện\s+nay|Ngày\s+\d|Năm\s+\d{4}\s*,|Sau\s+(?:khi|\d)|Qua\s+\p{Ll}|Được\s+sự)/u;
const LINE = /[\n\u2029]([^\n\u2029]*)/gu;
const titleLineCharsMax = 75;

/** A title in capitals ends with them; one in small letters ends where a ground, a sentence or a section opens. */
function titleEnd(rest: string, type: string): number {
  const upper = upperHead(rest);
  if (flat(rest.slice(0, upper)).length > 12) {
    const wires = type === 'Công điện' && /^\s*điện\s*:|^\s*:/u.test(rest.slice(upper));
    const loud = rest.slice(0, upper);
    const last =
      (wires ? WIRES.exec(loud) : null) ?? (wires || type === 'Quyết định' ? [...loud.matchAll(DECIDES)].at(-1) : undefined);
    return last ? last.index : upper;
  }
  const begin = rest.search(/\S/u);
  const from = Math.max(0, begin) + 1;
  const words = rest.slice(from, from + titleCharsMax);
  const stops = [
    words.search(GROUND_OPENER),
    words.search(TELLS),
    words.search(new RegExp(DECIDES.source, 'u')),
    words.search(/(?<=\s)[IVX]{1,4}\s*[./):–-]\s*[\p{Lu}“"]/u),
    words.search(/(?<!\p{L})(?:Điều\s+1|Kính\s+gửi|[Pp]hần\s+(?:I|thứ)|PHẦN\s+(?:I|THỨ))(?!\p{L})/u),
    words.search(/(?<=\s)A\s*[./)]\s+\p{Lu}/u),
    words.search(/(?<=[\s.:])1\s*[./)-]\s+\p{Lu}/u),
    sentenceLine(words),
  ].filter((at) => at >= 0);
  return Math.min(from + (stops.length === 0 ? titleCharsMax : Math.min(...stops)), titleCharsMax, rest.length);
}

/** Where a line begins that is a sentence or the first line of one, not a further line of a title; -1 where none does. */
function sentenceLine(words: string): number {
  for (const match of words.matchAll(LINE)) {
    const line = match[1] ?? '';
    if (!/^\p{Lu}\p{Ll}/u.test(line) || /^(?:Về\s+việc|Và\s|Giai\s+đoạn)/u.test(line)) continue;
    if (line.length > titleLineCharsMax || /[.;:,]\s*$/u.test(line)) return match.index;
  }
  return -1;
}

function upperHead(text: string): number {
  let end = 0;
  for (const match of text.matchAll(WORD)) {
    if (/\p{Ll}/u.test(match[0]) || /^[IVX]{1,4}[./):–-]$/u.test(match[0])) break;
    end = match.index + match[0].length;
  }
  return end;
}
