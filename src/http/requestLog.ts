import { randomUUID } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import type { Logger } from 'pino';
import { asTrinhkyError, RefusedError, requestIdOf } from './problem.js';

const pathCharsMax = 300;

/**
 * Gives each request an id and writes one line when it is answered: id, method, path without its query, status, time.
 * Nothing else of a request is ever handed to the logger, so headers and bodies, where passwords, tokens and cookies are, cannot reach it.
 */
export function requestLog(logger: Logger): RequestHandler {
  return (request, response, next) => {
    const started = performance.now();
    const id = randomUUID();
    (request as { id?: string }).id = id;
    const { method, url } = request;
    let told = false;
    const tell = (): void => {
      if (told) return;
      told = true;
      const { statusCode: status } = response;
      const line = {
        id,
        method,
        path: pathOf(url),
        status,
        ms: Math.round(performance.now() - started),
        cut: response.writableFinished ? undefined : true,
      };
      if (status >= 500) logger.error(line, 'request');
      else logger.info(line, 'request');
    };
    response.on('finish', tell);
    response.on('close', tell);
    next();
  };
}

function pathOf(url: string): string {
  const query = url.indexOf('?');
  return url.slice(0, query === -1 ? pathCharsMax : Math.min(query, pathCharsMax));
}

/** What is the machinery's fault is logged with its cause; what is the caller's is in the request's own line. */
export function logFault(logger: Logger, error: unknown, request: Request): void {
  if (error instanceof RefusedError) return;
  const ours = asTrinhkyError(error);
  if (ours.status < 500) return;
  const cause = ours.cause instanceof Error ? ours.cause : ours;
  logger.error(
    {
      id: requestIdOf(request),
      fault: { code: ours.code, name: cause.name, message: cause.message, stack: cause.stack },
    },
    'a request failed',
  );
}
