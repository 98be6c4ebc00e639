import { performance } from 'node:perf_hooks';
import type { EffectOutcome } from '../commands/relayPorts.js';

/** Deliveries to one subscription that run at once in this process. */
export const deliveriesAtOnce = 4;
/** What waits for a place in memory; more is given back to the database until its turn may come. */
export const laneWaitingMax = 64;
export const lanesWaitingMax = 256;
/** A place that comes later than this is not used: the effect's lease must outlast the delivery. */
const placeWaitMsMax = 15_000;
/** The longest time for which a delivery is given back. */
export const giveBackMsMax = 15 * 60 * 1000;
const usualMsFirst = 200;

interface Lane {
  running: number;
  readonly waiting: (() => void)[];
  /** How long a delivery took lately: what is given back comes again at the pace at which places become free. */
  usualMs: number;
  /** Until when places are promised to what was given back, on the monotonic clock. */
  promisedMs: number;
}

/** A lane for each subscription: however slow one receiver is, it takes `deliveriesAtOnce` places and holds up nobody else. */
export interface Lanes {
  /** Runs the work when there is a place, or answers at once that it must come again later. */
  run(lane: string, work: () => Promise<EffectOutcome>): Promise<EffectOutcome>;
}

/** Lanes with nothing in them. */
export function makeLanes(): Lanes {
  const lanes = new Map<string, Lane>();
  let waiting = 0;

  /** True with a place taken. */
  async function place(lane: Lane): Promise<boolean> {
    if (lane.running < deliveriesAtOnce) {
      lane.running += 1;
      return true;
    }
    if (lane.waiting.length >= laneWaitingMax || waiting >= lanesWaitingMax) return false;
    waiting += 1;
    const since = performance.now();
    await new Promise<void>((resolve) => lane.waiting.push(resolve));
    waiting -= 1;
    if (performance.now() - since < placeWaitMsMax) return true;
    leave(lane);
    return false;
  }

  return {
    async run(name, work) {
      const lane = lanes.get(name) ?? { running: 0, waiting: [], usualMs: usualMsFirst, promisedMs: 0 };
      lanes.set(name, lane);
      if (!(await place(lane))) return givenBack(lane);
      const started = performance.now();
      try {
        return await work();
      } finally {
        lane.usualMs = (lane.usualMs + performance.now() - started) / 2;
        leave(lane);
        if (lane.running === 0 && lane.promisedMs < performance.now()) lanes.delete(name);
      }
    },
  };
}

/** Gives a place up: the next one has it at once, so that nobody comes in between. */
function leave(lane: Lane): void {
  const next = lane.waiting.shift();
  if (next === undefined) lane.running -= 1;
  else next();
}

function givenBack(lane: Lane): EffectOutcome {
  const now = performance.now();
  lane.promisedMs = Math.max(now, lane.promisedMs) + lane.usualMs / deliveriesAtOnce;
  // What does not fit below the bound is spread over its second half, or it would all come at one moment.
  const inMs = Math.min(lane.promisedMs - now, giveBackMsMax * (1 - Math.random() / 2));
  return { kind: 'retry', inMs: Math.ceil(inMs), reason: 'receiverBusy', patient: true };
}
