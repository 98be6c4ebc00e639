import { performance } from 'node:perf_hooks';
import type { CaseKind } from '../case.js';
import type { Bench } from './bench.js';
import { median } from './numbers.js';
import { type Child, cpuMsOf, residentMbOf } from './processes.js';
import type { RunResult } from './runner.js';

/** One contestant: a process of a variant, and for HTTP the process that loads it. */
export interface Contestant {
  readonly label: string;
  readonly child: Child;
  readonly kind: CaseKind;
  /** Cases that it can finish in a second, at most: so many are made ready for a round. */
  readonly casesPerSecondMax: number;
  /** Runs commands for so long on these cases. */
  readonly run: (ids: readonly string[], workers: number, forMs: number) => Promise<RunResult>;
  readonly load: Child | null;
}

/** What was measured of one contestant in one round. */
export interface Measured extends RunResult {
  readonly label: string;
  readonly round: number;
  readonly workers: number;
  /** From the last answer until the relay has nothing left to do. */
  readonly settleMs: number;
  readonly commandsPerSecond: number;
  /** The relay's work after the last answer counted in. */
  readonly settledPerSecond: number;
  /** CPU ms for each command, the relay's work counted in. */
  readonly nodeCpuMs: number;
  readonly mongodCpuMs: number;
  readonly loadCpuMs: number;
  /** Of the variant's process, the loader of the bench included. */
  readonly residentMb: number;
}

export async function measure(bench: Bench, contestant: Contestant, round: number, workers: number): Promise<Measured> {
  const { label, child, load, kind } = contestant;
  const { roundMs } = bench.options;
  const count = Math.ceil((contestant.casesPerSecondMax * roundMs) / 1_000) + workers;
  const ids = await child.call<string[]>('seed', { count, kind });
  const cpu = () => [child.pid, bench.mongod.pid, ...(load === null ? [] : [load.pid])].map(cpuMsOf);
  const before = cpu();
  const result = await contestant.run(ids, workers, roundMs);
  const begun = performance.now();
  await child.call('settle');
  const settleMs = performance.now() - begun;
  const used = cpu().map((ms, index) => (ms - (before[index] ?? 0)) / result.commands);
  return {
    label,
    round,
    workers,
    ...result,
    settleMs,
    commandsPerSecond: (result.commands / result.elapsedMs) * 1_000,
    settledPerSecond: (result.commands / (result.elapsedMs + settleMs)) * 1_000,
    nodeCpuMs: used[0] ?? Number.NaN,
    mongodCpuMs: used[1] ?? Number.NaN,
    loadCpuMs: used[2] ?? 0,
    residentMb: residentMbOf(child.pid),
  };
}

/** All contestants in turn, round by round, each round beginning with another, so that none always comes first. */
export async function interleaved(
  bench: Bench,
  contestants: readonly Contestant[],
  workers: number,
): Promise<readonly Measured[]> {
  const measured: Measured[] = [];
  // What just-in-time compiling costs is paid before the first round that counts.
  for (const contestant of contestants) await measure(bench, contestant, -1, workers);
  for (let round = 0; round < bench.options.rounds; round += 1) {
    for (let place = 0; place < contestants.length; place += 1) {
      const contestant = contestants[(place + round) % contestants.length] as Contestant;
      measured.push(await measure(bench, contestant, round, workers));
    }
  }
  return measured;
}

/** The median over the rounds of one figure of one contestant. */
export function middle(measured: readonly Measured[], label: string, of: (one: Measured) => number): number {
  return median(measured.filter((one) => one.label === label).map(of));
}

/** The median over the rounds of the ratio of two contestants in the same round. */
export function ratio(measured: readonly Measured[], label: string, floor: string): number {
  const ratios = measured
    .filter((one) => one.label === label)
    .map((one) => {
      const other = measured.find((two) => two.label === floor && two.round === one.round && two.workers === one.workers);
      return one.settledPerSecond / (other?.settledPerSecond ?? Number.NaN);
    });
  return median(ratios);
}
