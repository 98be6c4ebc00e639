import { readFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { repository } from './sources.js';

export interface Got {
  readonly path: string;
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A real receiver on loopback that remembers what it got. */
export interface Receiver {
  readonly origin: string;
  readonly url: string;
  readonly got: Got[];
  /** How it answers from now on; 204 at first. */
  answer(how: (response: ServerResponse, got: Got) => void): void;
  /** Most requests that waited for an answer at one time. */
  readonly mostAtOnce: () => number;
  close(): Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
  const got: Got[] = [];
  let open = 0;
  let most = 0;
  let how: (response: ServerResponse, got: Got) => void = (response) => response.writeHead(204).end();
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const { url = '', method = '', headers } = request;
      const one = { path: url, method, headers, body: Buffer.concat(parts).toString('utf8') };
      got.push(one);
      open += 1;
      most = Math.max(most, open);
      response.on('close', () => {
        open -= 1;
      });
      how(response, one);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    url: `${origin}/in`,
    got,
    answer: (next) => {
      how = next;
    },
    mostAtOnce: () => most,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

const roundsMax = 2_000;

/** Waits until something holds; the failure says what. */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let round = 0; round < roundsMax; round += 1) {
    if (await holds()) return;
    await pause(5);
  }
  throw new Error(`in vain: ${what}`);
}

type Verify = (headers: IncomingHttpHeaders, body: string) => boolean;

/** The verification that the manual gives to receivers, run as it stands there: it shares no code with the sender. */
export async function manualVerify(secret: string): Promise<Verify> {
  const readme = readFileSync(join(repository, 'README.md'), 'utf8');
  const [, section = ''] = readme.split('\n## Webhooks\n');
  const [, block = ''] = section.split('```js\n');
  const [code = ''] = (block.split('\n```')[0] ?? '').split('createServer(async');
  process.env['WEBHOOK_SECRET'] = secret;
  // Each secret is read when the module is loaded.
  const source = `${code}\n// ${secret}`;
  const module = (await import(`data:text/javascript,${encodeURIComponent(source)}`)) as { isGenuine: Verify };
  return module.isGenuine;
}
