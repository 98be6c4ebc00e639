import { expect } from 'chai';
import { idOfChild } from '../../src/commands/open.js';
import type { Instance } from '../../src/engine/instance.js';
import type { JsonObject } from '../../src/engine/json.js';
import { must, openPlan, putInForce, startApplication, type TestApplication } from '../support/application.js';
import { reviewAll } from '../support/clauses.js';

describe('a recurring duty', function () {
  this.timeout(60_000);
  let app: TestApplication;
  let directive: string;
  let duty: string;
  before(async () => {
    app = await startApplication('recurring-duty');
    app.clock.set('2026-01-05T02:00:00.000Z');
    const plan = await putInForce(app, await openPlan(app));
    await reviewAll(app, plan, ['II.9']);
    await must(app, plan.id, 'cons', 'OPEN_DIRECTIVE', { input: { clause: 'II.9', title: 'Kiểm tra' } });
    await app.relay.settle();
    directive = idOfChild(app.authority, { id: plan.id, kind: 'directive', key: 'II.9' });
    const input = { lead: ['p1'], every: 'month', from: '2026-01-05', until: '2026-06-30' };
    await must(app, directive, 'cons', 'ASSIGN_RECURRING', { input });
    await app.relay.settle();
    duty = idOfChild(app.authority, { id: directive, kind: 'recurring', key: 'p1' });
  });
  after(() => app.close());

  async function load(id: string): Promise<Instance> {
    const found = await app.deps.store.instances.load(app.authority, id);
    if (found === null) throw new Error(`no instance ${id}`);
    return found.instance;
  }
  const occurrences = () => app.deps.store.instances.childrenOf(app.authority, duty, 'assignment', 100);
  const periods = async () => (await occurrences()).map(({ context }) => context.period);
  const finish = async (key: string) => {
    const id = idOfChild(app.authority, { id: duty, kind: 'assignment', key });
    await must(app, id, 'head-p1', 'ACCEPT');
    await must(app, id, 'head-p1', 'COMPLETE', { input: { result: 'Đã kiểm tra' } });
    await must(app, id, 'cons', 'CONFIRM');
    await app.relay.settle();
  };
  const parked = async () => (await app.deps.store.outbox.counts(app.authority)).parked;

  it('opens its first occurrence at once, due at the end of its period', async () => {
    const [first] = await occurrences();
    expect(first?.context).to.deep.include({
      title: 'Kiểm tra (tháng 1 năm 2026)',
      period: '2026-M01',
      dueOn: '2026-01-31',
      unit: 'p1',
      part: 'lead',
      recurring: duty,
      directive,
    });
  });

  it('opens what was missed while nothing ran, each once and in order', async () => {
    app.clock.set('2026-04-02T02:00:00.000Z');
    await app.relay.settle();
    expect(await periods()).to.deep.equal(['2026-M01', '2026-M02', '2026-M03', '2026-M04']);
    expect((await load(duty)).context).to.deep.include({
      opened: ['2026-M01', '2026-M02', '2026-M03', '2026-M04'],
      next: '2026-M05',
    });
    const openings = await Promise.all(
      (await occurrences()).map(({ id }) => app.deps.store.instances.history(app.authority, id, 1, 1)),
    );
    expect(openings.flat()).to.have.lengthOf(4);
    await app.relay.settle();
    expect(await periods()).to.have.lengthOf(4);
  });

  it('is suspended with what is open of it, and afterwards passes over the periods that ended meanwhile', async () => {
    await must(app, duty, 'cons', 'SUSPEND', { input: { reason: 'Dừng kiểm tra' } });
    await app.relay.settle();
    app.clock.set('2026-06-03T02:00:00.000Z');
    await app.relay.settle();
    expect(await periods()).to.have.lengthOf(4);
    expect((await occurrences()).every(({ context }) => (context.suspensions as JsonObject[])[0]?.to === null)).to.equal(true);
    await must(app, duty, 'cons', 'RESUME');
    await app.relay.settle();
    const after = await load(duty);
    expect([after.context.skipped, await periods()]).to.deep.equal([
      ['2026-M05'],
      ['2026-M01', '2026-M02', '2026-M03', '2026-M04', '2026-M06'],
    ]);
    // the last one is open: now it waits for them
    expect(after.state).to.equal('closing');
    expect(await parked()).to.equal(0);
  });

  it('ends with its last occurrence, and its directive with it', async () => {
    for (const key of ['2026-M01', '2026-M02', '2026-M03', '2026-M04']) await finish(key);
    expect((await load(duty)).state).to.equal('closing');
    await finish('2026-M06');
    expect([(await load(duty)).state, (await load(duty)).context.ended]).to.deep.equal(['ended', 5]);
    expect((await load(directive)).state).to.deep.equal({ active: { work: { execution: 'carried', reporting: 'collecting' } } });
    expect(await parked()).to.equal(0);
  });
});
