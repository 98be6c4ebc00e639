import { performance } from 'node:perf_hooks';
import { closeLost, type Terms, tellGained, termsAt } from '../commands/notices/handOver.js';
import { dayOf } from '../office/time/clock.js';
import { planMails } from './mailPlan.js';
import { makeRounds, type Rounds, type RoundsOptions } from './rounds.js';

/** The net under what is noticed at once: terms that begin and end within a day, or a round that failed. */
const handOversMs = 60 * 60 * 1_000;

interface Seen {
  readonly revision: number;
  readonly day: string;
  readonly atMs: number;
  readonly terms: Terms;
}

/**
 * Keeps notices true where who can act changes without any step: a post, a delegation, a person. An authority has its turn in a round
 * where its organisation changed, a new day has come, or its last turn is `handOversMs` ago.
 */
export function makeHandOvers(options: RoundsOptions): Rounds {
  const seen = new Map<string, Seen>();

  return makeRounds(options, 'handOvers', (stopped) => async () => {
    const deps = options.deps();
    for (const authority of await deps.store.directory.authorities()) {
      const directory = await deps.store.directory.snapshot(authority);
      const last = seen.get(authority);
      const now = deps.clock.now();
      const day = dayOf(now);
      const isSame = last !== undefined && last.revision === directory.revision && last.day === day;
      if (stopped() || (isSame && performance.now() - last.atMs < handOversMs)) continue;
      const terms = termsAt(directory, now);
      await closeLost(deps, authority, stopped);
      const fresh = await tellGained(deps, authority, last?.terms ?? null);
      await planMails(deps, new Map(), fresh);
      if (!stopped()) seen.set(authority, { revision: directory.revision, day, atMs: performance.now(), terms });
    }
  });
}
