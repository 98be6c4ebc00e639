import { printedNumber } from '../papers/paper.js';
import { codeOf } from './cells.js';
import type { RegisterKind, RegisterRow, RegisterSource } from './data.js';
import { followUpRows, incomingRows } from './incoming.js';
import { archivedCopyRows, outgoingRows, postRows } from './outgoing.js';
import { registerColumns, registerNames } from './words.js';

/** A register of a period, as a table. */
export interface Register {
  readonly kind: RegisterKind;
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly columns: readonly { readonly label: string; readonly width: number }[];
  readonly rows: readonly RegisterRow[];
  /** First and last number as printed; null where the register has none. With several series, of each series. */
  readonly numbers: { readonly first: string; readonly last: string } | null;
}

const builders: Readonly<Record<RegisterKind, (source: RegisterSource) => readonly RegisterRow[]>> = {
  outgoing: outgoingRows,
  incoming: incomingRows,
  followUp: followUpRows,
  post: postRows,
  archivedCopies: archivedCopyRows,
};

/** Builds a register. Pure: the same source gives the same table. */
export function registerOf(kind: RegisterKind, source: RegisterSource): Register {
  const { language, from, to } = source;
  const columns = registerColumns[kind].map(({ label, width }) => ({ label: label[language], width }));
  return {
    kind,
    name: registerNames[kind][language],
    from,
    to,
    columns,
    rows: builders[kind](source),
    numbers: rangeOf(kind, source),
  };
}

function rangeOf(kind: RegisterKind, source: RegisterSource): Register['numbers'] {
  const { numbers } = source;
  if (numbers.length === 0 || kind === 'post' || kind === 'archivedCopies') return null;
  const starts = numbers.filter(
    (row, index) => numbers[index - 1]?.series !== row.series || numbers[index - 1]?.year !== row.year,
  );
  const ends = numbers.filter((row, index) => numbers[index + 1]?.series !== row.series || numbers[index + 1]?.year !== row.year);
  const printed = (rows: typeof numbers) =>
    rows.map((row) => (kind === 'outgoing' ? codeOf(source, row) : printedNumber(row.number))).join('; ');
  return { first: printed(starts), last: printed(ends) };
}
