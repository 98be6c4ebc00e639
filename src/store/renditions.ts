import type { Rendition, RenditionStore } from '../commands/papers/filePorts.js';
import { collectionNames } from './collectionNames.js';
import type { Connection } from './connection.js';
import { isDuplicateKey } from './duplicate.js';
import { makeFiles } from './files.js';

/** Most renditions of one instance that are listed. */
export const renditionsMax = 1_000;

/** What is stored beside the rendition itself. */
interface RenditionDocument extends Rendition {
  /** `authority/instance/mode/content/hash`: the same bytes of the same content are one row. */
  _id: string;
  authority: string;
  /** Id of the bytes. The row is written after them: what a row names is complete. */
  file: string;
}

const PLAIN = { projection: { _id: 0, authority: 0, file: 0 } } as const;
const ANYWHERE = { projection: { _id: 0, file: 0 } } as const;
/** Most prints that a verification looks at. */
const foundMax = 20;

/**
 * Renditions and their bytes. Bytes are stored once by hash and never replaced; `put` is repeatable, and one that breaks off
 * leaves nothing that any call here can see. Bytes are read with their hash checked; damage throws `internal`.
 * `put` throws `bodyTooLarge` above `pdfBytesMax`, and `internal` when the bytes are not those of the rendition's hash.
 */
export function makeRenditionStore(connection: Connection): RenditionStore {
  const renditions = connection.collection<RenditionDocument>(collectionNames.renditions);
  const files = makeFiles(connection);
  return {
    async put(authority, rendition, bytes) {
      const { instance, mode, content, hash } = rendition;
      const _id = [authority, instance, mode, content, hash].join('/');
      if ((await renditions.findOne({ _id, authority }, { projection: { _id: 1 } })) !== null) return;
      const same = await renditions.findOne({ authority, hash }, { projection: { file: 1 } });
      const file = same?.file ?? (await files.write(authority, hash, bytes));
      try {
        await renditions.insertOne({ ...rendition, _id, authority, file });
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        // Another process stored the same at the same time: its bytes serve, these are not needed.
        if (same === null) await files.remove(file);
      }
    },
    find: (authority, instance, mode, content) =>
      renditions.findOne<Rendition>({ authority, instance, mode, content }, { ...PLAIN, sort: { at: -1 } }),
    byHash: (authority, instance, hash) => renditions.findOne<Rendition>({ authority, instance, hash }, PLAIN),
    listOf: (authority, instance) =>
      renditions.find<Rendition>({ authority, instance }, PLAIN).sort({ at: 1 }).limit(renditionsMax).toArray(),
    async bytes(authority, hash) {
      const row = await renditions.findOne({ authority, hash }, { projection: { file: 1 } });
      return row === null ? null : files.read(row.file, hash);
    },
    byCode: (code) => renditions.find<Rendition & { authority: string }>({ code }, ANYWHERE).limit(foundMax).toArray(),
    byBytes: (hash) => renditions.find<Rendition & { authority: string }>({ hash }, ANYWHERE).limit(foundMax).toArray(),
  };
}
