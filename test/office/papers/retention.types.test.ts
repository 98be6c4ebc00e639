import { expect } from 'chai';
import { keptUntil, retentionOf } from '../../../src/office/papers/retention.js';

describe('retention', () => {
  const letters = { types: ['CV', 'GM'], years: 10, source: 'Quy chế của cơ quan' };

  it("takes the authority's own line before the usual one", () => {
    const own = { types: ['BC'], years: 20, source: 'Quy chế của cơ quan' };
    expect(retentionOf({ retention: [letters, own] }, 'BC')).to.equal(own);
    expect(retentionOf({ retention: [letters] }, 'BC')?.years).to.equal(null);
    expect(retentionOf({ retention: [letters] }, 'CV')).to.equal(letters);
  });

  it('says nothing of a type that no line names', () => {
    expect(retentionOf(undefined, 'GM')).to.equal(null);
    expect(retentionOf({ retention: [letters] }, 'TB')).to.equal(null);
  });

  it('counts years from the year in which the job ends, to the end of the last one', () => {
    expect(keptUntil(letters, '2026-03-15')).to.equal('2036-12-31');
    expect(keptUntil({ ...letters, years: null }, '2026-03-15')).to.equal(null);
  });
});
