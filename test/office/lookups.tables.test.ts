import { expect } from 'chai';
import fc from 'fast-check';
import { groupBy, grouped, withOneMore } from '../../src/office/organisation/lookups.js';

interface Row {
  readonly id: number;
  readonly key: string;
}

describe('office/organisation/lookups', () => {
  it('makes of a list with records more the same table as of the whole list, and leaves the one before as it was', () => {
    const rows = fc.array(fc.record({ id: fc.nat(), key: fc.constantFrom('a', 'b', 'c', 'd') }), { maxLength: 12 });
    fc.assert(
      fc.property(rows, rows, fc.boolean(), (before: readonly Row[], added: readonly Row[], askedBefore) => {
        // given tables that are asked for before the list grows, or only afterwards
        const keyOf = ({ key }: Row): string => key;
        const tableOf = grouped(keyOf);
        if (askedBefore) tableOf(before);
        // when records are supposed one after another
        const lists: (readonly Row[])[] = [before];
        for (const row of added) lists.push(withOneMore(lists.at(-1) ?? before, row));
        // then each list has its own table, whichever is asked for first
        for (const list of lists.toReversed()) expect([...tableOf(list)]).to.deep.equal([...groupBy(list, keyOf)]);
      }),
    );
  });
});
