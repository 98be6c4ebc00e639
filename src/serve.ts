import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import type { Assembled } from './assemble.js';
import type { ServeOptions } from './cli/host.js';
import type { Config } from './config.js';
import { TrinhkyError } from './errors.js';
import { type Listening, listen, makeServer } from './http/server.js';
import type { Embedded } from './store/embedded/launcher.js';
import { loadExample, readExample } from './store/exampleAuthority.js';

const secretBytes = 32;
const parentPollMs = 1_000;
const templatesFolder = fileURLToPath(new URL('../templates', import.meta.url));

export interface Started {
  readonly app: Assembled;
  readonly embedded: Embedded | null;
}

/**
 * Runs the server until SIGINT or SIGTERM, or until the npm that started it is gone; answers the exit code.
 * Logs are JSON lines on stderr. With the embedded database and no data, the example authority is loaded and its one-time passwords
 * are shown once; with a database of one's own nothing is invented.
 */
export async function serve(config: Config, options: ServeOptions, start: () => Promise<Started>): Promise<number> {
  const logger = pino({ level: config.logLevel }, pino.destination(2));
  const stop = stopSignal();
  const { app, embedded } = await start();
  try {
    const door = makeServer(app, {
      publicUrl: config.publicUrl ?? null,
      trustProxy: config.trustProxy,
      sessionStore: app.opened.sessions.store,
      sessionSecret: await sessionSecret(config),
      logger,
      templatesFolder,
    });
    // Before anything is shown once: a port that is taken must not cost the one-time passwords.
    const listening = await listenOn(door, config);
    if (embedded !== null) {
      if ((await app.deps.store.directory.authorities()).length === 0) await app.makeTestKeys(await readExample());
      const accounts = await loadExample(app.deps.store, app.opened.accounts);
      if (accounts.length > 0) options.onAccounts?.(accounts);
    }
    const address =
      config.publicUrl ?? `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${listening.port}`;
    await embedded?.announce(address);
    options.onListening?.(address);
    logger.info({ address }, 'listening');
    // A second signal while this one is being obeyed changes nothing: npm passes Ctrl-C on beside the terminal's own.
    const reason = await Promise.race([
      stop,
      embedded === null ? new Promise<never>(() => undefined) : embedded.exited.then(() => 'database' as const),
    ]);
    logger.info({ reason }, 'stopping');
    await listening.close();
    return reason === 'database' ? 1 : 0;
  } finally {
    await app.close();
    await embedded?.stop();
  }
}

async function listenOn(door: ReturnType<typeof makeServer>, config: Config): Promise<Listening> {
  try {
    return await listen(door, { port: config.port, host: config.host });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new TrinhkyError(
      'configurationInvalid',
      { faults: [{ name: 'PORT', reason: `${config.port} is in use` }] },
      { cause: error },
    );
  }
}

/** Resolves with why the server should stop. */
function stopSignal(): Promise<string> {
  const parent = process.ppid;
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => resolve(signal));
    // SIGKILL of npm says nothing to its child: the child would go on as an orphan and keep the port.
    if (process.env.npm_lifecycle_event === undefined) return;
    setInterval(() => process.ppid !== parent && resolve('parent'), parentPollMs).unref();
  });
}

/** The secret that signs session cookies: a file of its own, readable by this user alone, made at the first start. */
async function sessionSecret(config: Config): Promise<string> {
  const file = config.sessionSecretFile ?? join(config.dataFolder, 'session.secret');
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || config.sessionSecretFile !== undefined) throw error;
  }
  const secret = randomBytes(secretBytes).toString('base64url');
  await writeFile(file, `${secret}\n`, { mode: 0o600, flag: 'wx' });
  return secret;
}
