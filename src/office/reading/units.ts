import { flat } from './scraped.js';

// How the name of an agency or of its head begins. Words that only look so ("Báo cáo", "Trường hợp", "Hội nghị") are excluded.
const AGENCY = [
  'UBND',
  'HĐND',
  'UB\\.?\\s?MTTQ',
  '(?:Ủy|Uỷ|ủy|uỷ) ban',
  'Hội đồng',
  'Sở',
  'Phòng',
  'phòng(?= \\p{Lu}| [Nn]ội vụ)',
  'Ban(?! hành)',
  'Bộ',
  'Công an',
  'Văn phòng',
  'Thanh tra',
  'Trung tâm',
  'Vụ',
  'Cục',
  'Chi cục',
  'Tổng cục',
  'Hội(?! nghị| thảo| đồng)',
  'Liên minh',
  'Liên đoàn',
  'Liên hiệp',
  'Hiệp hội',
  'Bảo hiểm',
  'Chi nhánh',
  'Đài',
  'Báo(?! cáo)',
  'Kho bạc',
  'Tòa án',
  'Toà án',
  'Viện',
  'Trường(?! hợp)',
  'Bệnh viện',
  'Mặt trận',
  'Tỉnh đoàn',
  'Thành đoàn',
  'Quận đoàn',
  'Huyện đoàn',
  'Đoàn(?! kết)',
  'Đảng ủy',
  'Ngân hàng',
  'Công ty',
  'Tổng công ty',
  'Điện lực',
  'Cơ quan',
  'Khối',
  'Cổng thông tin',
  'Thủ trưởng',
  'Người đứng đầu',
  'Chủ tịch(?! Hồ Chí Minh)',
  'Phó Chủ tịch',
  'Giám đốc',
  'Tổng Giám đốc',
  'Trưởng',
  'Chánh',
  'Hiệu trưởng',
].join('|');
const GROUP =
  '[Cc]ác (?:[Ss]ở|[Bb]an|[Nn]gành|[Pp]hòng|[Cc]ơ quan|[Đđ]ơn vị|[Tt]ổ chức|[Đđ]ịa phương|[Đđ]oàn thể|[Dd]oanh nghiệp|[Xx]ã|[Pp]hường|[Qq]uận|[Hh]uyện)|Sở, ban, ngành|[Đđ]ơn vị';

/** Begins the name of a unit in running text. */
export const UNIT_HEAD = `(?:${AGENCY}|${GROUP})(?!\\p{L})`;
const HEAD_HERE = new RegExp(`^${UNIT_HEAD}`, 'u');
// In a list of units any "các ..." begins a name: "các cơ quan thông tấn", "Các vấn đề chung về xây dựng pháp luật".
const NEXT_IN_LIST = new RegExp(
  `(?:\\s*;\\s*|\\s*,\\s*(?:và\\s+)?|\\s+và\\s+|\\s*,?\\s+cùng(?:\\s+với)?\\s+)(?=(?:${AGENCY}|[Cc]ác|cơ quan(?! (?:có )?liên quan)|tổ chức pháp chế)(?!\\p{L}))`,
  'u',
);

/** What begins the predicate, so that the name before it is complete. */
const PREDICATE_WORDS = [
  'chủ trì',
  'phối hợp',
  'kết hợp',
  'tham mưu',
  'chịu trách nhiệm',
  'có trách nhiệm',
  'có nhiệm vụ',
  'có văn bản',
  'có kế hoạch',
  'có giải pháp',
  'cần',
  'phải',
  'nghiêm túc',
  'chủ động',
  'xây dựng(?! pháp luật)',
  'tổ chức(?! pháp chế| có liên quan| liên quan| khác)',
  'triển khai',
  'thực hiện',
  'tăng cường',
  'rà soát',
  'thường xuyên',
  'theo dõi',
  'kiểm tra',
  'đôn đốc',
  'hướng dẫn',
  'bố trí',
  'kiện toàn',
  'tiếp tục',
  'ưu tiên',
  'căn cứ',
  'báo cáo',
  'kịp thời',
  'khẩn trương',
  'định kỳ',
  'phản ánh',
  'tổng hợp',
  'lập',
  'đẩy mạnh',
  'phát huy',
  'để',
  'trong việc',
  'trong công tác',
  'trong quá trình',
  'nhằm',
  'theo',
  'đồng thời',
  'đảm bảo',
  'bảo đảm',
  'chỉ đạo',
  'giúp',
  'thẩm định',
  'hỗ trợ',
  'cung cấp',
  'huy động',
  'tuyên truyền',
  'vận động',
  'là',
  'quán triệt',
  'phổ biến',
  'đề xuất',
  'khảo sát',
  'đánh giá',
  'quan tâm',
  'giải quyết',
  'nâng cao',
  'tạo điều kiện',
  'gửi',
  'trình',
  'về(?= việc| công tác)',
  'tham gia',
  'nghiên cứu',
  'ban hành',
  'hoàn thành',
  'hoàn thiện',
  'đăng ký',
  'lồng ghép',
  'tập trung',
  'làm tốt',
  'tuyển',
  'cử',
  'phân công',
  'thông tin',
  'thông báo',
  'niêm yết',
  'định hướng',
  'tiếp dân',
  'tiếp công dân',
  'trả lời',
].join('|');
const PREDICATE = new RegExp(`(?<!về |Ban |Cục |Vụ |và )(?<!\\p{L})(?:${PREDICATE_WORDS})(?!\\p{L})`, 'u');
// "các cơ quan được phân công chủ trì": the words belong to the name, its verb comes later.
const APPOSITION = /^[^.;]{0,60}?\sđược\s(?:phân công|giao)(?:\s(?:chủ trì|nhiệm vụ|trách nhiệm))?/u;

const unitListCharsMax = 500;
const unitNameCharsMax = 160;

/** Splits a list of units as labels and headings write it. Commas and "và" inside a name stay: only what begins a name begins one. */
export function splitUnits(list: string): string[] {
  const names: string[] = [];
  let rest = flat(list).replace(/[.;:,]+$/, '');
  while (rest !== '') {
    const next = NEXT_IN_LIST.exec(rest.slice(1));
    const name = next ? rest.slice(0, next.index + 1) : rest;
    if (name.trim() !== '') names.push(name.trim());
    rest = next ? rest.slice(next.index + 1 + next[0].length) : '';
  }
  return names;
}

/** The units with which a text begins, read up to the predicate; empty where it begins with none, or with no predicate after them. */
export function unitsAtHead(text: string): string[] {
  const near = text.slice(0, unitListCharsMax);
  if (!HEAD_HERE.test(near)) return [];
  const apposed = APPOSITION.exec(near)?.[0].length ?? 0;
  const stop = PREDICATE.exec(near.slice(apposed));
  const pause =
    /[.;:]|,\s+(?=\p{Ll})(?!\s*(?:ban|ngành|đơn vị|phường|xã|quận|huyện|đặc khu|địa phương|tổ chức|cơ quan|các|đoàn thể|thị trấn|thành phố|tỉnh)(?!\p{L}))/u.exec(
      near,
    );
  const verb = stop ? apposed + stop.index : near.length;
  // "các đơn vị liên quan" is complete, whatever verb follows.
  const complete = /liên quan(?=\s+(?!thuộc|trong|của|trên|và|cùng|khác)\p{Ll})/u.exec(near);
  const end = Math.min(verb, pause?.index ?? near.length, complete ? complete.index + 'liên quan'.length : near.length);
  if (end === near.length && near.length < text.length) return [];
  return plausible(splitUnits(near.slice(0, end).replace(/\s+(?:và|cùng|đã|sẽ|được)$/u, '')));
}

function plausible(names: string[]): string[] {
  return names.every((name) => name.length <= unitNameCharsMax) ? names : [];
}

const ORDER = /^(?:Giao|Đề nghị|Yêu cầu)(?:\s+cho)?\s*:?\s*/u;

/**
 * The units of a heading that is nothing but units (`2. Phòng Nội vụ:`, `1.1. Giao Sở Xây dựng`), or null where it says something else.
 * "Sở Y tế triển khai ..." is no heading: it has a predicate.
 */
export function unitHeading(heading: string): string[] | null {
  const text = flat(heading)
    .replace(ORDER, '')
    .replace(/[:.;\s]+$/, '');
  if (text === '' || text.length > unitListCharsMax || !HEAD_HERE.test(text) || /[.:]\s/.test(text)) return null;
  if (PREDICATE.test(text.replace(/về xây dựng pháp luật/gu, ''))) return null;
  return splitUnits(text);
}

const CAPITAL_PREDICATE = new RegExp(
  `\\s(?=(?:${PREDICATE_WORDS.split('|')
    .map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`)
    .join('|')})(?!\\p{L}))`,
  'gu',
);
const BARE_AGENCY = new RegExp(`(?:^|\\s)(?:${AGENCY})$`, 'u');

/**
 * The words after a heading of units: behind its colon ("Phòng Nội vụ: Lập kế hoạch ...") or, where a line break was lost,
 * from the capital of the first verb on ("Giao Sở Xây dựng Theo dõi ..."). Null where no such heading stands before.
 */
export function afterUnitHeading(text: string): { units: string[]; rest: string } | null {
  const colon = text.indexOf(':');
  const units = colon < 0 ? null : unitHeading(text.slice(0, colon));
  if (units !== null) return { units, rest: text.slice(colon + 1).trim() };
  for (const verb of text.slice(0, unitListCharsMax).matchAll(CAPITAL_PREDICATE)) {
    const before = unitHeading(text.slice(0, verb.index));
    if (before !== null && !BARE_AGENCY.test(before.at(-1) ?? '')) return { units: before, rest: text.slice(verb.index + 1) };
  }
  return null;
}
