import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Express, type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { pinoHttp } from 'pino-http';
import type { Application } from '../commands/application.js';
import type { JsonObject } from '../commands/look.js';
import { TrinhkyError } from '../errors.js';
import { mountApi } from './api/mount.js';
import { openApiDocument } from './api/openapi.js';
import { apiRoutes } from './api/routes.js';
import { mountAssets } from './assets.js';
import type { Edge, ServerOptions } from './edge.js';
import { securityHeaders } from './headers.js';
import { languageFor } from './language.js';
import { mountPages, pageRoutes, wantsPage } from './pages/mount.js';
import { asTrinhkyError, problemHeaders, problemMediaType, problemOf, RefusedError, requestIdOf } from './problem.js';
import { makeSession } from './session.js';

/** Everything must have been sent within this time, head and body. */
const requestMsMax = 30_000;
const headersMsMax = 10_000;
/** After this long a closing server no longer waits for its answers. */
const closeMsMax = 5_000;

/**
 * The web of an application as an express door: pages, API, assets. Holds no state but the sessions' store.
 * Few middlewares run for every request; session, body and CSRF only where a route asks for them.
 */
export function makeServer(app: Application, options: ServerOptions): Express {
  const door = express();
  door.disable('x-powered-by');
  door.set('etag', false);
  door.set('query parser', 'simple');
  door.set('case sensitive routing', true);
  door.set('strict routing', true);
  door.set('trust proxy', options.trustProxy);
  const edge: Edge = {
    app,
    options,
    session: makeSession(options),
    wallNowMs: options.wallNowMs ?? Date.now,
    openApi: openApiOf(app),
  };

  door.use(requestLog(options));
  door.use(securityHeaders(options.publicUrl !== null));
  const assets = mountAssets(door, options.templatesFolder);
  mountApi(door, edge, apiRoutes);
  const pages = mountPages(door, edge, assets);
  refuseOtherMethods(door);
  door.use(() => {
    throw new TrinhkyError('notFound');
  });
  door.use((error: unknown, request: Request, response: Response, next: NextFunction) => {
    if (response.headersSent) return next(error);
    logFault(error, request);
    if (wantsPage(request)) return void pages.error(error, request, response).catch(next);
    const problem = problemOf(error, languageFor(request), requestIdOf(request));
    for (const [name, value] of Object.entries(problemHeaders(problem))) response.setHeader(name, value);
    response.status(problem.status).setHeader('Content-Type', problemMediaType);
    response.end(JSON.stringify(problem));
  });
  return door;
}

/** Made once for a set of definitions. */
function openApiOf(app: Application): () => JsonObject {
  let made: { readonly count: number; readonly document: JsonObject } | undefined;
  return () => {
    const models = app.deps.models.all();
    if (made?.count !== models.length) made = { count: models.length, document: openApiDocument(apiRoutes, models) };
    return made.document;
  };
}

/**
 * A line for each request when it is answered: id, method, path without its query, status, time. Headers and bodies, where
 * passwords, tokens and cookies are, never reach the log; the redaction stands behind that should a line ever hold them.
 */
function requestLog(options: ServerOptions): RequestHandler {
  const logger = options.logger.child(
    {},
    {
      redact: ['req.headers', 'res.headers', '*.password', '*.token', '*.cookie', '*.authorization'],
    },
  );
  return pinoHttp({
    logger,
    genReqId: () => randomUUID(),
    quietReqLogger: true,
    serializers: {
      req: (request: { id: unknown; method: unknown; url: unknown }) => ({
        id: request.id,
        method: request.method,
        path: String(request.url).split('?')[0]?.slice(0, 300),
      }),
      res: (response: { statusCode: unknown }) => ({ status: response.statusCode }),
      err: (error: { type?: unknown; message?: unknown }) => ({ type: error.type, message: error.message }),
    },
    customLogLevel: (_request, response, error) => (error !== undefined || response.statusCode >= 500 ? 'error' : 'info'),
  });
}

/** What is the machinery's fault is logged with its cause; what is the caller's is in the request's own line. */
function logFault(error: unknown, request: Request): void {
  if (error instanceof RefusedError) return;
  const ours = asTrinhkyError(error);
  if (ours.status < 500) return;
  const cause = ours.cause instanceof Error ? ours.cause : ours;
  request.log.error(
    { fault: { code: ours.code, name: cause.name, message: cause.message, stack: cause.stack } },
    'a request failed',
  );
}

/** A known address with another method is 405 and says which there are; TRACE and CONNECT with it. */
function refuseOtherMethods(door: Express): void {
  const methods = new Map<string, Set<string>>();
  for (const { method, path } of [...apiRoutes, ...pageRoutes]) {
    const known = methods.get(path) ?? new Set<string>();
    known.add(method.toUpperCase());
    if (method === 'get') known.add('HEAD');
    methods.set(path, known);
  }
  for (const [path, known] of methods) {
    door.all(path, (request) => {
      throw new TrinhkyError('methodNotAllowed', { method: request.method, allowed: [...known].join(', ') });
    });
  }
}

export interface Listening {
  readonly port: number;
  readonly server: Server;
  /** Takes no new requests, lets the running ones end, for at most `closeMsMax`. */
  close(): Promise<void>;
}

/** Listens on an address; port 0 takes any free one. */
export function listen(door: Express, { port, host }: { readonly port: number; readonly host: string }): Promise<Listening> {
  const server = createServer(
    { requestTimeout: requestMsMax, headersTimeout: headersMsMax, connectionsCheckingInterval: headersMsMax },
    door,
  );
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve({ port: (server.address() as AddressInfo).port, server, close: () => closed(server) });
    });
  });
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const last = setTimeout(() => server.closeAllConnections(), closeMsMax);
    server.close(() => {
      clearTimeout(last);
      resolve();
    });
    server.closeIdleConnections();
  });
}
