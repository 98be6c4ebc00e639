import busboy from 'busboy';
import type { Request } from 'express';
import { intakeBytesMax } from '../documents/intake/limits.js';
import { TrinhkyError } from '../errors.js';

/** Bodies that are read side by side: each may hold a whole file in memory. */
export const uploadsAtOnceMax = 4;
const fieldsMax = 20;
const fieldBytesMax = 10_000;
const fieldNameBytesMax = 100;
const headerPairsMax = 20;
/** What the form around the file may take beside it. */
const formBytesMax = 300_000;

/** One file from a form, whole, with the form's other fields. The name is as it was sent, without its path. */
export interface Upload {
  readonly name: string;
  /** The media type that the sender declared. */
  readonly declared: string;
  readonly bytes: Buffer;
  readonly fields: ReadonlyMap<string, string>;
}

let reading = 0;

/**
 * Reads a form with exactly one file, in the field `file`. Refused as soon as it is known: by the announced length before the first byte, or
 * when the limit is passed; what comes after is not kept. An upload that breaks off leaves nothing.
 * Throws `uploadInvalid` {reason}, `fileTooLarge`, `busy`.
 */
export async function readUpload(request: Request): Promise<Upload> {
  if (reading >= uploadsAtOnceMax) {
    request.resume();
    throw new TrinhkyError('busy', { queue: 'upload', limit: uploadsAtOnceMax });
  }
  reading += 1;
  try {
    return await read(request);
  } finally {
    reading -= 1;
    // The rest is read and dropped, as long as a request may take: a connection that is cut off loses the answer on its way.
    request.unpipe();
    request.resume();
  }
}

function invalid(reason: string, cause?: unknown): TrinhkyError {
  return new TrinhkyError('uploadInvalid', { reason }, cause === undefined ? {} : { cause });
}

function tooLarge(name: string): TrinhkyError {
  return new TrinhkyError('fileTooLarge', { name, bytesMax: intakeBytesMax });
}

function parserOf(request: Request): busboy.Busboy {
  const type = request.headers['content-type'] ?? '';
  if (!/^\s*multipart\/form-data\s*;/i.test(type) || request.headers['content-encoding'] !== undefined)
    throw invalid('notMultipart');
  try {
    return busboy({
      headers: request.headers,
      defParamCharset: 'utf8',
      preservePath: false,
      limits: {
        files: 1,
        fileSize: intakeBytesMax,
        fields: fieldsMax,
        fieldSize: fieldBytesMax,
        fieldNameSize: fieldNameBytesMax,
        parts: fieldsMax + 1,
        headerPairs: headerPairsMax,
      },
    });
  } catch (cause) {
    throw invalid('notMultipart', cause);
  }
}

function read(request: Request): Promise<Upload> {
  if (Number(request.headers['content-length'] ?? 0) > intakeBytesMax + formBytesMax) return Promise.reject(tooLarge(''));
  return new Promise((resolve, reject) => {
    const parser = parserOf(request);
    const fields = new Map<string, string>();
    const chunks: Buffer[] = [];
    let file: { readonly name: string; readonly declared: string } | null = null;
    let failed = false;
    const fail = (error: TrinhkyError): void => {
      if (failed) return;
      failed = true;
      chunks.length = 0;
      request.unpipe(parser);
      // Not at once: busboy is in the middle of a chunk and would trip over its own file, outside of every promise.
      setImmediate(() => parser.destroy());
      reject(error);
    };
    // Without a listener each of them would end the process: the parser's for a form that is none, the file's for one cut off.
    parser.on('error', (cause) => fail(invalid('malformed', cause)));
    request.on('error', (cause) => fail(invalid('cut', cause)));
    request.on('close', () => {
      if (!request.complete) fail(invalid('cut'));
    });
    parser.on('file', (field, stream, info) => {
      stream.on('error', (cause) => fail(invalid('cut', cause)));
      if (field !== 'file' || file !== null) return fail(invalid('oneFileInFile'));
      file = { name: typeof info.filename === 'string' ? info.filename : '', declared: info.mimeType };
      stream.on('data', (chunk: Buffer) => failed || chunks.push(chunk));
      stream.on('limit', () => fail(tooLarge(file?.name ?? '')));
    });
    parser.on('field', (name, value, info) => {
      if (info.nameTruncated || info.valueTruncated || fields.has(name)) return fail(invalid('field'));
      fields.set(name, value);
    });
    for (const limit of ['filesLimit', 'fieldsLimit', 'partsLimit'] as const)
      parser.on(limit, () => fail(invalid('tooManyParts')));
    parser.on('close', () => {
      if (file === null) reject(invalid('oneFileInFile'));
      else resolve({ ...file, bytes: Buffer.concat(chunks), fields });
    });
    request.pipe(parser);
  });
}
