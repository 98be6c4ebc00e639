import type { Blocker, ChildStanding } from '../../engine/command.js';
import type { Instance } from '../../engine/instance.js';
import { canonical, type Json } from '../../engine/json.js';
import type { Requirement, Scope } from '../../engine/rules.js';
import { blockOf } from '../organisation/capacity.js';
import { capacityGap } from '../organisation/capacityGap.js';
import { holdsOn, indexOf } from '../organisation/directory.js';
import { isInForce } from '../organisation/roles.js';
import { officeOf } from '../world.js';
import { fieldName, kindName, namesOf, oneOrMoreFields, unknownFields, unknownInputs } from './arguments.js';
import { seenHash } from './attachments.js';

const block = (code: string, params: Blocker['params'] = {}): Blocker => ({ code, params });

/** The people named in fields of the context: a field may hold one id or a list. */
function peopleIn(fields: readonly string[], instance: Instance): readonly string[] {
  return fields.flatMap((field) => {
    const value = instance.context[field];
    if (typeof value === 'string') return [value];
    return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
  });
}

function childrenOfKind(scope: Scope, kind: string): readonly ChildStanding[] {
  return ((scope.facts.given.children ?? []) as readonly ChildStanding[]).filter((child) => child.kind === kind);
}

function saw(scope: Scope, wanted: Json | undefined): Blocker | null {
  if (typeof wanted !== 'string') return block('contentMissing');
  if (scope.command.saw === undefined) return block('contentNotNamed', { wanted });
  return scope.command.saw === wanted ? null : block('contentMoved', { saw: scope.command.saw, wanted });
}

const contentRequirements: Readonly<Record<string, Requirement>> = {
  'contentPresent@1': {
    meaning: 'The instance has content (a paper to read).',
    check: (_, { instance }) => (instance.content === null ? block('contentMissing') : null),
  },
  'sawContent@1': {
    meaning:
      'The command names the hash of the current content, with its attachments where it has some: who decides has read this and nothing else.',
    check: (_, scope) => saw(scope, seenHash(scope.instance) ?? undefined),
  },
  'sawPrepared@1': {
    meaning: 'The command names the hash of the prepared print.',
    check: (_, scope) => saw(scope, scope.instance.context.prepared),
  },
  'prepared@1': {
    meaning: 'A number is reserved and the exact bytes are printed for this command, before it is judged again.',
    needs: ['preparation'],
    check: (_, { facts }) => (facts.given.preparation === undefined ? block('preparationNeeded') : null),
  },
  'preparedToday@1': {
    meaning: "The prepared print bears today's date and shows the current content; else the paper is prepared again.",
    check: (_, { instance, facts }) => {
      const { issuedOn, preparedContent } = instance.context;
      if (preparedContent !== instance.content) return block('preparedForOtherContent');
      const { today } = officeOf(facts);
      return issuedOn === today ? null : block('preparedOnEarlierDay', { issuedOn: issuedOn ?? null, today });
    },
  },
  'preparedBySigner@1': {
    meaning: 'The person who signs is the one who had the print prepared, and whose name and capacity it bears.',
    check: (_, { instance, command, claim }) => {
      const own = instance.context.preparedBy === command.actor;
      return own && canonical(instance.context.signature) === canonical(blockOf(claim.capacity))
        ? null
        : block('preparedByOther', { preparedBy: instance.context.preparedBy ?? null });
    },
  },
};

const peopleRequirements: Readonly<Record<string, Requirement>> = {
  'distinctFrom@1': {
    meaning: 'Neither the actor nor the person he acts for is named in these fields (separation of duties).',
    arg: oneOrMoreFields,
    checkArg: (arg, place) => unknownFields(namesOf(arg), place),
    check: (arg, { instance, command, claim }) => {
      const barred = peopleIn(namesOf(arg), instance);
      const person = [command.actor, claim.onBehalfOf].find((id) => id !== null && barred.includes(id));
      return person ? block('mustDiffer', { person, fields: namesOf(arg) }) : null;
    },
    bars: (arg, instance) => peopleIn(namesOf(arg), instance),
  },
  'actorOf@1': {
    meaning: 'The actor holds a post in the unit named in this field of the input.',
    arg: fieldName,
    checkArg: (arg, place) => unknownInputs([arg as string], place),
    check: (arg, { command, facts }) => {
      const unit = command.input[arg as string];
      const { directory, today } = officeOf(facts);
      const held = indexOf(directory).appointmentsOf.get(command.actor) ?? [];
      const belongs = held.some((appointment) => appointment.unit === unit && isInForce(directory, appointment, today));
      return belongs ? null : block('notOfUnit', { person: command.actor, unit: unit ?? null });
    },
  },
  'belongsTo@1': {
    meaning: 'The person of one field holds a post in the unit of another.',
    arg: {
      type: 'object',
      required: ['person', 'unit'],
      additionalProperties: false,
      properties: { person: fieldName, unit: fieldName },
    },
    checkArg: (arg, place) => unknownFields(Object.values(arg as Record<string, string>), place),
    check: (arg, { instance, facts }) => {
      const { person, unit } = arg as { person: string; unit: string };
      const { directory, today } = officeOf(facts);
      const named = instance.context[person];
      const held = typeof named === 'string' ? (indexOf(directory).appointmentsOf.get(named) ?? []) : [];
      const belongs = held.some(
        (appointment) => appointment.unit === instance.context[unit] && isInForce(directory, appointment, today),
      );
      return belongs
        ? null
        : block('notOfUnit', { person: instance.context[person] ?? null, unit: instance.context[unit] ?? null });
    },
  },
  'capacity@1': {
    meaning: 'The actor has a recorded signing capacity (TM., KT. ...); a plain delegation gives none.',
    check: (_, { claim, instance, command, facts }) =>
      claim.capacity === null ? capacityGap(officeOf(facts), claim, instance, command.actor) : null,
  },
  'unitsKnown@1': {
    meaning: 'Every unit named in these fields of the input exists today.',
    arg: oneOrMoreFields,
    checkArg: (arg, place) => unknownInputs(namesOf(arg), place),
    check: (arg, { command, facts }) => {
      const { directory, today } = officeOf(facts);
      const named = namesOf(arg).flatMap((field) => unitsIn(command.input[field]));
      const missing = named.filter((id) => {
        const unit = indexOf(directory).unit.get(id);
        return unit === undefined || !holdsOn({ from: unit.validFrom, to: unit.validTo }, today);
      });
      return missing.length > 0 ? block('notAddressed', { units: missing }) : null;
    },
  },
};

/** Unit ids in an input: one id, a list of ids, or a list of objects with `unit`. */
function unitsIn(value: Json | undefined): readonly string[] {
  if (typeof value === 'string') return [value];
  if (!Array.isArray(value)) return [];
  return value.flatMap((item: Json) =>
    typeof item === 'string'
      ? [item]
      : typeof item === 'object' && item !== null && 'unit' in item
        ? [typeof item.unit === 'string' ? item.unit : canonical(item.unit)]
        : [],
  );
}

const fieldRequirements: Readonly<Record<string, Requirement>> = {
  'fieldPresent@1': {
    meaning: 'These fields of the context are filled.',
    arg: oneOrMoreFields,
    checkArg: (arg, place) => unknownFields(namesOf(arg), place),
    check: (arg, { instance }) => {
      const missing = namesOf(arg).filter((field) => instance.context[field] === undefined);
      return missing.length > 0 ? block('fieldMissing', { fields: missing }) : null;
    },
  },
  'fieldAbsent@1': {
    meaning: 'These fields of the context are empty.',
    arg: oneOrMoreFields,
    checkArg: (arg, place) => unknownFields(namesOf(arg), place),
    check: (arg, { instance }) => {
      const present = namesOf(arg).filter((field) => instance.context[field] !== undefined);
      return present.length > 0 ? block('fieldPresent', { fields: present }) : null;
    },
  },
  'fieldIs@1': {
    meaning: 'A field of the context has one of these values.',
    arg: {
      type: 'object',
      required: ['field', 'in'],
      additionalProperties: false,
      properties: { field: fieldName, in: { type: 'array', minItems: 1, maxItems: 50 } },
    },
    checkArg: (arg, place) => unknownFields([(arg as { field: string }).field], place),
    check: (arg, { instance }) => {
      const { field, in: values } = arg as { field: string; in: readonly Json[] };
      const found = instance.context[field] ?? null;
      return values.some((value) => canonical(value) === canonical(found))
        ? null
        : block('fieldMissing', { fields: [field], wanted: values, found });
    },
  },
  'notBefore@1': {
    meaning: 'The day in this field of the context has come.',
    arg: fieldName,
    checkArg: (arg, place) => unknownFields([arg as string], place),
    check: (arg, { instance, facts }) => {
      const day = instance.context[arg as string];
      const { today } = officeOf(facts);
      return typeof day === 'string' && today >= day ? null : block('tooEarly', { day: day ?? null, today });
    },
  },
};

const childRequirements: Readonly<Record<string, Requirement>> = {
  'childrenEnded@1': {
    meaning: 'Every child of this kind has ended.',
    arg: kindName,
    needs: ['children'],
    check: (arg, scope) => {
      const open = childrenOfKind(scope, arg as string).filter((child) => child.open);
      return open.length > 0
        ? block('childrenOpen', { kind: arg as string, count: open.length, examples: open.slice(0, 5).map((child) => child.id) })
        : null;
    },
  },
  'hasChildren@1': {
    meaning: 'There is at least one child of this kind.',
    arg: kindName,
    needs: ['children'],
    check: (arg, scope) =>
      childrenOfKind(scope, arg as string).length === 0 ? block('noChildren', { kind: arg as string }) : null,
  },
  'childNew@1': {
    meaning:
      'No child of this kind bears the key in this field of the input, alone or before a `/`; children in a state to be ignored (discarded ...) do not count.',
    arg: {
      type: 'object',
      required: ['kind', 'key'],
      additionalProperties: false,
      properties: { kind: kindName, key: fieldName, ignoring: { type: 'array', items: kindName, minItems: 1, maxItems: 10 } },
    },
    needs: ['children'],
    checkArg: (arg, place) => unknownInputs([(arg as { key: string }).key], place),
    check: (arg, scope) => {
      const { kind, key, ignoring = [] } = arg as { kind: string; key: string; ignoring?: readonly string[] };
      const wanted = scope.command.input[key];
      if (typeof wanted !== 'string') return null;
      const taken = childrenOfKind(scope, kind).find(
        (child) => (child.key === wanted || child.key.startsWith(`${wanted}/`)) && !ignoring.includes(child.state),
      );
      return taken ? block('alreadyOpened', { kind, key: taken.key, id: taken.id }) : null;
    },
  },
};

/** Every requirement that a definition may name. */
export const requirements: Readonly<Record<string, Requirement>> = {
  ...contentRequirements,
  ...peopleRequirements,
  ...fieldRequirements,
  ...childRequirements,
};
