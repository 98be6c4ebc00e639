import { expect } from 'chai';
import { verifyHistory } from '../../src/commands/verifyHistory.js';
import type { Instance } from '../../src/engine/instance.js';
import { canonical, sha256 } from '../../src/engine/json.js';
import { chainFaults, openPlan, putInForce, startApplication, type TestApplication } from '../support/application.js';

type Open = Record<string, unknown>;
type Change = (entry: Open) => void;

interface Signed extends Open {
  by: string;
  capacity: { capacity: string; name: string; basis?: Record<string, unknown> };
}

describe('an entry that somebody alters in the database', () => {
  let app: TestApplication;
  let paper: Instance;
  /** SIGN is entry 6 of 9: opened, submitted, twice approved, prepared, signed, sealed, issued, sent. */
  const signing = 6;
  before(async () => {
    app = await startApplication('attack-capacity');
    paper = await putInForce(app, await openPlan(app));
    await app.relay.settle();
    await app.deps.drain(app.authority, paper.id);
  });
  after(() => app.close());

  const rows = async () =>
    (await app.connection.collection('entries').find({ authority: app.authority }).sort({ _id: 1 }).toArray())
      .filter(({ _id }) => String(_id).startsWith(`${paper.id}/`))
      .map((row, index) => ({ _id: row._id, seq: index + 1, bytes: String(row['bytes']) }));

  /** Alters one entry; with `whole`, all that follow and the head are made to fit again, as somebody with time would do it. */
  async function altered(seq: number, change: Change | string, whole = false) {
    const stored = await rows();
    expect(stored.length).to.equal(9);
    const head = (await app.deps.store.instances.load(app.authority, paper.id))?.instance.head;
    let previous: string | null = null;
    for (const row of stored) {
      if (row.seq < seq) continue;
      const entry = JSON.parse(row.bytes) as Open;
      if (row.seq === seq && typeof change !== 'string') change(entry);
      if (previous !== null) entry['prev'] = previous;
      const bytes: string = typeof change === 'string' ? change : canonical(entry);
      previous = sha256(bytes);
      await app.connection.collection('entries').updateOne({ _id: row._id }, { $set: { bytes } });
      if (!whole) break;
    }
    if (whole) await setHead(previous ?? '');
    const now = (await app.deps.store.instances.load(app.authority, paper.id))?.instance ?? paper;
    const { entries, faults } = await verifyHistory(app.deps, now);
    for (const row of stored)
      await app.connection.collection('entries').updateOne({ _id: row._id }, { $set: { bytes: row.bytes } });
    await setHead(head ?? '');
    expect(await chainFaults(app), 'put right again').to.deep.equal([]);
    return { entries, told: faults.map((fault) => ('seq' in fault ? `${fault.kind} ${fault.seq}` : fault.kind)) };
  }
  const setHead = (head: string) =>
    app.connection.collection('instances').updateOne({ _id: paper.id as never }, { $set: { head } });
  const signed =
    (change: (entry: Signed) => void): Change =>
    (entry) =>
      change(entry as unknown as Signed);

  it('is named by verify: the block itself, the record it rests on, its days, and what is left of it', async () => {
    const before = await verifyHistory(app.deps, paper);
    expect(before.entries[signing - 1]).to.include({ command: 'SIGN', seq: signing });
    expect([before.faults, before.entries.length]).to.deep.equal([[], 9]);
    const changes: Record<string, [change: (entry: Signed) => void, capacity: boolean]> = {
      'KT. made TL.': [
        ({ capacity }) => {
          capacity.capacity = capacity.capacity.replace('KT.', 'TL.');
        },
        true,
      ],
      'another name': [
        (entry) => {
          entry.capacity.name = 'Người ví dụ 99';
        },
        true,
      ],
      'another record': [
        ({ capacity }) => {
          Object.assign(capacity.basis?.['field'] ?? {}, { id: 'division-other' });
        },
        false,
      ],
      'begins later': [
        ({ capacity }) => {
          Object.assign(capacity.basis?.['field'] ?? {}, { from: '2027-01-01' });
        },
        true,
      ],
      'ended before': [
        ({ capacity }) => {
          Object.assign(capacity.basis?.['holder'] ?? {}, { to: '2001-01-01' });
        },
        true,
      ],
      'another kind': [
        ({ capacity }) => {
          Object.assign(capacity.basis?.['field'] ?? {}, { kind: 'TUQ' });
        },
        true,
      ],
      'another appointment': [
        (entry) => {
          entry.by = 'a-chair-ubnd';
        },
        true,
      ],
      'another day': [
        ({ capacity }) => {
          Object.assign(capacity.basis ?? {}, { day: '2026-03-03' });
        },
        true,
      ],
      'basis taken apart': [
        ({ capacity }) => {
          Object.assign(capacity.basis ?? {}, { holder: null, matter: 7 });
        },
        true,
      ],
      'basis taken away': [
        (entry) => {
          delete entry.capacity.basis;
        },
        true,
      ],
    };
    for (const [name, [change, capacity]] of Object.entries(changes)) {
      const { told } = await altered(signing, signed(change));
      expect(told, name).to.deep.equal([
        `link ${signing + 1}`,
        `altered ${signing}`,
        ...(capacity ? [`capacity ${signing}`] : []),
      ]);
      // and with the whole chain made to fit, the entry alone still gives itself away
      const rewritten = await altered(signing, signed(change), true);
      expect(rewritten.told, `${name}, rewritten`).to.deep.equal(capacity ? [`capacity ${signing}`] : []);
    }
  });

  it('is named where it is the last one, the first one, or no entry any more', async () => {
    expect(
      (
        await altered(9, (entry) => {
          entry['actor'] = 'chair';
        })
      ).told,
    ).to.deep.equal(['head', 'altered 9']);
    expect(
      (
        await altered(1, (entry) => {
          entry['actor'] = 'chair';
        })
      ).told,
    ).to.deep.equal(['link 2', 'altered 1']);
    for (const bytes of ['{"seq":4', 'null', '']) {
      const { told, entries } = await altered(4, bytes);
      expect(told, bytes).to.include.members(['identity 4', 'link 5', 'altered 4']);
      expect(entries.length, 'the others are still read').to.be.greaterThan(7);
    }
  });
});
