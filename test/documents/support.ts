import { spawnSync } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { groupBytes } from '../../src/documents/browser.js';

/** Kept between runs: unpacking a browser takes seconds and 200 MB. */
export const cacheFolder = fileURLToPath(new URL('../../node_modules/.cache/trinhky/', import.meta.url));

/** Longer than a first unpacking on a busy machine. */
export const browserTestMsMax = 120_000;

export interface Canary {
  readonly port: number;
  /** What came in: the path of each request, or `connection` for one that asked nothing. */
  readonly hits: string[];
  close(): void;
}

/** A listener on loopback that nothing printed may ever reach. */
export async function startCanary(): Promise<Canary> {
  const hits: string[] = [];
  const server: Server = createServer((request, response) => {
    hits.push(request.url ?? '');
    response.end('canary');
  });
  server.on('connection', () => hits.push('connection'));
  server.on('upgrade', (request, socket) => {
    hits.push(request.url ?? '');
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    hits,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Ends when nothing of the process group holds memory any more; the test's own time limit bounds it. */
export async function gone(group: number): Promise<void> {
  while (((await groupBytes(group)) ?? 0) > 0) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}

export function installed(program: string): boolean {
  return spawnSync(program, ['-v']).error === undefined;
}

/** White space means nothing when texts of a PDF are compared. */
export function squeezed(text: string): string {
  return text.normalize('NFC').replace(/\s+/gu, '');
}
