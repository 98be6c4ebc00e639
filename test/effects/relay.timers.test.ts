import { expect } from 'chai';
import { idOfChild, open } from '../../src/commands/open.js';
import type { Entry } from '../../src/engine/instance.js';
import { act, must, openPlan, putInForce, startApplication, type TestApplication } from '../support/application.js';
import { contexts } from '../support/builders.js';
import { reviewAll } from '../support/clauses.js';
import { dayMs } from '../support/clock.js';
import { draft, openReportDue } from '../support/reporting.js';

describe('timers', () => {
  let app: TestApplication;
  before(async () => {
    app = await startApplication('timers');
  });
  after(() => app.close());

  async function commandsOf(instance: string): Promise<string[]> {
    const entries = await app.deps.store.instances.history(app.authority, instance, 1, 100);
    return entries.map((entry) => (JSON.parse(entry.bytes) as Entry).command);
  }

  const openReport = (dueOn: string): Promise<string> => openReportDue(app, dueOn);

  it('marks a silent report late on the day after it was due, once', async () => {
    app.clock.set('2026-03-02T02:00:00.000Z');
    const report = await openReport('2026-03-20');
    app.clock.set('2026-03-20T16:59:59.000Z');
    await app.relay.settle();
    expect(await commandsOf(report)).to.deep.equal(['OPEN']);
    // when the day ends in Asia/Ho_Chi_Minh, seven hours before it ends in UTC
    app.clock.set('2026-03-20T17:00:00.000Z');
    await app.relay.settle();
    await app.relay.settle();
    expect(await commandsOf(report)).to.deep.equal(['OPEN', 'MARK_LATE']);
    expect((await app.deps.store.instances.load(app.authority, report))?.instance.context).to.include({ late: true });
  });

  it('does nothing in a later visit for a timer of an earlier one', async () => {
    app.clock.set('2026-03-02T02:00:00.000Z');
    const report = await openReport('2026-03-20');
    await draft(app, report, 'head-p1');
    const { content } = await must(app, report, 'head-p1', 'SUBMIT');
    await must(app, report, 'cons', 'RETURN', { saw: content ?? '', input: { reason: 'Thiếu số liệu' } });
    app.clock.set('2026-03-21T02:00:00.000Z');
    await app.relay.settle();
    // then only the second visit's timer counts, and it finds a report that had been submitted in time
    expect(await commandsOf(report)).to.deep.equal(['OPEN', 'START', 'SUBMIT', 'RETURN', 'MARK_LATE']);
    const context = (await app.deps.store.instances.load(app.authority, report))?.instance.context;
    expect(context).to.include({ lateAgain: true });
    expect(context).not.to.have.property('late');
    expect((await app.deps.store.outbox.counts(app.authority)).parked).to.equal(0);
  });

  it('does nothing at the old date when the due date was taken away, came back, and was moved', async () => {
    app.clock.set('2026-03-02T02:00:00.000Z');
    const plan = await putInForce(app, await openPlan(app));
    await reviewAll(app, plan, ['II.9']);
    await must(app, plan.id, 'cons', 'OPEN_DIRECTIVE', { input: { clause: 'II.9', title: 'Việc ví dụ', dueOn: '2026-03-20' } });
    await app.relay.settle();
    const directive = idOfChild(app.authority, { id: plan.id, kind: 'directive', key: 'II.9' });
    await must(app, directive, 'cons', 'ASSIGN', { input: { lead: ['p2'], dueOn: '2026-03-20' } });
    await app.relay.settle();
    const assignment = idOfChild(app.authority, { id: directive, kind: 'assignment', key: 'p2' });
    await must(app, assignment, 'head-p2', 'ACCEPT');
    // given a suspension that ends on its own day, so that the same date has new timers, and then an extension
    const reason = { input: { reason: 'Chờ kinh phí' } };
    await must(app, assignment, 'cons', 'SUSPEND', reason);
    await must(app, assignment, 'cons', 'RESUME');
    await must(app, assignment, 'head-p2', 'REQUEST_EXTENSION', { input: { askedDueOn: '2026-04-08', ...reason.input } });
    await must(app, assignment, 'cons', 'GRANT_EXTENSION', { input: { dueOn: '2026-04-10' } });
    await app.relay.settle();
    const reminders = async (): Promise<number> => {
      const notices = await app.deps.store.notices.listFor(app.authority, 'head-p2', 100);
      return notices.filter(
        (notice) => notice.kind === 'reminder' && notice.instance === assignment && notice.params.moment === 'due',
      ).length;
    };
    app.clock.set('2026-03-22T02:00:00.000Z');
    await app.relay.settle();
    expect(await reminders()).to.equal(0);
    app.clock.set('2026-04-11T02:00:00.000Z');
    await app.relay.settle();
    expect(await reminders()).to.equal(1);
  });

  it('parks a timer whose command the instance refuses for another reason, and lets an administrator retry it', async () => {
    app.clock.set('2026-03-02T02:00:00.000Z');
    const report = await openReport('2026-03-20');
    const outbox = app.connection.collection<{ _id: string; params: { command: string } }>('outbox');
    await outbox.updateOne({ instance: report, kind: 'timer' } as never, { $set: { 'params.command': 'ACCEPTT' } } as never);
    app.clock.advance(30 * dayMs);
    await app.relay.settle();
    const [parked] = await app.deps.store.outbox.list(app.authority, 'parked', 10, null);
    expect(parked).to.include({ kind: 'timer', instance: report });
    await outbox.updateOne({ instance: report, kind: 'timer' } as never, { $set: { 'params.command': 'MARK_LATE' } } as never);
    expect(await app.deps.store.outbox.retry(app.authority, parked?.id ?? '')).to.equal(true);
    await app.relay.settle();
    expect(await commandsOf(report)).to.deep.equal(['OPEN', 'MARK_LATE']);
  });

  it('looks at none of 10^5 timers that lie in the future', async function () {
    this.timeout(60_000);
    app.clock.set('2026-03-02T02:00:00.000Z');
    await app.relay.settle();
    const outbox = app.connection.collection('outbox');
    const readyAt = new Date(0);
    const future = Array.from({ length: 100_000 }, (_, index) => ({
      _id: `${app.authority}.x${index}/1/0` as never,
      authority: app.authority,
      instance: `${app.authority}.x${index}`,
      kind: 'timer',
      params: {},
      dueAt: new Date(Date.parse('2027-01-01T00:00:00Z') + index),
      open: true,
      state: 'waiting',
      owner: null,
      token: 0,
      readyAt,
      attempts: 0,
      outcome: null,
      endedAt: null,
    }));
    for (let start = 0; start < future.length; start += 10_000)
      await outbox.insertMany(future.slice(start, start + 10_000), { ordered: false });
    const due = {
      authority: app.authority,
      open: true,
      dueAt: { $lte: new Date(app.clock.now()) },
      readyAt: { $lte: new Date() },
    };
    const plan = (await outbox.find(due).sort({ dueAt: 1 }).limit(100).explain('executionStats')) as {
      executionStats: { totalDocsExamined: number; totalKeysExamined: number };
    };
    expect(plan.executionStats.totalDocsExamined).to.equal(0);
    expect(plan.executionStats.totalKeysExamined).to.be.lessThan(3);
    expect(await app.deps.store.relay.claim(app.authority, 'test', app.clock.now(), 100)).to.deep.equal([]);
    await outbox.deleteMany({ authority: app.authority, instance: /\.x\d+$/ } as never);
  });

  it('opens nothing for a person that only the system may open', async () => {
    const outcome = await open(app.deps, {
      authority: app.authority,
      definition: 'report',
      actor: 'head-p1',
      key: 'own',
      context: contexts.report ?? {},
    });
    expect(outcome.kind === 'refused' && outcome.blockers.map((blocker) => blocker.code)).to.deep.equal(['notYours']);
    expect((await act(app, (await openPlan(app)).id, 'stranger', 'SUBMIT')).kind).to.equal('refused');
  });
});
