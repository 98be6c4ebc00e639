import type { ReadRecipient, Span } from './planReading.js';
import { flat } from './scraped.js';

export interface Recipients {
  readonly recipients: readonly ReadRecipient[];
  readonly archive: string | null;
  /** A purpose was printed beside several recipients and it is not plain whom it covers. */
  readonly unclear: readonly string[];
  /** Where each recipient, and the archive, stands in the text given. */
  readonly ranges: readonly Span[];
  readonly archiveRange: Span | null;
}

const ARCHIVE = /(?:^|\s)(?:[-–+]\s*)?Lưu\s*(?::|(?=VT|VP|HC))\s*/u;
// "(b/c)", "(để báo cáo)": a purpose; other brackets belong to the name.
const BRACKET =
  /;?\s*\(((?:[Đđ]ể|[Bb]\/c|[Tt]\/h|[Pp]\/h|ph\/h|thay b\/c|[Bb]áo cáo|[Tt]hực hiện|[Pp]hối hợp|[Cc]hỉ đạo|[Tt]heo dõi)[^)]*)\)/u;
const ITEM = /(?:^|\s)[-–+]\s*(?=[\p{Lu}“"\d])/u;
const QUOTE = /[“”"]/;
const QUOTES = /[“”"]/g;

/** One line of the list: the name, and what was printed to its right. */
interface Row {
  readonly name: string;
  readonly beside: string;
}

/**
 * Reads the list of recipients (Nơi nhận), `text` being what stands between its heading and the signature. A purpose that was printed
 * in a column beside several lines comes out of a scraper in pieces between them; its brace was centred, so the pieces tell whom it covers.
 */
export function readRecipients(text: string): Recipients {
  const archived = ARCHIVE.exec(text);
  const list = archived ? text.slice(0, archived.index) : text;
  const archive = archived ? flat(text.slice(archived.index + archived[0].length)).replace(/[.;]+$/, '') : null;
  const pieces = rowsIn(list);
  const lines = pieces.map((piece) => piece.text);
  const rows = rowsOf(lines);
  const columns = columnPurposes(rows);
  const unclear: string[] = [];
  const recipients = rows.map((row, i): ReadRecipient => {
    const column = columns.find(({ from, to }) => i >= from && i <= to);
    if (column) return { name: row.name, purpose: column.purpose };
    return row.beside === '' ? plain(row.name) : { name: row.name, purpose: cleaned(row.beside) };
  });
  for (const column of columns) if (!column.sure) unclear.push(column.purpose);
  const ranges = pieces.map((piece) => piece.range);
  const archiveRange =
    archived && archive !== '' ? ([archived.index + archived[0].length, text.trimEnd().length] as const) : null;
  return { recipients, archive: archive === '' ? null : archive, unclear, ranges, archiveRange };
}

/** The rows of the list, each with its place. */
function rowsIn(list: string): { text: string; range: Span }[] {
  const dashes = [...list.matchAll(new RegExp(ITEM.source, 'gu'))];
  const lineStart = (index: number) => /(?:^|[\n\u2029])[ ]*$/u.test(list.slice(0, index + 1));
  const laidOut = dashes.filter(({ index }) => lineStart(index)).length > 1;
  const starts = dashes
    .filter(({ index, 0: dash }) => lineStart(index) || !joinsHere(list, index, index + dash.length, laidOut))
    .map((match) => [match.index, match.index + match[0].length] as const);
  const cuts = [[0, 0] as const, ...starts];
  return cuts.flatMap(([, from], i) => {
    const piece = list.slice(from, cuts[i + 1]?.[0] ?? list.length);
    const text = flat(piece);
    if (text === '' || text === '-') return [];
    const start = from + (piece.length - piece.trimStart().length);
    return [{ text, range: [start, start + piece.trim().length] as const }];
  });
}

/** A dash within a line joins a name: "Cục Kiểm soát TTHC - VPCP". On one line only an abbreviation after it tells so. */
function joinsHere(list: string, at: number, after: number, laidOut: boolean): boolean {
  if (/[;.:,)”"]\s*$/u.test(list.slice(0, at + 1))) return false;
  return laidOut || /^\p{Lu}{3,}[;.]/u.test(list.slice(after, after + 12));
}

function plain(name: string): ReadRecipient {
  const bracket = BRACKET.exec(name);
  if (!bracket) return { name, purpose: null };
  return { name: name.replace(BRACKET, '').trim(), purpose: (bracket[1] ?? '').trim() };
}

function cleaned(purpose: string): string {
  return flat(purpose.replace(QUOTES, '')).replace(/[.;]+$/, '');
}

/**
 * A line up to its semicolon is the name, what follows is a purpose where quotes or "để" say so, or where a purpose is still open
 * from the lines above. Any other semicolon is part of the name.
 */
function rowsOf(lines: readonly string[]): Row[] {
  let open = false;
  return lines.map((line) => {
    const quote = line.search(QUOTE);
    const semicolon = quote >= 0 ? line.lastIndexOf(';', quote) : open ? line.lastIndexOf(';') : line.search(/;\s*để\s/u);
    const cut = semicolon > 0 ? semicolon : quote;
    const beside = cut > 0 ? line.slice(cut).replace(/^[;\s]+/, '') : '';
    if ((beside.match(QUOTES)?.length ?? 0) % 2 === 1) open = !open;
    return { name: (cut > 0 ? line.slice(0, cut) : line).replace(/[;.,:\s]+$/, ''), beside };
  });
}

interface Column {
  readonly from: number;
  readonly to: number;
  readonly purpose: string;
  readonly sure: boolean;
}

/** Puts the pieces of each column together. Empty where no purpose was torn: then each stands beside its own line. */
function columnPurposes(rows: readonly Row[]): Column[] {
  const pieces: { purpose: string; lines: number[] }[] = [];
  let open: { text: string; lines: number[] } | null = null;
  rows.forEach((row, i) => {
    if (row.beside === '') return;
    const current: { text: string; lines: number[] } = open ?? { text: '', lines: [] };
    current.text = `${current.text} ${row.beside}`.trim();
    current.lines.push(i);
    const quotes = current.text.match(QUOTES)?.length ?? 0;
    open = quotes % 2 === 1 ? current : null;
    if (open === null) pieces.push({ purpose: cleaned(current.text), lines: current.lines });
  });
  if (!pieces.some((piece) => piece.lines.length > 1)) return [];
  return covered(pieces, rows.length);
}

function covered(pieces: readonly { purpose: string; lines: readonly number[] }[], count: number): Column[] {
  const columns: Column[] = [];
  let from = 0;
  for (const { purpose, lines } of pieces) {
    const first = lines[0] ?? 0;
    const last = lines.at(-1) ?? first;
    const to = first + last - from;
    const sure = from <= first && to >= last && to < count;
    columns.push(sure ? { from, to, purpose, sure } : { from: first, to: last, purpose, sure });
    from = (sure ? to : last) + 1;
  }
  return columns;
}
