import type { JsonObject } from '../../engine/json.js';
import type { RegisterPaper } from '../../office/registers/data.js';
import { addDays, dayOf } from '../../office/time/clock.js';
import type { Deps } from '../deps.js';
import type { NumberRow } from './numbering.js';

/** Rows that one sweep looks at; what is left waits for the next one. */
export const sweepRowsMax = 500;

/**
 * Settles numbers that were reserved on an earlier day for papers that were signed or have ended without them: a PREPARE or REGISTER that reserved
 * its number and lost the race for its write, or died, while another command ended the paper. A number that the ended paper does
 * bear is marked as used: only the effect that says so was lost. Numbers of papers that wait for a signature are left alone: they are
 * cancelled by the paper's own next number. Answers how many rows were settled. Repeatable.
 */
export async function sweepNumbers(deps: Pick<Deps, 'store' | 'clock'>, authority: string): Promise<number> {
  const today = dayOf(deps.clock.now());
  const rows = await deps.store.numbers.reservedOlderThan(authority, today, sweepRowsMax);
  if (rows.length === 0) return 0;
  const ids = [...new Set(rows.flatMap(({ document }) => (document === null ? [] : [document])))];
  const papers = new Map((await deps.store.registers.papers(authority, ids)).map((paper) => [paper.id, paper]));
  let settled = 0;
  for (const row of rows) {
    if (row.document === null) continue;
    const verdict = verdictOn(row, papers.get(row.document), today);
    if (verdict === null) continue;
    await deps.store.numbers.settle(authority, { ...row, document: row.document }, verdict.status, verdict.reason);
    settled += 1;
  }
  return settled;
}

/** How long an opening may still be on its way before a number without a paper is given up. */
const openingDaysMax = 2;

function verdictOn(row: NumberRow, paper: RegisterPaper | undefined, today: string) {
  if (paper === undefined)
    return addDays(row.day, openingDaysMax) < today ? ({ status: 'cancelled', reason: 'missing' } as const) : null;
  // A paper that is signed takes no other number: what was reserved for it beside its own is left over, though it is open for years.
  const isSigned = typeof paper.context['signedFile'] === 'string';
  if (paper.open && !isSigned) return null;
  return bears(paper.context, row)
    ? ({ status: 'used', reason: 'sweep' } as const)
    : ({ status: 'cancelled', reason: isSigned ? 'signedUnderOther' : 'ended' } as const);
}

/** Whether the paper was signed, or registered, under this number. */
function bears(context: JsonObject, { series, year, number }: NumberRow): boolean {
  const signed = typeof context['signedFile'] === 'string' && context['series'] === series;
  if (signed && context['number'] === number && context['year'] === year) return true;
  const { arrivalNumber, arrivalDay } = context;
  return arrivalNumber === number && typeof arrivalDay === 'string' && Number(arrivalDay.slice(0, 4)) === year;
}
