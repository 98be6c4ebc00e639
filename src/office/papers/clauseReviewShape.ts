import { isObject, type Json } from '../../engine/json.js';
import {
  type ClauseReview,
  clausePathCharsMax,
  clauseTextCharsMax,
  type ReviewFault,
  reasonCharsMax,
  reviewedClausesMax,
} from './clauseReview.js';

const KINDS: ReadonlySet<Json> = new Set(['objective', 'directive', 'organisation', 'reporting']);
const ORIGINS: ReadonlySet<Json> = new Set(['read', 'split', 'joined', 'edited']);
const unitsMax = 100;
const HASH = /^[0-9a-f]{64}$/;

/** A stored value as a review; or the place of the first thing that does not fit, as a JSON pointer. */
export function clauseReviewOf(value: Json | null): ClauseReview | ReviewFault {
  const wrong = (path: string): ReviewFault => ({ code: 'shape', path });
  if (!isObject(value) || !only(value, ['kind', 'source', 'clauses', 'noAction']) || value.kind !== 'clauseReview')
    return wrong('/');
  const { source, clauses, noAction } = value;
  if (typeof source !== 'string' || !HASH.test(source)) return wrong('/source');
  if (!Array.isArray(clauses) || clauses.length > reviewedClausesMax) return wrong('/clauses');
  if (!Array.isArray(noAction) || noAction.length > reviewedClausesMax) return wrong('/noAction');
  const clause = clauses.findIndex((one: Json) => !isClause(one));
  if (clause !== -1) return wrong(`/clauses/${clause}`);
  const line = noAction.findIndex((one: Json) => !isNoAction(one));
  if (line !== -1) return wrong(`/noAction/${line}`);
  return value as unknown as ClauseReview;
}

function isClause(value: Json): boolean {
  if (!isObject(value) || !only(value, ['path', 'text', 'kind', 'units', 'due', 'span', 'origin', 'from'])) return false;
  const { path, text, kind, units, due, span, origin, from } = value;
  return (
    isText(path, clausePathCharsMax) &&
    isText(text, clauseTextCharsMax) &&
    KINDS.has(kind ?? null) &&
    ORIGINS.has(origin ?? null) &&
    (due === null ||
      (isObject(due) &&
        only(due, ['text', 'date']) &&
        isText(due.text, clauseTextCharsMax) &&
        (due.date === null || isText(due.date, 10)))) &&
    Array.isArray(span) &&
    span.length === 2 &&
    span.every((end: Json) => Number.isSafeInteger(end) && (end as number) >= 0) &&
    Array.isArray(from) &&
    from.length <= reviewedClausesMax &&
    from.every((one: Json) => isText(one, clausePathCharsMax)) &&
    Array.isArray(units) &&
    units.length <= unitsMax &&
    units.every(
      (unit: Json) =>
        isObject(unit) &&
        only(unit, ['name', 'role']) &&
        isText(unit.name, 1_000) &&
        (unit.role === 'lead' || unit.role === 'coordinate'),
    )
  );
}

function isNoAction(value: Json): boolean {
  return (
    isObject(value) &&
    only(value, ['path', 'reason']) &&
    isText(value.path, clausePathCharsMax) &&
    isText(value.reason, reasonCharsMax)
  );
}

function only(value: Readonly<Record<string, Json>>, names: readonly string[]): boolean {
  return Object.keys(value).every((name) => names.includes(name));
}

function isText(value: Json | undefined, charsMax: number): boolean {
  return typeof value === 'string' && value.trim() !== '' && value.length <= charsMax;
}
