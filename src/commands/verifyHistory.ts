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

/**
 * `altered`: what follows an entry, the next one or the head, names another hash than the one its text has now. `capacity`: the signature
 * block of an entry does not follow from the records that the entry itself holds.
 */
export type HistoryFault = ChainFault | { readonly kind: 'altered' | 'capacity'; readonly seq: number };

/** An instance's whole history, entries and pending read together, and whether its chain is whole. */
export async function verifyHistory({ store }: Pick<Deps, 'store'>, instance: Instance): Promise<VerifiedHistory> {
  const stored: StoredEntry[] = [];
  for (;;) {
    const read = await store.instances.history(instance.authority, instance.id, stored.length + 1, entriesPerRead);
    stored.push(...read);
    if (read.length < entriesPerRead) break;
  }
  const entries = stored.flatMap(({ bytes }) => readable(bytes));
  const chain = verifyChain(instance, stored);
  return { entries, faults: [...chain, ...alteredIn(chain, stored.length), ...capacityFaults(entries)] };
}

/** An entry that damage has left no entry is a fault of the chain, and no reason to tell nothing of the others. */
function readable(bytes: string): readonly Entry[] {
  try {
    return [readEntry(bytes)];
  } catch {
    return [];
  }
}

/** The entries whose text was changed, where none is missing: whoever looks must not take the one after for it. */
function alteredIn(chain: readonly ChainFault[], count: number): readonly HistoryFault[] {
  if (chain.some(({ kind }) => kind === 'count' || kind === 'gap')) return [];
  return chain.flatMap((fault): HistoryFault[] => {
    if (fault.kind === 'head') return [{ kind: 'altered', seq: count }];
    return fault.kind === 'link' ? [{ kind: 'altered', seq: Math.max(1, fault.seq - 1) }] : [];
  });
}

/** The entries whose signature block cannot be derived again from what they hold. */
export function capacityFaults(entries: readonly Entry[]): readonly HistoryFault[] {
  return entries.filter((entry) => !isRederived(entry)).map(({ seq }): HistoryFault => ({ kind: 'capacity', seq }));
}
