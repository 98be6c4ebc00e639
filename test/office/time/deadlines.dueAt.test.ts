import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import type { WorkingCalendar } from '../../../src/office/time/calendar.js';
import { dueAt } from '../../../src/office/time/deadlines.js';
import { period } from '../../../src/office/time/periods.js';

const vectors = readFileSync(new URL('./vectors/calendars.json', import.meta.url), 'utf8');
const calendar = (JSON.parse(vectors) as { calendars: { year2026: WorkingCalendar } }).calendars.year2026;
// 17:30 UTC is already half past midnight of the 12th in Asia/Ho_Chi_Minh
const lateEvening = '2026-02-11T17:30:00.000Z';

describe('deadlines', () => {
  it('counts working days from the day it is in Vietnam, to the end of the day', () => {
    // the 12th is a Thursday: 13, then Tết until the 20th
    expect(dueAt({ workingDays: 3 }, { calendar, from: lateEvening })).to.equal('2026-02-24T16:59:59.999Z');
    // calendar days end on Sunday the 15th, and so with the first working day after it
    expect(dueAt({ calendarDays: 3 }, { calendar, from: lateEvening })).to.equal('2026-02-23T16:59:59.999Z');
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
