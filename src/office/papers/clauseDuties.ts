import type { Due, UnitMention } from '../reading/planReading.js';
import type { ReviewedClause } from './clauseReview.js';

/** Who carries a clause and until when, as a person put it right. */
export interface Correction {
  readonly lead: readonly string[];
  readonly cooperating: readonly string[];
  /** `yyyy-mm-dd`; null for none. Whether it is a day is judged by `reviewFaults`. */
  readonly due: string | null;
}

/** Who carries a clause and until when, as it stands. */
export function dutiesOf({ units, due }: Pick<ReviewedClause, 'units' | 'due'>): Correction {
  const named = (role: UnitMention['role']) => units.filter((unit) => unit.role === role).map(({ name }) => name);
  return { lead: named('lead'), cooperating: named('coordinate'), due: due?.date ?? null };
}

/** The clause with other units and another due date; the same ones change nothing. A time that names no day keeps its words. */
export function corrected(clause: ReviewedClause, { lead, cooperating, due }: Correction): ReviewedClause {
  const before = dutiesOf(clause);
  const same = (one: readonly string[], other: readonly string[]) => one.join('\n') === other.join('\n');
  const sameUnits = same(before.lead, lead) && same(before.cooperating, cooperating);
  if (sameUnits && before.due === due) return clause;
  const units = sameUnits
    ? clause.units
    : [
        ...lead.map((name): UnitMention => ({ name, role: 'lead' })),
        ...cooperating.map((name): UnitMention => ({ name, role: 'coordinate' })),
      ];
  return { ...clause, units, due: before.due === due ? clause.due : dueOf(clause, due), origin: 'edited' };
}

/** The words of the paper stay beside the day that a person made of them; a day of his own is written as people write it. */
function dueOf({ due: read }: ReviewedClause, date: string | null): Due | null {
  if (date === null) return null;
  const words = read !== null && read.date === null ? read.text : date.split('-').reverse().join('/');
  return { text: words, date };
}
