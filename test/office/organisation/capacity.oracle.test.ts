import { expect } from 'chai';
import fc from 'fast-check';
import type { Role } from '../../../src/engine/definition.js';
import { blockOf, isRederived } from '../../../src/office/organisation/capacity.js';
import type { Appointment, Delegation, Directory, Division, Grant } from '../../../src/office/organisation/directory.js';
import { worldAt } from '../../../src/office/world.js';
import { appointment, delegation, directory, directoryOf, division, grant, root } from '../../support/builders.js';
import { given } from '../../support/given.js';

const people = ['chair', 'deputy', 'cultureHead', 'cultureDeputy', 'drafter', 'stranger'];
const days = ['2010-02-01', '2010-02-05', '2010-02-08', '2010-02-09', '2010-02-10', '2010-02-20'] as const;
const instants = ['2010-02-08T16:59:59.000Z', '2010-02-08T17:00:00.000Z', '2010-02-09T02:00:00.000Z', '2010-02-09T17:00:00.000Z'];
const roles: Readonly<Record<string, Role>> = {
  chair: { post: 'chair', of: 'authority' },
  signatory: { post: 'deputyChair', of: 'authority' },
  orderSigner: { signsFor: 'chair', of: 'authority' },
};

const aDay = fc.constantFrom(...days);
const anEnd = fc.option(aDay, { nil: null });
const types = fc.constantFrom(null, ['KH'], ['GM', 'KH'], ['QĐ'], []);
const units = fc.constantFrom(null, ['culture'], ['finance', 'office']);
const unitIds = [root, 'office', 'culture', 'cell'];
const postOf = fc.constantFrom(
  ...unitIds.flatMap((unit) => ['chair', 'deputyChair', 'head', 'deputyHead'].map((post) => ({ unit, post }))),
);
/** The posts that a lawful grant names, more often than chance would. */
const likely = <T>(usual: readonly T[], any: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...usual) }, { weight: 1, arbitrary: any });
const revoked = fc.constantFrom(null, null, null, ...instants);

const usualPosts = [
  { unit: root, post: 'chair' },
  { unit: root, post: 'deputyChair' },
  { unit: 'office', post: 'head' },
  { unit: 'office', post: 'deputyHead' },
];
const early = likely<string>(['2010-02-01'], aDay);
const late = likely<string | null>(['2010-02-09', '2010-02-20'], anEnd);

const someAppointment: fc.Arbitrary<Appointment> = fc
  .record({
    id: fc.integer({ min: 0, max: 9_999 }),
    who: fc.constantFrom(...people),
    at: likely(usualPosts, postOf),
    acting: fc.boolean(),
    from: likely(['2010-02-01'], aDay),
    to: likely([null, '2010-02-09'], anEnd),
  })
  .chain(({ id, who, at, ...more }) =>
    fc
      .constantFrom(null, `CHỨC VỤ ${at.unit.toUpperCase()}`)
      .map((title) => appointment(who, at.unit, at.post, { ...more, title, id: `a${id}` })),
  );
const someDivision = (ids: readonly string[]): fc.Arbitrary<Division> =>
  fc
    .record({
      id: fc.nat(999),
      of: fc.constantFrom(...ids, 'nobody'),
      types: likely([null], types),
      units: likely([null], units),
      from: early,
      to: late,
    })
    .map(({ id, of, ...more }) => division(of, { ...more, id: `d${id}` }));
const someGrant: fc.Arbitrary<Grant> = fc
  .record({
    id: fc.nat(999).map((id) => `g${id}`),
    kind: fc.constantFrom('KT' as const, 'TL' as const, 'TUQ' as const),
    grantor: likely([{ unit: root, post: 'chair' }], postOf),
    grantee: likely(
      [
        { unit: root, post: 'deputyChair' },
        { unit: 'office', post: 'head' },
        { unit: 'cell', post: 'head' },
      ],
      postOf,
    ),
    passable: fc.boolean(),
    types: likely<readonly string[] | null>([['KH'], ['GM', 'KH']], types),
    units: likely<readonly string[] | null>([null], units),
    from: early,
    to: late,
    revokedAt: revoked,
  })
  .map((more) => grant(more));
const someDelegation: fc.Arbitrary<Delegation> = fc
  .record({
    delegator: fc.constantFrom(...people),
    delegate: fc.constantFrom(...people),
    from: aDay,
    to: aDay,
    revokedAt: revoked,
  })
  .map(({ delegator, delegate, ...more }) => delegation(delegator, delegate, more));

const cell = {
  ...(directory.units.find(({ id }) => id === 'office') as Directory['units'][number]),
  id: 'cell',
  parent: 'office',
};
const somePlace: fc.Arbitrary<Directory> = fc
  .uniqueArray(someAppointment, { minLength: 3, maxLength: 12, selector: ({ id }) => id })
  .chain((appointments) =>
    fc.record({
      appointments: fc.constant(appointments),
      divisions: fc.uniqueArray(someDivision(appointments.map(({ id }) => id)), { maxLength: 6, selector: ({ id }) => id }),
      grants: fc.uniqueArray(someGrant, { minLength: 2, maxLength: 8, selector: ({ id }) => id }),
      delegations: fc.array(someDelegation, { maxLength: 4 }),
      officeEnds: fc.constantFrom(null, null, null, '2010-02-08', '2010-02-09'),
    }),
  )
  .map(({ officeEnds, ...records }) =>
    directoryOf({
      ...records,
      units: [...directory.units, cell].map((unit) => (unit.id === 'office' ? { ...unit, validTo: officeEnds } : unit)),
    }),
  );

interface Asked {
  readonly type: string;
  readonly unit: string;
  readonly now: string;
}

/**
 * The rule written a second time, record by record, from Decree 30/2020 (Điều 13, Phụ lục I): every block that the records support for an
 * appointment in a role. It shares no function with the code under test.
 */
function supported(where: Directory, held: Appointment, role: string, { type, unit, now }: Asked): readonly string[] {
  const today = new Date(Date.parse(now) + 7 * 3_600_000).toISOString().slice(0, 10);
  const on = (from: string, to: string | null): boolean => !(today < from) && !(to !== null && today > to);
  const exists = (id: string): boolean => where.units.some((one) => one.id === id && on(one.validFrom, one.validTo));
  const covers = (one: { types: readonly string[] | null; units: readonly string[] | null }): boolean =>
    (one.types === null || one.types.includes(type)) && (one.units === null || one.units.includes(unit));
  const live = (one: Grant): boolean => on(one.from, one.to) && !(one.revokedAt !== null && one.revokedAt <= now) && covers(one);
  if (!on(held.from, held.to) || !exists(held.unit)) return [];
  const usual: Record<string, string> = {
    chair: 'CHỦ TỊCH',
    deputyChair: 'PHÓ CHỦ TỊCH',
    head: 'TRƯỞNG PHÒNG',
    deputyHead: 'PHÓ TRƯỞNG PHÒNG',
  };
  const titles = (of: string, post: string): string[] => {
    const holders = where.appointments.filter(
      (one) => one.unit === of && one.post === post && on(one.from, one.to) && exists(of),
    );
    return holders.length === 0 ? [usual[post] as string] : holders.map(({ title }) => title ?? (usual[post] as string));
  };
  const own = held.title ?? (usual[held.post] as string);
  const name = where.people.find(({ id }) => id === held.person)?.name;
  const shown = (...lines: (string | null)[]): string => JSON.stringify([...lines, name]);
  const standsIn = (head: string): boolean =>
    where.divisions.some((one) => one.appointment === held.id && on(one.from, one.to) && covers(one)) ||
    where.grants.some(
      (one) =>
        one.kind === 'KT' &&
        one.to !== null &&
        !one.passable &&
        one.grantor.unit === held.unit &&
        one.grantee.unit === held.unit &&
        one.grantor.post === head &&
        one.grantee.post === held.post &&
        (head === 'chair') === (held.unit === root) &&
        live(one),
    );
  const committee = 'TM. ỦY BAN NHÂN DÂN';
  if (role === 'chair')
    return held.unit === root && held.post === 'chair' ? [shown(committee, null, held.acting ? `Q. ${own}` : own)] : [];
  if (role === 'signatory') {
    if (held.unit !== root || held.post !== 'deputyChair' || !standsIn('chair')) return [];
    return titles(root, 'chair').map((title) => shown(committee, `KT. ${title}`, own));
  }
  return where.grants
    .filter((one) => one.kind !== 'KT' && one.grantor.unit === root && one.grantor.post === 'chair' && live(one))
    .filter((one) => one.grantee.post === 'head' && one.grantee.unit !== root && one.grantee.unit === held.unit)
    .filter((one) => (one.kind === 'TL' ? one.types !== null && one.types.length > 0 : one.to !== null && !one.passable))
    .filter((one) => one.kind === 'TL' || (one.types ?? []).length > 0 || (one.units ?? []).length > 0)
    .flatMap((one) =>
      titles(root, 'chair').flatMap((chair) => {
        if (held.post === 'head') return [shown(null, `${one.kind}. ${chair}`, held.acting ? `Q. ${own}` : own)];
        if (held.post !== 'deputyHead' || !one.passable || !standsIn('head')) return [];
        return titles(held.unit, 'head').map((head) => shown(`TL. ${chair}`, `KT. ${head}`, own));
      }),
    );
}

describe('no block is produced that the records do not support', () => {
  const base = given('document').instance;
  it('and none is left out, for any appointments, divisions, grants, delegations and units; each follows from its entry alone', () => {
    const met: Record<string, number> = { TM: 0, KT: 0, TL: 0, TUQ: 0, Q: 0, passed: 0, none: 0, delegated: 0 };
    fc.assert(
      fc.property(
        somePlace,
        fc.constantFrom('KH', 'GM', 'QĐ'),
        fc.constantFrom('culture', 'finance'),
        fc.constantFrom(...instants),
        (where, type, unit, now) => {
          const world = worldAt(where, now);
          const instance = {
            ...base,
            context: { ...base.context, type, draftingUnit: unit, drafter: 'clerk' },
            originator: 'clerk',
          };
          for (const person of people)
            for (const [name, role] of Object.entries(roles)) {
              const claims = world.claims({ name, role, command: 'SIGN' }, instance, person);
              for (const claim of claims.filter(({ onBehalfOf }) => onBehalfOf !== null)) {
                expect(claim.capacity).to.equal(null);
                met.delegated = (met.delegated ?? 0) + 1;
              }
              const own = claims.filter(({ onBehalfOf }) => onBehalfOf === null);
              for (const held of where.appointments.filter((one) => one.person === person)) {
                const claim = own.find(({ by }) => by === held.id);
                const block = blockOf(claim?.capacity ?? null);
                const allowed = supported(where, held, name, { type, unit, now });
                if (block === null) expect(allowed).to.deep.equal([]);
                else {
                  const lines = [block.authority, block.capacity, block.title, block.name];
                  expect(allowed).to.include(JSON.stringify(lines));
                  const kept = JSON.parse(JSON.stringify(claim?.capacity)) as unknown;
                  expect(isRederived({ at: now, by: held.id, onBehalfOf: null, capacity: kept })).to.equal(true);
                }
                count(met, block === null ? [] : [block.authority, block.capacity, block.title]);
              }
            }
        },
      ),
      { numRuns: 5_000 },
    );
    // every kind of block came up often enough to have been judged
    for (const [kind, times] of Object.entries(met)) expect(times, kind).to.be.greaterThan(20);
  });
});

function count(met: Record<string, number>, lines: readonly (string | null)[]): void {
  const add = (kind: string) => {
    met[kind] = (met[kind] ?? 0) + 1;
  };
  if (lines.length === 0) add('none');
  for (const line of lines) add(/^(TM|KT|TL|TUQ|Q)\./.exec(line ?? '')?.[1] ?? 'other');
  if (lines[0]?.startsWith('TL.')) add('passed');
}
