import { performance } from 'node:perf_hooks';
import type { Deps } from '../commands/deps.js';
import { closeLost, type Terms, tellGained, termsAt } from '../commands/notices/handOver.js';
import { dayOf } from '../office/time/clock.js';
import { planMails } from './mailPlan.js';

/** The net under what is noticed at once: terms that begin and end within a day, or a round that failed. */
const handOversMs = 60 * 60 * 1_000;
/** A process that lives for one command of the command line leaves them to the server. */
const firstRoundMs = 10_000;

/** Keeps notices true where who can act changes without any step: a post, a delegation, a person. Works beside the loop. */
export interface HandOvers {
  /** Starts a round where an organisation changed, a new day has come, or the last round is `handOversMs` ago; never two at once. */
  look(): void;
  /** Waits for the round that runs. */
  idle(): Promise<void>;
  /** Ends the round that runs between two pages. */
  stop(): Promise<void>;
}

interface Seen {
  readonly revision: number;
  readonly day: string;
  readonly atMs: number;
  readonly terms: Terms;
}

export function makeHandOvers(options: {
  readonly deps: () => Deps;
  readonly onError: (error: unknown, doing: string) => void;
  readonly firstRoundMs?: number;
}): HandOvers {
  let running: Promise<void> | null = null;
  let stopped = false;
  const firstAtMs = performance.now() + (options.firstRoundMs ?? firstRoundMs);
  const seen = new Map<string, Seen>();

  async function round(): Promise<void> {
    const deps = options.deps();
    for (const authority of await deps.store.directory.authorities()) {
      const directory = await deps.store.directory.snapshot(authority);
      const last = seen.get(authority);
      const now = deps.clock.now();
      const day = dayOf(now);
      const isSame = last !== undefined && last.revision === directory.revision && last.day === day;
      if (stopped || (isSame && performance.now() - last.atMs < handOversMs)) continue;
      const terms = termsAt(directory, now);
      await closeLost(deps, authority, () => stopped);
      const fresh = await tellGained(deps, authority, last?.terms ?? null);
      await planMails(deps, new Map(), fresh);
      if (!stopped) seen.set(authority, { revision: directory.revision, day, atMs: performance.now(), terms });
    }
  }

  return {
    look() {
      if (stopped || running !== null || performance.now() < firstAtMs) return;
      running = round()
        .catch((error: unknown) => options.onError(error, 'handOvers'))
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
