import { lookup as systemLookup } from 'node:dns/promises';
import { type ClientRequest, request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { checkedUrl, hostOf, mayConnect, type WebhookPlaces } from '../commands/webhooks/address.js';
import type { WebhookAnswer, WebhookPost, WebhookSender } from '../commands/webhooks/ports.js';
import { TrinhkyError } from '../errors.js';

/** From the look-up of the name to the connection, TLS included. */
export const connectMsMax = 5_000;
/** From the beginning to the status of the answer. */
export const answerMsMax = 10_000;
/** What is read of an answer's body; nothing of it is kept. */
export const replyBytesMax = 4_096;
const replyHeaderBytesMax = 16_384;
const addressesMax = 16;

export interface Resolved {
  readonly address: string;
  readonly family: number;
}

export interface SenderOptions extends WebhookPlaces {
  /** Every address of a name; the system's resolver unless a test brings its own. */
  readonly resolve?: (host: string) => Promise<readonly Resolved[]>;
  /** Milliseconds since 1970. */
  readonly wallNowMs?: () => number;
  readonly limits?: { readonly connectMs: number; readonly answerMs: number };
}

interface Sending {
  readonly options: SenderOptions;
  /** Ends everything that is on its way. */
  readonly stop: AbortController;
}

/**
 * Sends over connections of its own, one for each message. A name is resolved here, every address it has is judged, and the
 * connection goes to one that was judged: what a later look-up would say plays no part. Redirects are answers like others.
 */
export function makeWebhookSender(options: SenderOptions): WebhookSender {
  const sending: Sending = { options, stop: new AbortController() };
  const wallNowMs = options.wallNowMs ?? Date.now;
  return {
    check(url) {
      checkedUrl(url, options);
    },
    post: (post) => send(sending, post),
    stamp: () => Math.floor(wallNowMs() / 1000),
    close: () => sending.stop.abort(),
  };
}

/** Why a message was not sent or not answered: our own words only. */
class Refused extends Error {}

async function send(sending: Sending, post: WebhookPost): Promise<WebhookAnswer> {
  const { options, stop } = sending;
  const answerMs = options.limits?.answerMs ?? answerMsMax;
  const ended = AbortSignal.any([stop.signal, AbortSignal.timeout(answerMs)]);
  try {
    stop.signal.throwIfAborted();
    const url = checkedUrl(post.url, options);
    const addresses = await untilAborted(judged(url, options), ended);
    return answerOf(await exchange(url, post, addresses, { ended, connectMs: options.limits?.connectMs ?? connectMsMax }));
  } catch (error) {
    return stop.signal.aborted ? { kind: 'stopping' } : { kind: 'failed', reason: ended.aborted ? 'tooSlow' : reasonOf(error) };
  }
}

/** The addresses of a host, each of which may be connected to. One that may not refuses them all. */
async function judged(url: URL, options: SenderOptions): Promise<readonly Resolved[]> {
  const host = hostOf(url);
  const resolve = options.resolve ?? ((name: string) => systemLookup(name, { all: true }));
  const found = isIP(host) > 0 ? [{ address: host, family: isIP(host) }] : (await resolve(host)).slice(0, addressesMax);
  if (found.length === 0) throw new Refused('ENOTFOUND');
  if (!found.every(({ address }) => mayConnect(url, address, options))) throw new Refused('urlInside');
  return found;
}

interface Bounds {
  readonly ended: AbortSignal;
  readonly connectMs: number;
}

function exchange(url: URL, post: WebhookPost, addresses: readonly Resolved[], bounds: Bounds): Promise<IncomingMessage> {
  const pinned: LookupFunction = (_host, asked, found) => {
    const [first] = addresses;
    if (asked.all === true) found(null, [...addresses]);
    else found(null, first?.address ?? '', first?.family);
  };
  const body = Buffer.from(post.body);
  const settings: RequestOptions = {
    method: 'POST',
    headers: { ...post.headers, 'content-length': body.length, connection: 'close' },
    // An agent of its own for each message: no pool shares a connection that was made for another judgement.
    agent: false,
    lookup: pinned,
    maxHeaderSize: replyHeaderBytesMax,
    signal: bounds.ended,
  };
  return new Promise((resolve, reject) => {
    const request = url.protocol === 'https:' ? httpsRequest(url, settings) : httpRequest(url, settings);
    limitConnecting(request, url.protocol === 'https:' ? 'secureConnect' : 'connect', bounds.connectMs);
    request.on('response', (response) => {
      readLittle(response);
      resolve(response);
    });
    request.on('error', reject);
    request.end(body);
  });
}

function limitConnecting(request: ClientRequest, connected: string, connectMs: number): void {
  const timer = setTimeout(() => request.destroy(new Refused('connectTooSlow')), connectMs);
  const clear = (): void => clearTimeout(timer);
  request.on('socket', (socket) => socket.once(connected, clear));
  request.on('close', clear);
}

/** The status is all that counts. A little is read, so that a well-behaved receiver may finish; then the connection is cut. */
function readLittle(response: IncomingMessage): void {
  let bytes = 0;
  response.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > replyBytesMax) response.destroy();
  });
  response.on('error', () => undefined);
}

function answerOf({ statusCode, headers }: IncomingMessage): WebhookAnswer {
  return { kind: 'answered', status: statusCode ?? 0, retryAfterMs: retryAfterMs(headers['retry-after']) };
}

/** RFC 9110: seconds, or a date. */
function retryAfterMs(value: string | undefined): number | null {
  if (value === undefined) return null;
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000;
  const at = Date.parse(value);
  return Number.isNaN(at) ? null : Math.max(0, at - Date.now());
}

function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Refused('tooSlow')), { once: true });
    work.then(resolve, reject);
  });
}

function reasonOf(error: unknown): string {
  if (error instanceof Refused) return error.message;
  if (error instanceof TrinhkyError) return typeof error.params['reason'] === 'string' ? error.params['reason'] : error.code;
  const { code } = error as NodeJS.ErrnoException;
  return typeof code === 'string' ? code : 'unreachable';
}
