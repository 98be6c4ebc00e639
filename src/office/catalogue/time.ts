import type { Blocker } from '../../engine/command.js';
import type { Instance } from '../../engine/instance.js';
import type { Json, JsonObject } from '../../engine/json.js';
import { isObject } from '../../engine/json.js';
import type { EffectKind, Requirement, Scope, Update } from '../../engine/rules.js';
import { holdersOn } from '../organisation/roles.js';
import { addWorkingDays } from '../time/calendar.js';
import { dayOf } from '../time/clock.js';
import { officeOf } from '../world.js';
import { fieldName, unknownFields, unknownInputs } from './arguments.js';

/** Persons who may urge one instance on one working day. */
export const urgesPerDayMax = 50;
/** Lines of the list of extensions; the history has all of them. */
export const extensionsMax = 50;
const noteCharsMax = 500;

const block = (code: string, params: Blocker['params'] = {}): Blocker => ({ code, params });
const single = (arg: unknown): string => arg as string;
const oneField = {
  arg: fieldName,
  checkArg: (arg: unknown, place: Parameters<typeof unknownFields>[1]) => unknownFields([single(arg)], place),
};

interface Extending {
  readonly input: string;
  readonly due: string;
}

const extendingArgument: JsonObject = {
  type: 'object',
  required: ['input', 'due'],
  additionalProperties: false,
  properties: { input: fieldName, due: fieldName },
};

/** The day on which an instance is due now, whatever moved it: the latest of the field and of the stays. */
function dueDay(instance: Instance, field: string): string | null {
  const written = instance.context[field];
  const days = Object.values(instance.visits).flatMap(({ due }) => (due === null ? [] : [dayOf(due)]));
  return [...days, ...(typeof written === 'string' ? [written] : [])].sort().at(-1) ?? null;
}

/** Whether somebody else than the actor is behind a principal key today: a post that he holds alone, or nobody, cannot be urged. */
function holdsBeside(key: string, actor: string, facts: Scope['facts']): boolean {
  const { directory, today } = officeOf(facts);
  return holdersOn(directory, key, today).some((person) => person !== actor);
}

/** The working day to which an urging belongs: the day itself, or the next one on which work is done. */
function urgingDay({ facts }: Pick<Scope, 'facts'>): string {
  const { directory, today } = officeOf(facts);
  return addWorkingDays(directory.calendar, today, 0);
}

function urgesOf(value: Json | undefined, day: string): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject).filter((urge) => urge.on === day) : [];
}

/** Rules of extension, urging and recounting; those of suspension stand in suspending.ts. */
export const timeRequirements: Readonly<Record<string, Requirement>> = {
  'extendsDue@1': {
    meaning: 'The day in a field of the input is later than today and than the day on which it is due now.',
    arg: extendingArgument,
    checkArg: (arg, place) => {
      const { input, due } = arg as Extending;
      return [...unknownInputs([input], place), ...unknownFields([due], place)];
    },
    check: (arg, { instance, command, facts }) => {
      const { input, due } = arg as Extending;
      const day = command.input[input];
      if (typeof day !== 'string') return null;
      const { today } = officeOf(facts);
      const now = dueDay(instance, due);
      return day > today && (now === null || day > now) ? null : block('extensionTooEarly', { day, today, dueOn: now });
    },
  },
  'calendarInForce@1': {
    meaning: 'The version of the calendar in a field of the input is the one in force.',
    arg: fieldName,
    checkArg: (arg, place) => unknownInputs([single(arg)], place),
    check: (arg, { command, facts }) => {
      const { version } = officeOf(facts).directory.calendar;
      const asked = command.input[single(arg)];
      return asked === undefined || asked === version ? null : block('calendarReplaced', { asked, version });
    },
  },
  'othersAwaited@1': {
    meaning: 'Somebody else is awaited now, so that there is whom to urge.',
    check: (_, { command, facts, awaited }) =>
      (awaited?.() ?? []).some((key) => holdsBeside(key, command.actor, facts)) ? null : block('nobodyAwaited'),
  },
  'notUrgedToday@1': {
    meaning: 'The actor has not urged yet on this working day, by the list in this field.',
    ...oneField,
    check: (arg, scope) => {
      const day = urgingDay(scope);
      const urges = urgesOf(scope.instance.context[single(arg)], day);
      const own = urges.some(({ by }) => by === scope.command.actor);
      return own || urges.length >= urgesPerDayMax ? block('urgedToday', { person: scope.command.actor, day }) : null;
    },
  },
};

export const timeUpdates: Readonly<Record<string, Update>> = {
  'keepExtension@1': {
    meaning:
      'Adds a line to the list of extensions in this field: the old due day, the new one in the input, who asked with which reason (fields `askers`, `askedReason`), who decided.',
    arg: {
      type: 'object',
      required: ['input', 'due', 'to'],
      additionalProperties: false,
      properties: { input: fieldName, due: fieldName, to: fieldName },
    },
    checkArg: (arg, place) => {
      const { input, due, to } = arg as Extending & { to: string };
      return [...unknownInputs([input], place), ...unknownFields([due, to, 'askers', 'askedReason'], place)];
    },
    writes: (arg) => [(arg as { to: string }).to],
    apply: (arg, { instance, command, facts }) => {
      const { input, due, to } = arg as Extending & { to: string };
      const { askers, askedReason } = instance.context;
      const before = instance.context[to];
      const lines: readonly Json[] = Array.isArray(before) ? before : [];
      const line = {
        from: dueDay(instance, due),
        to: command.input[input] ?? null,
        reason: askedReason ?? '',
        askedBy: Array.isArray(askers) && typeof askers[0] === 'string' ? askers[0] : null,
        by: command.actor,
        at: facts.now,
      };
      return { context: { [to]: [...lines, line].slice(-extensionsMax) } };
    },
  },
  'recountDue@1': {
    meaning: 'Counts the terms of the current stays anew by the calendar in force; one that comes out the same stays as it is.',
    recounts: true,
    apply: () => ({}),
  },
  'noteUrge@1': {
    meaning: 'Keeps in the list in this field who urged on this working day; earlier days stand in the history.',
    ...oneField,
    writes: (arg) => [single(arg)],
    apply: (arg, scope) => {
      const day = urgingDay(scope);
      const before = urgesOf(scope.instance.context[single(arg)], day);
      return { context: { [single(arg)]: [...before, { by: scope.command.actor, on: day }] } };
    },
  },
};

export const timeEffects: Readonly<Record<string, EffectKind>> = {
  'notifyAwaited@1': {
    kind: 'urge',
    meaning: 'Urges (đôn đốc) everybody who can act when it runs, with the note in the input.',
    plan: (_, { command, next }) => {
      const { note } = command.input;
      const said = typeof note === 'string' ? { reason: note.slice(0, noteCharsMax) } : {};
      return [
        {
          params: {
            awaited: true,
            moment: 'urged',
            command: command.name,
            actor: command.actor,
            revision: next.revision,
            ...said,
          },
        },
      ];
    },
  },
};
