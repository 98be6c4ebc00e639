import { setTimeout as pause } from 'node:timers/promises';

const backOffFirstMs = 50;
const backOffMsMax = 2_000;

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
}

/** A failed batch stays at the head of the queue and is tried again, later and later. */
export function makePump<T>({ work, batchMax, queuedMax, onError }: PumpOptions<T>): Pump<T> {
  const queue: T[] = [];
  let running: Promise<void> | null = null;
  let stopped = false;

  function run(): Promise<void> {
    // A turn of the loop lets the items of one moment share a batch.
    running ??= new Promise<void>((resolve) => setImmediate(resolve)).then(workOff).finally(() => {
      running = null;
      if (queue.length > 0 && !stopped) void run();
    });
    return running;
  }

  async function workOff(): Promise<void> {
    let backOffMs = backOffFirstMs;
    while (queue.length > 0) {
      const batch = queue.slice(0, batchMax);
      try {
        await work(batch);
        queue.splice(0, batch.length);
        backOffMs = backOffFirstMs;
      } catch (error) {
        onError(error);
        if (stopped) return;
        await pause(backOffMs);
        backOffMs = Math.min(backOffMsMax, backOffMs * 2);
      }
    }
  }

  return {
    add(item) {
      if (queue.length >= queuedMax) return;
      queue.push(item);
      void run();
    },
    async flush() {
      while (running !== null || (queue.length > 0 && !stopped)) await run();
    },
    idle: () => queue.length === 0 && running === null,
    async stop() {
      stopped = true;
      await running;
    },
  };
}
