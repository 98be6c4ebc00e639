import type { Blocker } from '../../engine/command.js';
import type { Instance } from '../../engine/instance.js';
import { isObject, type Json } from '../../engine/json.js';
import type { EffectKind, Requirement, Scope, Update } from '../../engine/rules.js';
import type { CoverageFault } from '../traceability/faults.js';
import { fieldName, unknownFields, unknownInputs } from './arguments.js';

/** Faults that a refusal names; the others are counted. */
export const faultsNamedMax = 50;
/** Directives of earlier plans that one plan takes over at most; the schema of the workflow says the same. */
export const continuedMax = 500;

/** Types of paper whose clauses are always followed (kế hoạch, chỉ thị, chương trình); the workflow says the same. */
export const coverageTypes = ['KH', 'CT', 'CTr'] as const;

/** How the matrix of a plan stands, read when a requirement asks for `coverage`. */
export interface GivenCoverage {
  readonly faults: readonly CoverageFault[];
  readonly count: number;
  /** It was not worked out: the command is only shown, and work below the plan is still open. */
  readonly later: boolean;
}

/** The directive that a command continues, read when a requirement asks for `continued`. */
export interface GivenDirective {
  readonly id: string;
  readonly plan: string | null;
  readonly open: boolean;
  /** Plans under which it goes on already. */
  readonly continuedIn: readonly string[];
}

const block = (code: string, params: Blocker['params'] = {}): Blocker => ({ code, params });

/** The plan that this one amends, or else replaces; null where it does neither. */
export function earlierPlan({ context }: Pick<Instance, 'context'>): string | null {
  const { amends, replaces } = context;
  if (typeof amends === 'string') return amends;
  return typeof replaces === 'string' ? replaces : null;
}

/**
 * Whether what became of a paper's clauses is asked for: always for these types, and for every paper from which something was opened. A
 * decision that appoints somebody orders nothing that would have to be followed.
 */
export function isTracked({ context }: Pick<Instance, 'context'>, types: readonly string[]): boolean {
  const opened = [context.clauseReview, context.clauses, context.obligations, context.continued];
  return (typeof context.type === 'string' && types.includes(context.type)) || opened.some((value) => value !== undefined);
}

const typesArg = {
  type: 'object',
  required: ['types'],
  additionalProperties: false,
  properties: { types: { type: 'array', items: { type: 'string' }, minItems: 1, maxItems: 50 } },
} as const;

const typesOf = (arg: unknown): readonly string[] => (arg as { types: readonly string[] }).types;

export const tracingRequirements: Readonly<Record<string, Requirement>> = {
  'covered@1': {
    meaning:
      'Every clause of a plan of these types has its directive or a recorded word why not, no link of the plan is missing, and no work is open.',
    needs: ['coverage'],
    arg: typesArg,
    check: (arg, { instance, facts }) => {
      if (!isTracked(instance, typesOf(arg))) return null;
      const given = facts.given.coverage as GivenCoverage | undefined;
      if (given?.later === true) return null;
      if (given === undefined) return block('planNotCovered', { count: 1, more: 0, named: [] });
      if (given.count === 0) return null;
      const named = given.faults.slice(0, faultsNamedMax).map(({ code, at, params }) => ({ code, at, params }));
      return block('planNotCovered', { count: given.count, more: given.count - named.length, named });
    },
  },
  'reviewAwaited@1': {
    meaning: 'The clauses of a paper of these types have not been reviewed yet: until then the command is awaited.',
    arg: typesArg,
    check: (arg, { instance }) => awaitsReview(arg, instance),
    rests: (arg, instance) => awaitsReview(arg, instance) !== null,
  },
  'roomIn@1': {
    meaning: 'A list of the context has room for one more: nothing that was recorded makes way for it.',
    arg: {
      type: 'object',
      required: ['field', 'max'],
      additionalProperties: false,
      properties: { field: fieldName, max: { type: 'integer', minimum: 1, maximum: 1_000 } },
    },
    checkArg: (arg, place) => unknownFields([(arg as { field: string }).field], place),
    check: (arg, { instance }) => {
      const { field, max } = arg as { field: string; max: number };
      const list = instance.context[field];
      return Array.isArray(list) && list.length >= max ? block('listFull', { field, max }) : null;
    },
  },
  'continuable@1': {
    meaning:
      'The directive in the input is open and belongs to the plan that this one amends or replaces, or goes on there already; it is not taken over twice.',
    needs: ['continued'],
    checkArg: (_, place) => [...unknownInputs(['clause', 'directive'], place), ...unknownFields(['continued'], place)],
    check: (_, scope) => continuable(scope),
  },
};

function awaitsReview(arg: unknown, { context }: Instance): Blocker | null {
  if (typeof context.type !== 'string' || !typesOf(arg).includes(context.type))
    return block('fieldMissing', { fields: ['type'], wanted: [...typesOf(arg)], found: context.type ?? null });
  return context.clauseReview === undefined ? null : block('fieldPresent', { fields: ['clauseReview'] });
}

function continuable({ instance, command, facts }: Scope): Blocker | null {
  const earlier = earlierPlan(instance);
  if (earlier === null) return block('fieldMissing', { fields: ['amends'] });
  const { directive } = command.input;
  if (directive === undefined) return null;
  const given = (facts.given.continued ?? null) as GivenDirective | null;
  if (given === null || !given.open || (given.plan !== earlier && !given.continuedIn.includes(earlier)))
    return block('directiveNotContinuable', { directive, plan: earlier });
  const known = ((instance.context.continued ?? []) as readonly Json[]).some(
    (one) => isObject(one) && one.directive === directive,
  );
  return known ? block('alreadyOpened', { kind: 'directive', key: command.input.clause ?? null, id: directive }) : null;
}

/** The clause and the directive, or the clause and the plan, that a command brings, as one line of a list. */
const pair =
  (field: string, names: readonly [string, string]): Update['apply'] =>
  (_, { instance, command }) => {
    const list = (instance.context[field] ?? []) as readonly Json[];
    const line = Object.fromEntries(names.map((name) => [name, command.input[name] ?? null]));
    return { context: { [field]: [...list, line] } };
  };

export const tracingUpdates: Readonly<Record<string, Update>> = {
  'noteContinued@1': {
    meaning: 'Adds the clause and the directive in the input to the list `continued`.',
    checkArg: (_, place) => [...unknownInputs(['clause', 'directive'], place), ...unknownFields(['continued'], place)],
    writes: () => ['continued'],
    apply: pair('continued', ['clause', 'directive']),
  },
  'noteContinuedIn@1': {
    meaning: 'Adds the plan and the clause in the input to the list `continuedIn`.',
    checkArg: (_, place) => [...unknownInputs(['plan', 'clause'], place), ...unknownFields(['continuedIn'], place)],
    writes: () => ['continuedIn'],
    apply: pair('continuedIn', ['plan', 'clause']),
  },
  'notePeriod@1': {
    meaning: 'Adds the period in the input, or the next one, to the list `periods`.',
    checkArg: (_, place) => unknownFields(['periods', 'nextPeriod'], place),
    writes: () => ['periods'],
    apply: (_, { instance, command }) => {
      const period = command.input.period ?? instance.context.nextPeriod;
      const list = (instance.context.periods ?? []) as readonly Json[];
      return typeof period !== 'string' || list.includes(period) ? {} : { context: { periods: [...list, period] } };
    },
  },
};

export const tracingEffects: Readonly<Record<string, EffectKind>> = {
  'tellContinued@1': {
    kind: 'tellLinked',
    meaning: 'Tells the directive in the input, as `system`, under which plan and clause it goes on.',
    checkArg: (_, place) => unknownInputs(['clause', 'directive'], place),
    plan: (_, { command: { input }, next }) =>
      typeof input.directive !== 'string'
        ? []
        : [{ params: { target: input.directive, command: 'CONTINUED', input: { plan: next.id, clause: input.clause ?? null } } }],
  },
};
