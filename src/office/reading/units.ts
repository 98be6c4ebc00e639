import { flat } from './scraped.js';
import { NEXT_IN_LIST, SHARED_NOUN, splitUnits } from './unitLists.js';
import { AGENCY, GROUP, NAME_GOES_ON, PREDICATES, STANDARD_NAME } from './unitWords.js';

/** Begins the name of a unit in running text. */
export const UNIT_HEAD = `(?:${AGENCY}|${GROUP})(?!\\p{L})`;
const HEAD_HERE = new RegExp(`^${UNIT_HEAD}`, 'u');
// Inside names these words are no verbs: "Ban quản lý ...", "Ban Quản lý dự án đầu tư xây dựng", "Sở Giao thông", "công trình".
const NAMED =
  '(?:^|[,;] |và |Trưởng |Giám đốc |Chánh |[Cc]ác )(?:Văn phòng Ban|Ban|ban|Cục|Chi cục|Vụ|Quỹ|Trung tâm|Bộ phận|bộ phận|Công ty|Đội|đội|Tổ|tổ|Đoàn|đoàn|Trạm|Hội|Phòng|phòng|Viện|Nhà máy|cơ sở) ';
const INSIDE =
  '(?:các|[Tt]hường|hạ tầng|nuôi|về|và|(?<![Cc]hủ )đầu tư|thanh tra|trung|công|chương|quy|quá|lộ|hành|tiến|thứ|độc|bầu|chữ|đăng|thuyết|cơ sở) ';
// The verbs after which bodies are named; no body is named after reporting or leading.
const NAMEABLE =
  /^(?:quản lý|chỉ đạo|kiểm tra|thanh tra|xây dựng|tiếp nhận|hỗ trợ|thu|tổ chức|tư vấn|phát|điều hành|khai thác|phòng|tuyên truyền|hướng dẫn|vận động|đăng ký|nghiên cứu|đào tạo|giám sát|khảo sát|thẩm định|rà|xử lý|giải|tiếp|thông tin|quy hoạch|kiểm soát)/u;
const [nameable, plain] = [PREDICATES.filter((verb) => NAMEABLE.test(verb)), PREDICATES.filter((verb) => !NAMEABLE.test(verb))];
const PREDICATE = new RegExp(
  `(?<!${INSIDE})(?<!\\p{L})(?:${plain.join('|')}|(?<!${NAMED})(?:${nameable.join('|')}))(?!\\p{L})`,
  'u',
);
// "các cơ quan được phân công chủ trì": the words belong to the name, its verb comes later.
const APPOSITION = /^(?:(?!\stheo\s)[^.;]){0,60}?\sđược\s(?:phân công|giao)(?:\s(?:chủ trì|nhiệm vụ|trách nhiệm))?/u;

const unitListCharsMax = 500;
const unitNameCharsMax = 160;

/** Whether a text begins with the name of a unit. */
export function startsUnit(text: string): boolean {
  return HEAD_HERE.test(text);
}

/** Where a list of names that are complete by the rules of naming ends, whatever verb follows; null where a name is not of that kind. */
function standardEnd(text: string): number | null {
  let at = 0;
  for (;;) {
    const name = STANDARD_NAME.exec(text.slice(at));
    if (!name) return null;
    const end = at + name[0].length;
    if (!NAME_GOES_ON.test(text.slice(end))) return end;
    const next = NEXT_IN_LIST.exec(text.slice(end));
    if (next?.index !== 0) return null;
    at = end + next[0].length;
  }
}

const PAUSE = /(?<!(?<!\p{L})TP|TX|Tp)[.;:](?!\p{L})|,\s+(?=\p{Ll})/gu;
// After a comma these continue the name of a group: "các sở, ban, ngành", "UBND các xã, phường".
const IN_NAME =
  /^,\s+(?:ban|ngành|đơn vị|phường|xã|quận|huyện|đặc khu|địa phương|tổ chức|cơ quan|các|đoàn thể|thị trấn|thành phố|tỉnh|thị xã|thôn|bản|khu phố|bà|chi nhánh|trạm|lực lượng|cá nhân|hội|hộ|doanh nghiệp|người dân|chính quyền|(?:tỉnh|thành|đảng) (?:ủy|uỷ))(?!\p{L})/u;
const NAME_LIST = /^,\s+(?:\p{Ll}+\s){1,3}và\s\p{Lu}/u;
const lastWordsMax = 3;

/** Where the words stop to be names: at a full stop, or at a comma after which neither a name nor the rest of one follows. */
function pauseAt(near: string): number {
  for (const match of near.matchAll(PAUSE)) {
    const rest = near.slice(match.index);
    if (rest.startsWith(':') && SHARED_NOUN.test(near.slice(0, match.index))) continue;
    if (!rest.startsWith(',')) return match.index;
    if (IN_NAME.test(rest) || NAME_LIST.test(rest)) continue;
    // "Công tác học sinh, sinh viên lập ...": the verb that follows belongs to the whole.
    const words = rest.slice(1).trimStart();
    const verb = PREDICATE.exec(words);
    if (
      verb &&
      verb.index > 0 &&
      !/[.,;:]/.test(words.slice(0, verb.index)) &&
      words.slice(0, verb.index).split(' ').length <= lastWordsMax
    )
      continue;
    return match.index;
  }
  return near.length;
}

/** Begins what is named after "phối hợp với", where also a branch or an authority without a name of its own may stand. */
export const PARTNER_HEAD = `(?:${UNIT_HEAD}|(?:[Nn]gành(?= \\p{Ll})|[Cc]ấp (?:ủy|uỷ)|[Cc]hính quyền|địa phương|chủ đầu tư)(?!\\p{L}))`;

/** The units with which a text begins, read up to the predicate; empty where it begins with none, or with no predicate after them. */
export function unitsAtHead(text: string, head = HEAD_HERE): string[] {
  const near = text.slice(0, unitListCharsMax);
  if (!head.test(near)) return [];
  const standard = standardEnd(near);
  if (standard !== null) return splitUnits(near.slice(0, standard));
  const apposed = APPOSITION.exec(near)?.[0].length ?? 0;
  const stop = PREDICATE.exec(near.slice(apposed));
  const pause = pauseAt(near);
  const verb = stop ? apposed + stop.index : near.length;
  // "các đơn vị liên quan" is complete, whatever verb follows.
  const complete = /liên quan(?=\s+(?!thuộc|trong|của|trên|và|cùng|khác)\p{Ll})/u.exec(near);
  const end = Math.min(verb, pause, complete ? complete.index + 'liên quan'.length : near.length);
  if (end === near.length && near.length < text.length) return [];
  return plausible(splitUnits(near.slice(0, end).replace(/\s+(?:và|cùng|đã|sẽ|được)$/u, '')).map(withoutTask));
}

/** "Ủy ban nhân dân các xã, phường được phân công chủ trì": the name of a body is complete without its task; that of a group is not. */
function withoutTask(name: string): string {
  return HEAD_OF_GROUP.test(name) ? name : name.replace(/\sđược\s(?:phân công|giao)\s.*$/u, '');
}

const HEAD_OF_GROUP = new RegExp(`^(?:${GROUP})`, 'u');

function plausible(names: string[]): string[] {
  return names.every((name) => name.length <= unitNameCharsMax) ? names : [];
}

const ORDER = /^(?:Giao|Đề nghị|Yêu cầu|Đối với|(?:Trách nhiệm|Nhiệm vụ) của)(?:\s+cho)?\s*:?\s*/u;

// What tells which units are meant is no predicate: "Các chủ rừng là tổ chức", "Các doanh nghiệp đang hoạt động trong khu công nghiệp".
const ATTRIBUTE =
  /(?<!\p{L})(?:về xây dựng pháp luật|là tổ chức|(?:đang )?hoạt động(?= (?:trong|trên|tại|kinh doanh) )|đầu tư xây dựng(?: và kinh doanh)?)(?!\p{L})/gu;
const BRACKET_AT_END = /\s\([^()]{2,200}\)$/u;

/**
 * The units of a heading that is nothing but units (`2. Phòng Nội vụ:`, `1.1. Giao Sở Xây dựng`), or null where it says something else.
 * "Sở Y tế triển khai ..." is no heading: it has a predicate.
 */
export function unitHeading(heading: string): string[] | null {
  const text = flat(heading)
    .replace(ORDER, '')
    .replace(
      /(?:\s+(?:có|chịu)\s+(?:trách nhiệm|nhiệm vụ|các nhiệm vụ)(?:\s+(?:sau|sau đây|như sau|thực hiện))?)?[:.;\s]+$/u,
      '',
    );
  if (text === '' || text.length > unitListCharsMax || !HEAD_HERE.test(text)) return null;
  const colon = text.search(/[.:]\s/u);
  if (colon >= 0 && (text[colon] === '.' || !SHARED_NOUN.test(text.slice(0, colon)) || /[.:]\s/u.test(text.slice(colon + 1))))
    return null;
  const whole = /^Các\s/u.test(text) ? text.replace(BRACKET_AT_END, '') : text;
  if (PREDICATE.test(whole.replace(ATTRIBUTE, ''))) return null;
  return splitUnits(whole);
}

const CAPITAL_PREDICATE = new RegExp(
  `\\s(?=(?:${PREDICATES.map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`).join('|')})(?!\\p{L}))`,
  'gu',
);
const BARE_AGENCY = new RegExp(`(?:^|\\s)(?:${AGENCY})$`, 'u');

/**
 * The words after a heading of units: behind its colon ("Phòng Nội vụ: Lập kế hoạch ...") or, where a line break was lost,
 * from the capital of the first verb on ("Giao Sở Xây dựng Theo dõi ..."). Null where no such heading stands before.
 */
export function afterUnitHeading(text: string): { units: string[]; rest: string } | null {
  const colon = text.indexOf(':');
  const units = colon < 0 || SHARED_NOUN.test(text.slice(0, colon)) ? null : unitHeading(text.slice(0, colon));
  if (units !== null) return { units, rest: text.slice(colon + 1).trim() };
  for (const verb of text.slice(0, unitListCharsMax).matchAll(CAPITAL_PREDICATE)) {
    // "Phòng Văn hoá và Thông tin": a capital after "và" is a name's.
    if (/(?:\svà|\scùng|,|[-–])$/u.test(text.slice(0, verb.index))) continue;
    const before = unitHeading(text.slice(0, verb.index));
    if (before !== null && !BARE_AGENCY.test(before.at(-1) ?? '')) return { units: before, rest: text.slice(verb.index + 1) };
  }
  return null;
}
