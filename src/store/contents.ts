import type { ContentStore } from '../commands/ports.js';
import { canonical, type Json, sha256 } from '../engine/json.js';
import { TrinhkyError } from '../errors.js';
import { collectionNames } from './collectionNames.js';
import type { Connection } from './connection.js';
import { isDuplicateKey } from './duplicate.js';
import { presentIn } from './present.js';

/**
 * Longest content, as UTF-8 of its canonical text. The roll-up of a year of 480 units with every value and its source is the longest;
 * what people bring has narrower bounds at the door. A document of the database holds 16 MB.
 */
export const contentBytesMax = 12_000_000;

/** What a process keeps of contents that it read, as characters of their text: some four roll-ups and their papers of 480 units. */
export const keptTextMax = 8_000_000;

interface ContentDocument {
  /** `authority/hash`. */
  _id: string;
  authority: string;
  /** Canonical JSON as text: exactly what was hashed, and no key of it is ever a field name of the database. */
  text: string;
  storedAt: Date;
}

/**
 * Contents by the SHA-256 of their canonical JSON. Inserted once, never changed; putting one again does nothing.
 * `put` throws `bodyTooLarge` above `contentBytesMax`. All throw `internal` when what is stored under a hash is not what it names; `kept`
 * tells it as long as this process does not remember the content as it was.
 */
export function makeContentStore(connection: Connection): ContentStore {
  const contents = connection.collection<ContentDocument>(collectionNames.contents);
  const now = connection.databaseClock();
  const kept = makeKept(keptTextMax);
  const read = async (authority: string, hash: string): Promise<{ readonly text: string; readonly value: Json } | null> => {
    const stored = await contents.findOne({ _id: idOf(authority, hash), authority });
    if (stored === null) return null;
    if (sha256(stored.text) !== hash) throw new TrinhkyError('internal', { what: 'contentDamaged', hash });
    return { text: stored.text, value: JSON.parse(stored.text) as Json };
  };
  return {
    async put(authority, value) {
      const text = canonical(value);
      const length = Buffer.byteLength(text);
      if (length > contentBytesMax) throw new TrinhkyError('bodyTooLarge', { length, max: contentBytesMax });
      const hash = sha256(text);
      const _id = idOf(authority, hash);
      try {
        await contents.insertOne({ _id, authority, text, storedAt: new Date(now()) });
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        const stored = await contents.findOne({ _id, authority });
        if (stored?.text !== text) throw new TrinhkyError('internal', { what: 'contentDamaged', hash }, { cause: error });
      }
      return hash;
    },
    async has(authority, hash) {
      return (await contents.findOne({ _id: idOf(authority, hash), authority }, { projection: { _id: 1 } })) !== null;
    },
    present: (authority, hashes) => presentIn(contents, authority, hashes),
    get: async (authority, hash) => (await read(authority, hash))?.value ?? null,
    async kept(authority, hash) {
      const key = idOf(authority, hash);
      const known = kept.get(key);
      if (known !== undefined) return known;
      const found = await read(authority, hash);
      if (found !== null) kept.set(key, found);
      return found?.value ?? null;
    },
  };
}

/** Values by key in order of use, bounded by the length of their texts; frozen, since all who ask are given the same. */
function makeKept(textMax: number) {
  const slots = new Map<string, { readonly value: Json; readonly length: number }>();
  let held = 0;
  const drop = (key: string): void => {
    held -= slots.get(key)?.length ?? 0;
    slots.delete(key);
  };
  return {
    get(key: string): Json | undefined {
      const slot = slots.get(key);
      if (slot === undefined) return undefined;
      slots.delete(key);
      slots.set(key, slot);
      return slot.value;
    },
    set(key: string, { text: { length }, value }: { readonly text: string; readonly value: Json }): void {
      drop(key);
      if (length > textMax) return;
      slots.set(key, { value: frozen(value), length });
      held += length;
      for (const oldest of slots.keys()) {
        if (held <= textMax) return;
        drop(oldest);
      }
    },
  };
}

function frozen(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value;
  for (const part of Object.values(value)) frozen(part as Json);
  return Object.freeze(value);
}

function idOf(authority: string, hash: string): string {
  return `${authority}/${hash}`;
}
