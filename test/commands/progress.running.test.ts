import { expect } from 'chai';
import { planProgress } from '../../src/commands/progress/progress.js';
import { startApplication, type TestApplication } from '../support/application.js';
import { openObligation, openPeriod } from '../support/quarter.js';

describe('progress of a quarter that the plan closes later than the law', () => {
  let app: TestApplication;
  before(async () => {
    app = await startApplication('progressrunning');
  });
  after(() => app.close());

  it('is told as it stands now until the plan’s own period is over', async () => {
    // Given a plan by calendar quarters: its first ends on 31/03, where the law ends the quarter on 14/03 (NĐ 09/2019, Điều 12)
    const obligation = await openObligation(app, '2026-Q1', ['p1', 'p2']);
    await openPeriod(app, obligation, '2026-Q1');
    const scope = { authority: app.authority, plan: obligation.plan.id, unit: null, reader: null, quarter: '2026-Q1' };
    const sourceOn = async (day: string): Promise<string> =>
      (await planProgress(app.deps, { ...scope, now: `${day}T02:00:00.000Z` })).source;

    // Then in between it is open, and after its end it is past
    expect(await sourceOn('2026-03-20')).to.equal('now');
    expect(await sourceOn('2026-04-02')).to.equal('entries');
  });
});
