import { expect } from 'chai';
import fc from 'fast-check';
import { type Hypotheses, wayOut, wayOutBounds } from '../../src/engine/wayOut.js';

/** A lock that opens when all of `needed` are there; `hinted` is what the search is told to try, in this order. */
function lockOf(needed: readonly string[], hinted: readonly string[]): Hypotheses<readonly string[], string> {
  let judged = 0;
  return {
    opens: (there) => {
      judged += 1;
      return needed.every((one) => there.includes(one));
    },
    helpful: () => hinted,
    apply: (there, one) => (one === 'impossible' ? null : [...there, one]),
    keyOf: (there) => [...there].sort().join(),
    judgements: () => judged,
  };
}

describe('engine/wayOut: the search', () => {
  it('finds nothing to do where it is open already', () => {
    expect(wayOut([], lockOf([], ['a']))).to.deep.equal({ kind: 'found', changes: [] });
  });

  it('finds exactly what is needed, whatever else it is told to try', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 4 }), (needed) => {
        const found = wayOut([], lockOf(needed, ['x', 'a', 'b', 'c', 'd', 'e']));
        expect(found.kind === 'found' ? [...found.changes].sort() : found).to.deep.equal([...needed].sort());
      }),
      { numRuns: 60 },
    );
  });

  it('takes of equal ways the one that is tried first', () => {
    const either = { ...lockOf([], ['later', 'sooner']), opens: (there: readonly string[]) => there.length === 1 };
    expect(wayOut([], either)).to.deep.equal({ kind: 'found', changes: ['later'] });
  });

  it('leaves out what a longer path took along without need', () => {
    // given hints that lead to `key` only by way of `detour`, which the lock does not ask for
    const lock = {
      ...lockOf(['key'], []),
      helpful: (there: readonly string[]) => (there.includes('detour') ? ['key'] : ['detour']),
    };
    expect(wayOut([], lock)).to.deep.equal({ kind: 'found', changes: ['key'] });
  });

  it('says that there is none only where everything was tried, and else that the bound was reached', () => {
    expect(wayOut([], lockOf(['z'], ['impossible']))).to.deep.equal({ kind: 'none' });
    expect(wayOut([], lockOf(['z'], ['a']))).to.deep.equal({ kind: 'bound' });
    const few = { ...wayOutBounds, judgementsMax: 3 };
    expect(wayOut([], lockOf(['c', 'd'], ['a', 'b', 'c', 'd']), few)).to.deep.equal({ kind: 'bound' });
    const short = { ...wayOutBounds, changesMax: 1 };
    expect(wayOut([], lockOf(['a', 'b'], ['a', 'b']), short)).to.deep.equal({ kind: 'bound' });
  });

  it('judges no more than it may, but for the level that it is in', () => {
    const lock = lockOf(
      ['z'],
      Array.from({ length: 30 }, (_, index) => `k${index}`),
    );
    wayOut([], lock);
    expect(lock.judgements()).to.be.lessThan(wayOutBounds.judgementsMax + 2);
  });
});
