import { performance } from 'node:perf_hooks';
import type { Deps } from '../commands/deps.js';
import type { HandOver, LeasedEffect } from '../commands/relayPorts.js';
import { TrinhkyError } from '../errors.js';
import { type CarriedMemory, type CarriedRow, makeCarriedMemory } from './carriedMemory.js';
import { makePump } from './pump.js';

export const carryEntriesMax = 200;
/** A batch that was read longer ago is dropped: this process may have been stopped, and tombstones do not last for ever. */
export const relayBatchMsMax = 30_000;
/** What does not fit waits in the database and is found by the scan. */
export const handedOverMax = 20_000;
const scanInstancesMax = 200;
const clearInstancesMax = 500;

export interface CarrierOptions {
  readonly deps: () => Deps;
  readonly owner: string;
  readonly onError: (error: unknown, doing: string) => void;
  readonly onLeased: (effects: readonly LeasedEffect[]) => void;
  /** Something was planned for this later instant of the domain's clock. */
  readonly onTimer: (dueAt: string) => void;
}

export interface Carrier {
  handOver(entry: HandOver): void;
  /** Waits until everything handed over so far is durable, or given up. */
  flush(): Promise<void>;
  /** Carries everything of one instance and makes room in it. */
  drain(authority: string, instance: string): Promise<void>;
  /** Takes up entries that nobody handed over: of a process that died, or that were dropped. */
  scan(authority: string): Promise<void>;
  clearIdle(): Promise<void>;
  clearAll(): Promise<void>;
  idle(): boolean;
  stop(): Promise<void>;
}

/** Moves entries from their instances to `entries` and `outbox`, in the order: entries, outbox, clear. */
export function makeCarrier(options: CarrierOptions): Carrier {
  const { deps, onError } = options;
  const carried = makeCarriedMemory();
  // Entries that nothing can carry stay in their instances, where history shows them; the log names the reason.
  const givenUp = new Set<string>();
  const carrying: Carrying = { options, carried };
  // What was handed over stands in the instances: whatever is dropped or given up here, a scan finds.
  const pump = makePump<HandOver>({
    work: (batch) => carry(carrying, batch),
    batchMax: carryEntriesMax,
    queuedMax: handedOverMax,
    onError: (error) => onError(error, 'carry'),
    isPatient: (error) => error instanceof TrinhkyError && error.code === 'databaseAway',
    onGivenUp: ({ instance, seq }) => givenUp.add(`${instance}/${seq}`),
  });

  async function drain(authority: string, instance: string): Promise<void> {
    await pump.flush();
    const waiting = await deps().store.relay.pendingOf(authority, instance);
    if (waiting.length === 0) return;
    await carry(carrying, waiting);
    await clear(carrying, carried.take([instance]));
    deps().held.drop(instance);
  }

  return {
    handOver: pump.add,
    flush: pump.flush,
    drain,
    idle: pump.idle,
    async scan(authority) {
      // Entries that this process has moved already are only waiting to be cleared.
      const found = await deps().store.relay.scanPending(authority, scanInstancesMax);
      const left = found.filter(
        (entry) => !carried.has(entry.instance, entry.seq) && !givenUp.has(`${entry.instance}/${entry.seq}`),
      );
      for (const entry of left) pump.add(entry);
      await pump.flush();
    },
    clearIdle: () => clear(carrying, carried.takeIdle()),
    clearAll: () => clear(carrying, carried.takeAll()),
    async stop() {
      await pump.stop();
      await clear(carrying, carried.takeAll()).catch((error: unknown) => onError(error, 'clear'));
    },
  };
}

interface Carrying {
  readonly options: CarrierOptions;
  readonly carried: CarriedMemory;
}

/** One batch: entries, then effects, then the memory of it. Whatever is interrupted in between is done again. */
async function carry({ options, carried }: Carrying, batch: readonly HandOver[]): Promise<void> {
  const { deps, owner, onLeased, onTimer } = options;
  const read = performance.now();
  const { relay } = deps().store;
  const parked = await relay.carryEntries(batch);
  await deps().hook('after-entries');
  if (performance.now() - read > relayBatchMsMax) return;
  const sound = batch.filter((entry) => !parked.has(entry.instance));
  const now = deps().clock.now();
  const leased = await relay.planEffects(sound, owner, now);
  await deps().hook('after-outbox');
  for (const { authority, instance, seq } of sound) {
    deps().held.moved(instance, seq);
    carried.remember(authority, instance, seq);
  }
  if (leased.length > 0) onLeased(leased);
  const later = earliestAfter(sound, now);
  if (later !== null) onTimer(later);
}

async function clear({ options: { deps } }: Carrying, rows: readonly CarriedRow[]): Promise<void> {
  for (let start = 0; start < rows.length; start += clearInstancesMax) {
    await deps().store.relay.clear(rows.slice(start, start + clearInstancesMax));
  }
  await deps().hook('after-clear');
}

/** The earliest due instant after `now` in the effects of a batch, or null. */
function earliestAfter(batch: readonly HandOver[], now: string): string | null {
  let earliest: string | null = null;
  for (const { bytes } of batch) {
    for (const [, dueAt = ''] of bytes.matchAll(/"dueAt":"([^"]+)"/g)) {
      if (dueAt > now && (earliest === null || dueAt < earliest)) earliest = dueAt;
    }
  }
  return earliest;
}
