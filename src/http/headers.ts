import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestHandler } from 'express';
import helmet from 'helmet';

const directives = {
  'default-src': ["'none'"],
  'style-src': ["'self'"],
  'font-src': ["'self'"],
  'img-src': ["'self'"],
  'form-action': ["'self'"],
  'base-uri': ["'none'"],
  'frame-ancestors': ["'none'"],
} as const;

const hstsSeconds = 365 * 24 * 60 * 60;

/**
 * The security headers of every response: no script at all, styles and fonts from here, framed by nobody.
 * Helmet composes them once; they are the same for each response, so its dozen middlewares do not run again.
 */
export function securityHeaders(tls: boolean): RequestHandler {
  const composed = compose(tls);
  return (_request, response, next) => {
    for (const [name, value] of composed) response.setHeader(name, value);
    next();
  };
}

function compose(tls: boolean): readonly (readonly [string, string])[] {
  const headers = new Map<string, string>([['Cache-Control', 'no-store']]);
  const recorder = {
    setHeader: (name: string, value: unknown) => headers.set(name, String(value)),
    removeHeader: (name: string) => headers.delete(name),
  };
  const middleware = helmet({
    contentSecurityPolicy: { useDefaults: false, directives: { ...directives } },
    referrerPolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
    strictTransportSecurity: tls ? { maxAge: hstsSeconds, includeSubDomains: false } : false,
  });
  middleware({} as IncomingMessage, recorder as unknown as ServerResponse, (error?: unknown) => {
    if (error instanceof Error) throw error;
  });
  return [...headers];
}

/**
 * For a print of our own that a browser opens in its viewer. No `sandbox`: Chromium does not start its PDF viewer in a sandboxed document,
 * whatever the sandbox allows. The viewer's frame needs its own style and the file itself as an object; nothing else is let in.
 */
export const printSecurityPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** For a file that people made, or that is only saved: it may do nothing, wherever it is opened. */
export const fileSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'";
