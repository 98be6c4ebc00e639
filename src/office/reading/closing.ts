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
  'PHÓ THỦ TƯỚNG',
  'THỦ TƯỚNG',
  'THỦ TRƯỞNG',
]
  .sort((a, b) => b.length - a.length)
  .map((title) => title.replace(/ /g, '\\s+'))
  .join('|');
// Words that may follow a title on its line: "PHÓ CHỦ TỊCH THƯỜNG TRỰC", "TRƯỞNG PHÒNG NỘI VỤ".
const TITLED = `(?:${TITLES})(?!\\p{L})(?:\\s+(?!(?:TM|KT|TL|TUQ|Q)\\.)(?!${TITLES})\\p{Lu}{2,}(?!\\p{L}))*`;
const SIGNED = '(?:\\s*[([]?\\s*(?:Đã|đã|ĐÃ)\\s+(?:ký|KÝ)\\s*[)\\]]?)?';
const NAME = '\\s+(?<name>(?:\\p{Lu}\\p{Ll}*(?!\\p{L})[ \\n]?-?[ \\n]?){2,6})';
const BLOCK = new RegExp(
  `(?:(?<authority>TM\\.\\s*(?:(?!(?:KT|TL|TUQ|Q)\\.|${TITLES})\\p{Lu}+\\s+)+)\\s*)?(?:(?<capacity>(?:KT|TL|TUQ|Q)\\s*\\.\\s*(?:${TITLED}))\\s+)?(?:(?<title>${TITLED}))?${SIGNED}${NAME}`,
  'gu',
);

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
