import { expect } from 'chai';
import fc from 'fast-check';
import { consequencesOf, postChanges, vacanciesOf } from '../../../src/office/organisation/consequences.js';
import { delegationHolds } from '../../../src/office/organisation/delegations.js';
import {
  type Appointment,
  type Delegation,
  type Directory,
  type Division,
  type Grant,
  holdsOn,
  indexOf,
  postKey,
} from '../../../src/office/organisation/directory.js';
import { grantHolds } from '../../../src/office/organisation/grants.js';
import { changesOf, type DirectoryRecords, withRecords } from '../../../src/office/organisation/records.js';
import { holdersOn, isInForce } from '../../../src/office/organisation/roles.js';
import { addDays } from '../../../src/office/time/clock.js';
import { directoryOf } from '../../support/builders.js';

// Random organisations and random changes; what a simulation of each day finds different must stand among what the dry run lists.

const today = '2026-03-10';
const days = Array.from({ length: 20 }, (_, index) => addDays('2026-03-01', index));
const coming = days.filter((day) => day >= today);
const unitIds = ['goc', 'phong', 'xa'];
const personIds = ['an', 'binh', 'chi', 'dung'];
const postNames = ['head', 'deputyHead', 'officer'];
const noon = (day: string): string => `${day}T05:00:00.000Z`;

const day = fc.constantFrom(...days);
const ending = fc.option(day, { nil: null });
const subset = fc.option(fc.constantFrom(['KH'], ['BC'], ['KH', 'BC']), { nil: null });
const unitRecord = (id: string) =>
  fc.record({
    id: fc.constant(id),
    name: fc.constant(id),
    abbreviation: fc.constant(id),
    kind: fc.constant('unit'),
    parent: id === 'goc' ? fc.constant(null) : fc.constantFrom<string | null>('goc', null),
    validFrom: fc.constantFrom('2026-02-01', '2026-03-01', '2026-03-12'),
    validTo: ending,
  });
const personRecord = (id: string) =>
  fc.record({ id: fc.constant(id), name: fc.constant(id), login: fc.constant(id), disabled: fc.boolean() });
const appointmentRecord = (id: string): fc.Arbitrary<Appointment> =>
  fc.record({
    id: fc.constant(id),
    person: fc.constantFrom(...personIds),
    unit: fc.constantFrom(...unitIds),
    post: fc.constantFrom(...postNames),
    title: fc.constant(null),
    acting: fc.constant(false),
    from: day,
    to: ending,
  });
const delegationRecord = (id: string): fc.Arbitrary<Delegation> =>
  fc.record({
    id: fc.constant(id),
    delegator: fc.constantFrom('an', 'binh'),
    delegate: fc.constantFrom('chi', 'dung'),
    definitions: fc.constant(null),
    types: subset,
    commands: fc.constant(null),
    from: day,
    to: day,
    revokedAt: fc.constantFrom(null, noon('2026-03-05'), noon('2026-03-14')),
    reason: fc.constant('Đi công tác'),
  });
const postOf = fc.record({ unit: fc.constantFrom(...unitIds), post: fc.constantFrom('head', 'deputyHead') });
const grantRecord = (id: string): fc.Arbitrary<Grant> =>
  fc.record({
    id: fc.constant(id),
    kind: fc.constantFrom('KT' as const, 'TL' as const, 'TUQ' as const),
    grantor: postOf,
    grantee: postOf,
    types: subset,
    units: fc.constant(null),
    subject: fc.constant('Giấy mời'),
    from: day,
    to: ending,
    revokedAt: fc.constantFrom(null, noon('2026-03-14')),
    passable: fc.boolean(),
    decision: fc.constant('QĐ'),
  });
const divisionRecord = (id: string): fc.Arbitrary<Division> =>
  fc.record({
    id: fc.constant(id),
    appointment: fc.constantFrom('b1', 'b2', 'b3'),
    fields: fc.constant(['Văn hóa']),
    units: fc.constant(null),
    types: subset,
    from: day,
    to: ending,
    decision: fc.constant('QĐ'),
  });

const each = <T>(ids: readonly string[], one: (id: string) => fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.tuple(...ids.map(one));
const some = <T>(ids: readonly string[], one: (id: string) => fc.Arbitrary<T>): fc.Arbitrary<T[]> =>
  fc.subarray([...ids]).chain((chosen) => each(chosen, one));
const before = fc
  .record({
    units: each(unitIds, unitRecord),
    people: each(personIds, personRecord),
    appointments: each(['b1', 'b2', 'b3', 'b4', 'b5'], appointmentRecord),
    delegations: each(['u1', 'u2'], delegationRecord),
    grants: each(['g1', 'g2', 'g3'], grantRecord),
    divisions: each(['d1', 'd2'], divisionRecord),
  })
  .map((records): Directory => {
    const base = directoryOf(records);
    return { ...base, authority: { ...base.authority, rootUnit: 'goc', regime: 'head' } };
  });
const brought: fc.Arbitrary<DirectoryRecords> = fc.record({
  units: some(unitIds, unitRecord),
  people: some(personIds, personRecord),
  appointments: some(['b1', 'b2', 'b3', 'b6'], appointmentRecord),
  delegations: some(['u1', 'u3'], delegationRecord),
  grants: some(['g1', 'g4'], grantRecord),
  divisions: some(['d1', 'd3'], divisionRecord),
});

const keys = unitIds.flatMap((unit) => postNames.map((post) => postKey(unit, post)));

/** Whether a person can act in any post on a day. */
const able = (directory: Directory, person: string, on: string): boolean =>
  indexOf(directory).person.get(person)?.disabled === false &&
  directory.appointments.some((one) => one.person === person && isInForce(directory, one, on));

/** Every fact of one day that a reader of the dry run would want to know, by brute force. */
function factsOf(directory: Directory, on: string): ReadonlySet<string> {
  const facts = new Set<string>();
  for (const key of keys) {
    const holders = holdersOn(directory, key, on);
    for (const person of holders) facts.add(`holds ${person} ${key}`);
    if (holders.length > 0) facts.add(`held ${key}`);
  }
  for (const one of directory.delegations)
    if (delegationHolds(directory, one, noon(on)) && able(directory, one.delegator, on) && able(directory, one.delegate, on))
      facts.add(`delegation ${one.id}`);
  for (const one of directory.grants) {
    const { unit } = one.grantee;
    const inside = indexOf(directory).unit.get(unit);
    const there = inside !== undefined && holdsOn({ from: inside.validFrom, to: inside.validTo }, on);
    if (grantHolds(directory, one, on, noon(on)) && there) facts.add(`grant ${one.id}`);
  }
  for (const one of directory.divisions) {
    const held = indexOf(directory).appointment.get(one.appointment);
    const acts = held !== undefined && isInForce(directory, held, on) && able(directory, held.person, on);
    if (acts && holdsOn(one, on)) facts.add(`division ${one.id}`);
  }
  return facts;
}

interface Listed {
  has(fact: string, on: string): boolean;
}

/** What the dry run says of a change, as facts with days. */
function listed(old: Directory, fresh: Directory, records: DirectoryRecords): Listed {
  const changes = changesOf(old, records);
  const posts = postChanges(old, fresh, today);
  const vacant = vacanciesOf(old, fresh, today);
  const told = consequencesOf(old, fresh, changes, today);
  const changed = new Set(changes.map(({ kind, id }) => `${kind.slice(0, -1)} ${id}`));
  return {
    has(fact, on) {
      const [what = '', id = '', key = ''] = fact.split(' ');
      if (what === 'holds')
        return posts.some((one) => one.person === id && one.key === key && one.from <= on && (one.to === null || on <= one.to));
      if (what === 'held') {
        const gained = posts.some((one) => one.code === 'postGained' && one.key === id && one.from <= on);
        return vacant.some((one) => one.key === id && one.from <= on) || gained;
      }
      return (
        changed.has(fact) ||
        told.some(
          ({ params: { kind, id: named, from } }) =>
            kind === `${what}s` && named === id && typeof from === 'string' && from <= on,
        )
      );
    },
  };
}

describe('the consequences of a change are complete', () => {
  it('for everything that a simulation day by day finds different', () => {
    let seen = 0;
    fc.assert(
      fc.property(before, brought, (old, records) => {
        const fresh = withRecords(old, records);
        const list = listed(old, fresh, records);
        for (const on of coming) {
          const [was, is] = [factsOf(old, on), factsOf(fresh, on)];
          const different = [...was].filter((fact) => !is.has(fact)).concat([...is].filter((fact) => !was.has(fact)));
          seen += different.length;
          expect(
            different.filter((fact) => !list.has(fact, on)),
            on,
          ).to.deep.equal([]);
        }
      }),
      { numRuns: 400 },
    );
    expect(seen).to.be.greaterThan(2_000);
  }).timeout(60_000);

  it('and names no change of a post that the simulation does not find', () => {
    fc.assert(
      fc.property(before, brought, (old, records) => {
        const fresh = withRecords(old, records);
        for (const { code, person, key, from, to } of postChanges(old, fresh, today))
          for (const on of coming.filter((one) => from <= one && (to === null || one <= to))) {
            const [was, is] = [holdersOn(old, key, on).includes(person), holdersOn(fresh, key, on).includes(person)];
            expect([was, is], `${code} ${on}`).to.deep.equal(code === 'postLost' ? [true, false] : [false, true]);
          }
        for (const { key, from } of vacanciesOf(old, fresh, today))
          expect([holdersOn(old, key, from).length > 0, holdersOn(fresh, key, from)], from).to.deep.equal([true, []]);
      }),
      { numRuns: 400 },
    );
  }).timeout(60_000);
});
