import { contextFields, SYSTEM_ROLE } from '../../engine/definition.js';
import type { JsonObject } from '../../engine/json.js';
import type { ArgumentPlace } from '../../engine/rules.js';

/** JSON Schemas of the arguments that many rules share. */
export const fieldName: JsonObject = { type: 'string', pattern: '^[a-z][A-Za-z0-9]*$' };
export const fieldNames: JsonObject = { type: 'array', items: fieldName, minItems: 1, maxItems: 20 };
export const oneOrMoreFields: JsonObject = { anyOf: [fieldName, fieldNames] };
export const kindName: JsonObject = { type: 'string', pattern: '^[a-z][A-Za-z0-9]{0,39}$' };

/** A single name or a list of names, as a list. */
export function namesOf(arg: unknown): readonly string[] {
  return Array.isArray(arg) ? (arg as string[]) : [arg as string];
}

/** One complaint for each name that is no field of the context. */
export function unknownFields(names: readonly string[], place: ArgumentPlace): readonly string[] {
  const fields = contextFields(place.definition);
  return names.filter((name) => !fields.has(name)).map((name) => `the context has no field "${name}"`);
}

/** One complaint for each name that is no role of the definition. */
export function unknownRoleNames(names: readonly string[], place: ArgumentPlace): readonly string[] {
  return names
    .filter((name) => name !== SYSTEM_ROLE && !Object.hasOwn(place.definition.roles, name))
    .map((name) => `role "${name}" is not declared`);
}

/** One complaint for each name that the input's schema does not have. */
export function unknownInputs(names: readonly string[], place: ArgumentPlace): readonly string[] {
  const properties = place.transition?.input?.properties;
  const known = new Set(typeof properties === 'object' && properties !== null ? Object.keys(properties) : []);
  return names.filter((name) => !known.has(name)).map((name) => `the input has no field "${name}"`);
}

/** The argument of rules that take an input field to a field of the context. */
export const inputToField: JsonObject = {
  type: 'object',
  required: ['from', 'to'],
  additionalProperties: false,
  properties: { from: fieldName, to: fieldName },
};

/** One complaint for each of the two names that is not there. */
export function unknownInputOrField(arg: unknown, place: ArgumentPlace): readonly string[] {
  const { from, to } = arg as { from: string; to: string };
  return [...unknownInputs([from], place), ...unknownFields([to], place)];
}
