import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Bench } from '../run/bench.js';
import { commandOf, familyOf, shareMbOf } from '../run/familyOf.js';
import { median } from '../run/numbers.js';
import { cpuMsOf, residentMbOf } from '../run/processes.js';
import { type Report, rounded } from '../run/report.js';

const program = fileURLToPath(new URL('../../bin/trinhky.mjs', import.meta.url));
const startMsMax = 60_000;
const restMs = 5_000;
const idleMs = 20_000;
const idleQuickMs = 2_000;

interface Started {
  readonly child: ChildProcess;
  readonly address: string;
  readonly firstPageMs: number;
}

/** The server as a user starts it: its own embedded database, a folder of its own. */
async function startServer(dataFolder: string, cacheFolder: string): Promise<Started> {
  const begun = performance.now();
  const child = spawn(process.execPath, [program, 'serve'], {
    env: { ...process.env, PORT: '0', TRINHKY_DATA: dataFolder, TRINHKY_CACHE: cacheFolder, MONGODB_URI: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const address = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`the server said no address: ${said.slice(-2_000)}`)), startMsMax);
    const hear = (chunk: Buffer): void => {
      said += chunk.toString();
      const found = /http:\/\/[\w.:[\]]+/.exec(said)?.[0];
      if (found === undefined) return;
      clearTimeout(timer);
      resolve(found);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}: ${said.slice(-2_000)}`)));
  });
  const response = await fetch(address, { redirect: 'follow' });
  const page = await response.text();
  if (!response.ok || !page.includes('<html')) throw new Error(`the first page is ${response.status}: ${page.slice(0, 200)}`);
  return { child, address, firstPageMs: performance.now() - begun };
}

async function stop({ child }: Started): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}

/** From the start of the program to its first page, what it takes at rest, and what it costs to do nothing. */
export async function server(bench: Bench): Promise<readonly Report[]> {
  const folder = await mkdtemp(join(tmpdir(), 'trinhky-start-'));
  try {
    const first = await startServer(folder, bench.cacheFolder);
    await stop(first);
    const starts: number[] = [];
    for (let round = 1; round < bench.options.rounds; round += 1) {
      const again = await startServer(folder, bench.cacheFolder);
      starts.push(again.firstPageMs);
      await stop(again);
    }
    const last = await startServer(folder, bench.cacheFolder);
    starts.push(last.firstPageMs);
    const rest = await atRest(last, bench.options.quick ? idleQuickMs : idleMs);
    await stop(last);
    const rows = [
      ['start to first page, empty data folder, ms', rounded(first.firstPageMs, 0)],
      ['start to first page, ms', rounded(median(starts), 0)],
      ['memory of Node at rest, MB (resident)', rounded(rest.nodeMb, 0)],
      ['memory of mongod at rest, MB (resident)', rounded(rest.mongodMb, 0)],
      ['everything it started, MB (PSS)', rounded(rest.familyMb, 0)],
      ['idle Node, % of a core', rounded(rest.nodePercent)],
      ['idle mongod, % of a core', rounded(rest.mongodPercent)],
    ];
    return [
      {
        title: 'The server by itself',
        columns: ['what', ''],
        rows,
        notes: [],
        raw: { firstMs: first.firstPageMs, starts, rest },
      },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function atRest({ child }: Started, forMs: number) {
  await pause(restMs);
  const family = familyOf(child.pid ?? 0);
  const node =
    family.findLast(
      (pid) => commandOf(pid).includes('trinhky') && commandOf(pid).includes('node') && !commandOf(pid).includes('mongod'),
    ) ??
    child.pid ??
    0;
  const mongod = family.find((pid) => /mongod\b.*--dbpath/.test(commandOf(pid)));
  if (mongod === undefined) throw new Error('the server has no mongod of its own');
  const before = [cpuMsOf(node), cpuMsOf(mongod)] as const;
  await pause(forMs);
  return {
    nodePercent: ((cpuMsOf(node) - before[0]) / forMs) * 100,
    mongodPercent: ((cpuMsOf(mongod) - before[1]) / forMs) * 100,
    nodeMb: residentMbOf(node),
    mongodMb: residentMbOf(mongod),
    familyMb: family.reduce((total, pid) => total + shareMbOf(pid), 0),
  };
}
