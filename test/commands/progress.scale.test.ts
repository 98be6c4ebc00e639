import { expect } from 'chai';
import { exportPlan } from '../../src/commands/progress/exportPlan.js';
import { historiesMax, planProgress } from '../../src/commands/progress/progress.js';
import { readerOf } from '../../src/office/organisation/visibility.js';
import { startApplication, type TestApplication } from '../support/application.js';
import { madeDuty, madePeriod, madeReport, withWards } from '../support/progress.js';

/** Reports of one plan: so many units, four quarters, one duty for each unit. */
async function planOf(app: TestApplication, name: string, units: readonly string[], quarters: number): Promise<string> {
  const plan = `${app.authority}.${name}`;
  const days = ['01-01', '04-01', '07-01', '10-01'];
  const ends = ['03-31', '06-30', '09-30', '12-31'];
  for (let quarter = 0; quarter < quarters; quarter += 1) {
    const period = `2010-Q${quarter + 1}`;
    const at = await madePeriod(app, plan, period, [`2010-${days[quarter]}`, `2010-${ends[quarter]}`]);
    const dueOn = quarter === 3 ? '2011-01-07' : `2010-${days[quarter + 1]?.slice(0, 3)}07`;
    for (let from = 0; from < units.length; from += 16)
      await Promise.all(
        units
          .slice(from, from + 16)
          .map((unit) => madeReport(app, { plan, at, period, unit, dueOn, sentOn: null, silent: quarter < 2 })),
      );
  }
  for (let from = 0; from < units.length; from += 16)
    await Promise.all(
      units
        .slice(from, from + 16)
        .map((unit) => madeDuty(app, { plan, unit, name: `${name} ${unit}`, dueOn: '2010-06-30', doneOn: null, started: true })),
    );
  return plan;
}

describe('progress of 480 units', function () {
  this.timeout(300_000);
  let app: TestApplication;
  let small: string;
  let large: string;
  const now = '2010-08-16T02:00:00.000Z';
  before(async () => {
    app = await startApplication('seen480');
    app.clock.set(now);
    const units = await withWards(app, 480);
    small = await planOf(app, 'small', units.slice(0, 160), 4);
    large = await planOf(app, 'large', units, 4);
  });
  after(() => app.close());

  const ask = (plan: string, quarter: string | null, unit: string | null = null) => ({
    authority: app.authority,
    plan,
    reader: null,
    now,
    quarter,
    unit,
  });
  const msOf = async (work: () => Promise<unknown>): Promise<number> => {
    const times: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      const started = performance.now();
      await work();
      times.push(performance.now() - started);
    }
    return Math.min(...times);
  };

  it('counts all of them, by groups where a page could not hold them, and leaves out times that would take too long', async () => {
    const found = await planProgress(app.deps, ask(large, null));
    expect(found.duties).to.include({ total: 480, overdue: 480 });
    expect(found.reports).to.deep.equal({ asked: 1_920, onTime: 0, late: 0, silent: 960, overdue: 0, awaited: 960 });
    expect(found.grid).to.include({ grouped: true });
    expect(found.units).to.have.length(480);
    expect(found.waitsCount).to.equal(480 + 960);
    expect(found.waits).to.have.length(200);
    expect(480 + 1_920).to.be.greaterThan(historiesMax);
    expect(found.times).to.equal(null);
  });

  it('takes time with the units, not more: three times as many take at most six times as long', async () => {
    const few = await msOf(() => planProgress(app.deps, ask(small, null)));
    const many = await msOf(() => planProgress(app.deps, ask(large, null)));
    console.log(`      160 units ${few.toFixed(0)} ms, 480 units ${many.toFixed(0)} ms`);
    expect(many).to.be.below(6 * few + 100);
  });

  it('is for one unit of many hardly slower than for one of few', async () => {
    const directory = await app.deps.store.directory.snapshot(app.authority);
    const reader = readerOf(directory, 'head-p3', now);
    const few = await msOf(() => planProgress(app.deps, { ...ask(small, null), reader }));
    const many = await msOf(() => planProgress(app.deps, { ...ask(large, null), reader }));
    console.log(`      a ward of 160 ${few.toFixed(0)} ms, of 480 ${many.toFixed(0)} ms`);
    expect(many).to.be.below(4 * few + 100);
    const found = await planProgress(app.deps, { ...ask(large, null), reader });
    expect(found.units.map(({ unit }) => unit)).to.deep.equal(['p3']);
    expect(found.reports.asked).to.equal(4);
  });

  it('writes its files piece by piece', async () => {
    for (const format of ['csv', 'json', 'ocel'] as const) {
      const made = exportPlan(app.deps, format, {
        ...ask(large, null),
        kind: null,
        state: null,
        language: 'vi',
        pseudonyms: false,
      });
      let [bytes, pieces, largest] = [0, 0, 0];
      for await (const piece of made.pieces) {
        bytes += piece.length;
        pieces += 1;
        largest = Math.max(largest, piece.length);
      }
      expect(bytes, format).to.be.greaterThan(200_000);
      expect(pieces, format).to.be.greaterThan(4);
      expect(largest, format).to.be.below(150_000);
    }
  });
});
