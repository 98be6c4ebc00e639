import { expect } from 'chai';
import { idOfChild } from '../../src/commands/open.js';
import { act, must, openPlan, putInForce, startApplication, type TestApplication } from '../support/application.js';
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
    expect(await codes(act(app, plan.id, 'cons', 'CLOSE'))).to.deep.equal(['childrenOpen', 'planNotCovered']);
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
});
