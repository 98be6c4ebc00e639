import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { isWorkingDay, stepOf, type WorkingCalendar, weekdayOf } from '../../../src/office/time/calendar.js';
import { calendarFaults, changedDays, mergeCalendars, yearOf } from '../../../src/office/time/calendarRecord.js';
import { calendarHash, versionAt, withVersion } from '../../../src/office/time/calendarVersions.js';
import { addDays } from '../../../src/office/time/clock.js';
import { calendarByLaw } from '../../../src/office/time/holidayLaw.js';
import { inWorkingHours, nextWorkingMoment } from '../../../src/office/time/workingHours.js';

const of2026 = JSON.parse(readFileSync('examples/calendar-2026.json', 'utf8')) as WorkingCalendar;
const off = (day: string) => ({ day, name: { vi: 'Ngày truyền thống', en: 'Local day' }, source: 'Quyết định ví dụ' });

describe('a calendar as a record', () => {
  it('knows both sides of an exchange, and local days', () => {
    // given 31 August, a Monday, off for 22 August, a Saturday
    const calendar = { ...of2026, localDays: [off('2026-03-10')] };
    expect(stepOf(calendar, '2026-08-31')).to.deep.include({ working: false, reason: 'swap' });
    expect(stepOf(calendar, '2026-08-31').name?.vi).to.equal('Nghỉ hoán đổi, làm bù ngày 22/08/2026');
    expect(stepOf(calendar, '2026-08-22')).to.deep.include({ working: true, reason: 'swap' });
    expect([isWorkingDay(calendar, '2026-03-10'), isWorkingDay(of2026, '2026-03-10')]).to.deep.equal([false, true]);
  });

  it('counts the days of the week without a date library', () => {
    for (let day = '1999-12-25'; day < '2004-03-03'; day = addDays(day, 1))
      expect(weekdayOf(day), day).to.equal(new Date(`${day}T00:00:00Z`).getUTCDay());
  });

  it('takes the examples and what the law gives as they are', () => {
    for (const calendar of [of2026, ...[1996, 1999, 2013, 2027, 2053, 2100].map(calendarByLaw)])
      expect(calendarFaults(calendar), calendar.version).to.deep.equal([]);
  });

  it('names every fault with its place and reason', () => {
    const [first] = of2026.holidays;
    const faulty: WorkingCalendar = {
      ...of2026,
      holidays: [...of2026.holidays, { ...(first as (typeof of2026.holidays)[0]) }, off('2027-01-05'), off('2026-02-30')],
      localDays: [off('2026-09-02')],
      workingSwaps: [
        { day: '2026-03-14', source: 'x' },
        { day: '2026-03-16', dayOff: '2026-03-21', decision: '1', source: 'x' },
        { day: '2026-09-02', dayOff: '2026-03-17', decision: '2', source: 'x' },
        { day: '2026-03-28', dayOff: '2026-03-17', decision: '3', source: 'x' },
      ],
      hours: [
        {
          weekdays: [1, 2],
          spans: [
            { from: '13:00', to: '17:00' },
            { from: '07:30', to: '11:30' },
          ],
        },
        { weekdays: [2], spans: [] },
      ],
    };
    expect(calendarFaults(faulty).map(({ path, reason }) => `${path} ${reason}`)).to.deep.equal([
      '/holidays/12/day twice',
      '/holidays/13/day outsideYears',
      '/holidays/14/day notADay',
      '/localDays/0/day twice',
      '/workingSwaps/0/dayOff dayOffMissing',
      '/workingSwaps/0/decision decisionMissing',
      '/workingSwaps/1/day notRestDay',
      '/workingSwaps/1/dayOff dayOffNotWorking',
      '/workingSwaps/2/day workedIsHoliday',
      '/workingSwaps/3/dayOff twice',
      '/hours/0/spans/1 hoursReversed',
      '/hours/1/weekdays/0 hoursTwice',
    ]);
    const bounds = (validFrom: string, validTo: string) =>
      calendarFaults({ ...of2026, validFrom, validTo }).map(({ reason }) => reason);
    expect(bounds('2026-12-31', '2026-01-01')).to.deep.equal(['yearsReversed']);
    expect(bounds('2026-02-30', '2026-12-31')).to.deep.equal(['notADay']);
    expect(bounds('2026-01-01', '2046-12-31')).to.deep.equal(['tooLong']);
  });

  it('adds a year to the calendar in force, replaces one that it brings again, and leaves no gap', () => {
    const both = mergeCalendars(of2026, calendarByLaw(2027)) as WorkingCalendar;
    expect([both.version, both.validFrom, both.validTo]).to.deep.equal(['2027.1', '2026-01-01', '2027-12-31']);
    expect([isWorkingDay(both, '2026-08-31'), isWorkingDay(both, '2027-02-05')]).to.deep.equal([false, false]);
    const again = mergeCalendars(both, { ...calendarByLaw(2026), version: 'again' }) as WorkingCalendar;
    expect([isWorkingDay(again, '2026-08-31'), isWorkingDay(again, '2027-02-05')]).to.deep.equal([true, false]);
    expect(mergeCalendars(of2026, calendarByLaw(2028))).to.deep.include({ path: '/validFrom', reason: 'notAdjoining' });
    expect(mergeCalendars(of2026, calendarByLaw(2024))).to.deep.include({ path: '/validTo', reason: 'notAdjoining' });
  });

  it('takes an exchange over the turn of the year, from either year', () => {
    // given Saturday 27 December 2014, worked for Friday 2 January 2015
    const swap = { day: '2014-12-27', dayOff: '2015-01-02', decision: 'Thông báo ví dụ', source: 'Thông báo ví dụ' };
    const [of2014, of2015] = [2014, 2015].map((year) => ({ ...calendarByLaw(year), workingSwaps: [swap] }));
    if (!of2014 || !of2015) throw new Error('two calendars');
    expect([...calendarFaults(of2014), ...calendarFaults(of2015)]).to.deep.equal([]);
    const both = mergeCalendars(of2014, of2015) as WorkingCalendar;
    expect(both.workingSwaps).to.deep.equal([swap]);
    expect((mergeCalendars(both, { ...of2014, version: 'again' }) as WorkingCalendar).workingSwaps).to.deep.equal([swap]);
    expect([isWorkingDay(both, '2014-12-27'), isWorkingDay(both, '2015-01-02')]).to.deep.equal([true, false]);
    expect((mergeCalendars(both, { ...calendarByLaw(2015), version: 'law' }) as WorkingCalendar).workingSwaps).to.deep.equal([]);
  });

  it('lists the days that change between working and off, and no others', () => {
    const law = { ...calendarByLaw(2026), version: 'law' };
    expect(changedDays(law, of2026).map(({ day, working }) => `${day} ${working}`)).to.deep.equal([
      '2026-01-02 false',
      '2026-01-10 true',
      '2026-08-22 true',
      '2026-08-31 false',
    ]);
    expect(changedDays(of2026, { ...of2026, version: 'other' })).to.deep.equal([]);
    // a day off that is put on a Sunday changes nothing
    expect(changedDays(of2026, { ...of2026, localDays: [off('2026-03-15')] })).to.deep.equal([]);
  });

  it('shows one year of several', () => {
    const both = mergeCalendars(of2026, calendarByLaw(2027)) as WorkingCalendar;
    const year = yearOf(both, 2027);
    expect([year.holidays[0]?.day, year.workingSwaps.length, year.validFrom]).to.deep.equal(['2027-01-01', 0, '2027-01-01']);
  });

  it('keeps which version was in force when; the first from the beginning', () => {
    const next = { ...of2026, version: 'v2' };
    const first = withVersion([], of2026, next, '2026-05-04T02:00:00.000Z');
    expect(first.map(({ version, from }) => [version, from])).to.deep.equal([
      [of2026.version, null],
      ['v2', '2026-05-04T02:00:00.000Z'],
    ]);
    expect(first[1]?.hash).to.equal(calendarHash(next)).and.not.equal(first[0]?.hash);
    expect(withVersion(first, next, next, '2027-01-01T00:00:00.000Z')).to.equal(first);
    const at = (instant: string) => versionAt(first, instant);
    expect(at('2026-05-04T01:59:59.999Z')).to.equal(of2026.version);
    expect(at('2026-05-04T02:00:00.000Z')).to.equal('v2');
    expect(versionAt([], '2026-05-04T02:00:00.000Z')).to.equal(null);
  });
});

describe('working hours', () => {
  const hanoi = (day: string, time: string) => new Date(Date.parse(`${day}T${time}:00.000+07:00`)).toISOString();

  it('are from the first moment of a span until just before its end', () => {
    const at = (time: string) => (inWorkingHours(of2026, hanoi('2026-03-10', time)) ? 'yes' : 'no');
    expect(['07:29', '07:30', '11:29', '11:30', '12:59', '13:00', '16:59', '17:00'].map(at)).to.deep.equal(
      'no yes yes no no yes yes no'.split(' '),
    );
  });

  it('go on in the afternoon, on the next working day, after Tết, and on a Saturday that is worked', () => {
    const next = (day: string, time: string) => nextWorkingMoment(of2026, hanoi(day, time));
    expect(next('2026-03-10', '09:15')).to.equal(hanoi('2026-03-10', '09:15'));
    expect(next('2026-03-10', '12:00')).to.equal(hanoi('2026-03-10', '13:00'));
    expect(next('2026-03-13', '17:00')).to.equal(hanoi('2026-03-16', '07:30'));
    expect(next('2026-02-13', '18:00')).to.equal(hanoi('2026-02-23', '07:30'));
    expect(next('2026-08-21', '17:30')).to.equal(hanoi('2026-08-22', '07:30'));
    expect(next('2026-08-28', '17:30')).to.equal(hanoi('2026-09-03', '07:30'));
  });

  it('follow the record: a Saturday that stands for a Friday has the hours of a Friday', () => {
    const short: WorkingCalendar = {
      ...of2026,
      hours: [
        { weekdays: [1, 2, 3, 4], spans: [{ from: '08:00', to: '12:00' }] },
        { weekdays: [5], spans: [{ from: '09:00', to: '10:00' }] },
      ],
    };
    // given 10 January, a Saturday, worked for Friday 2 January
    expect(nextWorkingMoment(short, hanoi('2026-01-10', '06:00'))).to.equal(hanoi('2026-01-10', '09:00'));
    expect(nextWorkingMoment(short, hanoi('2026-01-10', '10:00'))).to.equal(hanoi('2026-01-12', '08:00'));
    const never = { ...of2026, restDays: [0, 1, 2, 3, 4, 5, 6], workingSwaps: [] };
    expect(() => nextWorkingMoment(never, hanoi('2026-03-10', '09:15'))).to.throw('inputInvalid');
  });
});
