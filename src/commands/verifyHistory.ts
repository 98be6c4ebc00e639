import { type ChainFault, readEntry, type StoredEntry, verifyChain } from '../engine/entry.js';
import type { Entry, Instance } from '../engine/instance.js';
import type { Deps } from './deps.js';

const entriesPerRead = 500;

export interface VerifiedHistory {
  readonly entries: readonly Entry[];
  /** Empty where every entry follows from the one before and the last one is the instance's head. */
  readonly faults: readonly ChainFault[];
}

/** An instance's whole history, entries and pending read together, and whether its chain is whole. */
export async function verifyHistory({ store }: Pick<Deps, 'store'>, instance: Instance): Promise<VerifiedHistory> {
  const stored: StoredEntry[] = [];
  for (;;) {
    const read = await store.instances.history(instance.authority, instance.id, stored.length + 1, entriesPerRead);
    stored.push(...read);
    if (read.length < entriesPerRead) break;
  }
  return { entries: stored.map(({ bytes }) => readEntry(bytes)), faults: verifyChain(instance, stored) };
}
