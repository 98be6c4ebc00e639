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

  // The relay does not hear of what is asked for through this one.
  const mute = () => ({ ...app, deps: { ...app.deps, handOver: () => undefined } });
  const opened = (id: string) => app.deps.store.instances.load(app.authority, id);

  it('is not closed over a duty that was asked for and is still to be opened', async () => {
    // given a directive that is asked for, and whose opening still waits
    const plan = await putInForce(app, await openPlan(app));
    await reviewAll(app, plan, ['II.2']);
    await app.relay.settle();
    await must(mute(), plan.id, 'cons', 'OPEN_DIRECTIVE', { input: { clause: 'II.2', title: 'Việc ví dụ' } });
    const id = idOfChild(app.authority, { id: plan.id, kind: 'directive', key: 'II.2' });
    expect(await opened(id)).to.equal(null);
    // then the plan counts it, before it is there and after
    for (const isThere of [false, true]) {
      const outcome = await act(mute(), plan.id, 'cons', 'CLOSE');
      const [blocker] = outcome.kind === 'refused' ? outcome.blockers : [];
      expect(blocker).to.deep.include({ code: 'childrenOpen', params: { kind: 'directive', count: 1, examples: [id] } });
      expect((await opened(id)) !== null).to.equal(isThere);
      await app.relay.settle();
    }
  });

  it('opens no child that was asked for before it ended', async () => {
    // given a paper that was sent, and whose deliveries still wait to be opened
    const paper = await openPlan(app);
    await app.relay.settle();
    await putInForce(mute(), paper);
    // when it is withdrawn before
    await must(mute(), paper.id, 'deputy', 'WITHDRAW', { input: { reason: 'Ban hành nhầm' } });
    await app.relay.settle();
    // then nothing stays open below a paper that ended, and the effect says why
    expect(await app.deps.store.instances.children(app.authority, paper.id)).to.deep.equal([]);
    const row = await app.connection
      .collection('outbox')
      .findOne({ authority: app.authority, instance: paper.id, 'params.kind': 'delivery' });
    expect(row?.outcome).to.deep.include({ kind: 'obsolete', note: 'parentEnded' });
  });
});
