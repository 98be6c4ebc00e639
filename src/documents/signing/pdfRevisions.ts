import { makeReader, type PdfReader } from './pdfReader.js';
import { dictOf, fault, isKind, PdfFault, type PdfValue, plainText, referenceIn } from './pdfValue.js';

export interface PdfObject {
  readonly number: number;
  readonly value: PdfValue;
  /** Where the stream's bytes stand; null for an object without. */
  readonly stream: readonly [from: number, to: number] | null;
  /** Where `n 0 obj` begins. */
  readonly start: number;
  /** Where its value stands. */
  readonly body: readonly [from: number, to: number];
}

/** One revision of a file: what stands from the end of the one before to its `%%EOF`. */
export interface PdfRevision {
  readonly objects: ReadonlyMap<number, PdfObject>;
  readonly trailer: ReadonlyMap<string, PdfValue>;
  readonly root: number;
  /** Where its cross-reference table begins. */
  readonly table: number;
  /** Where its own bytes begin: the line end after the revision before, which the signer wrote, is its first. */
  readonly from: number;
  /** Behind its last byte. */
  readonly to: number;
}

export interface PdfRevisions {
  readonly revisions: readonly PdfRevision[];
  /** Where reading ended because something stood there that is no revision; null at the file's end. */
  readonly strayAt: number | null;
}

const revisionsMax = 8;
const objectsMax = 500_000;

/**
 * Cuts a file into its revisions, by reading it from front to back: header, objects, table, trailer, `%%EOF`, and again. Every byte
 * must belong to one of these and every object must stand in the table of its own revision, so that there is nothing two readers could
 * see differently: no hidden objects, no object streams, no second table, no cycle. That is stricter than ISO 32000, and exactly what
 * our own files are. Throws `PdfFault` where already the first revision is otherwise.
 */
export function revisionsOf(bytes: Buffer): PdfRevisions {
  const reader = makeReader(bytes);
  header(reader, bytes);
  const revisions: PdfRevision[] = [revisionAt(reader, bytes, null)];
  while (!reader.atEnd()) {
    const before = revisions.at(-1);
    const from = before?.to ?? 0;
    try {
      if (before === undefined || revisions.length === revisionsMax) fault('revisions');
      revisions.push(revisionAt(reader, bytes, before));
    } catch (error) {
      if (!(error instanceof PdfFault)) throw error;
      return { revisions, strayAt: from };
    }
  }
  return { revisions, strayAt: null };
}

/** `%PDF-1.n`, and a second comment of bytes above 127, as ISO 32000 advises. */
function header(reader: PdfReader, bytes: Buffer): void {
  const found = /^%PDF-1\.[4-7]\r?\n%[\x80-\xff]{4,8}\r?\n/.exec(bytes.toString('latin1', 0, 40));
  reader.skip(found?.[0].length ?? fault('header'));
}

function revisionAt(reader: PdfReader, bytes: Buffer, before: PdfRevision | null): PdfRevision {
  reader.space();
  const first = reader.at();
  const objects = new Map<number, PdfObject>();
  for (; !reader.peek('xref'); reader.space()) {
    const object = objectAt(reader);
    if (objects.has(object.number) || objects.size === objectsMax) fault('object twice');
    objects.set(object.number, object);
  }
  const table = reader.at();
  tableAt(reader, objects, before === null);
  reader.expect('trailer');
  reader.space();
  const trailer = dictOf(reader.value());
  reader.space();
  reader.expect('startxref');
  reader.space();
  if (reader.whole() !== table) fault('startxref');
  reader.space();
  reader.expect('%%EOF');
  const to = endOf(reader, bytes);
  return { objects, trailer, root: rootOf(trailer, objects, before), table, from: before === null ? 0 : first - 1, to };
}

/**
 * Behind a revision. The signer writes one line end before what it adds, so the last of two belongs to the next revision;
 * at the file's end a line end belongs to the last.
 */
function endOf(reader: PdfReader, bytes: Buffer): number {
  const eof = reader.at();
  reader.space();
  const gap = bytes.toString('latin1', eof, reader.at());
  if (!['', '\n', '\r\n', '\n\n', '\r\n\n'].includes(gap)) fault('line ends');
  if (reader.atEnd()) return gap.endsWith('\n\n') ? fault('line ends') : reader.at();
  return gap === '' ? fault('line ends') : reader.at() - 1;
}

function objectAt(reader: PdfReader): PdfObject {
  const start = reader.at();
  const number = reader.whole();
  reader.expect(' 0 obj');
  reader.space();
  const from = reader.at();
  const value = reader.value();
  const to = reader.at();
  reader.space();
  const stream = reader.peek('stream') ? streamAt(reader, value) : null;
  reader.expect('endobj');
  return { number, value, stream, start, body: [from, to] };
}

function streamAt(reader: PdfReader, value: PdfValue): readonly [number, number] {
  const length = dictOf(value).get('Length');
  if (typeof length !== 'number' || !Number.isSafeInteger(length)) return fault('stream length');
  reader.expect('stream');
  reader.expect(reader.peek('\r') ? '\r\n' : '\n');
  const from = reader.at();
  reader.skip(length);
  reader.space();
  reader.expect('endstream');
  reader.space();
  return [from, from + length];
}

/** The table names exactly the objects of its revision, each where it stands; only the first may name free ones. */
function tableAt(reader: PdfReader, objects: ReadonlyMap<number, PdfObject>, isFirst: boolean): void {
  reader.expect('xref');
  reader.space();
  const used = new Set<number>();
  while (!reader.peek('trailer')) {
    const first = reader.whole();
    reader.expect(' ');
    const count = reader.whole();
    reader.space();
    if (count > objectsMax) fault('table');
    for (let number = first; number < first + count; number += 1)
      if (entryAt(reader, objects.get(number), isFirst)) used.add(number);
  }
  if (used.size !== objects.size) fault('table');
}

function entryAt(reader: PdfReader, object: PdfObject | undefined, isFirst: boolean): boolean {
  const offset = reader.whole();
  reader.expect(' ');
  const generation = reader.whole();
  reader.expect(' ');
  const free = reader.peek('f');
  reader.expect(free ? 'f' : 'n');
  reader.space();
  if (free) return isFirst && object === undefined ? false : fault('free entry');
  return object?.start === offset && generation === 0 ? true : fault('entry');
}

const trailerKeys: ReadonlySet<string> = new Set(['Size', 'Root', 'Info', 'ID', 'Prev']);

function rootOf(
  trailer: ReadonlyMap<string, PdfValue>,
  objects: ReadonlyMap<number, PdfObject>,
  before: PdfRevision | null,
): number {
  const [root, size] = [referenceIn(trailer.get('Root')), trailer.get('Size')];
  if (root === null || typeof size !== 'number' || [...trailer.keys()].some((key) => !trailerKeys.has(key)))
    return fault('trailer');
  if ([...objects.keys()].some((number) => number >= size)) fault('size');
  if (before === null) return trailer.has('Prev') || !objects.has(root) ? fault('root') : root;
  const same = (key: string) => plainText(trailer.get(key)) === plainText(before.trailer.get(key));
  const chained =
    trailer.get('Prev') === before.table && same('Root') && same('Info') && Number(before.trailer.get('Size')) <= size;
  return chained && sameFile(trailer.get('ID'), before.trailer.get('ID')) ? root : fault('trailer');
}

/** The first part of the ID stays through all revisions (ISO 32000-1, 14.4); a file without one gets one with its first signature. */
function sameFile(id: PdfValue | undefined, before: PdfValue | undefined): boolean {
  if (before === undefined) return true;
  return isKind(id, 'array') && isKind(before, 'array') && plainText(id.items[0]) === plainText(before.items[0]);
}
