import { CsvError, parse } from 'csv-parse/sync';
import type { Json, JsonObject } from '../../engine/json.js';
import { type RecordKind, recordKinds } from '../../office/organisation/records.js';
import type { BroughtRecord, FaultCode, ImportFault } from './brought.js';
import { type Column, columns, unguarded } from './csvColumns.js';
import { recordsMax } from './shapes.js';

/** One file of those that were brought. */
export interface BroughtFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export const importFileBytesMax = 20_000_000;
const cellCharsMax = 100_000;

interface Row {
  readonly record: readonly string[];
  /** The line on which it begins. */
  readonly line: number;
}

/** What was read, and every fault. */
interface Read {
  readonly brought: readonly BroughtRecord[];
  readonly faults: readonly ImportFault[];
}

/** The kind of records that a file holds: `units.csv` holds units. Null for any other name. */
function kindOfFile(name: string): RecordKind | null {
  return recordKinds.find((kind) => name.toLowerCase() === `${kind}.csv`.toLowerCase()) ?? null;
}

/**
 * The records of a table in CSV, as a spreadsheet saves it: with or without a byte order mark, separated by commas, semicolons or tabs,
 * days as `yyyy-mm-dd` or `dd/mm/yyyy`, columns in any order. Every fault is named with line and column; lines with one are left out.
 */
export function readCsv(file: BroughtFile): Read {
  const fault = (line: number, column: string, code: FaultCode, params: JsonObject = {}): ImportFault => ({
    file: file.name,
    line,
    column,
    code,
    params,
  });
  const only = (code: FaultCode, params: JsonObject = {}, line = 1): Read => ({
    brought: [],
    faults: [fault(line, '', code, params)],
  });
  const kind = kindOfFile(file.name);
  if (kind === null) return only('fileUnknown', { names: recordKinds.map((one) => `${one}.csv`) });
  if (file.bytes.length > importFileBytesMax) return only('fileTooLarge', { bytesMax: importFileBytesMax });
  const text = textOf(file.bytes);
  if (text === null) return only('notUtf8');
  let rows: readonly Row[];
  try {
    rows = rowsOf(text);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = Number((error as { lines?: unknown }).lines ?? 1);
    return only('csvBroken', { reason: error.code }, Number.isNaN(line) ? 1 : line);
  }
  const [head, ...body] = rows;
  if (head === undefined) return only('fileEmpty');
  if (body.length > recordsMax) return only('recordsTooMany', { max: recordsMax });
  const layout = layoutOf(kind, head, fault);
  if (layout.faults.length > 0) return { brought: [], faults: layout.faults };
  const read = body.map((row) => readRow(kind, file.name, layout.places, row, fault));
  return { brought: read.flatMap(({ brought }) => brought), faults: read.flatMap(({ faults }) => faults) };
}

function textOf(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function rowsOf(text: string): readonly Row[] {
  const rows = parse(text, {
    bom: true,
    delimiter: separatorOf(text),
    relax_column_count: true,
    skip_empty_lines: true,
    info: true,
    max_record_size: cellCharsMax * 20,
  }) as unknown as readonly { readonly record: string[]; readonly info: { readonly lines: number } }[];
  return rows
    .map(({ record, info }) => ({ record, line: info.lines - linesInside(record) }))
    .filter(({ record }) => record.some((cell) => cell.trim() !== ''));
}

/** The parser names the line on which a record ends. */
function linesInside(record: readonly string[]): number {
  return record.reduce((sum, cell) => sum + (cell.match(/\r\n|\r|\n/g)?.length ?? 0), 0);
}

/** The separator of the head, of which there are more than of any other; a column's name holds none of them. */
function separatorOf(text: string): string {
  const head = text.slice(0, cellCharsMax).split(/\r|\n/, 1)[0] ?? '';
  const count = (sign: string): number => head.split(sign).length;
  return [',', ';', '\t'].reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}

interface Layout {
  /** Where each column stands. */
  readonly places: readonly { readonly column: Column; readonly at: number }[];
  readonly faults: readonly ImportFault[];
}

type Fault = (line: number, column: string, code: FaultCode, params?: JsonObject) => ImportFault;

function layoutOf(kind: RecordKind, head: Row, fault: Fault): Layout {
  const wanted = columns[kind];
  const names = head.record.map((cell) => cell.trim());
  const expected = wanted.map(({ name }) => name);
  const at = (name: string): number => names.findIndex((found) => found.toLowerCase() === name.toLowerCase());
  const faults = [
    ...wanted
      .filter(({ name, optional }) => at(name) < 0 && optional !== true)
      .map(({ name }) => fault(head.line, name, 'columnMissing')),
    ...names
      .filter((found) => found !== '' && !expected.some((name) => name.toLowerCase() === found.toLowerCase()))
      .map((found) => fault(head.line, found, 'columnUnknown', { expected })),
    ...names
      .filter((found, index) => found !== '' && names.findIndex((one) => one.toLowerCase() === found.toLowerCase()) < index)
      .map((found) => fault(head.line, found, 'columnDouble')),
  ];
  const there = wanted.filter(({ name, optional }) => optional !== true || at(name) >= 0);
  return { places: there.map((column) => ({ column, at: at(column.name) })), faults };
}

function readRow(kind: RecordKind, file: string, places: Layout['places'], row: Row, fault: Fault): Read {
  const value: Record<string, Json> = {};
  const faults: ImportFault[] = [];
  for (const { column, at } of places) {
    const cell = row.record[at];
    if (cell === undefined) {
      faults.push(fault(row.line, column.name, 'cellsMissing', { found: row.record.length, expected: places.length }));
      break;
    }
    const read = column.cell.read(unguarded(cell));
    if ('fault' in read) faults.push(fault(row.line, column.name, read.fault, { found: cell.slice(0, 80) }));
    else if (column.optional !== true || read.value !== null) put(value, column.path, read.value);
  }
  const brought = faults.length > 0 ? [] : [{ kind, file, line: row.line, pointer: '', value }];
  return { brought, faults };
}

function put(value: Record<string, Json>, [outer = '', inner]: readonly string[], part: Json): void {
  if (inner === undefined) value[outer] = part;
  else value[outer] = { ...(value[outer] as JsonObject | undefined), [inner]: part };
}
