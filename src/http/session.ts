import type { Request, RequestHandler, Response } from 'express';
import session from 'express-session';
import type { Identity } from '../commands/application.js';
import type { Edge, ServerOptions } from './edge.js';

declare module 'express-session' {
  interface SessionData {
    identity?: Identity;
    /** Signed in with a one-time password: nothing but a new one may be set. */
    mustChange?: boolean;
    signedInAtMs?: number;
    seenAtMs?: number;
  }
}

/** A session that is not used for so long is over. */
export const sessionIdleMsMax = 2 * 60 * 60 * 1000;
/** A session is over after so long, however busy. */
export const sessionAbsoluteMsMax = 12 * 60 * 60 * 1000;
/** A form before sign-in must be sent within this time. */
const anonymousMsMax = 30 * 60 * 1000;
/** Being seen is written down at most so often: it costs a write. */
const seenEveryMs = 60_000;

/** `__Host-` binds the cookie to this host and to TLS; on loopback without TLS browsers would refuse it. */
export function cookieName(publicUrl: string | null): string {
  return publicUrl === null ? 'trinhky' : '__Host-trinhky';
}

/** Server-side sessions, known by an opaque cookie. Runs only where a route asks for a session. */
export function makeSession(options: ServerOptions): RequestHandler {
  const tls = options.publicUrl !== null;
  return session({
    name: cookieName(options.publicUrl),
    secret: options.sessionSecret,
    store: options.sessionStore as session.Store,
    resave: false,
    saveUninitialized: false,
    // TLS ends before this server; X-Forwarded-Proto decides here only whether a Secure cookie is sent at all.
    ...(tls ? { proxy: true } : {}),
    cookie: { httpOnly: true, sameSite: 'lax', secure: tls, path: '/', maxAge: anonymousMsMax },
  });
}

/** Loads the request's session; at once where it is loaded already. */
export function loadSession(edge: Edge, request: Request, response: Response): Promise<void> {
  return through(edge.session, request, response);
}

/** Runs one middleware as a promise. */
export function through(middleware: RequestHandler, request: Request, response: Response): Promise<void> {
  return new Promise((resolve, reject) => {
    const next = (error?: unknown): void => {
      if (error === undefined || error === null || error === 'route' || error === 'router') resolve();
      else reject(error instanceof Error ? error : new Error('a middleware failed', { cause: error }));
    };
    void middleware(request, response, next);
  });
}

/** Who the session's cookie stands for; null for nobody, and for a session that is over, which is ended here. */
export async function sessionIdentity(edge: Edge, request: Request): Promise<{ identity: Identity; mustChange: boolean } | null> {
  const { identity, signedInAtMs = 0, seenAtMs = 0, mustChange = false } = request.session;
  if (identity === undefined) return null;
  const now = edge.wallNowMs();
  if (now - signedInAtMs > sessionAbsoluteMsMax || now - seenAtMs > sessionIdleMsMax) {
    await endSession(request);
    return null;
  }
  if (now - seenAtMs > seenEveryMs) request.session.seenAtMs = now;
  return { identity, mustChange };
}

/** Starts a session under a new id: one that was known before sign-in is worth nothing afterwards. */
export async function startSession(edge: Edge, request: Request, identity: Identity, mustChange: boolean): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    request.session.regenerate((error: unknown) => (error ? reject(error as Error) : resolve()));
  });
  const now = edge.wallNowMs();
  Object.assign(request.session, {
    identity: { authority: identity.authority, person: identity.person },
    mustChange,
    signedInAtMs: now,
    seenAtMs: now,
  });
  request.session.cookie.maxAge = sessionAbsoluteMsMax;
  await saveSession(request);
}

/**
 * Goes on under a new session id after the person proved anew who he is: an id that was known before is worth nothing afterwards.
 * When the session began is kept: a proof does not prolong it. Forms drawn before bear the old token and must be loaded again.
 */
export async function renewSession(edge: Edge, request: Request): Promise<void> {
  const { identity, signedInAtMs } = request.session;
  if (identity === undefined || signedInAtMs === undefined) return;
  await startSession(edge, request, identity, request.session.mustChange === true);
  request.session.signedInAtMs = signedInAtMs;
  await saveSession(request);
}

/** Writes the session now: what follows may come in before the answer has gone out. */
export function saveSession(request: Request): Promise<void> {
  return new Promise((resolve, reject) => {
    request.session.save((error: unknown) => (error ? reject(error as Error) : resolve()));
  });
}

/** Ends the session on the server. */
export function endSession(request: Request): Promise<void> {
  return new Promise((resolve, reject) => {
    request.session.destroy((error: unknown) => (error ? reject(error as Error) : resolve()));
  });
}
