import type { Blocker, ChildStanding } from '../../engine/command.js';
import type { Json, JsonObject } from '../../engine/json.js';
import { isObject, textAt } from '../../engine/json.js';
import type { EffectKind, Requirement, Scope, Update } from '../../engine/rules.js';
import { movedSince, type OutdatedSource, type ReportNow } from '../reporting/outdated.js';
import type { Rollup } from '../reporting/rollup.js';
import { type ConsolidatedPaper, sourceFaults } from '../reporting/sourced.js';
import { officeOf } from '../world.js';
import { fieldName, kindName, unknownFields, unknownInputs } from './arguments.js';

/** The roll-up that a paper names and how the reports behind it stand now; read when a requirement asks for `rollup`. */
export interface GivenRollup {
  readonly hash: string;
  /** Null where nothing is stored under the hash. */
  readonly rollup: Rollup | null;
  readonly reports: readonly ReportNow[];
}

/** What a command brings by its hashes; read when a requirement asks for `rollupBrought`. */
export interface GivenBrought {
  readonly rollup: Json | null;
  readonly paper: Json | null;
}

/** Sentences without a source that one refusal names; the page of the draft shows all. */
const namedMax = 10;
/** Sources that one paper can be told of; a paper that so many have left is built again. */
export const outdatedMax = 1_000;

const block = (code: string, params: Blocker['params'] = {}): Blocker => ({ code, params });

function rollupOf({ facts }: Pick<Scope, 'facts'>): GivenRollup | null {
  return (facts.given.rollup ?? null) as GivenRollup | null;
}

function outdatedIn(value: Json | undefined): readonly OutdatedSource[] {
  return Array.isArray(value) ? (value as unknown as readonly OutdatedSource[]) : [];
}

/** The sources that moved, by what was told and, where it was read, by what stands now. */
function movedFor(scope: Scope): readonly OutdatedSource[] {
  const given = rollupOf(scope);
  const told = outdatedIn(scope.instance.context.outdated);
  const live = given === null || given.rollup === null ? [] : movedSince(given.rollup, given.reports, scope.facts.now);
  return [...new Map([...told, ...live].map((one) => [one.report, one])).values()];
}

/** Of these, what the drafter has not answered for. */
function unanswered(scope: Scope): readonly OutdatedSource[] {
  const { rollupKept } = scope.instance.context;
  const kept = isObject(rollupKept) ? outdatedIn(rollupKept.sources) : [];
  return movedFor(scope).filter(({ report, now }) => !kept.some((one) => one.report === report && one.now === now));
}

export const consolidatingRequirements: Readonly<Record<string, Requirement>> = {
  'rollupCurrent@1': {
    meaning:
      'No report behind the roll-up of the paper was accepted, corrected or reopened since; or the drafter has kept the roll-up with a reason. A paper without a roll-up meets it.',
    needs: ['rollup'],
    checkArg: (_, place) => unknownFields(['rollup', 'outdated', 'rollupKept'], place),
    check: (_, scope) => {
      if (scope.instance.context.rollup === undefined) return null;
      const moved = unanswered(scope);
      if (moved.length === 0) return null;
      return block('rollupOutdated', { count: moved.length, examples: moved.slice(0, namedMax).map(({ report }) => report) });
    },
  },
  'rollupMoved@1': {
    meaning: 'A report behind the roll-up of the paper moved, and nobody has answered for it yet.',
    needs: ['rollup'],
    checkArg: (_, place) => unknownFields(['rollup', 'outdated', 'rollupKept'], place),
    check: (_, scope) => (unanswered(scope).length > 0 ? null : block('fieldMissing', { fields: ['outdated'] })),
  },
  'sourced@1': {
    meaning:
      'Every sentence and every row of a paper that has a roll-up has a source: a report version in the roll-up, the roll-up itself, a person, or the form of the paper.',
    needs: ['content', 'rollup'],
    check: (_, scope) => {
      const { instance, facts } = scope;
      if (instance.context.rollup === undefined) return null;
      const given = rollupOf(scope);
      if (given === null || given.rollup === null || !isObject(facts.given.content)) return block('contentMissing');
      const faults = sourceFaults(facts.given.content as unknown as ConsolidatedPaper, given.hash, given.rollup);
      const places = faults.slice(0, namedMax).map(({ place }) => place);
      const texts = faults.slice(0, namedMax).map(({ text }) => text.slice(0, 200));
      return faults.length === 0 ? null : block('sourceMissing', { count: faults.length, paths: places, texts });
    },
  },
  'rollupBrought@1': {
    meaning:
      'The input names a stored roll-up of this period (or of the one that the paper belongs to), and a stored paper that was built from exactly that roll-up.',
    needs: ['rollupBrought'],
    checkArg: (_, place) => unknownInputs(['content', 'rollup'], place),
    check: (_, { instance, command, facts }) => {
      if (command.input.rollup === undefined) return null;
      const { rollup, paper } = (facts.given.rollupBrought ?? { rollup: null, paper: null }) as GivenBrought;
      if (!isObject(rollup) || !isObject(paper)) return block('contentMissing');
      const holder = instance.context.rollup === undefined ? instance.id : (instance.parent?.id ?? '');
      const fits = rollup.kind === 'rollup' && rollup.of === holder && paper.rollup === command.input.rollup;
      return fits ? null : block('rollupOther', { rollup: command.input.rollup });
    },
  },
  'paperFree@1': {
    meaning:
      'No paper of this kind is under way: of those that this instance opened, counted in a field, each is there and in a state to be ignored (discarded ...), or bears another key.',
    arg: {
      type: 'object',
      required: ['kind', 'count', 'ignoring'],
      additionalProperties: false,
      properties: {
        kind: kindName,
        count: fieldName,
        key: fieldName,
        ignoring: { type: 'array', items: kindName, minItems: 1, maxItems: 10 },
      },
    },
    needs: ['children'],
    checkArg: (arg, place) => {
      const { count, key } = arg as PaperFree;
      return [...unknownFields([count], place), ...unknownInputs(key === undefined ? [] : [key], place)];
    },
    check: (arg, { instance, command, facts }) => {
      const { kind, count, key, ignoring } = arg as PaperFree;
      const papers = ((facts.given.children ?? []) as readonly ChildStanding[]).filter((child) => child.kind === kind);
      const prefix = key === undefined ? '' : `${textAt(command.input, key)}/`;
      const taken = papers.find((child) => child.key.startsWith(prefix) && !ignoring.includes(child.state));
      if (taken !== undefined) return block('alreadyOpened', { kind, key: taken.key, id: taken.id });
      // One that was asked for and is not there yet would be a second paper a moment later.
      const coming = Number(instance.context[count] ?? 0) > papers.length;
      return coming ? block('alreadyOpened', { kind, key: textAt(instance.context, count), id: null }) : null;
    },
  },
};

interface PaperFree {
  readonly kind: string;
  readonly count: string;
  readonly key?: string;
  readonly ignoring: readonly string[];
}

export const consolidatingUpdates: Readonly<Record<string, Update>> = {
  'takeRollup@1': {
    meaning: 'Makes the roll-up in the input that of the paper, and forgets what was told of the one before.',
    checkArg: (_, place) => [...unknownInputs(['rollup'], place), ...unknownFields(['rollup', 'outdated', 'rollupKept'], place)],
    writes: () => ['outdated', 'rollupKept'],
    apply: (_, { command }) => ({
      context: { rollup: command.input.rollup, outdated: undefined, rollupKept: undefined },
    }),
  },
  'noteOutdated@1': {
    meaning:
      'Notes in `outdated` that a report behind the paper has another accepted version now: which, what it was, what it is, when. Once for each report; one that is what it was again is taken off.',
    checkArg: (_, place) => [...unknownInputs(['report', 'was', 'now'], place), ...unknownFields(['outdated'], place)],
    writes: () => ['outdated'],
    apply: (_, { instance, command, facts }) => {
      const { report, was = null, now = null, back } = command.input;
      const others = outdatedIn(instance.context.outdated).filter((one) => one.report !== report);
      const told = { report, was, now, at: facts.now } as JsonObject;
      const all = (back === true ? others : [...others, told]).slice(-outdatedMax) as readonly Json[];
      return { context: { outdated: all.length === 0 ? undefined : all } };
    },
  },
  'keepRollup@1': {
    meaning: 'Records who keeps the roll-up of the paper although its sources moved, when, why, and which sources.',
    checkArg: (_, place) => [...unknownInputs(['reason'], place), ...unknownFields(['outdated', 'rollupKept'], place)],
    writes: () => ['rollupKept'],
    apply: (_, scope) => ({
      context: {
        rollupKept: {
          by: scope.command.actor,
          on: officeOf(scope.facts).today,
          reason: scope.command.input.reason ?? '',
          sources: movedFor(scope) as unknown as Json,
        },
      },
    }),
  },
};

export const consolidatingEffects: Readonly<Record<string, EffectKind>> = {
  'tellBuiltOn@1': {
    kind: 'tellBuiltOn',
    meaning:
      'Tells every paper that was built on another version of this report (the consolidated ones of its period, the summaries above it): SOURCE_CORRECTED, in whatever state it is; none of them is changed.',
    checkArg: (_, place) => unknownFields(['acceptedContent'], place),
    plan: (_, { next }) => {
      if (next.parent === null) return [];
      const accepted = next.state === 'accepted' ? (next.context.acceptedContent ?? null) : null;
      return [{ params: { period: next.parent.id, now: accepted } }];
    },
  },
};
