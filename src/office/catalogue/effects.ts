import type { Instance } from '../../engine/instance.js';
import type { Json, JsonObject } from '../../engine/json.js';
import { canonical, isObject } from '../../engine/json.js';
import type { EffectKind, PlannedEffect, Scope } from '../../engine/rules.js';
import { officeOf } from '../world.js';
import { kindName, unknownRoleNames } from './arguments.js';
import { clauseDue } from './clauses.js';

export const childrenPerCommandMax = 1_000;
/** A reason in the register's column of notes: more does not fit beside the others; the history has all of it. */
const noteCharsMax = 500;

type Planning = Scope & { readonly next: Instance };

const valueSource: JsonObject = {
  anyOf: [{ type: 'string' }, { type: 'object', required: ['value'], additionalProperties: false, properties: { value: {} } }],
};

interface OpenArgument {
  readonly definition: string;
  readonly kind: string;
  /** A source, or several whose values are joined by `/`. */
  readonly key: string | readonly string[];
  readonly each?: string;
  readonly context: Readonly<Record<string, string | { readonly value: Json }>>;
  readonly content?: string;
}

/** Every effect that a definition may name: work outside, planned here and done by the handler of the same kind. */
export const effects: Readonly<Record<string, EffectKind>> = {
  'notify@1': {
    kind: 'notify',
    meaning: 'Tells the holders of a role what happened.',
    arg: { anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' }, minItems: 1, maxItems: 10 }] },
    checkArg: (arg, place) => unknownRoleNames(Array.isArray(arg) ? (arg as string[]) : [arg as string], place),
    plan: (arg, { next, facts, command }) => {
      const roles = Array.isArray(arg) ? (arg as string[]) : [arg as string];
      return [{ params: { roles, command: command.name, actor: command.actor, at: facts.now, revision: next.revision } }];
    },
  },
  'render@1': {
    kind: 'render',
    meaning: 'Prints the current content as a draft, marked as such.',
    arg: { const: 'draft' },
    plan: (_, { next }) => (next.content === null ? [] : [{ params: { content: next.content, mode: 'draft' } }]),
  },
  'open@1': {
    kind: 'open',
    meaning:
      'Opens a child instance (one for each item of a list, with `each`); context values are `input.x`, `context.x`, `context.x.0` (the first of a list), `each`, `each.x`, `id`, `content`, `actor`, `today`, `clauseDue` (the day in the input, else that of the reviewed clause) or `{"value": ...}`.',
    arg: {
      type: 'object',
      required: ['definition', 'kind', 'key', 'context'],
      additionalProperties: false,
      properties: {
        definition: kindName,
        kind: kindName,
        key: { anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' }, minItems: 1, maxItems: 4 }] },
        each: { type: 'string' },
        context: { type: 'object', additionalProperties: valueSource },
        content: { type: 'string' },
      },
    },
    checkArg: (arg) =>
      sourcesOf(arg as OpenArgument)
        .filter((source) => !SOURCE.test(source))
        .map((source) => `"${source}" is no source of a value`),
    plan: (arg, planning) => planOpen(arg as OpenArgument, planning),
  },
  'tellParent@1': {
    kind: 'tellParent',
    meaning: 'Sends a command to the parent as `system`; a parent in which it is not possible any more is left alone.',
    arg: {
      type: 'object',
      required: ['command'],
      additionalProperties: false,
      properties: { command: { type: 'string', pattern: '^[A-Z][A-Z0-9_]*$' } },
    },
    plan: (arg, { next }) =>
      next.parent === null
        ? []
        : [{ params: { parent: next.parent.id, command: (arg as { command: string }).command, childRevision: next.revision } }],
  },
  'settleNumber@1': {
    kind: 'settleNumber',
    meaning:
      "Marks the reserved number in the register as used, or all numbers of the paper that were not used as cancelled, with the input's reason.",
    arg: { enum: ['used', 'cancelled'] },
    plan: (arg, { next, facts, command }) => {
      if (arg === 'cancelled') return [{ params: { status: 'cancelled', reason: ownWords(command), at: facts.now } }];
      const { series, number, year } = next.context;
      if (typeof series !== 'string' || typeof number !== 'number' || typeof year !== 'number') return [];
      return [{ params: { series, number, year, status: arg as string, reason: command.name, at: facts.now } }];
    },
  },
};

/** The person's own words; where there are none the command, which the register puts into words. */
function ownWords({ name, input }: Scope['command']): string {
  const said = typeof input.reason === 'string' ? input.reason.replace(/\s+/g, ' ').trim() : '';
  return said === '' ? name : said.slice(0, noteCharsMax);
}

const SOURCE = /^(input\.[a-zA-Z]\w*|context\.[a-zA-Z]\w*(\.0)?|each(\.[a-zA-Z]\w*)?|id|content|actor|today|clauseDue)$/;

function sourcesOf(arg: OpenArgument): readonly string[] {
  const named = [...[arg.key].flat(), ...Object.values(arg.context), ...(arg.each === undefined ? [] : [arg.each])];
  return named.filter((source): source is string => typeof source === 'string');
}

function planOpen(arg: OpenArgument, planning: Planning): readonly PlannedEffect[] {
  const items = arg.each === undefined ? [null] : lookUp(arg.each, planning, null);
  if (!Array.isArray(items)) return [];
  const children = items.slice(0, childrenPerCommandMax).map((item: Json) => ({
    key: [arg.key]
      .flat()
      .map((source) => keyText(take(source, planning, item)))
      .join('/'),
    context: Object.fromEntries(
      Object.entries(arg.context).flatMap(([field, source]) => present(field, take(source, planning, item))),
    ),
  }));
  const content = arg.content === undefined ? null : lookUp(arg.content, planning, null);
  return [
    { params: { definition: arg.definition, kind: arg.kind, children, content: typeof content === 'string' ? content : null } },
  ];
}

/** A key is text: what is none is written as JSON, so that two values never share a key. */
function keyText(value: Json | undefined): string {
  return typeof value === 'string' ? value : canonical(value ?? null);
}

function present(field: string, value: Json | undefined): [string, Json][] {
  return value === undefined ? [] : [[field, value]];
}

function take(source: string | { readonly value: Json }, planning: Planning, item: Json): Json | undefined {
  return typeof source === 'string' ? lookUp(source, planning, item) : source.value;
}

function lookUp(source: string, planning: Planning, item: Json): Json | undefined {
  const [scope = '', field, first] = source.split('.');
  if (scope === 'id') return planning.next.id;
  if (scope === 'content') return planning.next.content;
  if (scope === 'actor') return planning.command.actor;
  if (scope === 'today') return officeOf(planning.facts).today;
  if (scope === 'clauseDue') return clauseDue(planning) ?? undefined;
  if (scope === 'each') return field === undefined ? item : isObject(item) ? item[field] : undefined;
  if (field === undefined) return undefined;
  if (scope === 'input') return planning.command.input[field];
  const value = planning.next.context[field];
  return first === undefined ? value : Array.isArray(value) ? (value as readonly Json[])[0] : undefined;
}
