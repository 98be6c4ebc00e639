import type { Instance } from '../../engine/instance.js';
import type { Json, JsonObject } from '../../engine/json.js';
import type { ArgumentPlace, Requirement, Update } from '../../engine/rules.js';
import { heirBy } from '../organisation/lineage.js';
import { officeOf } from '../world.js';
import { fieldName, unknownFields, unknownInputs } from './arguments.js';

/** The fields that name units by id, and those that name persons and posts by their keys. */
interface Named {
  readonly units?: readonly string[];
  readonly keys?: readonly string[];
}

const fields = { type: 'array', items: fieldName, minItems: 1, maxItems: 20 };
const named: JsonObject = {
  type: 'object',
  minProperties: 1,
  additionalProperties: false,
  properties: { units: fields, keys: fields },
};

const unknown = (arg: unknown, place: ArgumentPlace): readonly string[] => {
  const { units = [], keys = [] } = arg as Named;
  return [...unknownFields([...units, ...keys], place), ...unknownInputs(['from', 'to', 'decision'], place)];
};

const textIn = (input: JsonObject, name: string): string => (typeof input[name] === 'string' ? input[name] : '');

/** The fields in which an ended unit stands, with its successor in its place; lists without doubles. */
function succeeded({ context }: Instance, { units = [], keys = [] }: Named, from: string, to: string): Record<string, Json> {
  const unit = (value: string): string => (value === from ? to : value);
  const key = (value: string): string =>
    value.startsWith(`post:${from}/`) ? `post:${to}/${value.slice(6 + from.length)}` : value;
  const changed: Record<string, Json> = {};
  const rename = (field: string, one: (value: string) => string): void => {
    const value = context[field];
    if (typeof value === 'string' && one(value) !== value) changed[field] = one(value);
    if (!Array.isArray(value)) return;
    const list = value.map((item: Json) => (typeof item === 'string' ? one(item) : item));
    if (list.some((item, index) => item !== value[index])) changed[field] = [...new Set(list)];
  };
  for (const field of units) rename(field, unit);
  for (const field of keys) rename(field, key);
  return changed;
}

export const organisationRequirements: Readonly<Record<string, Requirement>> = {
  'succeeded@1': {
    meaning: 'The unit `from` stands in one of the fields, and a recorded succession until today gives its matters to `to`.',
    arg: named,
    checkArg: unknown,
    check: (arg, { instance, command, facts }) => {
      const { directory, today } = officeOf(facts);
      const [from, to] = [textIn(command.input, 'from'), textIn(command.input, 'to')];
      const declared = directory.successions.some(
        (one) => one.on <= today && one.from.includes(from) && heirBy(directory, one, from, instance.definition.id) === to,
      );
      const stands = Object.keys(succeeded(instance, arg as Named, from, to)).length > 0;
      return declared && stands ? null : { code: 'notSucceeded', params: { from, to } };
    },
  },
};

export const organisationUpdates: Readonly<Record<string, Update>> = {
  'succeedUnit@1': {
    meaning: 'Puts the unit `to` of the input in the place of `from`: in fields that name units, and in keys of posts.',
    arg: named,
    checkArg: unknown,
    apply: (arg, { instance, command }) => ({
      context: succeeded(instance, arg as Named, textIn(command.input, 'from'), textIn(command.input, 'to')),
    }),
  },
};
