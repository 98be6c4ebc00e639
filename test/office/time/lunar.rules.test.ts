import { expect } from 'chai';
import fc from 'fast-check';
import {
  dayOfJulian,
  julianOf,
  newMoon,
  newMoonBefore,
  sunLongitude,
  winterSolstice,
} from '../../../src/office/time/astronomy.js';
import { addDays } from '../../../src/office/time/clock.js';
import { type LunarDay, lunarMonths, lunarOf, solarOf, tetOf } from '../../../src/office/time/lunar.js';

const years = Array.from({ length: 201 }, (_, index) => 1900 + index);
const anyDay = fc.integer({ min: 0, max: 73_400 }).map((days) => addDays('1900-01-31', days));
const order = ({ year, month, leap, day }: LunarDay) => year * 10_000 + month * 100 + (leap ? 50 : 0) + day;

describe('the rules of the lunar calendar, 1900 to 2100', () => {
  it('gives back every day that it converts', () => {
    fc.assert(
      fc.property(anyDay, (day) => solarOf(lunarOf(day)) === day),
      { numRuns: 2_000 },
    );
  });

  it('goes from each day to the next: one day on, or to the first of the next month', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        const [here, next] = [lunarOf(day), lunarOf(addDays(day, 1))];
        expect(order(next)).to.be.greaterThan(order(here));
        expect(next.day === here.day + 1 || (next.day === 1 && here.day >= 29)).to.equal(true);
      }),
      { numRuns: 1_000 },
    );
  });

  it('has months of 29 or 30 days, in order without gap, twelve of them or thirteen with one leap month', () => {
    let next = tetOf(1900);
    for (const year of years) {
      const months = lunarMonths(year);
      for (const { first, days } of months) {
        expect(first).to.equal(next);
        expect([29, 30]).to.include(days);
        next = addDays(first, days);
      }
      const leaps = months.filter(({ leap }) => leap);
      expect([months.length, leaps.length]).to.deep.equal(months.length === 13 ? [13, 1] : [12, 0]);
      expect(months.filter(({ leap }) => !leap).map(({ month }) => month)).to.deep.equal([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    }
  });

  it('keeps the winter solstice in month 11 and Tết between 20 January and 21 February', () => {
    for (const year of years.slice(1)) {
      expect(lunarOf(dayOfJulian(winterSolstice(year - 1) + (year <= 1968 ? 8 : 7) / 24)).month).to.equal(11);
      expect(tetOf(year).slice(5) >= '01-20' && tetOf(year).slice(5) <= '02-21').to.equal(true);
    }
  });

  it('makes no month a leap month in which the Sun enters a new twelfth of its way', () => {
    for (const year of years.filter((one) => one > 1968)) {
      for (const { leap, first, days } of lunarMonths(year)) {
        const [before, after] = [first, addDays(first, days)].map((day) => Math.floor(sunLongitude(julianOf(day) - 7 / 24) / 30));
        if (leap) expect(before).to.equal(after);
      }
    }
  });

  it('has no Tết from 1968 on whose new moon is nearer to midnight than any error of the computation', () => {
    // then: 28 minutes in 2053 is the least, where the formulas and the rotation of the Earth leave two in doubt
    const minutes = years
      .filter((year) => year >= 1968)
      .map((year) => {
        const local = newMoon(newMoonBefore(julianOf(tetOf(year)) + 1 - 7 / 24)) + 7 / 24 + 0.5;
        const sinceMidnight = (local % 1) * 1440;
        return Math.min(sinceMidnight, 1440 - sinceMidnight);
      });
    expect(Math.min(...minutes)).to.be.greaterThan(28);
  });

  it('knows the new moon of January 2000 and a term to the minute', () => {
    // 6 January 2000, 18:14 UTC; the winter solstice of 2025 was on 21 December at 15:03 UTC
    expect(Math.round((newMoon(0) - julianOf('2000-01-06')) * 1440)).to.equal(18 * 60 + 14);
    expect(Math.round((winterSolstice(2025) - julianOf('2025-12-21')) * 1440)).to.be.within(15 * 60 + 2, 15 * 60 + 4);
  });

  it('answers null for days that a year has not, and refuses what it cannot know', () => {
    expect(solarOf({ year: 2026, month: 1, leap: true, day: 1 })).to.equal(null);
    expect(solarOf({ year: 2026, month: 1, leap: false, day: 31 })).to.equal(null);
    expect(() => tetOf(1899)).to.throw('inputInvalid');
    expect(() => tetOf(2101)).to.throw('inputInvalid');
    expect(() => lunarOf('1900-01-30')).to.throw('inputInvalid');
    expect(() => lunarOf('2026-02-30')).to.throw('inputInvalid');
    expect(lunarOf('2101-01-28')).to.include({ year: 2100, month: 12 });
    expect(() => lunarOf('2101-01-29')).to.throw('inputInvalid');
  });
});
