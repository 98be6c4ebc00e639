import { performance } from 'node:perf_hooks';
import type { RelayStore } from '../../src/commands/relayPorts.js';
import { ensureIndexes } from '../../src/store/collections.js';
import { type Connection, connect } from '../../src/store/connection.js';
import type { OutboxDocument } from '../../src/store/documents.js';
import { makeRelayStore } from '../../src/store/relay.js';
import type { Bench } from '../run/bench.js';
import { latenciesOf, median } from '../run/numbers.js';
import { type Report, rounded } from '../run/report.js';
import { authority } from '../town.js';
import { insertAll } from '../variants/variant.js';

const looks = 300;
/** Due rows that stand in the way of a look: leased by another process. */
const leased = 100;
const batch = 10_000;
const now = '2026-03-02T02:00:00.000Z';
const nowMs = Date.parse(now);
const minuteMs = 60_000;

interface Round {
  readonly label: string;
  readonly round: number;
  readonly nextDueP50Ms: number;
  readonly claimP50Ms: number;
  readonly claimP99Ms: number;
}

interface Filled {
  readonly label: string;
  readonly connection: Connection;
  readonly store: RelayStore;
}

/** What the relay does every time it looks, with few and with many timers in the future, side by side. */
export async function timers(bench: Bench): Promise<readonly Report[]> {
  const counts = [Math.min(10_000, bench.options.many / 2), bench.options.many];
  const filled: Filled[] = [];
  for (const count of counts) filled.push(await fill(bench, count));
  await bench.admin.db('admin').command({ fsync: 1 });
  const raw: Round[] = [];
  for (let round = -1; round < bench.options.rounds; round += 1) {
    for (const { label, store } of filled) {
      const next = latenciesOf(await timed(() => store.nextDue(authority, now)));
      const claims = latenciesOf(await timed(() => store.claim(authority, 'bench', now, 100)));
      if (round >= 0) raw.push({ label, round, nextDueP50Ms: next.p50Ms, claimP50Ms: claims.p50Ms, claimP99Ms: claims.p99Ms });
    }
  }
  for (const { connection } of filled) {
    await connection.db.dropDatabase();
    await connection.close();
  }
  return [reportOf(filled, raw)];
}

async function fill(bench: Bench, count: number): Promise<Filled> {
  const database = `bench_timers_${count}`;
  const connection = await connect({ uri: bench.mongod.uri(database), db: database, onWarning: () => undefined });
  await ensureIndexes(connection);
  process.stderr.write(`  filling ${count} timers\n`);
  const outbox = bench.admin.db(database, { writeConcern: { w: 1 } }).collection<OutboxDocument>('outbox');
  for (let start = 0; start < count; start += batch) await insertAll(outbox, rows('f', start, Math.min(batch, count - start)));
  await insertAll(outbox, rows('l', 0, leased));
  const store = makeRelayStore({
    instances: connection.collection('instances'),
    entries: connection.collection('entries'),
    outbox: connection.collection('outbox'),
    databaseNow: () => nowMs,
  });
  return { label: `${count} in the future, ${leased} leased`, connection, store };
}

/** `f`: one a minute from now on; `l`: due, and leased for the next minute. */
function rows(name: 'f' | 'l', start: number, count: number): OutboxDocument[] {
  return Array.from({ length: count }, (_, index) => {
    const number = start + index;
    const future = name === 'f';
    return {
      _id: `${authority}.${name}${number}/1/0`,
      authority,
      instance: `${authority}.${name}${number}`,
      kind: 'remind',
      params: { path: '/executing', visit: 2, dueRevision: 2, moment: 'due', days: 0, roles: ['unitHead'] },
      dueAt: new Date(nowMs + (future ? 1 + number : -number) * minuteMs),
      open: true,
      state: future ? 'waiting' : 'leased',
      owner: future ? null : 'other',
      token: future ? 0 : 1,
      readyAt: new Date(future ? 0 : nowMs + minuteMs),
      attempts: 0,
      outcome: null,
      endedAt: null,
    };
  });
}

async function timed(work: () => Promise<unknown>): Promise<number[]> {
  const ms: number[] = [];
  for (let time = 0; time < looks; time += 1) {
    const started = performance.now();
    await work();
    ms.push(performance.now() - started);
  }
  return ms;
}

function reportOf(filled: readonly Filled[], raw: readonly Round[]): Report {
  const middle = (label: string, of: (one: Round) => number) => median(raw.filter((one) => one.label === label).map(of));
  const base = filled[0]?.label ?? '';
  const rows = filled.map(({ label }) => {
    const next = middle(label, (one) => one.nextDueP50Ms);
    const claim = middle(label, (one) => one.claimP50Ms);
    return [
      label,
      rounded(next),
      rounded(next / middle(base, (one) => one.nextDueP50Ms)),
      rounded(claim),
      rounded(middle(label, (one) => one.claimP99Ms)),
      rounded(claim / middle(base, (one) => one.claimP50Ms)),
    ];
  });
  return {
    title: 'The look of the relay against the number of timers in the future',
    columns: ['timers', 'nextDue p50 ms', 'against the first row', 'claim p50 ms', 'p99 ms', 'against the first row'],
    rows,
    notes: [
      `Nothing is ready: ${leased} due effects are leased by another process. ${looks} looks a round, one at a time, in process.`,
    ],
    raw,
  };
}
