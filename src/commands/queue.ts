export const queuedPerInstanceMax = 500;

/** Runs work on one key in turn; work on different keys runs side by side. */
export interface Queue {
  run<T>(key: string, work: () => Promise<T>): Promise<T>;
  /** Holds several keys at once, taken in one order so that two holders can never wait for each other. */
  runAll<T>(keys: readonly string[], work: () => Promise<T>): Promise<T>;
}

/**
 * Within a process the commands on one instance run one after another: sixteen racing writers would otherwise spend
 * their time in lost versioned writes. Across processes the versioned write alone decides.
 * @param onFull makes the error thrown when `queuedPerInstanceMax` already wait for one key.
 */
export function makeQueue(onFull: () => Error): Queue {
  const tails = new Map<string, { tail: Promise<unknown>; waiting: number }>();

  async function run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const lane = tails.get(key) ?? { tail: Promise.resolve(), waiting: 0 };
    if (lane.waiting >= queuedPerInstanceMax) throw onFull();
    lane.waiting += 1;
    tails.set(key, lane);
    const mine = lane.tail.then(work, work);
    lane.tail = mine.catch(() => undefined);
    try {
      return await mine;
    } finally {
      lane.waiting -= 1;
      if (lane.waiting === 0) tails.delete(key);
    }
  }

  async function runAll<T>(keys: readonly string[], work: () => Promise<T>): Promise<T> {
    const [first, ...rest] = [...new Set(keys)].sort();
    return first === undefined ? work() : run(first, () => runAll(rest, work));
  }

  return { run, runAll };
}
