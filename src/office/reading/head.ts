import { documentTypes } from '../symbols.js';
import { dayFrom } from './dates.js';
import { flat } from './scraped.js';

/** What stands above the grounds, and where the text after it begins. */
export interface Head {
  readonly superior: string | null;
  readonly name: string | null;
  readonly number: string | null;
  readonly symbol: string | null;
  readonly type: string | null;
  readonly place: string | null;
  readonly issuedOn: string | null;
  readonly title: string | null;
  readonly end: number;
}

const NATION = /CỘNG\s+(?:HÒA|HOÀ)\s+XÃ\s+HỘI\s+CHỦ\s+NGHĨA\s+VIỆT\s+NAM/u;
const MOTTO = /Độc\s+lập\s*[-–]\s*Tự\s+do\s*[-–]\s*Hạnh\s+phúc/iu;
const NUMBER = /(?<!\p{L})Số\s*:\s*(\d+\p{L}?)?\s*\/\s*((?:\d{4}\s*\/\s*)?[\p{L}\d&.]+(?:-\s?[\p{L}\d&.]+)*)/u;
// Bounded repeats: a long run of capitalised words must not cost more than its length.
const PLACE_AND_DAY =
  /(?<!\p{L})((?:Thành\s+phố\s+|Tỉnh\s+|TP\.?\s*)?\p{Lu}[\p{Ll}]*(?:(?:\s+|\s*-\s*)(?:\p{Lu}\p{Ll}*|\d{1,2})){0,8})\s*,\s*ngày\s+([\d.…]*)\s*tháng\s+([\d.…]*)\s*năm\s+(\d{4})/u;
const WORD = /[^\s]+/gu;

/** Reads issuer, number, place, day, type and title by the form (Nghị định 30/2020/NĐ-CP, Phụ lục I, ô 1 to 5). */
export function readHead(text: string): Head {
  const nation = NATION.exec(text);
  const motto = MOTTO.exec(text);
  const number = NUMBER.exec(text);
  const place = PLACE_AND_DAY.exec(text);
  const above = Math.min(nation?.index ?? text.length, number?.index ?? text.length);
  const issuer = splitIssuer(upperTail(above === text.length ? '' : text.slice(0, above)));
  const after = Math.max(endOf(nation), endOf(motto), endOf(number), endOf(place));
  const day = place ? dayFrom(`${place[2]}/${place[3]}/${place[4]}`) : null;
  const titled = readTitle(text, after, number, place);
  return {
    ...issuer,
    number: number?.[1] ?? null,
    symbol: number?.[2] ? flat(number[2]).replace(/\s/g, '') : null,
    place: place?.[1] ? flat(place[1]) : null,
    issuedOn: day,
    ...titled,
  };
}

function endOf(match: RegExpExecArray | null): number {
  return match ? match.index + match[0].length : 0;
}

/** The run of upper-case words with which a text ends: the header of the agency, whatever the collection put before it. */
function upperTail(text: string): string {
  const words = text.match(WORD) ?? [];
  let first = words.length;
  while (first > 0 && /^(?:[\p{Lu}]+[.,&-]*|[-–,&]|\d{1,2})$/u.test(words[first - 1] ?? '')) first -= 1;
  return words.slice(first).join(' ');
}

// An agency begins with one of these; the words before it that would make it part of another name are excluded.
const AGENCY =
  /(?<!\p{L})(?:ỦY BAN|UỶ BAN|UBND|HỘI ĐỒNG NHÂN DÂN|HĐND|VĂN PHÒNG|THANH TRA|TỔNG CỤC|CHI CỤC|(?<!NỘI )VỤ|CỤC|SỞ|BỘ|(?<!(?:QUỐC|HẢI|VĂN) )PHÒNG|CÔNG AN|TRUNG TÂM|BAN|TRƯỜNG|BỆNH VIỆN|VIỆN|CHỦ TỊCH)(?!\p{L})/gu;

/** Splits the header into the agency above and the issuing agency: the last agency named is the one that issues. */
export function splitIssuer(header: string): { superior: string | null; name: string | null } {
  const cleaned = header.replace(/[\s,-]+$/, '').trim();
  if (cleaned === '') return { superior: null, name: null };
  const starts = [...cleaned.matchAll(AGENCY)].map((match) => match.index);
  const inner = /^(?:CHỦ TỊCH|VĂN PHÒNG|BAN|THANH TRA)\s/u;
  const last = starts.at(-1) ?? 0;
  const before = starts.length > 1 ? cleaned.slice(0, last).trim() : '';
  // "CHỦ TỊCH ỦY BAN NHÂN DÂN" is one name, not an office below.
  if (before === '' || (starts.length === 2 && inner.test(`${before} `) && before.split(' ').length <= 2)) {
    return { superior: null, name: cleaned };
  }
  return { superior: before, name: cleaned.slice(last) };
}

/** Opens a ground or the sentence that opens the body. */
export const GROUND_OPENER =
  /(?<![\p{L}“"])(?:Căn cứ|Thực hiện|Xét|Theo|Để|Nhằm|Tiếp theo|Trên cơ sở|Chỉ đạo|Thi hành|Triển khai(?= (?:Kế hoạch|Nghị|Quyết|Công văn|Chỉ thị|Chương trình)))(?=\s)/u;

function readTitle(
  text: string,
  after: number,
  number: RegExpExecArray | null,
  place: RegExpExecArray | null,
): { type: string | null; title: string | null; end: number } {
  const letter = /(?<!\p{L})V\/v\s*:?\s*/u.exec(text.slice(endOf(number)));
  if (letter && letter.index < 60) return letterTitle(text, endOf(number) + letter.index + letter[0].length, place);
  const found = typeAfter(text, after);
  if (!found) return { type: null, title: null, end: after };
  const rest = text.slice(found.end);
  const cut = titleEnd(rest, found.type);
  const title = flat(rest.slice(0, cut)).replace(/[\s_.-]+$/, '');
  return { type: found.type, title: title === '' ? null : title, end: found.end + cut };
}

function letterTitle(text: string, start: number, place: RegExpExecArray | null) {
  const rest = text.slice(start);
  const stops = [rest.search(/Kính\s+gửi/u), place ? place.index - start : -1, rest.search(/CỘNG\s+H/u)].filter((at) => at > 0);
  const cut = stops.length === 0 ? Math.max(0, rest.search(/[\n\u2029]|$/u)) : Math.min(...stops);
  return { type: 'Công văn', title: flat(rest.slice(0, cut)) || null, end: Math.max(start + cut, endOf(place)) };
}

function typeAfter(text: string, after: number): { type: string; end: number } | null {
  let best: { type: string; start: number; end: number } | null = null;
  for (const { name, symbolled } of documentTypes) {
    if (!symbolled) continue;
    const pattern = new RegExp(String.raw`(?<!\p{L})${name.toUpperCase().replace(/ /g, String.raw`\s+`)}(?!\p{L})`, 'u');
    const match = pattern.exec(text.slice(after, after + 400));
    if (match && (best === null || match.index < best.start)) {
      best = { type: name, start: match.index, end: after + match.index + match[0].length };
    }
  }
  return best;
}

const titleCharsMax = 600;

/** A title in capitals ends with them; one in small letters ends where a ground or a section opens, or with its paragraph. */
function titleEnd(rest: string, type: string): number {
  const upper = upperHead(rest);
  if (flat(rest.slice(0, upper)).length > 12) {
    const title = rest.slice(0, upper);
    const who =
      type === 'Quyết định'
        ? /(?<=\s)(?:BỘ TRƯỞNG|CHỦ TỊCH|(?:ỦY|UỶ) BAN NHÂN DÂN|GIÁM ĐỐC|HỘI ĐỒNG NHÂN DÂN|THỦ TƯỚNG)(?=\s)/gu
        : null;
    const last = who ? [...title.matchAll(who)].at(-1) : undefined;
    return last ? last.index : upper;
  }
  const begin = rest.search(/\S/u);
  const from = Math.max(0, begin) + 1;
  const stops = [
    rest.slice(from).search(GROUND_OPENER),
    rest.slice(from).search(/[IVX]{1,4}\s*[./]\s*\p{Lu}/u),
    rest.slice(from).search(/(?<!\p{L})(?:Điều\s+1|Kính\s+gửi|Phần\s+I)(?!\p{L})/u),
    rest.slice(from).search(/\u2029(?=.{80})/u),
  ].filter((at) => at >= 0);
  return Math.min(from + (stops.length === 0 ? titleCharsMax : Math.min(...stops)), titleCharsMax, rest.length);
}

function upperHead(text: string): number {
  let end = 0;
  for (const match of text.matchAll(WORD)) {
    if (/\p{Ll}/u.test(match[0]) || /^[IVX]{1,4}\.$/.test(match[0])) break;
    end = match.index + match[0].length;
  }
  return end;
}
