import { flat } from './scraped.js';
import { AGENCY, GROUP } from './unitWords.js';

// In a list of units any "các ..." begins a name: "các cơ quan thông tấn", "Các vấn đề chung về xây dựng pháp luật".
export const NEXT_IN_LIST = new RegExp(
  `(?:(?:\\s*;\\s*|\\s*,\\s*(?:và\\s+)?|\\s*,?\\s+cùng(?:\\s+với)?\\s+)(?=(?:${AGENCY}|[Cc]ác|cơ quan(?!,| (?:có )?liên quan| ngang| thuộc Chính phủ| [Tt]rung ương| cấp)|chính quyền địa phương|tổ chức pháp chế)(?!\\p{L}))` +
    `|\\s+và\\s+(?=(?:${AGENCY}|${GROUP}|chính quyền địa phương|sở, (?:ban, )?ngành|tổ chức pháp chế|tổ chức, cá nhân)(?!\\p{L})))`,
  'u',
);

// "Giám đốc các Sở: Xây dựng, Tài chính": the colon stands inside the name.
const NOUN =
  '(?:^|\\s)[Cc]ác\\s(?:[Ss]ở|[Bb]ộ|[Pp]hòng|[Bb]an|Vụ|Cục|tỉnh(?:,\\sthành phố)?(?:\\strực thuộc\\s[Tt]rung ương)?|thành phố|huyện|quận|xã|phường|trường|[Tt]ập đoàn|[Hh]ội|bộ,\\sngành)';
export const SHARED_NOUN = new RegExp(`${NOUN}$`, 'u');
const SHARED_LIST = new RegExp(`${NOUN}:\\s`, 'u');
// Fields and bodies that such a list counts up, although they also name an agency.
const LISTED = /^(?:Công an|Thanh tra|Ngân hàng Nhà nước)(?!\p{L})/u;
const JOINT_OFFICE = /(?<!\p{L})Văn phòng\s(?:Đoàn\s\S.*\s)?(?:HĐND|Hội đồng nhân dân|ĐBQH|Đoàn ĐBQH|Đoàn đại biểu Quốc hội)$/u;
const BARE_TITLE = /^(?:[Gg]iám đốc|[Tt]hủ trưởng|Trưởng|Chánh|Chủ tịch|Hiệu trưởng|[Nn]gười đứng đầu|[Ll]ãnh đạo)$/u;
// "Sở Tài chính và cơ quan, địa phương liên quan": after the name of one unit the rest is a group of its own.
const REST_GROUP =
  /^(.{8,}?)(?:,(?=\s+cơ quan)|\s+và)\s+((?:cơ quan|đơn vị|tổ chức|địa phương)(?:,\s(?:cơ quan|đơn vị|tổ chức|địa phương|cá nhân))*\s(?:có\s)?liên quan\b.*)$/u;
// "các nhà mạng (A, B, C)": the bracket counts up who is in the group.
const COUNTED_UP = /^([Cc]ác\s[^()]{3,60}?)\s\([^()]*,[^()]*\)$/u;
const ONE_UNIT = new RegExp(`^(?:${AGENCY})(?!\\p{L})`, 'u');

/** Splits a list of units as labels and headings write it. Commas and "và" inside a name stay: only what begins a name begins one. */
export function splitUnits(list: string): string[] {
  const names: string[] = [];
  let rest = flat(list).replace(/[.;:,]+$/, '');
  while (rest !== '') {
    const next = nextName(rest);
    const name = rest.slice(0, next?.end ?? rest.length).trim();
    if (name !== '') names.push(...apart(name));
    rest = next ? rest.slice(next.start) : '';
  }
  return names;
}

/** Where the first name of a list ends and the next one starts; null where there is but one. */
function nextName(list: string): { readonly end: number; readonly start: number } | null {
  const shared = SHARED_LIST.exec(list);
  let from = 1;
  for (;;) {
    const found = NEXT_IN_LIST.exec(list.slice(from));
    if (!found) return null;
    const end = from + found.index;
    const start = end + found[0].length;
    const name = list.slice(0, end).trim();
    const listed = shared !== null && shared.index < end && !found[0].includes(';') && LISTED.test(list.slice(start));
    // "Văn phòng HĐND và UBND huyện" is one office, "Giám đốc, Thủ trưởng các sở" one group.
    const joint = /^\s+và\s/u.test(found[0]) ? JOINT_OFFICE.test(name) : found[0].includes(',') && BARE_TITLE.test(name);
    if (!listed && !joint) return { end, start };
    from = start;
  }
}

function apart(name: string): string[] {
  const [, unit, group] = REST_GROUP.exec(name) ?? [];
  const [, counted] = COUNTED_UP.exec(name) ?? [];
  if (counted !== undefined) return [counted];
  return unit !== undefined && group !== undefined && ONE_UNIT.test(unit) ? [unit, group] : [name];
}
