import { mkdir, writeFile } from 'node:fs/promises';
import { arch, cpus, release, totalmem } from 'node:os';
import { dirname } from 'node:path';
import { type Bench, openBench } from './run/bench.js';
import { readOptions } from './run/options.js';
import { printed, type Report } from './run/report.js';
import { scenarios } from './scenarios/index.js';

// `npm run bench`: runs the scenarios one after another, prints a table for each, and writes every round as JSON.

const options = readOptions(process.argv.slice(2));
const names = options.only.length > 0 ? options.only : Object.keys(scenarios);
const unknown = names.filter((name) => !(name in scenarios));
if (unknown.length > 0) throw new Error(`no scenario ${unknown.join(', ')}; there are ${Object.keys(scenarios).join(', ')}`);

const bench = await openBench(options);
try {
  await runAll(bench);
} finally {
  await bench.close();
}

async function runAll(opened: Bench): Promise<void> {
  const { version } = await opened.admin.db('admin').command({ buildInfo: 1 });
  const machine = {
    at: new Date().toISOString(),
    node: process.version,
    mongod: String(version),
    cpus: cpus().length,
    cpu: cpus()[0]?.model ?? '',
    memoryMb: Math.round(totalmem() / 2 ** 20),
    arch: arch(),
    kernel: release(),
  };
  process.stdout.write(
    `node ${machine.node}, mongod ${machine.mongod}, ${machine.cpus} CPUs (${machine.cpu}), ${machine.memoryMb} MB\n\n`,
  );
  const reports: Record<string, readonly Report[]> = {};
  for (const name of names) {
    const scenario = scenarios[name] as (typeof scenarios)[string];
    process.stderr.write(`${name} ...\n`);
    try {
      reports[name] = await scenario(opened);
    } catch (error) {
      process.exitCode = 1;
      process.stderr.write(`${name} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
      continue;
    }
    for (const report of reports[name]) process.stdout.write(`${printed(report)}\n`);
    await mkdir(dirname(options.out), { recursive: true });
    await writeFile(options.out, `${JSON.stringify({ machine, options, reports }, null, 1)}\n`);
  }
  process.stderr.write(`every round: ${options.out}\n`);
}
