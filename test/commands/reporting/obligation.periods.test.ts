import { expect } from 'chai';
import type { Json } from '../../../src/engine/json.js';
import type { Succession } from '../../../src/office/organisation/directory.js';
import { chainFaults, must, startApplication, type TestApplication } from '../../support/application.js';
import {
  accepted,
  childOf,
  exampleForm,
  loadExampleForm,
  loaded,
  obligationInput,
  openObligation,
  openPeriod,
  refusedWith,
} from '../../support/reporting.js';
import { town } from '../../support/town.js';

describe('a reporting obligation, period after period', () => {
  let app: TestApplication;
  let plan: string;
  let obligation: string;
  const at = async (instant: string): Promise<void> => {
    app.clock.set(instant);
    await app.relay.settle();
  };
  const held = async (id: string) => (await app.deps.store.instances.load(app.authority, id))?.instance ?? null;

  before(async () => {
    app = await startApplication('obligation');
    const opened = await openObligation(app);
    plan = opened.plan.id;
    obligation = opened.obligation.id;
  });
  after(() => app.close());

  it('opens its period by itself on the morning of the day, with the bounds of the law and one report for each unit', async () => {
    const first = childOf(app, obligation, 'period', '2026-Q1');
    expect((await loaded(app, obligation)).context).to.include({ nextPeriod: '2026-Q1', opensOn: '2026-03-03T17:00:00.000Z' });
    // when the last moment before the day has come, and then the day
    await at('2026-03-03T16:59:59.999Z');
    expect(await held(first)).to.equal(null);
    await at('2026-03-03T17:00:00.000Z');
    // then the period runs from 15 December to 14 March, a Saturday; five working days later the units are done, and the consolidator after five more
    const { context, state } = await loaded(app, first);
    expect(state).to.equal('collecting');
    expect(context).to.deep.include({
      plan,
      obligation,
      title: 'Báo cáo kết quả thực hiện Kế hoạch ví dụ, quý I năm 2026',
      period: '2026-Q1',
      from: '2025-12-15',
      to: '2026-03-14',
      cutOff: '2026-03-14T16:59:59.999Z',
      dueOn: '2026-03-20',
      consolidateOn: '2026-03-27',
      units: ['p1', 'p2', 'p3'],
      formId: exampleForm.id,
      formVersion: 1,
    });
    const reports = await app.deps.store.instances.childrenOf(app.authority, first, 'report', 10);
    expect(
      reports.map((report) => [report.parent?.key, report.context.unit, report.context.forUnit, report.state]),
    ).to.deep.equal(['p1', 'p2', 'p3'].map((unit) => [unit, unit, unit, { preparing: 'open' }]));
    for (const report of reports)
      expect(report.context).to.include({
        plan,
        obligation,
        period: '2026-Q1',
        dueOn: '2026-03-20',
        cutOff: '2026-03-14T16:59:59.999Z',
        form: context.form as string,
      });
    // and the next one is known
    expect((await loaded(app, obligation)).context).to.include({ nextPeriod: '2026-Q2', opensOn: '2026-06-03T17:00:00.000Z' });
  });

  it('opens nothing twice, and no period of another rhythm', async () => {
    const open = (period: string) => refusedWith(app, obligation, 'cons', 'OPEN_PERIOD', { input: { period } });
    expect(await open('2026-Q1')).to.deep.equal(['alreadyOpened']);
    expect(await open('2026-M03')).to.deep.equal(['periodUnknown']);
    expect(await open('2026-Y')).to.deep.equal(['periodUnknown']);
    expect(await refusedWith(app, obligation, 'head-p1', 'OPEN_PERIOD', { input: { period: '2026-Q2' } })).to.deep.equal([
      'notYours',
    ]);
    expect(await refusedWith(app, obligation, 'cons', 'END')).to.deep.equal(['childrenOpen']);
    expect(await refusedWith(app, plan, 'cons', 'OPEN_OBLIGATION', { input: obligationInput })).to.deep.equal(['alreadyOpened']);
    const input = { ...obligationInput, code: 'khac' };
    const opening = (more: Record<string, Json>) =>
      refusedWith(app, plan, 'cons', 'OPEN_OBLIGATION', { input: { ...input, ...more } });
    expect(await opening({ form: 'khong-co' })).to.deep.equal(['formUnknown']);
    expect(await opening({ first: '2026-M01' })).to.deep.equal(['periodUnknown']);
    expect(await opening({ until: '2026-03-01' })).to.deep.equal(['duePassed']);
    expect(await opening({ dueDays: 2, dueDay: 15 })).to.deep.equal(['inputOther']);
    expect(await opening({ units: ['p1', 'khong-co'] })).to.deep.equal(['notAddressed']);
  });

  it('keeps the form of an open period when a new version is loaded, and opens the next with the new one, to the successors of a unit', async () => {
    // given a second version of the form, and ward 3 taken over by wards 4 and 5 on 1 April
    const first = await loaded(app, childOf(app, obligation, 'period', '2026-Q1'));
    const once = [
      ...exampleForm.once,
      { kind: 'yesNo', code: 'coKiemTra', label: { vi: 'Đã kiểm tra', en: 'Inspected' }, required: true },
    ];
    await loadExampleForm(app, { version: 2, once: once as typeof exampleForm.once });
    const succession: Succession = {
      id: 's1',
      kind: 'split',
      from: ['p3'],
      to: ['p4', 'p5'],
      on: '2026-04-01',
      shares: [],
      decision: '30/QĐ-UBND',
    };
    const directory = town(app.authority);
    await app.deps.store.directory.save({
      ...directory,
      units: directory.units.map((unit) => (unit.id === 'p3' ? { ...unit, validTo: '2026-03-31' } : unit)),
      successions: [succession],
    });
    // when the second quarter opens by itself
    await at('2026-06-03T17:00:00.000Z');
    const second = await loaded(app, childOf(app, obligation, 'period', '2026-Q2'));
    // then it asks the successors, none twice, by the new form, and the first quarter is what it was
    expect(second.context).to.deep.include({ units: ['p1', 'p2', 'p4', 'p5'], formVersion: 2 });
    expect(second.context.form).not.to.equal(first.context.form);
    const [old, now] = [first, second].map(({ id }) => childOf(app, id, 'report', 'p1'));
    expect((await loaded(app, old ?? '')).context.form).to.equal(first.context.form);
    expect((await loaded(app, now ?? '')).context.form).to.equal(second.context.form);
    // and the old report is sent by its own form, which does not ask for the new item
    expect((await accepted(app, old ?? '', 'head-p1')).state).to.equal('accepted');
    expect((await loaded(app, first.id)).context).to.deep.equal(first.context);
  });

  it('takes up every period that was missed, in order, however late', async () => {
    // given nobody was there for the third and the fourth quarter; the first of 2027 opens on 4 March
    await at('2027-03-04T01:00:00.000Z');
    const periods = await app.deps.store.instances.childrenOf(app.authority, obligation, 'period', 10);
    expect(periods.map(({ parent }) => parent?.key)).to.deep.equal(['2026-Q1', '2026-Q2', '2026-Q3', '2026-Q4', '2027-Q1']);
    expect((await loaded(app, obligation)).context.nextPeriod).to.equal('2027-Q2');
    expect(await app.deps.store.outbox.list(app.authority, 'parked', 5, null)).to.deep.equal([]);
    expect(await chainFaults(app)).to.deep.equal([]);
  });

  it('ends only when its periods have, and the plan only when it has', async () => {
    expect(await refusedWith(app, plan, 'cons', 'CLOSE')).to.include('childrenOpen');
  });

  it('skips what was opened by hand, and opens none after its last day', async () => {
    // given monthly reports until the end of May, the second month opened ahead by hand
    app.clock.set('2027-03-05T01:00:00.000Z');
    await must(app, plan, 'cons', 'OPEN_OBLIGATION', {
      input: {
        ...obligationInput,
        code: 'bao-cao-thang',
        frequency: 'month',
        until: '2027-05-31',
        units: ['p1'],
        opensBefore: 0,
      },
    });
    await app.relay.settle();
    const monthly = childOf(app, plan, 'obligation', 'bao-cao-thang');
    await openPeriod(app, monthly, '2027-M04');
    await at('2027-03-14T01:00:00.000Z');
    expect((await loaded(app, monthly)).context.nextPeriod).to.equal('2027-M05');
    await at('2027-12-31T01:00:00.000Z');
    const periods = await app.deps.store.instances.childrenOf(app.authority, monthly, 'period', 20);
    // then the month that begins on 15 May is the last
    expect(periods.map(({ parent }) => parent?.key)).to.deep.equal(['2027-M03', '2027-M04', '2027-M05', '2027-M06']);
    expect((await loaded(app, monthly)).context).not.to.have.property('nextPeriod');
  });
});
