import { performance } from 'node:perf_hooks';
import { entryOf } from '../commands/carriedEntry.js';
import type { HandOver, LeasedEffect, PlannedEffect } from '../commands/relayPorts.js';
import { TrinhkyError } from '../errors.js';
import { type CarriedMemory, type CarriedRow, makeCarriedMemory } from './carriedMemory.js';
import { type EarlyOptions, runEarly } from './early.js';
import { makePump } from './pump.js';
import { planWebhooks } from './webhookPlan.js';

export const carryEntriesMax = 200;
/** Under load a batch begins no sooner after the one before: what gathers meanwhile shares its writes. After a rest there is no wait. */
export const carryGapMs = 25;
/** A batch that was read longer ago is dropped: this process may have been stopped, and tombstones do not last for ever. */
export const relayBatchMsMax = 30_000;
/** What does not fit waits in the database and is found by the scan. */
export const handedOverMax = 20_000;
const scanInstancesMax = 2_000;
const clearInstancesMax = 500;

export interface CarrierOptions extends EarlyOptions {
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
  /** The same for everything, from the beginning. */
  scanAll(authority: string): Promise<void>;
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
  const scannedUpTo = new Map<string, string>();
  const carrying: Carrying = { options, carried };
  // What was handed over stands in the instances: whatever is dropped or given up here, a scan finds.
  const pump = makePump<HandOver>({
    work: (batch) => carry(carrying, batch),
    batchMax: carryEntriesMax,
    batchGapMs: carryGapMs,
    queuedMax: handedOverMax,
    onError: (error) => onError(error, 'carry'),
    isPatient: (error) => error instanceof TrinhkyError && error.code === 'databaseAway',
    onGivenUp: ({ instance, seq }) => givenUp.add(`${instance}/${seq}`),
  });

  /** One window. Entries that this process has moved already only wait to be cleared: the scan walks on past them, and round again. */
  async function scan(authority: string): Promise<void> {
    const found = await deps().store.relay.scanPending(authority, scannedUpTo.get(authority) ?? null, scanInstancesMax);
    const last = found.at(-1);
    if (last === undefined || found.length < scanInstancesMax) scannedUpTo.delete(authority);
    else scannedUpTo.set(authority, last.instance);
    const isLeft = (instance: string, seq: number) => !carried.has(instance, seq) && !givenUp.has(`${instance}/${seq}`);
    for (const { instance } of found.filter((one) => one.seqs.some((seq) => isLeft(one.instance, seq)))) {
      const waiting = await deps().store.relay.pendingOf(authority, instance);
      for (const entry of waiting) if (isLeft(instance, entry.seq)) pump.add(entry);
    }
    await pump.flush();
  }

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
    scan: (authority) => scan(authority),
    async scanAll(authority) {
      scannedUpTo.delete(authority);
      do await scan(authority);
      while (scannedUpTo.has(authority));
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

/** One batch: entries, then what runs early, then effects, then the memory of it. Whatever is interrupted in between is done again. */
async function carry({ options, carried }: Carrying, batch: readonly HandOver[]): Promise<void> {
  const { deps, owner, onLeased, onTimer } = options;
  const read = performance.now();
  const { relay } = deps().store;
  const { parked, known } = await relay.carryEntries(batch);
  await deps().hook('after-entries');
  const sound = batch.filter((entry) => !parked.has(entry.instance));
  const own = sound.flatMap((item) => entryOf(item).effects.map((effect): PlannedEffect => ({ of: item, effect })));
  const webhooks = await planWebhooks(deps(), sound);
  const early = await runEarly(options, sound, known);
  if (performance.now() - read > relayBatchMsMax) return;
  const now = deps().clock.now();
  const leased = await relay.planEffects([...own, ...webhooks], owner, now, early);
  await deps().hook('after-outbox');
  for (const { authority, instance, seq } of sound) {
    deps().held.moved(instance, seq);
    carried.remember(authority, instance, seq);
  }
  if (leased.length > 0) onLeased(leased);
  const later = earliestAfter(own, now);
  if (later !== null) onTimer(later);
}

async function clear({ options: { deps } }: Carrying, rows: readonly CarriedRow[]): Promise<void> {
  for (let start = 0; start < rows.length; start += clearInstancesMax) {
    await deps().store.relay.clear(rows.slice(start, start + clearInstancesMax));
  }
  await deps().hook('after-clear');
}

/** The earliest due instant after `now`, or null. */
function earliestAfter(planned: readonly PlannedEffect[], now: string): string | null {
  let earliest: string | null = null;
  for (const { effect } of planned) {
    const { dueAt } = effect;
    if (dueAt !== null && dueAt > now && (earliest === null || dueAt < earliest)) earliest = dueAt;
  }
  return earliest;
}
