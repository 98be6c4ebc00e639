import { panelMembersMax } from '../engine/panel.js';

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
/** An object with exactly these members. */
const exactly = (properties: Readonly<Record<string, unknown>>) => ({
  type: 'object',
  required: Object.keys(properties),
  additionalProperties: false,
  properties,
});
const commandName = { type: 'string', pattern: '^[A-Z][A-Z0-9_]{0,39}$' };
const days = { type: 'integer', minimum: 0, maximum: 3_660 };
/** Rungs of each kind on the ladder of one due date: with them a commit plans a bounded number of timers. */
const rungsMax = 5;
/** Working days behind the due date: a quarter of a year at most, since who is told later is told nothing. */
const ladderDays = { type: 'integer', minimum: 1, maximum: 66 };

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
        exactly({ field: name }),
        exactly({ post: name, of: roleUnit }),
        exactly({ post: name, of: roleUnit, serving: exactly({ field: name }) }),
        exactly({ signsFor: name, of: roleUnit }),
        exactly({ superiorOf: { $ref: '#/$defs/role' } }),
        exactly({ ballot: name }),
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
        panel: { $ref: '#/$defs/panel' },
      },
      dependentRequired: { states: ['initial'], initial: ['states'], history: ['target'], target: ['history'] },
      dependentSchemas: {
        history: { type: 'object', properties: { history: {}, target: {}, label: {} }, additionalProperties: false },
        parallel: { type: 'object', properties: { states: false, final: false } },
        final: { type: 'object', properties: { states: false } },
        panel: { type: 'object', properties: { states: false, parallel: false, final: false, history: false } },
        done: { type: 'object', anyOf: [{ required: ['states'] }, { required: ['parallel'] }] },
      },
    },
    on: {
      type: 'object',
      maxProperties: 40,
      propertyNames: commandName,
      additionalProperties: {
        anyOf: [
          { type: 'array', minItems: 1, maxItems: 10, items: { $ref: '#/$defs/transition' } },
          { $ref: '#/$defs/transition' },
        ],
      },
    },
    panel: {
      type: 'object',
      required: ['ballot', 'members', 'command', 'rule', 'membership', 'passed', 'failed'],
      additionalProperties: false,
      properties: {
        ballot: name,
        members: name,
        command: commandName,
        rule: {
          anyOf: [
            { enum: ['all', 'any'] },
            exactly({ atLeast: { type: 'integer', minimum: 1, maximum: panelMembersMax } }),
            {
              ...exactly({ share: { type: 'number', exclusiveMinimum: 0, maximum: 1 }, of: { const: 'members' } }),
              required: ['share'],
            },
          ],
        },
        veto: { const: true },
        early: { const: false },
        abstain: { const: true },
        membership: { enum: ['frozen', 'leaversDrop', 'follows'] },
        passed: target,
        failed: target,
        requires: rules,
        label,
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
        remindBefore: { type: 'array', items: days, minItems: 1, maxItems: rungsMax },
        remindAfter: { type: 'array', items: ladderDays, minItems: 1, maxItems: rungsMax },
        escalate: {
          type: 'array',
          minItems: 1,
          maxItems: rungsMax,
          items: {
            type: 'object',
            required: ['after', 'to'],
            additionalProperties: false,
            properties: { after: ladderDays, to: names },
          },
        },
        suspendedBy: name,
        send: { type: 'string', pattern: '^[A-Z][A-Z0-9_]*$' },
        onResume: { enum: ['restart', 'keep'] },
      },
      dependentRequired: { plusWorkingDays: ['endOfPeriod'], remindBefore: ['remind'], remindAfter: ['remind'] },
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
