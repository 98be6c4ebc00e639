import type { CaseKind } from '../case.js';
import type { Bench } from '../run/bench.js';
import { type Contestant, interleaved, type Measured, middle, ratio } from '../run/measure.js';
import type { Child } from '../run/processes.js';
import { type Report, rounded } from '../run/report.js';
import type { VariantName } from '../variants/index.js';

export const serverVariants: ReadonlySet<VariantName> = new Set(['engineHttp', 'engineExpress', 'obvious', 'bare']);

interface Entrant {
  readonly label: string;
  readonly variant: VariantName;
  readonly kind?: CaseKind;
  /** Another call than `run`, for variants in process. */
  readonly call?: string;
  readonly minimal?: true;
}

const HTTP: readonly Entrant[] = [
  { label: '(a) engine, HTTP', variant: 'engineHttp' },
  { label: '(a) the same, who is told follows from whose turn it is', variant: 'engineHttp', kind: 'quiet' },
  { label: '(a) the same, and a minimal answer', variant: 'engineHttp', kind: 'quiet', minimal: true },
  { label: 'engine behind bare express, the same workflow', variant: 'engineExpress', kind: 'quiet' },
  { label: '(c) obvious', variant: 'obvious' },
  { label: '(d) bare express, one update', variant: 'bare' },
];

const IN_PROCESS: readonly Entrant[] = [
  { label: '(b) engine, in process', variant: 'engine' },
  { label: '(b) the same, who is told follows from whose turn it is', variant: 'engine', kind: 'quiet' },
  { label: '(b) the same, revision named', variant: 'engine', kind: 'quiet', call: 'runNamed' },
  { label: '(e) raw driver, one update', variant: 'raw' },
];

const databaseOf = (variant: VariantName): string => `bench_command_${variant}`;
const casesPerSecondMax = 900;
const loadWorkers = 16;

/** One contestant for each entrant; entrants of one variant share its process. */
async function contestantsOf(bench: Bench, entrants: readonly Entrant[]): Promise<readonly Contestant[]> {
  const load = entrants.some(({ variant }) => serverVariants.has(variant)) ? await bench.load() : null;
  const children = new Map<VariantName, Child>();
  const contestants: Contestant[] = [];
  for (const { label, variant, kind = 'approval', call = 'run', minimal = false } of entrants) {
    const child = children.get(variant) ?? (await bench.variant(variant, databaseOf(variant)));
    children.set(variant, child);
    const overHttp = serverVariants.has(variant);
    const port = overHttp ? await child.call<number>('port') : 0;
    const tokens = variant === 'engineHttp' ? await child.call('tokens') : {};
    contestants.push({
      label,
      child,
      kind,
      load: overHttp ? load : null,
      casesPerSecondMax: overHttp ? casesPerSecondMax / 2 : casesPerSecondMax,
      run: (ids, workers, forMs) =>
        overHttp && load !== null
          ? load.call('run', { variant, port, tokens, minimal, ids, workers, forMs })
          : child.call(call, { ids, workers, forMs }),
    });
  }
  return contestants;
}

function rowsOf(measured: readonly Measured[], contestants: readonly Contestant[], floor: string): string[][] {
  return contestants.map(({ label }) => [
    label,
    rounded(
      middle(measured, label, (one) => one.commandsPerSecond),
      0,
    ),
    rounded(
      middle(measured, label, (one) => one.settledPerSecond),
      0,
    ),
    rounded(ratio(measured, label, floor)),
    rounded(
      middle(measured, label, (one) => one.p50Ms),
      1,
    ),
    rounded(
      middle(measured, label, (one) => one.p99Ms),
      1,
    ),
    rounded(middle(measured, label, (one) => one.nodeCpuMs)),
    rounded(middle(measured, label, (one) => one.mongodCpuMs)),
  ]);
}

const columns = ['variant', '/s', '/s, relay included', 'ratio', 'p50 ms', 'p99 ms', 'CPU ms Node', 'CPU ms mongod'];

async function race(
  bench: Bench,
  title: string,
  entrants: readonly Entrant[],
  workersEach: readonly number[],
): Promise<Report[]> {
  const contestants = await contestantsOf(bench, entrants);
  const floor = contestants.at(-1)?.label ?? '';
  const reports: Report[] = [];
  for (const workers of workersEach) {
    const measured = await interleaved(bench, contestants, workers);
    reports.push({
      title: `${title}, ${workers} at once`,
      columns,
      rows: rowsOf(measured, contestants, floor),
      notes: [
        `Medians of ${bench.options.rounds} interleaved rounds of ${bench.options.roundMs / 1_000} s. Ratio: to the last row in the same round, relay included. CPU for each command, the relay's included.`,
      ],
      raw: measured,
    });
  }
  await Promise.all(
    [...new Set(contestants.flatMap(({ child, load }) => (load === null ? [child] : [child, load])))].map((child) =>
      child.stop(),
    ),
  );
  for (const { variant } of entrants) await bench.admin.db(databaseOf(variant)).dropDatabase();
  return reports;
}

/** Commands without conflict: seven to a case, each on a case of its own. */
export const command = (bench: Bench): Promise<Report[]> => race(bench, 'One command over HTTP', HTTP, [loadWorkers]);

export const commandInProcess = (bench: Bench): Promise<Report[]> =>
  race(bench, 'One command in process', IN_PROCESS, [loadWorkers, 1]);
