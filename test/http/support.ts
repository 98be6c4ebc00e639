import { request as httpRequest } from 'node:http';
import { resolve } from 'node:path';
import { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { Secret, TOTP } from 'otpauth';
import { pino } from 'pino';
import { type Listening, listen, makeServer } from '../../src/http/server.js';
import { newKey, startApplication, type TestApplication } from '../support/application.js';

const templatesFolder = resolve(fileURLToPath(import.meta.url), '..', '..', '..', 'templates');

export interface Web {
  readonly app: TestApplication;
  readonly origin: string;
  readonly port: number;
  /** Every line of the log. */
  readonly log: string[];
  /** Milliseconds added to the wall clock of sessions and one-time codes. */
  later(ms: number): void;
  /** A second factor in force for a person. Each call of the answer is the next code, 30 seconds later. */
  factor(person: string): Promise<() => string>;
  /** An API token of a person. */
  token(person: string): Promise<string>;
  /** A client that presents a token. */
  api(person: string): Promise<Client>;
  /** A client with cookies, as a browser has. */
  visitor(): Visitor;
  /** An account with its own password, signed in by no one yet. */
  account(person: string): Promise<{ readonly login: string; readonly password: string }>;
  /** Stops listening; the application stays. */
  closeDoor(): Promise<void>;
  close(): Promise<void>;
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: Record<string, never> & { readonly [name: string]: unknown };
}

export interface Client {
  get(path: string, headers?: Record<string, string>): Promise<Reply>;
  /** A JSON request with a new idempotency key, unless the headers bring one. */
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Reply>;
  send(method: string, path: string, body: unknown, headers?: Record<string, string>): Promise<Reply>;
}

export interface Visitor extends Client {
  /** Posts a form with the CSRF token of the page last seen. */
  form(path: string, fields: Record<string, string | readonly string[]>, headers?: Record<string, string>): Promise<Reply>;
  cookies(): ReadonlyMap<string, string>;
  setCookies(cookies: ReadonlyMap<string, string>): void;
  signIn(login: string, password: string): Promise<Reply>;
}

export const goodPassword = 'lá rơi ngoài hiên vắng 73';

/** The real application behind the real door, on loopback. */
export async function startWeb(
  name: string,
  more: { publicUrl?: string; trustProxy?: number; printer?: TestApplication['deps']['printer'] } = {},
): Promise<Web> {
  const wall = { shiftMs: 0 };
  const wallNowMs = () => Date.now() + wall.shiftMs;
  const app = await startApplication(name, { wallNowMs, ...(more.printer === undefined ? {} : { printer: more.printer }) });
  return webOn(app, { ...more, wall });
}

/** The same door for an application that is there already. */
export async function webOn(
  app: TestApplication,
  more: { publicUrl?: string; trustProxy?: number; wall?: { shiftMs: number } } = {},
): Promise<Web> {
  const log: string[] = [];
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      log.push(chunk.toString());
      done();
    },
  });
  const wall = more.wall ?? { shiftMs: 0 };
  const door = makeServer(app, {
    publicUrl: more.publicUrl ?? null,
    trustProxy: more.trustProxy ?? false,
    sessionStore: app.opened.sessions.store,
    sessionSecret: 'a secret of this test',
    logger: pino({ level: 'info' }, sink),
    templatesFolder,
    wallNowMs: () => Date.now() + wall.shiftMs,
  });
  const listening: Listening = await listen(door, { port: 0, host: '127.0.0.1' });
  const origin = `http://127.0.0.1:${listening.port}`;
  const tokens = new Map<string, string>();
  const web: Web = {
    app,
    origin,
    port: listening.port,
    log,
    later: (ms) => {
      wall.shiftMs += ms;
    },
    async factor(person) {
      const identity = { authority: app.authority, person };
      await app.secondFactors.remove(identity);
      const { secret } = await app.secondFactors.enrol(identity, { issuer: 'Ví dụ', account: person });
      const next = (): string => {
        web.later(30_000);
        return TOTP.generate({ secret: Secret.fromBase32(secret), timestamp: Date.now() + wall.shiftMs });
      };
      if (!(await app.secondFactors.confirm(identity, next()))) throw new Error('the first code did not confirm');
      return next;
    },
    async token(person) {
      const known = tokens.get(person) ?? (await app.tokens.create({ authority: app.authority, person }, 'test', 1)).token;
      tokens.set(person, known);
      return known;
    },
    async api(person) {
      const authorization = `Bearer ${await web.token(person)}`;
      return clientOf(origin, (headers) => ({ authorization, ...headers }));
    },
    visitor: () => visitorOf(origin),
    async account(person) {
      const login = `${app.authority}-${person}`;
      const identity = { authority: app.authority, person };
      await app.opened.accounts.create(identity, login);
      await app.accounts.setPassword(identity, goodPassword);
      return { login, password: goodPassword };
    },
    closeDoor: () => listening.close(),
    async close() {
      await listening.close();
      await app.close();
    },
  };
  return web;
}

async function replyOf(response: Response): Promise<Reply> {
  const text = await response.text();
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  return { status: response.status, headers: response.headers, text, json: (isJson ? JSON.parse(text) : {}) as Reply['json'] };
}

function clientOf(
  origin: string,
  more: (headers: Record<string, string>) => Record<string, string>,
  after: (response: Response) => void = () => undefined,
): Client {
  const send = async (method: string, path: string, body: unknown, headers: Record<string, string> = {}): Promise<Reply> => {
    const withBody = body !== undefined;
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const response = await fetch(`${origin}${path}`, {
      method,
      redirect: 'manual',
      headers: more({ ...(withBody ? { 'content-type': 'application/json' } : {}), ...headers }),
      ...(withBody ? { body: text } : {}),
    });
    after(response);
    return replyOf(response);
  };
  return {
    send,
    get: (path, headers) => send('GET', path, undefined, headers),
    post: (path, body, headers) => send('POST', path, body, { 'idempotency-key': newKey(), ...headers }),
  };
}

function visitorOf(origin: string): Visitor {
  let jar = new Map<string, string>();
  let csrf = '';
  const keep = (response: Response): void => {
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';');
      const at = pair.indexOf('=');
      if (/Expires=Thu, 01 Jan 1970/.test(cookie)) jar.delete(pair.slice(0, at));
      else jar.set(pair.slice(0, at), pair.slice(at + 1));
    }
  };
  const withCookies = (headers: Record<string, string>) => ({
    ...(jar.size > 0 ? { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') } : {}),
    ...headers,
  });
  const client = clientOf(origin, withCookies, keep);
  const remember = (reply: Reply): Reply => {
    csrf = /name="_csrf" value="([^"]+)"/.exec(reply.text)?.[1] ?? csrf;
    return reply;
  };
  const visitor: Visitor = {
    ...client,
    get: async (path, headers) => remember(await client.get(path, { accept: 'text/html', ...headers })),
    async form(path, fields, headers = {}) {
      const body = new URLSearchParams();
      for (const [name, value] of Object.entries({ _csrf: csrf, ...fields }))
        for (const one of [value].flat()) body.append(name, String(one));
      return remember(
        await client.send('POST', path, body.toString(), {
          accept: 'text/html',
          ...headers,
          'content-type': 'application/x-www-form-urlencoded',
        }),
      );
    },
    cookies: () => new Map(jar),
    setCookies: (cookies) => {
      jar = new Map(cookies);
    },
    async signIn(login, password) {
      await visitor.get('/sign-in');
      return visitor.form('/sign-in', { login, password, next: '/inbox' });
    },
  };
  return visitor;
}

/** A request as it is written, for what a proper client would not send. */
export function raw(
  web: Web,
  options: { method?: string; path: string; headers?: Record<string, string | string[]>; body?: string | Buffer },
): Promise<{ status: number; headers: Record<string, string | string[] | undefined>; text: string }> {
  return new Promise((done, fail) => {
    const request = httpRequest(
      { host: '127.0.0.1', port: web.port, method: options.method ?? 'GET', path: options.path, headers: options.headers ?? {} },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          done({ status: response.statusCode ?? 0, headers: response.headers, text: Buffer.concat(chunks).toString() }),
        );
      },
    );
    request.on('error', fail);
    request.end(options.body);
  });
}

/** The hash of the print that is to be signed. */
export function preparedOf(instance: { readonly context: { readonly [name: string]: unknown } }): string {
  return instance.context['prepared'] as string;
}
