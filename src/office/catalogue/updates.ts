import type { Json } from '../../engine/json.js';
import type { Update } from '../../engine/rules.js';
import type { Preparation } from '../papers/preparation.js';
import { officeOf } from '../world.js';
import {
  fieldName,
  fieldNames,
  inputToField,
  namesOf,
  oneOrMoreFields,
  unknownFields,
  unknownInputOrField,
  unknownInputs,
} from './arguments.js';

export const listItemsMax = 200;

const PREPARED = [
  'series',
  'number',
  'symbol',
  'year',
  'issuedOn',
  'prepared',
  'preparedContent',
  'signature',
  'preparedBy',
  'code',
] as const;

const single = (arg: unknown): string => arg as string;

/** Every update that a definition may name: a pure change of the context. */
export const updates: Readonly<Record<string, Update>> = {
  'count@1': {
    meaning: 'Adds one to a number in the context.',
    arg: fieldName,
    checkArg: (arg, place) => unknownFields([single(arg)], place),
    writes: (arg) => [single(arg)],
    apply: (arg, { instance }) => ({ context: { [single(arg)]: (Number(instance.context[single(arg)] ?? 0) || 0) + 1 } }),
  },
  'set@1': {
    meaning: 'Sets fields of the context to fixed values.',
    arg: { type: 'object', minProperties: 1, maxProperties: 20 },
    checkArg: (arg, place) => unknownFields(Object.keys(arg as object), place),
    writes: (arg) => Object.keys(arg as object),
    apply: (arg) => ({ context: arg as Record<string, Json> }),
  },
  'clear@1': {
    meaning: 'Empties fields of the context.',
    arg: oneOrMoreFields,
    checkArg: (arg, place) => unknownFields(namesOf(arg), place),
    apply: (arg) => ({ context: Object.fromEntries(namesOf(arg).map((field) => [field, undefined])) }),
  },
  'takeInput@1': {
    meaning: 'Copies fields of the input into the context; those not given stay as they are.',
    arg: fieldNames,
    checkArg: (arg, place) => [...unknownFields(namesOf(arg), place), ...unknownInputs(namesOf(arg), place)],
    apply: (arg, { command }) => ({
      context: Object.fromEntries(
        namesOf(arg).flatMap((field) => (command.input[field] === undefined ? [] : [[field, command.input[field]]])),
      ),
    }),
  },
  'takeContent@1': {
    meaning: "Makes the hash in the input's field `content` the current content.",
    checkArg: (_, place) => unknownInputs(['content'], place),
    apply: (_, { command, instance }) => ({
      content: typeof command.input.content === 'string' ? command.input.content : instance.content,
    }),
  },
  'keepContent@1': {
    meaning: 'Writes the hash of the current content into a field of the context.',
    arg: fieldName,
    checkArg: (arg, place) => unknownFields([single(arg)], place),
    writes: (arg) => [single(arg)],
    apply: (arg, { instance }) => (instance.content === null ? {} : { context: { [single(arg)]: instance.content } }),
  },
  'restoreContent@1': {
    meaning: 'Makes the hash in a field of the context the current content again.',
    arg: fieldName,
    checkArg: (arg, place) => unknownFields([single(arg)], place),
    apply: (arg, { instance }) => {
      const kept = instance.context[single(arg)];
      return typeof kept === 'string' ? { content: kept } : {};
    },
  },
  'setActor@1': {
    meaning: 'Writes the actor into a field of the context.',
    arg: fieldName,
    checkArg: (arg, place) => unknownFields([single(arg)], place),
    writes: (arg) => [single(arg)],
    apply: (arg, { command }) => ({ context: { [single(arg)]: command.actor } }),
  },
  'addActor@1': {
    meaning: 'Adds the actor, and the person acted for, to a list in the context.',
    arg: fieldName,
    checkArg: (arg, place) => unknownFields([single(arg)], place),
    writes: (arg) => [single(arg)],
    apply: (arg, { command, claim, instance }) => {
      const list = (instance.context[single(arg)] ?? []) as readonly string[];
      const people = [command.actor, ...(claim.onBehalfOf === null ? [] : [claim.onBehalfOf])];
      return { context: { [single(arg)]: [...new Set([...list, ...people])].slice(-listItemsMax) } };
    },
  },
  'addInput@1': {
    meaning: 'Adds the value of an input field to a list in the context, once; `roomIn@1` sees to its bound.',
    arg: inputToField,
    checkArg: unknownInputOrField,
    writes: (arg) => [(arg as { to: string }).to],
    apply: (arg, { command, instance }) => {
      const { from, to } = arg as { from: string; to: string };
      const list = (instance.context[to] ?? []) as readonly Json[];
      const value = command.input[from];
      return value === undefined || list.includes(value) ? {} : { context: { [to]: [...list, value] } };
    },
  },
  'setToday@1': {
    meaning: 'Writes the day of the command (Asia/Ho_Chi_Minh) into a field of the context.',
    arg: fieldName,
    checkArg: (arg, place) => unknownFields([single(arg)], place),
    writes: (arg) => [single(arg)],
    apply: (arg, { facts }) => ({ context: { [single(arg)]: officeOf(facts).today } }),
  },
  'setOutcomeDay@1': {
    meaning:
      'Writes the day of the command into a field, and tells whoever opened or drafted the instance: the work on it has come to its end.',
    arg: fieldName,
    checkArg: (arg, place) => unknownFields([single(arg)], place),
    writes: (arg) => [single(arg)],
    outcome: true,
    apply: (arg, { facts }) => ({ context: { [single(arg)]: officeOf(facts).today } }),
  },
  'takePreparation@1': {
    meaning: 'Records what PREPARE brought: number, symbol, title, day, hash of the print, and the signature block it bears.',
    checkArg: (_, place) => unknownFields([...PREPARED, 'title'], place),
    writes: () => PREPARED,
    apply: (_, { facts, command }) => ({
      context: { ...(facts.given.preparation as Preparation), preparedBy: command.actor } as unknown as Record<string, Json>,
    }),
  },
};
