import type { Bench } from '../run/bench.js';
import { median } from '../run/numbers.js';
import { type Child, cpuMsOf } from '../run/processes.js';
import { type Report, rounded } from '../run/report.js';
import type { VariantName } from '../variants/index.js';

interface Tried {
  readonly label: string;
  readonly variant: VariantName;
  readonly why: 'early' | 'foreign';
}

const tried: readonly Tried[] = [
  { label: '(a) engine, HTTP, not possible in this state', variant: 'engineHttp', why: 'early' },
  { label: '(b) engine, in process, not possible in this state', variant: 'engine', why: 'early' },
  { label: '(b) engine, in process, no right (written to the audit)', variant: 'engine', why: 'foreign' },
  { label: '(c) obvious, HTTP, not possible in this state', variant: 'obvious', why: 'early' },
];

const workers = 16;
const casesCount = 500;

interface RefusedRound {
  readonly label: string;
  readonly round: number;
  readonly perSecond: number;
  readonly nodeCpuMs: number;
  readonly mongodCpuMs: number;
}

/** Commands that are refused: the engine judges each again on a fresh read, and says what happened last. */
export async function refused(bench: Bench): Promise<readonly Report[]> {
  const load = await bench.load();
  const children = new Map<VariantName, { child: Child; ids: readonly string[]; port: number; tokens: unknown }>();
  for (const variant of new Set(tried.map((one) => one.variant))) {
    const child = await bench.variant(variant, `bench_refused_${variant}`);
    const ids = await child.call<string[]>('seed', { count: casesCount, kind: 'quiet' });
    const port = variant === 'engine' ? 0 : await child.call<number>('port');
    children.set(variant, { child, ids, port, tokens: variant === 'engineHttp' ? await child.call('tokens') : {} });
  }
  const raw: RefusedRound[] = [];
  for (let round = -1; round < bench.options.rounds; round += 1) {
    for (const { label, variant, why } of tried) {
      const { child, ids, port, tokens } = children.get(variant) as NonNullable<ReturnType<typeof children.get>>;
      const cpu = () => [cpuMsOf(child.pid), cpuMsOf(bench.mongod.pid)] as const;
      const before = cpu();
      const asked = { ids, why, workers, forMs: bench.options.roundMs / 2, variant, port, tokens };
      const { commands, elapsedMs } = await (variant === 'engine' ? child : load).call<{ commands: number; elapsedMs: number }>(
        'refused',
        asked,
      );
      const after = cpu();
      if (round >= 0)
        raw.push({
          label,
          round,
          perSecond: (commands / elapsedMs) * 1_000,
          nodeCpuMs: (after[0] - before[0]) / commands,
          mongodCpuMs: (after[1] - before[1]) / commands,
        });
    }
  }
  await Promise.all([load, ...[...children.values()].map(({ child }) => child)].map((child) => child.stop()));
  const middle = (label: string, of: (one: RefusedRound) => number) => median(raw.filter((one) => one.label === label).map(of));
  const rows = tried.map(({ label }) => [
    label,
    rounded(
      middle(label, (one) => one.perSecond),
      0,
    ),
    rounded(middle(label, (one) => one.nodeCpuMs)),
    rounded(middle(label, (one) => one.mongodCpuMs)),
  ]);
  return [
    {
      title: `A refused command, ${workers} at once`,
      columns: ['variant', '/s', 'CPU ms Node', 'CPU ms mongod'],
      rows,
      notes: [],
      raw,
    },
  ];
}
