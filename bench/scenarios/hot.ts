import type { Bench } from '../run/bench.js';
import { median } from '../run/numbers.js';
import type { Child } from '../run/processes.js';
import { type Report, rounded } from '../run/report.js';
import type { RunResult } from '../run/runner.js';
import type { VariantName } from '../variants/index.js';

const workers = 16;
const entrants: readonly { readonly label: string; readonly variant: VariantName }[] = [
  { label: '(a) engine, HTTP', variant: 'engineHttp' },
  { label: '(b) engine, in process', variant: 'engine' },
  { label: '(c) obvious, HTTP', variant: 'obvious' },
];

/** Sixteen callers on one instance, whose commands SUBMIT and RETURN follow one another: who comes out of turn is refused. */
export async function hot(bench: Bench): Promise<readonly Report[]> {
  const load = await bench.load();
  const children = new Map<VariantName, Child>();
  for (const { variant } of entrants) children.set(variant, await bench.variant(variant, `bench_hot_${variant}`));
  const raw: (RunResult & { readonly label: string; readonly round: number })[] = [];
  for (let round = -1; round < bench.options.rounds; round += 1) {
    for (const { label, variant } of entrants) {
      const child = children.get(variant) as Child;
      const ids = await child.call<string[]>('seed', { count: 1, kind: 'quiet' });
      const asked = { ids, workers, forMs: bench.options.roundMs / 2 };
      const result =
        variant === 'engine'
          ? await child.call<RunResult>('runHot', asked)
          : await load.call<RunResult>('runHot', {
              ...asked,
              variant,
              port: await child.call('port'),
              tokens: variant === 'engineHttp' ? await child.call('tokens') : {},
            });
      await child.call('settle');
      if (round >= 0) raw.push({ label, round, ...result });
    }
  }
  await Promise.all([load, ...children.values()].map((child) => child.stop()));
  const middle = (label: string, of: (one: RunResult) => number) => median(raw.filter((one) => one.label === label).map(of));
  const rows = entrants.map(({ label }) => [
    label,
    rounded(
      middle(label, (one) => (one.commands / one.elapsedMs) * 1_000),
      0,
    ),
    rounded(
      middle(label, (one) => (one.failures / one.elapsedMs) * 1_000),
      0,
    ),
    rounded(
      middle(label, (one) => one.p50Ms),
      1,
    ),
    rounded(
      middle(label, (one) => one.p99Ms),
      1,
    ),
  ]);
  const columns = ['variant', 'accepted /s', 'refused /s', 'p50 ms', 'p99 ms'];
  return [{ title: `One hot instance, ${workers} at once`, columns, rows, notes: ['Latency of the accepted ones.'], raw }];
}
