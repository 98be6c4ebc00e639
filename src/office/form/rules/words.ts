import { at, type Found, term } from '../finding.js';
import { type FormRule, rulesOf } from '../rule.js';
import { type PlacedText, textsOf } from '../texts.js';

const ND30_PLACE = 'Phụ lục I, phần I';
const CAPITALS = 'Phụ lục II';
/** Findings of one kind that are told for one paper; a paper that never says it right needs no hundred of them. */
const foundMax = 20;

/** A text that is cited by its number: type, number and symbol, and what follows them. */
const CITED =
  /(Nghị quyết|Nghị định|Thông tư(?: liên tịch)?|Quyết định|Chỉ thị|Quy chế|Quy định|Thông báo|Hướng dẫn|Chương trình|Kế hoạch|Phương án|Đề án|Dự án|Báo cáo|Tờ trình|Công văn|Công điện|Kết luận)\s+số\s+(\d[\w/.\p{L}-]*[\p{L}\d])/gu;
/** Laws are cited by type and name alone. */
const LAW_NUMBERED = /(Luật|Bộ luật|Pháp lệnh)\s+(?:[\p{L}\s,]{0,80}?\s)?số\s+(\d[\w/.\p{L}-]*)/u;
const DAY = /^[^;]{0,20}?ngày\s+\d{1,2}\s*(?:tháng\s+\d{1,2}\s+năm\s+\d{4}|[/.-]\d{1,2}[/.-]\d{4})/u;
const BODY = /\scủa\s|\s(?:Ủy ban|UBND|Thủ tướng|Chính phủ|Bộ|Sở|Hội đồng|Quốc hội)\s?/u;
const SUBJECT =
  /\s(?:về|v\/v|quy định|hướng dẫn|ban hành|phê duyệt|sửa đổi|triển khai|thực hiện|tổ chức|tăng cường|đẩy mạnh)(?=\s|$)/iu;

/** The rest of the sentence after a citation. */
function after(text: string, index: number): string {
  return text.slice(index).split(/[;]/u)[0] ?? '';
}

function citations(texts: readonly PlacedText[]): readonly Found[] {
  const known = new Set<string>();
  return texts.flatMap(({ pointer, text }) =>
    [...text.normalize('NFC').matchAll(CITED)].flatMap((match): readonly Found[] => {
      const [whole, , number = ''] = match;
      if (known.has(number)) return [];
      known.add(number);
      const rest = after(text, match.index + whole.length);
      const full = DAY.test(rest) && BODY.test(rest) && SUBJECT.test(rest);
      return full ? [] : [{ place: at(pointer), found: `${whole}${rest.slice(0, 60)}`, expected: term('fullCitation') }];
    }),
  );
}

function lawsWithNumber(texts: readonly PlacedText[]): readonly Found[] {
  return texts.flatMap(({ pointer, text }) => {
    const match = LAW_NUMBERED.exec(text);
    return match === null ? [] : [{ place: at(pointer), found: match[0], expected: term('nameOnly') }];
  });
}

/** Small where a place in a text is cited: Phần, Chương, Mục, Tiểu mục, Điều take a capital. */
const SMALL_PLACE = /(?<=^|[\s(,])(phần|chương|mục|tiểu mục|điều)(?=\s+(?:[IVXLC]+|\d+)(?![\p{L}%]))/gu;
/** Khoản and điểm take none, except at the beginning of a sentence. */
const CAPITAL_PLACE = /(?<=[\p{Ll},]\s)(Khoản|Điểm)(?=\s+(?:\d+|[a-zđ])(?!\p{L}))/gu;

/** Each pattern with what is right instead. */
const WORDS: readonly (readonly [pattern: RegExp, right: (found: string) => string])[] = [
  [
    /(?<!(?:ban|đồng|án|sát|an|đội|sĩ|ưu tú|giáo|thầy thuốc|tự vệ|tín dụng|vũ trang)\s)(?<=^|[\s(“"])nhân dân(?!\p{L})/giu,
    () => 'Nhân dân',
  ],
  // The noun alone: where it says whose something is (cơ quan nhà nước, quản lý nhà nước), it stays small.
  [
    /(?<!(?:cơ quan|tổ chức|doanh nghiệp|ngân sách|quản lý|kho bạc|bí mật|bộ máy|tài sản|vốn|đầu tư|chức|viên|hành chính|thanh tra|kiểm toán|ngân hàng)\s)(?<=^|[\s(“"])nhà nước(?!\p{L})/giu,
    () => 'Nhà nước',
  ],
  [/thành phố Hồ Chí Minh/gu, () => 'Thành phố Hồ Chí Minh'],
  [/thủ đô Hà Nội/gu, () => 'Thủ đô Hà Nội'],
  [
    /(?<=^|[\s(,])(?:quận|phường|huyện|xã|tổ dân phố)\s+\d{1,2}(?![\d\p{L}/.-])/gu,
    (found) => `${found.charAt(0).toUpperCase()}${found.slice(1)}`,
  ],
];

function wrongWords(text: PlacedText): readonly Found[] {
  return WORDS.flatMap(([pattern, right]) => {
    const words = new Set([...text.text.normalize('NFC').matchAll(pattern)].map(([word]) => word));
    return [...words].flatMap((word) =>
      right(word) === word ? [] : [{ place: at(text.pointer), found: word, expected: right(word) }],
    );
  });
}

const capital = (word: string): string => `${word.charAt(0).toUpperCase()}${word.slice(1)}`;

function wrongPlaces({ pointer, text }: PlacedText): readonly Found[] {
  const place = at(pointer);
  return [
    ...[...text.matchAll(SMALL_PLACE)].map(([word]) => ({ place, found: word, expected: capital(word) })),
    ...[...text.matchAll(CAPITAL_PLACE)].map(([word]) => ({ place, found: word, expected: word.toLowerCase() })),
  ];
}

/** Words: citations and capitals. Only NĐ 30/2020 was read for them. */
export const wordRules: readonly FormRule[] = [
  ...rulesOf<null>({
    key: 'R-02',
    part: 'words',
    in: { 'ND30-2020': { trust: 'read', place: ND30_PLACE, params: null } },
    check: ({ content }) => {
      if (content === null) return [];
      const texts = textsOf(content).filter(({ pointer }) => pointer !== '/title');
      const grounds = texts.filter(({ pointer }) => pointer.startsWith('/bases'));
      return [...lawsWithNumber(grounds), ...citations(texts)].slice(0, foundMax);
    },
  }),
  ...rulesOf<null>({
    key: 'R-04',
    part: 'words',
    in: { 'ND30-2020': { trust: 'read', place: CAPITALS, params: null } },
    check: ({ content }) => (content === null ? [] : textsOf(content).flatMap(wrongPlaces).slice(0, foundMax)),
  }),
  ...rulesOf<null>({
    key: 'R-05',
    part: 'words',
    in: { 'ND30-2020': { trust: 'read', place: CAPITALS, params: null } },
    check: ({ content }) => (content === null ? [] : textsOf(content).flatMap(wrongWords).slice(0, foundMax)),
  }),
];
