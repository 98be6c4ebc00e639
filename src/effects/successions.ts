import { performance } from 'node:perf_hooks';
import { succeedDue } from '../commands/organisation/succeedDue.js';
import { dayOf } from '../office/time/clock.js';
import { makeRounds, type Rounds, type RoundsOptions } from './rounds.js';

/** How often duties are looked for that were opened for a unit after it ended. */
const successionsMs = 60 * 60 * 1_000;

/** Carries successions out: a round where a new day has come or the last one is `successionsMs` ago. */
export function makeSuccessions(options: RoundsOptions): Rounds {
  let nextAtMs = 0;
  let triedOn: string | null = null;
  let doneOn: string | null = null;

  return makeRounds(options, 'successions', (stopped) => {
    const today = dayOf(options.deps().clock.now());
    if (performance.now() < nextAtMs && today === triedOn) return null;
    nextAtMs = performance.now() + successionsMs;
    triedOn = today;
    return async () => {
      const deps = options.deps();
      for (const authority of await deps.store.directory.authorities())
        await succeedDue(deps, authority, { whole: doneOn !== today, stopped });
      if (!stopped()) doneOn = today;
    };
  });
}
