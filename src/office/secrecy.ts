/**
 * State secrets are out of scope of this open system: papers that bear a degree of secrecy (độ mật) are refused wherever they are
 * brought (Luật Bảo vệ bí mật nhà nước 2018; NĐ 30/2020, Điều 1 leaves them to rules of their own).
 */
const marks: ReadonlySet<string> = new Set(['MẬT', 'TỐI MẬT', 'TUYỆT MẬT']);
/** Names of fields that hold a degree of secrecy; there any spelling of the mark counts. */
const fields = /^(secrecy|secrecyLevel|classification|confidentiality|doMat|do_mat|độ mật|mức độ mật)$/iu;

/** How far into a text the stamp can stand: it is part of the head (Phụ lục I, ô số 10a). */
export const headLinesMax = 25;
const headCharsMax = 1_200;
const textsMax = 20_000;

const ANY = /mật/iu;
const MARK = '(?<mark>TUYỆT MẬT|TỐI MẬT|MẬT)';
/** In a text that lost its lines the stamp stands after number and symbol, or before the name of the state. */
const scraped: readonly RegExp[] = [
  new RegExp(
    `(?:^|\\s)Số:?\\s*[\\d…./\\s]{0,12}/\\s*[\\p{L}\\d/&.-]{1,40}\\s+${MARK}(?=\\s+(?!MÃ|KHẨU|ĐỘ|VỤ|ONG|BÁO)\\p{L})`,
    'u',
  ),
  new RegExp(`(?<!\\p{L}\\s?)${MARK}\\s+CỘNG H(?:ÒA|OÀ) XÃ HỘI`, 'u'),
  /(?:^|\n)\s*(?:Độ mật|ĐỘ MẬT|Mức độ mật)\s*:?\s*(?<mark>Tuyệt mật|TUYỆT MẬT|Tối mật|TỐI MẬT|Mật|MẬT)\s*(?=\n|$)/u,
];

/**
 * The mark of secrecy that a paper bears, or null: as a field by its name, as a text that is nothing but the stamp, or in the head
 * of a longer text. Words such as `BÍ MẬT NHÀ NƯỚC` in a title are no stamp.
 */
export function secrecyIn(value: unknown): string | null {
  const budget = { texts: textsMax };
  return search(value, null, budget);
}

function search(value: unknown, name: string | null, budget: { texts: number }): string | null {
  budget.texts -= 1;
  if (budget.texts < 0) return null;
  if (typeof value === 'string') return secrecyInText(value, name !== null && fields.test(name));
  if (typeof value !== 'object' || value === null) return null;
  for (const [member, item] of Object.entries(value)) {
    const found = search(item, Array.isArray(value) ? name : member, budget);
    if (found !== null) return found;
  }
  return null;
}

/** The same for one text: the text of a whole paper, or one field. `anyCase`: the field is one for the degree of secrecy. */
export function secrecyInText(text: string, anyCase = false): string | null {
  const head = text.normalize('NFC').slice(0, headCharsMax);
  // Nearly every text: this is asked of every command.
  if (!ANY.test(head)) return null;
  const stamp = stampIn(anyCase ? head.toLocaleUpperCase('vi') : head);
  if (stamp !== null) return stamp;
  for (const pattern of scraped) {
    const mark = pattern.exec(head)?.groups?.['mark'];
    if (mark !== undefined) return mark.toLocaleUpperCase('vi');
  }
  return null;
}

/** A line that is nothing but the stamp, in a frame or between marks. */
function stampIn(head: string): string | null {
  for (const line of head.split('\n').slice(0, headLinesMax)) {
    const bare = line.replace(/^[\s[\](){}|*_.:-]+|[\s[\](){}|*_.:-]+$/gu, '').replace(/\s+/g, ' ');
    if (marks.has(bare)) return bare;
  }
  return null;
}
