import type { Block } from '../papers/paper.js';
import { type Bases, readBases } from './bases.js';
import { type BodyReading, readBody } from './clauses.js';
import { findingsOf } from './findings.js';
import { type Head, readHead } from './head.js';
import { withoutPageNumbers } from './pageNumbers.js';
import { addressedEnd, type Parts, partsOf } from './parts.js';
import type { Places, PlanReading, Span } from './planReading.js';
import { type Recipients, readRecipients } from './recipients.js';
import { reportingDuties } from './reportingDuties.js';
import { restOf } from './rest.js';
import { flat, type Scraped, scrape, spanOf } from './scraped.js';
import { readTables, type TaskTable } from './tables.js';

const NO_SIGNATURE = { authority: null, capacity: null, title: null, name: null } as const;

/**
 * Reads an official paper by its form, laid out in lines or scraped to one line, page numbers and torn columns included.
 * Never throws for what a paper says or lacks: unknown parts are null and have a finding. Throws `readingFailed`
 * (`reason`: `empty`, `tooLong`, `binary`) for what is no text. Spans point into `text` as given; the ranges of `places`, clauses and
 * `rest` together hold each of its characters that is not blank.
 */
export function readPlan(text: string): PlanReading {
  const { scraped, numbers } = withoutPageNumbers(scrape(text));
  const head = readHead(scraped.text);
  const parts = partsOf(scraped.text, head.end);
  const addressed = addressedEnd(scraped.text, head.end, parts.bodyEnd);
  const grounds = readBases(scraped.text, addressed, parts.bodyEnd);
  const own = readBody(scraped, [grounds.end, parts.bodyEnd], '', head.type);
  const annex = annexOf(scraped, parts);
  const bodies = [own, ...annex.bodies];
  const clauses = [...bodies.flatMap((body) => body.clauses), ...annex.tables.flatMap((table) => table.clauses)];
  const listed = readRecipients(parts.recipients?.text ?? '');
  const read: Read = { scraped, numbers, head, parts, grounds, bodies, annex, listed };
  const places = placesOf(read);
  const rest = restOf(
    text,
    toldOf(
      read,
      places,
      clauses.map((clause) => clause.sourceSpan),
    ),
  );
  return {
    issuer: { superior: head.superior, name: head.name },
    number: head.number,
    symbol: head.symbol,
    type: head.type,
    place: head.place,
    issuedOn: head.issuedOn,
    title: head.title,
    bases: grounds.bases,
    sections: bodies.flatMap((body) => body.sections),
    clauses,
    reporting: reportingDuties(clauses),
    signature: parts.signature?.signature ?? NO_SIGNATURE,
    recipients: listed.recipients,
    archive: listed.archive,
    body: [...addressBlock(scraped.text.slice(head.end, addressed)), ...bodies.flatMap((body) => body.blocks)],
    places,
    rest,
    findings: findingsOf(scraped, { head, parts, listed, bodies, clauses, rest }),
  };
}

interface AnnexReading {
  /** The body of a plan or programme that the paper puts into effect. */
  readonly bodies: readonly BodyReading[];
  /** The tables of an appendix that share out tasks. */
  readonly tables: readonly TaskTable[];
}

function annexOf(scraped: Scraped, { annex }: Parts): AnnexReading {
  if (!annex) return { bodies: [], tables: [] };
  if (annex.prefix !== '') return { bodies: [readBody(scraped, [annex.start, annex.end], annex.prefix, null)], tables: [] };
  return { bodies: [], tables: readTables(scraped, [annex.start, annex.end], () => 'PL/') };
}

interface Read extends AnnexHolder {
  readonly scraped: Scraped;
  readonly numbers: readonly Span[];
  readonly head: Head;
  readonly parts: Parts;
  readonly grounds: Bases;
  readonly bodies: readonly BodyReading[];
  readonly listed: Recipients;
}

interface AnnexHolder {
  readonly annex: AnnexReading;
}

function placesOf({ scraped, head, parts, grounds, listed }: Read): Places {
  const spans = (ranges: readonly Span[]) => ranges.map(([start, end]) => spanOf(scraped, start, end));
  const listStart = parts.recipients?.start ?? 0;
  const moved = (ranges: readonly Span[]) => spans(ranges.map(([start, end]) => [start + listStart, end + listStart]));
  const { issuer, number, symbol, type, place, issuedOn, title } = head.at;
  return {
    issuer: spans(issuer),
    number: spans(number),
    symbol: spans(symbol),
    type: spans(type),
    place: spans(place),
    issuedOn: spans(issuedOn),
    title: spans(title),
    bases: spans(grounds.ranges),
    recipients: moved(listed.ranges),
    archive: listed.archiveRange ? moved([listed.archiveRange]) : [],
    signature: spans(parts.signature?.ranges ?? []),
  };
}

function toldOf(read: Read, places: Places, clauses: readonly Span[]): Parameters<typeof restOf>[1] {
  const { scraped, numbers, head, parts, grounds, bodies, annex } = read;
  const at = (place: number) => (place >= scraped.text.length ? (scraped.to.at(-1) ?? 0) : (scraped.from[place] ?? 0));
  const others = bodies.flatMap((body) =>
    body.others.map(({ what, start, end }) => ({ what, span: spanOf(scraped, start, end) })),
  );
  const annexed = parts.annex;
  const tail = annexed && annexed.prefix === '' ? [annexed.start, annexed.end] : null;
  const tables = annex.tables.map(({ range }) => ({ what: 'heading' as const, span: spanOf(scraped, range[0], range[1]) }));
  const unread =
    tail && tables.length === 0 ? [{ what: 'annex' as const, span: spanOf(scraped, tail[0] ?? 0, tail[1] ?? 0) }] : [];
  return {
    held: [...(Object.values(places) as readonly (readonly Span[])[]).flat(), ...clauses],
    others: [...numbers.map((span) => ({ what: 'pageNumber' as const, span })), ...others, ...tables, ...unread],
    headStart: at(head.start),
    headEnd: at(head.end),
    bodyStart: at(grounds.end),
    bodyEnd: at(parts.bodyEnd),
    end: at(annexed && annexed.prefix !== '' ? annexed.end : parts.end),
  };
}

function addressBlock(text: string): Block[] {
  const words = flat(text);
  return words === '' ? [] : [{ kind: 'paragraph', marker: null, level: 0, text: words }];
}
