import type { Effect, Entry, Instance } from './instance.js';
import { canonical, hashOf, isObject, type JsonObject, sha256 } from './json.js';

/** Sets the chain apart from every other use of SHA-256 over JSON. */
const ORIGIN_TAG = 'trinhky/instance/v1';

/** What the first entry of an instance follows: a hash of id, authority and definition. */
export function originOf(instance: Pick<Instance, 'id' | 'authority' | 'definition'>): string {
  return hashOf([ORIGIN_TAG, instance.id, instance.authority, instance.definition.hash]);
}

/**
 * The exact text of an entry, and its hash: what the next entry names as `prev`, and the instance as `head`.
 * What is null or empty is left out, and so are the effects' ids, which follow from instance, seq and position.
 */
export function sealEntry(entry: Entry): { readonly bytes: string; readonly hash: string } {
  const bytes = canonical({
    ...filled(entry),
    effects: entry.effects.length === 0 ? undefined : entry.effects.map(sealedEffect),
  });
  return { bytes, hash: sha256(bytes) };
}

function sealedEffect({ kind, params, dueAt }: Effect): Record<string, unknown> {
  return dueAt === null ? { kind, params } : { kind, params, dueAt };
}

/** The members that say something. */
function filled(entry: Entry): Record<string, unknown> {
  const members = Object.entries(entry).filter(
    ([name, value]) => value !== null && !(name === 'input' && Object.keys(value as object).length === 0),
  );
  return Object.fromEntries(members);
}

/** Reads the text of an entry; the inverse of `sealEntry`. */
export function readEntry(bytes: string): Entry {
  const { effects, ...stored } = JSON.parse(bytes) as SealedEntry;
  return {
    ...BLANK,
    ...stored,
    effects: (effects ?? []).map(({ kind, params, dueAt }, position) => ({
      id: `${stored.instance}/${stored.seq}/${position}`,
      kind,
      params,
      dueAt: dueAt ?? null,
    })),
  };
}

/** An entry as its text has it: what is null or empty is not there. */
type SealedEntry = Omit<Entry, 'effects'> & {
  readonly effects?: readonly { readonly kind: string; readonly params: JsonObject; readonly dueAt?: string }[];
};

const BLANK = { onBehalfOf: null, role: null, by: null, capacity: null, input: {}, before: null, content: null } as const;

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
    const entry = readLoosely(stored.bytes);
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
function readLoosely(bytes: string): Partial<Entry> {
  try {
    const value: unknown = JSON.parse(bytes);
    return isObject(value) ? (value as Partial<Entry>) : {};
  } catch {
    return {};
  }
}
