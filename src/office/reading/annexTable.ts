import { dueInLabel } from './dates.js';
import type { Clause, UnitMention } from './planReading.js';
import { flat, PARAGRAPH, type Scraped, spanOf } from './scraped.js';
import { distinct } from './unitRoles.js';
import { splitUnits } from './units.js';

type Column = 'ordinal' | 'task' | 'lead' | 'coordinate' | 'due' | 'other';

interface Cell {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const columnsMax = 12;

/**
 * Reads the tasks of an annexed table (STT, nhiệm vụ, chủ trì, phối hợp, thời gian) whose cells stand in lines of their own.
 * Rows of another length, prices and groups give no clause. Null where no such table is found.
 */
export function readAnnexTable(scraped: Scraped, start: number, end: number): Clause[] | null {
  const cells = cellsOf(scraped.text, start, end);
  const first = cells.findIndex(({ text }) => /^(?:STT|TT|Số TT)$/iu.test(text));
  if (first < 0) return null;
  const columns = columnsFrom(cells.slice(first, first + columnsMax));
  if (!columns.includes('task') || !columns.includes('lead')) return null;
  const clauses: Clause[] = [];
  let group = '';
  let row: Cell[] = [];
  const close = () => {
    const clause = row.length === columns.length ? clauseOf(scraped, columns, row, group) : null;
    if (clause) clauses.push(clause);
    row = [];
  };
  for (const cell of cells.slice(first + columns.length)) {
    const heading = /^([IVX]{1,5})(?:\.|\s*$)/.exec(cell.text);
    const ordinal = /^\d{1,3}$/.test(cell.text);
    if (heading || ordinal || row.length === columns.length) close();
    if (heading) group = heading[1] ?? '';
    else if (ordinal || row.length > 0) row.push(cell);
  }
  close();
  return clauses.length === 0 ? null : clauses;
}

function cellsOf(text: string, start: number, end: number): Cell[] {
  const cells: Cell[] = [];
  let at = start;
  for (const piece of text.slice(start, end).split(PARAGRAPH)) {
    if (piece.trim() !== '') cells.push({ text: flat(piece), start: at, end: at + piece.length });
    at += piece.length + 1;
  }
  return cells;
}

/** The header ends where the first group or the first row begins. */
function columnsFrom(cells: readonly Cell[]): Column[] {
  const rows = cells.findIndex(({ text }) => /^(?:[IVX]{1,5}(?:\.|\s*$)|1$)/.test(text));
  return cells.slice(0, rows < 0 ? 0 : rows).map(({ text }): Column => {
    if (/^(?:STT|TT|Số TT)$/iu.test(text)) return 'ordinal';
    if (/phối\s+hợp/iu.test(text)) return 'coordinate';
    if (/chủ\s+trì|(?:đơn\s+vị|cơ\s+quan)\s+thực\s+hiện/iu.test(text)) return 'lead';
    if (/thời\s+(?:gian|hạn)|tiến\s+độ|hoàn\s+thành/iu.test(text)) return 'due';
    return /nhiệm\s+vụ|nội\s+dung|công\s+việc|hoạt\s+động/iu.test(text) ? 'task' : 'other';
  });
}

function clauseOf(scraped: Scraped, columns: readonly Column[], row: readonly Cell[], group: string): Clause | null {
  const cell = (column: Column) => row[columns.indexOf(column)]?.text ?? '';
  const units = (column: 'lead' | 'coordinate'): UnitMention[] =>
    columns.includes(column) ? splitUnits(cell(column)).map((name) => ({ name, role: column })) : [];
  const last = row.at(-1);
  if (cell('task') === '' || !last) return null;
  return {
    path: `PL/${group === '' ? '' : `${group}.`}${cell('ordinal')}`,
    kind: 'directive',
    text: cell('task'),
    units: distinct([...units('lead'), ...units('coordinate')]),
    due: columns.includes('due') ? dueInLabel(cell('due')) : null,
    sourceSpan: spanOf(scraped, row[0]?.start ?? last.start, last.end),
  };
}
