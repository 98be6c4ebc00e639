import type { Blocker } from '../../engine/command.js';
import { canonical, type Json, type JsonObject } from '../../engine/json.js';
import type { EffectKind, Requirement, Scope, Update } from '../../engine/rules.js';
import { indexOf } from '../organisation/directory.js';
import { leaderKeys } from '../organisation/leaders.js';
import { isInForce } from '../organisation/roles.js';
import { type ArrivalNumber, arrivalSeries, identityOf, isSamePaper, type RegisteredPaper } from '../papers/incoming.js';
import { officeOf } from '../world.js';
import { fieldName, fieldNames, namesOf, oneOrMoreFields, unknownFields, unknownInputs } from './arguments.js';

const block = (code: string, params: Blocker['params'] = {}): Blocker => ({ code, params });

interface Direction {
  readonly lead: string;
  readonly cooperating: string;
  readonly due: string;
}

const directionArgument: JsonObject = {
  type: 'object',
  required: ['lead', 'cooperating', 'due'],
  additionalProperties: false,
  properties: { lead: fieldName, cooperating: fieldName, due: fieldName },
};

/** Invariant of NĐ 30/2020, Điều 23: one lead unit, others cooperate, and a due date as soon as there is more than one. */
function direction(arg: unknown, { command, facts }: Scope): Blocker | null {
  const names = arg as Direction;
  const lead = command.input[names.lead];
  const listed = command.input[names.cooperating];
  const others: readonly Json[] = Array.isArray(listed) ? listed : [];
  const due = command.input[names.due];
  if (others.includes(lead ?? null)) return block('leadUnclear', { unit: lead ?? null });
  if (due === undefined && others.length > 0) return block('dueNeeded', { units: [...(lead ? [lead] : []), ...others] });
  const { today } = officeOf(facts);
  return typeof due === 'string' && due < today ? block('duePassed', { dueOn: due, today }) : null;
}

interface Laying {
  readonly input: string;
  readonly field: string;
}

const layingArgument: JsonObject = {
  type: 'object',
  required: ['input', 'field'],
  additionalProperties: false,
  properties: { input: fieldName, field: fieldName },
};

const layingFaults: NonNullable<Requirement['checkArg']> = (arg, place) => {
  const { input, field } = arg as Laying;
  return [...unknownInputs([input], place), ...unknownFields([field], place)];
};

function keysOf(arg: unknown, { command, facts }: Pick<Scope, 'command' | 'facts'>): readonly string[] | null {
  const named = command.input[(arg as Laying).input];
  const { directory, today } = officeOf(facts);
  return leaderKeys(directory, today, typeof named === 'string' ? named : null);
}

interface Holder {
  readonly person: string;
  readonly unit: string;
}

/** Rules of incoming papers: number, doubles, the leader's direction, the reply. */
export const incomingRequirements: Readonly<Record<string, Requirement>> = {
  'numbered@1': {
    meaning: 'The next number of incoming papers is reserved for this command, before it is judged again.',
    needs: ['number'],
    check: (_, { facts }) => (facts.given.number === undefined ? block('numberNeeded') : null),
  },
  'notDuplicate@1': {
    meaning:
      'No registered paper has the same number, symbol and issuing body, unless the input confirms with `confirmDuplicate`.',
    needs: ['sameIncoming'],
    checkArg: (_, place) => unknownInputs(['confirmDuplicate'], place),
    check: (_, { facts, command, instance }) => {
      const own = identityOf(instance.context);
      if (own === null || command.input.confirmDuplicate === true) return null;
      const same = ((facts.given.sameIncoming ?? []) as readonly RegisteredPaper[]).find((paper) => {
        const other = identityOf(paper.context);
        return paper.id !== instance.id && other !== null && isSamePaper(own, other);
      });
      return same === undefined
        ? null
        : block('duplicatePaper', { id: same.id, number: same.arrivalNumber, day: same.arrivalDay });
    },
  },
  'directionSound@1': {
    meaning: 'One lead unit that is not among those cooperating; a due date, not past, where more than one unit is named.',
    arg: directionArgument,
    checkArg: (arg, place) => unknownInputs(Object.values(arg as Direction), place),
    check: direction,
  },
  'notPast@1': {
    meaning: 'No day in these fields of the input lies before today.',
    arg: oneOrMoreFields,
    checkArg: (arg, place) => unknownInputs(namesOf(arg), place),
    check: (arg, { command, facts }) => {
      const { today } = officeOf(facts);
      const past = namesOf(arg)
        .map((field) => command.input[field])
        .find((day) => typeof day === 'string' && day < today);
      return past === undefined ? null : block('duePassed', { dueOn: past, today });
    },
  },
  'holdsPostIn@1': {
    meaning: 'The person in a field of the input holds a post in the unit in a field of the context, and his account is open.',
    arg: {
      type: 'object',
      required: ['person', 'unit'],
      additionalProperties: false,
      properties: { person: fieldName, unit: fieldName },
    },
    checkArg: (arg, place) => {
      const { person, unit } = arg as Holder;
      return [...unknownInputs([person], place), ...unknownFields([unit], place)];
    },
    check: (arg, { command, instance, facts }) => {
      const { person, unit } = arg as Holder;
      const named = command.input[person];
      if (typeof named !== 'string') return null;
      const { directory, today } = officeOf(facts);
      const at = instance.context[unit];
      const { person: people, appointmentsOf } = indexOf(directory);
      const holds = (appointmentsOf.get(named) ?? []).some(
        (appointment) => appointment.unit === at && isInForce(directory, appointment, today),
      );
      return holds && people.get(named)?.disabled === false ? null : block('notOfUnit', { person: named, unit: at ?? null });
    },
  },
  'leaderKnown@1': {
    meaning:
      'A leader named in this field of the input is a post of the authority (chair, deputyChair) that is held today, or its holder.',
    arg: layingArgument,
    checkArg: layingFaults,
    check: (arg, scope) =>
      keysOf(arg, scope) === null ? block('leaderUnknown', { person: scope.command.input[(arg as Laying).input] ?? null }) : null,
  },
  'leaderOther@1': {
    meaning: 'The leader named in this field of the input is not the one before whom the paper lies already.',
    arg: layingArgument,
    checkArg: layingFaults,
    check: (arg, scope) => {
      const named = scope.command.input[(arg as Laying).input];
      if (named === undefined) return null;
      const same =
        canonical((keysOf(arg, scope) ?? []) as Json) === canonical(scope.instance.context[(arg as Laying).field] ?? null);
      return same ? block('leaderSame', { person: named }) : null;
    },
  },
  'replyNamed@1': {
    meaning: 'At least one of these fields of the input is filled: the reply, or why none is needed.',
    arg: fieldNames,
    checkArg: (arg, place) => unknownInputs(namesOf(arg), place),
    check: (arg, { command }) =>
      namesOf(arg).some((field) => command.input[field] !== undefined) ? null : block('replyMissing', { fields: namesOf(arg) }),
  },
};

const ARRIVAL = ['arrivalNumber', 'arrivalDay'] as const;

export const incomingUpdates: Readonly<Record<string, Update>> = {
  'takeNumber@1': {
    meaning: 'Records the number of the incoming paper (số đến) and its day.',
    checkArg: (_, place) => unknownFields(ARRIVAL, place),
    writes: () => ARRIVAL,
    apply: (_, { facts }) => {
      const { number, day } = facts.given.number as ArrivalNumber;
      return { context: { arrivalNumber: number, arrivalDay: day } };
    },
  },
  'layBefore@1': {
    meaning: 'Writes the leader named in a field of the input, or without one all leaders, into a field of the context.',
    arg: layingArgument,
    checkArg: layingFaults,
    writes: (arg) => [(arg as Laying).field],
    apply: (arg, scope) => ({ context: { [(arg as Laying).field]: (keysOf(arg, scope) ?? []) as Json } }),
  },
  'replaceInput@1': {
    meaning: 'Copies fields of the input into the context and empties those not given; nobody may bring them at the opening.',
    arg: fieldNames,
    checkArg: (arg, place) => [...unknownFields(namesOf(arg), place), ...unknownInputs(namesOf(arg), place)],
    writes: (arg) => namesOf(arg),
    apply: (arg, { command }) => ({ context: Object.fromEntries(namesOf(arg).map((field) => [field, command.input[field]])) }),
  },
};

export const incomingEffects: Readonly<Record<string, EffectKind>> = {
  'useArrival@1': {
    kind: 'settleNumber',
    meaning: 'Marks the number of the incoming paper as used in the register.',
    plan: (_, { next, facts, command }) => {
      const { arrivalNumber, arrivalDay } = next.context;
      if (typeof arrivalNumber !== 'number' || typeof arrivalDay !== 'string') return [];
      const year = Number(arrivalDay.slice(0, 4));
      const params = { series: arrivalSeries, number: arrivalNumber, year, status: 'used', reason: command.name, at: facts.now };
      return [{ params }];
    },
  },
};
