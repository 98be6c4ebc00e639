import { expect } from 'chai';
import { idOfChild } from '../../src/commands/open.js';
import {
  act,
  must,
  openPlan,
  plan as paper,
  putInForce,
  startApplication,
  type TestApplication,
} from '../support/application.js';
import { reviewAll } from '../support/clauses.js';

describe('a plan and what is open below it', () => {
  let app: TestApplication;
  before(async () => {
    app = await startApplication('children');
  });
  after(() => app.close());

  const codes = async (outcome: ReturnType<typeof act>): Promise<readonly string[]> => {
    const answer = await outcome;
    return answer.kind === 'refused' ? answer.blockers.map((blocker) => blocker.code) : [];
  };

  it('is not withdrawn, replaced or closed over open duties', async () => {
    const plan = await putInForce(app, await openPlan(app));
    await reviewAll(app, plan, ['II.1']);
    await must(app, plan.id, 'cons', 'OPEN_DIRECTIVE', { input: { clause: 'II.1', title: 'Việc ví dụ' } });
    await app.relay.settle();
    expect(await codes(act(app, plan.id, 'deputy', 'WITHDRAW', { input: { reason: 'Ban hành nhầm' } }))).to.deep.equal([
      'childrenOpen',
    ]);
    expect(await codes(act(app, plan.id, 'system', 'REPLACE', { input: { by: 'x', reason: 'y' } }))).to.deep.equal([
      'childrenOpen',
    ]);
    expect(await codes(act(app, plan.id, 'deputy', 'REPLACE', { input: { by: 'x', reason: 'y' } }))).to.include('notYours');
    expect(await codes(act(app, plan.id, 'cons', 'CLOSE'))).to.deep.equal(['childrenOpen']);
  });

  it('opens no child that was asked for before it ended', async () => {
    // given a directive that is asked for, and whose opening still waits
    const plan = await putInForce(app, await openPlan(app));
    await reviewAll(app, plan, ['II.2']);
    await app.relay.settle();
    const late = await startApplication('children', { authority: app.authority, clock: app.clock });
    await late.relay.settle();
    const mute = { ...app, deps: { ...app.deps, handOver: () => undefined } };
    await must(mute, plan.id, 'cons', 'OPEN_DIRECTIVE', { input: { clause: 'II.2', title: 'Việc ví dụ' } });
    // when the plan is closed before it is opened
    await must(mute, plan.id, 'cons', 'CLOSE');
    await app.relay.settle();
    // then nothing stays open below a closed plan, and the effect says why
    const id = idOfChild(app.authority, { id: plan.id, kind: 'directive', key: 'II.2' });
    expect(await app.deps.store.instances.load(app.authority, id)).to.equal(null);
    const row = await app.connection
      .collection('outbox')
      .findOne({ authority: app.authority, instance: plan.id, 'params.kind': 'directive' });
    expect(row?.outcome).to.deep.include({ kind: 'obsolete', note: 'parentEnded' });
    await late.close();
  });

  it('has a period consolidated again when the first attempt was discarded, and never twice', async () => {
    const plan = await putInForce(app, await openPlan(app));
    const content = await app.deps.store.contents.put(app.authority, { ...paper, type: 'BC', symbol: 'BC-UBND' } as never);
    const input = { period: '2026-Q1', content, title: 'Tổng hợp quý I', draftingUnit: 'nv' };
    expect(await codes(act(app, plan.id, 'cons', 'CONSOLIDATE', { input: { ...input, draftingUnit: 'vhtt' } }))).to.deep.equal([
      'notOfUnit',
    ]);
    await must(app, plan.id, 'cons', 'CONSOLIDATE', { input });
    await app.relay.settle();
    expect(await codes(act(app, plan.id, 'cons', 'CONSOLIDATE', { input }))).to.deep.equal(['alreadyOpened']);
    const first = idOfChild(app.authority, { id: plan.id, kind: 'consolidation', key: '2026-Q1/1' });
    await must(app, first, 'cons', 'DISCARD', { input: { reason: 'Sai số liệu' } });
    await must(app, plan.id, 'cons', 'CONSOLIDATE', { input });
    await app.relay.settle();
    const second = idOfChild(app.authority, { id: plan.id, kind: 'consolidation', key: '2026-Q1/2' });
    expect((await app.deps.store.instances.load(app.authority, second))?.instance.state).to.equal('drafting');
  });
});
