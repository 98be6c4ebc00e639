import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import type { WorkingCalendar } from '../../../src/office/time/calendar.js';
import { dueAt } from '../../../src/office/time/deadlines.js';
import { period } from '../../../src/office/time/periods.js';

const calendar = JSON.parse(readFileSync('examples/calendar-2010.json', 'utf8')) as WorkingCalendar;
// 17:30 UTC is already half past midnight of the 10th in Asia/Ho_Chi_Minh
const lateEvening = '2010-02-09T17:30:00.000Z';

describe('deadlines', () => {
  it('counts working days from the day it is in Vietnam, to the end of the day', () => {
    // the 10th is a Wednesday: 11, 12, then Tết until the 18th
    expect(dueAt({ workingDays: 3 }, { calendar, from: lateEvening })).to.equal('2010-02-19T16:59:59.999Z');
    expect(dueAt({ calendarDays: 3 }, { calendar, from: lateEvening })).to.equal('2010-02-13T16:59:59.999Z');
  });

  it('takes a day to its end, an instant as it is, and nothing else', () => {
    const due = (fieldValue: string | null) => dueAt({ field: 'due' }, { calendar, from: lateEvening, fieldValue });
    expect(due('2010-03-31')).to.equal('2010-03-31T16:59:59.999Z');
    expect(due('2010-03-31T09:00:00+07:00')).to.equal('2010-03-31T02:00:00.000Z');
    for (const value of [null, '', '2010', '31/03/2010', '2010-02-30', '2010-03-31T09:00']) expect(due(value)).to.equal(null);
    expect(dueAt({ field: 'due' }, { calendar, from: lateEvening })).to.equal(null);
  });

  it('ends with a period, or some working days later', () => {
    const facts = { calendar, from: lateEvening, fieldValue: '2010-Q1' };
    expect(dueAt({ endOfPeriod: 'period' }, facts)).to.equal('2010-03-31T16:59:59.999Z');
    // 31 March is a Wednesday: Thursday and Friday, then Monday
    expect(dueAt({ endOfPeriod: 'period', plusWorkingDays: 3 }, facts)).to.equal('2010-04-05T16:59:59.999Z');
    expect(dueAt({ endOfPeriod: 'period' }, { ...facts, fieldValue: 'quý một' })).to.equal(null);
    expect(dueAt({ endOfPeriod: 'period' }, { ...facts, period: period('2010-Q1', 'closing14') })).to.equal(
      '2010-03-14T16:59:59.999Z',
    );
  });
});
