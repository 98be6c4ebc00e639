import { performance } from 'node:perf_hooks';
import { loopStep, noteOf, steps } from '../case.js';
import { nextCommand, type RunAsk, runCases, runHot } from '../run/runner.js';
import { authority } from '../town.js';
import { accepted, type Engine, openEngine } from './engine.js';
import type { Handlers, Seeding, VariantOptions } from './variant.js';

export interface BulkAsked {
  readonly ids: readonly string[];
  /** The items of one bulk. */
  readonly items: number;
}

export interface RefusedAsked {
  readonly ids: readonly string[];
  /** `early`: the command does not belong to the state. `foreign`: the actor holds no post, which is written to the audit. */
  readonly why: 'early' | 'foreign';
  readonly workers: number;
  readonly forMs: number;
}

/** The engine without HTTP: load and engine share a process, the relay runs in it. */
export function engineVariant(options: VariantOptions): Handlers {
  let engine: Engine | null = null;
  const opened = (): Engine => engine as Engine;
  return {
    async start() {
      engine = await openEngine(options);
    },
    seed: (argument) => opened().seed(argument as Seeding),
    run: (argument) => runCases(argument as RunAsk, opened().act),
    /** The same with the revision named, as a page does: that one must be read afresh. */
    runNamed: (argument) => runCases(argument as RunAsk, (command) => opened().act({ ...command, named: true })),
    runHot: (argument) => runHot(argument as RunAsk, hotAct(opened())),
    refused: (argument) => refused(opened(), argument as RefusedAsked),
    bulk: (argument) => bulk(opened(), argument as BulkAsked),
    /** Takes each instance through a number of loops, so that its history is that long. */
    lengthen: (argument) => lengthen(opened(), argument as { ids: readonly string[]; commands: number }),
    /** The process forgets these instances, as after a restart. */
    forget(argument) {
      for (const id of argument as readonly string[]) opened().app.deps.held.drop(id);
    },
    timeLoop: (argument) => timeLoop(opened(), argument as { ids: readonly string[]; commands: number; round: number }),
    inbox: (argument) => inbox(opened(), argument as { times: number }),
    settle: () => opened().app.relay.settle(),
    stored: (argument) => opened().stored(argument as string),
    stop: () => engine?.close(),
  };
}

function hotAct({ app, modules }: Engine) {
  return async (id: string, number: number): Promise<boolean> => {
    const { command, actor } = loopStep(number);
    const outcome = await modules.perform(app.deps, {
      authority,
      instance: id,
      command,
      actor,
      key: `hot-${number}`,
      input: { note: noteOf(number) },
    });
    return outcome.kind === 'accepted';
  };
}

async function refused({ app, modules }: Engine, { ids, why, workers, forMs }: RefusedAsked) {
  // Every case is in its first state.
  const asked = why === 'early' ? { command: 'SIGN', actor: 'deputy' } : { command: 'SUBMIT', actor: 'outsider' };
  let commands = 0;
  const begun = performance.now();
  async function work(): Promise<void> {
    while (performance.now() - begun < forMs) {
      const instance = ids[commands++ % ids.length] as string;
      const { key, note } = nextCommand(instance, 0, 1);
      const outcome = await modules.perform(app.deps, { authority, instance, ...asked, key, input: { note } });
      if (outcome.kind !== 'refused') throw new Error('accepted');
    }
  }
  await Promise.all(Array.from({ length: workers }, work));
  return { commands, elapsedMs: performance.now() - begun };
}

/** The first command of fresh cases: half of them one by one, half in bulks. Time for each item; the caller tells CPU by two calls. */
async function bulk({ app, modules }: Engine, { ids, items }: BulkAsked) {
  const { command, actor } = steps[0] as (typeof steps)[number];
  const begun = performance.now();
  if (items === 1) {
    for (const instance of ids)
      accepted(
        await modules.perform(app.deps, {
          authority,
          instance,
          command,
          actor,
          key: `one/${instance}`,
          input: { note: noteOf(1) },
        }),
      );
  } else {
    for (let start = 0; start < ids.length; start += items) {
      const group = ids.slice(start, start + items).map((instance) => ({ instance }));
      const verdicts = await modules.bulk(app.deps, {
        authority,
        command,
        actor,
        key: `bulk${start}`,
        input: { note: noteOf(1) },
        items: group,
      });
      for (const verdict of verdicts) if ('outcome' in verdict) accepted(verdict.outcome);
      if (verdicts.some((verdict) => 'error' in verdict)) throw new Error('an item failed');
    }
  }
  return { commands: ids.length, elapsedMs: performance.now() - begun };
}

async function lengthen(
  { app, modules }: Engine,
  { ids, commands }: { ids: readonly string[]; commands: number },
): Promise<void> {
  await Promise.all(
    ids.map(async (instance) => {
      for (let number = 0; number < commands; number += 1) {
        const { command, actor } = loopStep(number);
        accepted(
          await modules.perform(app.deps, {
            authority,
            instance,
            command,
            actor,
            key: `long-${number}`,
            input: { note: noteOf(number) },
          }),
        );
      }
    }),
  );
}

/** Times of single commands, one after another, in turn on each instance. An even number for each leaves it where it was. */
async function timeLoop(
  { app, modules }: Engine,
  { ids, commands, round }: { ids: readonly string[]; commands: number; round: number },
): Promise<readonly number[]> {
  const ms: number[] = [];
  for (let number = 0; number < commands; number += 1) {
    for (const instance of ids) {
      const { command, actor } = loopStep(number);
      const begun = performance.now();
      accepted(
        await modules.perform(app.deps, {
          authority,
          instance,
          command,
          actor,
          key: `loop-${round}-${number}`,
          input: { note: noteOf(number) },
        }),
      );
      ms.push(performance.now() - begun);
    }
  }
  return ms;
}

const inboxRows = 20;

/** Time of one page of the deputy's inbox, in ms, again and again. */
async function inbox({ app }: Engine, { times }: { times: number }): Promise<{ rows: number; ms: readonly number[] }> {
  const query = {
    authority,
    person: 'deputy',
    keys: ['post:ubnd/deputyChair', 'person:deputy'],
    definitions: null,
    after: null,
    limit: inboxRows,
  };
  const ms: number[] = [];
  let rows = 0;
  for (let time = 0; time < times; time += 1) {
    const begun = performance.now();
    rows = (await app.deps.store.instances.inbox(query)).length;
    ms.push(performance.now() - begun);
  }
  return { rows, ms };
}
