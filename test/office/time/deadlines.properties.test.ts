import { expect } from 'chai';
import fc from 'fast-check';
import { addWorkingDays, isWorkingDay, type WorkingCalendar, workingDaysBetween } from '../../../src/office/time/calendar.js';
import { addDays, dayOf, startOfDay } from '../../../src/office/time/clock.js';
import { dueAt, explainDue } from '../../../src/office/time/deadlines.js';

const base = '2026-01-01';
const day = fc.integer({ min: 0, max: 600 }).map((offset) => addDays(base, offset));
const calendar: fc.Arbitrary<WorkingCalendar> = fc
  .record({
    off: fc.uniqueArray(fc.integer({ min: 0, max: 900 }), { maxLength: 60 }),
    worked: fc.uniqueArray(fc.integer({ min: 0, max: 900 }), { maxLength: 20 }),
  })
  .map(({ off, worked }) => ({
    version: 'random',
    restDays: [0, 6],
    holidays: off.map((offset) => ({ day: addDays(base, offset), name: { vi: 'Nghỉ', en: 'Off' }, source: 'random' })),
    workingSwaps: worked.map((offset) => ({ day: addDays(base, offset), source: 'random' })),
    validFrom: base,
    validTo: '2029-12-31',
  }));
const term = fc.integer({ min: 1, max: 40 });
const at = (one: string): string => new Date(Date.parse(startOfDay(one)) + 9 * 3_600_000).toISOString();
const suspension = (from: string, to: string) => ({ from: at(from), to: at(to), reason: 'Chờ', by: 'x' });

/** Working days of `from` up to, and without, `to`. */
function workedIn(own: WorkingCalendar, from: string, to: string): number {
  let count = 0;
  for (let one = from; one < to; one = addDays(one, 1)) if (isWorkingDay(own, one)) count += 1;
  return count;
}

describe('deadline arithmetic, whatever the calendar', () => {
  it('undoes with a negative count what it did, from any working day', () => {
    fc.assert(
      fc.property(calendar, day, term, (own, start, count) => {
        fc.pre(isWorkingDay(own, start));
        expect(addWorkingDays(own, addWorkingDays(own, start, count), -count)).to.equal(start);
      }),
    );
  });

  it('is later for a longer term, and not earlier for a later start', () => {
    fc.assert(
      fc.property(calendar, day, term, fc.integer({ min: 0, max: 30 }), (own, start, count, later) => {
        const due = (from: string, workingDays: number): string =>
          dueAt({ workingDays }, { calendar: own, from: at(from) }) ?? '';
        expect(due(start, count + 1) > due(start, count)).to.equal(true);
        expect(due(addDays(start, later), count) >= due(start, count)).to.equal(true);
        const calendarDays = (days: number): string => dueAt({ calendarDays: days }, { calendar: own, from: at(start) }) ?? '';
        expect(calendarDays(count + 1) >= calendarDays(count)).to.equal(true);
      }),
    );
  });

  it('ends on a working day, and counts exactly the days of the term', () => {
    fc.assert(
      fc.property(calendar, day, term, (own, start, workingDays) => {
        const { due, steps } = explainDue({ workingDays }, { calendar: own, from: at(start) });
        expect(isWorkingDay(own, dayOf(due ?? ''))).to.equal(true);
        expect(workedIn(own, addDays(start, 1), addDays(dayOf(due ?? ''), 1))).to.equal(workingDays);
        expect(steps.filter(({ counted }) => counted !== null).map(({ counted }) => counted)).to.deep.equal(
          Array.from({ length: workingDays }, (_, index) => index + 1),
        );
        // every day between is told, once and in order
        expect(steps.map((step) => step.day)).to.deep.equal(steps.map((_, index) => addDays(start, index)));
      }),
    );
  });

  it('moves a term by exactly the working days of a suspension that begins within it', () => {
    fc.assert(
      fc.property(calendar, day, term, fc.nat(), fc.integer({ min: 0, max: 50 }), (own, start, workingDays, where, length) => {
        const facts = { calendar: own, from: at(start) };
        const plain = dayOf(dueAt({ workingDays }, facts) ?? '');
        const days = workedInclusive(start, plain);
        const begins = days[where % days.length] ?? plain;
        const ends = addDays(begins, length);
        const lost = workedIn(own, begins, ends);
        const suspended = { ...facts, suspensions: [suspension(begins, ends)] };
        expect(dayOf(dueAt({ workingDays }, suspended) ?? '')).to.equal(lost === 0 ? plain : addWorkingDays(own, plain, lost));
      }),
    );
  });

  it('moves a fixed day by the working days before it that were lost, and leaves as many after the suspension as there were', () => {
    fc.assert(
      fc.property(
        calendar,
        day,
        fc.integer({ min: 1, max: 40 }),
        fc.nat(),
        fc.integer({ min: 0, max: 50 }),
        (own, start, ahead, where, length) => {
          const plain = addDays(start, ahead);
          const days = workedInclusive(start, plain);
          const begins = days[where % days.length] ?? plain;
          const ends = addDays(begins, length);
          const facts = { calendar: own, from: at(start), fieldValue: plain, suspensions: [suspension(begins, ends)] };
          const later = dayOf(dueAt({ field: 'dueOn' }, facts) ?? '');
          expect(later >= plain).to.equal(true);
          const left = (from: string, to: string): number => workedIn(own, from, addDays(to, 1));
          if (length > 0) expect(left(ends, later)).to.equal(left(begins, plain));
          else expect(later).to.equal(plain);
        },
      ),
    );
  });

  it('is never earlier with one suspension more, and never inside a suspension', () => {
    fc.assert(
      fc.property(
        calendar,
        day,
        term,
        fc.array(fc.tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 10 })), { maxLength: 4 }),
        (own, start, workingDays, list) => {
          let before = start;
          const ledger = list.map(([gap, length]) => {
            const from = addDays(before, gap);
            before = addDays(from, length);
            return suspension(from, before);
          });
          const due = (lines: typeof ledger): string =>
            dueAt({ workingDays }, { calendar: own, from: at(start), suspensions: lines }) ?? '';
          for (let count = 1; count <= ledger.length; count += 1)
            expect(due(ledger.slice(0, count)) >= due(ledger.slice(0, count - 1))).to.equal(true);
          const last = dayOf(due(ledger));
          expect(ledger.some(({ from, to }) => dayOf(from) <= last && last < dayOf(to ?? ''))).to.equal(false);
        },
      ),
    );
  });

  it('knows no due date while a suspension is open, and counts on from what was left', () => {
    fc.assert(
      fc.property(calendar, day, term, fc.integer({ min: 1, max: 20 }), (own, start, workingDays, after) => {
        const from = addDays(start, after);
        const open = { from: at(from), to: null, reason: 'Chờ', by: 'x' };
        const { due, remaining } = explainDue({ workingDays }, { calendar: own, from: at(start), suspensions: [open] });
        expect(due).to.equal(null);
        expect(remaining).to.equal(Math.max(0, workingDays - workedIn(own, addDays(start, 1), from)));
      }),
    );
  });
});

/** The days after `from` up to and with `to`. */
function workedInclusive(from: string, to: string): string[] {
  const days: string[] = [];
  for (let one = addDays(from, 1); one <= to; one = addDays(one, 1)) days.push(one);
  return days;
}

describe('the working days between two days', () => {
  it('are those that a walk from day to day counts, however far apart the two are', () => {
    fc.assert(
      fc.property(
        calendar,
        fc.constantFrom([0, 6], [0], []),
        day,
        fc.integer({ min: -30, max: 900 }),
        (own, rest, from, span) => {
          const changed = { ...own, restDays: rest };
          const to = addDays(from, span);
          const walked = span <= 0 ? 0 : workedIn(changed, addDays(from, 1), addDays(to, 1));
          return workingDaysBetween(changed, from, to) === walked;
        },
      ),
      { numRuns: 300 },
    );
  });
});
