import type { Block, CopyKind, PaperContent, Urgency } from './paper.js';
import { unprintable } from './printable.js';

export interface PaperFault {
  /** JSON pointer inside the content. */
  readonly path: string;
  readonly message: string;
}

/** What an official paper must agree with, from records. */
export interface PaperFrame {
  /** The authority's name as recorded. */
  readonly issuer: string;
  /** The type that the instance was opened with. */
  readonly type: string;
}

/** Latin letters and digits in groups: a look-alike letter or a stray sign would be a series of its own that prints the same number. */
const SYMBOL = /^[\p{Script=Latin}0-9]+([-/&.][\p{Script=Latin}0-9]+){0,6}$/u;
/** An official letter (công văn) has no type in its symbol (NĐ 30/2020, Phụ lục I; `150/UBND-VX`). */
const LETTER = 'CV';
const textsMax = 20_000;
/** The foot of page 1 has room for three lines. */
const contactCharsMax = 300;
const contactLinesMax = 3;
const appendicesMax = 50;
/** More do not fit on a page in letters that can be read. */
const columnsMax = 60;
const copiesMax = 1_000_000;

/**
 * Why a content cannot become an official paper: its shape in full, characters that the font lacks, and what must agree with the
 * records (issuer, type and symbol). Asked before a number is taken. Empty when it can.
 */
export function paperFaults(content: unknown, frame: PaperFrame): readonly PaperFault[] {
  const shape = shapeFaults(content);
  if (shape.length > 0) return shape;
  const paper = content as PaperContent;
  const faults: PaperFault[] = [];
  if (!SYMBOL.test(paper.symbol)) faults.push({ path: '/symbol', message: 'is no symbol' });
  if (paper.type !== frame.type) faults.push({ path: '/type', message: `is not ${frame.type}` });
  if (paper.type !== LETTER && !paper.symbol.startsWith(`${paper.type}-`))
    faults.push({ path: '/symbol', message: `does not begin with ${paper.type}-` });
  if (plain(paper.issuer.name) !== plain(frame.issuer)) faults.push({ path: '/issuer/name', message: `is not ${frame.issuer}` });
  const strange = unprintable(textsOf(content).join(' '));
  if (strange.length > 0) faults.push({ path: '', message: `has characters that cannot be printed: ${strange.join(' ')}` });
  return faults;
}

function plain(name: string): string {
  return name.normalize('NFC').toLocaleUpperCase('vi').replace(/\s+/g, ' ').trim();
}

function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsOf).slice(0, textsMax);
}

type Check = (value: unknown) => boolean;
const isText: Check = (value) => typeof value === 'string';
const isFilled: Check = (value) => typeof value === 'string' && value.trim() !== '';
const isTextOrNull: Check = (value) => value === null || isText(value);
const isTexts: Check = (value) => Array.isArray(value) && value.every(isText);

function members(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

/** What is missing or of the wrong form, whatever the records say: empty for a content that is a paper at all. */
export function shapeFaults(content: unknown): readonly PaperFault[] {
  const paper = members(content);
  const fault = (path: string): PaperFault => ({ path, message: 'does not have the right form' });
  const wrong = (['type', 'typeName', 'place', 'title', 'symbol'] as const)
    .filter((name) => !isFilled(paper[name]))
    .map((name) => `/${name}`);
  const issuer = members(paper.issuer);
  if (!isFilled(issuer.name)) wrong.push('/issuer/name');
  if (!isTextOrNull(issuer.superior)) wrong.push('/issuer/superior');
  if (!isTextOrNull(paper.archive)) wrong.push('/archive');
  if (!isTexts(paper.bases)) wrong.push('/bases');
  wrong.push(...listFaults(paper.recipients, '/recipients', isRecipient), ...listFaults(paper.body, '/body', isBlock));
  wrong.push(...optionalFaults(paper));
  return wrong.map(fault);
}

/** The parts that not every paper has. */
const optional: Readonly<Record<string, Check>> = {
  addressees: (value) => Array.isArray(value) && value.every(isFilled),
  urgency: (value) => (['khan', 'thuongKhan', 'hoaToc'] satisfies Urgency[] as readonly unknown[]).includes(value),
  circulation: (value) => value === 'XEM XONG TRẢ LẠI' || value === 'LƯU HÀNH NỘI BỘ',
  drafterMark: isDrafterMark,
  contact: (value) =>
    isFilled(value) && (value as string).length <= contactCharsMax && (value as string).split('\n').length <= contactLinesMax,
  enacting: (value) => isFilled(members(value).by) && isFilled(members(value).word),
  minutes: (value) => isMinutesSigner(members(value).secretary) && isMinutesSigner(members(value).chair),
};

function optionalFaults(paper: Readonly<Record<string, unknown>>): readonly string[] {
  const wrong = Object.entries(optional).flatMap(([name, check]) => {
    const value = paper[name];
    return value === undefined || check(value) ? [] : [`/${name}`];
  });
  if (paper.appendices !== undefined) wrong.push(...appendixFaults(paper.appendices));
  if (paper.copy !== undefined) wrong.push(...copyFaults(paper.copy));
  return wrong;
}

function isDrafterMark(value: unknown): boolean {
  const { initials, copies } = members(value);
  return isFilled(initials) && (copies === null || isWhole(copies, copiesMax));
}

function isMinutesSigner(value: unknown): boolean {
  const { title, name } = members(value);
  return isFilled(title) && isFilled(name);
}

function isWhole(value: unknown, max: number): boolean {
  return Number.isInteger(value) && (value as number) >= 1 && (value as number) <= max;
}

function appendixFaults(list: unknown): readonly string[] {
  if (!Array.isArray(list) || list.length > appendicesMax) return ['/appendices'];
  return list.flatMap((item: unknown, index) => {
    const { marker, title, orientation, body } = members(item);
    const path = `/appendices/${index}`;
    const sound = isFilled(marker) && isFilled(title) && (orientation === 'portrait' || orientation === 'landscape');
    return [...(sound ? [] : [path]), ...listFaults(body, `${path}/body`, isBlock)];
  });
}

/** What is copied must be a paper that was issued, and no copy itself: a copy is made of the original. */
function copyFaults(value: unknown): readonly string[] {
  const { kind, electronic, of } = members(value);
  const { content, number, issuedOn, signature } = members(of);
  const { authority, capacity, title, name } = members(signature);
  const wrong: string[] = [];
  if (!(['SY', 'SL', 'TrS'] satisfies CopyKind[] as readonly unknown[]).includes(kind)) wrong.push('/copy/kind');
  if (electronic !== undefined && typeof electronic !== 'boolean') wrong.push('/copy/electronic');
  if (!isWhole(number, Number.MAX_SAFE_INTEGER)) wrong.push('/copy/of/number');
  if (typeof issuedOn !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(issuedOn)) wrong.push('/copy/of/issuedOn');
  if (!isTextOrNull(authority) || !isTextOrNull(capacity) || !isFilled(title) || !isFilled(name))
    wrong.push('/copy/of/signature');
  if (members(content).copy !== undefined) return [...wrong, '/copy/of/content/copy'];
  return [...wrong, ...shapeFaults(content).map(({ path }) => `/copy/of/content${path}`)];
}

function listFaults(list: unknown, path: string, check: Check): readonly string[] {
  if (!Array.isArray(list)) return [path];
  return list.flatMap((item: unknown, index) => (check(item) ? [] : [`${path}/${index}`]));
}

function isRecipient(value: unknown): boolean {
  const { name, purpose } = members(value);
  return isFilled(name) && isTextOrNull(purpose);
}

function isBlock(value: unknown): boolean {
  const block = members(value) as Partial<Record<string, unknown>>;
  const kind = block.kind as Block['kind'] | undefined;
  if (kind === 'heading') return (block.level === 1 || block.level === 2) && isText(block.marker) && isText(block.text);
  if (kind === 'paragraph')
    return isTextOrNull(block.marker) && [0, 1, 2, 3].includes(block.level as number) && isText(block.text);
  if (kind === 'chapter') return isFilled(block.marker) && isText(block.text);
  if (kind === 'article') return isFilled(block.marker) && isTextOrNull(block.title) && isTextOrNull(block.text);
  return kind === 'table' && isTable(block);
}

function isTable({ caption, head, rows, numeric }: Partial<Record<string, unknown>>): boolean {
  if (!isTextOrNull(caption) || !isTexts(head) || !Array.isArray(rows) || !Array.isArray(numeric)) return false;
  const { length } = head as readonly string[];
  return (
    length <= columnsMax &&
    rows.every((row: unknown) => isTexts(row) && (row as readonly string[]).length === length) &&
    numeric.every((index: unknown) => Number.isInteger(index))
  );
}
