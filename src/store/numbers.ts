import type { Collection } from 'mongodb';
import type { NumberRegister, NumberRow, Reservation } from '../commands/papers/numbering.js';
import { TrinhkyError } from '../errors.js';
import { collectionNames } from './collectionNames.js';
import type { Connection } from './connection.js';
import { isDuplicateKey } from './duplicate.js';

/** Tries to win the next number; each lost one means that another writer took it. */
export const reserveTriesMax = 200;
/** Longest pause between two tries; the pause is random, so that writers in step part. */
export const reservePauseMsMax = 20;
/** Most rows of one series and year: above it the id's digits would no longer sort. */
export const numberMax = 9_999_999;
export const registerRowsMax = 50_000;
/** One number of one symbol over so many years. */
const foundMax = 100;

interface NumberDocument extends NumberRow {
  /** `authority/series/year/0000008`. */
  _id: string;
  authority: string;
  /** Neither cancelled nor taken over: at most one for a document and day. */
  live: boolean;
  /** The row with which the series of the year begins. */
  first: boolean;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const PLAIN = { projection: { _id: 0, authority: 0, live: 0, first: 0 } } as const;

/**
 * The register of numbers on MongoDB. The rows are all there is: the next number is the greatest of the series and year plus one,
 * and the id decides between writers, so there is no gap and no number twice, also when a process dies after any step.
 *
 * `reserve` answers the document's live row of that day where it has one, under the symbol that is asked for. It throws `tooEarly` when the newest number was given on
 * a later day (numbers never decrease in issue time), and `busy` when it loses to other writers `reserveTriesMax` times.
 * `settle` throws `internal` for a number that is not the document's, and for using one that was cancelled.
 */
export function makeNumberRegister(connection: Connection): NumberRegister {
  const numbers = connection.collection<NumberDocument>(collectionNames.numbers);
  return {
    reserve: (reservation) => reserve(numbers, reservation),
    async takeOver(authority, series, year, lastNumber, reason) {
      checkNumber(lastNumber);
      if ((await newest(numbers, authority, series, year)) !== null) return false;
      const day = `${year}-01-01`;
      const row = { series, year, number: lastNumber, symbol: series, document: null, prepareRevision: 0, day, reason } as const;
      return insert(numbers, { ...row, ...idOf(authority, row), status: 'takenOver', live: false, first: true });
    },
    settle: (authority, row, status, reason) => settle(numbers, { authority, ...row }, status, reason),
    cancelAll: (authority, document, reason) => cancelAll(numbers, authority, document, reason),
    reservedOlderThan: (authority, day, limit) =>
      numbers
        .find<NumberRow>({ authority, status: 'reserved', day: { $lt: day } }, PLAIN)
        .sort({ day: 1 })
        .limit(limit)
        .toArray(),
    rows: (authority, series, year) =>
      numbers
        .find<NumberRow>(inSeries(authority, series, year), PLAIN)
        .sort({ _id: 1 })
        .limit(registerRowsMax)
        .toArray(),
    find: (authority, symbol, number, year) =>
      numbers
        .find<NumberRow>({ authority, symbol, number, ...(year === null ? {} : { year }), document: { $type: 'string' } }, PLAIN)
        .sort({ year: -1, _id: 1 })
        .limit(foundMax)
        .toArray(),
  };
}

async function reserve(numbers: Collection<NumberDocument>, reservation: Reservation): Promise<NumberRow> {
  const { authority, series, year, document, day, symbol } = reservation;
  for (let tries = 0; tries < reserveTriesMax; tries += 1) {
    const own = await numbers.findOne<NumberRow>({ authority, series, document, day, live: true }, PLAIN);
    if (own !== null) return own.symbol === symbol ? own : renamed(numbers, authority, own, symbol);
    const before = await newest(numbers, authority, series, year);
    if (before !== null && before.day > day) {
      throw new TrinhkyError('tooEarly', { series, day, newestNumber: before.number, newestDay: before.day });
    }
    if (before === null) await requireNoOther(numbers, reservation);
    const row = rowAfter(before, reservation);
    if (await insert(numbers, { ...row, ...idOf(authority, row), live: true, first: before === null })) return row;
    await pause(tries);
  }
  throw new TrinhkyError('busy', { what: 'numbers', series });
}

/** A register that begins while another one of the year numbers the same symbol would give the same numbers again (Phụ lục VI: N-08). */
async function requireNoOther(
  numbers: Collection<NumberDocument>,
  { authority, series, symbol, year }: Reservation,
): Promise<void> {
  const given = { authority, symbol, year, status: { $in: ['reserved' as const, 'used' as const] }, series: { $ne: series } };
  const other = await numbers.findOne(given, { projection: { series: 1 } });
  if (other !== null) throw new TrinhkyError('seriesMoved', { symbol, series, other: other.series });
}

/** The row of a paper that came back under another symbol of the same series: the register shows what is printed. A used row stays. */
async function renamed(
  numbers: Collection<NumberDocument>,
  authority: string,
  own: NumberRow,
  symbol: string,
): Promise<NumberRow> {
  const { _id } = idOf(authority, own);
  const { modifiedCount } = await numbers.updateOne({ _id, authority, status: 'reserved' }, { $set: { symbol } });
  return modifiedCount === 1 ? { ...own, symbol } : own;
}

function rowAfter(before: NumberRow | null, { series, year, symbol, document, prepareRevision, day }: Reservation): NumberRow {
  const number = (before?.number ?? 0) + 1;
  checkNumber(number);
  return { series, year, number, symbol, document, prepareRevision, day, status: 'reserved', reason: null };
}

/** False when one of the unique keys was taken: the number, the document's day, or the beginning of the series. */
async function insert(numbers: Collection<NumberDocument>, row: NumberDocument): Promise<boolean> {
  try {
    await numbers.insertOne(row);
    return true;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}

interface Place {
  readonly authority: string;
  readonly series: string;
  readonly year: number;
  readonly number: number;
  readonly document: string;
}

async function settle(
  numbers: Collection<NumberDocument>,
  place: Place,
  status: 'used' | 'cancelled',
  reason: string,
): Promise<void> {
  const { authority, series, year, number, document } = place;
  const { _id } = idOf(authority, place);
  const change: Partial<Mutable<NumberDocument>> = status === 'used' ? { status, reason } : { status, reason, live: false };
  const { matchedCount } = await numbers.updateOne({ _id, authority, document, status: 'reserved' }, { $set: change });
  if (matchedCount === 0) {
    const row = await numbers.findOne({ _id, authority, document }, { projection: { status: 1 } });
    // A number that was used stays used, whatever is asked later.
    const settled = row?.status === status || (status === 'cancelled' && row?.status === 'used');
    if (!settled)
      throw new TrinhkyError('internal', { what: 'numberNotReserved', series, year, number, status: row?.status ?? null });
  }
  if (status === 'cancelled') return;
  const others = { authority, document, series, status: 'reserved' as const, live: true, _id: { $ne: _id } };
  const sameYear = { $set: { status: 'cancelled' as const, live: false, reason: `prepared again as ${number}` } };
  const otherYear = { $set: { ...sameYear.$set, reason: `prepared again as ${number} of ${year}` } };
  await numbers.updateMany({ ...others, year }, sameYear);
  await numbers.updateMany({ ...others, year: { $ne: year } }, otherYear);
  // A returned paper may come back under another symbol, and so in another series.
  const otherSeries = { $set: { ...sameYear.$set, reason: `prepared again as ${number} of ${series}, ${year}` } };
  await numbers.updateMany({ ...others, series: { $ne: series } }, otherSeries);
}

/** Also numbers that a PREPARE took whose write never came: the document itself knows nothing of them. */
async function cancelAll(
  numbers: Collection<NumberDocument>,
  authority: string,
  document: string,
  reason: string,
): Promise<void> {
  const change: Partial<Mutable<NumberDocument>> = { status: 'cancelled', live: false, reason };
  await numbers.updateMany({ authority, document, status: 'reserved', live: true }, { $set: change });
}

function newest(numbers: Collection<NumberDocument>, authority: string, series: string, year: number): Promise<NumberRow | null> {
  return numbers.findOne<NumberRow>(inSeries(authority, series, year), { ...PLAIN, sort: { _id: -1 } });
}

const NUMBER_DIGITS = String(numberMax).length;

function idOf(authority: string, { series, year, number }: { series: string; year: number; number: number }) {
  return { _id: `${prefixOf(authority, series, year)}${String(number).padStart(NUMBER_DIGITS, '0')}`, authority };
}

/** Year and number are digits, so a series may hold any character and no two of them share an id. */
function prefixOf(authority: string, series: string, year: number): string {
  return `${authority}/${series}/${year}/`;
}

/** The rows of a series and year: by the order of ids, and by both fields, since one series' ids may begin with another's. */
function inSeries(authority: string, series: string, year: number) {
  const prefix = prefixOf(authority, series, year);
  return { _id: { $gte: prefix, $lt: `${prefix}:` }, authority, series, year };
}

function checkNumber(number: number): void {
  if (!Number.isInteger(number) || number < 1 || number > numberMax) {
    throw new TrinhkyError('inputInvalid', { field: 'number', value: number });
  }
}

function pause(tries: number): Promise<void> {
  const longestMs = Math.min(reservePauseMsMax, 2 ** Math.min(tries, 5));
  return new Promise((resolve) => setTimeout(resolve, Math.random() * longestMs));
}
