import { expect } from 'chai';
import { paperFaults } from '../../src/office/paperFaults.js';
import { unprintable } from '../../src/office/printable.js';
import { plan } from '../support/papers.js';

const frame = { issuer: 'Ủy ban nhân dân quận Ví Dụ', type: 'KH' };
const paths = (content: unknown): readonly string[] => paperFaults(content, frame).map(({ path }) => path);

describe('what an official paper must be before it takes a number', () => {
  it('takes a paper of the authority, whatever the case of its name', () => {
    expect(paths(plan)).to.deep.equal([]);
  });

  const broken: readonly [string, object, string][] = [
    ['a symbol with a Cyrillic look-alike', { symbol: '\u041aH-UBND' }, '/symbol'],
    ['a symbol with a stray sign at its end', { symbol: 'KH-UBND.' }, '/symbol'],
    ['a symbol with a space', { symbol: 'KH-UBND ' }, '/symbol'],
    ['the symbol of another type', { symbol: 'QĐ-UBND' }, '/symbol'],
    ['another type than it was opened with', { type: 'QĐ', symbol: 'QĐ-UBND' }, '/type'],
    ['the letterhead of another authority', { issuer: { superior: null, name: 'ỦY BAN NHÂN DÂN QUẬN KHÁC' } }, '/issuer/name'],
    ['an issuer that is a list', { issuer: [] }, '/issuer/name'],
    ['a hole in the body', { body: [null] }, '/body/0'],
    ['a block of no known kind', { body: [{ kind: 'picture', text: 'x' }] }, '/body/0'],
    [
      'a table with a ragged row',
      { body: [{ kind: 'table', caption: null, head: ['a', 'b'], rows: [['1']], numeric: [] }] },
      '/body/0',
    ],
    ['a ground that is no text', { bases: [{}] }, '/bases'],
    ['a recipient without a name', { recipients: [{ name: ' ', purpose: null }] }, '/recipients/0'],
    ['a picture sign that the font lacks', { title: 'Kế hoạch \u2611' }, ''],
  ];
  for (const [name, change, path] of broken) {
    it(`refuses ${name}`, () => {
      expect(paths({ ...plan, ...change })).to.include(path);
    });
  }

  it('takes an official letter, whose symbol names no type', () => {
    expect(paperFaults({ ...plan, type: 'CV', symbol: 'UBND-VX' }, { ...frame, type: 'CV' })).to.deep.equal([]);
  });

  it('prints every Vietnamese letter in both cases, and says which character it cannot print', () => {
    const marks = ['', '\u0300', '\u0309', '\u0303', '\u0301', '\u0323'];
    const letters = Array.from('aăâeêioôơuưyđbcdghklmnpqrstvx').flatMap((letter) =>
      marks.map((mark) => (letter + mark).normalize('NFC')),
    );
    expect(unprintable([...letters, ...letters.map((letter) => letter.toUpperCase())].join(''))).to.deep.equal([]);
    expect(unprintable('1.497 m² – “Dân vận khéo”; 20 %; № 5; 3 ≤ x; 100 ₫…')).to.deep.equal([]);
    expect(unprintable('漢 😀 \u202e')).to.deep.equal(['漢', '😀', '\u202e']);
  });
});
