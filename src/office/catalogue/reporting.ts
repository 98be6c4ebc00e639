import type { Blocker, ChildStanding } from '../../engine/command.js';
import type { Json, JsonObject } from '../../engine/json.js';
import type { EffectKind, PlannedEffect, Requirement, Scope, Update } from '../../engine/rules.js';
import { lowerFirst } from '../papers/printedWords.js';
import { nextToOpen, reportingPeriod, rhythmOf, runningPeriod, unitsAsked } from '../reporting/obligation.js';
import { type GivenReport, soundnessOf } from '../reporting/reportFindings.js';
import { officeOf } from '../world.js';
import { fieldName, kindName, unknownFields, unknownInputs } from './arguments.js';

/** The version of a form that is in force; read when a requirement asks for `reportForm`. */
export interface FormInForce {
  readonly id: string;
  readonly version: number;
  readonly hash: string;
}

/** Places named in one refusal; the report itself shows all. */
const findingsNamedMax = 20;
const titleCharsMax = 1_000;

const block = (code: string, params: Blocker['params'] = {}): Blocker => ({ code, params });
const textAt = (values: JsonObject, name: string): string | null =>
  typeof values[name] === 'string' ? (values[name] as string) : null;
const list = (value: Json | undefined): readonly string[] => (Array.isArray(value) ? (value as readonly string[]) : []);
const formGiven = ({ facts }: Pick<Scope, 'facts'>): FormInForce | null => (facts.given.reportForm ?? null) as FormInForce | null;

function childrenOf({ facts }: Pick<Scope, 'facts'>, kind: string): readonly ChildStanding[] {
  return ((facts.given.children ?? []) as readonly ChildStanding[]).filter((child) => child.kind === kind);
}

/** The period that a command opens: the one that it names, else the next one. */
function periodAsked({ instance, command }: Pick<Scope, 'instance' | 'command'>): string | null {
  return textAt(command.input, 'period') ?? textAt(instance.context, 'nextPeriod');
}

export const reportingRequirements: Readonly<Record<string, Requirement>> = {
  'obligationSound@1': {
    meaning:
      'The first period of an obligation in the input is one of its frequency, its last day is not past, and its due days are told in one way.',
    checkArg: (_, place) => unknownInputs(['frequency', 'first', 'until', 'dueDays', 'dueDay'], place),
    check: (_, { command, facts }) => {
      const { input } = command;
      const { today, directory } = officeOf(facts);
      const first = textAt(input, 'first');
      if (first !== null && reportingPeriod(first, rhythmOf(input), directory.calendar) === null)
        return block('periodUnknown', { period: first, frequency: input.frequency ?? null });
      const until = textAt(input, 'until');
      if (until !== null && until < today) return block('duePassed', { day: until, today });
      for (const [days, day] of [
        ['dueDays', 'dueDay'],
        ['consolidateDays', 'consolidateDay'],
      ] as const)
        if (input[days] !== undefined && input[day] !== undefined) return block('inputOther', { field: day, wanted: [days] });
      return null;
    },
  },
  'formKnown@1': {
    meaning: 'The form that a field of the input names is among those that the authority has loaded.',
    arg: fieldName,
    needs: ['reportForm'],
    checkArg: (arg, place) => unknownInputs([arg as string], place),
    check: (arg, scope) => {
      const wanted = textAt(scope.command.input, arg as string);
      return wanted === null || formGiven(scope)?.id === wanted ? null : block('formUnknown', { form: wanted });
    },
  },
  'periodFits@1': {
    meaning:
      'The period in the input, or the next one, is one of the obligation and not opened yet; its form is known and some unit is asked.',
    needs: ['children', 'reportForm'],
    check: (_, scope) => {
      const { instance, facts } = scope;
      const { directory, today } = officeOf(facts);
      const id = periodAsked(scope);
      const found = id === null ? null : reportingPeriod(id, rhythmOf(instance.context), directory.calendar);
      if (found === null) return block('periodUnknown', { period: id, frequency: instance.context.frequency ?? null });
      const taken = childrenOf(scope, 'period').find(({ key }) => key === found.id);
      if (taken !== undefined) return block('alreadyOpened', { kind: 'period', key: taken.key, id: taken.id });
      if (formGiven(scope) === null) return block('formUnknown', { form: instance.context.form ?? null });
      return unitsAsked(directory, list(instance.context.units), today).length === 0
        ? block('notAddressed', { units: [] })
        : null;
    },
  },
  'notLocked@1': {
    meaning: 'The report is not locked: nothing is sent after the lock before it is unlocked with a reason.',
    checkArg: (_, place) => unknownFields(['locked'], place),
    check: (_, { instance }) =>
      instance.context.locked === true ? block('reportLocked', { period: instance.context.period ?? null }) : null,
  },
  'dayPassed@1': {
    meaning: 'The day in this field of the context is over.',
    arg: fieldName,
    checkArg: (arg, place) => unknownFields([arg as string], place),
    check: (arg, { instance, facts }) => {
      const day = textAt(instance.context, arg as string);
      const { today } = officeOf(facts);
      return day !== null && today > day ? null : block('tooEarly', { day, today });
    },
  },
  'contentDiffers@1': {
    meaning: 'The content is another than the one whose hash stands in this field.',
    arg: fieldName,
    checkArg: (arg, place) => unknownFields([arg as string], place),
    check: (arg, { instance }) =>
      instance.content !== null && instance.content === instance.context[arg as string] ? block('nothingCorrected') : null,
  },
  'reportSound@1': {
    meaning:
      'The report answers its form and has a section for each duty of the unit that is open in the period: no blocking finding stands against it.',
    needs: ['report'],
    check: (_, { facts }) => {
      const blocking = soundnessOf((facts.given.report ?? null) as GivenReport | null);
      if (blocking.length === 0) return null;
      const named = blocking.slice(0, findingsNamedMax).map(({ code, place, label }) => ({ code, place, label: label.vi }));
      return block('reportUnsound', { count: blocking.length, findings: named });
    },
  },
  'childrenIn@1': {
    meaning: 'Every child of a kind is in one of these states.',
    arg: {
      type: 'object',
      required: ['kind', 'states'],
      additionalProperties: false,
      properties: { kind: kindName, states: { type: 'array', items: kindName, minItems: 1, maxItems: 20 } },
    },
    needs: ['children'],
    check: (arg, scope) => {
      const { kind, states } = arg as { kind: string; states: readonly string[] };
      const others = childrenOf(scope, kind).filter(({ state }) => typeof state !== 'string' || !states.includes(state));
      if (others.length === 0) return null;
      return block('childrenOpen', { kind, count: others.length, examples: others.slice(0, 5).map(({ id }) => id) });
    },
  },
};

export const reportingUpdates: Readonly<Record<string, Update>> = {
  'noteLate@1': {
    meaning:
      'Sets `late` where nothing was sent before and the day in `dueOn` is over: who sends before the clock has told of it is late all the same.',
    checkArg: (_, place) => unknownFields(['late', 'submittedOn', 'dueOn'], place),
    writes: () => ['late'],
    apply: (_, { instance, facts }) => {
      const due = textAt(instance.context, 'dueOn');
      const first = instance.context.submittedOn === undefined;
      return first && due !== null && due < officeOf(facts).today ? { context: { late: true } } : {};
    },
  },
  'advancePeriod@1': {
    meaning:
      'Writes the next period to be opened by itself and the instant of it, after those that are opened; none after the last.',
    checkArg: (_, place) => unknownFields(['nextPeriod', 'opensOn'], place),
    apply: (_, scope) => {
      const opened = [...childrenOf(scope, 'period').map(({ key }) => key), ...[periodAsked(scope) ?? []].flat()];
      const next = nextToOpen(textAt(scope.instance.context, 'nextPeriod'), opened, rhythmOf(scope.instance.context));
      return { context: { nextPeriod: next?.nextPeriod, opensOn: next?.opensOn } };
    },
  },
};

export const reportingEffects: Readonly<Record<string, EffectKind>> = {
  'openObligation@1': {
    kind: 'open',
    meaning:
      'Opens the obligation of the input, with the first period that it opens by itself: that of the input, else the running one.',
    plan: (_, { command, next, facts }) => {
      const { code, name, first, ...rest } = command.input;
      const rhythm = rhythmOf(command.input);
      const from = typeof first === 'string' ? first : runningPeriod(officeOf(facts).today, rhythm);
      const context = { ...rest, plan: next.id, code: code ?? '', title: name ?? '', ...nextToOpen(from, [], rhythm) };
      return [opening('obligation', [{ key: code as string, context }])];
    },
  },
  'openPeriod@1': {
    kind: 'open',
    meaning:
      'Opens the period of the input, or the next one, with its bounds and days, the form in force, and the units asked: successors in the place of units that have ended.',
    plan: (_, scope) => planPeriod(scope),
  },
  'openReports@1': {
    kind: 'open',
    meaning: 'Opens one report for each unit of a period, when the period itself is opened.',
    plan: (_, { command, next }) => {
      if (command.name !== 'OPEN') return [];
      const { plan, obligation, title, period, form, cutOff, dueOn, units, through } = next.context;
      const shared = { plan, obligation, title, period, form, cutOff, dueOn } as JsonObject;
      const children = list(units).map((unit) => ({
        key: unit,
        // A unit does not check itself.
        context: { unit, forUnit: unit, ...(typeof through === 'string' && through !== unit ? { through } : {}) },
      }));
      return [opening('report', children, shared)];
    },
  },
};

/** What all children have stands once: five hundred reports of a period differ in their unit alone. */
function opening(kind: string, children: readonly JsonObject[], shared: JsonObject = {}): PlannedEffect {
  return { params: { definition: kind, kind, shared, children, content: null } };
}

function planPeriod(scope: Scope): readonly PlannedEffect[] {
  const { instance, facts } = scope;
  const { directory, today } = officeOf(facts);
  const form = formGiven(scope);
  const id = periodAsked(scope);
  const found = id === null ? null : reportingPeriod(id, rhythmOf(instance.context), directory.calendar);
  if (found === null || form === null) return [];
  const { title, plan, through } = instance.context;
  const context: JsonObject = {
    plan: plan ?? null,
    obligation: instance.id,
    title: `${typeof title === 'string' ? title : ''}, ${lowerFirst(found.label.vi)}`.slice(0, titleCharsMax),
    period: found.id,
    from: found.from,
    to: found.to,
    cutOff: found.cutOff,
    dueOn: found.dueOn,
    consolidateOn: found.consolidateOn,
    units: unitsAsked(directory, list(instance.context.units), today),
    ...(typeof through === 'string' ? { through: unitsAsked(directory, [through], today)[0] ?? through } : {}),
    form: form.hash,
    formId: form.id,
    formVersion: form.version,
  };
  return [opening('period', [{ key: found.id, context }])];
}
