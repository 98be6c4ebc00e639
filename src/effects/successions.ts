import { performance } from 'node:perf_hooks';
import type { Deps } from '../commands/deps.js';
import { succeedDue } from '../commands/organisation/succeedDue.js';
import { dayOf } from '../office/time/clock.js';

/** How often duties are looked for that were opened for a unit after it ended. */
const successionsMs = 60 * 60 * 1_000;

/** A process that lives for one command of the command line leaves them to the server. */
const firstRoundMs = 10_000;

/** Carries successions out beside the loop, which must not wait for them. */
export interface Successions {
  /** Starts a round where a new day has come or the last round is `successionsMs` ago; never two at once. */
  look(): void;
  /** Waits for the round that runs. */
  idle(): Promise<void>;
  /** Ends the round that runs between two instances; what is left is done after the next start. */
  stop(): Promise<void>;
}

export function makeSuccessions(options: {
  readonly deps: () => Deps;
  readonly onError: (error: unknown, doing: string) => void;
  readonly firstRoundMs?: number;
}): Successions {
  let running: Promise<void> | null = null;
  let stopped = false;
  const firstAtMs = performance.now() + (options.firstRoundMs ?? firstRoundMs);
  let nextAtMs = 0;
  let triedOn: string | null = null;
  let doneOn: string | null = null;

  async function round(today: string): Promise<void> {
    const deps = options.deps();
    for (const authority of await deps.store.directory.authorities())
      await succeedDue(deps, authority, { whole: doneOn !== today, stopped: () => stopped });
    if (!stopped) doneOn = today;
  }

  return {
    look() {
      if (stopped || running !== null || performance.now() < firstAtMs) return;
      const today = dayOf(options.deps().clock.now());
      if (performance.now() < nextAtMs && today === triedOn) return;
      nextAtMs = performance.now() + successionsMs;
      triedOn = today;
      running = round(today)
        .catch((error: unknown) => options.onError(error, 'successions'))
        .finally(() => {
          running = null;
        });
    },
    async idle() {
      await running;
    },
    async stop() {
      stopped = true;
      await running;
    },
  };
}
