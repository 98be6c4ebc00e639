import type { Request, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import type { Application, Identity } from '../commands/application.js';
import type { JsonObject, Model } from '../commands/look.js';
import type { InstanceView } from '../commands/ports.js';
import type { Language } from '../locales/sentences.js';
import type { Directory } from '../office/organisation/directory.js';
import type { Reader } from '../office/organisation/visibility.js';

export interface ServerOptions {
  /** The https origin under which people reach the server, without a closing slash; null on loopback without TLS. */
  readonly publicUrl: string | null;
  /** What express takes as `trust proxy`. */
  readonly trustProxy: false | number | readonly string[];
  /** A store of express-session. */
  readonly sessionStore: unknown;
  readonly sessionSecret: string;
  readonly logger: Logger;
  /** Absolute path of `templates/`. */
  readonly templatesFolder: string;
  /** Milliseconds since 1970, for the ends of sessions only; the wall clock unless a test brings its own. */
  readonly wallNowMs?: () => number;
}

/** What every route works with, made once. */
export interface Edge {
  readonly app: Application;
  readonly options: ServerOptions;
  readonly session: RequestHandler;
  readonly wallNowMs: () => number;
  readonly openApi: () => JsonObject;
}

/** One request after the first checks. */
export interface Call {
  readonly edge: Edge;
  readonly request: Request;
  readonly response: Response;
  readonly language: Language;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** Fits the route's schema. */
  readonly body: unknown;
  /** The Idempotency-Key; empty where the route takes none. */
  readonly key: string;
}

/** A request of somebody known, at one instant of the domain's clock. */
export interface SignedCall extends Call {
  readonly identity: Identity;
  readonly via: 'session' | 'token';
  readonly reader: Reader;
  readonly directory: Directory;
  readonly now: string;
  /** For the frame of a page, counted up to `openNoticesCountMax`. */
  readonly openNotices?: number;
}

/** A request for an instance that this person may read. */
export interface InstanceCall extends SignedCall {
  readonly view: InstanceView;
  readonly model: Model;
}

/** Who may call a route. A route without one cannot be written down. */
export type Policy =
  | 'public'
  | 'signedIn'
  /** The named path parameter is an instance that the caller may read; else 404, as if it did not exist. */
  | { readonly readsInstance: string }
  /**
   * The same, judged after the work: an accepted command proves by itself that its actor plays a role, and so reads.
   * Every other answer is replaced by 404 where the caller may not read. Saves the hot path one read.
   */
  | { readonly readsInstanceAfter: string }
  | { readonly administers: true }
  | { readonly audits: true }
  | { readonly readsAll: true };
