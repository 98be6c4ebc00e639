import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';

const backOffFirstMs = 50;
const backOffUsualMsMax = 2_000;

/** A queue in memory that is worked off in batches, one batch at a time. */
export interface Pump<T> {
  add(item: T): void;
  /** Waits until the queue is empty, or the pump stopped. */
  flush(): Promise<void>;
  idle(): boolean;
  /** Waits for the running batch; a batch that fails from now on is given up. */
  stop(): Promise<void>;
}

export interface PumpOptions<T> {
  readonly work: (batch: readonly T[]) => Promise<void>;
  readonly batchMax: number;
  /** What does not fit is dropped: whoever adds must be able to find it elsewhere. */
  readonly queuedMax: number;
  readonly onError: (error: unknown) => void;
  /** Whether a failure says nothing about the items: then it is waited out, however long. */
  readonly isPatient: (error: unknown) => boolean;
  /** An item that failed alone, `failuresMax` times: it leaves the queue, so that the others can go on. */
  readonly onGivenUp: (item: T, error: unknown) => void;
  readonly backOffMsMax?: number;
  /** Least time from the beginning of one batch to the next, so that under load batches are worth their round trips; without it none. */
  readonly batchGapMs?: number;
}

/** After so many failures in a row a batch is tried item by item, and an item that was alone already leaves the queue. */
export const failuresMax = 5;

/** A failed batch stays at the head of the queue and is tried again, later and later. */
export function makePump<T>(options: PumpOptions<T>): Pump<T> {
  const { work, batchMax, queuedMax, onError, isPatient, onGivenUp, backOffMsMax = backOffUsualMsMax } = options;
  const gap = makeGap(options.batchGapMs ?? 0);
  const queue: T[] = [];
  let running: Promise<void> | null = null;
  let stopped = false;
  let flushing = 0;

  function run(): Promise<void> {
    // A turn of the loop lets the items of one moment share a batch.
    running ??= new Promise<void>((resolve) => setImmediate(resolve)).then(workOff).finally(() => {
      running = null;
      if (queue.length > 0 && !stopped) void run();
    });
    return running;
  }

  async function workOff(): Promise<void> {
    let backOffMs = Math.min(backOffFirstMs, backOffMsMax);
    let failures = 0;
    let alone = 0;
    while (queue.length > 0) {
      await gap.next(flushing > 0 || alone > 0 || queue.length >= batchMax);
      const batch = queue.slice(0, alone > 0 ? 1 : batchMax);
      try {
        await work(batch);
        queue.splice(0, batch.length);
        alone = Math.max(0, alone - 1);
        failures = 0;
        backOffMs = Math.min(backOffFirstMs, backOffMsMax);
      } catch (error) {
        onError(error);
        if (stopped) return;
        if (!isPatient(error)) failures += 1;
        await pause(backOffMs);
        backOffMs = Math.min(backOffMsMax, backOffMs * 2);
        if (failures < failuresMax) continue;
        failures = 0;
        alone = batch.length > 1 ? batch.length : 0;
        if (alone === 0) for (const item of queue.splice(0, 1)) onGivenUp(item, error);
      }
    }
  }

  return {
    add(item) {
      if (queue.length >= queuedMax) return;
      queue.push(item);
      if (queue.length >= batchMax) gap.end();
      void run();
    },
    async flush() {
      flushing += 1;
      gap.end();
      while (running !== null || (queue.length > 0 && !stopped)) await run();
      flushing -= 1;
    },
    idle: () => queue.length === 0 && running === null,
    async stop() {
      stopped = true;
      await running;
    },
  };
}

/** The pause between two batches. */
interface Gap {
  /** Waits until the next batch may begin: at once where it is spared, and after a rest. */
  next(spared: boolean): Promise<void>;
  /** Ends the wait that runs. */
  end(): void;
}

function makeGap(gapMs: number): Gap {
  let nextAtMs = 0;
  let wake: (() => void) | null = null;
  return {
    async next(spared) {
      const waitMs = nextAtMs - performance.now();
      if (!spared && waitMs > 0) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, waitMs);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
        wake = null;
      }
      nextAtMs = performance.now() + gapMs;
    },
    end: () => wake?.(),
  };
}
