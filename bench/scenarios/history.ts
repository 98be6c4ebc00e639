import type { Bench } from '../run/bench.js';
import { median } from '../run/numbers.js';
import { cpuMsOf } from '../run/processes.js';
import { type Report, rounded } from '../run/report.js';

const instancesEach = 16;
const commandsEach = 10;
const short = 10;
const long = 1_000;

interface HistoryRound {
  readonly label: string;
  readonly round: number;
  readonly p50Ms: number;
  readonly nodeCpuMs: number;
  readonly mongodCpuMs: number;
}

/** What a command costs on an instance with a short and with a long history, one at a time. */
export async function history(bench: Bench): Promise<readonly Report[]> {
  const child = await bench.variant('engine', 'bench_history');
  const lengthened = async (commands: number): Promise<readonly string[]> => {
    const ids = await child.call<string[]>('seed', { count: instancesEach, kind: 'quiet' });
    await child.call('lengthen', { ids, commands });
    return ids;
  };
  const longIds = await lengthened(bench.options.quick ? long / 10 : long);
  // Of their own: what a process has forgotten of an instance's keys it does not learn again.
  const restartedIds = await lengthened(bench.options.quick ? long / 10 : long);
  const raw: HistoryRound[] = [];
  const shortLabel = `${short} entries`;
  const longLabel = `${long} entries`;
  const restarted = `${long} entries, after a restart`;
  for (let round = -1; round < bench.options.rounds; round += 1) {
    const shortIds = await lengthened(short);
    for (const { label, ids } of [
      { label: shortLabel, ids: shortIds },
      { label: longLabel, ids: longIds },
      { label: restarted, ids: restartedIds },
    ]) {
      await child.call('settle');
      if (label === restarted) await child.call('forget', ids);
      const cpu = () => [cpuMsOf(child.pid), cpuMsOf(bench.mongod.pid)] as const;
      const before = cpu();
      const ms = await child.call<number[]>('timeLoop', {
        ids,
        commands: commandsEach,
        round: `${round}${label}`.replaceAll(/\W/g, '-'),
      });
      await child.call('settle');
      const after = cpu();
      if (round >= 0)
        raw.push({
          label,
          round,
          p50Ms: median(ms),
          nodeCpuMs: (after[0] - before[0]) / ms.length,
          mongodCpuMs: (after[1] - before[1]) / ms.length,
        });
    }
  }
  await child.stop();
  const figures = [
    (one: HistoryRound) => one.p50Ms,
    (one: HistoryRound) => one.nodeCpuMs,
    (one: HistoryRound) => one.mongodCpuMs,
  ];
  const middle = (label: string, of: (one: HistoryRound) => number) => median(raw.filter((one) => one.label === label).map(of));
  const p50 = (one: HistoryRound) => one.p50Ms;
  const rows = [shortLabel, longLabel, restarted].map((label) => [
    label,
    ...figures.map((of) => rounded(middle(label, of))),
    rounded(middle(label, p50) / middle(shortLabel, p50)),
  ]);
  return [
    {
      title: 'A command against the length of its history',
      columns: ['history', 'p50 ms', 'CPU ms Node', 'CPU ms mongod', 'against the short one'],
      rows,
      notes: ['One command at a time, in process.'],
      raw,
    },
  ];
}
