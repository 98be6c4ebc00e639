import { expect } from 'chai';
import fc from 'fast-check';
import type { Json } from '../../../src/engine/json.js';
import { misplacedRemarks, type Remark } from '../../../src/office/papers/remarks.js';

const content: Json = {
  title: 'Về việc ví dụ',
  body: [
    { kind: 'heading', level: 1, marker: 'I.', text: 'MỤC ĐÍCH' },
    { kind: 'paragraph', level: 1, marker: '1.', text: 'Các đơn vị tổ chức thực hiện.' },
    { kind: 'heading', level: 1, marker: 'II.', text: 'KINH PHÍ' },
    { kind: 'paragraph', level: 1, marker: '1.', text: 'Từ ngân sách quận.' },
  ],
};
const fault = (remark: Omit<Remark, 'text'>): string =>
  misplacedRemarks(content, [{ text: 'Góp ý', ...remark }])[0]?.fault ?? 'none';

describe('a remark on a passage', () => {
  const cases: readonly [string, Omit<Remark, 'text'>, string][] = [
    ['the words anywhere', { quote: 'ngân sách quận' }, 'none'],
    ['the words with other white space and letters in parts', { quote: ' ngân  sách quận'.normalize('NFD') }, 'none'],
    ['words that do not stand in it', { quote: 'ngân sách phường' }, 'quoteUnknown'],
    ['words that go across two paragraphs', { quote: 'KINH PHÍ Từ ngân sách' }, 'quoteUnknown'],
    ['nothing but white space', { quote: '  ' }, 'quoteUnknown'],
    ['a pointer', { place: '/body/3' }, 'none'],
    ['a pointer to nothing', { place: '/body/4' }, 'placeUnknown'],
    ['a pointer into a prototype', { place: '/constructor' }, 'placeUnknown'],
    ['the words at their pointer', { place: '/body/3', quote: 'ngân sách' }, 'none'],
    ['the words at another pointer', { place: '/body/1', quote: 'ngân sách' }, 'quoteUnknown'],
    ['a mark as printed, with the words under it', { place: 'II.', quote: 'ngân sách' }, 'none'],
    ['a mark without its dot', { place: 'II' }, 'none'],
    ['a mark under which other words stand', { place: 'I.', quote: 'ngân sách' }, 'quoteUnknown'],
    ['a mark that is not there', { place: 'III.' }, 'placeUnknown'],
    ['neither place nor words', {}, 'noPassage'],
  ];
  for (const [name, remark, expected] of cases) it(`names ${name}: ${expected}`, () => expect(fault(remark)).to.equal(expected));

  it('is found in whatever text it was cut from', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 40 }), fc.nat(20), fc.nat(20), (text, from, length) => {
        const quote = text.slice(from, from + length + 1);
        fc.pre(quote.normalize('NFC').trim() !== '' && text.normalize('NFC').includes(quote.normalize('NFC')));
        expect(misplacedRemarks({ body: [{ kind: 'paragraph', text }] }, [{ quote, text: 'x' }])).to.deep.equal([]);
      }),
    );
  });
});
