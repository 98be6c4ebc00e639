import { performance } from 'node:perf_hooks';
import { expect } from 'chai';
import fc from 'fast-check';
import { cycleOf, perhapsCircling } from '../../../src/office/organisation/delegations.js';
import type { Delegation } from '../../../src/office/organisation/directory.js';
import { lendingFaultsOf } from '../../../src/office/organisation/lendingFaults.js';
import { delegation, directoryOf } from '../../support/builders.js';

const told = (delegations: readonly Delegation[]) =>
  lendingFaultsOf(directoryOf({ delegations: [...delegations] })).map(({ id, code, found }) => `${id} ${code} ${found}`);
const chain = (length: number, closed: boolean): Delegation[] => {
  const links = Array.from({ length }, (_, index) => delegation(`p${index}`, `p${index + 1}`, { id: `d${index}` }));
  return closed ? [...links, delegation(`p${length}`, 'p0', { id: 'last' })] : links;
};
/** Milliseconds, the best of three. */
const timed = (work: () => unknown): number =>
  Math.min(
    ...[1, 2, 3].map(() => {
      const began = performance.now();
      work();
      return performance.now() - began;
    }),
  );

describe('circles among all delegations of a file', () => {
  it('are the same as if each were judged against those before it', () => {
    const people = ['a', 'b', 'c', 'd', 'e', 'f'];
    const one = fc.record({
      from: fc.constantFrom(...people),
      to: fc.constantFrom(...people),
      types: fc.constantFrom(null, ['KH'], ['QĐ']),
      revokedAt: fc.constantFrom(null, null, null, '2010-01-01T00:00:00.000Z'),
      begin: fc.constantFrom('2010-01-01', '2010-06-01'),
    });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 14 }), (list) => {
        const all = list.map(({ from, to, types, revokedAt, begin }, index) =>
          delegation(from, to, { id: `d${index}`, types, revokedAt, from: begin, to: '2010-12-31' }),
        );
        const expected = all.flatMap((added, index) => {
          if (added.delegator === added.delegate) return [`${added.id} delegationSelf ${added.delegate}`];
          if (added.revokedAt !== null) return [];
          const before = all
            .slice(0, index)
            .filter(({ revokedAt, ...rest }) => revokedAt === null && rest.delegator !== rest.delegate);
          return cycleOf(before, added, '') === null ? [] : [`${added.id} delegationCircle`];
        });
        expect(told(all).map((line) => (line.includes('Self') ? line : line.split(' ').slice(0, 2).join(' ')))).to.deep.equal(
          expected,
        );
      }),
      { numRuns: 400 },
    );
  });

  it('leave nothing to look at where nobody gets back what he gave', () => {
    expect([...perhapsCircling(chain(50, false))]).to.deep.equal([]);
    const tail = [delegation('x', 'p0', { id: 'in' }), delegation('p1', 'y', { id: 'out' })];
    expect([...perhapsCircling([...chain(3, true), ...tail])].map(({ id }) => id)).to.deep.equal(['d0', 'd1', 'd2', 'last']);
  });

  it('cost no square: ten times as many take not thirty times as long', () => {
    const [few, many] = [chain(2_000, false), chain(20_000, false)];
    expect(
      timed(() => told(many)) /
        Math.max(
          1,
          timed(() => told(few)),
        ),
    ).to.be.lessThan(30);
  });

  it('of any length are found or taken for one, and never more than the stack holds', () => {
    expect(told(chain(500, true))).to.have.lengthOf(1);
    expect(told(chain(30_000, true)).length).to.be.greaterThan(0);
    expect(cycleOf(chain(30_000, false), delegation('p30000', 'p0'), '')).not.to.equal(null);
  });
});
