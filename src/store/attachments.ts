import { createHash } from 'node:crypto';
import { RateLimiterMemory, RateLimiterMongo, RateLimiterRes } from 'rate-limiter-flexible';
import { uploadBytesPerDayMax, uploadsPerDayMax } from '../commands/papers/attachments.js';
import type { Attachment, AttachmentStore } from '../commands/papers/filePorts.js';
import { collectionNames } from './collectionNames.js';
import type { Connection } from './connection.js';
import { isDuplicateKey } from './duplicate.js';
import { makeFiles } from './files.js';
import { presentIn } from './present.js';

interface AttachmentDocument extends Attachment {
  /** `authority/hash`. */
  _id: string;
  authority: string;
  file: string;
}

const PLAIN = { projection: { _id: 0, authority: 0, file: 0 } } as const;
const daySeconds = 24 * 60 * 60;

/** Files that people brought, by hash: the row is written after the bytes, so a row always has them. */
export function makeAttachmentStore(connection: Connection): AttachmentStore {
  const attachments = connection.collection<AttachmentDocument>(collectionNames.attachments);
  const files = makeFiles(connection);
  const spend = makeDailyBounds(connection);
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
    present: (authority, hashes) => presentIn(attachments, authority, hashes),
    async release(authority, hash) {
      await attachments.updateOne({ _id: idOf(authority, hash), authority }, { $set: { state: 'clean' } });
    },
    spend,
  };
}

/**
 * What one person brings in 24 hours, counted in the database for all processes together; in memory while it is away.
 * What was counted for an upload that came to nothing stays counted: it cost as much.
 */
function makeDailyBounds(connection: Connection): AttachmentStore['spend'] {
  const limiter = (keyPrefix: string, points: number) =>
    new RateLimiterMongo({
      storeClient: connection.client,
      dbName: connection.db.databaseName,
      tableName: collectionNames.tries,
      disableIndexesCreation: true,
      keyPrefix,
      points,
      duration: daySeconds,
      insuranceLimiter: new RateLimiterMemory({ keyPrefix, points, duration: daySeconds }),
    });
  const files = limiter('uploadFiles', uploadsPerDayMax);
  const bytes = limiter('uploadBytes', uploadBytesPerDayMax);
  return async (authority, person, used) => {
    const key = createHash('sha256').update(`${authority}\n${person}`).digest('hex');
    try {
      if (used.files > 0) await files.consume(key, used.files);
      if (used.bytes > 0) await bytes.consume(key, used.bytes);
      return true;
    } catch (refusal) {
      if (refusal instanceof RateLimiterRes) return false;
      throw refusal;
    }
  };
}
