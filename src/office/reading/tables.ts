import { dueInLabel } from './dates.js';
import type { Clause, Span, UnitMention } from './planReading.js';
import { romanValue } from './roman.js';
import { flat, PARAGRAPH, type Scraped, spanOf } from './scraped.js';
import { splitUnits } from './unitLists.js';
import { distinct } from './unitRoles.js';
import { startsUnit } from './units.js';

type Column = 'ordinal' | 'task' | 'lead' | 'coordinate' | 'due' | 'other';

interface Cell {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** The tasks of one table that shares them out, and where it lies in the regular text. */
export interface TaskTable {
  readonly range: Span;
  readonly clauses: readonly Clause[];
}

const columnsMax = 12;
const tablesMax = 50;
const HEADER = /^(?:STT|TT|Số\s+TT)\.?$/iu;
const ORDINAL = /^\d{1,3}(?:\.\d{1,2})?\.?$/u;
const GROUP = /^([IVX]{1,5}|[A-H])(?:\.|\s*$)/u;
const ITEM = /^(?:\d{1,2}\s*[.)/]|[IVX]{1,5}\s*[./])\s+\p{Lu}/u;
const TIME = /quý|quí|tháng|năm|thường\s+xuyên|h[àằ]ng|trước|ngày|\d{4}|giai\s+đoạn|sau\s+khi/iu;

/**
 * Reads the tables between `start` and `end` whose columns say task and who leads (STT, nhiệm vụ, chủ trì, phối hợp, thời gian).
 * `pathAt` gives what the paths of a table at that place begin with. Prices, lists without a leading unit and groups give no clause.
 */
export function readTables(scraped: Scraped, [start, end]: Span, pathAt: (start: number) => string): TaskTable[] {
  const cells = cellsOf(scraped.text, start, end);
  const tables: TaskTable[] = [];
  for (let at = 0; at < cells.length && tables.length < tablesMax; ) {
    const first = cells.findIndex((cell, i) => i >= at && HEADER.test(cell.text));
    if (first < 0) break;
    const columns = columnsFrom(cells.slice(first, first + columnsMax));
    if (!columns.includes('task') || !columns.includes('lead')) {
      at = first + 1;
      continue;
    }
    const rows = rowsFrom(cells, first + columns.length, columns.length);
    const path = pathAt(cells[first]?.start ?? start);
    const clauses = rows.list.flatMap((row) => clauseOf(scraped, columns, row, path) ?? []);
    if (clauses.length > 0) tables.push({ range: [cells[first]?.start ?? start, cells[rows.next - 1]?.end ?? end], clauses });
    at = Math.max(rows.next, first + 1);
  }
  return tables;
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
  const rows = cells.findIndex(({ text }, i) => i > 0 && (GROUP.test(text) || /^0?1(?:\.1)?\.?$/u.test(text)));
  return cells.slice(0, rows < 0 ? 0 : rows).map(({ text }): Column => {
    if (HEADER.test(text)) return 'ordinal';
    if (/phối\s+hợp/iu.test(text)) return 'coordinate';
    if (/chủ\s+trì|(?:đơn\s+vị|cơ\s+quan|bộ\s+phận)\s+(?:được\s+giao|thực\s+hiện)|phân\s+công/iu.test(text)) return 'lead';
    if (/thời\s+(?:gian|hạn)|tiến\s+độ|hoàn\s+thành/iu.test(text)) return 'due';
    return /nhiệm\s+vụ|nội\s+dung|công\s+việc|hoạt\s+động/iu.test(text) ? 'task' : 'other';
  });
}

interface Row {
  readonly cells: readonly Cell[];
  readonly group: string;
}

/** Rows begin with their number and go on to the next one; what comes after a full row and is neither number nor group ends the table. */
function rowsFrom(cells: readonly Cell[], from: number, width: number): { list: Row[]; next: number } {
  const list: Row[] = [];
  let group = '';
  let at = from;
  while (at < cells.length) {
    const text = cells[at]?.text ?? '';
    const heading = GROUP.exec(text);
    if (heading && groupFollows(cells, at, group, heading[1] ?? '')) {
      group = heading[1] ?? '';
      at += text.length <= groupCharsMax && !ORDINAL.test(cells[at + 1]?.text ?? '') ? 2 : 1;
    } else if (ORDINAL.test(text)) {
      let next = at + 1;
      while (
        next < cells.length &&
        next - at < width &&
        !ORDINAL.test(cells[next]?.text ?? '') &&
        !opensGroup(cells, next) &&
        !leavesTable(cells, at, next)
      )
        next += 1;
      // A cell of several paragraphs makes a row longer: it goes on to the next number, where one follows soon.
      const more = cells
        .slice(next, next + columnsMax)
        .findIndex((cell, i) => ORDINAL.test(cell.text) || opensGroup(cells, next + i));
      if (more > 0) next += more;
      list.push({ cells: cells.slice(at, next), group });
      at = next;
    } else break;
  }
  return { list, next: at };
}

/** "2. Kiểm tra ..." after a row whose last cell is empty: the next item of the paper. */
function leavesTable(cells: readonly Cell[], row: number, at: number): boolean {
  const before = cells[at - 1]?.text ?? '';
  return at - row > 2 && ITEM.test(cells[at]?.text ?? '') && (TIME.test(before) || startsUnit(before));
}

function opensGroup(cells: readonly Cell[], at: number): boolean {
  const text = cells[at]?.text ?? '';
  // The number of a group may stand in a cell of its own, before its title.
  return (
    GROUP.test(text) &&
    (ORDINAL.test(cells[at + 1]?.text ?? '') || (text.length <= groupCharsMax && ORDINAL.test(cells[at + 2]?.text ?? '')))
  );
}

const groupCharsMax = 5;

/** "IV. KINH PHÍ" after a table is the next section of the paper, not a group of rows: no row follows it. */
function groupFollows(cells: readonly Cell[], at: number, group: string, value: string): boolean {
  const rowNext =
    ORDINAL.test(cells[at + 1]?.text ?? '') ||
    ((cells[at]?.text.length ?? 0) <= groupCharsMax && ORDINAL.test(cells[at + 2]?.text ?? ''));
  return rowNext && (group === '' || /[A-H]/.test(value) || romanValue(value) >= romanValue(group));
}

function clauseOf(scraped: Scraped, columns: readonly Column[], { cells, group }: Row, path: string): Clause | null {
  const last = cells.at(-1);
  const ordinal = (cells[0]?.text ?? '').replace(/\.$/, '');
  const row = cells.length === columns.length ? byColumn(columns, cells) : byContent(columns, cells.slice(1));
  if (row.task === '' || !last || /^[\d.,%\s]+$/.test(row.task)) return null;
  const units = (role: 'lead' | 'coordinate'): UnitMention[] => splitUnits(row[role]).map((name) => ({ name, role }));
  return {
    path: `${path}${group === '' ? '' : `${group}.`}${ordinal}`,
    kind: 'directive',
    text: row.task,
    units: distinct([...units('lead'), ...units('coordinate')]),
    due: row.due === '' ? null : dueInLabel(row.due),
    sourceSpan: spanOf(scraped, cells[0]?.start ?? last.start, last.end),
  };
}

interface Task {
  readonly task: string;
  readonly lead: string;
  readonly coordinate: string;
  readonly due: string;
}

function byColumn(columns: readonly Column[], cells: readonly Cell[]): Task {
  const cell = (column: Column) => (columns.includes(column) ? (cells[columns.indexOf(column)]?.text ?? '') : '');
  return { task: cell('task'), lead: cell('lead'), coordinate: cell('coordinate'), due: cell('due') };
}

/** A row with a cell empty or in several paragraphs: what a cell says tells which column it stands in. */
function byContent(columns: readonly Column[], cells: readonly Cell[]): Task {
  const texts = cells.map(({ text }) => text);
  const isTime = (text: string) => TIME.test(text) && !startsUnit(text);
  const timed = columns.includes('due') && texts.length > 1 && isTime(texts.at(-1) ?? '');
  const last = timed ? (texts.pop() ?? '') : '';
  const first = texts.findIndex((text, i) => i > 0 && startsUnit(text));
  // A product may stand after the time.
  const among = !timed && columns.includes('due') && first >= 0 ? (texts.slice(first + 1).find(isTime) ?? '') : '';
  const due = timed ? last : among;
  const units = first < 0 ? [] : texts.slice(first).filter(startsUnit);
  return {
    task: (first < 0 ? texts : texts.slice(0, first)).join(' '),
    lead: units[0] ?? '',
    coordinate: columns.includes('coordinate') ? units.slice(1).join('; ') : '',
    due,
  };
}
