import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import busboy from 'busboy';
import { TrinhkyError } from '../errors.js';

/** Bytes of files that are being received or judged at once, in this process: what comes above is asked to come again. */
export const fileBytesInFlightMax = 128 * 1024 * 1024;
const fieldBytesMax = 1_000;
const fieldsMax = 5;
const headerPairsMax = 20;
const fieldNameBytesMax = 100;

export interface FileBounds {
  readonly bytesMax: number;
}

let inFlight = 0;

interface Held {
  readonly bytes: Uint8Array;
  /** How much of `inFlight` it is. */
  readonly length: number;
}

/** Collects a stream within its own bound and the bound of all together. Throws `bodyTooLarge`, `busy`, `uploadInvalid`. */
function collect(source: Readable, { bytesMax }: FileBounds): Promise<Held> {
  const chunks: Buffer[] = [];
  let length = 0;
  let over = false;
  return new Promise((resolve, reject) => {
    const fail = (error: TrinhkyError): void => {
      if (over) return;
      over = true;
      inFlight -= length;
      chunks.length = 0;
      // The rest is read and dropped: a connection that is cut off tells its client nothing.
      source.resume();
      reject(error);
    };
    source.on('data', (chunk: Buffer) => {
      if (over) return;
      length += chunk.length;
      inFlight += chunk.length;
      chunks.push(chunk);
      if (length > bytesMax) fail(new TrinhkyError('bodyTooLarge', { bytesMax }));
      else if (inFlight > fileBytesInFlightMax) fail(new TrinhkyError('busy', { what: 'files' }));
    });
    source.on('end', () => {
      if (over) return;
      over = true;
      resolve({ bytes: Buffer.concat(chunks), length });
    });
    for (const event of ['error', 'aborted', 'close'])
      source.on(event, () => fail(new TrinhkyError('uploadInvalid', { reason: 'cut' })));
  });
}

/** Lets the work have the file; its share of what is in flight is given back after it. */
async function lend<T>(held: Held, work: (bytes: Uint8Array) => Promise<T>): Promise<T> {
  try {
    return await work(held.bytes);
  } finally {
    inFlight -= held.length;
  }
}

/** Works on a body that is one file. Throws `uploadInvalid` for another media type and for none, `bodyTooLarge`, `busy`. */
export async function withBytes<T>(
  request: IncomingMessage,
  { mediaType, bytesMax }: FileBounds & { readonly mediaType: string },
  work: (bytes: Uint8Array) => Promise<T>,
): Promise<T> {
  const [type = ''] = (request.headers['content-type'] ?? '').split(';');
  if (type.trim().toLowerCase() !== mediaType || request.headers['content-encoding'] !== undefined)
    throw new TrinhkyError('uploadInvalid', { reason: mediaType });
  if (Number(request.headers['content-length'] ?? 0) > bytesMax) throw new TrinhkyError('bodyTooLarge', { bytesMax });
  return lend(await collect(request, { bytesMax }), (bytes) => {
    if (bytes.length === 0) throw new TrinhkyError('uploadInvalid', { reason: 'empty' });
    return work(bytes);
  });
}

/**
 * Works on the one file of a form, by the name of its field; null where none was chosen. Other fields are ignored, nothing is written anywhere.
 * Throws `uploadInvalid` for what is no sound multipart form, `bodyTooLarge`, `busy`.
 */
export async function withFormFile<T>(
  request: IncomingMessage,
  bounds: FileBounds & { readonly field: string },
  work: (bytes: Uint8Array | null) => Promise<T>,
): Promise<T> {
  const held = await formFile(request, bounds);
  return held === null ? work(null) : lend(held, (bytes) => work(bytes.length === 0 ? null : bytes));
}

async function formFile(
  request: IncomingMessage,
  { field, bytesMax }: FileBounds & { readonly field: string },
): Promise<Held | null> {
  const invalid = (reason: string) => new TrinhkyError('uploadInvalid', { reason });
  const formBytesMax = bytesMax + fieldsMax * (fieldBytesMax + fieldNameBytesMax) * 2;
  if (Number(request.headers['content-length'] ?? 0) > formBytesMax) throw new TrinhkyError('bodyTooLarge', { bytesMax });
  const parser = parserOf(request, bytesMax);
  return new Promise<Held | null>((resolve, reject) => {
    let file: Promise<Held | null> = Promise.resolve(null);
    let files = 0;
    let failed = false;
    const fail = (error: unknown): void => {
      if (failed) return;
      failed = true;
      request.unpipe(parser);
      request.resume();
      // Not at once: busboy is in the middle of a chunk. Its file then breaks off, and what it held is given back.
      setImmediate(() => parser.destroy());
      file.then(
        (held) => {
          if (held !== null) inFlight -= held.length;
        },
        () => undefined,
      );
      reject(error instanceof TrinhkyError ? error : invalid('broken'));
    };
    parser.on('file', (name, stream) => {
      files += 1;
      if (name !== field || files > 1) {
        stream.on('error', () => undefined).resume();
        return fail(invalid('field'));
      }
      file = collect(stream, { bytesMax });
      file.catch(fail);
    });
    for (const limit of ['filesLimit', 'partsLimit', 'fieldsLimit'] as const) parser.on(limit, () => fail(invalid('parts')));
    parser.on('error', fail);
    parser.on('close', () => {
      if (!failed) file.then(resolve, fail);
    });
    request.on('close', () => {
      if (!request.complete) fail(invalid('cut'));
    });
    request.pipe(parser);
  });
}

function parserOf(request: IncomingMessage, bytesMax: number) {
  try {
    return busboy({
      headers: request.headers,
      // One byte more than is taken, so that a file that is cut can be told from one that fits.
      limits: {
        files: 1,
        fields: fieldsMax,
        parts: fieldsMax + 1,
        fileSize: bytesMax + 1,
        fieldSize: fieldBytesMax,
        fieldNameSize: fieldNameBytesMax,
        headerPairs: headerPairsMax,
      },
    });
  } catch {
    throw new TrinhkyError('uploadInvalid', { reason: 'multipart' });
  }
}
