import { expect } from 'chai';
import { open } from '../../src/commands/open.js';
import { carriedPageRows } from '../../src/effects/carryOver.js';
import type { JsonObject } from '../../src/engine/json.js';
import { act, must, newKey, startApplication, type TestApplication } from '../support/application.js';

describe('duties that are carried over', function () {
  this.timeout(120_000);
  let app: TestApplication;
  const plan = 'carry-over.000000000000000000000001';
  const duties: string[] = [];
  before(async () => {
    app = await startApplication('carry-over');
    app.clock.set('2026-04-06T02:00:00.000Z');
    // more than one page
    for (let index = 0; index < carriedPageRows + 30; index += 1) duties.push(await opened(index));
  });
  after(() => app.close());

  async function opened(index: number): Promise<string> {
    const outcome = await open(app.deps, {
      authority: app.authority,
      definition: 'assignment',
      context: { directive: 'd', plan, clause: 'II.1', title: `Việc ${index}`, unit: 'p1', part: 'lead', dueOn: '2026-06-30' },
      content: null,
      parent: { id: 'd', kind: 'assignment', key: String(index) },
      actor: 'system',
      key: newKey(),
    });
    if (outcome.kind !== 'accepted') throw new Error(JSON.stringify(outcome));
    return outcome.instance.id;
  }
  const planned = (id: string, period: string) =>
    app.deps.store.outbox.plan(app.authority, [
      { id, kind: 'carryOver', params: { plan, period }, dueAt: null, instance: 'period-1' },
    ]);
  const carriedOf = async (id: string) =>
    ((await app.deps.store.instances.load(app.authority, id))?.instance.context.carried ?? []) as JsonObject[];

  it('are all of the plan that are open, over every page, each once however often it is told', async () => {
    const [ended = ''] = duties;
    await must(app, ended, 'cons', 'RELEASE', { input: { reason: 'Thử' } });
    await planned('period-1/9/0', '2026-Q1');
    await app.relay.settle();
    // when: the same is told again, by another effect of the same period
    await planned('period-1/9/1', '2026-Q1');
    await app.relay.settle();
    expect(await carriedOf(ended)).to.deep.equal([]);
    for (const id of duties.slice(1))
      expect(await carriedOf(id), id).to.deep.equal([{ period: '2026-Q1', on: '2026-04-06', dueOn: '2026-06-30' }]);
    expect((await app.deps.store.outbox.counts(app.authority)).parked).to.equal(0);
  });

  it('and completed at the same instant keep both', async () => {
    const racing = duties.slice(1, 21);
    for (const id of racing) await must(app, id, 'head-p1', 'ACCEPT');
    await planned('period-2/9/0', '2026-Q2');
    const outcomes = await Promise.all([
      app.relay.settle(),
      ...racing.map((id) => act(app, id, 'head-p1', 'COMPLETE', { input: { result: 'Xong' } })),
    ]);
    expect(outcomes.slice(1).map((one) => (one as { kind: string }).kind)).to.deep.equal(racing.map(() => 'accepted'));
    for (const id of racing) {
      const held = await app.deps.store.instances.load(app.authority, id);
      expect(held?.instance.state).to.equal('completed');
      expect((await carriedOf(id)).map(({ period }) => period)).to.deep.equal(['2026-Q1', '2026-Q2']);
    }
  });
});
