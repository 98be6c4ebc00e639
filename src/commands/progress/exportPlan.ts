import { stringify } from 'csv-stringify/sync';
import { completenessOf, doneRateOf, timelinessOf } from '../../office/progress/counts.js';
import { type Named, type TableCell, workHeads, workRow } from '../../office/progress/rows.js';
import { dayOf } from '../../office/time/clock.js';
import type { Deps } from '../deps.js';
import { eventLog } from './eventLog.js';
import { type ListAsk, listWorks } from './list.js';
import { planProgress } from './progress.js';
import { workbook } from './workbook.js';

export const exportFormats = ['csv', 'xlsx', 'json', 'ocel'] as const;
export type ExportFormat = (typeof exportFormats)[number];

export interface ExportAsk extends ListAsk {
  readonly language: Named['language'];
  /** In the event log: marks in the place of the ids of people. */
  readonly pseudonyms: boolean;
}

interface Exported {
  /** Without its folder. */
  readonly name: string;
  readonly mediaType: string;
  /** The file piece by piece: nothing of it is kept. */
  readonly pieces: AsyncIterable<Uint8Array>;
}

const mediaTypes: Readonly<Record<ExportFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  json: 'application/json; charset=utf-8',
  ocel: 'application/json; charset=utf-8',
};

const endings: Readonly<Record<ExportFormat, string>> = { csv: 'csv', xlsx: 'xlsx', json: 'json', ocel: 'ocel.json' };

/**
 * The works of a plan that the reader may read, as a file. CSV and XLSX: a row for each duty and report; JSON: the same with the numbers;
 * OCEL: what happened, for process mining (see `eventLog`). Streamed but for XLSX, whose rows are bounded (`exportTooLong`).
 */
export function exportPlan(deps: Pick<Deps, 'store'>, format: ExportFormat, ask: ExportAsk): Exported {
  const texts = format === 'csv' ? csvOf(deps, ask) : format === 'json' ? jsonOf(deps, ask) : eventLog(deps, ask);
  return {
    name: `tien-do-${ask.quarter ?? dayOf(ask.now)}.${endings[format]}`,
    mediaType: mediaTypes[format],
    pieces: format === 'xlsx' ? workbook(deps, ask) : encoded(texts),
  };
}

/** Pieces of about this size, so that a file of short lines is not sent line by line. */
const pieceChars = 32_768;

async function* encoded(texts: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  let waiting = '';
  for await (const text of texts) {
    waiting += text;
    if (waiting.length < pieceChars) continue;
    yield encoder.encode(waiting);
    waiting = '';
  }
  if (waiting !== '') yield encoder.encode(waiting);
}

/**
 * UTF-8 with byte order mark, comma and CRLF. A cell that a spreadsheet would take for a formula bears an apostrophe, as in the registers.
 */
async function* csvOf(deps: Pick<Deps, 'store'>, ask: ExportAsk): AsyncGenerator<string> {
  const named: Named = { directory: await deps.store.directory.snapshot(ask.authority), language: ask.language };
  yield csvLine(workHeads(named), true);
  for await (const { work } of listWorks(deps, ask)) yield csvLine(workRow(named, work).map(cellText), false);
}

function csvLine(cells: readonly string[], first: boolean): string {
  return stringify([[...cells]], { bom: first, escape_formulas: true, record_delimiter: 'windows', quoted_match: /[\r\n]/ });
}

function cellText(cell: TableCell): string {
  return cell.kind === 'none' ? '' : String(cell.value);
}

async function* jsonOf(deps: Pick<Deps, 'store'>, ask: ExportAsk): AsyncGenerator<string> {
  const { duties, reports, units, asOf, source, quarters } = await planProgress(deps, ask);
  const { plan, quarter, unit } = ask;
  const rates = { completeness: completenessOf(reports), timeliness: timelinessOf(reports), done: doneRateOf(duties) };
  const head = JSON.stringify({ plan, quarter, unit, asOf, source, quarters, duties, reports, rates, units });
  yield `${head.slice(0, -1)},"works":[`;
  let between = '\n';
  for await (const { work } of listWorks(deps, ask)) {
    yield `${between}${JSON.stringify({ kind: work.kind, ...work.fact })}`;
    between = ',\n';
  }
  yield '\n]}\n';
}
