import { expect } from 'chai';
import fc from 'fast-check';
import { secrecyInText } from '../../../src/office/papers/secrecy.js';

/** A joiner is not seen; it only sends a text the long way. */
const unseen = '\u200d';

const words = [
  'MẬT',
  'Mật',
  'TỐI',
  'TUYỆT',
  'mật ong',
  'CỘNG HÒA XÃ HỘI',
  'Số: 12/KH-UBND',
  'Độ mật:',
  'BẢO',
  'đề nghị',
  'KẾ HOẠCH',
];
const marks = ['\n', '\r\n', '\r', '\t', '   ', ' ', '[', '★', '–', '“', 'À', 'ŋ', 'ĳ', '\u00a0', '\u2028', 'М', '1'];

describe('secrecy: texts in common letters take a short way', () => {
  it('that finds what the long way finds', () => {
    const piece = fc.constantFrom(...words, ...marks);
    let found = 0;
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 12 }), (pieces) => {
        const text = `Ủ${pieces.join('')}`;
        const mark = secrecyInText(text);
        if (mark !== null) found += 1;
        expect(secrecyInText(text + unseen)).to.equal(mark);
      }),
      { numRuns: 3_000 },
    );
    expect(found).to.be.greaterThan(20);
  });
});
