import type { Clock } from '../../src/office/time/clock.js';

export interface FakeClock extends Clock {
  set(instant: string): void;
  /** Moves on by milliseconds; back when negative. */
  advance(ms: number): void;
}

/** A domain clock that stands still until it is moved. */
export function fakeClock(start = '2026-03-02T02:00:00.000Z'): FakeClock {
  let now = start;
  return {
    now: () => now,
    set(instant) {
      now = instant;
    },
    advance(ms) {
      now = new Date(Date.parse(now) + ms).toISOString();
    },
  };
}

export const dayMs = 24 * 60 * 60 * 1000;
