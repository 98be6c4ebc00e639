import { isObject, type Json } from '../../engine/json.js';
import type { Update } from '../../engine/rules.js';
import { partsFrom, partsOf } from '../duties/parts.js';
import { textIn } from '../duties/texts.js';
import { officeOf } from '../world.js';
import { fieldName, fieldNames, namesOf, unknownFields, unknownInputs } from './arguments.js';
import {
  type CarriedLine,
  carriedMax,
  linesIn,
  type ReassignedLine,
  reassignmentsMax,
  type SpokenLine,
  spokenMax,
  unitsOf,
} from './duties.js';

function followed(value: Json | undefined, from: string, to: string): Json | undefined {
  if (!Array.isArray(value)) return undefined;
  // The first that bears the name: another child of the same unit keeps its own line.
  const at = unitsOf(value).indexOf(from);
  if (at === -1) return undefined;
  const changed = value.map((one: Json, index) => (index !== at ? one : isObject(one) ? { ...one, unit: to } : to));
  return changed.every((one) => typeof one === 'string') ? [...new Set(changed)] : changed;
}

export const dutyUpdates: Readonly<Record<string, Update>> = {
  'takeSplit@1': {
    meaning: 'Adds the parts in the input to those of the duty, each with a key, and declares the closing rule.',
    checkArg: (_, place) => [
      ...unknownInputs(['parts', 'closing', 'closingCount'], place),
      ...unknownFields(['parts', 'closing', 'closingCount', 'partsClosedOn'], place),
    ],
    writes: () => ['parts', 'closing', 'closingCount', 'partsClosedOn'],
    apply: (_, { instance, command: { input } }) => ({
      context: {
        parts: [...partsOf(instance), ...partsFrom(instance, input.parts)] as unknown as Json,
        closing: input.closing,
        closingCount: input.closing === 'atLeast' ? input.closingCount : undefined,
        partsClosedOn: undefined,
      },
    }),
  },
  'reassign@1': {
    meaning: 'Gives the duty to the unit in the input, and keeps from whom it was taken, when, by whom and why.',
    checkArg: (_, place) => [
      ...unknownInputs(['unit', 'reason'], place),
      ...unknownFields(['unit', 'formerUnit', 'reassigned'], place),
    ],
    writes: () => ['reassigned', 'formerUnit'],
    apply: (_, { instance, command, facts }, revision) => {
      const [from, to] = [textIn(instance.context, 'unit'), textIn(command.input, 'unit')];
      const line: ReassignedLine = {
        from,
        to,
        reason: textIn(command.input, 'reason'),
        on: officeOf(facts).today,
        by: command.actor,
        revision,
      };
      const lines = [...linesIn<ReassignedLine>(instance, 'reassigned'), line].slice(-reassignmentsMax);
      return { context: { unit: to, formerUnit: from, reassigned: lines as unknown as Json } };
    },
  },
  'followReassign@1': {
    meaning: 'Puts the unit that a child was re-assigned to in the place of the one that it was taken from, in these lists.',
    arg: fieldNames,
    checkArg: (arg, place) => [
      ...unknownFields([...namesOf(arg), 'followed'], place),
      ...unknownInputs(['child', 'from', 'to', 'was', 'now'], place),
    ],
    apply: (arg, { instance, command: { input } }) => {
      const changed: Record<string, Json> = {};
      for (const field of namesOf(arg)) {
        const value = followed(instance.context[field], textIn(input, 'from'), textIn(input, 'to'));
        if (value !== undefined) changed[field] = value;
      }
      const known = isObject(instance.context.followed) ? instance.context.followed : {};
      return { context: { ...changed, followed: { ...known, [textIn(input, 'child')]: input.now ?? 0 } } };
    },
  },
  'carry@1': {
    meaning: 'Keeps that the duty was still open when the period in the input was closed, and until when it was due then.',
    checkArg: (_, place) => [...unknownInputs(['period'], place), ...unknownFields(['carried', 'dueOn'], place)],
    writes: () => ['carried'],
    apply: (_, { instance, command, facts }) => {
      const { dueOn } = instance.context;
      const line: CarriedLine = {
        period: textIn(command.input, 'period'),
        on: officeOf(facts).today,
        dueOn: typeof dueOn === 'string' ? dueOn : null,
      };
      return { context: { carried: [...linesIn<CarriedLine>(instance, 'carried'), line].slice(-carriedMax) as unknown as Json } };
    },
  },
  'noteSpoken@1': {
    meaning: 'Keeps that the clerk wrote this for the unit, and the paper or note in the input (`source`) by which it spoke.',
    arg: fieldName,
    checkArg: (arg, place) => [...unknownFields([arg as string], place), ...unknownInputs(['source'], place)],
    writes: (arg) => [arg as string],
    apply: (arg, { instance, command, facts }) => {
      const field = arg as string;
      const line: SpokenLine = {
        command: command.name,
        on: officeOf(facts).today,
        by: command.actor,
        source: textIn(command.input, 'source'),
      };
      return { context: { [field]: [...linesIn<SpokenLine>(instance, field), line].slice(-spokenMax) as unknown as Json } };
    },
  },
};
