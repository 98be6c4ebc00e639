import { expect } from 'chai';
import { loadForm } from '../../../src/commands/reporting/forms.js';
import type { Instance } from '../../../src/engine/instance.js';
import { textAt } from '../../../src/engine/json.js';
import { act, must, openPlan, putInForce, startApplication, type TestApplication } from '../../support/application.js';
import { now, onceForm } from '../../support/quarter.js';

const asked = (code: string, name: string) => ({
  code,
  name,
  units: ['p1', 'p2'],
  frequency: 'quarter',
  regime: 'calendar',
  form: onceForm.id,
  first: '2026-Q1',
});

describe('what is promised and not there yet', function () {
  this.timeout(60_000);
  let app: TestApplication;
  let plan: Instance;
  before(async () => {
    app = await startApplication('obligationraces');
    await loadForm(app.deps, { authority: app.authority, actor: 'cons' }, onceForm as never);
    plan = await putInForce(app, await openPlan(app));
  });
  after(() => app.close());

  const codes = (outcome: Awaited<ReturnType<typeof act>>) =>
    outcome.kind === 'refused' ? outcome.blockers.map(({ code }) => code) : [outcome.kind];
  const children = (of: string, kind: string) => app.deps.store.instances.childrenOf(app.authority, of, kind, 10);

  it('keeps a plan from being withdrawn, and is not ordered twice', async () => {
    // given an obligation that was laid down a moment ago: no effect has run
    await must(app, plan.id, 'cons', 'OPEN_OBLIGATION', { input: asked('quy', 'Báo cáo quý') });
    const twice = await act(app, plan.id, 'cons', 'OPEN_OBLIGATION', { input: asked('quy', 'Báo cáo khác') });
    expect(codes(twice)).to.deep.equal(['alreadyOpened']);
    const withdrawn = await act(app, plan.id, 'deputy', 'WITHDRAW', { input: { reason: 'Thử', decision: '1/QĐ' } });
    expect(codes(withdrawn)).to.include('childrenOpen');
    await app.relay.settle();
    const [obligation, ...more] = await children(plan.id, 'obligation');
    expect([obligation?.context.title, more.length]).to.deep.equal(['Báo cáo quý', 0]);
  });

  it('keeps an obligation from ending while its period is on the way', async () => {
    const [obligation] = await children(plan.id, 'obligation');
    const id = obligation?.id ?? '';
    await must(app, id, 'cons', 'OPEN_PERIOD', { input: { period: '2026-Q2' } });
    const ended = await act(app, id, 'cons', 'END', { input: { reason: 'Thử' } });
    expect(codes(ended)).to.include('childrenOpen');
    await app.relay.settle();
    expect((await now(app, id)).open).to.equal(true);
    expect((await children(id, 'period')).filter(({ context }) => context.period === '2026-Q2')).to.have.length(1);
  });

  it('is opened once where the clock and a person ask for it at once', async () => {
    const id = (await children(plan.id, 'obligation'))[0]?.id ?? '';
    const next = textAt((await now(app, id)).context, 'nextPeriod');
    app.clock.set(textAt((await now(app, id)).context, 'opensOn'));
    const [, byHand] = await Promise.all([app.relay.settle(), act(app, id, 'cons', 'OPEN_PERIOD', { input: { period: next } })]);
    await app.relay.settle();
    expect(codes(byHand)[0]).to.be.oneOf(['accepted', 'alreadyOpened']);
    const periods = (await children(id, 'period')).filter(({ context }) => context.period === next);
    expect(periods).to.have.length(1);
    expect(await app.deps.store.instances.childrenOf(app.authority, periods[0]?.id ?? '', 'report', 10)).to.have.length(2);
    expect((await app.deps.store.outbox.counts(app.authority)).parked).to.equal(0);
    expect((await now(app, id)).context.nextPeriod).to.not.equal(next);
  });
});
