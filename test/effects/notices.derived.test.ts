import { expect } from 'chai';
import type { Closing, StoredNotice } from '../../src/commands/notices/ports.js';
import type { LeasedEffect } from '../../src/commands/relayPorts.js';
import { notify } from '../../src/effects/notify.js';
import type { Delegation, Directory } from '../../src/office/organisation/directory.js';
import { must, openPlan, startApplication, type TestApplication } from '../support/application.js';
import { town } from '../support/town.js';

describe('notices', () => {
  let app: TestApplication;
  before(async () => {
    app = await startApplication('derived');
  });
  afterEach(() => app.deps.store.directory.save(town(app.authority)));
  after(() => app.close());

  async function of(person: string, instance: string): Promise<readonly StoredNotice[]> {
    await app.relay.settle();
    return (await app.deps.store.notices.listFor(app.authority, person, 200)).filter((notice) => notice.instance === instance);
  }
  const told = async (person: string, instance: string) =>
    (await of(person, instance)).map(({ kind, open, params }) => [kind, open, params.command ?? null]);
  const withRecords = (more: Partial<Directory>) => app.deps.store.directory.save({ ...town(app.authority), ...more });
  const delegation = (delegator: string, delegate: string, more: Partial<Delegation> = {}): Delegation => ({
    id: `d-${delegator}-${delegate}`,
    delegator,
    delegate,
    definitions: null,
    types: null,
    commands: null,
    from: '2026-03-01',
    to: '2026-03-31',
    revokedAt: null,
    reason: 'Đi công tác',
    ...more,
  });

  it('reach those who can act now and nobody else; each closes when its person is done', async () => {
    const plan = await openPlan(app);
    expect(await told('off-nv', plan.id), 'opened by himself').to.deep.equal([]);
    await must(app, plan.id, 'off-nv', 'SUBMIT');
    expect(await told('head-nv', plan.id)).to.deep.equal([['turn', true, 'SUBMIT']]);
    expect(await told('form', plan.id)).to.deep.equal([['turn', true, 'SUBMIT']]);
    for (const person of ['off-nv', 'deputy', 'clerk', 'head-vhtt', 'stranger'])
      expect(await told(person, plan.id), person).to.deep.equal([]);
    // when one of the two has approved
    await must(app, plan.id, 'head-nv', 'APPROVE_CONTENT', { saw: plan.content ?? '' });
    expect(await told('head-nv', plan.id)).to.deep.equal([['turn', false, 'SUBMIT']]);
    expect(await told('form', plan.id), 'the other is not told twice').to.deep.equal([['turn', true, 'SUBMIT']]);
    await must(app, plan.id, 'form', 'APPROVE_FORM', { saw: plan.content ?? '' });
    expect(await told('form', plan.id)).to.deep.equal([['turn', false, 'SUBMIT']]);
    expect(await told('deputy', plan.id)).to.deep.equal([['turn', true, 'APPROVE_FORM']]);
  });

  it('tell the originator outcome and reason, and reopen nothing of the first round', async () => {
    const plan = await openPlan(app);
    await must(app, plan.id, 'off-nv', 'SUBMIT');
    await app.relay.settle();
    await must(app, plan.id, 'head-nv', 'RETURN', { saw: plan.content ?? '', input: { reason: 'Thiếu căn cứ pháp lý' } });
    const [back] = await of('off-nv', plan.id);
    // it is his turn again: one notice says both, with the reason
    expect(back).to.deep.include({ kind: 'turn', open: true });
    expect(back?.params).to.deep.equal({ command: 'RETURN', actor: 'head-nv', reason: 'Thiếu căn cứ pháp lý' });
    await must(app, plan.id, 'off-nv', 'SUBMIT');
    expect(await told('head-nv', plan.id)).to.deep.equal([
      ['turn', true, 'SUBMIT'],
      ['turn', false, 'SUBMIT'],
    ]);
    // discarded by the head: the end, which nobody has to act upon
    await must(app, plan.id, 'off-nv', 'RECALL');
    await must(app, plan.id, 'head-nv', 'DISCARD', { input: { reason: 'Trùng văn bản' } });
    const outcome = (await of('off-nv', plan.id)).find(({ kind }) => kind === 'outcome');
    expect(outcome).to.deep.include({ visit: null, open: true });
    expect(outcome?.params).to.include({ command: 'DISCARD', reason: 'Trùng văn bản' });
    const all = [...(await of('head-nv', plan.id)), ...(await of('form', plan.id)), ...(await of('off-nv', plan.id))];
    expect(all.filter(({ kind, open }) => kind === 'turn' && open)).to.deep.equal([]);
  });

  it('reach a delegate within the scope of his delegation, by its definition, type and command', async () => {
    await withRecords({
      delegations: [
        delegation('head-nv', 'head-vhtt', { definitions: ['document'], types: ['KH'], commands: ['APPROVE_CONTENT'] }),
        delegation('head-nv', 'off-vhtt', { types: ['QĐ'] }),
        delegation('head-nv', 'cons', { commands: ['SIGN'] }),
        delegation('head-nv', 'audit', { definitions: ['report'] }),
        delegation('head-nv', 'chair', { to: '2026-03-01' }),
        delegation('head-nv', 'clerk', { revokedAt: '2026-03-01T00:00:00.000Z' }),
        // the drafter may approve for nobody what he wrote himself
        delegation('head-nv', 'off-nv'),
      ],
    });
    const plan = await openPlan(app);
    await must(app, plan.id, 'off-nv', 'SUBMIT');
    const [delegated] = await of('head-vhtt', plan.id);
    expect(delegated).to.deep.include({ kind: 'turn', open: true });
    expect(delegated?.params.onBehalfOf).to.equal('head-nv');
    for (const person of ['off-vhtt', 'cons', 'audit', 'chair', 'clerk', 'off-nv'])
      expect(await told(person, plan.id), person).to.deep.equal([]);
    // closed with the item, whoever of the two did it
    await must(app, plan.id, 'head-nv', 'APPROVE_CONTENT', { saw: plan.content ?? '' });
    expect((await of('head-vhtt', plan.id)).map(({ open }) => open)).to.deep.equal([false]);
  });

  it('never reach who is disabled, nor who has lost the post before they are told', async () => {
    const base = town(app.authority);
    const plan = await openPlan(app);
    await app.relay.settle();
    await withRecords({
      people: base.people.map((person) => (person.id === 'form' ? { ...person, disabled: true } : person)),
      appointments: base.appointments.map((one) => (one.person === 'head-nv' ? { ...one, to: '2026-03-01' } : one)),
    });
    await must(app, plan.id, 'off-nv', 'SUBMIT');
    expect(await told('form', plan.id)).to.deep.equal([]);
    expect(await told('head-nv', plan.id)).to.deep.equal([]);
  });

  it('close for who has lost the post, with the next step at the latest', async () => {
    const base = town(app.authority);
    const plan = await openPlan(app);
    await must(app, plan.id, 'off-nv', 'SUBMIT');
    expect(await told('form', plan.id)).to.deep.equal([['turn', true, 'SUBMIT']]);
    await withRecords({
      appointments: base.appointments.map((one) => (one.person === 'form' ? { ...one, to: '2026-03-01' } : one)),
    });
    await must(app, plan.id, 'head-nv', 'APPROVE_CONTENT', { saw: plan.content ?? '' });
    expect(await told('form', plan.id)).to.deep.equal([['turn', false, 'SUBMIT']]);
  });

  it('of an instance that has moved on tell only who can act now, with what happened last', async () => {
    // given two steps whose effects run together, the first one after the second
    const plan = await openPlan(app);
    await must(app, plan.id, 'off-nv', 'SUBMIT');
    await app.relay.settle();
    await must(app, plan.id, 'off-nv', 'RECALL');
    await app.relay.settle();
    const effect = (revision: number, command: string): LeasedEffect => ({
      id: `${plan.id}/${revision}/9`,
      kind: 'notify',
      params: { turn: true, command, actor: 'off-nv', revision },
      dueAt: null,
      authority: app.authority,
      instance: plan.id,
      token: 1,
      attempts: 0,
    });
    // when the effect of SUBMIT runs again, late
    const ends = await notify(app.deps, [effect(2, 'SUBMIT')]);
    expect(ends.map(({ outcome }) => outcome)).to.deep.equal([{ kind: 'done' }]);
    // then the reviewers, who can do nothing now, are not told again
    expect((await of('head-nv', plan.id)).map(({ open }) => open)).to.deep.equal([false]);
    expect((await of('form', plan.id)).map(({ open }) => open)).to.deep.equal([false]);
  });

  it('told by a process that has missed a step of another are closed by the same batch', async () => {
    // given a process that still holds the instance as submitted, when it has been recalled elsewhere
    const plan = await openPlan(app);
    await must(app, plan.id, 'off-nv', 'SUBMIT');
    const behind = app.deps.held.get(app.authority, plan.id);
    if (behind === undefined) throw new Error('not held');
    await must(app, plan.id, 'off-nv', 'RECALL');
    await app.relay.settle();
    await app.connection.collection('notices').deleteMany({ instance: plan.id });
    const held = { ...app.deps.held, get: () => behind };
    const params = { turn: true, command: 'SUBMIT', actor: 'off-nv', revision: behind.instance.revision };
    const effect = { id: `${plan.id}/2/0`, kind: 'notify', params, dueAt: null, token: 1, attempts: 0 };
    await notify({ ...app.deps, held }, [{ ...effect, authority: app.authority, instance: plan.id }]);
    // then nothing stays open for the head, who could not act
    expect((await of('head-nv', plan.id)).map(({ open }) => open)).to.deep.equal([false]);
  });

  it('opened on a state that passed between read and write are closed by the same batch', async () => {
    // given a step that falls between the handler's read and its write
    const plan = await openPlan(app);
    await app.relay.settle();
    const { store } = app.deps;
    const closings: Closing[] = [];
    let moved = false;
    const racing = {
      ...app.deps,
      store: {
        ...store,
        notices: {
          ...store.notices,
          write: async (...[notices, over, around]: Parameters<typeof store.notices.write>) => {
            if (!moved) {
              moved = true;
              await must(app, plan.id, 'off-nv', 'RECALL');
              await app.relay.settle();
            }
            closings.push(...over);
            return store.notices.write(notices, over, around);
          },
        },
      },
    };
    await must(app, plan.id, 'off-nv', 'SUBMIT');
    const submitted = (await store.instances.views(app.authority, [plan.id]))[0];
    await app.relay.settle();
    await app.connection.collection('notices').deleteMany({ instance: plan.id });
    await notify(racing, [
      {
        id: `${plan.id}/2/0`,
        kind: 'notify',
        params: { turn: true, command: 'SUBMIT', actor: 'off-nv', revision: submitted?.instance.revision ?? 0 },
        dueAt: null,
        authority: app.authority,
        instance: plan.id,
        token: 1,
        attempts: 0,
      },
    ]);
    expect(closings.length).to.be.greaterThan(1);
    expect((await of('head-nv', plan.id)).map(({ open }) => open)).to.deep.equal([false]);
    expect((await of('form', plan.id)).map(({ open }) => open)).to.deep.equal([false]);
  });

  it('plan at most one outbox row a command', async () => {
    const rows = await app.connection.collection('outbox').find({ kind: 'notify' }).toArray();
    const commands = rows.map(({ _id }) => String(_id).split('/').slice(0, 2).join('/'));
    expect(commands.length).to.be.greaterThan(10);
    expect(new Set(commands).size).to.equal(commands.length);
  });
});
