import type { Blocker } from './command.js';
import {
  type Definition,
  type Label,
  type PanelDefinition,
  type RuleUse,
  type StateDefinition,
  SYSTEM_ROLE,
  type TransitionDefinition,
} from './definition.js';
import { canonical, type JsonObject } from './json.js';
import {
  ballotOf,
  type Choice,
  counted,
  countOf,
  keptBallot,
  memberOf,
  type PanelUse,
  type Result,
  tally,
  type Vote,
  votersOf,
} from './panel.js';
import type { Catalogue, Scope } from './rules.js';

/** The command by which a panel is counted anew, for example `COUNT_VOTE`: a member who left, or who came, may have decided it. */
export function countCommand({ command }: Pick<PanelDefinition, 'command'>): string {
  return `COUNT_${command}`;
}

const VOTE_LABEL: Label = { vi: 'Biểu quyết', en: 'Vote' };
const COUNT_LABEL: Label = { vi: 'Kiểm lại kết quả biểu quyết', en: 'Count the votes again' };
const reasonCharsMax = 4_000;

/** The role by which the members on a ballot vote: the first of the definition that names it. */
export function voterRole({ roles }: Pick<Definition, 'roles'>, panel: PanelDefinition): string | undefined {
  return Object.keys(roles).find((name) => {
    const role = roles[name];
    return role !== undefined && 'ballot' in role && role.ballot === panel.ballot;
  });
}

/**
 * A state with the transitions that its panel stands for: the vote and the count, each leading to `passed` or `failed` where that is
 * the result, and else staying. From here on a panel is nothing but transitions, requirements and updates.
 */
export function panelled(definition: Pick<Definition, 'roles'>, state: StateDefinition): StateDefinition {
  const { panel } = state;
  if (panel === undefined) return state;
  const role = definition.roles[panel.members] ?? { field: panel.ballot };
  const voter = voterRole(definition, panel) ?? panel.members;
  const use: PanelUse = { panel, role };
  const vote: Omit<TransitionDefinition, 'requires'> = {
    by: [panel.membership === 'follows' ? panel.members : voter],
    input: inputOf(panel),
    updates: [{ 'panelCounts@1': { ...use, vote: true } }],
    label: panel.label ?? VOTE_LABEL,
  };
  const count: Omit<TransitionDefinition, 'requires'> = {
    by: [...new Set([SYSTEM_ROLE, voter, panel.members])],
    updates: [{ 'panelCounts@1': { ...use, vote: false } }],
    label: COUNT_LABEL,
    aside: true,
  };
  return {
    ...state,
    on: {
      ...state.on,
      [panel.command]: byResult(panel, vote, { ...use, vote: true }, [{ 'panelAwaits@1': use }, ...(panel.requires ?? [])]),
      [countCommand(panel)]: byResult(panel, count, { ...use, vote: false }, []),
    },
  };
}

function byResult(
  panel: PanelDefinition,
  transition: Omit<TransitionDefinition, 'requires'>,
  asked: Omit<ResultAsked, 'result'>,
  requires: readonly RuleUse[],
): readonly TransitionDefinition[] {
  const giving = (result: Result): readonly RuleUse[] => [...requires, { 'panelGives@1': { ...asked, result } }];
  return [
    { ...transition, target: panel.passed, requires: giving('passed') },
    { ...transition, target: panel.failed, requires: giving('failed') },
    { ...transition, requires: giving('open') },
  ];
}

function choicesOf({ abstain }: PanelDefinition): readonly Choice[] {
  return abstain === true ? ['approve', 'reject', 'abstain'] : ['approve', 'reject'];
}

function inputOf(panel: PanelDefinition): JsonObject {
  return {
    type: 'object',
    required: ['choice'],
    additionalProperties: false,
    properties: { choice: { enum: choicesOf(panel) }, reason: { type: 'string', minLength: 1, maxLength: reasonCharsMax } },
  };
}

interface CountAsked extends PanelUse {
  readonly vote: boolean;
}

interface ResultAsked extends CountAsked {
  readonly result: Result;
}

/** The vote that a command brings, or undefined: what is no choice of this panel, the input's schema refuses. */
function voteOf({ panel, vote }: CountAsked, { command, claim, facts }: Scope, seq: number): Vote | undefined {
  const choice = choicesOf(panel).find((one) => one === command.input.choice);
  if (!vote || choice === undefined) return undefined;
  const behalf = claim.onBehalfOf === null ? {} : { onBehalfOf: claim.onBehalfOf };
  return { person: command.actor, ...behalf, by: claim.by, choice, at: facts.now, seq };
}

/** Why this claim gives no vote; null where it does. */
function awaits(use: PanelUse, { instance, command, claim, facts }: Scope): Blocker | null {
  const voters = votersOf(use, instance, facts.world);
  const member = claim.onBehalfOf ?? command.actor;
  if (!voters.includes(member)) return { code: 'notOnBallot', params: { person: member } };
  if (votedOn(use, instance).includes(member)) return { code: 'alreadyVoted', params: { person: member } };
  // A member who asks twice must not, by asking twice, vote for the colleague whose delegate he is.
  const unnamed = claim.onBehalfOf !== null && command.onBehalfOf === undefined && voters.includes(command.actor);
  return unnamed ? { code: 'voteForUnnamed', params: { person: member } } : null;
}

function votedOn({ panel }: PanelUse, instance: Scope['instance']): readonly string[] {
  return ballotOf(panel, instance).votes.map(memberOf);
}

/** Null where the panel, with the vote that the command brings, has this result; to stay, something must have changed. */
function gives(asked: ResultAsked, scope: Scope): Blocker | null {
  const { instance, facts } = scope;
  const ballot = counted(asked, instance, facts.world, voteOf(asked, scope, instance.revision + 1));
  const count = countOf(votersOf(asked, instance, facts.world), ballot.votes);
  const moved = asked.vote || canonical(ballot) !== canonical(ballotOf(asked.panel, instance));
  const met = tally(asked.panel, count) === asked.result && (asked.result !== 'open' || moved);
  if (met) return null;
  const member = scope.claim.onBehalfOf ?? scope.command.actor;
  // Who asks for a count after his own vote learns that it has arrived.
  const voted = !asked.vote && ballot.votes.some((vote) => memberOf(vote) === member);
  return voted ? { code: 'alreadyVoted', params: { person: member } } : { code: 'voteOpen', params: { ...count } };
}

/** The rules that panels are made of; a definition cannot name them. */
const panelRules: Pick<Catalogue, 'requirements' | 'updates'> = {
  requirements: {
    'panelAwaits@1': {
      meaning: 'The actor, or the one he acts for, is on the ballot and has not voted on this stay.',
      check: (use, scope) => awaits(use as PanelUse, scope),
      gave: (use, instance) => votedOn(use as PanelUse, instance),
    },
    'panelGives@1': {
      meaning: 'The votes give this result.',
      check: (asked, scope) => gives(asked as ResultAsked, scope),
    },
  },
  updates: {
    'panelCounts@1': {
      meaning: 'Writes the vote and the members who count on the ballot.',
      writes: (asked) => [(asked as CountAsked).panel.ballot],
      apply: (arg, scope, next) => {
        const asked = arg as CountAsked;
        const ballot = counted(asked, scope.instance, scope.facts.world, voteOf(asked, scope, next));
        return { context: { [asked.panel.ballot]: keptBallot(ballot) } };
      },
    },
  },
};

/** A catalogue with the engine's own rules. */
export function withPanelRules(catalogue: Catalogue): Catalogue {
  return {
    ...catalogue,
    requirements: { ...catalogue.requirements, ...panelRules.requirements },
    updates: { ...catalogue.updates, ...panelRules.updates },
  };
}
