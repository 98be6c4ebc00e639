import { expect } from 'chai';
import { checkRollups } from '../../../src/commands/reporting/checkRollups.js';
import { draftConsolidation } from '../../../src/commands/reporting/consolidate.js';
import { takeRollup } from '../../../src/commands/reporting/takeRollup.js';
import { textAt } from '../../../src/engine/json.js';
import { act, must, startApplication, type TestApplication } from '../../support/application.js';
import { asking, growTown, now, type Obligation, openObligation, openPeriod, store } from '../../support/quarter.js';

describe('reports at the edges of their days', function () {
  this.timeout(60_000);
  let app: TestApplication;
  let obligation: Obligation;
  let period = '';
  let reports: ReadonlyMap<string, string> = new Map();
  const of = (unit: string): string => reports.get(unit) ?? '';
  before(async () => {
    app = await startApplication('reportedges');
    await growTown(app);
    obligation = await openObligation(app, '2026-Q1', ['p1', 'p2', 'p3', 'p4']);
    const opened = await openPeriod(app, obligation, '2026-Q1');
    period = opened.id;
    reports = opened.reports;
  });
  after(() => app.close());

  const parked = async () => (await app.deps.store.outbox.counts(app.authority)).parked;
  const drafted = async (unit: string) => {
    const content = await store(app, of(unit), { hoi: unit.slice(1) });
    await must(app, of(unit), `head-${unit}`, 'START', { input: { content } });
    return content;
  };

  it('are late when they are sent after the day, before the clock has told anybody', async () => {
    const due = textAt((await now(app, of('p1'))).context, 'dueOn');
    const [onTime, late] = [await drafted('p1'), await drafted('p2')];
    // given the last minute of the day, in Việt Nam, and the first of the next one; no timer has run
    app.clock.set(`${due}T16:59:00.000Z`);
    await must(app, of('p1'), 'head-p1', 'SUBMIT');
    app.clock.set(`${due}T17:01:00.000Z`);
    await must(app, of('p2'), 'head-p2', 'SUBMIT');
    await app.relay.settle();
    expect((await now(app, of('p1'))).context.late).to.equal(undefined);
    expect((await now(app, of('p2'))).context.late).to.equal(true);
    // what was sent in time and comes back after the day is not late for that
    await must(app, of('p1'), 'cons', 'RETURN', { saw: onTime, input: { reason: 'Thiếu thuyết minh' } });
    await must(app, of('p1'), 'head-p1', 'SUBMIT');
    expect((await now(app, of('p1'))).context.late).to.equal(undefined);
    await must(app, of('p1'), 'cons', 'ACCEPT', { saw: onTime });
    await must(app, of('p2'), 'cons', 'ACCEPT', { saw: late });
    await app.relay.settle();
    const { rollup } = await takeRollup(app.deps, { authority: app.authority, period });
    expect(rollup.units.map(({ unit, state }) => `${unit} ${state}`)).to.deep.equal([
      'p1 onTime',
      'p2 late',
      'p3 silent',
      'p4 silent',
    ]);
    // and the entries alone say the same
    const drawn = await draftConsolidation(app.deps, { ...asking(app), period });
    expect(drawn.outcome.kind).to.equal('accepted');
    await app.relay.settle();
    expect((await checkRollups(app.deps, app.authority, obligation.plan.id)).flatMap(({ faults }) => faults)).to.deep.equal([]);
  });

  it('are unlocked with their period whether or not one was unlocked before', async () => {
    await must(app, period, 'cons', 'LOCK');
    await app.relay.settle();
    await must(app, of('p3'), 'cons', 'UNLOCK', { input: { reason: 'Gửi bổ sung' } });
    await must(app, period, 'cons', 'UNLOCK', { input: { reason: 'Chưa chốt' } });
    await app.relay.settle();
    for (const unit of ['p1', 'p2', 'p3', 'p4']) expect((await now(app, of(unit))).context.locked, unit).to.equal(undefined);
    expect(await parked()).to.equal(0);
  });

  it('take nothing but their text: not whether they are late, locked, sent or accepted', async () => {
    const content = await store(app, of('p3'), { hoi: '3' });
    for (const field of ['late', 'locked', 'submittedOn', 'acceptedContent', 'dueOn', 'unit', 'forUnit', 'extensions']) {
      const outcome = await act(app, of('p3'), 'head-p3', 'START', { input: { content, [field]: content } });
      expect(outcome.kind === 'refused' ? outcome.blockers[0]?.code : outcome.kind, field).to.equal('inputInvalid');
    }
    for (const [command, input] of [
      ['MARK_LATE', {}],
      ['LOCK', {}],
      ['UNLOCK', { reason: 'x' }],
      ['TAKE_OVER', { from: 'p3', to: 'p1', decision: 'x' }],
    ] as const) {
      const outcome = await act(app, of('p3'), 'head-p3', command, { input });
      expect(outcome.kind, command).to.equal('refused');
    }
  });
});
