import { wrapped } from './progress.js';

/** Columns of text; the last column takes what is left of `width` and is wrapped. Trailing spaces are cut. */
export function table(
  head: readonly string[] | null,
  rows: readonly (readonly string[])[],
  width: number,
  right: readonly number[] = [],
): string {
  const all = head === null ? rows : [head, ...rows];
  const last = Math.max(0, ...all.map((row) => row.length)) - 1;
  const widths = Array.from({ length: last }, (_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const before = widths.reduce((sum, one) => sum + one + 2, 0);
  const room = Math.max(20, width - before - 1);
  const lines = all.flatMap((row) => {
    const cells = widths.map((wide, column) =>
      right.includes(column) ? (row[column] ?? '').padStart(wide) : (row[column] ?? '').padEnd(wide),
    );
    const [first = '', ...more] = wrapped(row[last] ?? '', room);
    return [[...cells, first].join('  ').trimEnd(), ...more.map((rest) => `${' '.repeat(before)}${rest}`)];
  });
  return `${lines.join('\n')}\n`;
}
