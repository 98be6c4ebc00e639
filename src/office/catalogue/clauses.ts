import type { Blocker } from '../../engine/command.js';
import type { Json } from '../../engine/json.js';
import type { Requirement, Scope, Update } from '../../engine/rules.js';
import { dueOfClause, reviewFaults } from '../papers/clauseReview.js';
import { clauseReviewOf } from '../papers/clauseReviewShape.js';
import { clauseSource } from '../papers/clauseSource.js';
import { fieldName, unknownFields, unknownInputs } from './arguments.js';

const block = (code: string, params: Blocker['params'] = {}): Blocker => ({ code, params });

/** What was read for a command that brings a review: what is stored under its hash, and the content of the instance. */
export interface GivenReview {
  readonly review: Json | null;
  readonly content: Json | null;
}

/** The day of the clause in the confirmed review, for OPEN_DIRECTIVE; read when a requirement asks for `reviewedClauses`. */
export function clauseDue({ command, facts }: Pick<Scope, 'command' | 'facts'>): string | null {
  const { clause, dueOn } = command.input;
  if (typeof dueOn === 'string') return dueOn;
  const review = clauseReviewOf((facts.given.reviewedClauses ?? null) as Json);
  return 'code' in review || typeof clause !== 'string' ? null : dueOfClause(review, clause);
}

const problemsToldMax = 20;

export const clauseRequirements: Readonly<Record<string, Requirement>> = {
  'clausesReviewed@1': {
    meaning: 'The stored review that the input names fits the content: every clause that is read there is accounted for once.',
    needs: ['clauseReview'],
    arg: fieldName,
    checkArg: (arg, place) => unknownInputs([arg as string], place),
    check: (arg, { instance, command, facts }) => {
      // Without an input nothing is asked for yet: the command is only shown.
      if (command.input[arg as string] === undefined) return null;
      const { review: stored, content } = (facts.given.clauseReview ?? { review: null, content: null }) as GivenReview;
      if (stored === null) return block('contentMissing');
      const source = clauseSource(instance, content);
      if (source === null) return block('contentMissing');
      const review = clauseReviewOf(stored);
      const faults = 'code' in review ? [review] : reviewFaults(review, source);
      const problems = faults.slice(0, problemsToldMax).map(({ code, path }) => `${code} ${path}`.trim());
      return faults.length === 0 ? null : block('clauseReviewFaulty', { problems });
    },
  },
  'listed@1': {
    meaning: 'The value of the input is in this list of the context.',
    arg: {
      type: 'object',
      required: ['input', 'field'],
      additionalProperties: false,
      properties: { input: fieldName, field: fieldName },
    },
    checkArg: (arg, place) => {
      const { input, field } = arg as { input: string; field: string };
      return [...unknownInputs([input], place), ...unknownFields([field], place)];
    },
    check: (arg, { instance, command }) => {
      const { input, field } = arg as { input: string; field: string };
      const value = command.input[input];
      const list = (instance.context[field] ?? []) as readonly Json[];
      const met = value === undefined ? list.length > 0 : list.includes(value);
      return met ? null : block('clauseNotReviewed', { value: value ?? null });
    },
  },
  'clauseDue@1': {
    meaning: "The day on which it is due, from the input or else from the reviewed clause, is not before the paper's own day.",
    needs: ['reviewedClauses'],
    checkArg: (_, place) => [...unknownInputs(['clause', 'dueOn'], place), ...unknownFields(['issuedOn'], place)],
    check: (_, scope) => {
      const dueOn = clauseDue(scope);
      const { issuedOn } = scope.instance.context;
      return dueOn !== null && typeof issuedOn === 'string' && dueOn < issuedOn
        ? block('dueBeforeIssue', { dueOn, issuedOn })
        : null;
    },
  },
};

const REVIEWED = ['clauseReview', 'clauseList'] as const;

export const clauseUpdates: Readonly<Record<string, Update>> = {
  'takeClauseReview@1': {
    meaning: 'Records the hash of the review that the input names, and the paths of its clauses.',
    arg: fieldName,
    checkArg: (arg, place) => [...unknownInputs([arg as string], place), ...unknownFields(REVIEWED, place)],
    writes: () => REVIEWED,
    apply: (arg, { command, facts }) => {
      const { review: stored } = facts.given.clauseReview as GivenReview;
      const review = clauseReviewOf(stored);
      if ('code' in review) return {};
      return { context: { clauseReview: command.input[arg as string], clauseList: review.clauses.map(({ path }) => path) } };
    },
  },
};
