import { expect } from 'chai';
import { type CalendarLoad, loadCalendar } from '../../src/commands/calendar/load.js';
import { seedCalendar } from '../../src/commands/calendar/seed.js';
import { calendarAt } from '../../src/commands/calendar/versions.js';
import { dueReport } from '../../src/commands/dueReport.js';
import { loadAuthority } from '../../src/commands/organisation/loadAuthority.js';
import type { Instance } from '../../src/engine/instance.js';
import type { JsonObject } from '../../src/engine/json.js';
import type { TrinhkyError } from '../../src/errors.js';
import { addWorkingDays, type WorkingCalendar } from '../../src/office/time/calendar.js';
import { addDays, dayOf } from '../../src/office/time/clock.js';
import { must, openPlan, startApplication, type TestApplication } from '../support/application.js';
import { town } from '../support/town.js';

describe('commands/calendar: a new version of the calendar', () => {
  let app: TestApplication;
  let paper: Instance;
  let due: string;
  let dayOff: string;
  before(async () => {
    app = await startApplication('calendar-load');
    paper = await must(app, (await openPlan(app)).id, 'off-nv', 'SUBMIT');
    due = Object.values(paper.visits).find((visit) => visit.due !== null)?.due ?? '';
    // a working day among those over which the paper's term was counted
    dayOff = addWorkingDays(town('x').calendar, dayOf(app.clock.now()), 1);
  });
  after(() => app.close());

  const load = (more: Partial<CalendarLoad> & { calendar: JsonObject }) =>
    loadCalendar(app.deps, { authority: app.authority, by: 'commandLine', dryRun: false, ...more });
  const brought = (version: string, more: Partial<WorkingCalendar> = {}): JsonObject => {
    const local = [{ day: dayOff, name: { vi: 'Ngày truyền thống', en: 'Local day' }, source: 'Quyết định ví dụ' }];
    const year = { validFrom: '2026-01-01', validTo: '2026-12-31' };
    return { ...town('x').calendar, ...year, version, localDays: local, ...more } as unknown as JsonObject;
  };
  const snapshot = () => app.deps.store.directory.snapshot(app.authority);
  const audit = async () => (await app.deps.store.audit.list(app.authority, 100)).filter(({ kind }) => kind === 'calendarLoaded');
  const faultOf = (promise: Promise<unknown>): Promise<TrinhkyError> =>
    promise.then(
      () => expect.fail('was accepted') as never,
      (error: unknown) => error as TrinhkyError,
    );

  it('tells before anything is written which days change, and which open due dates rest on them', async () => {
    const told = await load({ calendar: brought('v2'), dryRun: true });
    expect(told).to.deep.include({ version: 'v2', replaces: 'test', saved: false, proposed: 0 });
    expect(told.changed).to.deep.equal([{ day: dayOff, working: false, name: { vi: 'Ngày truyền thống', en: 'Local day' } }]);
    expect(told.dues).to.deep.include({ instances: 1, complete: true });
    const [example] = told.dues.examples;
    expect([example?.instance, example?.due]).to.deep.equal([paper.id, due]);
    // then it would be one working day later
    expect(dayOf(example?.recounted ?? '')).to.equal(addWorkingDays(town('x').calendar, dayOf(due), 1));
    expect((await snapshot()).calendar.version).to.equal('test');
    expect(await audit()).to.deep.equal([]);
  });

  it('leaves due dates alone over which no day changed', async () => {
    const later = [{ day: addDays(dayOf(due), 14), name: { vi: 'Ngày xa', en: 'Far day' }, source: 'Quyết định ví dụ' }];
    expect((await load({ calendar: brought('v2', { localDays: later }), dryRun: true })).dues.instances).to.equal(0);
  });

  it('is for administrators', async () => {
    const refused = await faultOf(load({ by: { person: 'clerk' }, calendar: brought('v2') }));
    expect(refused.code).to.equal('notAllowed');
    expect((await load({ by: { person: 'admin' }, calendar: brought('v2'), dryRun: true })).saved).to.equal(false);
  });

  it('is put in force with an audit record; open due dates stay, and are explained by the calendar of their time', async () => {
    const opened = app.clock.now();
    app.clock.advance(60_000);
    const done = await load({ by: { person: 'admin' }, calendar: brought('v2') });
    expect(done.saved).to.equal(true);
    const directory = await snapshot();
    expect(directory.calendar.version).to.equal('v2');
    const [record] = await audit();
    expect(record).to.deep.include({ actor: 'admin', subject: 'v2' });
    expect(record?.details).to.deep.include({ replaces: 'test', changedDays: 1 });
    const after = await app.deps.store.instances.load(app.authority, paper.id);
    expect(after?.instance.visits).to.deep.equal(paper.visits);
    expect(directory.calendars?.map(({ version }) => version)).to.deep.equal(['test', 'v2']);
    const before = new Date(Date.parse(directory.calendars?.[1]?.from ?? opened) - 1).toISOString();
    expect((await calendarAt(app.deps, directory, before)).version).to.equal('test');
    const { terms } = await dueReport(app.deps, app.deps.models.pinned(paper.definition), paper);
    expect(terms.map((term) => [term.due, term.agrees, term.explanation.calendarVersion])).to.deep.equal([[due, true, 'test']]);
    expect((await calendarAt(app.deps, directory, app.clock.now())).version).to.equal('v2');
  });

  it('changes nothing when the same is brought again, and refuses the version with another content', async () => {
    const { revision } = await snapshot();
    expect(await load({ calendar: brought('v2') })).to.deep.include({ saved: false, changed: [] });
    expect((await snapshot()).revision).to.equal(revision);
    const fault = await faultOf(load({ calendar: brought('v2', { localDays: [] }) }));
    expect(fault.params['faults']).to.deep.equal([
      { path: '/version', reason: 'versionUsed', value: 'v2', message: 'versionUsed v2' },
    ]);
  });

  it('refuses every fault of shape and of meaning with its place', async () => {
    const shape = await faultOf(load({ calendar: { ...brought('v3'), holidayz: [], restDays: [7] } }));
    const paths = (shape.params['faults'] as { path: string; message: string }[]).map(
      ({ path, message }) => `${path} ${message}`,
    );
    expect(paths.join('\n')).to.contain('holidayz').and.to.contain('/restDays/0');
    const idle = await faultOf(load({ calendar: brought('v3', { restDays: [0, 1, 2, 3, 4, 5, 6] }) }));
    expect((idle.params['faults'] as { path: string }[]).map(({ path }) => path)).to.deep.equal(['/restDays']);
    const meaning = await faultOf(load({ calendar: brought('v3', { workingSwaps: [{ day: '2026-03-07', source: 'x' }] }) }));
    expect((meaning.params['faults'] as { path: string }[]).map(({ path }) => path)).to.deep.equal([
      '/workingSwaps/0/dayOff',
      '/workingSwaps/0/decision',
    ]);
  });

  it('does not go back to a replaced version when an older file of the authority is loaded again', async () => {
    await loadAuthority(app.deps, town(app.authority), 'commandLine');
    expect((await snapshot()).calendar.version).to.equal('v2');
    await loadAuthority(app.deps, { ...town(app.authority), calendar: { ...town('x').calendar, version: 'v4' } }, 'commandLine');
    const { calendar, calendars } = await snapshot();
    expect(calendar.version).to.equal('v4');
    expect(calendars?.map(({ version }) => version)).to.deep.equal(['test', 'v2', 'v4']);
  });
});

describe('commands/calendar: a draft of a year', () => {
  it('is the law, compared with date-holidays: which knows one way of Tết only, no days in lieu, one day of Quốc khánh', async () => {
    const { calendar, differences } = await seedCalendar(2025);
    expect(calendar.holidays).to.have.length(11);
    // Tết of 2025 was from 27 to 31 January; the package has five days from the last day of the old year
    expect(differences.map(({ day, only }) => `${day} ${only}`)).to.deep.equal([
      '2025-01-27 law',
      '2025-02-01 seed',
      '2025-09-01 law',
    ]);
  });

  it('agrees with it on Tết and Giỗ Tổ of the years in which China differs', async () => {
    for (const year of [2007, 2030, 2053]) {
      const { differences } = await seedCalendar(year);
      expect(differences.filter(({ name }) => /mùng [123]\)|^Giỗ Tổ/.test(name) && !name.startsWith('Nghỉ bù'))).to.deep.equal(
        [],
      );
    }
  });
});
