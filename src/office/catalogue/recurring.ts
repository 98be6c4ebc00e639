import type { Blocker } from '../../engine/command.js';
import type { Instance } from '../../engine/instance.js';
import type { Json, JsonObject } from '../../engine/json.js';
import type { EffectKind, Requirement, Scope, Update } from '../../engine/rules.js';
import {
  afterPause,
  countOf,
  firstPeriod,
  nextPeriod,
  type Occurrence,
  occurrenceOf,
  occurrencesMax,
  type Recurrence,
  recurrenceOf,
} from '../duties/recurrence.js';
import { textIn } from '../duties/texts.js';
import { startOfDay } from '../time/clock.js';
import { period } from '../time/periods.js';
import { officeOf } from '../world.js';
import { unknownFields, unknownInputs } from './arguments.js';

const block = (code: string, params: Blocker['params'] = {}): Blocker => ({ code, params });
const titleCharsMax = 2_000;

const RULE = ['every', 'from', 'until', 'dueDays'] as const;
const KEPT = [...RULE, 'next', 'opensAt', 'opened'];

/** The recurrence of an instance, and the period that it opens next; null where there is none. */
function nextOf({ context }: Pick<Instance, 'context'>): { readonly rule: Recurrence; readonly next: string } | null {
  const rule = recurrenceOf(context);
  return rule === null || typeof context.next !== 'string' ? null : { rule, next: context.next };
}

export const recurringRequirements: Readonly<Record<string, Requirement>> = {
  'recurrenceSound@1': {
    meaning: 'The recurrence in the input (every, from, until) gives at least one occurrence, and no more than can be kept.',
    checkArg: (_, place) => unknownInputs(RULE, place),
    check: (_, { command: { input } }) => {
      const rule = recurrenceOf(input);
      if (rule === null) return null;
      const count = countOf(rule);
      return count >= 1 && count <= occurrencesMax ? null : block('recurrenceUnsound', { count, max: occurrencesMax });
    },
  },
  'lastOccurrence@1': {
    meaning: 'The occurrence that is opened next is the last one.',
    checkArg: (_, place) => unknownFields(KEPT, place),
    check: (_, { instance }) => {
      const at = nextOf(instance);
      return at === null || nextPeriod(at.rule, at.next) === null ? null : block('occurrencesLeft');
    },
  },
  'occurrencesDone@1': {
    meaning: 'No occurrence is left that has not passed: after a pause there is nothing to open any more.',
    checkArg: (_, place) => unknownFields(KEPT, place),
    check: (_, { instance, facts }) => {
      const at = nextOf(instance);
      if (at === null) return null;
      return afterPause(at.rule, at.next, officeOf(facts).today).next === null ? null : block('occurrencesLeft');
    },
  },
};

/** What follows from the next period; without one nothing is opened any more. */
function withNext(rule: Recurrence, next: string | null): Record<string, Json | undefined> {
  const from = next === null ? null : (period(next, 'calendar')?.from ?? null);
  const opens = from === null ? null : from > rule.from ? from : rule.from;
  return { next: next ?? undefined, opensAt: opens === null ? undefined : startOfDay(opens) };
}

export const recurringUpdates: Readonly<Record<string, Update>> = {
  'takeRecurrence@1': {
    meaning: 'Keeps how often the duties of this directive come again, and their last day as its due day.',
    checkArg: (_, place) => [...unknownInputs(RULE, place), ...unknownFields(['recurs', 'dueOn'], place)],
    writes: () => ['recurs'],
    apply: (_, { command: { input } }) => ({ context: { recurs: input.every, dueOn: input.until } }),
  },
  'openedNext@1': {
    meaning: 'Keeps that the next occurrence was opened, and which one comes after it.',
    checkArg: (_, place) => unknownFields(KEPT, place),
    writes: () => ['opened'],
    apply: (_, { instance }) => {
      const at = nextOf(instance);
      if (at === null) return {};
      const opened: readonly Json[] = Array.isArray(instance.context.opened) ? instance.context.opened : [];
      return { context: { opened: [...opened, at.next], ...withNext(at.rule, nextPeriod(at.rule, at.next)) } };
    },
  },
  'skipPassed@1': {
    meaning: 'Passes over the periods that ended while the duty was suspended, and keeps which they were.',
    checkArg: (_, place) => unknownFields([...KEPT, 'skipped'], place),
    writes: () => ['skipped'],
    apply: (_, { instance, facts }) => {
      const at = nextOf(instance);
      if (at === null) return {};
      const { next, skipped } = afterPause(at.rule, at.next, officeOf(facts).today);
      if (skipped.length === 0) return {};
      const before: readonly Json[] = Array.isArray(instance.context.skipped) ? instance.context.skipped : [];
      return { context: { skipped: [...before, ...skipped], ...withNext(at.rule, next) } };
    },
  },
};

/** What is passed on to what is opened below, where it is there. */
function kept(context: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(
    names.flatMap((name): [string, Json][] => (context[name] === undefined ? [] : [[name, context[name]]])),
  );
}

function occurrenceContext(next: Instance, occurrence: Occurrence, today: string): JsonObject {
  const { label, id } = occurrence.period;
  const title = `${textIn(next.context, 'title')} (${label.vi.charAt(0).toLowerCase()}${label.vi.slice(1)})`;
  return {
    ...kept(next.context, ['directive', 'plan', 'clause', 'unit', 'part']),
    title: title.slice(0, titleCharsMax),
    recurring: next.id,
    period: id,
    dueOn: occurrence.dueOn,
    assignedOn: today,
  };
}

function recurringContext(
  { command: { input }, next }: Scope & { readonly next: Instance },
  unit: string,
  part: string,
): JsonObject {
  const rule = recurrenceOf(input);
  const first = rule === null ? null : firstPeriod(rule);
  const opening = rule === null || first === null ? {} : withNext(rule, first);
  return {
    ...kept(next.context, ['plan', 'clause', 'title']),
    directive: next.id,
    unit,
    part,
    ...kept(input, RULE),
    ...kept(opening as JsonObject, ['next', 'opensAt']),
  };
}

export const recurringEffects: Readonly<Record<string, EffectKind>> = {
  'openRecurring@1': {
    kind: 'open',
    meaning: 'Opens a recurring duty for each unit in `lead` and `cooperating` of the input.',
    checkArg: (_, place) => [
      ...unknownInputs(['lead', 'cooperating', ...RULE], place),
      ...unknownFields(['plan', 'clause', 'title'], place),
    ],
    plan: (_, planning) => {
      const { input } = planning.command;
      const of = (field: string, part: string) =>
        (Array.isArray(input[field]) ? (input[field] as readonly Json[]) : [])
          .filter((unit): unit is string => typeof unit === 'string')
          .map((unit) => ({ key: unit, context: recurringContext(planning, unit, part) }));
      const children = [...of('lead', 'lead'), ...of('cooperating', 'coordinate')];
      return [{ params: { definition: 'recurring', kind: 'recurring', children, content: planning.next.content } }];
    },
  },
  'openNext@1': {
    kind: 'open',
    meaning: 'Opens the occurrence that came next before this command, as an assignment with the key of its period.',
    checkArg: (_, place) => unknownFields([...KEPT, 'directive', 'plan', 'clause', 'unit', 'part'], place),
    plan: (_, { instance, next, facts }) => {
      const at = nextOf(instance);
      const occurrence = at === null ? null : occurrenceOf(at.rule, at.next, officeOf(facts).directory.calendar);
      if (occurrence === null) return [];
      const child = { key: occurrence.period.id, context: occurrenceContext(next, occurrence, officeOf(facts).today) };
      return [{ params: { definition: 'assignment', kind: 'assignment', children: [child], content: next.content } }];
    },
  },
};
