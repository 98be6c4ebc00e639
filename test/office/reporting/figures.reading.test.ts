import { expect } from 'chai';
import fc from 'fast-check';
import {
  averageOf,
  compare,
  figureDigitsMax,
  isCanonical,
  parseFigure,
  printedDecimal,
  sumOf,
  typedDecimal,
} from '../../../src/office/reporting/figures.js';

const shape = (more = {}) => ({ unit: 'lượt người', decimals: 2, min: null, max: null, ...more });
const read = (text: string, more = {}): string => {
  const answer = parseFigure(text, shape(more));
  return 'fault' in answer ? answer.fault.code : answer.value;
};

describe('a figure as people type it', () => {
  it('is read where nothing else can be meant', () => {
    const readings = {
      '12': '12',
      ' 007 ': '7',
      '1.234': '1234',
      '1.234.567,5': '1234567.5',
      '1234,50': '1234.5',
      '1 234 567': '1234567',
      '1\u00a0234,5': '1234.5',
      '1\u202f234': '1234',
      '12.5': '12.5',
      '1,234.5': '1234.5',
      '1,234,567': '1234567',
      '0.25': '0.25',
      '-3': '-3',
      '\u22123,5': '-3.5',
      '\u20133': '-3',
      '+4': '4',
      '-0': '0',
      '0,00': '0',
    };
    for (const [typed, value] of Object.entries(readings)) expect(read(typed), typed).to.equal(value);
  });

  it('is a clear fault where it could be another number, or is none', () => {
    const faults = {
      '': 'figureMissing',
      '   ': 'figureMissing',
      '12 lượt': 'figureHasUnit',
      '12lượt': 'figureHasUnit',
      '12%': 'figurePercent',
      '1,234': 'figureAmbiguous',
      '12 34': 'figureGrouping',
      '1.23.456': 'figureGrouping',
      '1,23,456': 'figureGrouping',
      '1.234,567,8': 'figureGrouping',
      '12,': 'figureGrouping',
      ',5': 'figureText',
      '1e5': 'figureText',
      'khoảng 20': 'figureText',
      NaN: 'figureText',
      Infinity: 'figureText',
      '--3': 'figureText',
      '12-15': 'figureText',
      '\u0661\u0662': 'figureDigits',
      '\uff11\uff12': 'figureDigits',
      '1\uff0c5': 'figureDigits',
      '1,235': 'figureAmbiguous',
      '0,125': 'figureDecimals',
      ['9'.repeat(figureDigitsMax + 1)]: 'figureTooLong',
      ['9'.repeat(100_000)]: 'figureTooLong',
    };
    for (const [typed, code] of Object.entries(faults)) expect(read(typed), typed.slice(0, 40)).to.equal(code);
  });

  it('asks again where three decimals make the point mean two things', () => {
    expect(read('1.234', { decimals: 3 })).to.equal('figureAmbiguous');
    expect(read('1,234', { decimals: 3 })).to.equal('1.234');
    expect(read('1.234,0', { decimals: 3 })).to.equal('1234');
    expect(read('1.234.567', { decimals: 3 })).to.equal('1234567');
  });

  it('keeps within the bounds of the form and takes a percent sign only for percents', () => {
    expect(read('101%', { unit: '%', max: '100' })).to.equal('figureAbove');
    expect(read('85 %', { unit: '%', max: '100' })).to.equal('85');
    expect(read('-1', { min: '0' })).to.equal('figureBelow');
    expect(read('0,5', { decimals: 0 })).to.equal('figureDecimals');
    expect(read('9'.repeat(figureDigitsMax))).to.equal('9'.repeat(figureDigitsMax));
  });

  const canonical = (decimals: number): fc.Arbitrary<string> =>
    fc
      .tuple(fc.boolean(), fc.bigInt({ min: 0n, max: 10n ** 20n }), fc.integer({ min: 0, max: decimals }))
      .map(([negative, digits, places]) => {
        const text = digits.toString().padStart(places + 1, '0');
        const [whole, rest] = [text.slice(0, text.length - places), text.slice(text.length - places).replace(/0+$/, '')];
        const value = rest === '' ? whole : `${whole}.${rest}`;
        return negative && value !== '0' ? `-${value}` : value;
      });

  it('is read back as it was printed, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 6 }).chain((decimals) => fc.tuple(fc.constant(decimals), canonical(decimals))),
        ([decimals, value]) => {
          expect(isCanonical(value), value).to.equal(true);
          expect(read(typedDecimal(value, { decimals }), { decimals }), value).to.equal(value);
          if (decimals < 3) expect(read(printedDecimal(value), { decimals })).to.equal(value);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('never becomes another number than its digits say, whatever is typed', () => {
    const signs = fc.string({ unit: fc.constantFrom(...'0123456789.,- %lượ\u00a0'.split('')), maxLength: 24 });
    fc.assert(
      fc.property(signs, fc.integer({ min: 0, max: 6 }), (typed, decimals) => {
        const answer = parseFigure(typed, shape({ decimals }));
        if ('fault' in answer) return;
        expect(isCanonical(answer.value), typed).to.equal(true);
        const kept = (text: string): string => text.replace(/\D/g, '').replace(/^0+|0+$/g, '');
        expect(kept(answer.value), typed).to.equal(kept(typed));
      }),
      { numRuns: 5_000 },
    );
  });

  it('adds up and is averaged to the last digit, as whole numbers say', () => {
    const tenThousandths = (value: string): bigint => {
      const [whole = '', rest = ''] = value.replace('-', '').split('.');
      return BigInt(whole + rest.padEnd(4, '0')) * (value.startsWith('-') ? -1n : 1n);
    };
    fc.assert(
      fc.property(fc.array(canonical(4), { minLength: 1, maxLength: 60 }), fc.integer({ min: 0, max: 6 }), (values, decimals) => {
        const exact = values.reduce((sum, value) => sum + tenThousandths(value), 0n);
        expect(tenThousandths(sumOf(values))).to.equal(exact);
        const average = averageOf(values, decimals);
        expect((average.split('.')[1] ?? '').length).to.be.at.most(decimals);
        // |average * n - sum| is at most half a last place times n
        const unit = 10n ** 6n;
        const [whole = '', rest = ''] = average.replace('-', '').split('.');
        const scaledAverage = BigInt(whole + rest.padEnd(6, '0')) * (average.startsWith('-') ? -1n : 1n);
        const off = scaledAverage * BigInt(values.length) - exact * 100n;
        expect((off < 0n ? -off : off) * 2n <= (unit / 10n ** BigInt(decimals)) * BigInt(values.length)).to.equal(true);
      }),
      { numRuns: 1_000 },
    );
    expect(sumOf(['0.1', '0.2'])).to.equal('0.3');
    expect(sumOf([])).to.equal('0');
    expect([averageOf(['1', '2'], 0), averageOf(['-1', '-2'], 0), averageOf(['0.25', '0.26'], 2)]).to.deep.equal([
      '2',
      '-2',
      '0.26',
    ]);
    expect([compare('10', '9.5'), compare('-0.5', '0'), compare('1', '1')]).to.deep.equal([1, -1, 0]);
    expect(() => averageOf([], 0)).to.throw();
  });

  it('is printed with a point at the thousands and a comma before the decimals', () => {
    expect(['1234567.5', '-1234', '0', '999', '1000.05'].map(printedDecimal)).to.deep.equal([
      '1.234.567,5',
      '-1.234',
      '0',
      '999',
      '1.000,05',
    ]);
  });
});
