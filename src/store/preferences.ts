import type { PreferenceStore, Preferences } from '../commands/notices/mailing.js';
import { collectionNames } from './collectionNames.js';
import type { Connection } from './connection.js';
import { isDuplicateKey } from './duplicate.js';

interface PreferencesDocument extends Preferences {
  /** `authority/person`. */
  _id: string;
}

/** How people want to be told by mail, one row for each who has chosen anything. A write names the revision it follows. */
export function makePreferenceStore(connection: Connection): PreferenceStore {
  const rows = connection.collection<PreferencesDocument>(collectionNames.preferences);
  const idOf = (authority: string, person: string): string => `${authority}/${person}`;
  return {
    of: (authority, persons) =>
      rows
        .find<Preferences>(
          { _id: { $in: persons.map((person) => idOf(authority, person)) }, authority },
          { projection: { _id: 0 } },
        )
        .toArray(),
    async save(preferences) {
      const { authority, person, revision } = preferences;
      const _id = idOf(authority, person);
      try {
        const { matchedCount, upsertedCount } = await rows.replaceOne(
          { _id, authority, revision: revision - 1 },
          { ...preferences },
          { upsert: revision === 1 },
        );
        return matchedCount + upsertedCount === 1;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
  };
}
