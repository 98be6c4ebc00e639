import type { Acceptance } from '../engine/command.js';
import type { JsonObject } from '../engine/json.js';
import { type ErrorCode, TrinhkyError } from '../errors.js';
import { type Ask, checked, type Outcome, requestHashOf } from './ask.js';
import type { Deps } from './deps.js';
import { judge, perform, settle } from './perform.js';
import type { Commit, Held } from './ports.js';
import { replay } from './replay.js';

export const bulkItemsMax = 200;

export interface BulkAsk {
  readonly authority: string;
  readonly command: string;
  readonly input?: JsonObject;
  readonly proof?: string;
  readonly actor: string;
  /** Each item's own key is this, a slash, and the instance's id. */
  readonly key: string;
  readonly items: readonly BulkItem[];
}

export interface BulkItem {
  readonly instance: string;
  readonly saw?: string;
  readonly ifRevision?: number;
}

export type BulkVerdict =
  | { readonly instance: string; readonly outcome: Outcome }
  | {
      readonly instance: string;
      readonly error: { readonly code: ErrorCode; readonly params: Readonly<Record<string, unknown>> };
    };

type CheckedAsk = ReturnType<typeof checked>;
interface Judged {
  readonly ask: CheckedAsk;
  readonly commit: Commit;
}

/**
 * The same command on many instances, with a verdict for each: one refusal stops no other. The writes go out as one
 * unordered batch of versioned updates; whatever the batch cannot settle is performed one by one.
 */
export async function bulk(deps: Deps, asked: BulkAsk): Promise<readonly BulkVerdict[]> {
  if (asked.items.length > bulkItemsMax) throw new TrinhkyError('bodyInvalid', { path: '/items', itemsMax: bulkItemsMax });
  const asks = uniqueAsks(asked);
  const verdicts = new Map<string, BulkVerdict>();
  await deps.queue.runAll(
    asks.map((ask) => ask.instance),
    () => attemptAll(deps, asked.authority, asks, verdicts),
  );
  for (const ask of asks.filter((one) => !verdicts.has(one.instance)))
    verdicts.set(ask.instance, await verdictOf(ask.instance, () => perform(deps, ask)));
  return asks.map((ask) => verdicts.get(ask.instance) as BulkVerdict);
}

function uniqueAsks(asked: BulkAsk): readonly CheckedAsk[] {
  const { items, key, ...shared } = asked;
  const byId = new Map(items.map((item) => [item.instance, item]));
  return [...byId.values()].map((item) => checked({ ...shared, ...item, key: `${key}/${item.instance}` } satisfies Ask));
}

/** Settles what is plainly accepted. Refusals, replays and misses are left to the single path, which reads afresh. */
async function attemptAll(
  deps: Deps,
  authority: string,
  asks: readonly CheckedAsk[],
  verdicts: Map<string, BulkVerdict>,
): Promise<void> {
  const cold = asks
    .filter((ask) => ask.ifRevision !== undefined || deps.held.get(authority, ask.instance) === undefined)
    .map((ask) => ask.instance);
  const read = new Map(
    (cold.length > 0 ? await deps.store.instances.loadMany(authority, cold) : []).map((held) => [held.instance.id, held]),
  );
  for (const held of read.values()) deps.held.agree(held);
  const judged: Judged[] = [];
  for (const ask of asks) {
    const fresh = read.get(ask.instance);
    const one = await judgeOne(deps, ask, fresh ?? deps.held.get(authority, ask.instance), fresh !== undefined);
    if (one !== null) judged.push(one);
  }
  if (judged.length === 0) return;
  await deps.hook('before-write');
  const all = await commitMany(deps, judged);
  await deps.hook('after-write');
  for (const { ask, commit } of judged) {
    // The batch says only how many were written: after a miss each one's key tells whether it was among them.
    if (!all) deps.held.drop(ask.instance);
    else verdicts.set(ask.instance, { instance: ask.instance, outcome: accepted(deps, commit) });
  }
}

async function commitMany(deps: Deps, judged: readonly Judged[]): Promise<boolean> {
  try {
    return await deps.store.instances.commitMany(judged.map(({ commit }) => commit));
  } catch (error) {
    // The outcome is unknown: what is held may be behind what is stored.
    for (const { ask } of judged) deps.held.drop(ask.instance);
    throw error;
  }
}

async function judgeOne(deps: Deps, ask: CheckedAsk, held: Held | undefined, fresh: boolean): Promise<Judged | null> {
  if (held === undefined || (ask.ifRevision !== undefined && ask.ifRevision !== held.instance.revision)) return null;
  const requestHash = requestHashOf(ask);
  try {
    if ((await replay(deps, held, ask, requestHash)) !== null) return null;
    const { decision } = await judge(deps, ask, held, requestHash, fresh);
    if (decision.kind === 'refused') return null;
    return {
      ask,
      commit: { before: held, acceptance: decision satisfies Acceptance, movedUpTo: deps.held.movedUpTo(ask.instance) },
    };
  } catch (error) {
    if (error instanceof TrinhkyError) return null;
    throw error;
  }
}

function accepted(deps: Deps, commit: Commit): Outcome {
  settle(deps, commit);
  return { kind: 'accepted', replayed: false, entry: commit.acceptance.entry, instance: commit.acceptance.next };
}

async function verdictOf(instance: string, work: () => Promise<Outcome>): Promise<BulkVerdict> {
  try {
    return { instance, outcome: await work() };
  } catch (error) {
    // A database that is away fails the whole request; what concerns one item is its verdict.
    if (!(error instanceof TrinhkyError) || error.code === 'databaseAway') throw error;
    return { instance, error: { code: error.code, params: error.params } };
  }
}
