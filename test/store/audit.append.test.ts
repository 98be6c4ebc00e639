import { expect } from 'chai';
import type { AuditRecord } from '../../src/commands/ports.js';
import type { Definition } from '../../src/engine/definition.js';
import { hashOf } from '../../src/engine/json.js';
import { makeAuditStore } from '../../src/store/audit.js';
import { collectionNames } from '../../src/store/collectionNames.js';
import type { Connection } from '../../src/store/connection.js';
import { makeDefinitionStore } from '../../src/store/definitions.js';
import type { OutboxDocument } from '../../src/store/documents.js';
import { makeOutboxAdmin } from '../../src/store/outboxAdmin.js';
import { dropAndClose, emptyDatabase } from './support.js';

describe('store: what is appended', () => {
  let connection: Connection;
  before(async () => {
    connection = await emptyDatabase('appended');
  });
  after(() => dropAndClose(connection));

  it('audit: every record stays, newest first, and only the authority asked for', async () => {
    const audit = makeAuditStore(connection);
    const record = (kind: string, at: string, authority = 'au'): AuditRecord => ({
      authority,
      at,
      actor: 'vidu01',
      kind,
      subject: null,
      details: { 'a.b': 1, $set: 'x' },
    });
    // given twelve of one instant (more than one digit), one earlier written last, and one of a neighbour whose id begins alike
    const instant = '2026-03-02T01:00:00.000Z';
    for (let n = 1; n <= 12; n += 1) await audit.append(record(`k${n}`, instant));
    await audit.append(record('early', '2026-03-01T01:00:00.000Z'));
    await audit.append(record('foreign', instant, 'au-2'));
    const listed = await audit.list('au', 100);
    expect(listed.map(({ kind }) => kind)).to.deep.equal([...Array.from({ length: 12 }, (_none, n) => `k${12 - n}`), 'early']);
    expect(listed.at(-1)).to.deep.equal(record('early', '2026-03-01T01:00:00.000Z'));
    expect(await audit.list('au', 2)).to.have.length(2);
    // and the store has no call that could change one (RELIABILITY 53)
    expect(Object.keys(audit).sort()).to.deep.equal(['append', 'list']);
  });

  it('definitions: the first of an id and version stays, with its states in order', async () => {
    const store = makeDefinitionStore(connection);
    const definition = (label: string, states: object): Definition =>
      ({
        id: 'note',
        version: 1,
        label: { vi: label, en: label },
        context: { $ref: '#/x' },
        roles: {},
        initial: 'z',
        states,
      }) as Definition;
    const first = definition('Phiếu trình', { z: {}, a: {} });
    expect(await store.keep(first)).to.deep.equal(first);
    const kept = await store.keep(definition('Khác', { b: {} }));
    expect(JSON.stringify(kept)).to.equal(JSON.stringify(first));
    expect(hashOf(kept)).to.equal(hashOf(first));
    await store.keep({ ...first, version: 10 });
    await store.keep({ ...first, version: 2 });
    expect((await store.all()).map(({ version }) => version)).to.deep.equal([1, 2, 10]);
  });

  it('outbox: a leased effect counts as waiting, and only a parked one can be let go', async () => {
    const outbox = makeOutboxAdmin(connection);
    const row = (n: number, state: OutboxDocument['state'], authority = 'au'): OutboxDocument => ({
      _id: `${authority}.1/${n}/0`,
      authority,
      instance: `${authority}.1`,
      kind: 'notify',
      params: { to: 'p1' },
      dueAt: n === 1 ? new Date(0) : new Date('2026-03-02T00:00:00.000Z'),
      open: state === 'waiting' || state === 'leased',
      state,
      owner: state === 'leased' ? 'w1' : null,
      token: n,
      readyAt: new Date(8_000_000_000_000),
      attempts: 4,
      outcome: state === 'parked' ? { code: 'x' } : null,
      endedAt: null,
    });
    const rows = [row(1, 'waiting'), row(2, 'leased'), row(3, 'parked'), row(4, 'done'), row(5, 'parked', 'bu')];
    await connection.collection<OutboxDocument>(collectionNames.outbox).insertMany(rows);
    expect(await outbox.counts('au')).to.deep.equal({ waiting: 2, parked: 1, done: 1 });
    const waiting = await outbox.list('au', 'waiting', 10, null);
    expect(waiting.map(({ id, dueAt, state }) => [id, dueAt, state])).to.deep.equal([
      ['au.1/1/0', null, 'waiting'],
      ['au.1/2/0', '2026-03-02T00:00:00.000Z', 'waiting'],
    ]);
    expect((await outbox.list('au', 'waiting', 10, 'au.1/1/0')).map(({ id }) => id)).to.deep.equal(['au.1/2/0']);
    // when each is let go
    const answers: boolean[] = [];
    for (const { _id } of rows) answers.push(await outbox.retry('au', _id));
    // then only the parked one of this authority was, and it can be claimed at once, its token kept
    expect(answers).to.deep.equal([false, false, true, false, false]);
    const parked = await connection.collection<OutboxDocument>(collectionNames.outbox).findOne({ _id: 'au.1/3/0' });
    expect(parked).to.deep.include({ state: 'waiting', open: true, readyAt: new Date(0), attempts: 0, token: 3, outcome: null });
  });
});
