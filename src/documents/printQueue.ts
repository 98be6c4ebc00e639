import { TrinhkyError } from '../errors.js';

export interface PrintQueue {
  /** Waits for a free place. Throws `busy` when too many wait already. */
  enter(): Promise<void>;
  /** Gives the place to the one who has waited longest. */
  leave(): void;
  /** Fails everybody who waits. */
  refuseAll(error: Error): void;
}

/** A queue for `placesMax` at once and `waitingMax` behind them, first come, first served. */
export function makePrintQueue(placesMax: number, waitingMax: number): PrintQueue {
  let taken = 0;
  let waiting: { go: () => void; refuse: (error: Error) => void }[] = [];
  return {
    async enter() {
      if (taken < placesMax) {
        taken += 1;
        return;
      }
      if (waiting.length >= waitingMax) {
        throw new TrinhkyError('busy', { queue: 'print', limit: waitingMax });
      }
      await new Promise<void>((go, refuse) => waiting.push({ go, refuse }));
    },
    leave() {
      const next = waiting.shift();
      if (next) {
        next.go();
      } else {
        taken -= 1;
      }
    },
    refuseAll(error) {
      for (const { refuse } of waiting) {
        refuse(error);
      }
      waiting = [];
    },
  };
}
