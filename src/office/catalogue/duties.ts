import type { Blocker, ChildStanding } from '../../engine/command.js';
import type { Instance } from '../../engine/instance.js';
import { isObject, type Json, type JsonObject } from '../../engine/json.js';
import type { Requirement, Scope } from '../../engine/rules.js';
import { closingOf, PART, partsOf, partsStanding, splitFault } from '../duties/parts.js';
import { textIn } from '../duties/texts.js';
import { servedOn } from '../organisation/roles.js';
import { officeOf } from '../world.js';
import { fieldName, fieldNames, namesOf, unknownFields, unknownInputs } from './arguments.js';

const block = (code: string, params: Blocker['params'] = {}): Blocker => ({ code, params });
const listIn = (value: Json | undefined): readonly string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];

/** Units of which one duty keeps to whom it was given before. */
export const reassignmentsMax = 20;
/** Times that the clerk wrote for a unit, as the context keeps them; the history has all of them. */
export const spokenMax = 50;
/** Periods over which one duty was carried. */
export const carriedMax = 40;

/** One line for each time that the clerk wrote what a unit without accounts said. */
export interface SpokenLine {
  readonly command: string;
  readonly on: string;
  readonly by: string;
  /** The paper or the note by which the unit spoke: words, or the id of an incoming paper. */
  readonly source: string;
}

/** One line for each unit that a duty was taken from. */
export interface ReassignedLine {
  readonly from: string;
  readonly to: string;
  readonly reason: string;
  readonly on: string;
  readonly by: string;
  /** The revision at which it happened: the order in which the instance above follows. */
  readonly revision: number;
}

/** One line for each period at whose end the duty was still open. */
export interface CarriedLine {
  readonly period: string;
  readonly on: string;
  /** The day on which it was due then; null where it has none. */
  readonly dueOn: string | null;
}

/** A list in the context as records; empty where there is none. */
export function linesIn<T>(instance: Pick<Instance, 'context'>, field: string): readonly T[] {
  const value = instance.context[field];
  return Array.isArray(value) ? (value.filter(isObject) as unknown as readonly T[]) : [];
}

/** The instance above, as far as a re-assignment must know it; read when a requirement asks for `parent`. */
export interface GivenParent {
  readonly context: JsonObject;
}

/** An instance that a command names in `paper` or `source`; read when a requirement asks for `namedPaper`. */
export interface GivenPaper {
  readonly id: string;
  /** It exists, and the actor may read it. */
  readonly found: boolean;
  readonly title: string;
}

/** Ids of instances, told from words. */
export const instanceId = /^[a-z][a-z0-9-]{1,30}\.[0-9a-f]{24}$/;

function partsBlock(scope: Scope): Blocker | null {
  const standing = partsStanding(scope.instance, (scope.facts.given.children ?? []) as readonly ChildStanding[]);
  if (standing.met) return null;
  const { confirmed, wanted, open } = standing;
  return block('partsOpen', { rule: closingOf(scope.instance).kind, confirmed, wanted, examples: open.slice(0, 5) });
}

function spokenSource({ facts, command }: Scope): Blocker | null {
  const source = textIn(command.input, 'source').trim();
  if (!instanceId.test(source)) return null;
  const named = facts.given.namedPaper as GivenPaper | undefined;
  return named?.found === true ? null : block('paperNotNamed', { paper: source });
}

export const dutyRequirements: Readonly<Record<string, Requirement>> = {
  'oneLead@1': {
    meaning:
      'The input names exactly one lead unit, or says with `each` that every unit named carries the duty on its own; no unit both leads and co-operates.',
    checkArg: (_, place) => unknownInputs(['lead', 'cooperating', 'each'], place),
    check: (_, { command: { input } }) => {
      if (input.lead === undefined) return null;
      const lead = listIn(input.lead);
      const cooperating = listIn(input.cooperating);
      const both = cooperating.find((unit, index) => lead.includes(unit) || cooperating.indexOf(unit) !== index);
      if (both !== undefined || new Set(lead).size !== lead.length) return block('unitTwice', { unit: both ?? lead[0] ?? '' });
      return lead.length === 1 || input.each === true ? null : block('leadNotOne', { units: lead });
    },
  },
  'unitServed@1': {
    meaning:
      'The unit in this field has nobody of its own in the system and the authority lets the clerk act for it; a `source` that is the id of a paper names one that he may read.',
    arg: fieldName,
    needs: ['namedPaper'],
    checkArg: (arg, place) => unknownFields([arg as string], place),
    check: (arg, scope) => {
      const unit = textIn(scope.instance.context, arg as string);
      const { directory, today } = officeOf(scope.facts);
      return servedOn(directory, unit, today) === null ? block('unitNotServed', { unit }) : spokenSource(scope);
    },
  },
  'splitSound@1': {
    meaning:
      'The parts in the input stand: not of a part, not too many, none due after the whole, and a closing rule that they can meet.',
    checkArg: (_, place) => [
      ...unknownInputs(['parts', 'closing', 'closingCount'], place),
      ...unknownFields(['parts', 'closing', 'closingCount', 'unit'], place),
    ],
    check: (_, { instance, command }) => {
      const found = splitFault(instance, command.input);
      return found === null ? null : block('splitUnsound', { fault: found.fault, ...found.params });
    },
    rests: (_, instance) => instance.parent?.kind === PART,
  },
  'partsClosed@1': {
    meaning: 'The parts of the duty have ended as far as its closing rule wants; a duty that was not split has none.',
    needs: ['children'],
    check: (_, scope) => partsBlock(scope),
    rests: (_, instance) => partsOf(instance).length > 0 && instance.context.partsClosedOn === undefined,
  },
  'reassignable@1': {
    meaning: 'The unit in the input is another one than carries the duty now, and none that the instance above names already.',
    needs: ['parent'],
    checkArg: (_, place) => [...unknownInputs(['unit'], place), ...unknownFields(['unit'], place)],
    check: (_, { instance, command, facts }) => {
      const unit = textIn(command.input, 'unit');
      if (unit === '') return null;
      const { context = {} } = (facts.given.parent ?? {}) as Partial<GivenParent>;
      const named = [...listIn(context.lead), ...listIn(context.cooperating)];
      return unit === instance.context.unit || named.includes(unit) ? block('unitHasDuty', { unit }) : null;
    },
  },
  'followsReassign@1': {
    meaning:
      'The re-assignment below that the input tells of is the next one of that child, and the unit that it was taken from stands here.',
    arg: fieldNames,
    checkArg: (arg, place) => [
      ...unknownFields(namesOf(arg), place),
      ...unknownInputs(['child', 'from', 'to', 'was', 'now'], place),
    ],
    check: (arg, { instance, command }) => {
      const { child, was } = command.input;
      const followed = isObject(instance.context.followed) ? instance.context.followed : {};
      const last = typeof child === 'string' ? (followed[child] ?? 0) : 0;
      if (last !== was) return block('reassignmentAhead', { child: child ?? null });
      const stands = namesOf(arg).some((field) => unitsOf(instance.context[field]).includes(textIn(command.input, 'from')));
      return stands ? null : block('reassignmentAhead', { child: child ?? null });
    },
  },
  'notCarried@1': {
    meaning: 'The duty was not carried over from the period in the input yet.',
    checkArg: (_, place) => [...unknownInputs(['period'], place), ...unknownFields(['carried', 'dueOn'], place)],
    check: (_, { instance, command }) => {
      const { period } = command.input;
      const known = linesIn<CarriedLine>(instance, 'carried').some((line) => line.period === period);
      return known ? block('carriedAlready', { period: period ?? null }) : null;
    },
  },
};

/** Unit ids in a list of ids, or of records with `unit`. */
export function unitsOf(value: Json | undefined): readonly string[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((one: Json) =>
    typeof one === 'string' ? [one] : isObject(one) && typeof one.unit === 'string' ? [one.unit] : [],
  );
}
