import { expect } from 'chai';
import { figureOf } from '../../../src/office/reporting/buildRollup.js';

const stock = { code: 'coSo.soLuong', label: 'Cơ sở: số lượng', measure: 'cơ sở', rule: 'last', decimals: 1 } as const;
const given = (...values: readonly (readonly [string, string])[]) => values.map(([report, value]) => ({ report, value }));

describe('a stock at the end of a period', () => {
  it('is everything that a unit gave in one report, every row of its table', () => {
    const of = given(['r1', '10'], ['r1', '20.5'], ['r2', '-1'], ['r2', '4']);
    expect(figureOf(stock, of, null).value).to.equal('33.5');
  });

  it('over a year is all rows of what each unit reported last, and nothing of the quarters before', () => {
    const of = given(['a1', '10'], ['a1', '20'], ['b1', '7'], ['a2', '1'], ['a2', '2'], ['a2', '2']);
    expect(figureOf(stock, of, null, (report) => report.charAt(0)).value).to.equal('12');
  });
});
