import { expect } from 'chai';
import { keysMax, makeHeldCache } from '../../src/commands/held.js';
import { perform } from '../../src/commands/perform.js';
import { act, must, newKey, openPlan, startApplication, type TestApplication } from '../support/application.js';
import { town } from '../support/town.js';

describe('held: what a process remembers of an instance', () => {
  let app: TestApplication;
  before(async () => {
    app = await startApplication('held');
  });
  after(() => app.close());

  it('is no way into another authority, whose people may bear the same ids', async () => {
    // given a second authority in the same process, and a plan of the first that is held in memory
    await app.deps.store.directory.save(town('held-other'));
    const plan = await openPlan(app);
    await must(app, plan.id, 'off-nv', 'EDIT', { input: { content: plan.content ?? '' } });
    // when a person of the second, with the id of the drafter, acts on it
    const foreign = { authority: 'held-other', instance: plan.id, actor: 'off-nv', command: 'SUBMIT', key: newKey() };
    const error = await perform(app.deps, foreign).catch((thrown: unknown) => thrown);
    // then there is no such instance for him, and nothing happened
    expect(error).to.have.property('code', 'notFound');
    expect((await app.deps.store.instances.load(app.authority, plan.id))?.instance.revision).to.equal(2);
  });

  it('does not hide a key that another process used, once the list of keys has rolled over', async () => {
    // given a process that has seen every key of an instance so far
    const plan = await openPlan(app);
    const input = { content: plan.content ?? '' };
    await must(app, plan.id, 'off-nv', 'EDIT', { input });
    // when another process uses a key that this one has not seen
    const other = await startApplication('held', { authority: app.authority, clock: app.clock });
    const edit = { authority: app.authority, instance: plan.id, actor: 'off-nv', command: 'EDIT', key: newKey(), input };
    expect((await perform({ ...other.deps, handOver: () => undefined }, edit)).kind).to.equal('accepted');
    await other.close();
    // whose entry this one carries on for it
    await app.relay.settle();
    // and this one goes on from a page that named the revision, until the list has rolled over
    await must(app, plan.id, 'off-nv', 'EDIT', { input, ifRevision: 3 });
    for (let index = 0; index < keysMax + 2; index += 1) await must(app, plan.id, 'off-nv', 'EDIT', { input });
    await app.relay.settle();
    // then the same request is still the same request
    const again = await perform(app.deps, edit);
    expect(again.kind === 'accepted' && [again.replayed, again.entry.seq]).to.deep.equal([true, 3]);
  });

  it('is forgotten where a fresh read finds another revision, and only there', async () => {
    const plan = await openPlan(app);
    await act(app, plan.id, 'off-nv', 'EDIT', { input: { content: plan.content ?? '' } });
    const held = await app.deps.store.instances.load(app.authority, plan.id);
    if (held === null) throw new Error('no plan');
    const cache = makeHeldCache();
    cache.set(held);
    cache.agree(held);
    expect(cache.get(app.authority, plan.id)).to.equal(held);
    cache.agree({ ...held, instance: { ...held.instance, revision: held.instance.revision + 1 } });
    expect(cache.get(app.authority, plan.id)).to.equal(undefined);
  });
});
