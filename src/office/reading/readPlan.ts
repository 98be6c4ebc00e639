import type { Block } from '../paper.js';
import { documentTypeNamed, documentTypes } from '../symbols.js';
import { readAnnexTable } from './annexTable.js';
import { readBases } from './bases.js';
import { type BodyReading, readBody } from './clauses.js';
import { findSignature } from './closing.js';
import { GROUND_OPENER, type Head, readHead } from './head.js';
import { withoutPageNumbers } from './pageNumbers.js';
import type { Clause, Finding, FindingCode, PlanReading } from './planReading.js';
import { type Recipients, readRecipients } from './recipients.js';
import { reportingDuties } from './reportingDuties.js';
import { flat, type Scraped, scrape, spanOf } from './scraped.js';

const RECIPIENTS = /(?<=[\s.;/*])Nơi\s+nhận\s*:?/u;
const NO_SIGNATURE = { authority: null, capacity: null, title: null, name: null } as const;

/** Where the parts of a paper lie in the regular text. */
interface Parts {
  readonly bodyEnd: number;
  readonly recipients: string | null;
  readonly signature: ReturnType<typeof findSignature>;
  readonly annex: Annex | null;
}

interface Annex {
  readonly start: number;
  readonly end: number;
  readonly prefix: string;
}

/**
 * Reads an official paper by its form, laid out in lines or scraped to one line, page numbers and torn columns included.
 * Never throws for what a paper says or lacks: unknown parts are null and have a finding. Throws `readingFailed`
 * (`reason`: `empty`, `tooLong`, `binary`) for what is no text. Spans point into `text` as given.
 */
export function readPlan(text: string): PlanReading {
  const scraped = withoutPageNumbers(scrape(text));
  const head = readHead(scraped.text);
  const parts = partsOf(scraped.text, head.end);
  const addressed = addressedEnd(scraped.text, head.end, parts.bodyEnd);
  const grounds = readBases(scraped.text, addressed, parts.bodyEnd);
  const own = readBody(scraped, grounds.end, parts.bodyEnd, '');
  const annexed =
    parts.annex && parts.annex.prefix !== '' ? readBody(scraped, parts.annex.start, parts.annex.end, parts.annex.prefix) : null;
  const bodies = annexed ? [own, annexed] : [own];
  const table = parts.annex && parts.annex.prefix === '' ? readAnnexTable(scraped, parts.annex.start, parts.annex.end) : null;
  const clauses = [...bodies.flatMap((body) => body.clauses), ...(table ?? [])];
  const listed = readRecipients(parts.recipients ?? '');
  const reading: Omit<PlanReading, 'findings'> = {
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
  };
  return { ...reading, findings: findingsOf(scraped, { head, parts, listed, bodies, clauses, tabled: table !== null }) };
}

function partsOf(text: string, from: number): Parts {
  const found = RECIPIENTS.exec(text.slice(from));
  const heading = found ? from + found.index : -1;
  // A signature printed left of the recipients comes before them in a scraped text; then it ends the body.
  const signature = findSignature(text, heading >= 0 ? heading : from) ?? (heading >= 0 ? findSignature(text, from) : null);
  const first = Math.min(heading >= 0 ? heading : text.length, signature?.start ?? text.length);
  const after = Math.max(signature?.end ?? 0, heading);
  const recipientsEnd = signature && signature.start > heading ? signature.start : text.length;
  const recipients = found && heading >= 0 ? text.slice(heading + found[0].length, recipientsEnd) : null;
  return { bodyEnd: first, recipients, signature, annex: signature ? annexAfter(text, after) : null };
}

/** Where the addressees of a letter (`Kính gửi:`) end: with their full stop, or where a ground opens. */
function addressedEnd(text: string, from: number, limit: number): number {
  const rest = text.slice(from, limit);
  const heading = /^[\s./]*Kính\s+gửi\s*:?/u.exec(rest);
  if (!heading) return from;
  const after = rest.slice(heading[0].length);
  const stop = /\.(?=\s)/u.exec(after)?.index ?? after.length;
  const opener = GROUND_OPENER.exec(after)?.index ?? after.length;
  const end = Math.min(stop + 1, opener, after.length);
  return from + heading[0].length + end;
}

function addressBlock(text: string): Block[] {
  const words = flat(text);
  return words === '' ? [] : [{ kind: 'paragraph', marker: null, level: 0, text: words }];
}

/** A plan or programme issued together with a decision follows the signature and has a numbering of its own. */
function annexAfter(text: string, from: number): Annex | null {
  const rest = text.slice(from);
  const types = documentTypes.filter((type) => type.symbolled).map((type) => type.name.toUpperCase().replace(/ /g, '\\s+'));
  const title = new RegExp(`^[\\s.]*(?:(?:PHỤ\\s+LỤC)|(${types.join('|')}))(?!\\p{L})`, 'u').exec(rest);
  if (!title) return null;
  if (title[1] === undefined) return { start: from, end: text.length, prefix: '' };
  const known = documentTypeNamed(flat(title[1]));
  const issued = /\((?:Ban\s+hành\s+k|K)èm\s+theo[^)]*\)/u.exec(rest);
  const start = from + (issued ? issued.index + issued[0].length : title[0].length);
  return { start, end: text.length, prefix: `${known?.abbreviation ?? 'PL'}/` };
}

interface Read {
  readonly head: Head;
  readonly parts: Parts;
  readonly listed: Recipients;
  readonly bodies: readonly BodyReading[];
  readonly clauses: readonly Clause[];
  readonly tabled: boolean;
}

function findingsOf(scraped: Scraped, { head, parts, listed, bodies, clauses, tabled }: Read): Finding[] {
  const missing = (code: FindingCode, absent: boolean): Finding[] => (absent ? [{ code, text: '', span: null }] : []);
  const annex = parts.annex;
  return [
    ...missing('issuerMissing', head.name === null),
    ...missing('numberMissing', head.number === null || head.symbol === null),
    ...missing('placeMissing', head.place === null),
    ...missing('dateMissing', head.issuedOn === null),
    ...missing('typeMissing', head.type === null),
    ...missing('titleMissing', head.title === null),
    ...missing('noClauses', clauses.length === 0),
    ...missing('signatureMissing', parts.signature === null),
    ...missing('recipientsMissing', listed.recipients.length === 0),
    ...listed.unclear.map((text): Finding => ({ code: 'purposeUnclear', text, span: null })),
    ...bodies.flatMap(({ skips }) =>
      skips.map(({ text, start, end }): Finding => ({ code: 'numberingSkips', text, span: spanOf(scraped, start, end) })),
    ),
    ...clauses
      .filter((clause) => before(clause, head.issuedOn))
      .map((clause): Finding => {
        return { code: 'dueBeforeIssue', text: clause.due?.text ?? '', span: clause.sourceSpan };
      }),
    ...(annex && annex.prefix === '' && !tabled
      ? [{ code: 'annexUnread' as const, text: 'PHỤ LỤC', span: spanOf(scraped, annex.start, annex.end) }]
      : []),
  ];
}

function before(clause: Clause, issuedOn: string | null): boolean {
  const date = clause.due?.date ?? null;
  return date !== null && issuedOn !== null && date < issuedOn;
}
