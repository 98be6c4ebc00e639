import { expect } from 'chai';
import { open } from '../../src/commands/open.js';
import { must, newKey, startApplication, type TestApplication } from '../support/application.js';

describe('store/inbox: for those who act for another', () => {
  let app: TestApplication;
  before(async () => {
    app = await startApplication('inboxlent');
  });
  after(() => app.close());

  it('leaves out what the delegator himself is barred from, and nothing else', async () => {
    // given a head of division who drafts, and so approves neither content nor form of his own paper
    const openedBy = async (drafter: string) => {
      const content = await app.deps.store.contents.put(app.authority, { drafter });
      const context = { drafter, draftingUnit: 'nv', type: 'KH', title: `Kế hoạch của ${drafter}` };
      const ask = { authority: app.authority, definition: 'document', context, content, actor: drafter, key: newKey() };
      const outcome = await open(app.deps, ask);
      if (outcome.kind !== 'accepted') throw new Error('refused');
      await must(app, outcome.instance.id, drafter, 'SUBMIT');
      return outcome.instance.id;
    };
    const [own, officers] = [await openedBy('head-nv'), await openedBy('off-nv')];
    // when somebody looks at what waits for the post, for himself and for the head
    const ask = {
      authority: app.authority,
      person: 'head-vhtt',
      keys: ['post:nv/head'],
      definitions: null,
      after: null,
      limit: 10,
    };
    const idsOf = async (more: { delegator?: string }) =>
      (await app.deps.store.instances.inbox({ ...ask, ...more })).map(({ id }) => id);
    // then
    expect(await idsOf({})).to.have.members([own, officers]);
    expect(await idsOf({ delegator: 'head-nv' })).to.deep.equal([officers]);
  });
});
