import { expect } from 'chai';
import { perform } from '../../src/commands/perform.js';
import type { LeasedEffect } from '../../src/commands/relayPorts.js';
import { notify } from '../../src/effects/notify.js';
import { newKey, openPlan, startApplication, type TestApplication } from '../support/application.js';

describe('notices of turns that passed before they were told', () => {
  let app: TestApplication;
  before(async () => {
    app = await startApplication('notices-passed');
  });
  after(() => app.close());

  /** Acts, and leaves the effects to the test. */
  async function quietly(instance: string, actor: string, command: string, more: object = {}): Promise<void> {
    const ask = { authority: app.authority, instance, actor, command, key: newKey(), ...more };
    const outcome = await perform({ ...app.deps, handOver: () => undefined }, ask);
    expect(outcome.kind).to.equal('accepted');
  }
  const effect = (instance: string, revision: number, command: string, actor: string): LeasedEffect => ({
    id: `${instance}/${revision}/0`,
    kind: 'notify',
    params: { turn: true, command, actor, revision },
    dueAt: null,
    authority: app.authority,
    instance,
    token: 1,
    attempts: 0,
  });
  const told = async (person: string, instance: string) =>
    (await app.deps.store.notices.listFor(app.authority, person, 200))
      .filter((notice) => notice.instance === instance)
      .map(({ open, params }) => [open, params.command ?? null]);

  it('tell nobody, where a later entry tells; that one says why', async () => {
    // given a plan that is back with its drafter before anybody was told that it was submitted
    const plan = await openPlan(app);
    await app.relay.settle();
    await quietly(plan.id, 'off-nv', 'SUBMIT');
    await quietly(plan.id, 'head-nv', 'RETURN', { saw: plan.content ?? '', input: { reason: 'Thiếu căn cứ' } });
    expect(app.deps.held.lastTold(plan.id)).to.equal(3);
    // when the first effect runs
    await notify(app.deps, [effect(plan.id, 2, 'SUBMIT', 'off-nv')]);
    for (const person of ['off-nv', 'head-nv', 'form']) expect(await told(person, plan.id), person).to.deep.equal([]);
    // then the second
    await notify(app.deps, [effect(plan.id, 3, 'RETURN', 'head-nv')]);
    expect(await told('off-nv', plan.id)).to.deep.equal([[true, 'RETURN']]);
    for (const person of ['head-nv', 'form']) expect(await told(person, plan.id), person).to.deep.equal([]);
  });

  it('but where a turn still stands it is told with what began it, and nothing is closed in passing', async () => {
    // given two reviewers side by side, of whom one is done before the other is told
    const plan = await openPlan(app);
    await app.relay.settle();
    await quietly(plan.id, 'off-nv', 'SUBMIT');
    await quietly(plan.id, 'head-nv', 'APPROVE_CONTENT', { saw: plan.content ?? '' });
    await notify(app.deps, [effect(plan.id, 2, 'SUBMIT', 'off-nv')]);
    expect(await told('form', plan.id)).to.deep.equal([[true, 'SUBMIT']]);
    await notify(app.deps, [effect(plan.id, 3, 'APPROVE_CONTENT', 'head-nv')]);
    expect(await told('form', plan.id)).to.deep.equal([[true, 'SUBMIT']]);
    expect(await told('head-nv', plan.id)).to.deep.equal([]);
  });

  it('are told as ever by a process that knows of no later entry', async () => {
    const plan = await openPlan(app);
    await app.relay.settle();
    await quietly(plan.id, 'off-nv', 'SUBMIT');
    await quietly(plan.id, 'head-nv', 'RETURN', { saw: plan.content ?? '', input: { reason: 'Thiếu căn cứ' } });
    app.deps.held.drop(plan.id);
    await notify(app.deps, [effect(plan.id, 2, 'SUBMIT', 'off-nv')]);
    expect(await told('off-nv', plan.id)).to.deep.equal([[true, null]]);
  });
});
