import { expect } from 'chai';
import { planProgress } from '../../src/commands/progress/progress.js';
import { periodsOf } from '../../src/commands/progress/works.js';
import { readerOf } from '../../src/office/organisation/visibility.js';
import type { Rollup } from '../../src/office/reporting/rollup.js';
import { startApplication, type TestApplication } from '../support/application.js';
import { made } from '../support/progress.js';
import { wardsYear } from '../support/progressYear.js';

/** Numbers that no count of the instances gives: whoever tells them has read the roll-up. */
const clause = {
  clause: 'III.1',
  directive: 'd',
  title: 'Việc',
  total: 31,
  early: 3,
  onTime: 5,
  late: 2,
  running: 9,
  overdue: 8,
  notStarted: 4,
  open: [],
};

describe('a quarter that was closed by a roll-up', () => {
  let app: TestApplication;
  let plan: string;
  const now = '2010-08-16T02:00:00.000Z';
  const ask = (quarter: string | null, more: object = {}) => ({
    authority: app.authority,
    plan,
    unit: null,
    reader: null,
    now,
    quarter,
    ...more,
  });

  before(async () => {
    app = await startApplication('seenrollup');
    plan = await wardsYear(app);
    const [first] = await periodsOf(app.deps, ask(null));
    const rollup = (takenAt: string, late: number): Rollup => ({
      kind: 'rollup',
      plan,
      of: first?.instance ?? '',
      period: '2010-Q1',
      form: 'f',
      takenAt,
      units: Array.from({ length: 16 }, (_, index) => ({
        unit: `p${index + 1}`,
        name: `Phường ${index + 1}`,
        answeredBy: null,
        report: `r${index}`,
        revision: 3,
        state: index < late ? 'late' : index < 10 ? 'onTime' : 'silent',
        submittedOn: null,
        content: null,
      })),
      figures: [],
      clauses: [
        clause,
        { ...clause, clause: 'III.2', total: 1, early: 1, onTime: 0, late: 0, running: 0, overdue: 0, notStarted: 0 },
      ],
      duties: [],
      yesNo: [],
      before: null,
      parts: [],
    });
    // two papers that count, the tenth later than the ninth: keys are numbers, not texts; and one that was thrown away
    for (const [key, taken, late, state] of [
      ['9', '2010-04-09T02:00:00.000Z', 1, 'drafting'],
      ['10', '2010-04-12T02:00:00.000Z', 4, 'drafting'],
      ['11', '2010-04-13T02:00:00.000Z', 9, 'discarded'],
    ] as const) {
      const hash = await app.deps.store.contents.put(app.authority, rollup(taken, late) as never);
      await made(app, {
        definition: 'document',
        name: `${app.authority} consolidation ${key}`,
        context: { type: 'BC', title: 'Báo cáo tổng hợp', plan, rollup: hash },
        steps: [{ at: taken, command: 'OPEN', state }],
        parent: { id: first?.instance ?? '', kind: 'consolidation', key },
        readers: ['post:ubnd/consolidator'],
      });
    }
  });
  after(() => app.close());

  it('is told from its last one, with the instant at which it was taken', async () => {
    const found = await planProgress(app.deps, ask('2010-Q1'));
    expect(found).to.include({ source: 'rollup', asOf: '2010-04-12T02:00:00.000Z', unitDuties: false });
    expect(found.duties).to.deep.include({ total: 32, early: 4, onTime: 5, late: 2, running: 9, overdue: 8, notStarted: 4 });
    expect(found.reports).to.deep.equal({ asked: 16, onTime: 6, late: 4, silent: 6, overdue: 0, awaited: 0 });
  });

  it('leaves the duties of now as they are, and gives the year its reports', async () => {
    const found = await planProgress(app.deps, ask(null));
    expect(found).to.include({ source: 'now' });
    expect(found.duties.total).to.equal(48);
    expect(found.reports).to.deep.equal({ asked: 48, onTime: 6 + 14, late: 4 + 1, silent: 6, overdue: 1, awaited: 16 });
  });

  it('is for one unit told by its entries, and for a ward too, which learns nothing of the others', async () => {
    const one = await planProgress(app.deps, ask('2010-Q1', { unit: 'p3' }));
    expect(one).to.include({ source: 'entries' });
    expect(one.reports).to.deep.equal({ asked: 1, onTime: 0, late: 0, silent: 1, overdue: 0, awaited: 0 });
    const reader = readerOf(await app.deps.store.directory.snapshot(app.authority), 'head-p3', now);
    const ward = await planProgress(app.deps, ask('2010-Q1', { reader }));
    expect(ward.source).to.equal('entries');
    expect(ward.duties.total).to.equal(3);
    expect(ward.reports.asked).to.equal(1);
    expect(ward.grid.rows).to.have.length(1);
  });
});
