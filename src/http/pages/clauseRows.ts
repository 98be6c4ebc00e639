import { cleanText } from '../../commands/cleanInput.js';
import { type Correction, corrected, dutiesOf } from '../../office/papers/clauseDuties.js';
import {
  type ClauseReview,
  confirmed,
  edited,
  joined,
  type NoActionLine,
  type ReviewedClause,
  type ReviewSource,
  reviewFaults,
  split,
} from '../../office/papers/clauseReview.js';
import { type Form, fieldOf } from '../body.js';

/** What a person chose for one clause. */
export type Act = 'keep' | 'split' | 'join' | 'none';
export const acts: readonly Act[] = ['keep', 'split', 'join', 'none'];

/** One clause on the page, with what was typed. */
export interface Row {
  readonly clause: ReviewedClause;
  readonly act: Act;
  readonly text: string;
  readonly reason: string;
  readonly duties: Correction;
}

/** What stands in the way, and at which row; -1 for the whole. `path` completes the sentence. */
export interface RowFault {
  readonly row: number;
  readonly code: string;
  readonly path: string;
}

/** The rows to begin with: the clauses of the review that is in force, else as they are read. */
export function rowsOf(source: ReviewSource, review: ClauseReview | null): readonly Row[] {
  const row = (clause: ReviewedClause, act: Act, reason: string): Row => ({
    clause,
    act,
    text: clause.text,
    reason,
    duties: dutiesOf(clause),
  });
  if (review === null || review.source !== source.hash) return source.clauses.map((clause) => row(confirmed(clause), 'keep', ''));
  const kept = review.clauses.map((clause) => row(clause, 'keep', ''));
  const others = review.noAction.flatMap(({ path, reason }) => {
    const clause = source.clauses.find((one) => one.path === path);
    return clause === undefined ? [] : [row(confirmed(clause), 'none', reason)];
  });
  return [...kept, ...others].sort((a, b) => a.clause.span[0] - b.clause.span[0]);
}

/** The same rows with what was sent for them. Throws `textNotAllowed` for hidden characters. */
export function typedRows(rows: readonly Row[], form: Form): readonly Row[] {
  return rows.map((row, index) => {
    const act = acts.find((one) => one === fieldOf(form, `act.${index}`)) ?? row.act;
    const text = cleanText(fieldOf(form, `text.${index}`), `/text.${index}`);
    const reason = cleanText(fieldOf(form, `reason.${index}`), `/reason.${index}`).trim();
    return { ...row, act, text, reason, duties: typedDuties(row.duties, form, index) };
  });
}

/** What a form does not bring stays as it was: units are parted by a semicolon, as the page shows them. */
function typedDuties(before: Correction, form: Form, index: number): Correction {
  const typed = (name: string): string | null =>
    form[`${name}.${index}`] === undefined ? null : cleanText(fieldOf(form, `${name}.${index}`), `/${name}.${index}`).trim();
  const units = (name: 'lead' | 'cooperating'): readonly string[] =>
    typed(name)
      ?.split(/[;\n]/)
      .map((unit) => unit.replace(/\s+/g, ' ').trim())
      .filter((unit) => unit !== '') ?? before[name];
  const due = typed('due');
  return { lead: units('lead'), cooperating: units('cooperating'), due: due === null ? before.due : due === '' ? null : due };
}

/** The review that the rows make, and what is wrong with it. */
export function reviewOf(rows: readonly Row[], source: ReviewSource): { review: ClauseReview; faults: readonly RowFault[] } {
  const faults: RowFault[] = [];
  const clauses: ReviewedClause[] = [];
  const noAction: NoActionLine[] = [];
  const say = (row: number, code: string): void => {
    faults.push({ row, code, path: rows[row]?.clause.path ?? '' });
  };
  let open: ReviewedClause | null = null;
  for (const [index, { clause: read, act, text, reason, duties }] of rows.entries()) {
    const clause = corrected(read, duties);
    if (act === 'none') {
      if (open !== null) say(index - 1, 'joinNone');
      if (reason === '') say(index, 'reasonMissing');
      for (const path of clause.from) noAction.push({ path, reason });
      open = null;
      continue;
    }
    if (text.trim() === '') say(index, 'textMissing');
    if (act === 'split' && open !== null) say(index - 1, 'joinSplit');
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    if (act === 'split' && lines.length < 2) say(index, 'splitOneLine');
    const made = act === 'split' ? split(clause, lines, source.text) : [edited(clause, text)];
    const whole: ReviewedClause | undefined = open === null ? undefined : joined(open, made[0] ?? clause);
    if (act === 'join') {
      if (index === rows.length - 1) say(index, 'joinLast');
      open = whole ?? made[0] ?? clause;
    } else {
      clauses.push(...(whole === undefined ? made : [whole]));
      open = null;
    }
  }
  const review: ClauseReview = { kind: 'clauseReview', source: source.hash, clauses, noAction };
  if (faults.length > 0) return { review, faults };
  const whole = reviewFaults(review, source).map(({ code, path }) => ({
    row: rows.findIndex(({ clause }) => clause.path === path || clause.from.includes(path)),
    code,
    path,
  }));
  return { review, faults: whole };
}
