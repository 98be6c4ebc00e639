import { expect } from 'chai';
import fc from 'fast-check';
import type { Delegation, Directory, Grant } from '../../../src/office/organisation/directory.js';
import {
  mayRead,
  type Readable,
  type ReadFilter,
  readableOf,
  readerOf,
  readFilter,
} from '../../../src/office/organisation/visibility.js';
import {
  appointment,
  delegation,
  directory,
  directoryOf,
  division,
  grant,
  tuesday,
  withDelegations,
} from '../../support/builders.js';
import { given, type Told } from '../../support/given.js';

const people = [...directory.people.map(({ id }) => id), 'nobody'];
const keys = [
  ...people.slice(0, 12).map((id) => `person:${id}`),
  'post:culture/head',
  'post:finance/head',
  'post:ward1/head',
  'post:ward2/head',
  'post:committee/clerk',
  'signs:committee/chair',
];

/** What a query with this filter would find. */
function finds(filter: ReadFilter, instance: Readable): boolean {
  if (instance.authority !== filter.authority) return false;
  if (filter.anyOf === null) return true;
  return filter.anyOf.some(
    (group) =>
      group.keys.some((key) => instance.readers.includes(key)) &&
      (group.definitions === null || group.definitions.includes(instance.definition)) &&
      (group.types === null || (instance.type !== null && group.types.includes(instance.type))) &&
      (group.units === null || (instance.unit !== null && group.units.includes(instance.unit))),
  );
}

const someDelegation: fc.Arbitrary<Delegation> = fc
  .record({
    delegator: fc.constantFrom(...people),
    delegate: fc.constantFrom(...people),
    definitions: fc.constantFrom(null, ['document'], ['report', 'assignment'], []),
    types: fc.constantFrom(null, null, ['KH'], ['KH', 'QĐ'], []),
    commands: fc.constantFrom(null, ['APPROVE_CONTENT']),
    from: fc.constantFrom('2010-02-01', '2010-02-10'),
    to: fc.constantFrom('2010-02-08', '2010-02-28'),
    revokedAt: fc.constantFrom(null, '2010-02-09T01:00:00.000Z'),
  })
  .map(({ delegator, delegate, ...more }) => delegation(delegator, delegate, more));

const someGrant: fc.Arbitrary<Grant> = fc
  .record({
    kind: fc.constantFrom('TL', 'TUQ'),
    grantee: fc.constantFrom({ unit: 'culture', post: 'head' }, { unit: 'finance', post: 'head' }),
    types: fc.constantFrom(['KH'], ['KH', 'BC'], null),
    units: fc.constantFrom(null, ['culture'], ['finance', 'culture']),
    to: fc.constantFrom('2010-02-08', '2010-02-28'),
    revokedAt: fc.constantFrom(null, '2010-02-09T01:00:00.000Z'),
    passable: fc.boolean(),
  })
  .map((more) => grant(more as Partial<Grant>));

const somePlace: fc.Arbitrary<Directory> = fc
  .record({
    delegations: fc.array(someDelegation, { maxLength: 6 }),
    disabled: fc.constantFrom(...people),
    grants: fc.array(someGrant, { maxLength: 3 }),
    divided: fc.constantFrom(null, ['KH'], ['BC']),
  })
  .map(({ delegations, disabled, grants, divided }) =>
    directoryOf({
      divisions: [division('cultureDeputy@culture/deputyHead', { types: divided })],
      grants,
      delegations,
      people: directory.people.map((one) => ({ ...one, disabled: one.id === disabled })),
    }),
  );

describe('who may read', () => {
  it('is the same for one instance and for a list, for any directory and reader', () => {
    let readable = 0;
    fc.assert(
      fc.property(
        somePlace,
        fc.constantFrom(...people),
        fc.constantFrom('example', 'elsewhere'),
        fc.constantFrom('document', 'report', 'directive'),
        fc.constantFrom('KH', 'BC', null),
        fc.constantFrom('culture', 'finance', null),
        fc.uniqueArray(fc.constantFrom(...keys), { maxLength: 3 }),
        (place, person, authority, definition, type, unit, readers) => {
          const reader = readerOf(place, person, tuesday);
          const instance = { authority, definition, type, unit, readers };
          expect(finds(readFilter(reader), instance)).to.equal(mayRead(reader, instance));
          if (mayRead(reader, instance)) readable += 1;
        },
      ),
      { numRuns: 5_000 },
    );
    expect(readable).to.be.greaterThan(300);
  });
});

describe('a paper is read', () => {
  const submits: Told = { do: 'SUBMIT', by: 'drafter' };
  const { instance, last } = given('document', [submits]);
  const paper: Readable = readableOf(instance, last?.standing.readers ?? []);
  const reads = (person: string, where: Directory = directory, what: Readable = paper): boolean =>
    mayRead(readerOf(where, person, tuesday), what);

  it('by those who play a part in it, and by the posts that read everything', () => {
    for (const person of ['drafter', 'cultureHead', 'formChecker', 'deputy', 'chair', 'clerk', 'consolidator', 'auditor']) {
      expect(reads(person), person).to.equal(true);
    }
  });

  it('by nobody else: not another unit, not a colleague, not the administrator, not a stranger', () => {
    for (const person of ['financeHead', 'ward1Head', 'colleague', 'cultureDeputy', 'administrator', 'stranger', 'nobody']) {
      expect(reads(person), person).to.equal(false);
    }
  });

  it('by nobody of another authority, even a chairman', () => {
    expect(reads('chair', directory, { ...paper, authority: 'elsewhere' })).to.equal(false);
  });

  it('by a delegate, within the definitions that were lent; what reads everything is not lent', () => {
    expect(reads('colleague', withDelegations(delegation('cultureHead', 'colleague')))).to.equal(true);
    const scoped = withDelegations(delegation('cultureHead', 'colleague', { definitions: ['report'] }));
    expect(reads('colleague', scoped)).to.equal(false);
    const byType = (types: readonly string[]) => withDelegations(delegation('cultureHead', 'colleague', { types }));
    expect(reads('colleague', byType(['BC']))).to.equal(false);
    expect(reads('colleague', byType(['BC', 'KH']))).to.equal(true);
    const fromAuditor = withDelegations(delegation('auditor', 'colleague'));
    expect(reads('colleague', fromAuditor)).to.equal(false);
  });

  it('by nobody whose account is disabled, nor by the delegate of such', () => {
    const people = directory.people.map((one) => ({ ...one, disabled: one.id === 'cultureHead' }));
    const where = directoryOf({ people, delegations: [delegation('cultureHead', 'colleague')] });
    expect([reads('cultureHead', where), reads('colleague', where)]).to.deep.equal([false, false]);
  });

  it('no longer by whoever has left the post', () => {
    const left = directoryOf({ appointments: [appointment('cultureHead', 'culture', 'head', { to: '2010-02-08' })] });
    expect(reads('cultureHead', left)).to.equal(false);
  });

  it('and an administrator is known as one, which lets him read nothing', () => {
    const reader = readerOf(directory, 'administrator', tuesday);
    expect([reader.administers, reader.readsAll]).to.deep.equal([true, false]);
    expect(readerOf(directory, 'chair', tuesday).administers).to.equal(false);
  });
});
