import type { Instance } from '../../engine/instance.js';
import type { Json } from '../../engine/json.js';
import { type EvidenceFigure, evidenceOf } from '../duties/evidence.js';

/** A unit's duty as its report tells of it. */
export interface ReportedDuty {
  readonly id: string;
  readonly directive: string;
  readonly clause: string;
  readonly title: string;
  readonly state: Instance['state'];
  readonly open: boolean;
  /** Days, `yyyy-mm-dd`; null where there is none. */
  readonly dueOn: string | null;
  readonly completedOn: string | null;
  /** What the unit said when it completed the duty. */
  readonly result: string | null;
  /** The period out of which it was carried over last. */
  readonly carriedFrom: string | null;
  /** The figures of the last round of evidence. */
  readonly evidence: readonly EvidenceFigure[];
}

const textOr = (value: Json | undefined): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** States in which a duty was taken from the unit, or given back: nobody reports on it there. */
const notItsOwn: ReadonlySet<string> = new Set(['released', 'cancelled', 'withdrawn']);

function carriedFrom({ carried, carriedFrom: last }: Instance['context']): string | null {
  if (typeof last === 'string') return last;
  const line = Array.isArray(carried) ? (carried as readonly Json[]).at(-1) : undefined;
  if (typeof line === 'string') return line;
  return typeof line === 'object' && line !== null && 'from' in line && typeof line.from === 'string' ? line.from : null;
}

/**
 * The duties on which a unit reports for a period: those open at its end, and those that ended within it, in the order of the clauses.
 * Parts of a duty are told under the duty itself. `instances` are the assignments of the unit under the plan.
 */
export function dutiesIn(
  instances: readonly Instance[],
  period: { readonly from: string; readonly to: string },
): readonly ReportedDuty[] {
  const own = new Set(instances.map(({ id }) => id));
  return instances
    .filter(({ parent }) => parent === null || parent.kind !== 'part' || !own.has(parent.id))
    .map((instance): ReportedDuty & { readonly assignedOn: string | null } => {
      const { context } = instance;
      return {
        id: instance.id,
        directive: textOr(context.directive) ?? '',
        clause: textOr(context.clause) ?? '',
        title: textOr(context.title) ?? '',
        state: instance.state,
        open: instance.open,
        dueOn: textOr(context.dueOn),
        completedOn: textOr(context.completedOn),
        result: textOr(context.result),
        carriedFrom: carriedFrom(context),
        evidence: evidenceOf(instance).at(-1)?.figures ?? [],
        assignedOn: textOr(context.assignedOn),
      };
    })
    .filter(({ state }) => typeof state !== 'string' || !notItsOwn.has(state))
    .filter(({ open, completedOn }) => open || completedOn === null || completedOn >= period.from)
    .filter(({ assignedOn }) => assignedOn === null || assignedOn <= period.to)
    .map(withoutDay)
    .sort((a, b) => a.clause.localeCompare(b.clause, 'vi', { numeric: true }) || (a.id < b.id ? -1 : 1));
}

function withoutDay(duty: ReportedDuty & { readonly assignedOn: string | null }): ReportedDuty {
  const { id, directive, clause, title, state, open, dueOn, completedOn, result, carriedFrom: from, evidence } = duty;
  return { id, directive, clause, title, state, open, dueOn, completedOn, result, carriedFrom: from, evidence };
}
