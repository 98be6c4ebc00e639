import { expect } from 'chai';
import { idOfChild } from '../../src/commands/open.js';
import type { Instance } from '../../src/engine/instance.js';
import { must, openPlan, putInForce, startApplication, type TestApplication } from '../support/application.js';
import { reviewAll } from '../support/clauses.js';

describe('a directive that is suspended', function () {
  this.timeout(30_000);
  let app: TestApplication;
  let directive: string;
  const duties = ['p1', 'p2', 'p3'];
  before(async () => {
    app = await startApplication('suspended-directive');
    app.clock.set('2026-03-02T02:00:00.000Z');
    const plan = await putInForce(app, await openPlan(app));
    await reviewAll(app, plan, ['II.9']);
    await must(app, plan.id, 'cons', 'OPEN_DIRECTIVE', { input: { clause: 'II.9', title: 'Việc ví dụ', dueOn: '2026-03-31' } });
    await app.relay.settle();
    directive = idOfChild(app.authority, { id: plan.id, kind: 'directive', key: 'II.9' });
    await must(app, directive, 'cons', 'ASSIGN', { input: { lead: duties, each: true, dueOn: '2026-03-31' } });
    await app.relay.settle();
    // p1 is at work, p2 was suspended by the consolidator, p3 contests
    await must(app, dutyOf('p1'), 'head-p1', 'ACCEPT');
    await must(app, dutyOf('p2'), 'head-p2', 'ACCEPT');
    await must(app, dutyOf('p2'), 'cons', 'SUSPEND', { input: { reason: 'Chờ kinh phí' } });
    await must(app, dutyOf('p3'), 'head-p3', 'CONTEST', { input: { contested: 'Không thuộc chức năng' } });
  });
  after(() => app.close());

  const dutyOf = (unit: string) => idOfChild(app.authority, { id: directive, kind: 'assignment', key: unit });
  async function held(unit: string): Promise<Instance> {
    const found = await app.deps.store.instances.load(app.authority, dutyOf(unit));
    if (found === null) throw new Error(`no duty of ${unit}`);
    return found.instance;
  }
  const ledgerOf = async (unit: string) => (await held(unit)).context.suspensions as Record<string, unknown>[];
  const parked = async () => (await app.deps.store.outbox.counts(app.authority)).parked;

  it('suspends every duty that is open, each with its reason, whatever it waits for', async () => {
    app.clock.set('2026-03-09T02:00:00.000Z');
    await must(app, directive, 'deputy', 'SUSPEND', { input: { reason: 'Chờ Bộ hướng dẫn' } });
    await app.relay.settle();
    for (const unit of duties) {
      const line = (await ledgerOf(unit)).at(-1);
      expect(line, unit).to.deep.include({ to: null, reason: 'Chờ Bộ hướng dẫn', source: 'directive' });
    }
    expect((await held('p3')).state).to.equal('contested');
    expect(await parked()).to.equal(0);
  });

  it('resumes what it suspended, and leaves what somebody else suspended', async () => {
    app.clock.set('2026-03-11T02:00:00.000Z');
    await must(app, directive, 'deputy', 'RESUME');
    await app.relay.settle();
    expect((await held('p1')).state).to.deep.equal({ executing: 'working' });
    // Monday 9 and Tuesday 10 are given back
    expect((await held('p1')).visits['/executing']?.due).to.equal('2026-04-02T16:59:59.999Z');
    expect((await held('p2')).state).to.deep.equal({ executing: 'suspended' });
    expect((await ledgerOf('p2')).map(({ reason, to }) => [reason, to === null])).to.deep.equal([
      ['Chờ kinh phí', true],
      ['Chờ Bộ hướng dẫn', false],
    ]);
    const own = await app.deps.store.instances.load(app.authority, directive);
    expect(own?.instance.visits['/active']?.due).to.equal('2026-04-02T16:59:59.999Z');
    expect(await parked()).to.equal(0);
  });
});
