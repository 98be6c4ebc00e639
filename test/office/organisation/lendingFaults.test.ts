import { expect } from 'chai';
import type { Directory, Grant } from '../../../src/office/organisation/directory.js';
import { lendingFaultsOf } from '../../../src/office/organisation/lendingFaults.js';
import { appointment, delegation, directory, directoryOf, division, grant, root } from '../../support/builders.js';

const chair = { unit: root, post: 'chair' };
const office = { unit: 'office', post: 'head' };
const cell = {
  ...(directory.units.find(({ id }) => id === 'office') as Directory['units'][number]),
  id: 'cell',
  parent: 'office',
};

const told = (records: Partial<Directory>): string[] =>
  lendingFaultsOf(directoryOf({ units: [...directory.units, cell], ...records })).map(({ kind, id, field, code, found }) =>
    `${kind}/${id}/${field} ${code} ${found}`.trim(),
  );
const ofGrant = (more: Partial<Grant>): string[] => told({ grants: [grant({ id: 'g', ...more })] });
const tuq = { kind: 'TUQ' as const, to: '2010-12-31' };

describe('a grant is faulty', () => {
  const cases: readonly [string, Partial<Grant>, readonly string[]][] = [
    ['as it should be: TL.', {}, []],
    ['as it should be: TUQ. by units', { ...tuq, types: null, units: ['culture'] }, []],
    ['as it should be: KT.', { kind: 'KT', grantee: { unit: root, post: 'deputyChair' }, types: null, to: '2010-03-31' }, []],
    ['TL. without types', { types: null }, ['grants/g/types typesMissing']],
    ['TUQ. without an end', { ...tuq, to: null }, ['grants/g/to endMissing TUQ']],
    ['TUQ. without content', { ...tuq, types: null }, ['grants/g/types boundMissing']],
    ['TUQ. that is passed on', { ...tuq, passable: true }, ['grants/g/passable notPassable TUQ']],
    [
      'TUQ. to somebody who heads nothing',
      { ...tuq, grantee: { unit: 'culture', post: 'officer' } },
      ['grants/g/grantee notLeaderInside TUQ'],
    ],
    ['TL. upwards', { grantor: office, grantee: chair }, ['grants/g/grantee notLeaderInside TL']],
    ['by a deputy', { grantor: { unit: root, post: 'deputyChair' } }, ['grants/g/grantor notLeader TL']],
    [
      'KT. to the deputy of another',
      { kind: 'KT', grantee: { unit: 'culture', post: 'deputyHead' }, types: null, to: '2010-03-31' },
      ['grants/g/grantee notOwnDeputy KT'],
    ],
    ['bounds that hold nothing', { units: [] }, ['grants/g/units boundEmpty']],
  ];
  for (const [name, more, expected] of cases) it(name, () => expect(ofGrant(more)).to.deep.equal(expected));

  it('to itself, and in a circle while all of it is in force', () => {
    expect(ofGrant({ grantee: chair })).to.include('grants/g/grantee toItself TL');
    const there = grant({ id: 'there', grantor: office, grantee: { unit: 'cell', post: 'head' } });
    const back = grant({ id: 'back', grantor: { unit: 'cell', post: 'head' }, grantee: office });
    expect(told({ grants: [there, back] })).to.include.members([
      'grants/there/grantee grantCircle back',
      'grants/back/grantee grantCircle there',
    ]);
    expect(
      told({
        grants: [
          { ...there, to: '2009-12-31' },
          { ...back, from: '2010-01-01' },
        ],
      }).join(),
    ).not.to.contain('grantCircle');
    expect(told({ grants: [there, { ...back, revokedAt: '2009-06-01T00:00:00.000Z' }] }).join()).not.to.contain('grantCircle');
  });
});

describe('a division of work, a delegation', () => {
  it('is of a deputy', () => {
    expect(told({ divisions: [division('chair@committee/chair')] })).to.deep.equal([
      'divisions/division chair@committee/chair/appointment notDeputy chair',
    ]);
    const held = appointment('colleague', 'culture', 'deputyHead');
    expect(told({ appointments: [held], divisions: [division(held.id)] })).to.deep.equal([]);
  });

  it('is not to oneself, and closes no circle', () => {
    expect(told({ delegations: [delegation('chair', 'chair')] })).to.deep.equal([
      'delegations/chair>chair/delegate delegationSelf chair',
    ]);
    const circle = [delegation('chair', 'deputy'), delegation('deputy', 'clerk'), delegation('clerk', 'chair')];
    expect(told({ delegations: circle })).to.deep.equal([
      'delegations/clerk>chair/delegate delegationCircle chair>deputy, deputy>clerk',
    ]);
  });
});
