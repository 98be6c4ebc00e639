import type { Deps } from '../commands/deps.js';
import { perform } from '../commands/perform.js';
import type { EffectOutcome, LeasedEffect } from '../commands/relayPorts.js';
import { rollupStored } from '../commands/reporting/givenRollup.js';
import { SYSTEM_ACTOR } from '../engine/definition.js';
import type { Instance } from '../engine/instance.js';
import { oneByOne, textOf } from './handler.js';

const tellAtOnce = 4;
/** Papers of one period or obligation at most. */
const papersMax = 200;

/** What a paper that cannot be told any more answers: it has ended, and shows by itself what became of its sources. */
const OVER: ReadonlySet<string> = new Set(['ended']);

/**
 * A report was accepted, corrected or reopened: every paper that was built on another version of it is told. Papers of other periods, and
 * those that were built on the version of now, hear nothing. Told twice, a paper notes it once.
 */
export const tellBuiltOn = oneByOne(tellAtOnce, async (deps, effect): Promise<EffectOutcome> => {
  const { authority, instance: report } = effect;
  const { now } = effect.params;
  const told: string[] = [];
  for (const paper of await papersAbove(deps, authority, textOf(effect, 'period'))) {
    const rollup = await rollupStored(deps, authority, paper.context.rollup);
    if (rollup === null) continue;
    const unit = rollup.units.find((one) => one.report === report);
    const was = unit?.content ?? null;
    const accepted = typeof now === 'string' ? now : null;
    const back = was === accepted && hasNoted(paper, report);
    if (was === accepted && accepted !== null && !back) continue;
    const outcome = await tell(deps, effect, paper.id, { report, was, now: accepted, ...(back ? { back } : {}) });
    if (outcome !== null) return outcome;
    told.push(paper.id);
  }
  return told.length === 0 ? { kind: 'obsolete', note: 'builtOnNothing' } : { kind: 'done' };
});

function hasNoted({ context }: Instance, report: string): boolean {
  return Array.isArray(context.outdated) && context.outdated.some((one) => (one as { report?: unknown }).report === report);
}

/** The consolidated papers of a period, and the summaries of its obligation. */
async function papersAbove({ store }: Pick<Deps, 'store'>, authority: string, period: string): Promise<readonly Instance[]> {
  const held = await store.instances.load(authority, period);
  if (held === null) return [];
  const own = await store.instances.childrenOf(authority, period, 'consolidation', papersMax);
  const obligation = held.instance.parent?.id;
  if (obligation === undefined) return own;
  const summaries = await store.instances.childrenOf(authority, obligation, 'summary', papersMax);
  const above: Instance[] = [];
  for (const summary of summaries) if (await isBuiltOn(store, summary, period)) above.push(summary);
  return [...own, ...above];
}

/** Whether one of a summary's parts is a roll-up of the period. */
async function isBuiltOn(store: Deps['store'], { authority, context }: Instance, period: string): Promise<boolean> {
  const rollup = await rollupStored({ store }, authority, context.rollup);
  for (const hash of rollup?.parts ?? []) if ((await rollupStored({ store }, authority, hash))?.of === period) return true;
  return false;
}

async function tell(
  deps: Deps,
  effect: LeasedEffect,
  paper: string,
  input: { readonly report: string; readonly was: string | null; readonly now: string | null; readonly back?: boolean },
): Promise<EffectOutcome | null> {
  const key = `${effect.id}/${paper}`;
  const outcome = await perform(deps, {
    authority: effect.authority,
    instance: paper,
    actor: SYSTEM_ACTOR,
    command: 'SOURCE_CORRECTED',
    input,
    key,
  });
  if (outcome.kind === 'accepted' || outcome.blockers.every(({ code }) => OVER.has(code))) return null;
  return {
    kind: 'parked',
    reason: { code: 'commandRefused', paper, blockers: outcome.blockers.map(({ code, params }) => ({ code, params })) },
  };
}
