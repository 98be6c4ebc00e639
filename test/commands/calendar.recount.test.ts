import { expect } from 'chai';
import { type CalendarLoad, loadCalendar } from '../../src/commands/calendar/load.js';
import { recountDues } from '../../src/commands/calendar/recount.js';
import { dueReport } from '../../src/commands/dueReport.js';
import { idOfChild } from '../../src/commands/open.js';
import { readEntry } from '../../src/engine/entry.js';
import type { Instance } from '../../src/engine/instance.js';
import type { JsonObject } from '../../src/engine/json.js';
import { addWorkingDays, type WorkingCalendar } from '../../src/office/time/calendar.js';
import { dayOf } from '../../src/office/time/clock.js';
import { must, openPlan, putInForce, startApplication, type TestApplication } from '../support/application.js';
import { reviewAll } from '../support/clauses.js';
import { town } from '../support/town.js';

const usual: WorkingCalendar = town('x').calendar;

describe('commands/calendar: due dates counted anew', function () {
  this.timeout(30_000);
  let app: TestApplication;
  let paper: Instance;
  let other: Instance;
  let due: string;
  let dayOff: string;
  let halted: string;
  before(async () => {
    app = await startApplication('calendar-recount');
    // given a duty with a day that somebody set, to which two suspended days were added
    const plan = await putInForce(app, await openPlan(app));
    await reviewAll(app, plan, ['II.9']);
    const dueOn = addWorkingDays(usual, dayOf(app.clock.now()), 10);
    await must(app, plan.id, 'cons', 'OPEN_DIRECTIVE', { input: { clause: 'II.9', title: 'Việc ví dụ', dueOn } });
    await app.relay.settle();
    const directive = idOfChild(app.authority, { id: plan.id, kind: 'directive', key: 'II.9' });
    await must(app, directive, 'cons', 'ASSIGN', { input: { lead: ['p2'], dueOn } });
    await app.relay.settle();
    halted = idOfChild(app.authority, { id: directive, kind: 'assignment', key: 'p2' });
    await must(app, halted, 'head-p2', 'ACCEPT');
    // and two papers under review, whose term was counted over a day that will be off
    paper = await must(app, (await openPlan(app)).id, 'off-nv', 'SUBMIT');
    other = await openPlan(app);
    due = paper.visits['/reviewing']?.due ?? '';
    dayOff = addWorkingDays(usual, dayOf(app.clock.now()), 1);
    app.clock.advance(60_000);
  });
  after(() => app.close());

  const local = [
    { day: '', name: { vi: 'Ngày truyền thống', en: 'Local day' }, source: 'Quyết định ví dụ 12/QĐ-UBND ngày 02/02/2026' },
  ];
  const brought = (version: string): JsonObject => {
    const localDays = local.map((one) => ({ ...one, day: dayOff }));
    return { ...usual, validFrom: '2026-01-01', validTo: '2026-12-31', version, localDays } as unknown as JsonObject;
  };
  const load = (more: Partial<CalendarLoad> = {}) =>
    loadCalendar(app.deps, {
      authority: app.authority,
      by: 'commandLine',
      dryRun: false,
      calendar: brought('v2'),
      recount: true,
      ...more,
    });
  const held = async (id: string): Promise<Instance> => {
    const found = await app.deps.store.instances.load(app.authority, id);
    if (found === null) throw new Error(`no instance ${id}`);
    return found.instance;
  };
  const later = () => addWorkingDays(usual, dayOf(due), 1);

  it('lists the old and the new date before anything is written', async () => {
    const { recount, saved } = await load({ dryRun: true });
    // the plan's two deliveries are due otherwise too
    expect([saved, recount?.instances, recount?.refused]).to.deep.equal([false, 3, []]);
    expect(
      recount?.dues
        .filter(({ instance }) => instance === paper.id)
        .map((one) => [one.instance, one.path, one.due, dayOf(one.recounted ?? '')]),
    ).to.deep.equal([[paper.id, '/reviewing', due, later()]]);
    expect((await held(paper.id)).revision).to.equal(paper.revision);
  });

  it('stay where that is not asked for', async () => {
    expect((await load({ recount: false })).recount).to.equal(null);
    expect((await held(paper.id)).visits).to.deep.equal(paper.visits);
  });

  it('move by an entry of the instance that names the decision, and remind anew; what comes out the same is left alone', async () => {
    // when the same file is brought again with the wish to recount
    const told: number[] = [];
    const { saved, recount } = await load({ onProgress: (count) => told.push(count) });
    expect([saved, recount?.instances, recount?.refused, told.at(-1)]).to.deep.equal([false, 3, [], 3]);
    const moved = await held(paper.id);
    expect(dayOf(moved.visits['/reviewing']?.due ?? '')).to.equal(later());
    expect(moved.visits['/reviewing']).to.include({ revision: 2, dueRevision: 3 });
    expect(moved.state).to.deep.equal(paper.state);
    const [stored] = await app.deps.store.instances.history(app.authority, paper.id, 3, 1);
    const entry = readEntry(stored?.bytes ?? '');
    expect([entry.command, entry.actor, entry.input]).to.deep.equal([
      'RECOUNT_DUE',
      'system',
      { calendar: 'v2', decision: 'Quyết định ví dụ 12/QĐ-UBND ngày 02/02/2026' },
    ]);
    expect(
      entry.effects.map(({ kind, dueAt, params }) => [kind, params.moment, dueAt === moved.visits['/reviewing']?.due]),
    ).to.deep.equal([
      ['remind', 'due', true],
      ['remind', 'after', false],
      ['remind', 'escalated', false],
    ]);
    expect((await held(other.id)).revision).to.equal(other.revision);
    // a day that somebody set is what it is
    expect((await held(halted)).visits['/executing']?.dueRevision).to.equal(2);
    const { terms, history } = await dueReport(app.deps, app.deps.models.pinned(moved.definition), moved);
    expect(terms.map(({ agrees, explanation }) => [agrees, explanation.calendarVersion])).to.deep.equal([[true, 'v2']]);
    expect(history.map(({ command }) => command)).to.deep.equal(['SUBMIT', 'RECOUNT_DUE']);
    const [record] = (await app.deps.store.audit.list(app.authority, 100)).filter(({ kind }) => kind === 'duesRecounted');
    expect(record).to.deep.include({ subject: 'v2', details: { instances: 3, refused: 0 } });
  });

  it('move once, however often and by however many it is asked', async () => {
    const { revision } = await held(paper.id);
    const { calendar } = await app.deps.store.directory.snapshot(app.authority);
    const ask = { authority: app.authority, calendar, dryRun: false };
    const both = await Promise.all([recountDues(app.deps, ask), recountDues(app.deps, ask)]);
    expect(both.map(({ instances }) => instances)).to.deep.equal([0, 0]);
    expect((await held(paper.id)).revision).to.equal(revision);
    // and where both see it at once, it is one entry
    const v3 = { ...brought('v3'), localDays: [] };
    await load({ calendar: v3, recount: false });
    const next = { ...ask, calendar: (await app.deps.store.directory.snapshot(app.authority)).calendar };
    await Promise.all([recountDues(app.deps, next), recountDues(app.deps, next)]);
    const back = await held(paper.id);
    expect([back.revision, back.visits['/reviewing']?.due]).to.deep.equal([revision + 1, due]);
  });

  it('is refused by a calendar that is not in force', async () => {
    const { calendar } = await app.deps.store.directory.snapshot(app.authority);
    // given a calendar that was replaced between the look and the command
    const old = { ...calendar, version: 'v2', localDays: local.map((one) => ({ ...one, day: dayOff })) };
    const { instances, refused } = await recountDues(app.deps, { authority: app.authority, calendar: old, dryRun: false });
    expect(instances).to.equal(0);
    expect(refused).to.deep.include.members([{ instance: paper.id, definition: 'document', blockers: ['calendarReplaced'] }]);
  });
});
