import { csrfSync } from 'csrf-sync';
import type { Request } from 'express';
import { TrinhkyError } from '../errors.js';

export const csrfHeader = 'x-csrf-token';
export const csrfField = '_csrf';

const tokenBytes = 32;

const tokens = csrfSync({
  size: tokenBytes,
  getTokenFromRequest: (request) => {
    const header = request.headers[csrfHeader];
    if (typeof header === 'string') return header;
    const field = (request.body as Record<string, unknown> | undefined)?.[csrfField];
    return typeof field === 'string' ? field : undefined;
  },
});

/** The session's token, made with the first form. */
export function csrfToken(request: Request): string {
  return tokens.generateToken(request);
}

/** Throws `csrfFailed` unless the request bears its own session's token, in the header or the form. */
export function requireCsrfToken(request: Request): void {
  if (!tokens.isRequestValid(request)) throw new TrinhkyError('csrfFailed', { reason: 'token' });
}

/**
 * Throws `csrfFailed` where the browser says that another site asks. Programs that say nothing pass: they bear no cookie
 * of anybody else.
 */
export function requireSameOrigin(request: Request, publicUrl: string | null): void {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') throw new TrinhkyError('csrfFailed', { reason: 'site' });
  const { origin, host } = request.headers;
  if (origin === undefined) return;
  if (origin !== (publicUrl ?? `http://${host ?? ''}`)) throw new TrinhkyError('csrfFailed', { reason: 'origin' });
}
