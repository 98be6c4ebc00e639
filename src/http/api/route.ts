import type { JsonObject } from '../../commands/look.js';
import type { Call, InstanceCall, Policy, SignedCall } from '../edge.js';

/** What a handler answers. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  /** Instead of a body: bytes as they are, with their own content type among the headers. */
  readonly bytes?: Uint8Array;
  /** Instead of both: bytes that come piece by piece. What fails before the first is answered as an error; later the connection is broken off. */
  readonly stream?: AsyncIterable<Uint8Array>;
  readonly headers?: Readonly<Record<string, string>>;
  /** True when the work itself proved that the caller reads the instance; see `readsInstanceAfter`. */
  readonly provesReading?: boolean;
}

interface RouteShape {
  readonly method: 'get' | 'post' | 'put' | 'delete';
  /** As express takes it: `/api/v1/instances/:id`. */
  readonly path: string;
  readonly summary: string;
  /** JSON Schema of the query; every value is a text. Without it no query is taken. */
  readonly query?: JsonObject;
  /** JSON Schema of the body. Without it no body is read. */
  readonly body?: JsonObject;
  /** The media type of a body that the handler reads itself, as bytes. */
  readonly takesBytes?: string;
  /** The body is a form with one file, which the handler reads. */
  readonly upload?: true;
  /** Needs an Idempotency-Key. Missing on routes that answer a secret once, and on signing in and out. */
  readonly keyed?: true;
  readonly takesIfMatch?: true;
  /** May be called by somebody who must first set a new password. */
  readonly beforePasswordChange?: true;
  /** JSON Schema of the answer; null where it has no body; a text is the media type of bytes. */
  readonly answers: { readonly status: number; readonly schema: JsonObject | null | string };
}

/** One route. The policy decides which call its handler gets: who has not been asked for cannot be used. */
export type Route = RouteShape &
  (
    | { readonly policy: 'public'; readonly handle: (call: Call) => Promise<Answer> }
    | {
        readonly policy: Extract<Policy, { readonly readsInstance: string }>;
        readonly handle: (call: InstanceCall) => Promise<Answer>;
      }
    | {
        readonly policy: Exclude<Policy, 'public' | { readonly readsInstance: string }>;
        readonly handle: (call: SignedCall) => Promise<Answer>;
      }
  );

export function ok(body: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status: 200, body, headers };
}

/** A path parameter; the router guarantees that it is there. */
export function param(call: Pick<Call, 'params'>, name: string): string {
  return call.params[name] ?? '';
}

/** A limit in the query: what is asked, at most `max`. The schema has seen to digits. */
export function limitOf(call: Pick<Call, 'query'>, usual: number, max: number): number {
  return Math.min(max, Number(call.query.limit ?? usual));
}
