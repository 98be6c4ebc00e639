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
 * `put` throws `bodyTooLarge` above `contentBytesMax`. Both throw `internal` when what is stored under a hash is not what it names.
 */
export function makeContentStore(connection: Connection): ContentStore {
  const contents = connection.collection<ContentDocument>(collectionNames.contents);
  const now = connection.databaseClock();
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
    async get(authority, hash) {
      const stored = await contents.findOne({ _id: idOf(authority, hash), authority });
      if (stored === null) return null;
      if (sha256(stored.text) !== hash) throw new TrinhkyError('internal', { what: 'contentDamaged', hash });
      return JSON.parse(stored.text) as Json;
    },
  };
}

function idOf(authority: string, hash: string): string {
  return `${authority}/${hash}`;
}
