import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { TrinhkyError } from '../errors.js';

export interface BackOff {
  failed(): void;
  reset(): void;
  /** Ends when the next try is due. Throws `printFailed` {reason: 'closed'} when it is cancelled. */
  passed(): Promise<void>;
  /** Wakes everybody who waits, and starts anew. */
  cancel(): void;
}

/** Doubles with each failure in a row; monotonic time, so that a clock that is set back delays nothing. */
export function makeBackOff(msMin: number, msMax: number): BackOff {
  let failures = 0;
  let notBefore = 0;
  let sleep = new AbortController();
  return {
    failed() {
      failures += 1;
      notBefore = performance.now() + Math.min(msMax, msMin * 2 ** (failures - 1));
    },
    reset() {
      failures = 0;
    },
    async passed() {
      const ms = Math.max(0, notBefore - performance.now());
      await wait(ms, undefined, { signal: sleep.signal }).catch((cause: unknown) => {
        throw new TrinhkyError('printFailed', { reason: 'closed' }, { cause });
      });
    },
    cancel() {
      failures = 0;
      notBefore = 0;
      sleep.abort();
      sleep = new AbortController();
    },
  };
}
