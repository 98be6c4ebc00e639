import type { Clause, ClauseKind, Due, Span, UnitMention } from '../reading/planReading.js';

/** What became of a clause: as the reader found it, or changed by a person. */
export type ClauseOrigin = 'read' | 'split' | 'joined' | 'edited';

/** A clause as a person confirmed it. */
export interface ReviewedClause {
  readonly path: string;
  readonly text: string;
  readonly kind: ClauseKind;
  readonly units: readonly UnitMention[];
  readonly due: Due | null;
  /** Its place in the source text. */
  readonly span: Span;
  readonly origin: ClauseOrigin;
  /** The paths of the read clauses that it stands for. */
  readonly from: readonly string[];
}

export interface NoActionLine {
  readonly path: string;
  readonly reason: string;
}

/** The review of a paper's clauses, as it is stored under its hash. */
export interface ClauseReview {
  readonly kind: 'clauseReview';
  /** Hash of the content whose text was read. */
  readonly source: string;
  readonly clauses: readonly ReviewedClause[];
  readonly noAction: readonly NoActionLine[];
}

export const reviewedClausesMax = 500;
export const clausePathCharsMax = 60;
export const clauseTextCharsMax = 20_000;
export const reasonCharsMax = 1_000;

/** Why a review does not stand, and where. */
export interface ReviewFault {
  readonly code:
    | 'shape'
    | 'source'
    | 'empty'
    | 'pathTwice'
    | 'spanOutside'
    | 'unknown'
    | 'lost'
    | 'twice'
    | 'overlap'
    | 'gap'
    | 'opened'
    | 'dueInvalid'
    | 'dueBefore';
  /** The path of the clause in question, or a JSON pointer for `shape`; empty for the whole. */
  readonly path: string;
}

/** A clause as it was read, confirmed as it stands. */
export function confirmed(clause: Clause): ReviewedClause {
  const { path, text, kind, units, due, sourceSpan } = clause;
  return { path, text, kind, units, due, span: sourceSpan, origin: 'read', from: [path] };
}

/** The clause with another text; the same text changes nothing. */
export function edited(clause: ReviewedClause, text: string): ReviewedClause {
  const plain = squeezed(text);
  return plain === '' || plain === clause.text ? clause : { ...clause, text: plain, origin: 'edited' };
}

/**
 * The clause in pieces, one for each text, in order; a single text is an edit. Pieces are called `path:1`, `path:2` ... Each keeps the units
 * and the time that its own words name; where no piece names any, all keep them. The pieces share the clause's place without gap or overlap:
 * where a piece's words are found in the source they say where it is cut.
 */
export function split(clause: ReviewedClause, texts: readonly string[], source: string): readonly ReviewedClause[] {
  const pieces = texts.map(squeezed).filter((text) => text !== '');
  const [only] = pieces;
  if (only === undefined) return [clause];
  if (pieces.length === 1) return [edited(clause, only)];
  const cuts = cutsOf(clause.span, pieces, source);
  const unitsNamed = pieces.some((text) => clause.units.some(({ name }) => text.includes(name)));
  const dueNamed = pieces.some((text) => clause.due !== null && text.includes(clause.due.text));
  return pieces.map((text, index) => ({
    ...clause,
    path: `${clause.path}:${index + 1}`,
    text,
    units: unitsNamed ? clause.units.filter(({ name }) => text.includes(name)) : clause.units,
    due: dueNamed && clause.due !== null && !text.includes(clause.due.text) ? null : clause.due,
    span: [cuts[index] ?? clause.span[0], cuts[index + 1] ?? clause.span[1]],
    origin: 'split',
  }));
}

/** Two clauses as one: it bears the first one's path and kind, all units, and the first time that is named. */
export function joined(first: ReviewedClause, second: ReviewedClause): ReviewedClause {
  const units = [...first.units];
  for (const unit of second.units) if (!units.some((known) => known.name === unit.name)) units.push(unit);
  return {
    ...first,
    text: `${first.text} ${second.text}`,
    units,
    due: first.due ?? second.due,
    span: [Math.min(first.span[0], second.span[0]), Math.max(first.span[1], second.span[1])],
    origin: 'joined',
    from: [...new Set([...first.from, ...second.from])],
  };
}

/** The review in which everything stands as it was read; a day before the paper's own is no due date, and its words are left out. */
export function asRead({ hash, clauses, issuedOn }: Pick<ReviewSource, 'hash' | 'clauses' | 'issuedOn'>): ClauseReview {
  const due = (clause: Clause): Due | null => (dueFault(clause.due, issuedOn) === null ? clause.due : null);
  return {
    kind: 'clauseReview',
    source: hash,
    clauses: clauses.map((clause) => ({ ...confirmed(clause), due: due(clause) })),
    noAction: [],
  };
}

/** What a review is judged by. */
export interface ReviewSource {
  readonly hash: string;
  readonly text: string;
  /** The clauses as read from the text. */
  readonly clauses: readonly Clause[];
  /** Paths that directives are open for. */
  readonly opened: readonly string[];
  /** `yyyy-mm-dd`: the paper's day; null before it is issued. */
  readonly issuedOn: string | null;
}

/** Why a due date is none; null for a sound one, for a time without a day, and for none at all. */
function dueFault(due: Due | null, issuedOn: string | null): 'dueInvalid' | 'dueBefore' | null {
  const date = due?.date ?? null;
  if (date === null) return null;
  if (!isDay(date)) return 'dueInvalid';
  return issuedOn !== null && date < issuedOn ? 'dueBefore' : null;
}

function isDay(text: string): boolean {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : null;
  return day !== null && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

/**
 * Why a review does not stand; empty when it does. Paths are unique, places lie inside the text, due dates are days and not before the
 * paper's own, and every clause that was read is
 * accounted for exactly once: by one clause, by the pieces of one, or by a line that says why nothing follows from it; no clause reaches into
 * one that it does not stand for.
 */
export function reviewFaults(review: ClauseReview, source: ReviewSource): readonly ReviewFault[] {
  const faults: ReviewFault[] = [];
  const say = (code: ReviewFault['code'], path: string): void => {
    faults.push({ code, path });
  };
  if (review.source !== source.hash) say('source', '');
  if (review.clauses.length === 0) say('empty', '');
  const read = new Map(source.clauses.map((clause) => [clause.path, clause]));
  const paths = review.clauses.map(({ path }) => path);
  for (const path of new Set(paths.filter((one, index) => paths.indexOf(one) !== index))) say('pathTwice', path);
  for (const { path, span, from, due } of review.clauses) {
    const late = dueFault(due, source.issuedOn);
    if (late !== null) say(late, path);
    if (span[0] >= span[1] || span[1] > source.text.length) say('spanOutside', path);
    if (from.length === 0) say('unknown', path);
    for (const one of from) if (!read.has(one)) say('unknown', one);
  }
  for (const { path } of review.noAction) if (!read.has(path)) say('unknown', path);
  const placed = review.clauses.filter(({ span, from }) => span[0] < span[1] && from.some((one) => read.has(one)));
  for (const clause of read.values()) faults.push(...accounted(review, clause, placed));
  for (const path of source.opened) if (!paths.includes(path)) say('opened', path);
  return faults.slice(0, reviewedClausesMax);
}

function accounted(
  review: ClauseReview,
  { path, sourceSpan }: Clause,
  placed: readonly ReviewedClause[],
): readonly ReviewFault[] {
  const lines = review.noAction.filter((line) => line.path === path).length;
  const holders = review.clauses.filter(({ from }) => from.includes(path));
  if (lines === 0 && holders.length === 0) return [{ code: 'lost', path }];
  if (lines > 1 || (lines === 1 && holders.length > 0)) return [{ code: 'twice', path }];
  // Clauses that stand apart cannot be one: the words between them would be shown as theirs.
  const reaches = ({ span: [start, end] }: ReviewedClause): boolean => start < sourceSpan[1] && end > sourceSpan[0];
  if (placed.some((one) => !one.from.includes(path) && reaches(one))) return [{ code: 'overlap', path }];
  if (lines === 1) return [];
  const spans = holders.map(({ span }) => span).sort((a, b) => a[0] - b[0]);
  const overlaps = spans.some(([start], index) => index > 0 && start < (spans[index - 1]?.[1] ?? 0));
  if (overlaps) return [{ code: 'overlap', path }];
  let reached = sourceSpan[0];
  for (const [start, end] of spans) if (start <= reached) reached = Math.max(reached, end);
  return reached >= sourceSpan[1] ? [] : [{ code: 'gap', path }];
}

function squeezed(text: string): string {
  return text.normalize('NFC').replace(/\s+/g, ' ').trim();
}

/** Where pieces begin in the source, and the end of the last: by their words where these are found in order, else shared out evenly. */
function cutsOf([start, end]: Span, pieces: readonly string[], source: string): readonly number[] {
  const cuts = [start];
  let after = start;
  for (const [index, piece] of pieces.entries()) {
    if (index === 0) continue;
    const found = placeOf(piece, source, after, end);
    const even = start + Math.round(((end - start) * index) / pieces.length);
    const cut = Math.min(Math.max(found ?? even, after + 1), end - (pieces.length - index));
    cuts.push(cut);
    after = cut;
  }
  return [...cuts, end];
}

const wordsCompared = 5;

/** Where the first words of a piece stand, however the source breaks its lines and composes its letters. */
function placeOf(piece: string, source: string, from: number, to: number): number | null {
  const words = piece.split(' ').slice(0, wordsCompared);
  const pattern = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const nfc = new RegExp(pattern.join('\\s+'), 'u').exec(source.slice(from + 1, to));
  const nfd = nfc ?? new RegExp(pattern.join('\\s+').normalize('NFD'), 'u').exec(source.slice(from + 1, to));
  return nfd === null ? null : from + 1 + nfd.index;
}

/** The day (`yyyy-mm-dd`) that a confirmed review gives the clause of a path; null where it names none. */
export function dueOfClause({ clauses }: ClauseReview, path: string): string | null {
  return clauses.find((clause) => clause.path === path)?.due?.date ?? null;
}
