import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import busboy from 'busboy';
import { intakeBytesMax } from '../documents/intake/limits.js';
import { TrinhkyError } from '../errors.js';

/** Bytes of files that are being received or worked on at once, in this process: what comes above is asked to come again. */
export const fileBytesInFlightMax = 128 * 1024 * 1024;
const fieldBytesMax = 10_000;
const fieldsMax = 20;
const headerPairsMax = 20;
const fieldNameBytesMax = 100;
/** What the form around the file may take beside it. */
const formBytesMax = 300_000;
/** The only field of a form that may be a file. */
const fileField = 'file';

let inFlight = 0;

/** How many bytes of files this process holds now; 0 when no request with a file is under way. */
export function fileBytesInFlight(): number {
  return inFlight;
}

export interface FileBounds {
  readonly bytesMax: number;
  /** The refusal of a longer one, by the name it was sent under ('' where it is not known yet). Without it `bodyTooLarge`. */
  readonly tooLarge?: (name: string) => TrinhkyError;
}

/** The one file of a form, whole, as it was sent. */
export interface FormFile {
  /** The name as it was sent, without its path. */
  readonly name: string;
  /** The media type that the sender declared. */
  readonly declared: string;
  readonly bytes: Buffer;
}

export interface FileForm {
  /** Null where the form has no file. */
  readonly file: FormFile | null;
  readonly fields: ReadonlyMap<string, string>;
}

/** Counts bytes into what is in flight; false when there is no room. */
type Take = (length: number) => boolean;

/**
 * Works on a body that is one file. Throws `uploadInvalid` for another media type and for none, `bodyTooLarge`, `busy`.
 */
export async function withBytes<T>(
  request: IncomingMessage,
  { mediaType, ...bounds }: FileBounds & { readonly mediaType: string },
  work: (bytes: Uint8Array) => Promise<T>,
): Promise<T> {
  const [type = ''] = (request.headers['content-type'] ?? '').split(';');
  if (type.trim().toLowerCase() !== mediaType || request.headers['content-encoding'] !== undefined) throw invalid(mediaType);
  refuseAnnounced(request, bounds, 0);
  return holding(request, async (take) => {
    const bytes = await collect(request, () => tooLarge(bounds, ''), { bytesMax: bounds.bytesMax, take });
    if (bytes.length === 0) throw invalid('empty');
    return work(bytes);
  });
}

/**
 * Works on a form with at most one file, in the field `file`. Refused as soon as it is known: by the announced length before the first
 * byte, or when a limit is passed; what comes after is not kept. An upload that breaks off leaves nothing, and nothing is written anywhere.
 * Throws `uploadInvalid` {reason} for what is no sound multipart form, the bounds' refusal of a longer file, `busy`.
 */
export async function withForm<T>(
  request: IncomingMessage,
  bounds: FileBounds,
  work: (form: FileForm) => Promise<T>,
): Promise<T> {
  return holding(request, async (take) => {
    const parser = parserOf(request, bounds.bytesMax);
    refuseAnnounced(request, bounds, formBytesMax);
    return work(await formOf(request, parser, { bounds, take }));
  });
}

/** A file that is to be read or kept. */
const intakeBounds: FileBounds = {
  bytesMax: intakeBytesMax,
  tooLarge: (name) => new TrinhkyError('fileTooLarge', { name, bytesMax: intakeBytesMax }),
};

/** As `withForm`, for a file that is to be read or kept: `fileTooLarge` above `intakeBytesMax`, `uploadInvalid` also without a file. */
export function withUpload<T>(
  request: IncomingMessage,
  work: (file: FormFile, fields: FileForm['fields']) => Promise<T>,
): Promise<T> {
  return withForm(request, intakeBounds, async ({ file, fields }) => {
    if (file === null) throw invalid('oneFileInFile');
    return work(file, fields);
  });
}

/** Gives back what the work held of `inFlight`, however it ends. */
async function holding<T>(request: IncomingMessage, work: (take: Take) => Promise<T>): Promise<T> {
  let held = 0;
  let over = false;
  try {
    return await work((length) => {
      if (over || inFlight + length > fileBytesInFlightMax) return false;
      held += length;
      inFlight += length;
      return true;
    });
  } finally {
    over = true;
    inFlight -= held;
    // The rest is read and dropped, as long as a request may take: a connection that is cut off loses the answer on its way.
    request.unpipe();
    request.resume();
  }
}

function invalid(reason: string, cause?: unknown): TrinhkyError {
  return new TrinhkyError('uploadInvalid', { reason }, cause === undefined ? {} : { cause });
}

function tooLarge({ bytesMax, tooLarge: refusal }: FileBounds, name: string): TrinhkyError {
  return refusal?.(name) ?? new TrinhkyError('bodyTooLarge', { bytesMax });
}

function refuseAnnounced(request: IncomingMessage, bounds: FileBounds, besideBytesMax: number): void {
  if (Number(request.headers['content-length'] ?? 0) > bounds.bytesMax + besideBytesMax) throw tooLarge(bounds, '');
}

/** A stream's bytes within their own bound and the bound of all together; after the first refusal nothing more is kept. */
function collect(
  source: Readable,
  refusal: () => TrinhkyError,
  { bytesMax, take }: { readonly bytesMax: number; readonly take: Take },
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  let over = false;
  return new Promise((resolve, reject) => {
    const fail = (error: TrinhkyError): void => {
      over = true;
      chunks.length = 0;
      source.resume();
      reject(error);
    };
    source.on('data', (chunk: Buffer) => {
      if (over) return;
      length += chunk.length;
      if (length > bytesMax) fail(refusal());
      else if (!take(chunk.length)) fail(new TrinhkyError('busy', { what: 'files' }));
      else chunks.push(chunk);
    });
    source.on('end', () => resolve(Buffer.concat(chunks)));
    for (const event of ['error', 'close']) source.on(event, () => fail(invalid('cut')));
  });
}

function formOf(
  request: IncomingMessage,
  parser: busboy.Busboy,
  { bounds, take }: { readonly bounds: FileBounds; readonly take: Take },
): Promise<FileForm> {
  return new Promise((resolve, reject) => {
    const fields = new Map<string, string>();
    let file: Promise<FormFile> | null = null;
    const fail = (error: unknown): void => {
      request.unpipe(parser);
      // Not at once: busboy is in the middle of a chunk and would trip over its own file, outside of every promise.
      setImmediate(() => parser.destroy());
      reject(error);
    };
    parser.on('file', (field, stream, { filename, mimeType: declared }) => {
      if (field !== fileField || file !== null) {
        // Without a listener a file that is cut off would end the process.
        stream.on('error', () => undefined).resume();
        return fail(invalid('oneFileInFile'));
      }
      // Browsers send a quotation mark in a name as `%22`.
      const name = typeof filename === 'string' ? filename.replaceAll('%22', "'") : '';
      const bytes = collect(stream, () => tooLarge(bounds, name), { bytesMax: bounds.bytesMax, take });
      file = bytes.then((whole) => ({ name, declared, bytes: whole }));
      file.catch(fail);
    });
    parser.on('field', (name, value, info) => {
      if (info.nameTruncated || info.valueTruncated || fields.has(name)) return fail(invalid('field'));
      fields.set(name, value);
    });
    for (const limit of ['filesLimit', 'fieldsLimit', 'partsLimit'] as const)
      parser.on(limit, () => fail(invalid('tooManyParts')));
    parser.on('error', (cause) => fail(invalid('malformed', cause)));
    request.on('error', (cause) => fail(invalid('cut', cause)));
    request.on('close', () => {
      if (!request.complete) fail(invalid('cut'));
    });
    // After a failure this changes nothing: a promise is settled once.
    parser.on('close', () => {
      Promise.resolve(file).then((whole) => resolve({ file: whole, fields }), reject);
    });
    request.pipe(parser);
  });
}

function parserOf(request: IncomingMessage, bytesMax: number): busboy.Busboy {
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
        // One byte more than is taken, so that a file that is cut can be told from one that fits.
        fileSize: bytesMax + 1,
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
