import { expect } from 'chai';
import { open } from '../../src/commands/open.js';
import { newKey, startApplication, type TestApplication } from '../support/application.js';
import { town } from '../support/town.js';

describe('open: the same key again', () => {
  let app: TestApplication;
  before(async () => {
    app = await startApplication('openreplay');
  });
  after(() => app.close());

  it('gives the same answer also after the right to open has ended, and opens nothing new then', async () => {
    // given a plan that somebody opened for the drafter who had lent him his place
    const lent = (revokedAt: string | null) => ({
      ...town(app.authority),
      delegations: [
        {
          id: 'd-1',
          delegator: 'off-nv',
          delegate: 'off-vhtt',
          definitions: null,
          types: null,
          commands: null,
          from: '2000-01-01',
          to: '2099-12-31',
          revokedAt,
          reason: 'Đi công tác',
        },
      ],
    });
    await app.deps.store.directory.save(lent(null));
    const context = { drafter: 'off-nv', draftingUnit: 'nv', type: 'KH', title: 'Kế hoạch ví dụ' };
    const ask = { authority: app.authority, definition: 'document', context, actor: 'off-vhtt', key: newKey() };
    const first = await open(app.deps, ask);
    // when the delegation is revoked and the lost answer is asked for again
    await app.deps.store.directory.save(lent('2001-01-01T00:00:00.000Z'));
    const again = await open(app.deps, ask);
    // then
    expect(first.kind === 'accepted' && again.kind === 'accepted' && [again.replayed, again.entry]).to.deep.equal([
      true,
      first.kind === 'accepted' && first.entry,
    ]);
    expect((await open(app.deps, { ...ask, key: newKey() })).kind).to.equal('refused');
  });
});
