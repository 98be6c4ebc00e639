import { entryOf } from '../commands/carriedEntry.js';
import type { Deps } from '../commands/deps.js';
import { tells } from '../commands/notices/derive.js';
import type { Carried, EarlyRun, EffectEnd, HandOver, LeasedEffect } from '../commands/relayPorts.js';

export interface EarlyOptions {
  readonly deps: () => Deps;
  /** Runs effects of the one kind that runs early; what fails is an ending too. */
  readonly runEarly: (effects: readonly LeasedEffect[]) => Promise<readonly EffectEnd[]>;
}

/**
 * Telling people is a few inserts that find themselves done, so it runs before its row is written, which is then a tombstone from the
 * beginning: one write where there were two. A process that dies in between leaves the entry in its instance, and whoever carries it
 * again finds it among the entries (`known`) and tells again, as after a lease that ran out. What did not succeed is left to its row.
 */
export async function runEarly(
  { deps, runEarly: run }: EarlyOptions,
  batch: readonly HandOver[],
  known: Carried['known'],
): Promise<ReadonlyMap<string, EarlyRun>> {
  const early = batch.flatMap((item) =>
    entryOf(item)
      .effects.filter((effect) => tells(effect) && effect.dueAt === null)
      .map((effect): LeasedEffect => {
        const { authority, instance } = item;
        return { ...effect, authority, instance, token: known.has(item) ? 2 : 1, attempts: 0 };
      }),
  );
  if (early.length === 0) return new Map();
  const ends = await run(early);
  await deps().hook('after-effect');
  return new Map(
    ends.map(({ effect, outcome }) => [effect.id, outcome.kind === 'done' && outcome.note === undefined ? 'done' : 'tried']),
  );
}
