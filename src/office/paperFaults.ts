import type { Block, PaperContent } from './paper.js';
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

function shapeFaults(content: unknown): readonly PaperFault[] {
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
  return wrong.map(fault);
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
  return kind === 'table' && isTable(block);
}

function isTable({ caption, head, rows, numeric }: Partial<Record<string, unknown>>): boolean {
  if (!isTextOrNull(caption) || !isTexts(head) || !Array.isArray(rows) || !Array.isArray(numeric)) return false;
  const { length } = head as readonly string[];
  return (
    rows.every((row: unknown) => isTexts(row) && (row as readonly string[]).length === length) &&
    numeric.every((index: unknown) => typeof index === 'number')
  );
}
