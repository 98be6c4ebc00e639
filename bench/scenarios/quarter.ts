import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { named, profiled, wasteful } from '../../test/support/profiled.js';
import type { Looked } from '../quarter/looking.js';
import type { Ended } from '../quarter/quarterEnd.js';
import type { Bench } from '../run/bench.js';
import { median, percentile } from '../run/numbers.js';
import type { Child } from '../run/processes.js';
import { type Report, rounded } from '../run/report.js';
import { type Watched, watch } from '../run/watch.js';
import type { Prepared } from '../variants/quarter.js';

const workflowsFolder = fileURLToPath(new URL('../../workflows', import.meta.url));
const database = 'bench_quarter';

/** Sizes of a run: a province with its communes and ten years of quarters, or enough to see that it runs. */
const usual = { units: 480, directives: 4, quarters: 40, rounds: 5, visits: 20 };
const quick = { units: 48, directives: 4, quarters: 3, rounds: 2, visits: 3 };
/** A tenth of the units, to see how the time grows with them. */
const tenth = 10;

type Sizes = typeof usual;

/** A quarter's end of all units after ten years of quarters, the open quarter's numbers, the pages of history, and what the database reads for them. */
export async function quarter(bench: Bench): Promise<readonly Report[]> {
  const sizes = bench.options.quick ? quick : usual;
  const child = await bench.variant('quarter', database, { workflowsFolder });
  const end = (number: number, until: string, print = false) => child.call<Ended>('end', { quarter: number, until, print });
  const look = (number: number) => child.call<readonly Looked[]>('look', { quarter: number, rounds: sizes.rounds });
  const small = await tenthOf(child, sizes);
  const prepared = await child.call<Prepared>('prepare', { authority: 'tinh', ...sizes });
  const history: Ended[] = [await end(0, 'closed')];
  await end(1, 'opened');
  const young = await look(1);
  for (let number = 1; number < sizes.quarters; number += 1) {
    history.push(await end(number, 'closed'));
    process.stderr.write(`quarter ${number + 1} of ${sizes.quarters}: ${rounded(totalOf(history.at(-1)) / 1_000, 1)} s\n`);
  }
  const opened = await end(sizes.quarters, 'opened');
  const old = await look(sizes.quarters);
  const watching = watch(child.pid, bench.mongod.pid);
  const begun = performance.now();
  const rest = await end(sizes.quarters, 'closed', true);
  const wallMs = performance.now() - begun + totalOf(opened);
  // It was opened before the clock was started, for the looks at the open quarter.
  const ended = { ...rest, parts: [...opened.parts, ...rest.parts.slice(1)] };
  const watched = watching.stop();
  const pages = await visitPages(child, prepared.port, sizes);
  const db = bench.admin.db(database);
  const reading = await profiled(db, async () => {
    await child.call('look', { quarter: sizes.quarters, rounds: 0 });
    await visitPages(child, prepared.port, { ...sizes, visits: 1 });
    await end(sizes.quarters + 1, 'closed');
  });
  const offending = wasteful(reading).map(named);
  await child.stop();
  return [
    endReport({ sizes, ended, history, wallMs, watched, offending, small }),
    lookReport(sizes, { young, old, small }),
    pagesReport(sizes, pages),
  ];
}

interface Small {
  readonly units: number;
  readonly ended: Ended;
  readonly looked: readonly Looked[];
  readonly checked: { readonly rollups: number; readonly faults: readonly unknown[] };
}

/** The same with a tenth of the units. */
async function tenthOf(child: Child, sizes: Sizes): Promise<Small> {
  const units = Math.max(Math.round(sizes.units / tenth), 2);
  await child.call('prepare', { authority: 'nho', units, directives: sizes.directives });
  await child.call('end', { quarter: 0, until: 'closed', print: false });
  await child.call('end', { quarter: 1, until: 'opened', print: false });
  const looked = await child.call<readonly Looked[]>('look', { quarter: 1, rounds: sizes.rounds });
  const ended = await child.call<Ended>('end', { quarter: 1, until: 'closed', print: false });
  return { units, looked, ended, checked: await child.call<Small['checked']>('check') };
}

const totalOf = (ended: Ended | undefined): number => (ended?.parts ?? []).reduce((sum, { ms }) => sum + ms, 0);

interface Visited {
  readonly name: string;
  readonly ms: readonly number[];
  readonly bytes: number;
}

/** Pages of three quarters of the past over HTTP, one after another, as one person would. */
async function visitPages(child: Child, port: number, { quarters, visits }: Sizes): Promise<readonly Visited[]> {
  const visited = new Map<string, { ms: number[]; bytes: number }>();
  for (const number of [0, Math.floor(quarters / 2), quarters - 1]) {
    const { cookie, paths } = await child.call<{ cookie: string; paths: Record<string, string> }>('pages', { quarter: number });
    for (const [name, path] of Object.entries(paths)) {
      const known = visited.get(name) ?? { ms: [], bytes: 0 };
      visited.set(name, known);
      for (let visit = 0; visit < visits; visit += 1) {
        const begun = performance.now();
        const response = await fetch(`http://127.0.0.1:${port}${path}`, {
          redirect: 'manual',
          headers: { accept: 'text/html', cookie },
        });
        const text = await response.text();
        // The first look at a kind of page compiles its template.
        if (known.bytes > 0) known.ms.push(performance.now() - begun);
        if (response.status !== 200) throw new Error(`${name} ${path} answered ${response.status}: ${text.slice(0, 300)}`);
        known.bytes = text.length;
      }
    }
  }
  return [...visited].map(([name, { ms, bytes }]) => ({ name, ms, bytes }));
}

interface EndOfQuarter {
  readonly sizes: Sizes;
  readonly ended: Ended;
  readonly history: readonly Ended[];
  readonly wallMs: number;
  readonly watched: Watched;
  readonly offending: readonly string[];
  readonly small: Small;
}

function endReport(all: EndOfQuarter): Report {
  const { sizes, ended, history, wallMs, watched, offending, small } = all;
  const seconds = (ms: number): string => rounded(ms / 1_000, 1);
  const half = Math.floor(watched.nodeMb.length / 2);
  const [early, late] = [watched.nodeMb.slice(0, half), watched.nodeMb.slice(half)].map((mb) => median(mb));
  const rows = ended.parts.map(({ name, count, ms }) => [name, String(count), seconds(ms), rounded(ms / count, 1)]);
  return {
    title: `End of a quarter: ${sizes.units} units, ${sizes.directives} duties each, thirty sections a report, after ${sizes.quarters} quarters`,
    columns: ['part', 'count', 's', 'ms each'],
    rows: [...rows, ['all of it', String(sizes.units), seconds(wallMs), rounded(wallMs / sizes.units, 1)]],
    notes: [
      `CPU: Node ${seconds(watched.nodeCpuMs)} s, mongod ${seconds(watched.mongodCpuMs)} s, browser ${seconds(watched.browserCpuMs)} s.`,
      `Resident memory of Node: median of the first half ${rounded(early ?? 0, 0)} MB, of the second ${rounded(late ?? 0, 0)} MB, at most ${rounded(Math.max(...watched.nodeMb), 0)} MB; browser at most ${rounded(watched.browserMbMax, 0)} MB (its processes added up).`,
      `Pages printed: ${ended.pages.reports} of reports, ${ended.pages.paper} of the consolidated one.`,
      `Without printing: first quarter ${seconds(totalOf(history[0]))} s, last of history ${seconds(totalOf(history.at(-1)))} s; with ${small.units} units ${seconds(totalOf(small.ended))} s.`,
      `Roll-ups of ${small.units} units built again from entries: ${small.checked.rollups}, of which differ ${small.checked.faults.length}.`,
      offending.length === 0
        ? 'No statement reads far more than it answers.'
        : `Statements that read far more than they answer:\n${offending.map((one) => `- ${one}`).join('\n')}`,
    ],
    raw: { ...all, wallMs, watched },
  };
}

interface Looks {
  readonly young: readonly Looked[];
  readonly old: readonly Looked[];
  readonly small: Small;
}

function lookReport(sizes: Sizes, { young, old, small }: Looks): Report {
  const rows = old.map(({ name, ms }, index) => {
    const [now, then, few] = [ms, young[index]?.ms ?? [], small.looked[index]?.ms ?? []].map((values) => median(values)) as [
      number,
      number,
      number,
    ];
    return [name, rounded(few, 0), rounded(then, 0), rounded(now, 0), rounded(now / then), rounded(then / few, 1)];
  });
  return {
    title: `The open quarter, after 1 quarter and after ${sizes.quarters}`,
    columns: [
      'ms',
      `${small.units} units, 1`,
      `${sizes.units} units, 1`,
      `${sizes.units} units, ${sizes.quarters}`,
      'by history',
      'by units',
    ],
    rows,
    notes: [],
    raw: { young, old, small: small.looked },
  };
}

function pagesReport(sizes: Sizes, pages: readonly Visited[]): Report {
  const rows = pages.map(({ name, ms, bytes }) => {
    const sorted = [...ms].sort((a, b) => a - b);
    return [name, rounded(percentile(sorted, 0.5), 0), rounded(percentile(sorted, 0.95), 0), rounded(bytes / 1_024, 0)];
  });
  return {
    title: `Pages of past quarters over HTTP, after ${sizes.quarters} quarters of ${sizes.units} units`,
    columns: ['page', 'p50 ms', 'p95 ms', 'kB'],
    rows,
    notes: [],
    raw: pages,
  };
}
