import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import {
  addWorkingDays,
  calendarDaysMax,
  explainWorkingDays,
  isDay,
  isWorkingDay,
  nextWorkingDay,
  type WorkingCalendar,
} from '../../../src/office/time/calendar.js';

const calendarOf = (year: number) => JSON.parse(readFileSync(`examples/calendar-${year}.json`, 'utf8')) as WorkingCalendar;
const of2010 = calendarOf(2010);

describe('working days', () => {
  it('passes over Tết 2010 with the days in lieu of its weekend', () => {
    // given the plan of 09/02/2010, a Tuesday: 10, 11, 12 are worked, 13 to 18 are Tết, Friday 19 was exchanged for Saturday 27
    expect(addWorkingDays(of2010, '2010-02-09', 3)).to.equal('2010-02-12');
    expect(addWorkingDays(of2010, '2010-02-09', 4)).to.equal('2010-02-22');
    expect(nextWorkingDay(of2010, '2010-02-12')).to.equal('2010-02-22');
    expect(nextWorkingDay(of2010, '2010-02-26')).to.equal('2010-02-27');
  });

  it('passes from 29 April to 4 May, since 1 May was a Saturday', () => {
    expect(nextWorkingDay(of2010, '2010-04-29')).to.equal('2010-05-04');
  });

  it('counts from the following day; nought means this day or the next working one; back is back', () => {
    expect(addWorkingDays(of2010, '2010-03-01', 0)).to.equal('2010-03-01');
    expect(addWorkingDays(of2010, '2010-03-06', 0)).to.equal('2010-03-08');
    expect(addWorkingDays(of2010, '2010-02-22', -1)).to.equal('2010-02-12');
  });

  it('works on a Saturday that was exchanged, and rests on a day named both ways', () => {
    const swapped: WorkingCalendar = {
      ...of2010,
      workingSwaps: [
        { day: '2010-03-06', source: 'test' },
        { day: '2010-09-02', source: 'test' },
      ],
    };
    expect(isWorkingDay(swapped, '2010-03-06')).to.equal(true);
    expect(nextWorkingDay(swapped, '2010-03-05')).to.equal('2010-03-06');
    expect(isWorkingDay(swapped, '2010-09-02')).to.equal(false);
  });

  it('explains each day that it passed, and says when holidays were not known', () => {
    const { day, steps, beyondCalendar } = explainWorkingDays(of2010, '2010-04-22', 1);
    expect(day).to.equal('2010-04-26');
    expect(steps.map((step) => step.reason)).to.deep.equal(['holiday', 'rest', 'rest', 'working']);
    expect(steps[0]?.name?.vi).to.equal('Giỗ Tổ Hùng Vương (10 tháng 3 âm lịch)');
    expect(beyondCalendar).to.equal(false);
    expect(explainWorkingDays(of2010, '2010-12-31', 1).beyondCalendar).to.equal(true);
  });

  it('refuses to walk for ever, and what is no count or no day', () => {
    const restless: WorkingCalendar = { ...of2010, restDays: [0, 1, 2, 3, 4, 5, 6], workingSwaps: [] };
    expect(() => nextWorkingDay(restless, '2010-01-01')).to.throw('inputInvalid');
    expect(() => addWorkingDays(of2010, '2010-01-01', calendarDaysMax * 2)).to.throw('inputInvalid');
    expect(() => addWorkingDays(of2010, '2010-01-01', 1.5)).to.throw('inputInvalid');
    expect(() => addWorkingDays(of2010, '2010-02-30', 1)).to.throw('inputInvalid');
  });

  it('finds every day of the example calendars real, in their year, in order and with their source', () => {
    for (const year of [2010, 2026]) {
      const { holidays, validFrom, validTo } = calendarOf(year);
      expect(holidays.every(({ day }) => isDay(day) && day >= validFrom && day <= validTo)).to.equal(true);
      expect(holidays.map(({ day }) => day)).to.deep.equal(holidays.map(({ day }) => day).sort());
      expect(holidays.every(({ source }) => source.includes('Bộ luật Lao động'))).to.equal(true);
    }
  });
});
