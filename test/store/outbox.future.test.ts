import { expect } from 'chai';
import type { Connection } from '../../src/store/connection.js';
import type { OutboxDocument } from '../../src/store/documents.js';
import { makeRelayStore } from '../../src/store/relay.js';
import { dropAndClose, emptyDatabase } from './support.js';

const authority = 'future';
const now = '2026-03-02T02:00:00.000Z';
const nowMs = Date.parse(now);

type Row = Pick<OutboxDocument, 'dueAt' | 'readyAt' | 'state' | 'owner'>;

function rows(count: number, name: string, of: (index: number) => Row): OutboxDocument[] {
  return Array.from({ length: count }, (_, index) => ({
    _id: `${authority}.${name}${index}/1/0`,
    authority,
    instance: `${authority}.${name}${index}`,
    kind: 'timer',
    params: {},
    open: true,
    token: 0,
    attempts: 0,
    outcome: null,
    endedAt: null,
    ...of(index),
  }));
}

/** What the server noted of one command: how much it looked at. */
interface Profile {
  readonly command: { readonly find?: string; readonly aggregate?: string; readonly limit?: number };
  readonly planSummary: string;
  readonly docsExamined: number;
  readonly keysExamined: number;
  readonly hasSortStage?: boolean;
}

describe('timers that lie in the future', function () {
  this.timeout(60_000);
  let connection: Connection;
  const store = () =>
    makeRelayStore({
      instances: connection.collection('instances'),
      entries: connection.collection('entries'),
      outbox: connection.collection('outbox'),
      databaseNow: () => nowMs,
    });

  before(async () => {
    connection = await emptyDatabase('outbox-future');
    const outbox = connection.collection<OutboxDocument>('outbox');
    const waiting = { state: 'waiting', owner: null } as const;
    const future = rows(20_000, 'f', (index) => ({
      ...waiting,
      dueAt: new Date(nowMs + 1 + index * 60_000),
      readyAt: new Date(0),
    }));
    await outbox.insertMany(future, { ordered: false });
    // given what is due: 40 leased by another process, 30 backing off, 20 that may be claimed
    await outbox.insertMany([
      ...rows(40, 'l', (index) => ({
        state: 'leased',
        owner: 'other',
        dueAt: new Date(nowMs - 90_000 - index),
        readyAt: new Date(nowMs + 50_000),
      })),
      ...rows(30, 'r', (index) => ({
        ...waiting,
        dueAt: new Date(nowMs - 60_000 - index),
        readyAt: new Date(nowMs + 7_000 + index),
      })),
    ]);
  });
  after(() => dropAndClose(connection));

  /** The commands on the outbox that some work sent, as the server profiled them. */
  async function profiled(work: () => Promise<unknown>): Promise<readonly Profile[]> {
    await connection.db.setProfilingLevel('all');
    await work();
    await connection.db.setProfilingLevel('off');
    const found = connection.db
      .collection<Profile>('system.profile')
      .find({ $or: [{ 'command.find': 'outbox' }, { 'command.aggregate': 'outbox' }, { op: 'update', ns: /outbox$/ }] } as never)
      .toArray();
    const profiles = await found;
    await connection.db.collection('system.profile').drop();
    return profiles;
  }

  it('are no work for the look at what comes next: keys alone, no row, no sorting', async () => {
    let answer: unknown;
    const profiles = await profiled(async () => {
      answer = await store().nextDue(authority, now);
    });
    expect(answer).to.deep.equal({ dueAt: new Date(nowMs + 1).toISOString(), retryInMs: 7_000 });
    expect(profiles.length).to.equal(2);
    for (const profile of profiles) {
      expect(profile.docsExamined).to.equal(0);
      expect(profile.hasSortStage ?? false).to.equal(false);
      // 70 due rows and the first of the future
      expect(profile.keysExamined).to.be.at.most(72);
      expect(profile.planSummary).to.match(/^IXSCAN \{ authority: 1, open: 1, dueAt: 1, readyAt: 1 \}/);
    }
  });

  it('are no work for a claim that finds nothing ready', async () => {
    const [profile, ...more] = await profiled(async () => {
      expect(await store().claim(authority, 'me', now, 100)).to.deep.equal([]);
    });
    expect(more).to.deep.equal([]);
    expect(profile).to.include({ docsExamined: 0 });
    expect(profile?.hasSortStage ?? false).to.equal(false);
    expect(profile?.keysExamined).to.be.at.most(72);
  });

  it('nor for one that takes its rows: it reads what it takes, in the order in which it fell due', async () => {
    const outbox = connection.collection<OutboxDocument>('outbox');
    await outbox.insertMany(
      rows(20, 'c', (index) => ({
        state: 'waiting',
        owner: null,
        dueAt: new Date(nowMs - 1_000 * (index + 1)),
        readyAt: new Date(0),
      })),
    );
    const taken: string[] = [];
    const profiles = await profiled(async () => {
      taken.push(...(await store().claim(authority, 'me', now, 5)).map(({ id }) => id));
    });
    expect(taken).to.have.members([19, 18, 17, 16, 15].map((index) => `${authority}.c${index}/1/0`));
    expect(profiles.every(({ hasSortStage }) => hasSortStage !== true)).to.equal(true);
    expect(profiles.reduce((sum, { docsExamined }) => sum + docsExamined, 0)).to.be.at.most(3 * 5);
    expect(Math.max(...profiles.map(({ keysExamined }) => keysExamined))).to.be.at.most(100);
  });

  it('are left alone by a process that ends the leases of its predecessor', async () => {
    const [profile] = await profiled(() => store().expireLeases(authority, now));
    expect(profile?.docsExamined).to.be.at.most(90);
    expect((await store().nextDue(authority, now)).retryInMs).to.equal(0);
    expect(await connection.collection('outbox').countDocuments({ state: 'leased', readyAt: new Date(0) })).to.equal(45);
  });
});
