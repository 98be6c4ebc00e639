import { createHash } from 'node:crypto';
import { Binary, ObjectId } from 'mongodb';
import { TrinhkyError } from '../errors.js';
import { collectionNames } from './collectionNames.js';
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
  chunkSize: number;
  uploadDate: Date;
  filename: string;
  metadata: { authority: string };
}

interface ChunkDocument {
  files_id: string;
  n: number;
  data: Binary;
}

/** What a GridFS chunk holds by convention. */
const chunkBytes = 255 * 1024;

/** The layout of GridFS, written without its upload stream: that one can wait for ever when its connection breaks in the middle. */
export function makeFiles(connection: Connection): Files {
  const files = connection.collection<FileDocument>(collectionNames.files);
  const chunks = connection.collection<ChunkDocument>(collectionNames.fileChunks);
  return {
    async write(authority, hash, bytes) {
      if (bytes.length > pdfBytesMax) throw new TrinhkyError('bodyTooLarge', { length: bytes.length, max: pdfBytesMax });
      if (digestOf(bytes) !== hash) throw new TrinhkyError('internal', { what: 'hashWrong', hash });
      const id = `${authority}/${hash}/${new ObjectId().toHexString()}`;
      for (let n = 0; n * chunkBytes < bytes.length; n += 1) {
        await chunks.insertOne({ files_id: id, n, data: new Binary(bytes.subarray(n * chunkBytes, (n + 1) * chunkBytes)) });
      }
      const metadata = { authority };
      await files.insertOne({
        _id: id,
        length: bytes.length,
        chunkSize: chunkBytes,
        uploadDate: new Date(),
        filename: hash,
        metadata,
      });
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
