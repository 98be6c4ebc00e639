import { expect } from 'chai';
import Holidays from 'date-holidays';
import { addDays } from '../../../src/office/time/clock.js';
import { lunarMonths, lunarOf, solarOf, tetOf } from '../../../src/office/time/lunar.js';

/** Tết of 1930 to 2097 in days after 1 January, by the tables of Hồ Ngọc Đức (2004), which many Vietnamese calendars are printed from. */
const TABLE =
  '29 47 36 25 44 34 23 41 30 49 38 26 45 35 24 43 32 21 40 28 47 36 26 44 33 23 42 30 48 38 27 45 35 24 43 32 20 39 28 46 36 26 45 33 22 41 30 48 37 27 46 35 24 43 32 20 39 28 47 36 26 45 34 22 40 30 49 37 27 46 35 23 42 31 21 39 28 47 37 25 44 33 22 40 30 49 38 27 46 35 24 42 31 21 40 28 47 36 25 43 32 22 41 30 49 38 27 45 34 23 42 31 21 40 29 47 36 25 44 32 22 41 31 48 38 27 45 34 23 42 32 20 39 28 47 35 25 44 33 22 41 30 49 37 26 45 35 23 42 32 21 39 28 47 36 25 44 33 23 40 29 48 37 26 45 35 24 42';
const tableFrom = 1930;

/** Leap months from 1984 to 2053 by the same tables: year and month. */
const LEAP_MONTHS =
  '1985-2 1987-7 1990-5 1993-3 1995-8 1998-5 2001-4 2004-2 2006-7 2009-5 2012-4 2014-9 2017-6 2020-4 2023-2 2025-6 2028-5 2031-3 2033-11 2036-6 2039-5 2042-2 2044-7 2047-5 2050-3 2052-8';

const years = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe('the Vietnamese lunar calendar against others', () => {
  it('has Tết right in the years in which it differs from the Chinese one or comes close', () => {
    const tet = [1968, 1969, 1985, 2007, 2027, 2030, 2053, 2064].map(tetOf);
    expect(tet).to.deep.equal([
      '1968-01-29',
      '1969-02-16',
      '1985-01-21',
      '2007-02-17',
      '2027-02-06',
      '2030-02-02',
      '2053-02-18',
      '2064-02-17',
    ]);
  });

  it('agrees with the printed tables on every Tết of 168 years', () => {
    const days = TABLE.split(' ').map((days, index) => addDays(`${tableFrom + index}-01-01`, Number(days)));
    expect(days).to.have.length(168);
    expect(years(tableFrom, tableFrom + 167).map(tetOf)).to.deep.equal(days);
  });

  it('agrees with the printed tables on every leap month of seventy years, that after month 11 of 2033 among them', () => {
    const leaps = years(1984, 2053).flatMap((year) =>
      lunarMonths(year).flatMap(({ month, leap }) => (leap ? [`${year}-${month}`] : [])),
    );
    expect(leaps.join(' ')).to.equal(LEAP_MONTHS);
  });

  it('agrees with date-holidays on every Tết, and on eight other lunar days but where that package slips', () => {
    // given a package that computes from VSOP87, where this computes from two shorter series
    const seed = new Holidays('VN');
    const tried = years(1968, 2100).filter((year) => year % 6 === 0 || [1968, 1985, 2007, 2027, 2030, 2053, 2064].includes(year));
    const found = tried.flatMap((year) =>
      seed.getHolidays(year).flatMap(({ rule, date }) => {
        const [, month, day] = /^vietnamese (\d+)-0-(\d+)$/.exec(rule) ?? [];
        // a day of month 12 lies in the lunar year before
        const own = (one: number) => solarOf({ year: one, month: Number(month), leap: false, day: Number(day) });
        return month === undefined ? [] : [{ rule, date: date.slice(0, 10), own: month === '12' ? own(year - 1) : own(year) }];
      }),
    );
    expect(found.length).to.be.greaterThan(200);
    expect(found.filter(({ rule, date, own }) => rule === 'vietnamese 1-0-1' && date !== own)).to.deep.equal([]);
    // then it is a day early where it adds days to the instant of a new moon shortly after midnight, and takes month 12 of 2052, of
    // a year whose leap month was month 8, for another leap month; the printed tables agree with this module on all of them
    const slips = found.filter(({ date, own }) => date !== own).map(({ rule, date, own }) => `${rule} ${date} ${own}`);
    expect(slips).to.deep.equal([
      'vietnamese 12-0-23 1968-01-21 1968-01-22',
      'vietnamese 8-0-15 1980-09-22 1980-09-23',
      'vietnamese 4-0-15 1998-05-09 1998-05-10',
      'vietnamese 12-0-23 2040-02-04 2040-02-05',
      'vietnamese 4-0-15 2052-05-12 2052-05-13',
      'vietnamese 12-0-23 2053-03-12 2053-02-11',
      'vietnamese 4-0-15 2070-05-23 2070-05-24',
      'vietnamese 7-0-15 2088-08-29 2088-08-30',
    ]);
  });

  it('reads days as a wall calendar of 2010 shows them', () => {
    expect(lunarOf('2010-02-09')).to.deep.equal({ year: 2009, month: 12, leap: false, day: 26 });
    expect(lunarOf('2010-04-23')).to.deep.equal({ year: 2010, month: 3, leap: false, day: 10 });
    expect(lunarOf('2009-07-10')).to.deep.equal({ year: 2009, month: 5, leap: true, day: 18 });
  });
});
