/** What one scenario has to say: a table for people, and everything it measured. */
export interface Report {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** What the figures mean, one line each. */
  readonly notes: readonly string[];
  readonly raw: unknown;
}

export const rounded = (value: number, digits = 2): string => (Number.isFinite(value) ? value.toFixed(digits) : '-');

/** The report as a Markdown table, which reads as well in a terminal. */
export function printed({ title, columns, rows, notes }: Report): string {
  const widths = columns.map((column, index) => Math.max(column.length, ...rows.map((row) => row[index]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, index) => (index === 0 ? cell.padEnd(widths[index] ?? 0) : cell.padStart(widths[index] ?? 0))).join(' | ')} |`;
  const rule = `| ${widths.map((width, index) => (index === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  return [`### ${title}`, '', line(columns), rule, ...rows.map(line), ...notes.flatMap((note) => ['', note]), ''].join('\n');
}
