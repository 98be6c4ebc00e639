import { randomBytes } from 'node:crypto';
import { TrinhkyError } from '../../errors.js';
import { childrenOf, DerFault, need, open, readDer, tags } from './der.js';
import { integer, octets, oid, sequence, truth } from './derWrite.js';
import { readTimestamp } from './timestampToken.js';
import type { Issuers } from './trust.js';

/** Most a time-stamping authority may take, its answer read to the end. */
export const timestampMsMax = 15_000;
const answerBytesMax = 100_000;
const nonceBytes = 16;
const sha256Oid = '2.16.840.1.101.3.4.2.1';
const granted: ReadonlySet<string> = new Set(['00', '01']);

export type Timestamper = (digest: Uint8Array, issuers: Issuers) => Promise<{ token: Buffer; at: string }>;

/**
 * Asks an RFC 3161 authority over HTTP for a token over a SHA-256 digest, and checks the token before anybody relies on it.
 * Throws `signingFailed` {reason: 'timestampFailed' | 'timestampUntrusted'}: a paper is never silently left without its stamp.
 */
export function makeTimestamper(url: string, msMax = timestampMsMax): Timestamper {
  return async (digest, issuers) => {
    const nonce = Buffer.concat([Buffer.from([0x5a]), randomBytes(nonceBytes)]);
    const request = sequence(
      integer(Buffer.from([1])),
      sequence(sequence(oid(sha256Oid)), octets(digest)),
      integer(nonce),
      truth(),
    );
    const answer = await ask(url, request, msMax).catch((error: unknown) => failed((error as Error).message));
    const token = tokenOf(answer);
    const info = token === null ? null : readTimestamp(token, (name) => (name === 'sha256' ? digest : null), issuers);
    if (token === null || info === null || info.nonce?.equals(nonce) !== true) return failed('answer');
    if (!info.trusted) throw new TrinhkyError('signingFailed', { reason: 'timestampUntrusted' });
    return { token, at: info.at };
  };
}

/** The address stays out of the error: it may hold a password. */
function failed(detail: string): never {
  throw new TrinhkyError('signingFailed', { reason: 'timestampFailed', detail });
}

async function ask(url: string, request: Buffer, msMax: number): Promise<Buffer> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/timestamp-query', accept: 'application/timestamp-reply' },
    body: Uint8Array.from(request),
    redirect: 'error',
    signal: AbortSignal.timeout(msMax),
  });
  if (!answer.ok || answer.body === null) throw new Error(`HTTP ${answer.status}`);
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of answer.body as AsyncIterable<Uint8Array>) {
    length += piece.length;
    if (length > answerBytesMax) throw new Error('answer too long');
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

function tokenOf(answer: Buffer): Buffer | null {
  try {
    const [status, token] = open(readDer(answer), tags.sequence);
    const [code] = open(status, tags.sequence);
    if (!granted.has(need(code, tags.integer).content.toString('hex'))) return null;
    if (token === undefined || childrenOf(token).length === 0) return null;
    return token.whole;
  } catch (error) {
    if (error instanceof DerFault) return null;
    throw error;
  }
}
