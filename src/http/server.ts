import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
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
import { problemHeaders, problemMediaType, problemOf, requestIdOf } from './problem.js';
import { logFault, requestLog } from './requestLog.js';
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

  door.use(requestLog(options.logger));
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
    logFault(options.logger, error, request);
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
