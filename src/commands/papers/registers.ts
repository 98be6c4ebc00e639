import { stringify } from 'csv-stringify/sync';
import type { JsonObject } from '../../engine/json.js';
import { TrinhkyError } from '../../errors.js';
import type { Directory } from '../../office/organisation/directory.js';
import { arrivalSeries } from '../../office/papers/incoming.js';
import { printedDay } from '../../office/papers/printedWords.js';
import type { RegisterDelivery, RegisterKind, RegisterLanguage, RegisterSource } from '../../office/registers/data.js';
import { type Register, registerOf } from '../../office/registers/register.js';
import { isDay } from '../../office/time/calendar.js';
import { addDays, startOfDay } from '../../office/time/clock.js';
import type { Deps } from '../deps.js';
import type { NumberRow } from './numbering.js';
import type { Sheet } from './printing.js';

/** Longest period of one register: a year, and its last days where it is a leap year. */
export const registerDaysMax = 366;
/** Most rows of one register on the screen or as CSV. */
export const registerRowsMax = 10_000;
/** Most rows of one printed volume: some 300 pages, which is as much as can be bound and printed in time. */
export const volumeRowsMax = 2_000;
/** A paper is sent at the latest on the next working day after its number's; one that lay a year is found still. */
const sendingDaysMax = registerDaysMax;
/** Numbers of a register's period and of the year before it, among which those are that were sent in the period. */
const sendingNumbersMax = 2 * registerRowsMax;

export interface RegisterAsk {
  readonly authority: string;
  readonly kind: RegisterKind;
  /** `yyyy-mm-dd`, both inclusive, Asia/Ho_Chi_Minh. */
  readonly from: string;
  readonly to: string;
  /** One series of outgoing papers; null is all of them. */
  readonly series?: string | null;
  readonly language: RegisterLanguage;
}

/**
 * A register of a period, built from what is recorded (numbers, papers, deliveries, audit). Every number of the period appears
 * exactly once, also those that no paper bears. Throws `inputInvalid` for a period that is none or longer than a year, and
 * `registerTooLong` above `registerRowsMax` rows.
 */
export async function buildRegister(deps: Pick<Deps, 'store'>, ask: RegisterAsk): Promise<Register> {
  requirePeriod(ask);
  const directory = await deps.store.directory.snapshot(ask.authority);
  const shared = { directory, language: ask.language, from: ask.from, to: ask.to };
  const part = ask.kind === 'archivedCopies' ? await usesOf(deps, ask) : await numbersOf(deps, ask);
  const register = registerOf(ask.kind, { ...shared, ...part });
  // One number may have many rows: a paper goes by post to many.
  requireRoom(register.rows.length);
  return register;
}

type Part = Pick<RegisterSource, 'numbers' | 'papers' | 'deliveries' | 'uses'>;

function requirePeriod({ from, to }: RegisterAsk): void {
  const faults = [
    ...[from, to].filter((day) => !isDay(day)).map((day) => ({ path: `/${day === from ? 'from' : 'to'}`, message: 'is no day' })),
    ...(from > to ? [{ path: '/to', message: 'is before from' }] : []),
    ...(isDay(from) && addDays(from, registerDaysMax) <= to ? [{ path: '/to', message: 'is more than a year later' }] : []),
  ];
  if (faults.length > 0) throw new TrinhkyError('inputInvalid', { faults });
}

async function numbersOf(deps: Pick<Deps, 'store'>, ask: RegisterAsk): Promise<Part> {
  const { authority, kind, from, to } = ask;
  const arrivals = kind === 'incoming' || kind === 'followUp';
  const most = kind === 'post' ? sendingNumbersMax : registerRowsMax;
  const numbers = await deps.store.registers.numbers({
    authority,
    from: kind === 'post' ? addDays(from, -sendingDaysMax) : from,
    to,
    series: arrivals ? arrivalSeries : (ask.series ?? null),
    except: arrivals ? null : arrivalSeries,
    limit: most + 1,
  });
  requireRoom(numbers.length, most);
  const ids = [...new Set(numbers.flatMap(({ document }) => (document === null ? [] : [document])))];
  const found = await deps.store.registers.papers(authority, ids);
  const papers = new Map(found.map((paper) => [paper.id, paper]));
  if (kind === 'followUp') {
    const replies = found.flatMap(({ context }) =>
      typeof context['replyDocument'] === 'string' ? [context['replyDocument']] : [],
    );
    for (const reply of await deps.store.registers.papers(authority, replies)) papers.set(reply.id, reply);
  }
  const deliveries = arrivals ? [] : await deps.store.registers.deliveries(authority, ids);
  return { numbers, papers, deliveries: byPaper(deliveries), uses: [] };
}

async function usesOf(deps: Pick<Deps, 'store'>, { authority, from, to }: RegisterAsk): Promise<Part> {
  const until = startOfDay(addDays(to, 1));
  const uses = await deps.store.registers.uses(authority, startOfDay(from), until, registerRowsMax + 1);
  requireRoom(uses.length);
  const ids = [...new Set(uses.map(({ paper }) => paper))];
  const numbers: readonly NumberRow[] = await deps.store.registers.numbersOf(authority, ids);
  const found = await deps.store.registers.papers(authority, ids);
  return { numbers, papers: new Map(found.map((paper) => [paper.id, paper])), deliveries: new Map(), uses };
}

function requireRoom(rows: number, most = registerRowsMax): void {
  if (rows > most) throw new TrinhkyError('registerTooLong', { rowsMax: registerRowsMax });
}

function byPaper(deliveries: readonly RegisterDelivery[]): ReadonlyMap<string, readonly RegisterDelivery[]> {
  const groups = new Map<string, RegisterDelivery[]>();
  for (const delivery of deliveries) groups.set(delivery.paper, [...(groups.get(delivery.paper) ?? []), delivery]);
  return groups;
}

/**
 * A register as CSV in UTF-8 with byte order mark, comma and CRLF: headings, then rows. A cell that a spreadsheet would take for a
 * formula (`=`, `+`, `-`, `@`, tab, carriage return at its beginning) bears an apostrophe.
 */
export function registerCsv(register: Register): string {
  const rows = [register.columns.map(({ label }) => label), ...register.rows.map(({ cells }) => cells)];
  return stringify(
    rows.map((row) => [...row]),
    { bom: true, escape_formulas: true, record_delimiter: 'windows', quoted_match: /[\r\n]/ },
  );
}

const volumeBlank = '………';

/**
 * A register as a sheet to be printed and bound: cover, then the table with its head on every page (landscape A4).
 * Throws `registerTooLong` above `volumeRowsMax` rows.
 */
export function registerSheet(register: Register, directory: Directory, volume?: string): Sheet {
  const { name, superior } = directory.authority;
  const { from, to, numbers, columns, rows } = register;
  if (rows.length > volumeRowsMax) throw new TrinhkyError('registerTooLong', { rowsMax: volumeRowsMax });
  const title = `${register.name} từ ngày ${printedDay(from)} đến ngày ${printedDay(to)}`;
  const years = [...new Set([from.slice(0, 4), to.slice(0, 4)])].join(' – ');
  const view: JsonObject = {
    title,
    superior,
    body: name,
    register: register.name,
    years,
    from: printedDay(from),
    to: printedDay(to),
    first: numbers?.first ?? volumeBlank,
    last: numbers?.last ?? volumeBlank,
    volume: volume ?? volumeBlank,
    columns: columns.map(({ label, width }, index) => ({ label, width: String(width), ordinal: String(index + 1) })),
    rows: rows.map(({ cells, muted }) => ({ cells: [...cells], muted })),
    empty: rows.length === 0,
  };
  const shown = rows.length === 0 ? [] : [rows.at(-1)?.cells[0] ?? ''].filter((text) => text !== '');
  return { template: 'register', title, view, day: to, mustShow: [register.name, name, ...shown] };
}
