import { expect } from 'chai';
import { boldWidthMm, evenLines } from '../../src/documents/textWidth.js';
import { viewOf } from '../../src/documents/view.js';
import { TrinhkyError } from '../../src/errors.js';
import type { Block } from '../../src/office/papers/paper.js';
import { code, decision, invitation, minutes, officialLetter, pictures } from './sampleForms.js';
import { plan } from './samplePapers.js';
import { copy, withAppendices } from './sampleParts.js';

describe('documents/view: the parts that only some papers have', () => {
  it('puts who decides over the grounds, in capitals', () => {
    const view = viewOf(decision());
    expect(view.enacting).to.deep.equal({ by: ['ỦY BAN NHÂN DÂN QUẬN GÒ VẤP'], word: 'QUYẾT ĐỊNH:' });
    expect(view.body.at(-1)?.article?.text).to.match(/thi hành Quyết định này\.\/\.$/);
  });

  it('addresses several, invites with the word of an invitation, and marks as above', () => {
    const view = viewOf(officialLetter());
    expect(view.addressees?.several).to.deep.equal(['Trưởng các phòng, ban thuộc quận;', 'Chủ tịch Ủy ban nhân dân 16 phường.']);
    expect(view.recipients[0]?.text).to.equal('Như trên;');
    const asked = { ...invitation(), content: { ...invitation().content, addressees: ['- Phòng Nội vụ;'] } };
    expect(viewOf(asked).addressees).to.deep.equal({ label: 'Kính mời', one: 'Phòng Nội vụ', several: [] });
    // the older way, a recipient's purpose, counts beside the field
    const both = plan({}, { addressees: ['A'], recipients: [{ name: 'B', purpose: 'kính gửi' }] });
    expect(viewOf(both).addressees?.several).to.deep.equal(['A;', 'B.']);
  });

  it('puts the drafter on the last line only, with or without copies', () => {
    expect(viewOf(decision()).recipients.map(({ drafter }) => drafter)).to.deep.equal([null, null, null, 'PL.(40)']);
    const view = viewOf(plan({}, { drafterMark: { initials: 'PL', copies: null } }));
    expect(view.recipients.at(-1)?.drafter).to.equal('PL');
  });

  it('numbers the headings without leaving a level out', () => {
    const body: readonly Block[] = [
      { kind: 'heading', level: 2, marker: '1.', text: 'Trước hết' },
      { kind: 'chapter', marker: 'Phần I', text: 'Một' },
      { kind: 'chapter', marker: 'Mục 1', text: 'Hai' },
      { kind: 'article', marker: 'Điều 1.', title: 'Ba', text: 'Lời văn của điều' },
      { kind: 'heading', level: 2, marker: '1.', text: 'Bốn' },
      { kind: 'chapter', marker: 'Chương II', text: 'Năm' },
      { kind: 'heading', level: 1, marker: 'I.', text: 'SÁU' },
    ];
    const views = viewOf(plan({}, { body })).body;
    expect(views.flatMap(({ heading }) => (heading ? [heading.depth] : []))).to.deep.equal([2, 2, 3, 4, 5, 3, 4]);
    expect(views[1]?.heading).to.deep.equal({ depth: 2, kind: 'chapter', lines: ['Phần I', 'MỘT'] });
    // and a titled article loses nothing of its text
    expect(views[4]?.paragraph?.text).to.equal('Lời văn của điều');
    const appendix = viewOf(plan({}, { appendices: [{ marker: 'Phụ lục', title: 'x', orientation: 'portrait', body }] }))
      .appendices[0];
    expect(Math.max(...(appendix?.body ?? []).map(({ heading }) => heading?.depth ?? 0))).to.equal(6);
  });

  it('names the paper under each appendix, open on a draft', () => {
    expect(viewOf(withAppendices()).appendices.map(({ attached }) => attached.join(' '))).to.deep.equal(
      Array(2).fill('(Kèm theo Kế hoạch số 18/KH-UBND ngày 09 tháng 02 năm 2021 của Ủy ban nhân dân quận Gò Vấp)'),
    );
    const draft = viewOf({ ...withAppendices(), final: false, number: null, issuedOn: null, signature: null });
    expect(draft.appendices[0]?.attached.join(' ')).to.contain('số …/KH-UBND ngày … tháng … năm …');
  });

  it('shows the copied paper as issued, with (Đã ký) for its pictures, and the copy with its own', () => {
    for (const [kind, heading] of [
      ['SY', 'SAO Y'],
      ['SL', 'SAO LỤC'],
      ['TrS', 'TRÍCH SAO'],
    ] as const) {
      const view = viewOf(copy(kind));
      expect([view.typeName, view.number]).to.deep.equal([heading, `Số: 05/${kind}-UBND`]);
      expect(view.copied?.number).to.equal('Số: 215/QĐ-UBND');
      expect(view.copied?.signature).to.include({ signed: '(Đã ký)', hand: null, seal: null });
      expect(view.signature?.hand?.widthMm).to.equal(42);
    }
  });

  it('prints the year in the number where the series wants it', () => {
    expect(viewOf(plan({ numberYear: 2021 })).number).to.equal('Số: 08/2021/KH-UBND');
  });

  it('puts chair and secretary under minutes, and no place or day over them', () => {
    const view = viewOf(minutes());
    expect([view.placeAndDate, view.signature]).to.deep.equal([null, null]);
    expect([view.minutes?.secretary.name, view.minutes?.chair.name]).to.deep.equal(['Người ví dụ 04', 'Người ví dụ 01']);
    expect([view.minutes?.secretary.seal, view.minutes?.chair.seal?.widthMm]).to.deep.equal([null, 36]);
  });

  for (const [name, seal] of [
    ['no base64', { ...pictures.seal, png: '"><b>' }],
    ['wider than its place', { ...pictures.seal, widthMm: 81 }],
    ['of no height', { ...pictures.seal, heightMm: 0 }],
    ['of no length at all', { ...pictures.seal, widthMm: Number.NaN }],
  ] as const) {
    it(`refuses a picture that is ${name}`, () => {
      expect(() => viewOf(plan({ code, pictures: { signature: null, seal } })))
        .to.throw(TrinhkyError)
        .that.deep.includes({ code: 'printFailed', params: { reason: 'pictureInvalid' } });
    });
  }
});

describe('documents/textWidth: lines before they are printed', () => {
  it('measures like the face itself', () => {
    // 2048 units an em: U, B, N, D of Tinos Bold
    expect(boldWidthMm('UBND', 12)).to.be.closeTo(((1479 + 1366 + 1479 + 1479) / 2048) * 12 * (25.4 / 72), 0.001);
    expect(boldWidthMm('Ấẩ', 12)).to.equal(boldWidthMm('Aa', 12));
    expect(boldWidthMm('ữ', 12)).to.be.greaterThan(boldWidthMm('ũ', 12));
  });

  it('makes the fewest lines, even ones, and parts no phrase that is read in one breath', () => {
    const lines = evenLines(
      'Về việc tổ chức lấy ý kiến của Ủy ban nhân dân quận đối với dự thảo quy hoạch năm 2021 của Phường 3',
      14,
      148,
    );
    expect(lines.length).to.equal(2);
    const [first = 0, second = 0] = lines.map((line) => boldWidthMm(line, 14));
    expect(Math.abs(first - second)).to.be.lessThan(25);
    for (const width of [50, 60, 70, 80, 90]) {
      const text = 'Chương trình của Ủy ban nhân dân quận về công tác dân vận trong năm 2021 và quý I năm 2022 tại Phường 3';
      const made = evenLines(text, 14, width);
      expect(made.join(' ')).to.equal(text);
      for (const phrase of ['Ủy ban nhân dân', 'năm 2021', 'quý I', 'Phường 3']) {
        expect(
          made.some((line) => line.includes(phrase)),
          `${phrase} at ${width}`,
        ).to.equal(true);
      }
      expect(Math.max(...made.map((line) => boldWidthMm(line, 14)))).to.be.at.most(width);
    }
  });

  it('keeps the drafter’s own breaks', () => {
    expect(evenLines('Một hai\nba', 14, 148)).to.deep.equal(['Một hai', 'ba']);
  });
});
