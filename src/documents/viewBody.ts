import type { Block } from '../office/papers/paper.js';
import { clean, upper, withoutEnd } from './printedText.js';
import { boldWidthMm } from './textWidth.js';

/** Exactly one of the four is set. */
export interface BlockView {
  readonly heading: HeadingView | null;
  readonly paragraph: ParagraphView | null;
  /** `Điều 1.` in bold and its text. */
  readonly article: { readonly marker: string; readonly text: string } | null;
  readonly table: TableView | null;
}

export interface HeadingView {
  /** Of the `h` element: one more than the heading it stands under, so that no level is left out. */
  readonly depth: number;
  readonly kind: 'chapter' | 'part' | 'section' | 'subsection';
  /** A chapter has its marker and its title on lines of their own. */
  readonly lines: readonly string[];
}

export interface ParagraphView {
  readonly marker: string | null;
  readonly text: string;
  readonly level: number;
  /** Stays with the block that follows. */
  readonly keep: boolean;
}

export interface TableView {
  readonly caption: string | null;
  /** The more columns, the smaller the letters: `roomy`, `dense`, `tight`, `fine`, `minute`. */
  readonly density: 'roomy' | 'dense' | 'tight' | 'fine' | 'minute';
  /** No word, figure or date of it is broken: every column has room for its longest. */
  readonly whole: boolean;
  readonly head: readonly CellView[];
  readonly rows: readonly { readonly total: boolean; readonly cells: readonly CellView[] }[];
}

export interface CellView {
  readonly text: string;
  readonly align: 'figure' | 'ordinal' | 'text';
}

/** From how many columns on a table is set smaller. */
const densities = [
  { columnsMin: 29, density: 'minute' },
  { columnsMin: 17, density: 'fine' },
  { columnsMin: 10, density: 'tight' },
  { columnsMin: 6, density: 'dense' },
] as const;
/** The size of a table's text, as the stylesheet has it; null where its columns are equally wide whatever they hold. */
const sizesPt = { roomy: 13, dense: 12, tight: 10, fine: null, minute: null } as const;
/** Left and right of a cell's text, and its line. */
const cellPaddingMm = 3.2;
/** The text of an upright A4 page between its margins of 30 and 20 mm. */
const tableWidthMm = 160;
/** Deepest heading that HTML and PDF know. */
const depthMax = 6;
/** A last paragraph that may be one line alone brings the end of the one before to the signature's page. */
const oneLineCharsMax = 100;

const nothing: BlockView = { heading: null, paragraph: null, article: null, table: null };

/** The blocks in the order of the text; `under` is the level of the heading that they stand under. */
export function blocksOf(blocks: readonly Block[], under: number): readonly BlockView[] {
  const open: number[] = [];
  return blocks.flatMap((block) => {
    const rank = rankOf(block);
    if (rank === null) return [textOf(block)];
    while ((open.at(-1) ?? -1) >= rank) open.pop();
    open.push(rank);
    const heading = { ...nothing, heading: headingOf(block, Math.min(under + open.length, depthMax)) };
    return block.kind === 'article' && (block.text ?? '') !== ''
      ? [heading, textOf({ kind: 'paragraph', marker: null, level: 0, text: block.text ?? '' })]
      : [heading];
  });
}

/** The text of a paper, closed with `./.`; where it ends with a table, on a line of its own. */
export function bodyOf(blocks: readonly Block[]): readonly BlockView[] {
  const views = blocksOf(blocks, 1);
  const last = views.at(-1);
  if (last?.paragraph) {
    const text = `${withoutEnd(last.paragraph.text)}./.`;
    const before = text.length > oneLineCharsMax ? views.slice(0, -1) : kept(views.slice(0, -1));
    return [...before, { ...last, paragraph: { ...last.paragraph, text } }];
  }
  if (last?.article)
    return [...views.slice(0, -1), { ...last, article: { ...last.article, text: `${withoutEnd(last.article.text)}./.` } }];
  return [...kept(views), { ...nothing, paragraph: { marker: null, level: 0, text: './.', keep: false } }];
}

function kept(views: readonly BlockView[]): readonly BlockView[] {
  const last = views.at(-1);
  return last?.paragraph ? [...views.slice(0, -1), { ...last, paragraph: { ...last.paragraph, keep: true } }] : views;
}

/** How high a heading stands: a part over a chapter over a section; null for what is no heading. */
function rankOf(block: Block): number | null {
  if (block.kind === 'heading') return block.level === 1 ? 5 : 7;
  if (block.kind === 'article') return (block.title ?? '') === '' ? null : 6;
  if (block.kind !== 'chapter') return null;
  const word = clean(block.marker).toLocaleLowerCase('vi');
  if (word.startsWith('phần')) return 1;
  if (word.startsWith('chương')) return 2;
  return word.startsWith('tiểu mục') ? 4 : 3;
}

function headingOf(block: Block, depth: number): HeadingView {
  if (block.kind === 'chapter') {
    const kind = /^(tiểu )?mục/iu.test(clean(block.marker)) ? 'part' : 'chapter';
    return { depth, kind, lines: [clean(block.marker), upper(block.text)].filter((line) => line !== '') };
  }
  if (block.kind === 'article') return { depth, kind: 'subsection', lines: [clean(`${block.marker} ${block.title ?? ''}`)] };
  if (block.kind !== 'heading') return { depth, kind: 'section', lines: [] };
  return { depth, kind: block.level === 1 ? 'section' : 'subsection', lines: [clean(`${block.marker} ${block.text}`)] };
}

function textOf(block: Block): BlockView {
  if (block.kind === 'table') return { ...nothing, table: tableOf(block) };
  if (block.kind === 'article') return { ...nothing, article: { marker: clean(block.marker), text: clean(block.text ?? '') } };
  if (block.kind !== 'paragraph') return nothing;
  const marker = block.marker === null ? null : clean(block.marker);
  return { ...nothing, paragraph: { marker, level: block.level, text: clean(block.text), keep: false } };
}

/** Whether every column can be as wide as its longest word: then no word, figure or date need be broken. */
function wordsFit(rows: readonly (readonly string[])[], width: number, density: TableView['density']): boolean {
  const sizePt = sizesPt[density];
  if (sizePt === null) return false;
  const widths = Array.from({ length: width }, (_, column) => {
    const words = new Set(rows.flatMap((row) => clean(row[column] ?? '').split(/\s+/u)));
    return Math.max(...[...words].map((word) => boldWidthMm(word, sizePt))) + cellPaddingMm;
  });
  return widths.reduce((sum, one) => sum + one, 0) <= tableWidthMm;
}

function tableOf(table: Extract<Block, { kind: 'table' }>): TableView {
  const width = Math.max(table.head.length, ...table.rows.map((row) => row.length));
  const ordinal = /^(stt|tt|số tt)$/iu.test(clean(table.head[0] ?? ''));
  const alignOf = (column: number): CellView['align'] => {
    if (column === 0 && ordinal) {
      return 'ordinal';
    }
    return table.numeric.includes(column) ? 'figure' : 'text';
  };
  const cellsOf = (row: readonly string[]): readonly CellView[] =>
    Array.from({ length: width }, (_, column) => ({ text: clean(row[column] ?? ''), align: alignOf(column) }));
  const density = densities.find(({ columnsMin }) => width >= columnsMin)?.density ?? 'roomy';
  return {
    caption: table.caption === null ? null : clean(table.caption),
    density,
    whole: wordsFit([table.head, ...table.rows], width, density),
    head: table.head.length === 0 ? [] : cellsOf(table.head),
    rows: table.rows.map((row) => ({
      total: row.slice(0, 2).some((cell) => /^(tổng cộng|tổng số|tổng|cộng):?$/iu.test(clean(cell))),
      cells: cellsOf(row),
    })),
  };
}
