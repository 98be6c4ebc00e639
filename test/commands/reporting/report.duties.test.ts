import { expect } from 'chai';
import { reportAtHand, saveDraft } from '../../../src/commands/reporting/drafts.js';
import type { Succession } from '../../../src/office/organisation/directory.js';
import { act, must, newKey, startApplication, type TestApplication } from '../../support/application.js';
import { reviewAll } from '../../support/clauses.js';
import { childOf, loaded, openObligation, openPeriod, soundAnswers, soundDuty } from '../../support/reporting.js';
import { town } from '../../support/town.js';

describe('the sections of a report', () => {
  let app: TestApplication;
  let plan: string;
  let period: string;
  let report: string;
  before(async () => {
    app = await startApplication('reportduties');
    const opened = await openObligation(app, { units: ['p1', 'p3'] });
    plan = opened.plan.id;
    await reviewAll(app, opened.plan, ['II.1', 'II.2', 'II.3']);
    const first = await openPeriod(app, opened.obligation.id, '2026-Q1');
    period = first.period.id;
    report = first.reportOf('p1');
  });
  after(() => app.close());

  async function assign(clause: string, unit: string): Promise<string> {
    await must(app, plan, 'cons', 'OPEN_DIRECTIVE', { input: { clause, title: `Việc ${clause}`, dueOn: '2026-12-15' } });
    await app.relay.settle();
    const directive = childOf(app, plan, 'directive', clause);
    await must(app, directive, 'cons', 'ASSIGN', { input: { lead: [unit] } });
    await app.relay.settle();
    return childOf(app, directive, 'assignment', unit);
  }
  const save = async (assignments: readonly string[], actor = 'head-p1', id = report) => {
    const { revision } = await loaded(app, id);
    const sections = assignments.map((assignment) => ({ assignment, answers: soundDuty }));
    return saveDraft(app.deps, {
      authority: app.authority,
      instance: id,
      actor,
      key: newKey(),
      ifRevision: revision,
      typed: { sections, answers: soundAnswers },
    });
  };

  it('are one for each duty of the unit, filled with what the unit said when it completed one', async () => {
    const [first, second] = [await assign('II.1', 'p1'), await assign('II.2', 'p1')];
    await must(app, first, 'head-p1', 'ACCEPT');
    await must(app, first, 'head-p1', 'COMPLETE', { input: { result: 'Đã tuyên truyền tại 12 khu phố.' } });
    const { report: begun, form } = await reportAtHand(app.deps, await loaded(app, report));
    expect(form.id).to.equal('thuc-hien-ke-hoach');
    expect(begun.sections.map(({ clause, assignment, answers }) => [clause, assignment, answers.ketQua])).to.deep.equal([
      ['II.1', first, 'Đã tuyên truyền tại 12 khu phố.'],
      ['II.2', second, undefined],
    ]);
  });

  it('that are missing because a duty came later are named at SUBMIT, and no duty of another unit is told', async () => {
    const mine = [childOf(app, childOf(app, plan, 'directive', 'II.1'), 'assignment', 'p1')];
    const saved = await save(mine);
    expect(saved.findings.map(({ code, label }) => `${code} ${label.vi}`)).to.deep.equal(['dutyMissing II.2 Việc II.2']);
    const outcome = await act(app, report, 'head-p1', 'SUBMIT');
    expect(outcome.kind === 'refused' && outcome.blockers[0]?.code).to.equal('reportUnsound');
    // when it is told too, and one is claimed that belongs to another unit
    const foreign = await assign('II.3', 'p3');
    const whole = await save([...mine, childOf(app, childOf(app, plan, 'directive', 'II.2'), 'assignment', 'p1'), foreign]);
    expect(whole.report.sections.map(({ assignment }) => assignment)).not.to.include(foreign);
    expect(whole.findings).to.deep.equal([]);
    expect((await must(app, report, 'head-p1', 'SUBMIT')).state).to.equal('submitted');
  });

  it('follow the unit that takes over in mid-quarter, while the report remembers for whom it was opened', async () => {
    const succession: Succession = {
      id: 's1',
      kind: 'merge',
      from: ['p3'],
      to: ['p4'],
      on: '2026-03-02',
      shares: [],
      decision: '30/QĐ-UBND',
    };
    const directory = town(app.authority);
    await app.deps.store.directory.save({
      ...directory,
      units: directory.units.map((unit) => (unit.id === 'p3' ? { ...unit, validTo: '2026-03-01' } : unit)),
      successions: [succession],
    });
    const taken = childOf(app, period, 'report', 'p3');
    const input = { from: 'p3', to: 'p4', decision: '30/QĐ-UBND' };
    await must(app, childOf(app, childOf(app, plan, 'directive', 'II.3'), 'assignment', 'p3'), 'system', 'TAKE_OVER', { input });
    expect((await must(app, taken, 'system', 'TAKE_OVER', { input })).context).to.include({ unit: 'p4', forUnit: 'p3' });
    const { duties } = await reportAtHand(app.deps, await loaded(app, taken));
    expect(duties.map(({ clause }) => clause)).to.deep.equal(['II.3']);
    const saved = await save(
      duties.map(({ id }) => id),
      'head-p4',
      taken,
    );
    expect(saved.findings).to.deep.equal([]);
    expect((await must(app, taken, 'head-p4', 'SUBMIT')).state).to.equal('submitted');
  });
});
