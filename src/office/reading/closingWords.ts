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

/** Whether the closing words of a paper begin here; `text` ends with its body. */
export function closesAt(text: string, at: number): boolean {
  if (CLOSING.test(flat(text.slice(at, at + closingCharsMax)))) return true;
  return text.length - at <= lastOrderCharsMax && LAST_ORDER.test(flat(text.slice(at)));
}
