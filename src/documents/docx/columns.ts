import { BorderStyle, convertMillimetersToTwip, type Paragraph, Table, TableCell, TableLayoutType, TableRow } from 'docx';

const none = { style: BorderStyle.NONE, size: 0, color: 'FFFFFF' } as const;
const borderless = { top: none, bottom: none, left: none, right: none, insideHorizontal: none, insideVertical: none };

/** Things side by side: a table of one row without lines. */
export function columns(cells: readonly { readonly mm: number; readonly children: readonly Paragraph[] }[]): Table {
  const widths = cells.map(({ mm }) => convertMillimetersToTwip(mm));
  return new Table({
    layout: TableLayoutType.FIXED,
    columnWidths: widths,
    borders: borderless,
    rows: [
      new TableRow({
        cantSplit: true,
        children: cells.map(
          ({ children }, index) =>
            new TableCell({ width: { size: widths[index] ?? 0, type: 'dxa' }, borders: borderless, children: [...children] }),
        ),
      }),
    ],
  });
}
