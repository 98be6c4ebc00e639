import { expect } from 'chai';
import fc from 'fast-check';
import {
  afterPause,
  countOf,
  firstPeriod,
  nextPeriod,
  occurrenceOf,
  occurrencesMax,
  type Recurrence,
  recurrences,
} from '../../../src/office/duties/recurrence.js';
import { addDays } from '../../../src/office/time/clock.js';
import { town } from '../../support/town.js';

const { calendar } = town('recurrence');
const all = (rule: Recurrence) => {
  const ids: string[] = [];
  for (let id: string | null = firstPeriod(rule); id !== null && ids.length <= occurrencesMax; id = nextPeriod(rule, id))
    ids.push(id);
  return ids.map((id) => occurrenceOf(rule, id, calendar));
};

describe('a duty that comes again', () => {
  const quarterly: Recurrence = { every: 'quarter', from: '2026-02-10', until: '2026-11-15' };

  it('occurs in the periods from its first day to its last, each opened on its first day and due at its end', () => {
    expect(all(quarterly).map((one) => [one?.period.id, one?.opensAt, one?.dueOn])).to.deep.equal([
      ['2026-Q1', '2026-02-09T17:00:00.000Z', '2026-03-31'],
      ['2026-Q2', '2026-03-31T17:00:00.000Z', '2026-06-30'],
      ['2026-Q3', '2026-06-30T17:00:00.000Z', '2026-09-30'],
      ['2026-Q4', '2026-09-30T17:00:00.000Z', '2026-11-15'],
    ]);
  });

  it('keeps the calendar months of its kind, also where reports are cut off on the 14th', () => {
    expect(all({ ...quarterly, every: 'half' }).map((one) => [one?.period.id, one?.period.to])).to.deep.equal([
      ['2026-H1', '2026-06-30'],
      ['2026-H2', '2026-12-31'],
    ]);
  });

  it('is due so many working days after the end where that is asked', () => {
    // 30 June 2026 is a Tuesday; three working days after it is Friday
    expect(occurrenceOf({ ...quarterly, dueDays: 3 }, '2026-Q2', calendar)?.dueOn).to.equal('2026-07-03');
  });

  it('gives none where it ends before it begins, and stops counting at its bound', () => {
    expect(countOf({ ...quarterly, until: '2026-02-09' })).to.equal(0);
    expect(countOf({ every: 'month', from: '2026-01-01', until: '2099-12-31' })).to.equal(occurrencesMax + 1);
  });

  it('after a pause goes on with the period that runs, and says which passed', () => {
    expect(afterPause(quarterly, '2026-Q2', '2026-07-01')).to.deep.equal({ next: '2026-Q3', skipped: ['2026-Q2'] });
    expect(afterPause(quarterly, '2026-Q2', '2026-06-30')).to.deep.equal({ next: '2026-Q2', skipped: [] });
    expect(afterPause(quarterly, '2026-Q4', '2027-02-01')).to.deep.equal({ next: null, skipped: ['2026-Q4'] });
  });

  it('occurrences follow each other without gap or double, whatever the rule (fast-check)', () => {
    const day = fc.integer({ min: 0, max: 3_000 }).map((days) => addDays('2018-01-01', days));
    fc.assert(
      fc.property(day, fc.nat({ max: 1_500 }), fc.constantFrom(...recurrences), (from, length, every) => {
        const rule: Recurrence = { every, from, until: addDays(from, length) };
        const list = all(rule);
        expect(list.length).to.equal(countOf(rule));
        for (const [index, one] of list.entries()) {
          const next = list[index + 1];
          expect(one).not.to.equal(null);
          if (one && next) expect(addDays(one.period.to, 1)).to.equal(next.period.from);
        }
        expect((list[0]?.period.from ?? '') <= from).to.equal(true);
        expect((list.at(-1)?.period.to ?? '') >= rule.until).to.equal(true);
      }),
    );
  });
});
