import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Assembled, assemble, wallClock } from './assemble.js';
import { askSecret } from './cli/askSecret.js';
import type { CliApplication, Host, HostAssembleOptions } from './cli/host.js';
import { explainFault, runCli } from './cli/main.js';
import { type Config, readConfig } from './config.js';
import { TrinhkyError } from './errors.js';
import { type Started, serve } from './serve.js';
import { type Embedded, startEmbedded } from './store/embedded/launcher.js';
import { socketPlace, socketUri } from './store/embedded/socketPlace.js';

export { type Assembled, assemble };

/** Runs one command line in this process's environment; answers the exit code. `bin/trinhky.mjs` calls it. */
export async function run(argv: readonly string[]): Promise<number> {
  const io = {
    stdout: process.stdout,
    stderr: process.stderr,
    isTTY: process.stdout.isTTY === true,
    columns: process.stdout.columns,
    noColor: process.env.NO_COLOR !== undefined,
    askSecret: (question: string) => askSecret(question, process.stdin, process.stderr),
  };
  const lang = process.env.LC_ALL ?? process.env.LANG;
  const config = configOf(argv);
  const { dataFolder, workflowsFolder, authority, keyFolder } =
    config instanceof TrinhkyError ? { dataFolder: '', workflowsFolder: '', authority: undefined, keyFolder: undefined } : config;
  const sound = (): Config => {
    if (config instanceof TrinhkyError) throw config;
    return config;
  };
  const host: Host = {
    io,
    config: { dataFolder, workflowsFolder, authority, keyFolder: keyFolder ?? join(dataFolder, 'keys'), lang },
    assemble: async (options) => applicationOf(await start(sound(), options)),
    serve: (options) => serve(sound(), options, () => start(sound(), {})),
  };
  if (config instanceof TrinhkyError && !asksForHelp(argv)) {
    return explainFault(argv, host, config);
  }
  return runCli(argv, host);
}

/** The configuration, or what is wrong with it: help is given all the same. */
function configOf(argv: readonly string[]): Config | TrinhkyError {
  try {
    return readConfig(process.env);
  } catch (error) {
    if (error instanceof TrinhkyError && argv.length >= 0) return error;
    throw error;
  }
}

function asksForHelp(argv: readonly string[]): boolean {
  return argv.length === 0 || argv.some((word) => word === '--help' || word === '-h' || word === '--version' || word === '-V');
}

/** The application on the database that the configuration, or the command line, asks for. */
async function start(config: Config, options: HostAssembleOptions): Promise<Started> {
  const onWarning = (text: string): void => void process.stderr.write(`${JSON.stringify({ level: 40, msg: text })}\n`);
  const common = {
    database: config.mongodbName,
    workflowsFolder: config.workflowsFolder,
    cacheFolder: config.cacheFolder,
    browserBinary: config.browserBinary,
    keyFolder: config.keyFolder ?? join(options.dataFolder ?? config.dataFolder, 'keys'),
    timestampUrl: config.timestampUrl,
    mail: mailOf(config),
    secretsKeyFile: {
      path: config.secretsKeyFile ?? join(options.dataFolder ?? config.dataFolder, 'secrets.key'),
      mayMake: config.secretsKeyFile === undefined,
    },
    clock: options.clock ?? wallClock,
    webhooks: { allow: config.webhookAllow, loopbackHttp: config.webhookLoopback },
    fault: config.fault,
    onWarning,
  };
  await mkdir(config.dataFolder, { recursive: true, mode: 0o700 });
  if (options.dataFolder === undefined && config.mongodbUri !== undefined)
    return { app: await assemble({ ...common, uri: config.mongodbUri }), embedded: null };
  const dataFolder = options.dataFolder ?? config.dataFolder;
  try {
    const embedded = await startEmbedded({
      dataFolder,
      cacheFolder: config.cacheFolder,
      configuredBinary: config.mongodBinary,
      ...(options.onProgress ? { onProgress: options.onProgress } : {}),
    });
    return { app: await onEmbedded(embedded, common), embedded };
  } catch (error) {
    if (!(error instanceof TrinhkyError) || error.code !== 'dataFolderInUse' || options.attach !== true) throw error;
    return {
      app: await assemble({ ...common, uri: socketUri(await socketPlace(dataFolder), config.mongodbName) }),
      embedded: null,
    };
  }
}

/** How links in mails begin: the public address, or this machine's own. */
function mailOf({ mail, publicUrl, host, port }: Config): Parameters<typeof assemble>[0]['mail'] {
  if (mail === undefined) return undefined;
  const address = publicUrl ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  return { ...mail, address, preferencesUrl: `${address}/preferences` };
}

async function onEmbedded(embedded: Embedded, common: Omit<Parameters<typeof assemble>[0], 'uri'>): Promise<Assembled> {
  try {
    return await assemble({ ...common, uri: embedded.uri(common.database), exclusive: true });
  } catch (error) {
    await embedded.stop();
    throw error;
  }
}

function applicationOf({ app, embedded }: Started): CliApplication {
  return {
    ...app,
    accounts: app.opened.accounts,
    async close() {
      await app.close();
      await embedded?.stop();
    },
  };
}
