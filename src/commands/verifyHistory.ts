import { type ChainFault, readEntry, type StoredEntry, verifyChain } from '../engine/entry.js';
import type { Entry, Instance } from '../engine/instance.js';
import { isRederived } from '../office/organisation/capacity.js';
import type { Deps } from './deps.js';

const entriesPerRead = 500;

export interface VerifiedHistory {
  readonly entries: readonly Entry[];
  /** Empty where every entry follows from the one before, the last one is the instance's head, and every block from its own entry. */
  readonly faults: readonly HistoryFault[];
}

/** `capacity`: the signature block of an entry does not follow from the records that the entry itself holds. */
export type HistoryFault = ChainFault | { readonly kind: 'capacity'; readonly seq: number };

/** An instance's whole history, entries and pending read together, and whether its chain is whole. */
export async function verifyHistory({ store }: Pick<Deps, 'store'>, instance: Instance): Promise<VerifiedHistory> {
  const stored: StoredEntry[] = [];
  for (;;) {
    const read = await store.instances.history(instance.authority, instance.id, stored.length + 1, entriesPerRead);
    stored.push(...read);
    if (read.length < entriesPerRead) break;
  }
  const entries = stored.map(({ bytes }) => readEntry(bytes));
  return { entries, faults: [...verifyChain(instance, stored), ...capacityFaults(entries)] };
}

/** The entries whose signature block cannot be derived again from what they hold. */
export function capacityFaults(entries: readonly Entry[]): readonly HistoryFault[] {
  return entries.filter((entry) => !isRederived(entry)).map(({ seq }): HistoryFault => ({ kind: 'capacity', seq }));
}
