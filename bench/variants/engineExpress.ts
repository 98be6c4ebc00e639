import { authority } from '../town.js';
import { type Engine, openEngine } from './engine.js';
import { type Listening, listening, plainApp } from './plainHttp.js';
import type { Handlers, Seeding, VariantOptions } from './variant.js';

/** The engine behind a bare express handler, without the API's own edge: what lies between it and the API is the edge's cost. */
export function engineExpressVariant(options: VariantOptions): Handlers {
  let engine: Engine | null = null;
  let server: Listening | null = null;
  const opened = (): Engine => engine as Engine;
  return {
    async start() {
      engine = await openEngine(options);
      const { app, modules } = engine;
      const bare = plainApp();
      bare.post('/cases/:id/commands/:command', async (request, response) => {
        const { actor, key, note } = request.body as { actor: string; key: string; note: string };
        const { id, command } = request.params;
        const outcome = await modules.perform(app.deps, { authority, instance: id, command, actor, key, input: { note } });
        response.status(outcome.kind === 'accepted' ? 200 : 409).json({ kind: outcome.kind });
      });
      server = await listening(bare);
    },
    port: () => server?.port,
    seed: (argument) => opened().seed(argument as Seeding),
    settle: () => opened().app.relay.settle(),
    stored: (argument) => opened().stored(argument as string),
    async stop() {
      await server?.close();
      await engine?.close();
    },
  };
}
