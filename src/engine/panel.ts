import type { World } from './command.js';
import type { PanelDefinition, PanelRule, Role } from './definition.js';
import type { Instance } from './instance.js';
import { isObject, type Json, type JsonObject } from './json.js';

/** Most who vote in one panel: the ballot is kept in the context. */
export const panelMembersMax = 200;

export type Choice = 'approve' | 'reject' | 'abstain';

/** A vote of a member. Its words stand in the history, where each vote has its entry. */
export interface Vote {
  /** Who gave it. */
  readonly person: string;
  /** The member for whom a delegate gave it. */
  readonly onBehalfOf?: string;
  /** The record that entitled him. */
  readonly by: string;
  readonly choice: Choice;
  readonly at: string;
  /** The revision that it made. */
  readonly seq: number;
}

/** What the field `panel.ballot` of the context keeps; made anew each time the state is entered. */
export interface Ballot {
  readonly members: readonly string[];
  readonly votes: readonly Vote[];
  /** Members who no longer held the role when votes were last counted. */
  readonly left?: readonly string[];
}

/** The votes of those who count. */
export interface Count {
  readonly members: number;
  readonly approve: number;
  readonly reject: number;
  readonly abstain: number;
}

export type Result = 'passed' | 'failed' | 'open';

/**
 * The result of a count, as early as it can be known: `passed` if it would pass however the others vote, `failed` if nothing that they
 * may do could pass it, else `open`. With `early: false` it stays open until everybody has voted. `all` wants every member, so that an
 * abstention fails it; a `share` is one of those who did not abstain; where everybody abstains, and where nobody is left to vote,
 * nothing passes. So a complete count always has a result.
 */
export function tally(panel: Pick<PanelDefinition, 'rule' | 'veto' | 'early'>, count: Count): Result {
  const waiting = count.members - count.approve - count.reject - count.abstain;
  if (waiting > 0 && panel.early === false) return 'open';
  // Each further approval helps and each rejection harms most: what holds for both ends holds for all that lies between.
  if (passes(panel, { ...count, reject: count.reject + waiting })) return 'passed';
  return passes(panel, { ...count, approve: count.approve + waiting }) ? 'open' : 'failed';
}

function passes({ rule, veto }: Pick<PanelDefinition, 'rule' | 'veto'>, count: Count): boolean {
  if (count.approve === 0 || (veto === true && count.reject > 0)) return false;
  if (rule === 'any') return true;
  if (rule === 'all') return count.approve === count.members;
  if ('atLeast' in rule) return count.approve >= rule.atLeast;
  // Divided, never multiplied: 3 of 30 is exactly the 0.1 that an author writes, and 0.1 times 30 is more than 3.
  return count.approve / (rule.of === 'members' ? count.members : count.members - count.abstain) >= rule.share;
}

/** Fewer members can never pass it. */
export function leastMembers(rule: PanelRule): number {
  return typeof rule === 'object' && 'atLeast' in rule ? rule.atLeast : 1;
}

/** A panel with the role that its `members` names. */
export interface PanelUse {
  readonly panel: PanelDefinition;
  readonly role: Role;
}

type Voting = Pick<Instance, 'context'>;

/** The ballot that an instance keeps for a panel; an empty one where its state was never entered. */
export function ballotOf(panel: Pick<PanelDefinition, 'ballot'>, instance: Voting): Ballot {
  const kept = instance.context[panel.ballot];
  return isObject(kept) && Array.isArray(kept.members) ? (kept as unknown as Ballot) : { members: [], votes: [] };
}

/** The member whose vote it is. */
export function memberOf(vote: Pick<Vote, 'person' | 'onBehalfOf'>): string {
  return vote.onBehalfOf ?? vote.person;
}

/** The members whose votes count at this instant, by what the definition says of changes of posts. Never more than the bound. */
export function votersOf({ panel, role }: PanelUse, instance: Instance, world: World): readonly string[] {
  const { members } = ballotOf(panel, instance);
  if (panel.membership === 'frozen') return members;
  const holders = world.people(role, instance);
  const stayed = members.filter((member) => holders.includes(member));
  if (panel.membership === 'leaversDrop') return stayed;
  return [...stayed, ...holders.filter((holder) => !stayed.includes(holder))].slice(0, panelMembersMax);
}

/** Counts the votes of those who may vote; a vote of somebody else is kept, and weighs nothing. */
export function countOf(voters: readonly string[], votes: readonly Pick<Vote, 'person' | 'onBehalfOf' | 'choice'>[]): Count {
  const valid = votes.filter((vote) => voters.includes(memberOf(vote)));
  const given = (choice: Choice): number => valid.filter((vote) => vote.choice === choice).length;
  return { members: voters.length, approve: given('approve'), reject: given('reject'), abstain: given('abstain') };
}

/** The ballot after a count, with a new vote where there is one. Who left keeps his vote on it: should he return, it counts again. */
export function counted(use: PanelUse, instance: Instance, world: World, vote?: Vote): Ballot {
  const before = ballotOf(use.panel, instance);
  const voters = votersOf(use, instance, world);
  const votes = vote === undefined ? before.votes : [...before.votes, vote];
  if (use.panel.membership === 'follows') return { members: voters, votes };
  const left = before.members.filter((member) => !voters.includes(member));
  return { members: before.members, votes, ...(left.length > 0 ? { left } : {}) };
}

/** A ballot as the context keeps it. */
export function keptBallot(ballot: Ballot): Json {
  return ballot as unknown as JsonObject;
}
