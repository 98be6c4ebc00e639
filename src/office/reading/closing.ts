import { flat } from './scraped.js';

/** Who signed and as what, each as printed (Nghị định 30/2020/NĐ-CP, Phụ lục I, ô 7). */
export interface Signature {
  readonly authority: string | null;
  readonly capacity: string | null;
  readonly title: string | null;
  readonly name: string | null;
}

/** Where the signature stands in the text: `end` is after the name. */
export interface FoundSignature {
  readonly signature: Signature;
  readonly start: number;
  readonly end: number;
}

const TITLES = [
  'PHÓ CHỦ TỊCH',
  'CHỦ TỊCH',
  'BỘ TRƯỞNG',
  'THỨ TRƯỞNG',
  'PHÓ TỔNG GIÁM ĐỐC',
  'TỔNG GIÁM ĐỐC',
  'PHÓ GIÁM ĐỐC',
  'GIÁM ĐỐC',
  'PHÓ CHÁNH VĂN PHÒNG',
  'CHÁNH VĂN PHÒNG',
  'PHÓ CHÁNH THANH TRA',
  'CHÁNH THANH TRA',
  'PHÓ TRƯỞNG PHÒNG',
  'TRƯỞNG PHÒNG',
  'PHÓ TRƯỞNG BAN',
  'TRƯỞNG BAN',
  'PHÓ CHI CỤC TRƯỞNG',
  'CHI CỤC TRƯỞNG',
  'PHÓ CỤC TRƯỞNG',
  'CỤC TRƯỞNG',
  'PHÓ TỔNG CỤC TRƯỞNG',
  'TỔNG CỤC TRƯỞNG',
  'PHÓ VỤ TRƯỞNG',
  'VỤ TRƯỞNG',
  'PHÓ VIỆN TRƯỞNG',
  'VIỆN TRƯỞNG',
  'PHÓ HIỆU TRƯỞNG',
  'HIỆU TRƯỞNG',
  'PHÓ CHỦ NHIỆM',
  'CHỦ NHIỆM',
  'PHÓ THỐNG ĐỐC',
  'THỐNG ĐỐC',
  'PHÓ TỔNG THANH TRA',
  'TỔNG THANH TRA',
  'PHÓ CHỈ HUY TRƯỞNG',
  'CHỈ HUY TRƯỞNG',
  'PHÓ TRƯỞNG THUẾ',
  'TRƯỞNG THUẾ',
  'PHÓ TỔNG KIỂM TOÁN',
  'TỔNG KIỂM TOÁN',
  'PHÓ THỦ TƯỚNG',
  'THỦ TƯỚNG',
  'THỦ TRƯỞNG',
]
  .sort((a, b) => b.length - a.length)
  .map((title) => title.replace(/ /g, '\\s+'))
  .join('|');
// TM., KT., TL., TUQ., Q.; before 2011 also T/M, K/T, T/L.
const ON_BEHALF = '(?:TM\\s*\\.|T/M\\s*\\.?)\\s*';
const ACTING = `(?:(?:KT|TL|TUQ|Q)\\s*\\.|(?:K/T|T/L)\\s*\\.?|(?:KT|TL|TUQ)(?=\\s+(?:${TITLES})))`;
// Words that may follow a title on its line: "PHÓ CHỦ TỊCH THƯỜNG TRỰC", "TRƯỞNG PHÒNG NỘI VỤ".
const TITLED = `(?:${TITLES})(?!\\p{L})(?:\\s+(?!(?:TM|KT|TL|TUQ|Q)\\.|[KT]/[TLM])(?!${TITLES})\\p{Lu}{2,}(?!\\p{L})(?:,(?=\\s+\\p{Lu}{2}))?|,\\s+(?:${TITLES})(?!\\p{L}))*`;
const SIGNED = '(?:\\s*[([]?\\s*(?:Đã|đã|ĐÃ)\\s+(?:ký|KÝ)\\s*[)\\]]?)?';
// A name ends where the name of a paper begins, as collections put it after the signature.
const NAME_WORD =
  "(?!(?:Công văn|Quyết định|Kế hoạch|Thông báo|Chỉ thị|Phụ lục|Văn bản|Nơi nhận|Tờ trình|Báo cáo|Chương trình)(?!\\p{L}))\\p{Lu}(?:['’]\\p{Lu})?[\\p{Ll}'’]*(?!\\p{L})";
const NAME = `\\s+(?<name>(?:(?:PGS|GS|TS|ThS|BS|KS|CN|CVCC)\\.\\s?)*(?:${NAME_WORD}[ \\n]?-?[ \\n]?){2,6})`;
const BLOCK = new RegExp(
  `(?:(?<authority>${ON_BEHALF}(?:(?!${ACTING}|${TITLES})\\p{Lu}+\\s+){1,16})\\s*)?(?:(?<capacity>${ACTING}\\s*(?:${TITLED})(?:\\s+${ACTING}\\s*(?:${TITLED}))?)\\s+)?(?:(?<title>${TITLED}))?${SIGNED}${NAME}`,
  'gu',
);

/** A line of the signature block standing alone in torn columns: in brackets what precedes it, before a bullet or the end of a line. */
const PIECE = new RegExp(
  `(?<=Nơi\\s+nhận\\s*:?\\s|[;.:,)]\\s|[\\n\\u2029])(?:(?<authority>${ON_BEHALF}\\p{Lu}{2,}(?:\\s+\\p{Lu}{2,}){0,12})|(?<capacity>${ACTING}\\s*${TITLED})|(?<title>${TITLED}))(?=\\s+[-–+•]|[ ]*[\\n\\u2029]|\\s*$)`,
  'gu',
);
// What is left in the row of the archive, or alone on its line, is the name of who signed.
const TORN_NAME = new RegExp(
  `(?:(?<=Lưu[^\\n\\u2029]{0,120}[.;)]\\s)|(?<=[\\n\\u2029]))(?:(?:PGS|GS|TS|ThS|BS|KS)\\.\\s?)*${NAME_WORD}(?:\\s${NAME_WORD}){1,5}(?=[ ]*[\\n\\u2029]|\\s*$)`,
  'gu',
);

/** A signature block that was torn between the rows of the recipients, and where its pieces stand. */
export interface TornSignature {
  readonly signature: Signature;
  readonly pieces: readonly (readonly [start: number, end: number])[];
}

/** Gathers the pieces of a signature block from among the recipients between `from` and `to`; null where there are none. */
export function tornSignature(text: string, from: number, to: number): TornSignature | null {
  const region = text.slice(from, to);
  const found = [...region.matchAll(PIECE)];
  if (found.length === 0) return null;
  const part = (name: 'authority' | 'capacity' | 'title') =>
    flat(found.find((match) => match.groups?.[name] !== undefined)?.[0] ?? '') || null;
  const after = found.at(-1)?.index ?? 0;
  const name = [...region.matchAll(TORN_NAME)].filter((match) => match.index > after).at(-1);
  return {
    signature: {
      authority: part('authority'),
      capacity: part('capacity'),
      title: part('title'),
      name: name ? flat(name[0]) : null,
    },
    pieces: [...found, ...(name ? [name] : [])].map((match) => [from + match.index, from + match.index + match[0].length]),
  };
}

/** The first signature block at or after `from`; null where the text has none. */
export function findSignature(text: string, from: number): FoundSignature | null {
  BLOCK.lastIndex = from;
  for (let match = BLOCK.exec(text); match; match = BLOCK.exec(text)) {
    const groups = match.groups ?? {};
    const { authority, capacity, title } = groups;
    if (authority === undefined && capacity === undefined && title === undefined) {
      BLOCK.lastIndex = match.index + 1 + (/\s/.exec(text.slice(match.index + 1))?.index ?? text.length);
      continue;
    }
    const name = flat(groups['name'] ?? '');
    const acting = title === undefined && capacity !== undefined && /^Q/.test(capacity);
    return {
      signature: {
        authority: authority === undefined ? null : flat(authority),
        capacity: capacity === undefined ? null : flat(capacity),
        title: title !== undefined ? flat(title) : acting ? flat(capacity ?? '') : null,
        name: name === '' ? null : name,
      },
      start: match.index,
      end: match.index + match[0].trimEnd().length,
    };
  }
  return null;
}
