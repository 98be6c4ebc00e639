import { expect } from 'chai';
import fc from 'fast-check';
import { nextToOpen, reportingPeriod, rhythmOf } from '../../../src/office/reporting/obligation.js';
import { addDays } from '../../../src/office/time/clock.js';
import { type Frequency, frequencyOf, period, periodAfter, periodOf } from '../../../src/office/time/periods.js';
import { town } from '../../support/town.js';

const bounds = (id: string): string => {
  const found = period(id);
  return found === null ? 'none' : `${found.from} ${found.to}`;
};

describe('reporting periods beside quarters', () => {
  it('close on the 14th since Nghị định 09/2019/NĐ-CP, as its article 12 says', () => {
    const vectors = {
      '2026-M01': '2025-12-15 2026-01-14',
      '2026-M03': '2026-02-15 2026-03-14',
      '2026-M12': '2026-11-15 2026-12-14',
      '2026-Q2': '2026-03-15 2026-06-14',
      '2026-H1': '2025-12-15 2026-06-14',
      '2026-H2': '2026-06-15 2026-12-14',
      '2026-9M': '2025-12-15 2026-09-14',
      '2026-Y': '2025-12-15 2026-12-14',
    };
    for (const [id, days] of Object.entries(vectors)) expect(bounds(id), id).to.equal(days);
  });

  it('follow the calendar before it came into force, and meet it without losing a day', () => {
    const vectors = {
      '2010-M02': '2010-02-01 2010-02-28',
      '2012-M02': '2012-02-01 2012-02-29',
      '2010-H2': '2010-07-01 2010-12-31',
      '2010-9M': '2010-01-01 2010-09-30',
      '2010-Y': '2010-01-01 2010-12-31',
      '2019-M02': '2019-02-01 2019-02-28',
      '2019-M03': '2019-03-01 2019-03-14',
      '2019-M04': '2019-03-15 2019-04-14',
      '2019-H1': '2019-01-01 2019-06-14',
      '2019-Y': '2019-01-01 2019-12-14',
      '2020-Y': '2019-12-15 2020-12-14',
    };
    for (const [id, days] of Object.entries(vectors)) expect(bounds(id), id).to.equal(days);
    expect(period('2026-9M')?.label).to.deep.equal({ vi: '9 tháng đầu năm 2026', en: 'First nine months of 2026' });
    for (const id of ['2026-M13', '2026-M00', '2026-M1', '2026-H3', '2026-9M1', '2026-', '0000-Y', '2026-y'])
      expect(period(id), id).to.equal(null);
  });

  it('adjoin without gap or overlap from 1990 to 2050, each day in exactly the one that holds it', () => {
    const frequencies: readonly Frequency[] = ['month', 'quarter', 'half', 'year'];
    fc.assert(
      fc.property(
        fc.constantFrom(...frequencies),
        fc.constantFrom(undefined, 'calendar' as const, 'closing14' as const),
        fc.integer({ min: 0, max: 61 * 365 }),
        (frequency, regime, offset) => {
          const day = addDays('1990-01-01', offset);
          const id = periodOf(day, frequency, regime);
          const own = period(id, regime);
          const next = period(periodAfter(id) ?? '', regime);
          if (own === null || next === null) throw new Error(id);
          expect(own.from <= day && day <= own.to, `${day} ${id}`).to.equal(true);
          expect(next.from, id).to.equal(addDays(own.to, 1));
          expect(frequencyOf(id)).to.equal(frequency);
        },
      ),
      { numRuns: 3_000 },
    );
    // and nine months are the first three quarters together
    for (let year = 1990; year <= 2050; year += 1) {
      const nine = period(`${year}-9M`);
      expect([nine?.from, nine?.to]).to.deep.equal([period(`${year}-Q1`)?.from, period(`${year}-Q3`)?.to]);
    }
  });
});

describe('the days of a reporting period', () => {
  const { calendar } = town('periods');
  const days = (id: string, more: object) => {
    const found = reportingPeriod(id, rhythmOf({ frequency: frequencyOf(id) ?? '', ...more }), calendar);
    return found === null ? null : [found.dueOn, found.consolidateOn];
  };

  it('are counted in working days in two hops, or named as days of the month', () => {
    // the 14th of March 2026 is a Saturday
    expect(days('2026-Q1', { dueDays: 2, consolidateDays: 3 })).to.deep.equal(['2026-03-17', '2026-03-20']);
    // the unit by the 15th, the consolidator by the 25th: Nghị định 09/2019/NĐ-CP, Điều 13
    expect(days('2026-Q1', { dueDay: 15, consolidateDay: 25 })).to.deep.equal(['2026-03-15', '2026-03-25']);
    expect(days('2026-Q1', { dueDay: 14, consolidateDay: 6 })).to.deep.equal(['2026-04-14', '2026-05-06']);
    expect(days('2026-Y', { regime: 'calendar', dueDay: 31, consolidateDay: 30 })).to.deep.equal(['2027-01-31', '2027-02-28']);
    expect(days('2026-M01', { regime: 'calendar', dueDay: 31 })?.[0]).to.equal('2026-02-28');
  });

  it('belong to periods of the rhythm alone, one after the other until the last day', () => {
    expect(reportingPeriod('2026-M01', rhythmOf({ frequency: 'quarter' }), calendar)).to.equal(null);
    const rhythm = rhythmOf({ frequency: 'half', opensBefore: 400, until: '2026-12-31' });
    // never before the period itself begins
    expect(nextToOpen('2026-H1', [], rhythm)).to.deep.equal({ nextPeriod: '2026-H1', opensOn: '2025-12-14T17:00:00.000Z' });
    expect(nextToOpen('2026-H1', ['2026-H1'], rhythm)?.nextPeriod).to.equal('2026-H2');
    expect(nextToOpen('2026-H1', ['2026-H1', '2026-H2'], rhythm)?.nextPeriod).to.equal('2027-H1');
    expect(nextToOpen('2027-H2', [], rhythm)).to.equal(null);
  });
});
