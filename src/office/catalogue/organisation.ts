import type { Instance } from '../../engine/instance.js';
import { isObject, type Json, type JsonObject } from '../../engine/json.js';
import type { ArgumentPlace, Requirement, Update } from '../../engine/rules.js';
import { type Directory, indexOf, postKey } from '../organisation/directory.js';
import { heirBy } from '../organisation/lineage.js';
import { postIn } from '../organisation/superiors.js';
import { officeOf } from '../world.js';
import { fieldName, unknownFields, unknownInputs } from './arguments.js';

/** The fields that name units by id, and those that name persons and posts by their keys. */
interface Named {
  readonly units?: readonly string[];
  readonly keys?: readonly string[];
  /** In which field an issued paper keeps the units as it bears them; without it they are not kept. */
  readonly keptIn?: string;
}

const fields = { type: 'array', items: fieldName, minItems: 1, maxItems: 20 };
const named: JsonObject = {
  type: 'object',
  minProperties: 1,
  additionalProperties: false,
  properties: { units: fields, keys: fields, keptIn: fieldName },
};

const unknown = (arg: unknown, place: ArgumentPlace): readonly string[] => {
  const { units = [], keys = [], keptIn } = arg as Named;
  return [
    ...unknownFields([...units, ...keys, ...(keptIn === undefined ? [] : [keptIn])], place),
    ...unknownInputs(['from', 'to', 'decision'], place),
  ];
};

const textIn = (input: JsonObject, name: string): string => (typeof input[name] === 'string' ? input[name] : '');

interface Heirs {
  readonly from: string;
  readonly to: string;
  readonly directory: Directory;
}

/** The fields in which an ended unit stands, with its successor in its place; lists without doubles. */
function succeeded(
  { context }: Instance,
  { units = [], keys = [] }: Named,
  { from, to, directory }: Heirs,
): Record<string, Json> {
  const unit = (value: string): string => (value === from ? to : value);
  // The unit above may have no head but its chair: a key that nobody can hold would leave the duty with nobody.
  const key = (value: string): string =>
    value.startsWith(`post:${from}/`) ? postKey(to, postIn(directory, to, value.slice(6 + from.length))) : value;
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

/** What an issued paper keeps: each unit field as it stood at the first succession after the issue. */
function keptOf({ context }: Instance, { units = [], keptIn }: Named, changed: Readonly<Record<string, Json>>): JsonObject {
  if (keptIn === undefined || typeof context.issuedOn !== 'string') return {};
  const before = context[keptIn];
  const known: JsonObject = isObject(before) ? before : {};
  const fresh = units.filter((field) => changed[field] !== undefined && known[field] === undefined);
  if (fresh.length === 0) return {};
  return { [keptIn]: { ...known, ...Object.fromEntries(fresh.map((field) => [field, context[field] ?? null])) } };
}

export const organisationRequirements: Readonly<Record<string, Requirement>> = {
  'succeeded@1': {
    meaning: 'The unit `from` stands in one of the fields, and a recorded succession until today gives its matters to `to`.',
    arg: named,
    checkArg: unknown,
    check: (arg, { instance, command, facts }) => {
      const { directory, today } = officeOf(facts);
      const [from, to] = [textIn(command.input, 'from'), textIn(command.input, 'to')];
      const declared = (indexOf(directory).successionsFrom.get(from) ?? []).some(
        (one) => one.on <= today && heirBy(directory, one, from, instance.definition.id) === to,
      );
      const stands = Object.keys(succeeded(instance, arg as Named, { from, to, directory })).length > 0;
      return declared && stands ? null : { code: 'notSucceeded', params: { from, to } };
    },
  },
};

export const organisationUpdates: Readonly<Record<string, Update>> = {
  'succeedUnit@1': {
    meaning:
      'Puts the unit `to` of the input in the place of `from`: in fields that name units, and in keys of posts. With `keptIn`, an issued paper keeps there what it bears.',
    arg: named,
    checkArg: unknown,
    apply: (arg, { instance, command, facts }) => {
      const [from, to] = [textIn(command.input, 'from'), textIn(command.input, 'to')];
      const changed = succeeded(instance, arg as Named, { from, to, directory: officeOf(facts).directory });
      return { context: { ...changed, ...keptOf(instance, arg as Named, changed) } };
    },
  },
};
