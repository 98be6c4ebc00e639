import type { Bench } from '../run/bench.js';
import { median } from '../run/numbers.js';
import { cpuMsOf } from '../run/processes.js';
import { type Report, rounded } from '../run/report.js';

const bulkItems = 50;
const bulksPerRound = 12;

interface BulkRound {
  readonly items: number;
  readonly round: number;
  readonly msPerItem: number;
  readonly nodeCpuMs: number;
  readonly mongodCpuMs: number;
}

/** Fifty cases in one call against the same command one after another, by one caller who waits for each answer. */
export async function bulk(bench: Bench): Promise<readonly Report[]> {
  const child = await bench.variant('engine', 'bench_bulk');
  const raw: BulkRound[] = [];
  for (let round = -1; round < bench.options.rounds; round += 1) {
    for (const items of [1, bulkItems]) {
      const ids = await child.call<string[]>('seed', { count: bulkItems * bulksPerRound, kind: 'quiet' });
      const cpu = () => [cpuMsOf(child.pid), cpuMsOf(bench.mongod.pid)] as const;
      const before = cpu();
      const { commands, elapsedMs } = await child.call<{ commands: number; elapsedMs: number }>('bulk', { ids, items });
      await child.call('settle');
      const after = cpu();
      if (round >= 0)
        raw.push({
          items,
          round,
          msPerItem: elapsedMs / commands,
          nodeCpuMs: (after[0] - before[0]) / commands,
          mongodCpuMs: (after[1] - before[1]) / commands,
        });
    }
  }
  await child.stop();
  const middle = (items: number, of: (one: BulkRound) => number) => median(raw.filter((one) => one.items === items).map(of));
  const figures = [(one: BulkRound) => one.msPerItem, (one: BulkRound) => one.nodeCpuMs, (one: BulkRound) => one.mongodCpuMs];
  const row = (label: string, items: number) => [label, ...figures.map((of) => rounded(middle(items, of)))];
  const cheaper = figures.map((of) => rounded(middle(1, of) / middle(bulkItems, of), 1));
  return [
    {
      title: `Bulk of ${bulkItems}`,
      columns: ['', 'ms per item', 'CPU ms Node', 'CPU ms mongod'],
      rows: [row('one by one', 1), row(`${bulkItems} in one call`, bulkItems), ['times cheaper', ...cheaper]],
      notes: ['CPU with the relay, which carries each entry all the same.'],
      raw,
    },
  ];
}
