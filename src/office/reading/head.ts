import { dayFrom } from './dates.js';
import type { Span } from './planReading.js';
import { flat } from './scraped.js';
import { readTitle } from './title.js';

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
  /** Ranges of the regular text in which these stand. */
  readonly at: Readonly<Record<'issuer' | 'number' | 'symbol' | 'type' | 'place' | 'issuedOn' | 'title', readonly Span[]>>;
  /** Where the form begins, whatever the collection put before it. */
  readonly start: number;
  readonly end: number;
}

const NATION = /CỘNG\s+(?:HÒA|HOÀ)\s+XÃ\s+HỘI\s+CHỦ\s+NGHĨA\s+VIỆT\s+NAM/u;
const MOTTO = /Độc\s+lập\s*[-–]\s*Tự\s+do\s*[-–]\s*Hạnh\s+phúc/iu;
const NUMBER =
  /(?<!\p{L})Số\s*(?::\s*|(?=\d))(?:(\d+\p{L}?)?\s*\/\s*|(\d+)\s*-\s*(?=\p{L}+\/\p{Lu}))((?:\d{4}\s*\/\s*)?[\p{L}\d&.]+(?:[-/]\s?[\p{L}\d&.]+)*)/u;
// Bounded repeats: a long run of capitalised words must not cost more than its length.
const PLACE_AND_DAY =
  /(?<!\p{L})((?:Thành[ \n]+phố[ \n]+|Tỉnh[ \n]+|T[Pp]\.?\s*)?\p{Lu}[\p{Ll}'’]*(?:(?:[ \n]+|[ \n]*-[ \n]*|(?<=['’]))(?:\p{Lu}[\p{Ll}'’]*|\d{1,2})){0,8})\s*,\s*ngày\s+([\d.…]*)\s*tháng\s*([\d.…]*)\s*năm(?:\s+(\d{4})|(?=[ ]*(?:20)?[.…]*[ ]*(?:[\n\u2029]|\p{Lu}{2})))/u;
const WORD = /[^\s]+/gu;

/** Reads issuer, number, place, day, type and title by the form (Nghị định 30/2020/NĐ-CP, Phụ lục I, ô 1 to 5). */
export function readHead(text: string): Head {
  const nation = NATION.exec(text);
  const motto = MOTTO.exec(text);
  const number = NUMBER.exec(text);
  const place = placeIn(text);
  const header = issuerRanges(text, nation, motto, number);
  const issuer = splitIssuer(header.map(([from, to]) => flat(text.slice(from, to))).join(' '));
  const after = Math.max(endOf(nation), endOf(motto), endOf(number), endOf(place));
  const day = place ? dayFrom(`${place[2]}/${place[3]}/${place[4]}`) : null;
  const titled = readTitle(text, after, number, place);
  const symbol = number?.[3] ? flat(number[3]).replace(/\s/g, '') : null;
  const at = {
    issuer: header,
    number: partOf(number, number?.[1] ?? number?.[2]),
    symbol: partOf(number, number?.[3]),
    place: partOf(place, place?.[1]),
    issuedOn: place && day ? [[place.index + (place[1]?.length ?? 0), endOf(place)] as const] : [],
    type: titled.typeAt,
    title: titled.title === null ? [] : titled.titleAt,
  };
  const first = Math.min(...Object.values(at).flatMap((ranges) => ranges.map(([from]) => from)), nation?.index ?? text.length);
  return {
    ...issuer,
    number: number?.[1] ?? number?.[2] ?? null,
    symbol,
    place: place?.[1] ? flat(place[1]) : null,
    issuedOn: day,
    type: titled.type,
    title: titled.title,
    at,
    start: first === text.length ? 0 : first,
    end: titled.end,
  };
}

/**
 * Place and day. A place may be wrapped within its name ("Thành phố Hồ Chí\nMinh"); words that end the line above belong to another part.
 */
function placeIn(text: string): RegExpExecArray | null {
  const found = PLACE_AND_DAY.exec(text);
  const wrap = found?.[1]?.lastIndexOf('\n') ?? -1;
  if (!found || wrap < 0 || /(?:^|[\n\u2029])$/u.test(text.slice(0, found.index))) return found;
  const from = found.index + wrap + 1;
  const own = PLACE_AND_DAY.exec(text.slice(from));
  if (own?.index !== 0) return found;
  own.index = from;
  return own;
}

/** Where a group of a match stands; the groups here stand in the order of the text. */
function partOf(match: RegExpExecArray | null, words: string | undefined): Span[] {
  if (!match || words === undefined) return [];
  const from = match.index + match[0].lastIndexOf(words);
  return [[from, from + words.length]];
}

/**
 * The header of the agency: above the name of the nation; where columns were torn, its second line stands before the motto,
 * and where the right column came first, all of it before the number.
 */
function issuerRanges(
  text: string,
  nation: RegExpExecArray | null,
  motto: RegExpExecArray | null,
  number: RegExpExecArray | null,
): Span[] {
  const above = Math.min(nation?.index ?? text.length, number?.index ?? text.length);
  const left = upperTail(text, 0, above === text.length ? 0 : above);
  if (!nation || !motto || motto.index < nation.index) return left;
  const torn = tornHeader(text, endOf(nation), motto.index);
  if (left.length + torn.length > 0) return [...left, ...torn];
  return number && number.index > motto.index ? upperTail(text, endOf(motto), number.index) : [];
}

/** What stands between the name of the nation and the motto, where it is all capitals: the second line of the left column. */
function tornHeader(text: string, from: number, to: number): Span[] {
  const words = [...text.slice(from, to).matchAll(WORD)].filter((word) => !/^[-_|]+$/.test(word[0]));
  const [first, last] = [words[0], words.at(-1)];
  if (!first || !last || !words.every((word) => UPPER.test(word[0]))) return [];
  return [[from + first.index, from + last.index + last[0].length]];
}

function endOf(match: RegExpExecArray | null): number {
  return match ? match.index + match[0].length : 0;
}

const UPPER = /^(?:[\p{Lu}]+[.,&'’-]*|\p{Lu}+['’]\p{Lu}+|[-–,&]|\d{1,2})$/u;
const headerCharsMax = 2_000;

/** The run of upper-case words with which a stretch of text ends: the header of the agency, whatever the collection put before it. */
function upperTail(text: string, from: number, to: number): Span[] {
  const start = Math.max(from, to - headerCharsMax);
  const words = [...text.slice(start, to).matchAll(WORD)];
  let first = words.length;
  while (first > 0 && UPPER.test(words[first - 1]?.[0] ?? '')) first -= 1;
  while (first < words.length && !/\p{Lu}/u.test(words[first]?.[0] ?? '')) first += 1;
  const [head, last] = [words[first], words.at(-1)];
  return head && last ? [[start + head.index, start + last.index + last[0].length]] : [];
}

// An agency begins with one of these; the words before it that would make it part of another name are excluded.
const AGENCY =
  /(?<!\p{L})(?:ỦY BAN|UỶ BAN|UBND|HỘI ĐỒNG NHÂN DÂN|HĐND|VĂN PHÒNG|THANH TRA|TỔNG CỤC|CHI CỤC|(?<!NỘI )VỤ|CỤC|SỞ|BỘ|(?<!(?:QUỐC|HẢI|VĂN) )PHÒNG(?!,? CHỐNG)|CÔNG AN|TRUNG TÂM|BAN|TRƯỜNG|BỆNH VIỆN|VIỆN|CHỦ TỊCH)(?!\p{L})/gu;

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
