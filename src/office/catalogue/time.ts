import type { Blocker } from '../../engine/command.js';
import type { Instance } from '../../engine/instance.js';
import type { Json, JsonObject } from '../../engine/json.js';
import { isObject } from '../../engine/json.js';
import type { EffectKind, Requirement, Scope, Update } from '../../engine/rules.js';
import { addWorkingDays } from '../time/calendar.js';
import { dayOf } from '../time/clock.js';
import { ledgerOf, openSuspension, suspensionsMax } from '../time/suspensions.js';
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

function openLine(arg: unknown, { instance }: Scope): Blocker | null {
  const open = openSuspension(ledgerOf(instance.context[single(arg)]));
  return open === null ? null : block('suspended', { since: dayOf(open.from), reason: open.reason, person: open.by });
}

/** The working day to which an urging belongs: the day itself, or the next one on which work is done. */
function urgingDay({ facts }: Pick<Scope, 'facts'>): string {
  const { directory, today } = officeOf(facts);
  return addWorkingDays(directory.calendar, today, 0);
}

function urgesOf(value: Json | undefined, day: string): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject).filter((urge) => urge.on === day) : [];
}

/** Rules of suspension, extension and urging. */
export const timeRequirements: Readonly<Record<string, Requirement>> = {
  'notSuspended@1': {
    meaning: 'No suspension is open in the ledger in this field.',
    ...oneField,
    check: openLine,
  },
  'suspendable@1': {
    meaning: 'No suspension is open in the ledger in this field, and there is room for one more.',
    ...oneField,
    check: (arg, scope) =>
      openLine(arg, scope) ??
      (ledgerOf(scope.instance.context[single(arg)]).length < suspensionsMax
        ? null
        : block('suspensionsTooMany', { max: suspensionsMax })),
  },
  'suspended@1': {
    meaning: 'A suspension is open in the ledger in this field.',
    ...oneField,
    check: (arg, scope) => (openLine(arg, scope) === null ? block('notSuspended') : null),
  },
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
  'othersAwaited@1': {
    meaning: 'Somebody else is awaited now, so that there is whom to urge.',
    check: (_, { command, awaited }) =>
      (awaited?.() ?? []).some((key) => key !== `person:${command.actor}`) ? null : block('nobodyAwaited'),
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
  'suspend@1': {
    meaning: "Opens a line in the ledger of suspensions in this field, with the input's reason: from then on days do not count.",
    ...oneField,
    writes: (arg) => [single(arg)],
    apply: (arg, { instance, command, facts }) => {
      const ledger = ledgerOf(instance.context[single(arg)]);
      const { reason } = command.input;
      const line = { from: facts.now, to: null, reason: typeof reason === 'string' ? reason : '', by: command.actor };
      return { context: { [single(arg)]: [...ledger, line] as unknown as Json } };
    },
  },
  'resume@1': {
    meaning: 'Closes the open line in the ledger of suspensions in this field; its days are never counted.',
    ...oneField,
    writes: (arg) => [single(arg)],
    apply: (arg, { instance, facts }) => {
      const ledger = ledgerOf(instance.context[single(arg)]);
      // A clock that went back must not close a line before it began.
      const closed = ledger.map((line) =>
        line.to === null ? { ...line, to: line.from > facts.now ? line.from : facts.now } : line,
      );
      return { context: { [single(arg)]: closed as unknown as Json } };
    },
  },
  'settleSuspensions@1': {
    meaning:
      'Marks the lines of the ledger in this field as settled: a day set from now on is the day, whatever was suspended before.',
    ...oneField,
    writes: (arg) => [single(arg)],
    apply: (arg, { instance }) => {
      const ledger = ledgerOf(instance.context[single(arg)]);
      if (ledger.length === 0) return {};
      return { context: { [single(arg)]: ledger.map((line) => ({ ...line, settled: true })) as unknown as Json } };
    },
  },
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
