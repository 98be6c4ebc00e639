import { Paragraph, Table, TableCell, TableLayoutType, TableRow, type TextRun } from 'docx';
import type { BlockView, TableView } from '../viewBody.js';
import { gap, textWidthTwips } from './measures.js';
import { line, paragraph, runsOf } from './text.js';

/** The text of a paper or an appendix, block by block. */
export function bodyParagraphs(blocks: readonly BlockView[], widthTwips = textWidthTwips): readonly (Paragraph | Table)[] {
  return blocks.flatMap((block) => blockOf(block, widthTwips));
}

function blockOf({ heading, paragraph: text, article, table }: BlockView, widthTwips: number): readonly (Paragraph | Table)[] {
  if (heading !== null) {
    const centred = heading.kind === 'chapter' || heading.kind === 'part';
    return heading.lines.map((one) =>
      line(one, { bold: true, align: centred ? 'center' : 'both', indent: !centred, before: 8, keep: true }),
    );
  }
  if (article !== null)
    return [
      paragraph([...runsOf(`${article.marker} `, { bold: true }), ...runsOf(article.text)], {
        align: 'both',
        indent: true,
        before: 6,
      }),
    ];
  if (text !== null) {
    const marker: TextRun[] = text.marker === null ? [] : runsOf(`${text.marker} `);
    return [paragraph([...marker, ...runsOf(text.text)], { align: 'both', indent: true, before: 6, keep: text.keep })];
  }
  return table === null ? [] : tableOf(table, widthTwips);
}

const cellPt: Readonly<Record<string, number>> = { roomy: 13, dense: 12, tight: 10, fine: 8, minute: 6 };

function tableOf(table: TableView, widthTwips: number): readonly (Paragraph | Table)[] {
  const pt = cellPt[table.density] ?? 12;
  const widths = columnWidths(table, widthTwips);
  const cell = (text: string, column: number, align: 'left' | 'center' | 'right', bold: boolean) =>
    new TableCell({ width: { size: widths[column] ?? 0, type: 'dxa' }, children: [line(text, { pt, align, bold })] });
  const alignOf = { figure: 'right', ordinal: 'center', text: 'left' } as const;
  const head = new TableRow({
    tableHeader: true,
    children: table.head.map(({ text }, column) => cell(text, column, 'center', true)),
  });
  const rows = table.rows.map(
    ({ cells, total }) =>
      new TableRow({
        cantSplit: true,
        children: cells.map(({ text, align }, column) => cell(text, column, alignOf[align], total)),
      }),
  );
  const all = table.head.length === 0 ? rows : [head, ...rows];
  const caption = table.caption === null ? [] : [line(table.caption, { bold: true, align: 'center', before: 8, keep: true })];
  if (all.length === 0) return caption;
  const grid = new Table({ layout: TableLayoutType.FIXED, columnWidths: [...widths], rows: all });
  return [...caption, grid, new Paragraph({ spacing: { after: gap(2) } })];
}

const ordinalTwips = 680;

/** Columns of equal width beside a narrow one for ordinal numbers. */
function columnWidths({ head, rows }: TableView, widthTwips: number): readonly number[] {
  const count = Math.max(1, head.length, ...rows.map(({ cells }) => cells.length));
  const narrow = count > 1 && rows[0]?.cells[0]?.align === 'ordinal' ? ordinalTwips : 0;
  const wide = Math.floor((widthTwips - narrow) / (narrow > 0 ? count - 1 : count));
  return Array.from({ length: count }, (_, column) => (column === 0 && narrow > 0 ? narrow : wide));
}
