import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Express, Request, RequestHandler, Response } from 'express';
import { keyCharsMax } from '../../commands/ask.js';
import { TrinhkyError } from '../../errors.js';
import { readJson } from '../body.js';
import { requireCsrfToken, requireSameOrigin } from '../csrf.js';
import type { Call, Edge, InstanceCall, SignedCall } from '../edge.js';
import { bearerOf, requirePosts, requireReadable, standing } from '../gate.js';
import { languageFor } from '../language.js';
import { endSession, loadSession, sessionIdentity } from '../session.js';
import { type Answer, param, type Route } from './route.js';
import { modelFor } from './show.js';

interface Checks {
  readonly query: ValidateFunction | null;
  readonly body: ValidateFunction | null;
}

/** Mounts the routes of a table. Every schema is compiled here, once; whatever the table does not say is refused. */
export function mountApi(door: Express, edge: Edge, routes: readonly Route[]): void {
  const ajv = new Ajv2020({ strict: true, strictTypes: true, allowUnionTypes: true, allErrors: false });
  addFormats.default(ajv);
  for (const route of routes) {
    const checks: Checks = {
      query: route.query ? ajv.compile(route.query) : null,
      body: route.body ? ajv.compile(route.body) : null,
    };
    door[route.method](route.path, handlerOf(edge, route, checks));
  }
}

function handlerOf(edge: Edge, route: Route, checks: Checks): RequestHandler {
  return async (request, response) => {
    const answer = await run(edge, route, checks, request, response);
    if (answer.stream === undefined) send(response, answer);
    else await sendStream(response, answer, answer.stream);
  };
}

async function run(edge: Edge, route: Route, checks: Checks, request: Request, response: Response): Promise<Answer> {
  const call = (more: Partial<Call>): Call => ({
    edge,
    request,
    response,
    language: languageFor(request),
    params: request.params as Record<string, string>,
    query: {},
    body: undefined,
    key: '',
    ...more,
  });
  if (route.policy === 'public') return route.handle(call(await asked(route, checks, request)));
  const signed = { ...call({}), ...(await identify(edge, route, request, response)) };
  await requirePosts(signed, route.policy);
  if (typeof route.policy === 'object' && 'readsInstance' in route.policy) {
    const view = await requireReadable(signed, param(signed, route.policy.readsInstance));
    const full: InstanceCall = {
      ...signed,
      ...(await asked(route, checks, request)),
      view,
      model: modelFor(signed, view.instance.definition),
    };
    return (route as Extract<Route, { handle: (call: InstanceCall) => Promise<Answer> }>).handle(full);
  }
  const work = async (): Promise<Answer> => {
    const full: SignedCall = { ...signed, ...(await asked(route, checks, request)) };
    return (route as Extract<Route, { handle: (call: SignedCall) => Promise<Answer> }>).handle(full);
  };
  if (typeof route.policy === 'object' && 'readsInstanceAfter' in route.policy)
    return provenOrReadable(signed, param(signed, route.policy.readsInstanceAfter), work);
  return work();
}

/** Runs the work, and lets only those see an answer who may read the instance, or whose accepted command proves it. */
async function provenOrReadable(call: SignedCall, id: string, work: () => Promise<Answer>): Promise<Answer> {
  try {
    const answer = await work();
    if (answer.provesReading !== true) await requireReadable(call, id);
    return answer;
  } catch (error) {
    // These say nothing of the instance, and a further read would fail or cost for nothing.
    if (!(error instanceof TrinhkyError && BEFORE_THE_INSTANCE.has(error.code))) await requireReadable(call, id);
    throw error;
  }
}

const BEFORE_THE_INSTANCE: ReadonlySet<string> = new Set(['databaseAway', 'bodyTooLarge']);

type Identified = Pick<SignedCall, 'identity' | 'via' | 'directory' | 'reader' | 'now'>;

/** By token, without any session; else by session, then only with its own token and from its own pages. */
async function identify(edge: Edge, route: Route, request: Request, response: Response): Promise<Identified> {
  const bearer = bearerOf(request);
  if (bearer !== null) {
    const identity = await edge.app.tokens.lookUp(bearer);
    if (identity === null) throw new TrinhkyError('signInNeeded');
    return { identity, via: 'token', ...(await standing(edge, identity)) };
  }
  if (request.headers.cookie === undefined) throw new TrinhkyError('signInNeeded');
  await loadSession(edge, request, response);
  const found = await sessionIdentity(edge, request);
  if (found === null) throw new TrinhkyError('signInNeeded');
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    requireSameOrigin(request, edge.options.publicUrl);
    requireCsrfToken(request);
  }
  if (found.mustChange && route.beforePasswordChange !== true) throw new TrinhkyError('passwordMustChange');
  try {
    return { identity: found.identity, via: 'session', ...(await standing(edge, found.identity)) };
  } catch (error) {
    if (error instanceof TrinhkyError && error.code === 'signInNeeded') await endSession(request);
    throw error;
  }
}

const KEY = new RegExp(`^[\\x21-\\x7e]{1,${keyCharsMax}}$`);

/** Query, key and body as the route wants them. */
async function asked(route: Route, checks: Checks, request: Request): Promise<Pick<Call, 'query' | 'body' | 'key'>> {
  const query = request.query as Record<string, string>;
  if (checks.query === null) {
    const [unknown] = Object.keys(query);
    if (unknown !== undefined) throw new TrinhkyError('bodyInvalid', { path: `?${unknown.slice(0, 60)}` });
  } else requireFit(checks.query, query, '?');
  const header = request.headers['idempotency-key'];
  if (route.keyed === true && (typeof header !== 'string' || !KEY.test(header)))
    throw new TrinhkyError('keyMissing', { charsMax: keyCharsMax });
  if (checks.body === null) return { query, body: undefined, key: typeof header === 'string' ? header : '' };
  const body = await readJson(request);
  requireFit(checks.body, body, '');
  return { query, body, key: typeof header === 'string' ? header : '' };
}

function requireFit(check: ValidateFunction, value: unknown, prefix: string): void {
  if (check(value)) return;
  const error = check.errors?.[0];
  const extra = (error?.params as { additionalProperty?: string; missingProperty?: string } | undefined) ?? {};
  const name = extra.additionalProperty ?? extra.missingProperty;
  const path = `${prefix}${error?.instancePath ?? ''}${name === undefined ? '' : `/${name.slice(0, 60)}`}`;
  throw new TrinhkyError('bodyInvalid', { path: path === '' ? '/' : path, reason: error?.keyword ?? 'shape' });
}

function send(response: Response, answer: Answer): void {
  for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, value);
  response.status(answer.status);
  if (answer.bytes !== undefined) response.end(answer.bytes);
  else if (answer.body === undefined) response.end();
  else {
    response.setHeader('Content-Type', 'application/json; charset=utf-8');
    response.end(JSON.stringify(answer.body));
  }
}

/** The first piece is waited for before anything is sent: what cannot be begun is a problem like any other. */
async function sendStream(response: Response, answer: Answer, stream: AsyncIterable<Uint8Array>): Promise<void> {
  const pieces = stream[Symbol.asyncIterator]();
  const first = await pieces.next();
  for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, value);
  response.status(answer.status);
  const all = async function* () {
    if (first.done !== true) yield first.value;
    for (let next = await pieces.next(); next.done !== true; next = await pieces.next()) yield next.value;
  };
  // A file that breaks off in the middle must not look whole: the connection is destroyed, and whoever went away is no fault of ours.
  await pipeline(Readable.from(all(), { objectMode: false }), response).catch(() => response.destroy());
}
