import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Express } from 'express';

export interface Listening {
  readonly port: number;
  close(): Promise<void>;
}

/** Express with nothing but a JSON body; no tags on answers, as the engine's own server has none on POST. */
export function plainApp(): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.use(express.json());
  return app;
}

export async function listening(app: Express): Promise<Listening> {
  const server = createServer(app as Parameters<typeof createServer>[1]);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
