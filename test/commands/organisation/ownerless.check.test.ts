import { expect } from 'chai';
import { checkOwners, checkPart } from '../../../src/commands/organisation/ownerless.js';
import { makeDirectoryStore } from '../../../src/store/directory.js';
import { must, openPlan, putInForce, startApplication, type TestApplication } from '../../support/application.js';
import { openReport, province } from '../../support/province.js';
import { town } from '../../support/town.js';

describe('the check that every open duty has an owner', () => {
  let app: TestApplication;
  before(async () => {
    app = await startApplication('ownerless');
  });
  after(() => app.close());

  const found = async () =>
    (await checkOwners(app.deps, app.authority)).ownerless.map(({ instance, commands, endedUnits }) => [
      instance,
      [...new Set(commands.map(({ reason, keys }) => `${reason} ${keys.join(' ')}`))].join('; '),
      endedUnits.join(),
    ]);
  const base = town('ownerless');
  const change = async (records: Parameters<typeof app.deps.store.directory.change>[1]): Promise<void> => {
    const { revision } = await app.deps.store.directory.snapshot(app.authority);
    expect(await app.deps.store.directory.change(app.authority, records, revision)).to.equal(true);
  };
  const held = (id: string) => {
    const one = base.appointments.find((record) => record.id === id);
    if (one === undefined) throw new Error(id);
    return one;
  };

  it('names exactly what lost its owner when a post ends, and for which reason', async () => {
    const review = await openPlan(app);
    await must(app, review.id, 'off-nv', 'SUBMIT');
    const report = await openReport(app, app.authority, 'p3', 'p3');
    const other = await openReport(app, app.authority, 'p4', 'p4');
    await putInForce(app, await openPlan(app));
    await app.relay.settle();
    expect(await found()).to.deep.equal([]);
    // when the head of a ward leaves
    await change({ appointments: [{ ...held('a-head-p3-p3'), to: '2026-03-01' }] });
    expect(await found()).to.deep.equal([[report.id, 'vacant post:p3/head', '']]);
    // when another one is shut out
    const person = base.people.find(({ id }) => id === 'head-p4');
    if (person === undefined) throw new Error('head-p4');
    await change({ people: [{ ...person, disabled: true }] });
    expect(await found()).to.have.deep.members([
      [report.id, 'vacant post:p3/head', ''],
      [other.id, 'disabled post:p4/head', ''],
    ]);
    // and each has an owner again when somebody follows
    await change({
      people: [person],
      appointments: [{ ...held('a-head-p3-p3'), id: 'a-next', person: 'stranger', from: '2026-03-02' }],
    });
    expect(await found()).to.deep.equal([]);
    // when the unit itself ends, the unit is named beside the vacant post
    const unit = base.units.find(({ id }) => id === 'p3');
    if (unit === undefined) throw new Error('p3');
    await change({ units: [{ ...unit, validTo: '2026-03-01' }] });
    expect(await found()).to.deep.equal([[report.id, 'vacant post:p3/head', 'p3']]);
    await change({ units: [unit] });
  });

  it('names what only those could do who are barred by separation of duties', async () => {
    // given a paper drafted by the head of its unit
    const plan = await openPlan(app);
    const draftedByHead = { ...plan.context, drafter: 'head-nv' };
    await app.connection
      .collection('instances')
      .updateOne(
        { _id: plan.id as never },
        { $set: { context: draftedByHead, 'visits.marker': { revision: 1, due: null, dueRevision: 1 } } },
      );
    app.deps.held.drop(plan.id);
    await must(app, plan.id, 'head-nv', 'SUBMIT');
    const [first] = (await checkOwners(app.deps, app.authority)).ownerless;
    expect(first?.instance).to.equal(plan.id);
    expect(first?.commands).to.deep.include({ command: 'APPROVE_CONTENT', reason: 'barred', keys: ['post:nv/head'] });
    expect(first?.commands.some(({ command }) => command === 'APPROVE_FORM')).to.equal(false);
  });

  it('looks at every open instance once, page by page, on an index', async () => {
    const authority = 'ownerless-pages';
    await app.deps.store.directory.save(province(authority, 4));
    app.clock.set('2025-06-30T02:00:00.000Z');
    const ids: string[] = [];
    for (let n = 0; n < 230; n += 1) ids.push((await openReport(app, authority, `w${(n % 4) + 1}`, `k${n}`)).id);
    // given two originators, so that the walk passes from one range of the index to the next in the middle of a page
    const rows = app.connection.collection('instances');
    await rows.updateMany({ _id: { $in: ids.slice(0, 50) as never[] } }, { $set: { originator: 'cons' } });
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof app.deps.store.instances.openPage>> = await app.deps.store.instances.openPage({
        authority,
        by: null,
        after,
        limit: 100,
      });
      seen.push(...page.rows.map(({ held: { instance } }) => instance.id));
      after = page.next;
    } while (after !== null);
    expect(seen).to.have.lengthOf(230);
    expect(new Set(seen)).to.deep.equal(new Set(ids));
    const part = await checkPart(app.deps, authority, null, 100);
    expect([part.checked, part.next === null]).to.deep.equal([100, false]);
    const rest = await checkPart(app.deps, authority, part.next, 1_000);
    expect([rest.checked, rest.next]).to.deep.equal([130, null]);
    const plan = await rows.find({ authority, open: true }).sort({ originator: 1, _id: 1 }).limit(100).explain();
    const { winningPlan } = (plan as { queryPlanner: { winningPlan: unknown } }).queryPlanner;
    expect(JSON.stringify(winningPlan)).to.include('"indexName":"originator"').and.not.include('"stage":"SORT"');
  });

  it('rests on a directory that is never overwritten unseen: a change on an old revision writes nothing', async () => {
    const store = makeDirectoryStore(app.connection);
    const { revision, units } = await store.snapshot(app.authority);
    const [first] = units;
    if (first === undefined) throw new Error('units');
    expect(await store.change(app.authority, { units: [{ ...first, kind: 'changed' }] }, revision - 1)).to.equal(false);
    expect((await store.snapshot(app.authority)).revision).to.equal(revision);
    expect(await store.change(app.authority, { units: [{ ...first, kind: 'changed' }] }, revision)).to.equal(true);
    const after = await store.snapshot(app.authority);
    expect([after.revision, after.units.find(({ id }) => id === first.id)?.kind]).to.deep.equal([revision + 1, 'changed']);
  });
});
