import { performance } from 'node:perf_hooks';
import type { Deps } from '../commands/deps.js';

/** A process that lives for one command of the command line leaves rounds to the server. */
const firstRoundMs = 10_000;

/** Work beside the relay's loop, which must not wait for it: round after round, never two at once. */
export interface Rounds {
  /** Starts a round where one is due. */
  look(): void;
  /** Waits for the round that runs. */
  idle(): Promise<void>;
  /** Lets the round that runs come to its next place to stop; what is left is done after the next start. */
  stop(): Promise<void>;
}

export interface RoundsOptions {
  readonly deps: () => Deps;
  readonly onError: (error: unknown, doing: string) => void;
  readonly firstRoundMs?: number;
}

/**
 * Rounds of one kind of work. `due` answers the work of the next round, or null where none is due yet; the work asks `stopped` where it
 * may end early. A round that fails is told by `name`, and the next one tries again.
 */
export function makeRounds(
  options: RoundsOptions,
  name: string,
  due: (stopped: () => boolean) => (() => Promise<void>) | null,
): Rounds {
  let running: Promise<void> | null = null;
  let stopped = false;
  const firstAtMs = performance.now() + (options.firstRoundMs ?? firstRoundMs);
  return {
    look() {
      if (stopped || running !== null || performance.now() < firstAtMs) return;
      const round = due(() => stopped);
      if (round === null) return;
      running = round()
        .catch((error: unknown) => options.onError(error, name))
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
