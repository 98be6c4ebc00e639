import type { DefinitionStore } from '../commands/ports.js';
import type { Definition } from '../engine/definition.js';
import { collectionNames } from './collectionNames.js';
import type { Connection } from './connection.js';
import { isDuplicateKey } from './duplicate.js';

interface DefinitionDocument {
  /** `id.vN`: definitions belong to no authority, since one file serves all of them. */
  _id: string;
  id: string;
  version: number;
  /** JSON as text: states keep their order, and a schema's `$` keys are never field names of the database. */
  text: string;
}

/** Definitions that were used, so that no instance is stranded when a file goes. The first of an id and version stays. */
export function makeDefinitionStore(connection: Connection): DefinitionStore {
  const rows = connection.collection<DefinitionDocument>(collectionNames.definitions);
  return {
    async all() {
      const found = await rows.find({}).sort({ id: 1, version: 1 }).toArray();
      return found.map(definitionOf);
    },
    async keep(definition) {
      const { id, version } = definition;
      const _id = `${id}.v${version}`;
      try {
        await rows.insertOne({ _id, id, version, text: JSON.stringify(definition) });
        return definition;
      } catch (error) {
        const stored = isDuplicateKey(error) ? await rows.findOne({ _id }) : null;
        if (stored === null) throw error;
        return definitionOf(stored);
      }
    },
  };
}

function definitionOf({ text }: DefinitionDocument): Definition {
  return JSON.parse(text) as Definition;
}
