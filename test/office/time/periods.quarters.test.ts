import { expect } from 'chai';
import fc from 'fast-check';
import { addDays } from '../../../src/office/time/clock.js';
import { period, quarterOf, quartersOfYear } from '../../../src/office/time/periods.js';

describe('reporting quarters', () => {
  it('follows the calendar in 2010', () => {
    expect(quartersOfYear(2010).map(({ id, from, to }) => `${id} ${from} ${to}`)).to.deep.equal([
      '2010-Q1 2010-01-01 2010-03-31',
      '2010-Q2 2010-04-01 2010-06-30',
      '2010-Q3 2010-07-01 2010-09-30',
      '2010-Q4 2010-10-01 2010-12-31',
    ]);
    expect(period('2010-Q2')?.label).to.deep.equal({ vi: 'Quý II năm 2010', en: 'Quarter 2 of 2010' });
  });

  it('runs from the 15th to the 14th since Nghị định 09/2019, the first quarter from December', () => {
    expect(quartersOfYear(2026).map(({ from, to }) => `${from} ${to}`)).to.deep.equal([
      '2025-12-15 2026-03-14',
      '2026-03-15 2026-06-14',
      '2026-06-15 2026-09-14',
      '2026-09-15 2026-12-14',
    ]);
    expect(quarterOf('2025-12-15')).to.equal('2026-Q1');
    expect(quarterOf('2026-03-14')).to.equal('2026-Q1');
    expect(quarterOf('2026-03-15')).to.equal('2026-Q2');
    expect(quarterOf('2026-03-15', 'calendar')).to.equal('2026-Q1');
  });

  it('cuts off with the last millisecond of the last day in Asia/Ho_Chi_Minh', () => {
    expect(period('2010-Q1')?.cutOff).to.equal('2010-03-31T16:59:59.999Z');
    expect(period('2026-Q1')?.cutOff).to.equal('2026-03-14T16:59:59.999Z');
    expect(period('2026-Q1', 'calendar')?.cutOff).to.equal('2026-03-31T16:59:59.999Z');
  });

  it('joins the two regimes in the first quarter of 2019', () => {
    expect(period('2018-Q4')).to.deep.include({ from: '2018-10-01', to: '2018-12-31' });
    expect(period('2019-Q1')).to.deep.include({ from: '2019-01-01', to: '2019-03-14' });
    expect(period('2019-Q2')).to.deep.include({ from: '2019-03-15', to: '2019-06-14' });
  });

  it('knows no other ids', () => {
    for (const id of ['2010-Q5', '2010-Q0', '2010Q1', '2010-Q1 ', '']) expect(period(id)).to.equal(null);
  });

  it('puts every day into exactly the quarter whose bounds hold it, without gap or overlap', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20_000 }), (offset) => {
        const day = addDays('1995-01-01', offset);
        const own = period(quarterOf(day));
        if (own === null) throw new Error(day);
        expect(own.from <= day && day <= own.to).to.equal(true);
        expect(period(quarterOf(addDays(own.to, 1)))?.from).to.equal(addDays(own.to, 1));
      }),
    );
  });
});
