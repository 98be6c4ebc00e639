import { expect } from 'chai';
import { draftConsolidation } from '../../src/commands/reporting/consolidate.js';
import { coverageOfPlan } from '../../src/commands/traceability/coverage.js';
import type { InstanceDocument } from '../../src/store/documents.js';
import { startWeb, type Web } from '../http/support.js';
import { named, profiled, wasteful } from '../support/profiled.js';
import { asking, growTown, type Obligation, openObligation, openPeriod, sendAndAccept, wards } from '../support/quarter.js';

/** Instances of other plans beside those of the quarter: a statement that reads them all is seen. */
const strangers = 1_000;
const answers = { hoi: '3', tyLe: '50.5', quyChe: true, khoKhan: 'Thiếu người.' };

describe('What the database reads for a quarter', () => {
  let web: Web;
  let obligation: Obligation;
  const db = () => web.app.connection.db;

  before(async () => {
    web = await startWeb('scans');
    await growTown(web.app);
    obligation = await openObligation(web.app, '2026-Q1');
    await quarter('2026-Q1', wards.slice(0, 12));
    await addStrangers();
  });
  after(() => web.close());

  async function quarter(id: string, reporting: readonly string[]): Promise<string> {
    const { app } = web;
    const period = await openPeriod(app, obligation, id);
    for (const unit of reporting) await sendAndAccept(app, period.reports.get(unit) ?? '', unit, answers);
    await app.relay.settle();
    const { paper } = await draftConsolidation(app.deps, { ...asking(app), period: period.id });
    await app.relay.settle();
    expect(paper).to.not.equal(null);
    return period.id;
  }

  /** Copies of every kind of instance under plans of their own. */
  async function addStrangers(): Promise<void> {
    const instances = db().collection<InstanceDocument>('instances');
    const models = await instances.find({ authority: web.app.authority }).toArray();
    const copies = Array.from({ length: strangers }, (_, number): InstanceDocument => {
      const model = models[number % models.length] as InstanceDocument;
      const apart = (id: string): string => `${id}x${number}`;
      const { parent, context } = model;
      return {
        ...model,
        _id: apart(model._id),
        parent: parent === null ? null : { ...parent, id: apart(parent.id) },
        context: typeof context['plan'] === 'string' ? { ...context, plan: apart(context['plan']) } : context,
        turn: `${model.turn}x${number}`,
        // They wait for nobody of this story, and nobody of it reads them.
        principals: ['post:other/head'],
        readers: ['post:other/head'],
        pending: [],
      };
    });
    await instances.insertMany(copies);
  }

  it('names a statement that reads a whole collection', async () => {
    // Given a thousand instances, when one asks by a field that no index knows
    const read = await profiled(db(), async () => {
      await db().collection('instances').findOne({ head: 'nowhere' });
    });

    // Then it is named with what it read
    const [only] = wasteful(read);
    expect(only?.plan).to.contain('COLLSCAN');
    expect(only?.docsExamined).to.be.greaterThan(strangers);
    expect(only === undefined ? '' : named(only)).to.contain('instances query {head: ?}');
  });

  it('is no more than what is answered at a quarter’s end', async () => {
    // Given a quarter behind us and a thousand instances that do not belong to it
    web.app.clock.set('2026-06-25T02:00:00.000Z');

    // When the next quarter is opened, reported by all, accepted and consolidated, and the matrix is read
    const read = await profiled(db(), async () => {
      await quarter('2026-Q2', wards);
      await coverageOfPlan({ ...web.app.deps }, web.app.authority, obligation.plan.id);
    });

    // Then no statement reads a collection or far more than it answers
    expect(wasteful(read).map(named)).to.deep.equal([]);
    expect(read.length).to.be.greaterThan(200);
  });

  it('is no more than what is answered by the pages of the quarter', async () => {
    // Given the consolidator, signed in
    const visitor = web.visitor();
    const { login, password } = await web.account('cons');
    await visitor.signIn(login, password);
    const period = await openPeriod(web.app, obligation, '2026-Q1');
    const of = (id: string, more = ''): string => `/instances/${encodeURIComponent(id)}${more}`;
    const report = period.reports.get('p3') ?? '';

    // When he reads the pages of the quarter
    const read = await profiled(db(), async () => {
      for (const path of [
        of(obligation.plan.id),
        of(obligation.id),
        of(period.id),
        of(period.id, '/consolidation'),
        of(report),
        of(report, '/report'),
        of(obligation.plan.id, '/progress?quarter=2026-Q1'),
        of(obligation.plan.id, '/coverage'),
        '/inbox',
        '/notices',
        '/papers',
      ])
        expect((await visitor.get(path)).status, path).to.equal(200);
    });

    // Then no statement reads a collection or far more than it answers
    expect(wasteful(read).map(named)).to.deep.equal([]);
  });
});
