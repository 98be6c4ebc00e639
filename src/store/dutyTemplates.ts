import type { TemplateStore, TemplateVersion } from '../commands/duties/templatePorts.js';
import { collectionNames } from './collectionNames.js';
import type { Connection } from './connection.js';
import { isDuplicateKey } from './duplicate.js';

interface TemplateDocument extends TemplateVersion {
  /** `authority/id/version`. */
  _id: string;
}

const PLAIN = { projection: { _id: 0 } } as const;

/** Templates of duties on MongoDB: a row for each version, inserted once. */
export function makeTemplateStore(connection: Connection): TemplateStore {
  const templates = connection.collection<TemplateDocument>(collectionNames.dutyTemplates);
  return {
    async add(row) {
      try {
        await templates.insertOne({ _id: `${row.authority}/${row.id}/${row.version}`, ...row });
        return 'added';
      } catch (error) {
        if (isDuplicateKey(error)) return 'exists';
        throw error;
      }
    },
    versions: (authority, id, limit) =>
      templates.find<TemplateVersion>({ authority, id }, PLAIN).sort({ version: -1 }).limit(limit).toArray(),
    list: (authority, limit) =>
      templates.find<TemplateVersion>({ authority }, PLAIN).sort({ authority: 1, id: 1, version: -1 }).limit(limit).toArray(),
  };
}
