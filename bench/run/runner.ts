import { performance } from 'node:perf_hooks';
import { noteOf, steps } from '../case.js';
import type { Handlers, InProcessCommand } from '../variants/variant.js';
import { type Latencies, latenciesOf } from './numbers.js';

export interface RunAsk {
  readonly ids: readonly string[];
  readonly workers: number;
  /** The run ends then, or when every case is finished. */
  readonly forMs: number;
}

export interface RunResult extends Latencies {
  readonly commands: number;
  readonly elapsedMs: number;
  readonly failures: number;
}

export type Act = (command: InProcessCommand) => Promise<void>;

let keys = 0;

export function nextCommand(id: string, position: number, revision: number): InProcessCommand {
  keys += 1;
  return { id, position, revision, key: `k${process.pid}-${keys}`, note: noteOf(keys) };
}

/** Takes cases from their opening to their end, each by one worker at a time, so that no two commands meet on a case. */
export async function runCases({ ids, workers, forMs }: RunAsk, act: Act): Promise<RunResult> {
  const latencies: number[] = [];
  const begun = performance.now();
  let taken = 0;
  async function work(): Promise<void> {
    for (;;) {
      const id = ids[taken++];
      if (id === undefined) return;
      for (let position = 0; position < steps.length; position += 1) {
        const before = performance.now();
        if (before - begun > forMs) return;
        await act(nextCommand(id, position, position + 1));
        latencies.push(performance.now() - before);
      }
    }
  }
  await Promise.all(Array.from({ length: workers }, work));
  return { commands: latencies.length, failures: 0, elapsedMs: performance.now() - begun, ...latenciesOf(latencies) };
}

/** All workers on one case, which takes SUBMIT and RETURN in turn. A command that comes to nothing counts as a failure. */
export async function runHot(
  { ids, workers, forMs }: RunAsk,
  act: (id: string, number: number) => Promise<boolean>,
): Promise<RunResult> {
  const latencies: number[] = [];
  const begun = performance.now();
  let number = 0;
  let failures = 0;
  async function work(): Promise<void> {
    while (performance.now() - begun < forMs) {
      const before = performance.now();
      if (await act(ids[0] as string, number++)) latencies.push(performance.now() - before);
      else failures += 1;
    }
  }
  await Promise.all(Array.from({ length: workers }, work));
  return { commands: latencies.length, failures, elapsedMs: performance.now() - begun, ...latenciesOf(latencies) };
}

/** The `run` of a variant that works in process. */
export function runHandlers(act: Act): Handlers {
  return { run: (argument) => runCases(argument as RunAsk, act) };
}
