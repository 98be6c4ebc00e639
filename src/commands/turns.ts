/** Runs heavy work a few at a time; those who come later wait, and beyond a bound they are turned away. */
export type Turns = <T>(work: () => Promise<T>) => Promise<T>;

export interface TurnsOptions {
  readonly atOnceMax: number;
  readonly waitingMax: number;
  readonly onFull: () => Error;
}

export function makeTurns({ atOnceMax, waitingMax, onFull }: TurnsOptions): Turns {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (running >= atOnceMax) {
      if (waiting.length >= waitingMax) throw onFull();
      // Whoever ends hands its place over, so `running` stays as it is.
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else running += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
