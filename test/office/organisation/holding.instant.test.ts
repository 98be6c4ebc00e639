import { expect } from 'chai';
import fc from 'fast-check';
import { type Appointment, postKey } from '../../../src/office/organisation/directory.js';
import { holdersAt, holdingsOf, vacantPosts } from '../../../src/office/organisation/holding.js';
import { addDays, endOfDay, startOfDay } from '../../../src/office/time/clock.js';
import { appointment, delegation, directory, directoryOf, tuesday, withAppointments } from '../../support/builders.js';

const key = postKey('ward1', 'head');
const heldBy = (records: readonly Appointment[], instant: string, key_ = key) =>
  holdersAt(directoryOf({ appointments: records }), key_, instant).map(({ by }) => by.id);

describe('who holds what, and by which record, at an instant', () => {
  it('changes with the day of Asia/Ho_Chi_Minh, not with that of the process', () => {
    // given a head until 9 February and another one from the 10th
    const records = [
      appointment('ward1Head', 'ward1', 'head', { to: '2010-02-09' }),
      appointment('stranger', 'ward1', 'head', { from: '2010-02-10' }),
    ];
    expect(heldBy(records, '2010-02-09T16:59:59.999Z')).to.deep.equal(['ward1Head@ward1/head']);
    expect(heldBy(records, '2010-02-09T17:00:00.000Z')).to.deep.equal(['stranger@ward1/head']);
  });

  it('names regular holders before those in charge, and says who is shut out', () => {
    const both = withAppointments(appointment('stranger', 'ward1', 'head', { acting: true, id: 'a-acting' }));
    const shut = { ...both, people: both.people.map((one) => ({ ...one, disabled: one.id === 'ward1Head' })) };
    const holders = holdersAt(shut, key, tuesday);
    expect(holders.map(({ person, by, disabled }) => [person, by.acting, disabled])).to.deep.equal([
      ['ward1Head', false, true],
      ['stranger', true, false],
    ]);
    expect(vacantPosts(shut, 'ward1', tuesday)).to.deep.equal([]);
    const alone = { ...shut, appointments: directory.appointments };
    expect(vacantPosts(alone, 'ward1', tuesday)).to.deep.equal(['head']);
  });

  it('shows everything that a person holds: posts, what is lent both ways, grants, divisions', () => {
    const records = directoryOf({
      delegations: [
        delegation('chair', 'deputy'),
        delegation('deputy', 'clerk'),
        delegation('deputy', 'form', { id: 'late', from: '2010-02-10' }),
        delegation('chair', 'deputy', { id: 'revoked', revokedAt: '2010-02-09T01:59:59.000Z' }),
      ],
      divisions: [
        {
          id: 'van-hoa',
          appointment: 'deputy@committee/deputyChair',
          fields: ['Văn hóa'],
          units: null,
          types: null,
          from: '2010-01-01',
          to: '2010-02-09',
          decision: 'QĐ 1',
        },
      ],
    });
    const held = holdingsOf(records, 'deputy', tuesday);
    expect(held.posts.map(({ id }) => id)).to.deep.equal(['deputy@committee/deputyChair']);
    expect(held.received.map(({ id }) => id)).to.deep.equal(['chair>deputy']);
    expect(held.given.map(({ id }) => id)).to.deep.equal(['deputy>clerk']);
    expect(held.divisions.map(({ id }) => id)).to.deep.equal(['van-hoa']);
    expect(holdingsOf(records, 'deputy', '2010-02-09T17:00:00.000Z').divisions).to.deep.equal([]);
    expect(holdingsOf(records, 'nobody', tuesday).posts).to.deep.equal([]);
  });

  it('agrees with a reading of the records day by day, with overlapping and ended ones (property)', () => {
    const day = fc.integer({ min: 0, max: 60 }).map((offset) => addDays('2010-01-01', offset));
    const record = fc.record({
      person: fc.constantFrom('ward1Head', 'ward2Head', 'stranger', 'gone'),
      unit: fc.constantFrom('ward1', 'ward2'),
      from: day,
      to: fc.option(day, { nil: null }),
      acting: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(record, { maxLength: 12 }), day, day, fc.boolean(), (records, asked, ends, late) => {
        const appointments = records.map((one, index) => appointment(one.person, one.unit, 'head', { ...one, id: `a${index}` }));
        const units = directory.units.map((unit) => (unit.id === 'ward1' ? { ...unit, validTo: ends } : unit));
        const here = directoryOf({ appointments, units });
        const instant = late ? endOfDay(asked) : startOfDay(asked);
        for (const unit of ['ward1', 'ward2']) {
          const expected = appointments.filter(
            (one) =>
              one.unit === unit &&
              one.from <= asked &&
              (one.to === null || one.to >= asked) &&
              (unit !== 'ward1' || asked <= ends),
          );
          const found = holdersAt(here, postKey(unit, 'head'), instant);
          expect(found.map(({ by }) => by.id)).to.have.members(expected.map(({ id }) => id));
          // and from the other side: whoever is found holds it among his own posts, by the same record
          for (const { person, by, disabled } of found)
            expect(holdingsOf(here, person, instant).posts.includes(by)).to.equal(!disabled);
        }
      }),
      { numRuns: 300 },
    );
  });
});
