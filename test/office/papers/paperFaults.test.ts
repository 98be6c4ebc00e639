import { expect } from 'chai';
import { paperFaults } from '../../../src/office/papers/paperFaults.js';
import { unprintable } from '../../../src/office/papers/printable.js';
import { plan } from '../../support/papers.js';

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

  const table = (columns: number) => ({
    kind: 'table',
    caption: null,
    head: Array.from({ length: columns }, () => 'a'),
    rows: [],
    numeric: [],
  });
  const signature = { authority: null, capacity: null, title: 'CHỦ TỊCH', name: 'Người ví dụ 01' };
  const copy = { kind: 'SY', electronic: true, of: { content: plan, number: 8, issuedOn: '2021-02-09', signature } };
  const parts = {
    addressees: ['Sở Nội vụ'],
    urgency: 'hoaToc',
    circulation: 'LƯU HÀNH NỘI BỘ',
    drafterMark: { initials: 'PL', copies: 300 },
    contact: 'Địa chỉ: số 1',
    enacting: { by: 'Ủy ban nhân dân quận', word: 'QUYẾT ĐỊNH:' },
    minutes: { secretary: { title: 'THƯ KÝ', name: 'A' }, chair: { title: 'CHỦ TỌA', name: 'B' } },
    appendices: [{ marker: 'Phụ lục', title: 'Bảng', orientation: 'landscape', body: [table(60)] }],
    body: [
      { kind: 'chapter', marker: 'Chương I', text: 'QUY ĐỊNH CHUNG' },
      { kind: 'article', marker: 'Điều 1.', title: null, text: 'Ban hành quy chế' },
    ],
    copy,
  };

  it('takes every part that a paper may have, together and alone', () => {
    expect(paths({ ...plan, ...parts })).to.deep.equal([]);
    for (const [name, part] of Object.entries(parts)) expect(paths({ ...plan, [name]: part }), name).to.deep.equal([]);
  });

  const badParts: readonly [string, object, string][] = [
    ['an addressee without a name', { addressees: [' '] }, '/addressees'],
    ['an unknown urgency', { urgency: 'KHẨN' }, '/urgency'],
    ['a stamp of its own making', { circulation: 'MẬT' }, '/circulation'],
    ['a drafter mark with half a copy', { drafterMark: { initials: 'PL', copies: 1.5 } }, '/drafterMark'],
    ['a contact line as long as a page', { contact: 'x'.repeat(301) }, '/contact'],
    ['a contact of four lines', { contact: 'a\nb\nc\nd' }, '/contact'],
    ['a decision that nobody takes', { enacting: { by: '', word: 'QUYẾT ĐỊNH:' } }, '/enacting'],
    ['minutes without a chair', { minutes: { secretary: { title: 'THƯ KÝ', name: 'A' } } }, '/minutes'],
    ['appendices that are no list', { appendices: {} }, '/appendices'],
    [
      'an appendix on a page turned otherwise',
      { appendices: [{ ...parts.appendices[0], orientation: 'square' }] },
      '/appendices/0',
    ],
    ['a hole in an appendix', { appendices: [{ ...parts.appendices[0], body: [null] }] }, '/appendices/0/body/0'],
    ['a table of 61 columns', { body: [table(61)] }, '/body/0'],
    ['an article without a marker', { body: [{ kind: 'article', marker: '', title: null, text: 'x' }] }, '/body/0'],
    ['a chapter without a text', { body: [{ kind: 'chapter', marker: 'Chương I' }] }, '/body/0'],
    ['a copy of an unknown kind', { copy: { ...copy, kind: 'SAO' } }, '/copy/kind'],
    ['a copy of a paper that has no number', { copy: { ...copy, of: { ...copy.of, number: 0 } } }, '/copy/of/number'],
    ['a copy of a paper without a day', { copy: { ...copy, of: { ...copy.of, issuedOn: '9/2/2021' } } }, '/copy/of/issuedOn'],
    ['a copy of what nobody signed', { copy: { ...copy, of: { ...copy.of, signature: null } } }, '/copy/of/signature'],
    [
      'a copy of a hole',
      { copy: { ...copy, of: { ...copy.of, content: { ...plan, body: [null] } } } },
      '/copy/of/content/body/0',
    ],
    ['a copy of a copy', { copy: { ...copy, of: { ...copy.of, content: { ...plan, copy } } } }, '/copy/of/content/copy'],
  ];
  for (const [name, change, path] of badParts) {
    it(`refuses ${name}`, () => {
      expect(paths({ ...plan, ...change })).to.deep.equal([path]);
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
