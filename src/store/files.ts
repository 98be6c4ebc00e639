import { createHash } from 'node:crypto';
import { finished } from 'node:stream/promises';
import { type Binary, GridFSBucket, ObjectId } from 'mongodb';
import { TrinhkyError } from '../errors.js';
import { collectionNames } from './collections.js';
import type { Connection } from './connection.js';

/** Longest PDF that is stored. */
export const pdfBytesMax = 50_000_000;

/** Bytes in GridFS. An id is made for each upload, so that one that broke off never stands in the way of the next. */
export interface Files {
  /** Stores bytes and answers their id. A break leaves chunks that no row names. */
  write(authority: string, hash: string, bytes: Uint8Array): Promise<string>;
  /** Null when there is no complete file of that id. Throws `internal` when the bytes are not those of the hash. */
  read(id: string, hash: string): Promise<Uint8Array | null>;
  remove(id: string): Promise<void>;
}

interface FileDocument {
  _id: string;
  length: number;
}

interface ChunkDocument {
  files_id: string;
  n: number;
  data: Binary;
}

export function makeFiles(connection: Connection): Files {
  const bucket = new GridFSBucket(connection.db, { bucketName: 'files' });
  const files = connection.collection<FileDocument>(collectionNames.files);
  const chunks = connection.collection<ChunkDocument>(collectionNames.fileChunks);
  return {
    async write(authority, hash, bytes) {
      if (bytes.length > pdfBytesMax) throw new TrinhkyError('bodyTooLarge', { length: bytes.length, max: pdfBytesMax });
      if (digestOf(bytes) !== hash) throw new TrinhkyError('internal', { what: 'hashWrong', hash });
      const id = `${authority}/${hash}/${new ObjectId().toHexString()}`;
      // The driver types ids as ObjectId; any value is an id to GridFS, and this one must begin with the authority.
      const upload = bucket.openUploadStreamWithId(id as unknown as ObjectId, hash, { metadata: { authority } });
      upload.end(bytes);
      await finished(upload);
      return id;
    },
    async read(id, hash) {
      const file = await files.findOne({ _id: id });
      if (file === null) return null;
      const parts = await chunks.find({ files_id: id }).sort({ n: 1 }).toArray();
      const bytes = Buffer.concat(parts.map((part) => part.data.buffer.subarray(0, part.data.position)));
      if (bytes.length !== file.length || digestOf(bytes) !== hash) {
        throw new TrinhkyError('internal', { what: 'bytesDamaged', hash });
      }
      return bytes;
    },
    async remove(id) {
      await files.deleteOne({ _id: id });
      await chunks.deleteMany({ files_id: id });
    },
  };
}

function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
