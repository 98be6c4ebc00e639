import { devNull } from 'node:os';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import type { Listening } from '../../src/http/server.js';
import { authority, people } from '../town.js';
import { type Engine, engineFolder, openEngine } from './engine.js';
import type { Handlers, Seeding, VariantOptions } from './variant.js';

const templatesFolder = fileURLToPath(new URL('../../templates', import.meta.url));

/** The engine behind its own API, as the server runs it: token, checks of query and body, log line, names of what may be done next. */
export function engineHttpVariant(options: VariantOptions): Handlers {
  let engine: Engine | null = null;
  let server: Listening | null = null;
  const tokens: Record<string, string> = {};
  const opened = (): Engine => engine as Engine;
  return {
    async start() {
      engine = await openEngine(options);
      const { app } = engine;
      const { makeServer, listen } = (await import(
        new URL('http/server.js', engineFolder(options.built)).href
      )) as typeof import('../../src/http/server.js');
      const door = makeServer(app, {
        publicUrl: null,
        trustProxy: false,
        sessionStore: app.opened.sessions.store,
        sessionSecret: 'of the bench alone',
        // Lines are made and written as in production, to where nobody keeps them.
        logger: pino({ level: 'info' }, pino.destination({ dest: devNull, sync: true })),
        templatesFolder,
      });
      server = await listen(door, { port: 0, host: '127.0.0.1' });
      for (const person of people) tokens[person] = (await app.tokens.create({ authority, person }, 'bench', 1)).token;
    },
    port: () => server?.port,
    tokens: () => tokens,
    seed: (argument) => opened().seed(argument as Seeding),
    settle: () => opened().app.relay.settle(),
    stored: (argument) => opened().stored(argument as string),
    async stop() {
      await server?.close();
      await engine?.close();
    },
  };
}
