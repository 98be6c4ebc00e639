import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import type { Acceptance, Command, Decision, Facts } from '../engine/command.js';
import { decide } from '../engine/decide.js';
import type { JsonObject } from '../engine/json.js';
import { candidates } from '../engine/judge.js';
import { TrinhkyError } from '../errors.js';
import { type Ask, checked, type Outcome, requestHashOf } from './ask.js';
import { requireContents } from './contentNamed.js';
import type { Deps } from './deps.js';
import { factsFor } from './facts.js';
import { awaitsOnlyGivers, giveAll, withoutGivers } from './givers.js';
import { nextKeys } from './held.js';
import { tellsTurn } from './notices/derive.js';
import type { Commit, Held } from './ports.js';
import { auditRefusal, explain } from './refusal.js';
import { replay } from './replay.js';

/** How long a command is judged anew when other processes keep moving the instance. */
export const judgeAnewMsMax = 3_000;
const backOffMs = 4;

/**
 * Performs one command: judge, one versioned write, answer. Everything that changes an instance goes through here.
 * An accepted answer is durable. Refusals are values; thrown are `notFound`, `revisionMoved`, `keyReused`, `busy`,
 * `databaseAway`, and what the caller's input breaks.
 */
export function perform(deps: Deps, asked: Ask): Promise<Outcome> {
  const ask = checked(asked);
  return deps.queue.run(ask.instance, () => attempt(deps, ask, requestHashOf(ask)));
}

async function attempt(deps: Deps, ask: Ask & { readonly input: JsonObject }, requestHash: string): Promise<Outcome> {
  // From the first miss on: a slow print, or a process that was stopped, is no race that was lost.
  let deadline: number | null = null;
  // The revision on which it would have been accepted, had nobody been before.
  let lostAt: number | null = null;
  // Only a caller that names a revision must be answered from what is stored now.
  let held = ask.ifRevision === undefined ? deps.held.get(ask.authority, ask.instance) : undefined;
  let fresh = held === undefined;
  for (let round = 0; ; round += 1) {
    held ??= await load(deps, ask);
    const earlier = await replay(deps, held, ask, requestHash);
    if (earlier !== null) return earlier;
    if (ask.ifRevision !== undefined && ask.ifRevision !== held.instance.revision) await revisionMoved(deps, ask, held);

    const { decision, facts } = await judge(deps, ask, held, requestHash, fresh);
    if (decision.kind === 'refused' && fresh) {
      await auditRefusal(deps, ask, decision.blockers, facts.now);
      return explain(deps, held, decision.blockers, lostAt === null ? undefined : lostAt + 1);
    }
    if (decision.kind === 'accepted' && (await commit(deps, held, decision)))
      return { kind: 'accepted', replayed: false, entry: decision.entry, instance: decision.next };

    deps.held.drop(ask.instance);
    if (decision.kind === 'accepted') lostAt ??= held.instance.revision;
    held = await load(deps, ask);
    fresh = true;
    // A refusal on what was remembered lost no race: it is only judged again.
    if (decision.kind !== 'accepted') continue;
    await makeRoom(deps, ask, held, decision);
    deadline ??= performance.now() + judgeAnewMsMax;
    if (performance.now() > deadline) throw new TrinhkyError('busy', { instance: ask.instance });
    if (round > 0) await pause(Math.random() * backOffMs * 2 ** Math.min(round, 6));
  }
}

async function load(deps: Deps, ask: Ask): Promise<Held> {
  const held = await deps.store.instances.load(ask.authority, ask.instance);
  if (held === null) throw new TrinhkyError('notFound', { instance: ask.instance });
  deps.held.agree(held);
  await deps.models.learn(held.instance.definition);
  return held;
}

/**
 * The decision on what is held; where only something is missing that a giver makes, it is made and the command judged again. It is made
 * only on a `fresh` read: what this process remembers may have been signed or returned by another one long ago.
 */
export async function judge(
  deps: Deps,
  ask: Ask & { readonly input: JsonObject },
  held: Held,
  requestHash: string,
  fresh: boolean,
): Promise<{ decision: Decision; facts: Facts }> {
  const model = deps.models.pinned(held.instance.definition);
  const command = commandOf(ask, requestHash);
  const facts = await factsFor(deps, model, held.instance, ask.command, ask);
  const decision = decide(model, held.instance, command, facts);
  if (decision.kind === 'accepted') await requireContents(deps, held.instance, decision);
  if (decision.kind === 'accepted') return { decision, facts };
  if (decision.claim === null || !awaitsOnlyGivers(decision.blockers))
    return { decision: { ...decision, blockers: withoutGivers(decision.blockers) }, facts };
  if (!fresh) return { decision, facts };
  // A number or a signature is made for a command that can still be refused by nothing but the race for its revision.
  const faults = candidates(model, held.instance, ask.command).map((transition) => model.checkInput(transition, ask.input));
  const [first] = faults;
  if (first !== undefined && faults.every((list) => list.length > 0)) {
    const blocker = { code: 'inputInvalid', params: { faults: first.map(({ path, message }) => ({ path, message })) } };
    return { decision: { ...decision, blockers: [blocker] }, facts };
  }
  const made = await giveAll(deps, { instance: held.instance, claim: decision.claim, command, facts }, decision.blockers);
  const complete: Facts = { ...facts, given: { ...facts.given, ...made } };
  return { decision: decide(model, held.instance, command, complete), facts: complete };
}

function commandOf(ask: Ask & { readonly input: JsonObject }, requestHash: string): Command {
  return {
    name: ask.command,
    input: ask.input,
    actor: ask.actor,
    key: ask.key,
    requestHash,
    ...(ask.onBehalfOf === undefined ? {} : { onBehalfOf: ask.onBehalfOf }),
    ...(ask.saw === undefined ? {} : { saw: ask.saw }),
    ...(ask.timer === undefined ? {} : { timer: ask.timer }),
  };
}

async function commit(deps: Deps, before: Held, acceptance: Acceptance): Promise<boolean> {
  await deps.hook('before-write');
  const write: Commit = { before, acceptance, movedUpTo: deps.held.movedUpTo(before.instance.id) };
  let answer: 'committed' | 'missed';
  try {
    answer = await deps.store.instances.commit(write);
  } catch (error) {
    // The outcome is unknown: what is held may be behind what is stored.
    deps.held.drop(before.instance.id);
    throw error;
  }
  if (answer === 'missed') return false;
  await deps.hook('after-write');
  settle(deps, write);
  return true;
}

/** After a commit: remember the new state and hand the entry to the relay. */
export function settle(deps: Pick<Deps, 'held' | 'handOver'>, { before, acceptance }: Commit): void {
  const { next, entry, bytes, effects } = acceptance;
  deps.held.set({ instance: next, keys: nextKeys(before.keys, entry), since: entry.at, carriedUpTo: before.carriedUpTo });
  if (effects.some(tellsTurn)) deps.held.toldAt(next.id, entry.seq);
  deps.handOver({ authority: next.authority, instance: next.id, seq: entry.seq, bytes });
}

/** A write that missed although the revision stands still found `pending` full: carry the entries on, then try again. */
async function makeRoom(deps: Deps, ask: Ask, held: Held, missed: Acceptance): Promise<void> {
  if (held.instance.revision === missed.next.revision - 1) await deps.drain(ask.authority, ask.instance);
}

async function revisionMoved(deps: Deps, ask: Ask, held: Held): Promise<never> {
  const { happened } = await explain(deps, held, [], (ask.ifRevision ?? 0) + 1);
  throw new TrinhkyError('revisionMoved', { expected: ask.ifRevision, revision: held.instance.revision, happened });
}
