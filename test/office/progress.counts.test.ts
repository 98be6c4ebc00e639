import { expect } from 'chai';
import fc from 'fast-check';
import { makeBurnUp } from '../../src/office/progress/burnUp.js';
import { completenessOf, doneBy, makeTally, noReports, rateOf, timelinessOf } from '../../src/office/progress/counts.js';
import { dutyFact, dutyStates, reportFact, reportStates } from '../../src/office/progress/facts.js';
import { makeGrid } from '../../src/office/progress/grid.js';
import { makeStayTally, spreadOf, staysOf, workingCounter } from '../../src/office/progress/stays.js';
import { makeWaits, waitOf } from '../../src/office/progress/waits.js';
import { dutyStateOn } from '../../src/office/reporting/standings.js';
import { workingDaysBetween } from '../../src/office/time/calendar.js';
import { addDays } from '../../src/office/time/clock.js';
import { directory } from '../support/builders.js';

const { calendar } = directory;
const day = fc.integer({ min: 0, max: 400 }).map((count) => addDays('2010-01-01', count));
const now = '2010-08-15T02:00:00.000Z';

const instance = (definition: string, context: Record<string, unknown>) =>
  ({ id: 'x.1', definition: { id: definition, version: 1, hash: '' }, context, open: true }) as never;

describe('how a duty stands', () => {
  const leaves = ['offered', 'contested', 'executing', 'completed', 'confirmed', 'released'] as const;

  it('agrees with what the roll-up counts, for every state and every day', () => {
    fc.assert(
      fc.property(fc.constantFrom(...leaves), fc.option(day), day, (leaf, dueOn, handedIn) => {
        const completedOn = leaf === 'completed' || leaf === 'confirmed' ? handedIn : null;
        const context = { unit: 'p1', ...(dueOn === null ? {} : { dueOn }), ...(completedOn === null ? {} : { completedOn }) };
        const fact = dutyFact(instance('assignment', context), { calendar, now, since: now, paths: [`/${leaf}`] });
        expect(fact?.state ?? null).to.equal(dutyStateOn({ leaf, dueOn, completedOn }, '2010-08-15'));
      }),
    );
  });

  it('counts a suspended duty among the running ones, and never as overdue', () => {
    const suspensions = [{ from: '2010-03-01T02:00:00.000Z', to: null, reason: 'lũ', by: 'cons' }];
    const fact = dutyFact(instance('assignment', { unit: 'p1', dueOn: '2010-03-10', suspensions }), {
      calendar,
      now,
      since: now,
      paths: ['/executing', '/executing/suspended'],
    });
    expect(fact).to.include({ state: 'running', suspended: true });
  });
});

describe('how a report stands', () => {
  const stands = (context: object, ...paths: string[]) =>
    reportFact(instance('report', { unit: 'p1', period: '2010-Q2', dueOn: '2010-07-05', ...context }), { now, paths })?.state;

  it('is received when it was sent and does not lie with its unit again', () => {
    expect(stands({ submittedOn: '2010-07-05' }, '/accepted')).to.equal('onTime');
    expect(stands({ submittedOn: '2010-07-06' }, '/submitted')).to.equal('late');
    // one that was returned is with its unit: overdue, whatever day it was sent on
    expect(stands({ submittedOn: '2010-07-01' }, '/preparing', '/preparing/returned')).to.equal('overdue');
    expect(stands({}, '/silent')).to.equal('silent');
    expect(stands({}, '/closed')).to.equal('silent');
    expect(stands({ submittedOn: '2010-07-01' }, '/closed')).to.equal('onTime');
    expect(stands({ dueOn: '2010-08-15' }, '/preparing', '/preparing/open')).to.equal('awaited');
    expect(stands({ submittedOn: '2010-07-01' }, '/correcting')).to.equal('onTime');
  });

  it('counts for the unit for which it was opened', () => {
    const fact = reportFact(instance('report', { unit: 'x1', forUnit: 'p7', period: '2010-Q2' }), { now, paths: ['/accepted'] });
    expect(fact).to.include({ unit: 'p7', answeredBy: 'x1' });
  });
});

describe('counting', () => {
  const duty = fc.record({
    unit: fc.constantFrom('p1', 'p2', 'p3'),
    state: fc.constantFrom(...dutyStates),
    suspended: fc.boolean(),
    unconfirmed: fc.boolean(),
  });
  const report = fc.record({ unit: fc.constantFrom('p1', 'p2', 'p4'), state: fc.constantFrom(...reportStates) });

  it('agrees with a count that looks at everything again for every number', () => {
    fc.assert(
      fc.property(fc.array(duty), fc.array(report), (duties, reports) => {
        const tally = makeTally();
        for (const one of duties) tally.addDuty(one as never);
        for (const one of reports) tally.addReport(one);
        for (const { unit, duties: counted, reports: sent } of [
          ...tally.units(),
          { unit: null, duties: tally.duties(), reports: tally.reports() },
        ]) {
          const of = <T extends { unit: string }>(all: readonly T[]) => all.filter((one) => unit === null || one.unit === unit);
          expect(counted.total).to.equal(of(duties).length);
          for (const state of dutyStates) expect(counted[state]).to.equal(of(duties).filter((one) => one.state === state).length);
          expect(dutyStates.reduce((sum, state) => sum + counted[state], 0)).to.equal(counted.total);
          expect(counted.suspended).to.equal(of(duties).filter((one) => one.suspended).length);
          for (const state of reportStates) expect(sent[state]).to.equal(of(reports).filter((one) => one.state === state).length);
          const received = of(reports).filter(({ state }) => state === 'onTime' || state === 'late').length;
          const due = of(reports).filter(({ state }) => state !== 'awaited').length;
          expect(completenessOf(sent)).to.include({ numerator: received, denominator: due });
          expect(timelinessOf(sent)).to.include({ numerator: sent.onTime, denominator: received });
        }
      }),
    );
  });

  it('has no share of nothing, and rounds half up', () => {
    expect(completenessOf(noReports)).to.deep.equal({ numerator: 0, denominator: 0, perMille: null });
    expect(rateOf(13, 16).perMille).to.equal(813);
    expect(rateOf(1, 3).perMille).to.equal(333);
    expect(rateOf(2, 3).perMille).to.equal(667);
    expect(rateOf(1, 2_000).perMille).to.equal(1);
    expect(rateOf(16, 16).perMille).to.equal(1_000);
  });

  it('knows by when something was done', () => {
    expect(doneBy({ state: 'late', doneOn: '2010-06-30' }, '2010-06-30')).to.equal(true);
    expect(doneBy({ state: 'late', doneOn: '2010-07-01' }, '2010-06-30')).to.equal(false);
    expect(doneBy({ state: 'running', doneOn: null }, '2010-06-30')).to.equal(false);
  });
});

describe('the grid', () => {
  const quarters = [
    { id: '2010-Q1', to: '2010-03-31' },
    { id: '2010-Q2', to: '2010-06-30' },
  ];
  it('cumulates what was done, quarter by quarter, over all duties of the unit', () => {
    const grid = makeGrid(quarters);
    for (const doneOn of ['2010-02-01', '2010-03-31', '2010-04-01', '2010-07-01', null]) grid.addDuty({ unit: 'p1', doneOn });
    grid.addReport({ unit: 'p1', state: 'late' }, '2010-Q2');
    grid.addReport({ unit: 'p1', state: 'late' }, '2011-Q1');
    const [row] = grid.grid(directory).rows;
    expect(row?.cells.map(({ done, total }) => [done, total])).to.deep.equal([
      [2, 5],
      [3, 5],
    ]);
    expect(row?.cells.map(({ reports }) => reports.late)).to.deep.equal([0, 1]);
  });
});

describe('the burn-up', () => {
  it('agrees with counting anew for every week', () => {
    const work = fc.record({ dueOn: fc.option(day), doneOn: fc.option(day) });
    fc.assert(
      fc.property(fc.array(work, { maxLength: 40 }), day, (works, today) => {
        const burnUp = makeBurnUp({ from: '2010-01-01', to: '2010-12-31', today });
        for (const one of works) burnUp.add(one);
        for (const { endsOn, due, done } of burnUp.weeks()) {
          expect(due).to.equal(works.filter(({ dueOn }) => dueOn !== null && dueOn <= endsOn).length);
          const began = addDays(endsOn, -6) <= today;
          expect(done).to.equal(began ? works.filter(({ doneOn }) => doneOn !== null && doneOn <= endsOn).length : null);
        }
      }),
    );
  });
});

describe('times in states', () => {
  it('joins entries that leave a thing where it was, and tells stays that go on', () => {
    const entries = [
      { at: '2010-03-01T02:00:00.000Z', after: 'offered' },
      { at: '2010-03-03T02:00:00.000Z', after: 'offered' },
      { at: '2010-03-05T02:00:00.000Z', after: { executing: 'working' } },
    ];
    const stays = staysOf('assignment', entries, { now: '2010-03-08T14:00:00.000Z', open: true });
    expect(stays.map(({ state, open }) => [state, open])).to.deep.equal([
      ['/offered', false],
      ['/executing/working', true],
    ]);
    const tally = makeStayTally({ ...calendar, restDays: [0, 6], holidays: [] });
    tally.add(stays);
    // 1 to 5 March 2010, Monday to Friday: 4 days; 5 March 9:00 to 8 March 21:00: 3.5 days, and one working day
    expect(tally.summary().map((one) => [one.state, one.calendarTenths.median, one.workingTenths.median])).to.deep.equal([
      ['/executing/working', 35, 10],
      ['/offered', 40, 40],
    ]);
    expect(staysOf('assignment', entries, { now, open: false })).to.have.length(1);
  });

  it('counts working days as the calendar does, whatever was asked before', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(day, day), { minLength: 1, maxLength: 12 }), (pairs) => {
        const count = workingCounter(calendar);
        for (const [from, to] of pairs)
          expect(count(from, to)).to.equal(to <= from ? 0 : workingDaysBetween(calendar, from, to), `${from} ${to}`);
      }),
    );
  });

  it('ranks by nearest rank', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1 }), (values) => {
        const { median, p90, most } = spreadOf(values);
        for (const [rank, share] of [
          [median, 0.5],
          [p90, 0.9],
        ] as const) {
          expect(values).to.include(rank);
          expect(values.filter((value) => value <= rank).length * 10).to.be.at.least(Math.round(share * 10) * values.length);
          expect(values.filter((value) => value < rank).length * 10).to.be.below(Math.round(share * 10) * values.length);
        }
        expect(most).to.equal(Math.max(...values));
      }),
    );
    expect(spreadOf([])).to.deep.equal({ sum: 0, median: 0, p90: 0, most: 0 });
    expect(spreadOf([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]).p90).to.equal(9);
  });
});

describe('who waits for whom', () => {
  const wait = (waitsFor: readonly string[], more: object = {}) =>
    waitOf({
      instance: 'a.1',
      definition: 'assignment',
      title: '',
      state: '/offered',
      unit: 'p1',
      since: now,
      open: true,
      waitsFor,
      ...more,
    });
  it('is the authority for what the unit has to do, and the unit for what it is to be told', () => {
    expect(wait(['post:p1/head'])?.waiter).to.equal('authority');
    expect(wait(['post:ubnd/consolidator'])?.waiter).to.equal('unit');
    // p1 is not p11
    expect(wait(['post:p11/head'])?.waiter).to.equal('unit');
    expect(wait([])).to.equal(null);
    expect(wait(['post:p1/head'], { open: false })).to.equal(null);
  });
  it('keeps the longest waits of however many', () => {
    fc.assert(
      fc.property(fc.array(day, { maxLength: 60 }), (days) => {
        const waits = makeWaits(7);
        for (const [index, since] of days.entries())
          waits.add(wait(['post:p1/head'], { since, instance: String(index).padStart(3, '0') }));
        expect(waits.list().map(({ since }) => since)).to.deep.equal([...days].sort().slice(0, 7));
        expect(waits.count()).to.equal(days.length);
      }),
    );
  });
});
