import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Application } from './commands/application.js';
import type { Deps } from './commands/deps.js';
import { makeHeldCache } from './commands/held.js';
import { makeHook } from './commands/hook.js';
import { mailRetryFirstMs } from './commands/notices/mailing.js';
import type { Printer } from './commands/papers/printing.js';
import type { Scanner } from './commands/papers/scanner.js';
import type { Signer, Verifier } from './commands/papers/signing.js';
import { makeQueue } from './commands/queue.js';
import { loadDefinitions } from './definitions/load.js';
import { makeRegistry } from './definitions/registry.js';
import { makePrinter } from './documents/printer.js';
import { checkKeyFolder } from './documents/signing/keyFolder.js';
import { makeSigner, makeVerifier } from './documents/signing/signer.js';
import { ensureTestKeys } from './documents/signing/testKeys.js';
import { handlers } from './effects/handlers.js';
import { type MailerOptions, makeMailer } from './effects/mailer.js';
import { type Relay, startRelay } from './effects/relay.js';
import { makeWebhookHandler } from './effects/webhook.js';
import { makeWebhookSender, type SenderOptions } from './effects/webhookSend.js';
import { TrinhkyError } from './errors.js';
import { officeCatalogue } from './office/catalogue/index.js';
import type { Clock } from './office/time/clock.js';
import { type Connection, connect } from './store/connection.js';
import { type OpenStore, openStore } from './store/open.js';
import { type KeyFile, readSecretsKey } from './store/secretsKey.js';

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
  /** The key under which second factors are stored; without it none can be enrolled. */
  readonly secretsKeyFile?: KeyFile;
  /** Milliseconds since 1970, for one-time codes; the wall clock unless a test brings its own. */
  readonly wallNowMs?: () => number;
  readonly signing?: { readonly signer: Signer; readonly verifier: Verifier };
  /** Where webhooks may go beyond the public internet; without it nowhere. */
  readonly webhooks?: SenderOptions;
  /** A mail server and the address of this server in links; without it no mail goes out. */
  readonly mail?: (MailerOptions & { readonly address: string; readonly retryFirstMs?: number }) | undefined;
  /** Judges files that come in for malicious code; without one they count as clean. */
  readonly scanner?: Scanner;
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
  await checkKeyFolder(options.keyFolder);
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

function mailingOf({ mail }: AssembleOptions): Deps['mailing'] {
  if (mail === undefined) return undefined;
  return { mailer: makeMailer(mail), address: mail.address, retryFirstMs: mail.retryFirstMs ?? mailRetryFirstMs };
}

function printerOf({ cacheFolder, browserBinary, onWarning }: AssembleOptions): Printer {
  return makePrinter({
    cacheFolder: join(cacheFolder, 'browser'),
    ...(browserBinary === undefined ? {} : { browserPath: browserBinary }),
    onWarning,
  });
}

/** What a dead predecessor had leased is free at once: this process has the database to itself. */
async function takeUpLeases(store: OpenStore['store'], now: string): Promise<void> {
  const authorities = await store.directory.authorities();
  await Promise.all(authorities.map((authority) => store.relay.expireLeases(authority, now)));
}

async function assembleOn(
  connection: Connection,
  files: Awaited<ReturnType<typeof loadDefinitions>>,
  options: AssembleOptions,
): Promise<Assembled> {
  const secretsKey = options.secretsKeyFile === undefined ? undefined : await readSecretsKey(options.secretsKeyFile);
  const opened = await openStore(connection, { secretsKey, wallNowMs: options.wallNowMs });
  const { store, ...entrances } = opened;
  const models = await makeRegistry(files, store.definitions, officeCatalogue);
  if (options.exclusive) await takeUpLeases(store, (options.clock ?? wallClock).now());
  const printer = options.printer ?? printerOf(options);
  const webhooks = makeWebhookSender(options.webhooks ?? { allow: [], loopbackHttp: false });
  const mailing = mailingOf(options);
  const relay: Relay = startRelay({
    deps: () => deps,
    handlers: { ...handlers, webhook: makeWebhookHandler() },
    owner: `${hostname()}.${process.pid}.${randomBytes(6).toString('hex')}`,
    onError: (error, doing) => options.onWarning(`${doing}: ${error instanceof Error ? error.message : String(error)}`, error),
  });
  const deps: Deps = {
    store,
    models,
    printer,
    ...(options.signing ?? signingOf(options)),
    clock: options.clock ?? wallClock,
    scanner: options.scanner,
    mailing,
    webhooks,
    queue: makeQueue(() => new TrinhkyError('busy', { queue: 'instance' })),
    held: makeHeldCache(),
    handOver: relay.handOver,
    drain: relay.drain,
    hook: makeHook(options.fault),
  };
  return {
    deps,
    relay,
    makeTestKeys: async (directory) => {
      await ensureTestKeys({ keyFolder: options.keyFolder, directory });
    },
    connection,
    opened,
    ...entrances,
    ready: () =>
      connection.ping().then(
        () => true,
        () => false,
      ),
    async close() {
      // Before the relay: it waits for what is on its way, and a receiver may take its time.
      webhooks.close();
      await relay.stop();
      await printer.close();
      await mailing?.mailer.close();
      await connection.close();
    },
  };
}
