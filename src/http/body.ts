import type { IncomingMessage } from 'node:http';
import express, { type Request, type RequestHandler, type Response } from 'express';
import { TrinhkyError } from '../errors.js';
import { through } from './session.js';

export const bodyBytesMax = 1024 * 1024;
/** Members within members; a parser or a validator must not be led deeper. */
export const bodyDepthMax = 20;
/** The longest form reviews `reviewedClausesMax` clauses, six fields each. */
const formFieldsMax = 3_100;

const form: RequestHandler = express.urlencoded({
  limit: bodyBytesMax,
  extended: false,
  inflate: false,
  parameterLimit: formFieldsMax,
});

const charsetsRead = /;\s*charset\s*=\s*"?utf-8"?\s*(;|$)/i;

/** Reads a JSON body; none at all counts as `{}`, and the schema says whether that is enough. Throws `notJson`, `bodyTooLarge`, `bodyInvalid`. */
export async function readJson(request: Request): Promise<unknown> {
  const type = request.headers['content-type'] ?? '';
  // The depth is counted in the bytes, which in another encoding would mean something else.
  if (/charset/i.test(type) && !charsetsRead.test(type)) throw new TrinhkyError('notJson');
  if (request.headers['transfer-encoding'] === undefined && Number(request.headers['content-length'] ?? 0) === 0) return {};
  if (!jsonTypes.test(type) || request.headers['content-encoding'] !== undefined) throw new TrinhkyError('notJson');
  return parsed(await bytesOf(request));
}

const jsonTypes = /^\s*application\/json\s*(;|$)/i;

/** The whole body, at most `bodyBytesMax`: what is longer is refused at its length, or as soon as it grows over it. */
function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const tooLarge = (): TrinhkyError => new TrinhkyError('bodyTooLarge', { bytesMax: bodyBytesMax });
  if (Number(request.headers['content-length'] ?? 0) > bodyBytesMax) return Promise.reject(tooLarge());
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > bodyBytesMax) reject(tooLarge());
      else chunks.push(chunk);
    });
    request.on('end', () => resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks, length)));
    request.on('error', reject);
    request.on('aborted', () => reject(new TrinhkyError('bodyInvalid', { path: '', reason: 'cut' })));
  });
}

/** Objects and lists only; counted for depth before anything is parsed. */
function parsed(bytes: Buffer): unknown {
  requireShallow(bytes);
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new TrinhkyError('bodyInvalid', { path: '', reason: 'notJson' });
  }
  if (typeof value !== 'object' || value === null) throw new TrinhkyError('bodyInvalid', { path: '', reason: 'notAnObject' });
  return value;
}

/** The fields of a form: a text each, or a list where the field was sent several times. */
export type Form = Readonly<Record<string, string | readonly string[]>>;

/** Reads a form. Throws `bodyTooLarge`, `bodyInvalid`. */
export async function readForm(request: Request, response: Response): Promise<Form> {
  await through(form, request, response);
  if (request.body === undefined) throw new TrinhkyError('bodyInvalid', { path: '', reason: 'notAForm' });
  return request.body as Form;
}

/** The one value of a field; empty where it is absent. Throws `bodyInvalid` where it was sent twice. */
export function fieldOf(fields: Form, name: string): string {
  const value = Object.hasOwn(fields, name) ? fields[name] : '';
  if (typeof value !== 'string') throw new TrinhkyError('bodyInvalid', { path: `/${name}`, reason: 'repeated' });
  return value;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Counts brackets outside of texts, before anything is parsed: one pass over the bytes. */
function requireShallow(bytes: Buffer): void {
  let depth = 0;
  let inText = false;
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index];
    if (inText) {
      if (byte === BACKSLASH) index += 1;
      else if (byte === QUOTE) inText = false;
    } else if (byte === QUOTE) inText = true;
    else if (byte === 0x7b || byte === 0x5b) {
      depth += 1;
      if (depth > bodyDepthMax) throw new TrinhkyError('bodyInvalid', { path: '', reason: 'tooDeep', depthMax: bodyDepthMax });
    } else if (byte === 0x7d || byte === 0x5d) depth -= 1;
  }
}
