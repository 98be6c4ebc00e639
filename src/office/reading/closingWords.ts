import { flat } from './scraped.js';

/** The `value` of a paragraph that closes the paper. */
export const CLOSING_VALUE = 'closing';

// How the closing words of a paper begin, also where a text on one line runs them on after its last item.
const CLOSING =
  /^(?:Trong quá trình (?:tổ chức |triển khai )*thực hiện|Trên đây là|(?:(?:Chủ tịch )?(?:Ủy|Uỷ) ban nhân dân|(?:Chủ tịch )?UBND)[^.;:,]{0,60}?\s(?:đề nghị|yêu cầu)(?= )|(?:Quyết định|Chỉ thị|Kế hoạch|Chương trình|Công văn) này (?:có hiệu lực|thay thế))/u;
const closingCharsMax = 160;
// The last sentence of the body, where it orders everybody: "Yêu cầu các ngành, địa phương nghiêm túc triển khai thực hiện./."
const LAST_ORDER = /^(?:Yêu cầu|Đề nghị|Nhận được)\s(?:[^.]|\.(?=\S)){0,300}\.?\s*\/?\.?\s*$/u;
const lastOrderCharsMax = 320;

// A paragraph near the end that tells units to carry out the paper itself belongs to no item.
const OF_ITSELF =
  /^(?:Các|Thủ trưởng|Chủ tịch|Giám đốc|Chánh|Sở|UBND|(?:Ủy|Uỷ) ban|Văn phòng|Bộ)\s[^.:]{0,400}?\s(?:thực hiện|triển khai|đôn đốc|kiểm tra)(?!\p{L})[^.:]{0,160}?\s(?:Chỉ thị|Công điện|Kế hoạch|Chương trình) này(?!\p{L})/u;
const nearEndCharsMax = 1_500;

/** Whether the closing words of a paper begin here; `text` ends with its body, `line` says whether a line begins here. */
export function closesAt(text: string, at: number, line: boolean): boolean {
  if (line && text.length - at <= nearEndCharsMax && OF_ITSELF.test(flat(text.slice(at, at + 640)))) return true;
  if (CLOSING.test(flat(text.slice(at, at + closingCharsMax)))) return true;
  return text.length - at <= lastOrderCharsMax && LAST_ORDER.test(flat(text.slice(at)));
}
