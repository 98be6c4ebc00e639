import writeXlsxFile, { type CellObject, type SheetData } from 'write-excel-file/node';
import { TrinhkyError } from '../../errors.js';
import { type Named, type TableCell, unitHeads, unitRow, workHeads, workRow } from '../../office/progress/rows.js';
import { progressWord } from '../../office/progress/words.js';
import type { Deps } from '../deps.js';
import { type ListAsk, listWorks } from './list.js';
import { planProgress } from './progress.js';

/** Rows of the workbook: it is put together in memory. CSV has no such bound. */
const workbookRowsMax = 20_000;

interface WorkbookAsk extends ListAsk {
  readonly language: Named['language'];
}

const widths = { text: 22, long: 48, short: 14 };

/**
 * Two sheets, the summary by unit and the works: the first row frozen, days as days, numbers as numbers, text never as a formula. One piece.
 * Throws `exportTooLong` above `workbookRowsMax` rows.
 */
export async function* workbook(deps: Pick<Deps, 'store'>, ask: WorkbookAsk): AsyncGenerator<Uint8Array> {
  const named: Named = { directory: await deps.store.directory.snapshot(ask.authority), language: ask.language };
  const { units } = await planProgress(deps, ask);
  const works: SheetData = [headRow(workHeads(named))];
  for await (const { work } of listWorks(deps, ask)) {
    if (works.length > workbookRowsMax) throw new TrinhkyError('exportTooLong', { rowsMax: workbookRowsMax });
    works.push(workRow(named, work).map(cellOf));
  }
  const summary: SheetData = [headRow(unitHeads(named)), ...units.map((counts) => unitRow(named, counts).map(cellOf))];
  const columns = (count: number, wide: number) =>
    Array.from({ length: count }, (_, at) => ({ width: at === wide ? widths.long : at < 3 ? widths.text : widths.short }));
  const frozen = { stickyRowsCount: 1 };
  const { language } = ask;
  const made = writeXlsxFile([
    { data: summary, sheet: progressWord(language, 'summary'), columns: columns(unitHeads(named).length, 1), ...frozen },
    { data: works, sheet: progressWord(language, 'list'), columns: columns(workHeads(named).length, 4), ...frozen },
  ]);
  yield await made.toBuffer();
}

function headRow(names: readonly string[]): CellObject[] {
  return names.map((value) => ({ value, type: String, fontWeight: 'bold', wrap: true }));
}

function cellOf(cell: TableCell): CellObject | null {
  switch (cell.kind) {
    case 'none':
      return null;
    case 'text':
      return { value: cell.value, type: String };
    case 'number':
      return { value: cell.value, type: Number };
    case 'day':
      return { value: new Date(`${cell.value}T00:00:00.000Z`), type: Date, format: 'dd/mm/yyyy' };
  }
}
