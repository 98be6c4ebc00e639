import type { Instance } from '../../engine/instance.js';
import { isObject, type Json, type JsonObject } from '../../engine/json.js';
import { type EvidenceFile, evidenceOf } from '../../office/duties/evidence.js';
import { partsOf } from '../../office/duties/parts.js';
import { dayOf } from '../../office/time/clock.js';
import type { DirectiveLine, DutyLine, ObligationLine, PeriodLine, RecurringLine } from '../../office/traceability/lines.js';
import type { Held } from '../ports.js';

// From what is stored of an instance to what the matrix knows of it. Nothing is trusted to be there: a damaged record must be named, not crash.

export const textOf = (value: Json | undefined): string | null => (typeof value === 'string' && value !== '' ? value : null);
export const listOf = (value: Json | undefined): readonly string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
const recordsOf = (value: Json | undefined): readonly JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : []);

/** `1`, `2` ... up to a count in the context: the keys of children that are numbered. */
function numbered(value: Json | undefined): readonly string[] {
  return typeof value === 'number' ? Array.from({ length: Math.min(value, childrenCountMax) }, (_, at) => String(at + 1)) : [];
}

const childrenCountMax = 1_000;

/** The name of the outermost state. */
function stateOf({ state }: Instance): string {
  return typeof state === 'string' ? state : (Object.keys(state)[0] ?? '');
}

/** What every line has. */
export function lineOf(instance: Instance) {
  const { id, context, parent, open } = instance;
  return { id, plan: textOf(context.plan), parent, state: stateOf(instance), open };
}

export function directiveLine({ instance }: Pick<Held, 'instance'>): DirectiveLine {
  const { context } = instance;
  return {
    ...lineOf(instance),
    clause: textOf(context.clause),
    title: textOf(context.title) ?? '',
    dueOn: textOf(context.dueOn),
    lead: listOf(context.lead),
    cooperating: listOf(context.cooperating),
    grade: textOf(context.grade),
    assessedBy: textOf(context.assessedBy),
    continuedIn: recordsOf(context.continuedIn).map(({ plan, clause }) => ({
      plan: textOf(plan) ?? '',
      clause: textOf(clause) ?? '',
    })),
  };
}

/** A duty with the hashes of what was brought for it; `found` is judged afterwards, for many at once. */
export function dutyLine({ instance, since }: Pick<Held, 'instance' | 'since'>, ownerless: string | null): DutyLine {
  const { context, open } = instance;
  const duty = textOf(context.duty);
  const recurring = textOf(context.recurring);
  return {
    ...lineOf(instance),
    directive: textOf(context.directive),
    clause: textOf(context.clause),
    unit: textOf(context.unit),
    role: textOf(context.part),
    dueOn: textOf(context.dueOn),
    givenOn: textOf(context.assignedOn),
    completedOn: textOf(context.completedOn),
    endedOn: open ? null : dayOf(since),
    evidence: broughtFor(instance).map((piece) => ({ ...piece, found: true })),
    above: duty !== null ? { field: 'duty', id: duty } : recurring !== null ? { field: 'recurring', id: recurring } : null,
    reassigned: recordsOf(context.reassigned).map(({ from, to, on }) => ({
      from: textOf(from) ?? '',
      to: textOf(to) ?? '',
      on: textOf(on) ?? '',
    })),
    parts: partsOf(instance).map(({ key }) => key),
    ownerless,
  };
}

/** Files of the evidence, round by round, the unit's own plan, and the text that the duty was given with. */
function broughtFor(instance: Instance): readonly { readonly hash: string; readonly name: string }[] {
  const files = evidenceOf(instance).flatMap(({ files: brought }) =>
    Array.isArray(brought) ? (brought as readonly EvidenceFile[]) : [],
  );
  const plans = recordsOf(instance.context.ownPlan);
  const named = [...files, ...plans].flatMap(({ hash, name }) =>
    typeof hash === 'string' ? [{ hash, name: typeof name === 'string' ? name : '' }] : [],
  );
  return [...new Map(named.map((one) => [one.hash, one])).values()];
}

export function recurringLine({ instance }: Pick<Held, 'instance'>, ownerless: string | null): RecurringLine {
  const { context } = instance;
  return {
    ...lineOf(instance),
    directive: textOf(context.directive),
    clause: textOf(context.clause),
    unit: textOf(context.unit),
    occurrences: listOf(context.opened),
    ownerless,
  };
}

export function obligationLine({ instance }: Pick<Held, 'instance'>): ObligationLine {
  const { context } = instance;
  return {
    ...lineOf(instance),
    code: textOf(context.code),
    periods: listOf(context.periods),
    summaries: numbered(context.summaries),
  };
}

export function periodLine({ instance }: Pick<Held, 'instance'>): PeriodLine {
  const { context } = instance;
  return {
    ...lineOf(instance),
    obligation: textOf(context.obligation),
    period: textOf(context.period),
    from: textOf(context.from),
    to: textOf(context.to),
    units: listOf(context.units),
    papers: numbered(context.consolidations),
  };
}
