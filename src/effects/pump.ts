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
}

/** After so many failures in a row a batch is taken apart, and an item given up. */
export const failuresMax = 5;

/** A failed batch stays at the head of the queue and is tried again, later and later. */
export function makePump<T>(options: PumpOptions<T>): Pump<T> {
  const { work, batchMax, queuedMax, onError, isPatient, onGivenUp, backOffMsMax = backOffUsualMsMax } = options;
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
    let backOffMs = Math.min(backOffFirstMs, backOffMsMax);
    let failures = 0;
    let alone = 0;
    while (queue.length > 0) {
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
        alone = takeApart(batch, error);
      }
    }
  }

  /** Answers how many items are to be tried alone from now on; an item that was alone already leaves the queue. */
  function takeApart(batch: readonly T[], error: unknown): number {
    if (batch.length > 1) return batch.length;
    for (const item of queue.splice(0, 1)) onGivenUp(item, error);
    return 0;
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
