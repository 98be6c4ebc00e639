import { expect } from 'chai';
import { coverageOfPlan } from '../../../src/commands/traceability/coverage.js';
import type { FaultCode } from '../../../src/office/traceability/faults.js';
import { act, must, startApplication, type TestApplication } from '../../support/application.js';
import { type SmallYear, smallYear } from '../../support/smallYear.js';

describe('coverage on the database', function () {
  this.timeout(60_000);
  let app: TestApplication;
  let year: SmallYear;
  before(async () => {
    app = await startApplication('coverage');
    year = await smallYear(app);
  });
  after(() => app?.close());

  const faultsNow = async () => (await coverageOfPlan(app.deps, app.authority, year.plan)).faults;
  const rowOf = (collection: string, id: string) => ({
    collection: app.connection.collection<{ _id: string }>(collection),
    filter: { _id: id, authority: app.authority },
  });

  /** Takes a record away, looks, and puts it back as it was. */
  async function without(collection: string, id: string, look: () => Promise<void>): Promise<void> {
    const row = rowOf(collection, id);
    const kept = await row.collection.findOne(row.filter);
    if (kept === null) throw new Error(`no ${collection} ${id}`);
    await row.collection.deleteOne(row.filter);
    try {
      await look();
    } finally {
      await row.collection.insertOne(kept as never);
    }
  }

  /** Alters fields of an instance, looks, and puts it back as it was. */
  async function altered(id: string, change: Readonly<Record<string, unknown>>, look: () => Promise<void>): Promise<void> {
    const row = rowOf('instances', id);
    const kept = await row.collection.findOne(row.filter);
    if (kept === null) throw new Error(`no instance ${id}`);
    await row.collection.updateOne(row.filter, { $set: change } as never);
    try {
      await look();
    } finally {
      await row.collection.replaceOne(row.filter, kept as never);
    }
  }

  const expectOnly = (code: FaultCode, says: object) => async () => {
    const faults = await faultsNow();
    expect(faults.map((one) => one.code)).to.deep.equal([code]);
    expect(faults[0]?.params).to.deep.include(says);
  };
  const content = (hash: unknown) => `${app.authority}/${String(hash)}`;
  const contextOf = async (id: string) => (await app.deps.store.instances.load(app.authority, id))?.instance.context ?? {};

  it('finds nothing in a year that was told to its end, and one row for each clause', async () => {
    const { rows, faults } = await coverageOfPlan(app.deps, app.authority, year.plan);
    expect(faults).to.deep.equal([]);
    expect(rows.map(({ clause, outcome }) => `${clause} ${outcome}`)).to.deep.equal([
      'II.1 directive',
      'II.2 directive',
      'II.3 directive',
      'II.4 noAction',
    ]);
    expect(rows[3]?.reason).to.equal('Chỉ nêu yêu cầu chung.');
    const [first] = rows[0]?.directives ?? [];
    expect(first?.duties.map(({ unit, kind, evidence }) => `${String(unit)} ${kind} ${evidence}`)).to.have.members([
      'p1 assignment 1',
      'p2 assignment 1',
      'p3 part 1',
    ]);
    expect(first?.told.map(({ period, reports }) => `${period} ${reports}`)).to.deep.equal(['2026-Q1 3']);
    expect(rows[0]?.spoken.map(({ paper }) => paper)).to.include.members([year.paper, year.summary]);
  });

  it('names each instance that is gone', async () => {
    const directive = year.directives.get('II.2') ?? '';
    const duty = year.duties.get('II.3 p2') ?? '';
    await without('instances', directive, expectOnly('directiveMissing', { clause: 'II.2', directive }));
    await without('instances', duty, expectOnly('dutyMissing', { clause: 'II.3', unit: 'p2', duty }));
    await without('instances', year.part, expectOnly('partMissing', { child: year.part }));
    await without('instances', year.obligation, expectOnly('obligationMissing', { obligation: year.obligation }));
    await without('instances', year.periods[1] ?? '', expectOnly('periodMissing', { period: '2026-Q2' }));
    await without('instances', year.reports[1] ?? '', expectOnly('reportMissing', { report: year.reports[1], unit: 'p2' }));
    await without('instances', year.paper, expectOnly('paperMissing', { period: '2026-Q1', key: '1' }));
    await without('instances', year.summary, expectOnly('paperMissing', { key: '1' }));
  });

  it('names each content and file that is gone', async () => {
    const plan = await contextOf(year.plan);
    await without('contents', content(plan.clauseReview), expectOnly('reviewMissing', { content: plan.clauseReview }));
    const report = year.reports[1] ?? '';
    const { acceptedContent } = await contextOf(report);
    // What is built on the version is not named again.
    await without('contents', content(acceptedContent), expectOnly('contentMissing', { report, content: acceptedContent }));
    const { rollup } = await contextOf(year.paper);
    await without('contents', content(rollup), expectOnly('rollupMissing', { content: rollup }));
    const paper = (await app.deps.store.instances.load(app.authority, year.paper))?.instance.content;
    await without('contents', content(paper), expectOnly('contentMissing', { paper: year.paper, content: paper }));
    await without('attachments', content(year.evidence), async () => {
      const faults = await faultsNow();
      expect(new Set(faults.map(({ code }) => code))).to.deep.equal(new Set(['evidenceMissing']));
      expect(faults.length).to.equal(7);
    });
  });

  it('names each record that points elsewhere', async () => {
    const directive = year.directives.get('II.1') ?? '';
    const duty = year.duties.get('II.2 p1') ?? '';
    const report = year.reports[0] ?? '';
    await altered(directive, { 'context.clause': 'IX' }, expectOnly('directiveWithoutClause', { directive, clause: 'IX' }));
    await altered(directive, { 'context.plan': 'x' }, expectOnly('directiveAstray', { field: 'plan' }));
    await altered(directive, { 'parent.id': 'x' }, expectOnly('directiveAstray', { field: 'parent' }));
    await altered(directive, { 'context.assessedBy': null }, expectOnly('assessmentMissing', { directive }));
    for (const field of ['directive', 'clause', 'plan'])
      await altered(duty, { [`context.${field}`]: 'x' }, expectOnly('dutyAstray', { duty, field }));
    await altered(duty, { 'parent.id': 'x' }, expectOnly('dutyAstray', { duty, field: 'parent' }));
    await altered(year.part, { 'context.duty': 'x' }, expectOnly('dutyAstray', { duty: year.part, field: 'duty' }));
    for (const [field, told] of [
      ['plan', 'plan'],
      ['period', 'period'],
      ['obligation', 'obligation'],
      ['forUnit', 'unit'],
    ] as const)
      await altered(report, { [`context.${field}`]: 'x' }, expectOnly('reportAstray', { report, field: told }));
    await altered(report, { 'parent.id': 'x' }, expectOnly('reportAstray', { report, field: 'parent' }));
    await altered(year.periods[0] ?? '', { 'context.plan': 'x' }, expectOnly('periodAstray', { field: 'plan' }));
    await altered(year.periods[0] ?? '', { open: true }, expectOnly('periodOpen', { period: '2026-Q1' }));
    await altered(year.obligation, { 'context.code': 'khac' }, expectOnly('obligationAstray', { field: 'code' }));
    await altered(year.paper, { 'context.plan': 'x' }, expectOnly('paperAstray', { paper: year.paper, field: 'plan' }));
    await altered(year.paper, { 'parent.id': 'x' }, expectOnly('paperAstray', { paper: year.paper, field: 'parent' }));
    await altered(directive, { open: true, state: 'assessed' }, expectOnly('directiveOpen', { directive }));
    await altered(year.plan, { 'context.noAction': [] }, expectOnly('clauseUnaccounted', { clause: 'II.4' }));
    await altered(year.plan, { 'context.clauses': ['II.1', 'II.2'] }, expectOnly('directiveUnrecorded', { clause: 'II.3' }));
  });

  it('names a section without a duty, a duty without a section, and a sentence without a source', async () => {
    const report = year.reports[0] ?? '';
    const accepted = (await contextOf(report)).acceptedContent as string;
    const told = (await app.deps.store.contents.get(app.authority, accepted)) as { sections: { assignment: string }[] };
    const [gone, ...kept] = told.sections;
    const put = (value: unknown) => app.deps.store.contents.put(app.authority, value as never);
    const fewer = await put({ ...told, sections: kept });
    await altered(
      report,
      { 'context.acceptedContent': fewer },
      expectOnly('dutyWithoutSection', { report, duty: gone?.assignment }),
    );
    const more = await put({ ...told, sections: [...told.sections, { ...gone, assignment: 'x' }] });
    await altered(report, { 'context.acceptedContent': more }, expectOnly('sectionWithoutDuty', { report, duty: 'x' }));
    const astray = await put({ ...told, sections: [{ ...gone, clause: 'IX' }, ...kept] });
    await altered(report, { 'context.acceptedContent': astray }, expectOnly('sectionAstray', { report, section: 1 }));
    const hash = (await app.deps.store.instances.load(app.authority, year.paper))?.instance.content ?? '';
    const paper = (await app.deps.store.contents.get(app.authority, hash)) as { sources: { place: string }[] };
    const silent = await put({ ...paper, sources: paper.sources.filter(({ place }) => place !== '/title') });
    await altered(year.paper, { content: silent }, expectOnly('sentenceWithoutSource', { paper: year.paper, place: '/title#1' }));
  });

  it('keeps the plan from being closed while a link is missing, names it, and lets it go when it is back', async () => {
    await altered(year.plan, { 'context.noAction': [] }, async () => {
      const outcome = await act(app, year.plan, 'cons', 'CLOSE');
      const [blocker] = outcome.kind === 'refused' ? outcome.blockers : [];
      expect(blocker?.code).to.equal('planNotCovered');
      expect(blocker?.params).to.deep.include({ count: 1, more: 0 });
      expect(blocker?.params.named).to.deep.equal([{ code: 'clauseUnaccounted', at: year.plan, params: { clause: 'II.4' } }]);
    });
    await must(app, year.plan, 'cons', 'CLOSE');
    expect((await app.deps.store.instances.load(app.authority, year.plan))?.instance.state).to.equal('closed');
  });
});
