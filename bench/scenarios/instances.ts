import type { Bench } from '../run/bench.js';
import { latenciesOf, median } from '../run/numbers.js';
import type { Child } from '../run/processes.js';
import { type Report, rounded } from '../run/report.js';
import { fill } from '../seed.js';

interface Filled {
  readonly label: string;
  readonly database: string;
  readonly open: number;
  readonly closed: number;
}

const inboxTimes = 200;
const measuredCases = 16;
const commandsEach = 10;

interface CountRound {
  readonly label: string;
  readonly round: number;
  readonly inboxP50Ms: number;
  readonly inboxP99Ms: number;
  readonly commandP50Ms: number;
}

function sizes(many: number): readonly Filled[] {
  const few = Math.min(10_000, many / 2);
  return [
    { label: '10^2 open', database: 'bench_count_a', open: 100, closed: 0 },
    { label: `${few} open`, database: 'bench_count_b', open: few, closed: 0 },
    { label: `${few} open, ${many / 10} closed`, database: 'bench_count_c', open: few, closed: many / 10 },
    { label: `${many} open`, database: 'bench_count_d', open: many, closed: 0 },
  ];
}

/** An inbox page and a command on databases of growing size, side by side. */
export async function instances(bench: Bench): Promise<readonly Report[]> {
  const filled = sizes(bench.options.many);
  const children = new Map<string, { child: Child; ids: readonly string[] }>();
  for (const { label, database, open, closed } of filled) {
    const child = await bench.variant('engine', database);
    const ids = await child.call<string[]>('seed', { count: measuredCases, kind: 'quiet' });
    process.stderr.write(`  filling ${label}\n`);
    await fill(bench.admin, database, { count: open, open: true });
    await fill(bench.admin, database, { count: closed, open: false });
    children.set(label, { child, ids });
  }
  // Filling left work behind; what follows must not be measured against it.
  await bench.admin.db('admin').command({ fsync: 1 });
  const raw: CountRound[] = [];
  for (let round = -1; round < bench.options.rounds; round += 1) {
    for (const { label } of filled) {
      const { child, ids } = children.get(label) as { child: Child; ids: readonly string[] };
      const page = await child.call<{ rows: number; ms: number[] }>('inbox', { times: inboxTimes });
      const inbox = latenciesOf(page.ms);
      const ms = await child.call<number[]>('timeLoop', { ids, commands: commandsEach, round: `r${round}` });
      await child.call('settle');
      if (round >= 0) raw.push({ label, round, inboxP50Ms: inbox.p50Ms, inboxP99Ms: inbox.p99Ms, commandP50Ms: median(ms) });
    }
  }
  await Promise.all([...children.values()].map(({ child }) => child.stop()));
  for (const { database } of filled) await bench.admin.db(database).dropDatabase();
  return [reportOf(filled, raw)];
}

function reportOf(filled: readonly Filled[], raw: readonly CountRound[]): Report {
  const middle = (label: string, of: (one: CountRound) => number) => median(raw.filter((one) => one.label === label).map(of));
  const [small, base] = filled.map(({ label }) => label);
  const rows = filled.map(({ label }) => {
    const inbox = middle(label, (one) => one.inboxP50Ms);
    const command = middle(label, (one) => one.commandP50Ms);
    return [
      label,
      rounded(inbox),
      rounded(middle(label, (one) => one.inboxP99Ms)),
      rounded(inbox / middle(base ?? '', (one) => one.inboxP50Ms)),
      rounded(command),
      rounded(command / middle(small ?? '', (one) => one.commandP50Ms)),
    ];
  });
  return {
    title: 'Inbox page and command against the number of instances',
    columns: ['instances', 'inbox p50 ms', 'p99 ms', 'against the second row', 'command p50 ms', 'against the first row'],
    rows,
    notes: ['A page of 20 of a person whose post awaits every tenth open instance. One call at a time, in process.'],
    raw,
  };
}
