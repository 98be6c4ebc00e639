import type { PaperContent } from '../papers/paper.js';
import { documentTypes } from '../papers/symbols.js';
import type { Spot } from './look.js';
import { centreOf, type MeasuredLine, type MeasuredPage } from './measures.js';

/** The head of page 1, cells 1 to 5 and 9a to 11 of the form. */
export interface HeadParts {
  readonly nation: Spot | null;
  readonly motto: Spot | null;
  readonly superior: Spot | null;
  readonly issuer: Spot | null;
  readonly number: Spot | null;
  readonly placeAndDate: Spot | null;
  readonly typeName: Spot | null;
  /** Below the type's name; null for an official letter. */
  readonly title: Spot | null;
  /** `V/v ...` of an official letter. */
  readonly letterTitle: Spot | null;
  readonly addressees: Spot | null;
  readonly stamps: readonly Spot[];
  /** Base line of the last line of the head. */
  readonly headEndMm: number;
}

const TYPE_NAMES: ReadonlySet<string> = new Set(documentTypes.map(({ name }) => squeezed(name)));
const STAMPS = /^(?:HỎA TỐC|HOẢ TỐC|THƯỢNG KHẨN|KHẨN|XEM XONG TRẢ LẠI|LƯU HÀNH NỘI BỘ)$/u;
/** A gap wider than this, in letter sizes, ends a text of several lines. */
const gapEm = 2.2;
const mmPerPt = 25.4 / 72;

/** Without blanks, in lower case: for comparing texts whatever their lines. */
export function squeezed(text: string): string {
  return text.normalize('NFC').replace(/\s+/gu, '').toLocaleLowerCase('vi').replaceAll('hoà', 'hòa');
}

export function headOf(page: MeasuredPage, content: PaperContent | null): HeadParts {
  const { lines } = page;
  const spot = (found: readonly (MeasuredLine | undefined)[]): Spot | null => {
    const known = found.filter((line): line is MeasuredLine => line !== undefined);
    return known.length === 0 ? null : { page: page.number, lines: known };
  };
  const nation = lines.find((line) => squeezed(line.text).startsWith('cộnghòaxãhội'));
  const motto = lines.find((line) => /^độclập.?tựdo.?hạnhphúc$/u.test(squeezed(line.text)));
  const middle = nation === undefined ? page.widthMm / 2 : Math.min(nation.xMm, motto?.xMm ?? nation.xMm) - 1;
  const number = lines.find((line) => /^Số\s*:/u.test(line.text) && centreOf(line) < middle);
  const placeAndDate = lines.find(
    (line) => /ngày\s.*tháng\s/u.test(line.text) && centreOf(line) > page.widthMm / 2 && line.baseMm < 90 && near(line, number),
  );
  const left = lines.filter(
    (line) => centreOf(line) < middle && line.baseMm < (number?.baseMm ?? (motto?.baseMm ?? 40) + 8) - 1 && line.baseMm > 12,
  );
  const { superior, issuer } = agencies(left, content);
  const below = lines.filter((line) => line.baseMm > Math.max(number?.baseMm ?? 0, motto?.baseMm ?? 0) + 1);
  const typeName = typeNameOf(below, content);
  const title = typeName === undefined ? [] : titleOf(below, typeName, content);
  const letterTitle = typeName === undefined ? letterTitleOf(below, middle) : [];
  const addressees = addresseesOf(below);
  const headEndMm = Math.max(
    number?.baseMm ?? 0,
    motto?.baseMm ?? 0,
    typeName?.baseMm ?? 0,
    ...[...title, ...letterTitle, ...addressees].map(({ baseMm }) => baseMm),
  );
  return {
    nation: spot([nation]),
    motto: spot([motto]),
    superior: spot(superior),
    issuer: spot(issuer),
    number: spot([number]),
    placeAndDate: spot(placeAndDate === undefined ? [] : wholeDate(lines, placeAndDate)),
    typeName: spot([typeName]),
    title: spot(title),
    letterTitle: spot(letterTitle),
    addressees: spot(addressees),
    stamps: lines.filter((line) => STAMPS.test(line.text)).map((line) => ({ page: page.number, lines: [line] })),
    headEndMm,
  };
}

/** A long place may push the year to a line of its own. */
function wholeDate(lines: readonly MeasuredLine[], first: MeasuredLine): readonly MeasuredLine[] {
  if (/\d{4}$/u.test(first.text)) return [first];
  const rest = lines.find(
    (line) => line.baseMm > first.baseMm + 1 && line.baseMm < first.baseMm + 8 && Math.abs(centreOf(line) - centreOf(first)) < 3,
  );
  return rest === undefined ? [first] : [first, rest];
}

function near(line: MeasuredLine, number: MeasuredLine | undefined): boolean {
  return number === undefined || Math.abs(line.baseMm - number.baseMm) < 8;
}

/** The agency above and the issuing one: by the content's words, else the bold lines are the issuer's. */
function agencies(left: readonly MeasuredLine[], content: PaperContent | null) {
  const named = content?.issuer.superior;
  if (content !== null && (named === null || named === undefined)) return { superior: [], issuer: left };
  const count =
    named === null || named === undefined
      ? left.findIndex((line) => line.runs.every(({ bold }) => bold))
      : wordsTaken(left, named);
  const at = count < 0 ? left.length - 1 : count;
  return { superior: left.slice(0, at), issuer: left.slice(at) };
}

/** How many of the first lines say a text. */
export function wordsTaken(lines: readonly MeasuredLine[], text: string): number {
  const wanted = squeezed(text);
  let said = '';
  let count = 0;
  for (const line of lines) {
    if (!wanted.startsWith(said + squeezed(line.text))) break;
    said += squeezed(line.text);
    count += 1;
    if (said === wanted) break;
  }
  return count;
}

function typeNameOf(below: readonly MeasuredLine[], content: PaperContent | null): MeasuredLine | undefined {
  if (content?.type === 'CV') return undefined;
  const wanted = content === null || content.typeName === '' ? null : squeezed(content.typeName);
  return below.find((line) => (wanted === null ? TYPE_NAMES.has(squeezed(line.text)) : squeezed(line.text) === wanted));
}

function titleOf(below: readonly MeasuredLine[], type: MeasuredLine, content: PaperContent | null): readonly MeasuredLine[] {
  const after = below.filter((line) => line.baseMm > type.baseMm + 1);
  const taken = content === null ? 0 : wordsTaken(after, content.title);
  if (taken > 0) return after.slice(0, taken);
  const centred = after.findIndex((line) => Math.abs(centreOf(line) - centreOf(type)) > 3);
  return upToGap(after.slice(0, centred < 0 ? after.length : centred), type);
}

function letterTitleOf(below: readonly MeasuredLine[], middle: number): readonly MeasuredLine[] {
  const column = below.filter((line) => centreOf(line) < middle);
  const start = column.findIndex((line) => /^V\/v/iu.test(line.text));
  const first = column[start];
  return first === undefined ? [] : [first, ...upToGap(column.slice(start + 1), first)].filter((line) => line.runs.length > 0);
}

function addresseesOf(below: readonly MeasuredLine[]): readonly MeasuredLine[] {
  const start = below.findIndex((line) => /^Kính gửi/u.test(line.text));
  const first = below[start];
  if (first === undefined) return [];
  // Stamps and the text itself stand further to the left.
  const after = upToGap(
    below.slice(start + 1).filter((line) => line.xMm >= first.xMm - 1),
    first,
  );
  // Several stand below, each with a hyphen; a line that goes on is indented like them.
  if (!/:$/u.test(first.text) || !/^[-–]/u.test(after[0]?.text ?? '')) return [first];
  const margin = after[0]?.xMm ?? 0;
  const end = after.findIndex((line) => line.xMm < margin - 1);
  return [first, ...after.slice(0, end < 0 ? after.length : end)];
}

function upToGap(lines: readonly MeasuredLine[], before: MeasuredLine): readonly MeasuredLine[] {
  let last = before;
  const taken: MeasuredLine[] = [];
  for (const line of lines) {
    if (line.baseMm - last.baseMm > gapEm * line.sizePt * mmPerPt) break;
    taken.push(line);
    last = line;
  }
  return taken;
}
