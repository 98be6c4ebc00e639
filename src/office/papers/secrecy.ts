/**
 * State secrets are out of scope of this open system: papers that bear a degree of secrecy (độ mật) are refused wherever they are
 * brought (Luật Bảo vệ bí mật nhà nước 2018; NĐ 30/2020, Điều 1 leaves them to rules of their own).
 */
const marks: ReadonlyMap<string, string> = new Map([
  ['MẬT', 'MẬT'],
  ['TỐIMẬT', 'TỐI MẬT'],
  ['TUYỆTMẬT', 'TUYỆT MẬT'],
]);
/** Names of fields that hold a degree of secrecy; there any spelling of the mark counts. */
const fields = /^(secrecy|secrecyLevel|classification|confidentiality|doMat|do_mat|độ mật|mức độ mật)$/iu;

/** How far into a text the stamp can stand: it is part of the head (Phụ lục I, ô số 10a). */
export const headLinesMax = 25;
const headCharsMax = 1_200;
const textsMax = 20_000;

const ASCII = /^[\u0020-\u007e\s]*$/;
/** Letters in one piece as Vietnamese is typed, and the marks of our keyboards: seen as they are, apart from the ends of lines. */
const COMMON =
  /^[\t-\r\u0020-\u007e\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u0131\u0134-\u013e\u0141-\u0148\u014a-\u017e\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9\u2013\u2014\u2018-\u201e]*$/;
const ANY = /m\s*ậ\s*t/iu;
const MARK = '(?<mark>TUYỆT MẬT|TỐI MẬT|MẬT)';
/** What is not seen: soft hyphens, joiners, marks of direction. A stamp with one in it still looks like the stamp. */
const UNSEEN = /\p{Default_Ignorable_Code_Point}/gu;
/** Letters of other scripts that look like those of the mark. */
const LOOK_ALIKE: readonly (readonly [RegExp, string])[] = [
  [/[МΜ]/g, 'M'],
  [/[АΑ]/g, 'A'],
  [/[ТΤ]/g, 'T'],
  [/[ОΟ]/g, 'O'],
  [/[ІΙ]/g, 'I'],
  [/[УΥ]/g, 'Y'],
  [/[ЕΕ]/g, 'E'],
];
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
  if (typeof value === 'string') return secrecyInText(value, name !== null && fields.test(name.normalize('NFC').trim()));
  if (typeof value !== 'object' || value === null) return null;
  for (const [member, item] of Object.entries(value)) {
    const found = search(item, Array.isArray(value) ? name : member, budget);
    if (found !== null) return found;
  }
  return null;
}

/** The same for one text: the text of a whole paper, or one field. `anyCase`: the field is one for the degree of secrecy. */
export function secrecyInText(text: string, anyCase = false): string | null {
  // Nearly every text: this is asked of every command.
  const start = text.slice(0, headCharsMax);
  if (ASCII.test(start)) return null;
  const head = plain(start);
  if (!ANY.test(head)) return null;
  const stamp = stampIn(anyCase ? head.toLocaleUpperCase('vi') : head);
  if (stamp !== null) return stamp;
  for (const pattern of scraped) {
    const mark = pattern.exec(head)?.groups?.['mark'];
    if (mark !== undefined) return mark.toLocaleUpperCase('vi');
  }
  return null;
}

/** The text as it is seen: composed, full-width letters as letters, look-alikes as what they look like, nothing hidden. */
function plain(text: string): string {
  if (COMMON.test(text)) return text.replace(ENDS_OF_LINES, '\n');
  let seen = text.replace(UNSEEN, '').normalize('NFKD');
  for (const [letters, meant] of LOOK_ALIKE) seen = seen.replace(letters, meant);
  return seen.normalize('NFC').replace(ENDS_OF_LINES, '\n');
}

const ENDS_OF_LINES = /\r\n?|\p{Zl}|\p{Zp}/gu;
const HEAD_OF_PAPER = /CỘNG\s+(?:HÒA|HOÀ)\s+XÃ\s+HỘI/u;
/** The other half of a word that a narrow column broke: BẢO MẬT, BÍ MẬT, CƠ MẬT. */
const HALF_WORD = /(?:^|[\s,(])(?:BẢO|BÍ|CƠ|THÂN|CẨN)\s*$/iu;

/** A line, or a column of one, that is nothing but the stamp: in a frame or between marks, its letters apart or not. */
function stampIn(head: string): string | null {
  const isPaper = HEAD_OF_PAPER.test(head);
  let before = '';
  for (const line of head.split('\n').slice(0, headLinesMax)) {
    const found = line.split(/[\t\f\v]|\s{3,}/).map((column) => bareMark(column, isPaper) ?? null);
    const mark = [bareMark(line, isPaper), ...found].find((one) => one !== null) ?? null;
    if (mark !== null && !HALF_WORD.test(before)) return mark;
    if (line.trim() !== '') before = line;
  }
  return null;
}

/** In small letters the two graver marks mean nothing else; the plain one is honey too, so it counts in the head of a paper alone. */
function bareMark(text: string, isPaper: boolean): string | null {
  const bare = text.replace(/[^\p{L}\p{N}]+/gu, '');
  const upper = bare.toLocaleUpperCase('vi');
  const mark = marks.get(upper) ?? null;
  return mark === null || bare === upper || mark !== 'MẬT' || isPaper ? mark : null;
}
