import type { Attachment, AttachmentStore } from '../commands/ports.js';
import { collectionNames } from './collections.js';
import type { Connection } from './connection.js';
import { isDuplicateKey } from './duplicate.js';
import { makeFiles } from './files.js';

interface AttachmentDocument extends Attachment {
  /** `authority/hash`. */
  _id: string;
  authority: string;
  file: string;
}

const PLAIN = { projection: { _id: 0, authority: 0, file: 0 } } as const;

/** Files that people brought, by hash: the row is written after the bytes, so a row always has them. */
export function makeAttachmentStore(connection: Connection): AttachmentStore {
  const attachments = connection.collection<AttachmentDocument>(collectionNames.attachments);
  const files = makeFiles(connection);
  const idOf = (authority: string, hash: string) => `${authority}/${hash}`;
  return {
    async put(authority, attachment, bytes) {
      const _id = idOf(authority, attachment.hash);
      if ((await attachments.findOne({ _id, authority }, { projection: { _id: 1 } })) !== null) return;
      const file = await files.write(authority, attachment.hash, bytes);
      try {
        await attachments.insertOne({ ...attachment, _id, authority, file });
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        await files.remove(file);
      }
    },
    find: (authority, hash) => attachments.findOne<Attachment>({ _id: idOf(authority, hash), authority }, PLAIN),
    async bytes(authority, hash) {
      const row = await attachments.findOne({ _id: idOf(authority, hash), authority }, { projection: { file: 1 } });
      return row === null ? null : files.read(row.file, hash);
    },
  };
}
