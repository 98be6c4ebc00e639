import type { Entry, Instance } from './instance.js';
import { canonical, hashOf, isObject, sha256 } from './json.js';

/** Sets the chain apart from every other use of SHA-256 over JSON. */
const ORIGIN_TAG = 'trinhky/instance/v1';

/** What the first entry of an instance follows: a hash of id, authority and definition. */
export function originOf(instance: Pick<Instance, 'id' | 'authority' | 'definition'>): string {
  return hashOf([ORIGIN_TAG, instance.id, instance.authority, instance.definition.hash]);
}

/** The exact text of an entry, and its hash: what the next entry names as `prev`, and the instance as `head`. */
export function sealEntry(entry: Entry): { readonly bytes: string; readonly hash: string } {
  const bytes = canonical(entry);
  return { bytes, hash: sha256(bytes) };
}

export interface StoredEntry {
  readonly seq: number;
  readonly bytes: string;
}

export type ChainFault =
  | { readonly kind: 'gap'; readonly seq: number }
  | { readonly kind: 'link'; readonly seq: number }
  | { readonly kind: 'identity'; readonly seq: number }
  | { readonly kind: 'count'; readonly expected: number; readonly found: number }
  | { readonly kind: 'head' };

/**
 * Checks an instance's whole chain: exactly one entry for each revision, each naming the hash of the one before,
 * the last one the instance's head. Finds an entry that was changed, dropped, swapped, moved in from elsewhere, or cut
 * off at the end; a chain that was rewritten whole together with the instance it does not find.
 */
export function verifyChain(
  instance: Pick<Instance, 'id' | 'authority' | 'definition' | 'revision' | 'head'>,
  entries: readonly StoredEntry[],
): ChainFault[] {
  const faults: ChainFault[] = [];
  let previous = originOf(instance);
  entries.forEach((stored, index) => {
    const entry = readEntry(stored.bytes);
    if (stored.seq !== index + 1) faults.push({ kind: 'gap', seq: stored.seq });
    if (entry.seq !== stored.seq || entry.instance !== instance.id) faults.push({ kind: 'identity', seq: stored.seq });
    if (entry.prev !== previous) faults.push({ kind: 'link', seq: stored.seq });
    previous = sha256(stored.bytes);
  });
  if (entries.length !== instance.revision) faults.push({ kind: 'count', expected: instance.revision, found: entries.length });
  if (previous !== instance.head) faults.push({ kind: 'head' });
  return faults;
}

/** Of damaged bytes nothing is read; that they name no instance is then the fault. */
function readEntry(bytes: string): Partial<Entry> {
  try {
    const value: unknown = JSON.parse(bytes);
    return isObject(value) ? (value as Partial<Entry>) : {};
  } catch {
    return {};
  }
}
