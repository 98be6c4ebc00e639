import { Agent, request } from 'node:http';
import { performance } from 'node:perf_hooks';
import { loopStep, noteOf, steps } from '../case.js';
import type { VariantName } from '../variants/index.js';
import type { Handlers, InProcessCommand } from '../variants/variant.js';
import { nextCommand, type RunAsk, runCases, runHot } from './runner.js';

export interface LoadAsk extends RunAsk {
  readonly variant: VariantName;
  readonly port: number;
  /** Bearer tokens by person, for the engine's own API. */
  readonly tokens: Readonly<Record<string, string>>;
  /** Asks for an answer without what may be done next. */
  readonly minimal?: boolean;
}

interface Call {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

interface Asked {
  readonly actor: string;
  readonly command: string;
}

/** What a client sends to each variant for one command. */
function callOf(ask: LoadAsk, { id, position, revision, key, note }: InProcessCommand, { actor, command }: Asked): Call {
  if (ask.variant === 'bare') return { path: `/cases/${id}/commands/${position}`, headers: {}, body: { revision, key, note } };
  if (ask.variant !== 'engineHttp') return { path: `/cases/${id}/commands/${command}`, headers: {}, body: { actor, key, note } };
  const headers = {
    authorization: `Bearer ${ask.tokens[actor]}`,
    'idempotency-key': key,
    ...(ask.minimal ? { prefer: 'return=minimal' } : {}),
  };
  return { path: `/api/v1/instances/${id}/commands/${command}`, headers, body: { input: { note } } };
}

/** The load of the variants over HTTP: plain keep-alive connections, as many as workers. */
export function makeLoad(): Handlers {
  const agent = new Agent({ keepAlive: true, maxSockets: 256, scheduling: 'fifo' });
  const calling = (ask: LoadAsk) => (command: InProcessCommand, asked: Asked) =>
    send(agent, ask.port, callOf(ask, command, asked));
  return {
    start: () => undefined,
    run(argument) {
      const ask = argument as LoadAsk;
      const call = calling(ask);
      return runCases(ask, async (command) => {
        const status = await call(command, steps[command.position] as (typeof steps)[number]);
        if (status !== 200) throw new Error(`${ask.variant} answered ${status}`);
      });
    },
    runHot(argument) {
      const ask = argument as LoadAsk;
      const call = calling(ask);
      return runHot(ask, async (id, number) => {
        const { command, actor } = loopStep(number);
        return (await call({ ...nextCommand(id, number % 2, number + 1), note: noteOf(number) }, { command, actor })) === 200;
      });
    },
    /** Commands that do not belong to the state of their case; each answer must be a refusal. */
    async refused(argument) {
      const ask = argument as LoadAsk;
      const call = calling(ask);
      let commands = 0;
      const begun = performance.now();
      const work = async (): Promise<void> => {
        while (performance.now() - begun < ask.forMs) {
          const id = ask.ids[commands++ % ask.ids.length] as string;
          const status = await call(nextCommand(id, 5, 1), { command: 'SIGN', actor: 'deputy' });
          if (status !== 409) throw new Error(`${ask.variant} answered ${status} to a command that must be refused`);
        }
      };
      await Promise.all(Array.from({ length: ask.workers }, work));
      return { commands, elapsedMs: performance.now() - begun };
    },
    stop: () => agent.destroy(),
  };
}

/** The status of the answer, once its body is read. */
function send(agent: Agent, port: number, { path, headers, body }: Call): Promise<number> {
  const text = JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        agent,
        port,
        host: '127.0.0.1',
        method: 'POST',
        path,
        headers: { ...headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) },
      },
      (response) => {
        response.resume();
        response.once('end', () => resolve(response.statusCode ?? 0));
      },
    );
    sent.once('error', reject);
    sent.end(text);
  });
}
