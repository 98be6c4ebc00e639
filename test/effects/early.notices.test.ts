import { expect } from 'chai';
import { choosePreferences } from '../../src/commands/notices/preferences.js';
import type { HandOver } from '../../src/commands/relayPorts.js';
import { must, openPlan, startApplication, type TestApplication } from '../support/application.js';

describe('effects that run before their rows are written', () => {
  let app: TestApplication;
  before(async () => {
    app = await startApplication('early', {
      mail: {
        url: 'smtp://127.0.0.1:9',
        from: 'khong-tra-loi@vi-du.example',
        preferencesUrl: 'https://trinhky.vi-du.example/preferences',
        address: 'https://trinhky.vi-du.example',
      },
    });
  });
  after(() => app.close());

  const rowOf = (id: string) => app.connection.collection<{ _id: string }>('outbox').findOne({ _id: id });
  const notices = async (instance: string) =>
    (await app.deps.store.notices.listFor(app.authority, 'head-nv', 50)).filter((notice) => notice.instance === instance);

  it('leave a tombstone, which nobody plans or claims again', async () => {
    const plan = await openPlan(app);
    await must(app, plan.id, 'off-nv', 'SUBMIT');
    await app.relay.settle();
    expect(await rowOf(`${plan.id}/2/0`)).to.include({ kind: 'notify', open: false, state: 'done', owner: null, token: 1 });
    expect(await notices(plan.id)).to.have.length(1);
    expect(await app.deps.store.relay.claim(app.authority, 'another', app.clock.now(), 50)).to.deep.equal([]);
  });

  it('are tried again by their rows when they fail, with the mails of what was told the first time', async () => {
    // given somebody who wants each mail, and a fault after the notices are written and before the mails are planned
    const identity = { authority: app.authority, person: 'head-nv' };
    const chosen = await choosePreferences(app.deps, identity, { mail: 'daily', hour: 8, language: 'vi', kinds: ['turn'] });
    await app.deps.store.preferences.save({ ...chosen, address: 'head-nv@vi-du.example', revision: chosen.revision + 1 });
    const plan = await openPlan(app);
    await app.relay.settle();
    const { preferences } = app.deps.store;
    const { of } = preferences;
    let failures = 0;
    Object.assign(preferences, {
      of: (...asked: Parameters<typeof of>) => {
        if (failures > 0) return of(...asked);
        failures += 1;
        return Promise.reject(new Error('cut off'));
      },
    });
    // when
    await must(app, plan.id, 'off-nv', 'SUBMIT');
    await app.relay.settle();
    Object.assign(preferences, { of });
    // then
    expect(failures).to.equal(1);
    expect(await rowOf(`${plan.id}/2/0`)).to.include({ open: false, state: 'done', token: 2 });
    expect(await notices(plan.id)).to.have.length(1);
    expect(await app.connection.collection('outbox').countDocuments({ kind: 'digest', 'params.person': 'head-nv' })).to.equal(1);
  });

  it('run again for whoever carries the same entry again: it is known then', async () => {
    const { relay } = app.deps.store;
    const plan = await openPlan(app);
    await app.relay.settle();
    const [stored] = await app.deps.store.instances.history(app.authority, plan.id, 1, 1);
    const item: HandOver = { authority: app.authority, instance: plan.id, seq: 1, bytes: stored?.bytes ?? '' };
    const again = await relay.carryEntries([item]);
    expect([...again.known]).to.deep.equal([item]);
    expect([...again.parked]).to.deep.equal([]);
  });
});
