import { ruleOf } from '../../engine/definition.js';
import type { Instance } from '../../engine/instance.js';
import { isObject, type Json, type JsonObject } from '../../engine/json.js';
import type { Transition } from '../../engine/tree.js';
import { type Directory, holdsOn, indexOf, postKey } from '../../office/organisation/directory.js';
import { isInForce } from '../../office/organisation/roles.js';
import { addDays, dayOf } from '../../office/time/clock.js';

/** What an input is made up from. */
export interface PretendedFrom {
  readonly directory: Directory;
  readonly instance: Instance;
  /** `yyyy-mm-dd` */
  readonly today: string;
  /** Values that matter to whom the command is sought for: field of the context to value. */
  readonly hints: Readonly<Record<string, string>>;
}

/** Free text that a person will write. */
const FREE_TEXT = '…';
/** Stands for the hash of a file or text that a person will bring. */
export const NO_HASH = '0'.repeat(64);

/**
 * An input with which a command could be given: every field that its schema demands, and those in which a hint stands. Free text is `…`;
 * where the schema asks for what nothing is known of, the value will not fit, and the command counts as not possible.
 */
export function pretendedInput(transition: Transition, from: PretendedFrom): JsonObject {
  const schema = transition.definition.input;
  if (schema === undefined || !isObject(schema.properties)) return {};
  const required = new Set(Array.isArray(schema.required) ? (schema.required as readonly string[]) : []);
  const named = namedBy(transition, from);
  const hints = hintsByInput(transition, from.hints);
  const fields = Object.entries(schema.properties).flatMap(([name, field]): [string, Json][] => {
    const hint = Object.hasOwn(hints, name) ? hints[name] : named[name];
    if (hint === undefined && !required.has(name)) return [];
    return isObject(field) ? [[name, sampleOf(field, hint, from)]] : [];
  });
  return Object.fromEntries(fields);
}

/** The hints by the names of the input: most updates take a field under its own name, some under another. */
function hintsByInput(transition: Transition, hints: PretendedFrom['hints']): Readonly<Record<string, string>> {
  const renamed = (transition.definition.updates ?? []).map(ruleOf).flatMap(({ arg }): [string, string][] => {
    if (!isObject(arg) || typeof arg.from !== 'string' || typeof arg.to !== 'string') return [];
    const hint = Object.hasOwn(hints, arg.to) ? hints[arg.to] : undefined;
    return hint === undefined ? [] : [[arg.from, hint]];
  });
  return { ...hints, ...Object.fromEntries(renamed) };
}

/** What the requirements of a transition say of the fields of its input. */
function namedBy(transition: Transition, from: PretendedFrom): Readonly<Record<string, Json>> {
  const named: Record<string, Json> = {};
  const optional = new Set<string>();
  const apart = apartFrom(transition, from.instance);
  for (const { name, arg } of (transition.definition.requires ?? []).map(ruleOf)) {
    if (name === 'unitsKnown@1') for (const one of listOf(arg)) optional.add(one);
    if (name === 'notDuplicate@1') named.confirmDuplicate = true;
    if (name === 'replyNamed@1') named[listOf(arg).at(-1) ?? ''] = FREE_TEXT;
    if (name === 'consultedFit@1') named[(arg as { units: string }).units] = firstUnit(from);
    if (name === 'peopleKnown@1') for (const one of listOf(arg)) named[one] ??= leaderOf(from);
    if (name === 'extendsDue@1') named[(arg as { input: string }).input] = dayAfterDue((arg as { due: string }).due, from);
    if (name === 'attachmentKnown@1') named.name = 'tep.pdf';
    if (name === 'ownPlanSound@1') Object.assign(named, { name: 'tep.pdf', hash: NO_HASH });
    if (name === 'holdsPostIn@1') Object.assign(named, someoneOf(arg as { person: string; unit: string }, apart, from));
  }
  const required = new Set((transition.definition.input?.required ?? []) as readonly string[]);
  const unit = firstUnit(from);
  for (const name of optional) if (required.has(name)) named[name] = from.hints[name] ?? unit;
  return named;
}

function listOf(arg: unknown): readonly string[] {
  return Array.isArray(arg) ? (arg as readonly string[]) : [arg as string];
}

/** Persons whom an input must not name. */
function apartFrom(transition: Transition, { context }: Instance): ReadonlySet<Json> {
  const fields = (transition.definition.requires ?? [])
    .map(ruleOf)
    .flatMap(({ name, arg }) => (name === 'inputApart@1' && isObject(arg) ? (arg.fields as readonly string[]) : []));
  return new Set(fields.flatMap((field) => context[field] ?? []));
}

function someoneOf(
  { person, unit }: { person: string; unit: string },
  apart: ReadonlySet<Json>,
  { directory, instance, today }: PretendedFrom,
) {
  const index = indexOf(directory);
  const of = instance.context[unit];
  const held = (typeof of === 'string' ? index.appointmentsIn.get(of) : undefined)?.find(
    (one) => isInForce(directory, one, today) && !apart.has(one.person) && index.person.get(one.person)?.disabled === false,
  );
  return held === undefined ? {} : { [person]: held.person };
}

/** The first person with a post of the authority itself. */
function leaderOf({ directory, today }: PretendedFrom): string {
  const { rootUnit } = directory.authority;
  return (
    indexOf(directory)
      .appointmentsIn.get(rootUnit)
      ?.find((one) => isInForce(directory, one, today))?.person ?? ''
  );
}

/** A day later than today and than every day on which the instance is due. */
function dayAfterDue(field: string, { instance, today }: PretendedFrom): string {
  const recorded = instance.context[field];
  const due = Object.values(instance.visits).flatMap((visit) => (visit.due === null ? [] : [dayOf(visit.due)]));
  const days = [today, ...due, ...(typeof recorded === 'string' ? [recorded] : [])].sort();
  return addDays(days.at(-1) ?? today, 1);
}

/** The first unit below the authority whose head is there. */
function firstUnit({ directory, today }: PretendedFrom): string {
  const { appointmentsAt } = indexOf(directory);
  const led = directory.units.find(
    ({ id, validFrom, validTo }) =>
      id !== directory.authority.rootUnit &&
      holdsOn({ from: validFrom, to: validTo }, today) &&
      (appointmentsAt.get(postKey(id, 'head')) ?? []).some((one) => isInForce(directory, one, today)),
  );
  return led?.id ?? directory.authority.rootUnit;
}

function sampleOf(schema: JsonObject, hint: Json | undefined, from: PretendedFrom): Json {
  const { type, items } = schema;
  if (type === 'array') {
    const least = typeof schema.minItems === 'number' ? schema.minItems : 0;
    if (!isObject(items) || (hint === undefined && least === 0)) return [];
    return Array.from({ length: Math.max(1, least) }, () => sampleOf(items, hint, from));
  }
  if (type === 'object') {
    const properties = isObject(schema.properties) ? schema.properties : {};
    const required = Array.isArray(schema.required) ? (schema.required as readonly string[]) : [];
    return Object.fromEntries(required.map((name) => [name, sampleOf((properties[name] ?? {}) as JsonObject, undefined, from)]));
  }
  return hint ?? scalarOf(schema, from);
}

function scalarOf(schema: JsonObject, { instance, today }: PretendedFrom): Json {
  if (schema.const !== undefined) return schema.const;
  if (Array.isArray(schema.enum)) return (schema.enum[0] ?? null) as Json;
  if (schema.type === 'integer' || schema.type === 'number') return typeof schema.minimum === 'number' ? schema.minimum : 1;
  if (schema.type === 'boolean') return true;
  if (schema.format === 'date') return today;
  const pattern = typeof schema.pattern === 'string' ? schema.pattern : '';
  if (pattern.includes('{64}')) return instance.content ?? NO_HASH;
  if (pattern.includes('-Q')) return `${today.slice(0, 4)}-Q${Math.ceil(Number(today.slice(5, 7)) / 3)}`;
  return FREE_TEXT.repeat(typeof schema.minLength === 'number' ? Math.max(1, schema.minLength) : 1);
}
