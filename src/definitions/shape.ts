/** The shape of a definition file as JSON Schema 2020-12: nothing that is not listed is allowed. What it means, `engine/check.ts` judges. */
const label = {
  type: 'object',
  required: ['vi', 'en'],
  additionalProperties: false,
  properties: { vi: { type: 'string', minLength: 1, maxLength: 200 }, en: { type: 'string', minLength: 1, maxLength: 200 } },
};
const name = { type: 'string', pattern: '^[a-z][A-Za-z0-9]{0,39}$' };
const names = { type: 'array', items: { type: 'string', minLength: 1, maxLength: 40 }, minItems: 1, maxItems: 20 };
const target = { type: 'string', pattern: '^(/[a-z][A-Za-z0-9]*)+$|^[a-z][A-Za-z0-9]*$' };
const rule = {
  anyOf: [
    { type: 'string', minLength: 1 },
    { type: 'object', minProperties: 1, maxProperties: 1 },
  ],
};
const rules = { type: 'array', items: rule, maxItems: 30 };
const jsonSchema = { type: 'object' };
const roleUnit = {
  anyOf: [
    { const: 'authority' },
    { type: 'object', required: ['field'], additionalProperties: false, properties: { field: name } },
  ],
};
/** A role of one kind: an object with exactly these members. */
const roleOf = (properties: Readonly<Record<string, unknown>>) => ({
  type: 'object',
  required: Object.keys(properties),
  additionalProperties: false,
  properties,
});
const days = { type: 'integer', minimum: 0, maximum: 3_660 };

export const definitionShape = {
  $id: 'trinhky-definition',
  type: 'object',
  required: ['id', 'version', 'label', 'context', 'roles', 'initial', 'states'],
  additionalProperties: false,
  properties: {
    id: name,
    version: { type: 'integer', minimum: 1, maximum: 9_999 },
    label,
    context: jsonSchema,
    roles: { type: 'object', additionalProperties: { $ref: '#/$defs/role' }, propertyNames: name, maxProperties: 40 },
    openBy: names,
    initial: name,
    states: { $ref: '#/$defs/states' },
    on: { $ref: '#/$defs/on' },
  },
  $defs: {
    role: {
      type: 'object',
      oneOf: [
        roleOf({ field: name }),
        roleOf({ post: name, of: roleUnit }),
        roleOf({ signsFor: name, of: roleUnit }),
        roleOf({ superiorOf: { $ref: '#/$defs/role' } }),
        roleOf({ ballot: name }),
      ],
    },
    states: { type: 'object', minProperties: 1, maxProperties: 60, additionalProperties: { $ref: '#/$defs/state' } },
    state: {
      type: 'object',
      additionalProperties: false,
      properties: {
        label,
        initial: name,
        states: { $ref: '#/$defs/states' },
        parallel: { type: 'object', minProperties: 2, maxProperties: 10, additionalProperties: { $ref: '#/$defs/state' } },
        history: { enum: ['shallow', 'deep'] },
        target,
        final: { const: true },
        done: target,
        due: { $ref: '#/$defs/due' },
        entry: rules,
        exit: rules,
        on: { $ref: '#/$defs/on' },
      },
      dependentRequired: { states: ['initial'], initial: ['states'], history: ['target'], target: ['history'] },
      dependentSchemas: {
        history: { type: 'object', properties: { history: {}, target: {}, label: {} }, additionalProperties: false },
        parallel: { type: 'object', properties: { states: false, final: false } },
        final: { type: 'object', properties: { states: false } },
        done: { type: 'object', anyOf: [{ required: ['states'] }, { required: ['parallel'] }] },
      },
    },
    on: {
      type: 'object',
      maxProperties: 40,
      propertyNames: { pattern: '^[A-Z][A-Z0-9_]{0,39}$' },
      additionalProperties: {
        anyOf: [
          { type: 'array', minItems: 1, maxItems: 10, items: { $ref: '#/$defs/transition' } },
          { $ref: '#/$defs/transition' },
        ],
      },
    },
    due: {
      type: 'object',
      additionalProperties: false,
      properties: {
        workingDays: days,
        calendarDays: days,
        field: name,
        endOfPeriod: name,
        plusWorkingDays: days,
        remind: names,
        remindBefore: { type: 'array', items: days, minItems: 1, maxItems: 5 },
        send: { type: 'string', pattern: '^[A-Z][A-Z0-9_]*$' },
        onResume: { enum: ['restart', 'keep'] },
      },
      dependentRequired: { plusWorkingDays: ['endOfPeriod'], remindBefore: ['remind'] },
    },
    transition: {
      type: 'object',
      required: ['by'],
      additionalProperties: false,
      properties: {
        target,
        by: names,
        requires: rules,
        input: jsonSchema,
        updates: rules,
        effects: rules,
        label,
        aside: { const: true },
      },
    },
  },
} as const;
