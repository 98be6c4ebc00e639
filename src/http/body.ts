import type { IncomingMessage } from 'node:http';
import express, { type Request, type RequestHandler, type Response } from 'express';
import { TrinhkyError } from '../errors.js';
import { through } from './session.js';

export const bodyBytesMax = 1024 * 1024;
/** Members within members; a parser or a validator must not be led deeper. */
export const bodyDepthMax = 20;
const formFieldsMax = 500;

const json: RequestHandler = express.json({
  limit: bodyBytesMax,
  strict: true,
  // A compressed body could be a thousand times its length.
  inflate: false,
  type: 'application/json',
  verify: (_request: IncomingMessage, _response, bytes: Buffer) => requireShallow(bytes),
});

const form: RequestHandler = express.urlencoded({
  limit: bodyBytesMax,
  extended: false,
  inflate: false,
  parameterLimit: formFieldsMax,
});

const charsetsRead = /;\s*charset\s*=\s*"?utf-8"?\s*(;|$)/i;

/** Reads a JSON body; none at all counts as `{}`, and the schema says whether that is enough. Throws `notJson`, `bodyTooLarge`, `bodyInvalid`. */
export async function readJson(request: Request, response: Response): Promise<unknown> {
  const type = request.headers['content-type'] ?? '';
  // The depth is counted in the bytes, which in another encoding would mean something else.
  if (/charset/i.test(type) && !charsetsRead.test(type)) throw new TrinhkyError('notJson');
  if (request.headers['transfer-encoding'] === undefined && Number(request.headers['content-length'] ?? 0) === 0) return {};
  await through(json, request, response);
  if (request.body === undefined) throw new TrinhkyError('notJson');
  return request.body as unknown;
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

/** A plain error with a type: the parser writes a status onto what is thrown here. */
function tooDeep(): Error {
  return Object.assign(new Error(`deeper than ${bodyDepthMax}`), { type: 'too.deep' });
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
      if (depth > bodyDepthMax) throw tooDeep();
    } else if (byte === 0x7d || byte === 0x5d) depth -= 1;
  }
}
