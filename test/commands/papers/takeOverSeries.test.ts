import { expect } from 'chai';
import { takeOverSeries } from '../../../src/commands/papers/takeOverSeries.js';
import { codeOf } from '../../store/support.js';
import { must, openPlan, startApplication, type TestApplication } from '../../support/application.js';

describe('a register taken over in mid-year', () => {
  let app: TestApplication;
  before(async () => {
    app = await startApplication('take-over');
  });
  after(() => app.close());

  const ask = (more: object = {}) => ({
    authority: app.authority,
    series: 'KH-UBND',
    year: 2026,
    lastNumber: 41,
    reason: 'Tiếp nhận sổ giấy',
    actor: 'adm',
    ...more,
  });

  it('refuses what is no number, year or reason, and stores nothing', async () => {
    for (const wrong of [{ lastNumber: 0 }, { lastNumber: 1.5 }, { year: 20_26.5 }, { reason: ' ' }, { series: '' }])
      expect(await codeOf(takeOverSeries(app.deps, ask(wrong))), JSON.stringify(wrong)).to.equal('inputInvalid');
    expect(await app.deps.store.numbers.rows(app.authority, 'KH-UBND', 2026)).to.deep.equal([]);
  });

  it('goes on from the last number, with the reason in the register and in the audit, and only once', async () => {
    await takeOverSeries(app.deps, ask());
    expect(await codeOf(takeOverSeries(app.deps, ask({ lastNumber: 50 })))).to.equal('seriesBegun');
    const plan = await openPlan(app);
    const saw = plan.content ?? '';
    await must(app, plan.id, 'off-nv', 'SUBMIT');
    await must(app, plan.id, 'head-nv', 'APPROVE_CONTENT', { saw });
    await must(app, plan.id, 'form', 'APPROVE_FORM', { saw });
    const prepared = await must(app, plan.id, 'deputy', 'PREPARE');
    expect(prepared.context.number).to.equal(42);
    const rows = await app.deps.store.numbers.rows(app.authority, 'KH-UBND', 2026);
    expect(rows.map(({ number, status, reason }) => [number, status, reason])).to.deep.equal([
      [41, 'takenOver', 'Tiếp nhận sổ giấy'],
      [42, 'reserved', null],
    ]);
    const audit = await app.deps.store.audit.list(app.authority, 10);
    expect(audit.filter(({ kind }) => kind === 'seriesTakenOver').map(({ subject }) => subject)).to.deep.equal(['KH-UBND']);
  });
});
