import { expect } from 'chai';
import { inboxFor } from '../../src/commands/inbox.js';
import { open } from '../../src/commands/open.js';
import type { JsonObject } from '../../src/engine/json.js';
import type { Grant } from '../../src/office/organisation/directory.js';
import { mayRead, readableOf, readerOf, readFilter } from '../../src/office/organisation/visibility.js';
import { must, newKey, startApplication, type TestApplication } from '../support/application.js';
import { plan } from '../support/papers.js';

describe('commands/inbox: who signs by a written grant', () => {
  let app: TestApplication;
  before(async () => {
    app = await startApplication('inboxgrants');
  });
  after(() => app.close());

  const grant = (more: Partial<Grant> = {}): Grant => ({
    id: 'order',
    kind: 'TUQ',
    grantor: { unit: 'ubnd', post: 'chair' },
    grantee: { unit: 'nv', post: 'head' },
    types: ['KH'],
    units: ['vhtt'],
    subject: 'Kế hoạch của Phòng Văn hóa và Thông tin',
    from: '2009-01-01',
    to: '2099-12-31',
    revokedAt: null,
    passable: false,
    decision: '15/QĐ-UBND ngày 04/01/2010',
    ...more,
  });
  const record = async (...grants: readonly Grant[]): Promise<void> => {
    const { directory } = app.deps.store;
    const { revision } = await directory.snapshot(app.authority);
    expect(await directory.change(app.authority, { grants }, revision)).to.equal(true);
  };
  /** A plan of the division for culture, laid before the signatory. */
  const laidBefore = async (): Promise<string> => {
    const content = await app.deps.store.contents.put(app.authority, { ...plan, title: newKey() } as unknown as JsonObject);
    const context = { drafter: 'off-vhtt', draftingUnit: 'vhtt', type: 'KH', title: 'Kế hoạch ví dụ' };
    const ask = { authority: app.authority, definition: 'document', context, content, actor: 'off-vhtt', key: newKey() };
    const opened = await open(app.deps, ask);
    if (opened.kind !== 'accepted') throw new Error(JSON.stringify(opened.blockers));
    const { id } = opened.instance;
    await must(app, id, 'off-vhtt', 'SUBMIT');
    await must(app, id, 'head-vhtt', 'APPROVE_CONTENT', { saw: content });
    await must(app, id, 'form', 'APPROVE_FORM', { saw: content });
    return id;
  };
  /** Where the head of another division meets the paper: inbox, page, list. */
  const meets = async (id: string, person = 'head-nv') => {
    const { store, clock } = app.deps;
    const [now, directory] = [clock.now(), await store.directory.snapshot(app.authority)];
    const reader = readerOf(directory, person, now);
    const { items } = await inboxFor(app.deps, { directory, reader, now, after: null, limit: 50 });
    const view = await store.instances.view(app.authority, id);
    if (view === null) throw new Error('gone');
    const asked = { definition: null, parent: null, open: null, originator: null, after: null, limit: 100 };
    const rows = await store.instances.list({ filter: readFilter(reader), ...asked });
    return [
      items.some(({ row }) => row.id === id),
      mayRead(reader, readableOf(view.instance, view.readers)),
      rows.some((row) => row.id === id),
    ];
  };
  const everywhere = [true, true, true];
  const nowhere = [false, false, false];

  it('meets a paper that was waiting when the grant was made, and no longer once it is revoked or over', async () => {
    // given a paper that waits for the chair, who has given nothing
    await record();
    const id = await laidBefore();
    expect(await meets(id)).to.deep.equal(nowhere);
    // when a grant is recorded, nothing else
    await record(grant());
    // then
    expect(await meets(id)).to.deep.equal(everywhere);
    // and when it is revoked, or its last day has passed
    await record(grant({ revokedAt: app.deps.clock.now() }));
    expect(await meets(id)).to.deep.equal(nowhere);
    await record(grant({ to: '2009-12-31' }));
    expect(await meets(id)).to.deep.equal(nowhere);
  });

  it('meets nothing outside its types and units, and nothing of the grantor beside it', async () => {
    await record();
    const id = await laidBefore();
    for (const outside of [{ types: ['QĐ'] }, { units: ['ld'] }, { grantor: { unit: 'ubnd', post: 'deputyChair' } }]) {
      await record(grant(outside));
      expect(await meets(id), JSON.stringify(outside)).to.deep.equal(nowhere);
    }
  });

  it('lends reading to his delegate within both bounds, and signing never', async () => {
    const id = await laidBefore();
    const { directory } = app.deps.store;
    const lend = async (types: readonly string[] | null) => {
      const { revision, delegations } = await directory.snapshot(app.authority);
      const mine = { definitions: null, commands: null, from: '2009-01-01', to: '2099-12-31', revokedAt: null, reason: 'Đi họp' };
      const lent = { id: 'lent', delegator: 'head-nv', delegate: 'off-nv', types, ...mine };
      const others = delegations.filter((one) => one.id !== 'lent');
      expect(await directory.change(app.authority, { grants: [grant()], delegations: [...others, lent] }, revision)).to.equal(
        true,
      );
    };
    await lend(null);
    expect(await meets(id, 'off-nv')).to.deep.equal([false, true, true]);
    await lend(['QĐ']);
    expect(await meets(id, 'off-nv')).to.deep.equal(nowhere);
  });
});
