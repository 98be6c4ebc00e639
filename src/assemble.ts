import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Application } from './commands/application.js';
import type { Deps } from './commands/deps.js';
import { makeHeldCache } from './commands/held.js';
import { makeHook } from './commands/hook.js';
import type { Printer } from './commands/printing.js';
import { makeQueue } from './commands/queue.js';
import type { Signer, Verifier } from './commands/signing.js';
import { loadDefinitions } from './definitions/load.js';
import { makeRegistry } from './definitions/registry.js';
import { makePrinter } from './documents/printer.js';
import { makeSigner, makeVerifier } from './documents/signing/signer.js';
import { handlers } from './effects/handlers.js';
import { type Relay, startRelay } from './effects/relay.js';
import { TrinhkyError } from './errors.js';
import { officeCatalogue } from './office/catalogue/index.js';
import type { Clock } from './office/clock.js';
import { type Connection, connect } from './store/connection.js';
import { type OpenStore, openStore } from './store/open.js';

export interface AssembleOptions {
  readonly uri: string;
  readonly database: string;
  readonly workflowsFolder: string;
  /** Where the browser is unpacked. */
  readonly cacheFolder: string;
  readonly browserBinary?: string | undefined;
  /** The domain's clock; the wall clock unless the demo or a test brings its own. */
  readonly clock?: Clock;
  readonly printer?: Printer;
  /** Folder of the signing keys. */
  readonly keyFolder: string;
  readonly timestampUrl?: string | undefined;
  readonly signing?: { readonly signer: Signer; readonly verifier: Verifier };
  /** This process has the database to itself (it is embedded): what a dead predecessor had leased is taken up at once. */
  readonly exclusive?: boolean;
  readonly fault?: string | undefined;
  readonly onWarning: (text: string, error?: unknown) => void;
}

export interface Assembled extends Application {
  readonly connection: Connection;
  readonly opened: OpenStore;
}

export const wallClock: Clock = { now: () => new Date().toISOString() };

/** Puts the application together on a database. What it started, `close` ends. */
export async function assemble(options: AssembleOptions): Promise<Assembled> {
  const files = await loadDefinitions(options.workflowsFolder, officeCatalogue);
  const connection = await connect({ uri: options.uri, db: options.database, onWarning: options.onWarning });
  try {
    return await assembleOn(connection, files, options);
  } catch (error) {
    await connection.close();
    throw error;
  }
}

function signingOf({ keyFolder, timestampUrl, onWarning }: AssembleOptions): { signer: Signer; verifier: Verifier } {
  const signing = { keyFolder, timestampUrl, onWarning };
  return { signer: makeSigner(signing), verifier: makeVerifier(signing) };
}

async function assembleOn(
  connection: Connection,
  files: Awaited<ReturnType<typeof loadDefinitions>>,
  options: AssembleOptions,
): Promise<Assembled> {
  const opened = await openStore(connection);
  const { store } = opened;
  const models = await makeRegistry(files, store.definitions, officeCatalogue);
  if (options.exclusive)
    await Promise.all((await store.directory.authorities()).map((authority) => store.relay.expireLeases(authority)));
  const printer =
    options.printer ??
    makePrinter({
      cacheFolder: join(options.cacheFolder, 'browser'),
      ...(options.browserBinary === undefined ? {} : { browserPath: options.browserBinary }),
      onWarning: options.onWarning,
    });
  const relay: Relay = startRelay({
    deps: () => deps,
    handlers,
    owner: `${hostname()}.${process.pid}.${randomBytes(6).toString('hex')}`,
    onError: (error, doing) => options.onWarning(`${doing}: ${error instanceof Error ? error.message : String(error)}`, error),
  });
  const deps: Deps = {
    store,
    models,
    printer,
    ...(options.signing ?? signingOf(options)),
    clock: options.clock ?? wallClock,
    queue: makeQueue(() => new TrinhkyError('busy', { queue: 'instance' })),
    held: makeHeldCache(),
    handOver: relay.handOver,
    drain: relay.drain,
    hook: makeHook(options.fault),
  };
  return {
    deps,
    relay,
    connection,
    opened,
    accounts: opened.accounts,
    tokens: opened.tokens,
    limiter: opened.limiter,
    ready: () =>
      connection.ping().then(
        () => true,
        () => false,
      ),
    async close() {
      await relay.stop();
      await printer.close();
      await connection.close();
    },
  };
}
