import type { FormStore, FormVersion } from '../commands/reporting/formPorts.js';
import { collectionNames } from './collectionNames.js';
import type { Connection } from './connection.js';
import { isDuplicateKey } from './duplicate.js';

interface FormDocument extends FormVersion {
  /** `authority/id/version`. */
  _id: string;
}

const PLAIN = { projection: { _id: 0 } } as const;

/** Report forms on MongoDB: a row for each version, inserted once. */
export function makeFormStore(connection: Connection): FormStore {
  const forms = connection.collection<FormDocument>(collectionNames.forms);
  return {
    async add(row) {
      try {
        await forms.insertOne({ _id: `${row.authority}/${row.id}/${row.version}`, ...row });
        return 'added';
      } catch (error) {
        if (isDuplicateKey(error)) return 'exists';
        throw error;
      }
    },
    newest: (authority, id) => forms.findOne<FormVersion>({ authority, id }, { ...PLAIN, sort: { version: -1 } }),
    find: (authority, id, version) => forms.findOne<FormVersion>({ _id: `${authority}/${id}/${version}`, authority }, PLAIN),
    async list(authority, limit) {
      const rows = forms.aggregate<FormVersion>([
        { $match: { authority } },
        { $sort: { authority: 1, id: 1, version: -1 } },
        { $group: { _id: '$id', row: { $first: '$$ROOT' } } },
        { $replaceRoot: { newRoot: '$row' } },
        { $project: { _id: 0 } },
        { $sort: { id: 1 } },
        { $limit: limit },
      ]);
      return rows.toArray();
    },
    versions: (authority, id, limit) =>
      forms.find<FormVersion>({ authority, id }, PLAIN).sort({ version: -1 }).limit(limit).toArray(),
  };
}
