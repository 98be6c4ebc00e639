import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { chainFaults, startApplication, type TestApplication } from '../support/application.js';
import { testDatabaseUri } from '../support/mongod.js';

const childFile = fileURLToPath(new URL('./child.ts', import.meta.url));
const childMsMax = 60_000;

export interface Run {
  readonly acks: readonly string[];
  readonly settled: boolean;
  readonly signal: NodeJS.Signals | null;
}

export function spawnChild(database: string, authority: string, fault = '-'): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', childFile, testDatabaseUri(database), authority, fault], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** Waits for a child's end; what it acknowledged before is what must be found afterwards. */
export async function outcomeOf(child: ChildProcess): Promise<Run> {
  let text = '';
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  const guard = AbortSignal.timeout(childMsMax);
  const [, signal] = (await once(child, 'close', { signal: guard })) as [number | null, NodeJS.Signals | null];
  const lines = text.split('\n').filter((line) => line !== '');
  return { acks: lines.filter((line) => line.startsWith('ack')), settled: lines.includes('settled'), signal };
}

/** Waits until the kernel reports a process as stopped. */
export async function untilStopped(pid: number): Promise<void> {
  for (let round = 0; round < 1_000; round += 1) {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    if (stat.slice(stat.lastIndexOf(')') + 2).startsWith('T')) return;
    await pause(20);
  }
  throw new Error('the process did not stop');
}

/** Kills a child at a fault, runs a second one to the end, and checks that nothing was lost and nothing doubled. */
export async function killAndResume(name: string, fault: string): Promise<Run> {
  const app = await startApplication(name);
  try {
    const first = await outcomeOf(spawnChild(name, app.authority, fault));
    // What the dead process had leased would be free after `leaseMs`.
    await app.deps.store.relay.expireLeases(app.authority, app.clock.now());
    const second = await outcomeOf(spawnChild(name, app.authority));
    expect(second.settled, 'the second run comes to its end').to.equal(true);
    expect(
      second.acks.every((line) => line.includes('accepted')),
      second.acks.join('\n'),
    ).to.equal(true);
    for (const line of first.acks) expect(second.acks).to.include(line);
    await expectWhole(app);
    return first;
  } finally {
    await app.connection.db.dropDatabase();
    await app.close();
  }
}

/** What one plan with one directive and three assignments must look like, however often it was interrupted. */
export async function expectWhole(app: TestApplication): Promise<void> {
  const { authority } = app;
  const everything = { filter: { authority, anyOf: null }, parent: null, open: null, originator: null, after: null, limit: 100 };
  const documents = await app.deps.store.instances.list({ ...everything, definition: 'document' });
  const directives = await app.deps.store.instances.list({ ...everything, definition: 'directive' });
  const assignments = await app.deps.store.instances.list({ ...everything, definition: 'assignment' });
  expect([documents, directives, assignments].map((rows) => rows.length)).to.deep.equal([1, 1, 3]);
  expect(documents.map((row) => row.revision)).to.deep.equal([11]);
  expect(assignments.map((row) => row.state)).to.deep.equal(['confirmed', 'confirmed', 'confirmed']);
  // OPEN, ASSIGN, and one message from each of three assignments; the last one ends the region.
  expect(directives[0]?.state).to.deep.equal({ active: { work: { execution: 'carried', reporting: 'collecting' } } });
  expect(directives[0]?.revision).to.equal(5);
  expect(await chainFaults(app)).to.deep.equal([]);
  const deliveries = await app.deps.store.instances.list({ ...everything, definition: 'delivery' });
  expect(deliveries.map((row) => row.state)).to.deep.equal([{ open: 'sent' }, { open: 'sent' }]);
  const [paper] = documents;
  const prints = await app.deps.store.renditions.listOf(authority, paper?.id ?? '');
  expect(prints.filter(({ mode }) => mode === 'sheet').length, 'one approval sheet').to.equal(1);
  const numbers = await app.deps.store.numbers.rows(authority, 'KH-UBND', 2026);
  expect(numbers.map(({ number, status }) => `${number} ${status}`)).to.deep.equal(['1 used']);
  const arrivals = await app.deps.store.numbers.rows(authority, 'den', 2026);
  expect(arrivals.map(({ number, status }) => `${number} ${status}`)).to.deep.equal(['1 used']);
  const counts = await app.deps.store.outbox.counts(authority);
  expect(counts.parked).to.equal(0);
  const notices = await app.deps.store.notices.listFor(authority, 'head-nv', 100);
  expect(
    notices.map(({ kind, open }) => `${kind} ${open ? 'open' : 'closed'}`),
    'the head of the drafting unit is told once, and it has passed',
  ).to.deep.equal(['turn closed']);
  const told = await app.deps.store.notices.listFor(authority, 'head-p1', 100);
  // The paper sent, the duty offered, the completion confirmed.
  expect(told.map(({ kind, params }) => `${kind} ${JSON.stringify(params.command)}`).sort()).to.deep.equal([
    'told "CONFIRM"',
    'turn "OPEN"',
    'turn "OPEN"',
  ]);
}
