import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import type { Deps } from '../commands/deps.js';
import type { HandOver, LeasedEffect } from '../commands/ports.js';

export const carryEntriesMax = 200;
/** A batch that was read longer ago is dropped: this process may have been stopped, and tombstones do not last for ever. */
export const relayBatchMsMax = 30_000;
/** What does not fit waits in the database and is found by the scan. */
export const handedOverMax = 20_000;
const scanInstancesMax = 200;
const idleMs = 2_000;
/** Twice what may be pending, and again twice for trimming by halves. */
const seqsKeptMax = 128;
const clearInstancesMax = 500;
const backOffFirstMs = 50;
const backOffMsMax = 2_000;

export interface CarrierOptions {
  readonly deps: () => Deps;
  readonly owner: string;
  readonly onError: (error: unknown, doing: string) => void;
  readonly onLeased: (effects: readonly LeasedEffect[]) => void;
  /** Something with a later due time was planned. */
  readonly onTimers: () => void;
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

/**
 * What this process carried out of an instance. Exactly these may be cleared: an entry whose commit was answered with an error
 * may stand between them, and nobody handed it over.
 */
interface Carried {
  readonly authority: string;
  readonly seqs: Set<number>;
  at: number;
}

/** Moves entries from their instances to `entries` and `outbox`, in the order: entries, outbox, clear. */
export function makeCarrier({ deps, owner, onError, onLeased, onTimers }: CarrierOptions): Carrier {
  const queue: HandOver[] = [];
  const carried = new Map<string, Carried>();
  let pumping: Promise<void> | null = null;
  let stopped = false;

  function handOver(entry: HandOver): void {
    if (queue.length >= handedOverMax) return;
    queue.push(entry);
    pump();
  }

  function pump(): Promise<void> {
    // A turn of the loop lets the commands of one moment share a batch.
    pumping ??= new Promise<void>((resolve) => setImmediate(resolve)).then(carryAll).finally(() => {
      pumping = null;
      if (queue.length > 0 && !stopped) void pump();
    });
    return pumping;
  }

  async function carryAll(): Promise<void> {
    let backOffMs = backOffFirstMs;
    while (queue.length > 0) {
      const batch = queue.slice(0, carryEntriesMax);
      try {
        await carry(batch);
        queue.splice(0, batch.length);
        backOffMs = backOffFirstMs;
      } catch (error) {
        onError(error, 'carry');
        // What was handed over stands in the instances: after a stop the next start finds it.
        if (stopped) return;
        await pause(backOffMs);
        backOffMs = Math.min(backOffMsMax, backOffMs * 2);
      }
    }
  }

  async function carry(batch: readonly HandOver[]): Promise<void> {
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
      remember(authority, instance, seq);
    }
    if (leased.length > 0) onLeased(leased);
    if (sound.some((entry) => entry.bytes.includes('"dueAt":"'))) onTimers();
  }

  function remember(authority: string, instance: string, seq: number): void {
    const row = carried.get(instance) ?? { authority, seqs: new Set<number>(), at: 0 };
    row.seqs.add(seq);
    row.at = performance.now();
    // A busy instance clears itself with its commits; what is so far back is no longer in `pending`, or is carried once more.
    if (row.seqs.size > seqsKeptMax) for (const old of [...row.seqs].slice(0, seqsKeptMax / 2)) row.seqs.delete(old);
    carried.set(instance, row);
  }

  async function clear(instances: readonly string[]): Promise<void> {
    const rows = instances.flatMap((instance) => {
      const row = carried.get(instance);
      carried.delete(instance);
      return row === undefined ? [] : [{ instance, authority: row.authority, seqs: [...row.seqs] }];
    });
    for (let start = 0; start < rows.length; start += clearInstancesMax) await deps().store.relay.clear(rows.slice(start, start + clearInstancesMax));
    await deps().hook('after-clear');
  }

  async function drain(authority: string, instance: string): Promise<void> {
    await flush();
    const waiting = await deps().store.relay.pendingOf(authority, instance);
    if (waiting.length === 0) return;
    await carry(waiting);
    await clear([instance]);
    deps().held.drop(instance);
  }

  async function flush(): Promise<void> {
    while (pumping !== null || (queue.length > 0 && !stopped)) await pump();
  }

  return {
    handOver,
    flush,
    drain,
    idle: () => queue.length === 0 && pumping === null,
    async scan(authority) {
      // Entries that this process has moved already are only waiting to be cleared.
      const found = await deps().store.relay.scanPending(authority, scanInstancesMax);
      const left = found.filter((entry) => carried.get(entry.instance)?.seqs.has(entry.seq) !== true);
      for (let start = 0; start < left.length; start += carryEntriesMax) await carry(left.slice(start, start + carryEntriesMax));
    },
    async clearIdle() {
      const before = performance.now() - idleMs;
      await clear([...carried].filter(([, row]) => row.at < before).map(([instance]) => instance));
    },
    clearAll: () => clear([...carried.keys()]),
    async stop() {
      stopped = true;
      await pumping;
      await clear([...carried.keys()]).catch((error: unknown) => onError(error, 'clear'));
    },
  };
}
