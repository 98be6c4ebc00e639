import { expect } from 'chai';
import fc from 'fast-check';
import { coverageOf } from '../../../src/office/traceability/coverage.js';
import { faultClasses } from '../../../src/office/traceability/faults.js';
import { type Break, breaksOf, type Shape, soundTree, type Tree, world } from './trees.js';

const shapes: fc.Arbitrary<Shape> = fc.record({
  directives: fc.integer({ min: 1, max: 4 }),
  noAction: fc.integer({ min: 0, max: 2 }),
  units: fc.integer({ min: 1, max: 4 }),
  split: fc.boolean(),
  recurring: fc.boolean(),
  periods: fc.integer({ min: 0, max: 3 }),
  silent: fc.boolean(),
});

const broken = (tree: Tree, one: Break): Tree => {
  const copy = structuredClone(tree);
  one.apply(copy);
  return copy;
};

function expectNamed(tree: Tree, one: Break): void {
  const { faults, faultCount } = coverageOf(broken(tree, one), world);
  expect(
    faults.map(({ code }) => code),
    one.link,
  ).to.deep.equal([one.code]);
  expect(faults[0]?.params, one.link).to.deep.include(one.says);
  expect(faultCount).to.equal(1);
}

describe('coverage: every link of a plan', () => {
  it('finds nothing in a tree that is whole, and one row for each clause', () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const tree = soundTree(shape);
        const { rows, faults } = coverageOf(tree, world);
        expect(faults).to.deep.equal([]);
        expect(rows.map(({ clause }) => clause)).to.deep.equal(tree.plan.clauses.map(({ path }) => path));
        expect(rows.every(({ outcome }) => outcome !== 'nothing')).to.equal(true);
      }),
      { numRuns: 200 },
    );
  });

  it('names exactly the one link that was broken, whichever it is and however large the tree', () => {
    fc.assert(
      fc.property(shapes, fc.nat(), (shape, at) => {
        const tree = soundTree(shape);
        const all = breaksOf(tree);
        const one = all[at % all.length];
        if (one !== undefined) expectNamed(tree, one);
      }),
      { numRuns: 1_500 },
    );
  });

  it('names each kind of link in one full tree', () => {
    const tree = soundTree({ directives: 2, noAction: 1, units: 3, split: true, recurring: true, periods: 2, silent: true });
    const all = breaksOf(tree);
    for (const one of all) expectNamed(tree, one);
    // Codes that no break of a single link can bring: they need an amended plan or a damaged end.
    const elsewhere = ['clauseDropped', 'continuedMissing', 'continuedAstray', 'directiveUnassigned', 'dutyUnrecorded'];
    const reached = new Set(all.map(({ code }): string => code));
    expect(Object.keys(faultClasses).filter((code) => !reached.has(code))).to.have.members(elsewhere);
  });
});
