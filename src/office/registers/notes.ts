import { printedNumber } from '../papers/paper.js';
import { textIn } from './cells.js';
import type { RegisterLanguage, RegisterNumber, RegisterPaper } from './data.js';
import { isPhrase, phrase } from './words.js';

/** Longest reason in the column of notes; the history has all of it. */
const noteCharsMax = 500;

/** `prepared again as 9`, `... as 9 of 2011`, `... as 9 of KH-UBND, 2011`: as the register of numbers writes it. */
const AGAIN = /^prepared again as (\d+)(?: of (.+))?$/;

/** Why a number is in the register without a paper that bears it, or what became of the paper: the column of notes. */
export function noteOf(
  language: RegisterLanguage,
  row: RegisterNumber,
  paper: RegisterPaper | undefined,
  arrival = false,
): string {
  if (row.status === 'reserved') return phrase(language, arrival ? 'reservedArrival' : 'reserved');
  if (row.status === 'takenOver')
    return phrase(language, 'takenOver', { number: printedNumber(row.number), reason: row.reason ?? '' });
  if (row.status === 'cancelled') return phrase(language, 'cancelled', { reason: reasonOf(language, row.reason ?? '') });
  const became = paper?.state ?? '';
  const why = paper === undefined ? '' : textIn(paper.context, 'reason').slice(0, noteCharsMax);
  if (became === 'voided' && why !== '') return phrase(language, 'voidedBecause', { reason: why });
  return became === 'voided' || became === 'withdrawn' || became === 'replaced' ? phrase(language, became) : '';
}

function reasonOf(language: RegisterLanguage, reason: string): string {
  const [, number, where] = AGAIN.exec(reason) ?? [];
  if (number === undefined) return isPhrase(reason) ? phrase(language, reason) : reason;
  const printed = printedNumber(Number(number));
  return where === undefined
    ? phrase(language, 'again', { number: printed })
    : phrase(language, 'againElsewhere', { number: printed, where });
}
