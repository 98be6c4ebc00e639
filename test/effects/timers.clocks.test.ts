import { expect } from 'chai';
import type { Entry } from '../../src/engine/instance.js';
import { must, openPlan, startApplication, type TestApplication } from '../support/application.js';
import { dayMs, fakeClock } from '../support/clock.js';
import { openReportDue } from '../support/reporting.js';

const hourMs = 60 * 60 * 1000;

/** Clocks that jump, on the real store: whatever they do, each timer acts once and none is lost. */
describe('timers under a clock that jumps', function () {
  this.timeout(60_000);
  const opened: TestApplication[] = [];
  after(async () => {
    for (const app of opened) await app.close();
  });

  async function started(name: string, more: Parameters<typeof startApplication>[1] = {}): Promise<TestApplication> {
    const app = await startApplication(name, more);
    opened.push(app);
    return app;
  }

  const openReport = openReportDue;

  async function commandsOf(app: TestApplication, instance: string): Promise<string[]> {
    const entries = await app.deps.store.instances.history(app.authority, instance, 1, 100);
    return entries.map(({ bytes }) => (JSON.parse(bytes) as Entry).command);
  }

  /** The moments of the reminders that a person got for an instance, in order. */
  async function remindersOf(app: TestApplication, person: string, instance: string): Promise<string[]> {
    const notices = await app.deps.store.notices.listFor(app.authority, person, 200);
    const mine = notices.filter((notice) => notice.kind === 'reminder' && notice.instance === instance);
    return mine.map(({ params }) => `${params.moment as string} ${params.days as number}`).sort();
  }

  const wholeLadder = ['after 1', 'after 3', 'before 3', 'due 0'];

  it('acts at the end of a leap day, neither a day early nor a day late', async () => {
    // given a report due on 29 February 2028
    const app = await started('clocks-leap', { clock: fakeClock('2028-02-21T02:00:00.000Z') });
    const report = await openReport(app, '2028-02-29');
    app.clock.set('2028-02-28T17:00:00.000Z');
    await app.relay.settle();
    expect(await commandsOf(app, report)).to.deep.equal(['OPEN']);
    app.clock.set('2028-02-29T16:59:59.998Z');
    await app.relay.settle();
    expect(await commandsOf(app, report)).to.deep.equal(['OPEN']);
    app.clock.set('2028-02-29T17:00:00.000Z');
    await app.relay.settle();
    expect(await commandsOf(app, report)).to.deep.equal(['OPEN', 'MARK_LATE']);
    expect(await remindersOf(app, 'head-p1', report)).to.deep.equal(['before 3', 'due 0']);
  });

  it('catches up after a restart a week later, each once and with the last rung of the ladder', async () => {
    const first = await started('clocks-week', { clock: fakeClock('2026-03-02T02:00:00.000Z') });
    const report = await openReport(first, '2026-03-10');
    opened.pop();
    await first.close();
    // when another process starts more than a week later
    const second = await started('clocks-week', { clock: fakeClock('2026-03-20T02:00:00.000Z') });
    await second.relay.settle();
    await second.relay.settle();
    expect(await commandsOf(second, report)).to.deep.equal(['OPEN', 'MARK_LATE']);
    expect(await remindersOf(second, 'head-p1', report)).to.deep.equal(wholeLadder);
    // then the post above the ward's head has heard of it, once
    expect(await remindersOf(second, 'chair', report)).to.deep.equal(['escalated 5']);
    expect((await second.deps.store.outbox.counts(second.authority)).parked).to.equal(0);
  });

  it('does nothing twice when the clock goes back an hour, and loses nothing', async () => {
    const app = await started('clocks-back', { clock: fakeClock('2026-03-02T02:00:00.000Z') });
    const report = await openReport(app, '2026-03-10');
    const later = await openReport(app, '2026-03-11');
    app.clock.set('2026-03-10T17:00:00.000Z');
    await app.relay.settle();
    expect(await commandsOf(app, report)).to.deep.equal(['OPEN', 'MARK_LATE']);
    // when the clock falls back before the date that has acted, and passes it again
    app.clock.advance(-hourMs);
    await app.relay.settle();
    await must(app, report, 'cons', 'URGE');
    app.clock.advance(hourMs);
    await app.relay.settle();
    expect(await commandsOf(app, report)).to.deep.equal(['OPEN', 'MARK_LATE', 'URGE']);
    expect(await remindersOf(app, 'head-p1', report)).to.have.members(['before 3', 'due 0', 'urged undefined']);
    // and what lay behind the jump acts in its turn
    expect(await commandsOf(app, later)).to.deep.equal(['OPEN']);
    app.clock.advance(dayMs);
    await app.relay.settle();
    expect(await commandsOf(app, later)).to.deep.equal(['OPEN', 'MARK_LATE']);
  });

  it('does not lose an effect that was claimed before the clock went back', async () => {
    const app = await started('clocks-claimed', { clock: fakeClock('2026-03-02T02:00:00.000Z') });
    const report = await openReport(app, '2026-03-10');
    const { relay } = app.deps.store;
    // given a process that claims what is due and dies, while its clock is ahead of all others
    const claimed = await relay.claim(app.authority, 'dead', '2026-03-10T18:00:00.000Z', 100);
    expect(claimed.map(({ kind }) => kind)).to.include('timer');
    const outbox = app.connection.collection('outbox');
    await outbox.updateMany({ owner: 'dead' } as never, { $set: { readyAt: new Date(0) } });
    // then at the old hour nothing of it is due, and when the date has come it acts
    expect(await relay.claim(app.authority, 'me', '2026-03-10T16:30:00.000Z', 100)).to.have.length(
      claimed.filter(({ dueAt }) => (dueAt ?? '') <= '2026-03-10T16:30:00.000Z').length,
    );
    opened.pop();
    await app.close();
    const second = await started('clocks-claimed', { clock: fakeClock('2026-03-10T17:00:00.000Z') });
    await second.connection.collection('outbox').updateMany({ state: 'leased' } as never, { $set: { readyAt: new Date(0) } });
    await second.relay.settle();
    expect(await commandsOf(second, report)).to.deep.equal(['OPEN', 'MARK_LATE']);
  });

  it('acts once with two processes whose clocks are an hour apart', async () => {
    const ahead = await started('clocks-two', { clock: fakeClock('2026-03-02T03:00:00.000Z') });
    const behind = await started('clocks-two', { clock: fakeClock('2026-03-02T02:00:00.000Z') });
    const reports = [await openReport(ahead, '2026-03-10'), await openReport(behind, '2026-03-10')];
    // when the date has come for one of them, then for both, and both look at once
    for (const instant of ['2026-03-10T16:30:00.000Z', '2026-03-10T17:00:00.000Z', '2026-03-16T17:00:00.000Z']) {
      behind.clock.set(instant);
      ahead.clock.set(new Date(Date.parse(instant) + hourMs).toISOString());
      await Promise.all([ahead.relay.settle(), behind.relay.settle()]);
      if (instant.startsWith('2026-03-10T16:30'))
        for (const report of reports) expect(await commandsOf(behind, report)).to.deep.equal(['OPEN', 'MARK_LATE']);
    }
    for (const report of reports) {
      expect(await commandsOf(behind, report)).to.deep.equal(['OPEN', 'MARK_LATE']);
      expect(await remindersOf(behind, 'head-p1', report)).to.deep.equal(wholeLadder);
    }
    expect((await behind.deps.store.outbox.counts(behind.authority)).parked).to.equal(0);
  });

  it('gives a term a beginning that the entry bears out, whatever the clock did before', async () => {
    const app = await started('clocks-from', { clock: fakeClock('2026-03-03T02:00:00.000Z') });
    const plan = await openPlan(app);
    app.clock.advance(-2 * hourMs);
    const { visits } = await must(app, plan.id, 'off-nv', 'SUBMIT');
    expect(visits['/reviewing']).to.deep.include({ from: '2026-03-03T00:00:00.000Z', due: '2026-03-05T16:59:59.999Z' });
  });
});
