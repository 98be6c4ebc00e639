import { expect } from 'chai';
import { printedDate, viewOf } from '../../src/documents/view.js';
import { TrinhkyError } from '../../src/errors.js';
import type { Block, Recipient } from '../../src/office/papers/paper.js';
import { letter, plan, report } from './samplePapers.js';

describe('documents/view: what is printed of a paper', () => {
  for (const [day, printed] of [
    ['2010-02-09', 'ngày 09 tháng 02 năm 2010'],
    ['2010-01-10', 'ngày 10 tháng 01 năm 2010'],
    ['2010-03-01', 'ngày 01 tháng 3 năm 2010'],
    ['2010-09-30', 'ngày 30 tháng 9 năm 2010'],
    ['2010-12-31', 'ngày 31 tháng 12 năm 2010'],
    [null, 'ngày … tháng … năm …'],
  ] as const) {
    it(`dates ${day} as ${printed}`, () => {
      expect(printedDate(day)).to.equal(printed);
    });
  }

  for (const [number, printed] of [
    [1, 'Số: 01/KH-UBND'],
    [9, 'Số: 09/KH-UBND'],
    [10, 'Số: 10/KH-UBND'],
    [5827, 'Số: 5827/KH-UBND'],
  ] as const) {
    it(`numbers ${number} as ${printed}`, () => {
      expect(viewOf(plan({ number })).number).to.equal(printed);
    });
  }

  it('leaves the places of number and day open on a draft', () => {
    // given a paper that has neither
    const view = viewOf(plan({ final: false, number: null, issuedOn: null, signature: null }));
    // then the places stand there, empty, and the draft says what it is
    expect(view.number).to.equal('Số: …/KH-UBND');
    expect(view.placeAndDate).to.equal('Gò Vấp, ngày … tháng … năm …');
    expect(view.draft).to.equal(true);
    expect(view.signature).to.equal(null);
  });

  for (const missing of ['number', 'issuedOn', 'signature'] as const) {
    it(`refuses a final paper without ${missing}`, () => {
      expect(() => viewOf(plan({ [missing]: null })))
        .to.throw(TrinhkyError)
        .that.deep.includes({ code: 'printFailed', params: { reason: 'incomplete', missing: [missing] } });
    });
  }

  it('signs in three lines, or in as many as the authority gives', () => {
    expect(viewOf(plan()).signature).to.deep.equal({
      lines: ['TM. ỦY BAN NHÂN DÂN', 'KT. CHỦ TỊCH', 'PHÓ CHỦ TỊCH'],
      name: 'Người ví dụ 01',
      signed: null,
      hand: null,
      seal: null,
      heightMm: 26,
    });
    expect(viewOf(letter()).signature?.lines).to.deep.equal(['TL. CHỦ TỊCH', 'CHÁNH VĂN PHÒNG']);
  });

  it('closes bases and recipients with semicolons and a full stop, whatever the drafter typed', () => {
    const recipients: readonly Recipient[] = [
      { name: '- Thường trực Quận ủy;', purpose: '(để báo cáo)' },
      { name: 'Ủy ban nhân dân 16 phường', purpose: 'để thực hiện;' },
    ];
    const view = viewOf(plan({}, { bases: ['Căn cứ một;', 'Căn cứ hai.', 'Theo đề nghị'], recipients, archive: 'Lưu: VT.' }));
    expect(view.bases).to.deep.equal(['Căn cứ một;', 'Căn cứ hai;', 'Theo đề nghị.']);
    expect(view.recipients.map(({ text }) => text)).to.deep.equal([
      'Thường trực Quận ủy (để báo cáo);',
      'Ủy ban nhân dân 16 phường (để thực hiện);',
      'Lưu: VT.',
    ]);
  });

  it('addresses a letter and names the addressee only as above', () => {
    const view = viewOf(letter());
    expect(view.typeName).to.equal(null);
    expect(view.title).to.equal('V/v đôn đốc gửi báo cáo quý I thực hiện Kế hoạch số 08/KH-UBND');
    expect(view.addressees).to.deep.equal({ label: 'Kính gửi', one: 'Ủy ban nhân dân Phường 3', several: [] });
    expect(view.recipients.map(({ text }) => text)).to.deep.equal([
      'Như trên;',
      'Phòng Nội vụ quận (để theo dõi);',
      'Lưu: VT, NV.',
    ]);
    expect(viewOf(report(3)).addressees).to.deep.equal({
      label: 'Kính gửi',
      one: null,
      several: ['Ủy ban nhân dân Thành phố;', 'Sở Nội vụ Thành phố.'],
    });
  });

  for (const [text, closed] of [
    ['thông qua phòng Nội vụ quận.', 'thông qua phòng Nội vụ quận./.'],
    ['thông qua phòng Nội vụ quận./.', 'thông qua phòng Nội vụ quận./.'],
    ['thông qua phòng Nội vụ quận./', 'thông qua phòng Nội vụ quận./.'],
    ['theo phương châm “gần dân”', 'theo phương châm “gần dân”./.'],
    ['đất đai, nhà ở…', 'đất đai, nhà ở…./.'],
  ] as const) {
    it(`ends the text with ./. after: ${text}`, () => {
      const body: readonly Block[] = [
        { kind: 'paragraph', marker: null, level: 0, text: 'Đoạn đầu.' },
        { kind: 'paragraph', marker: '1.', level: 1, text },
      ];
      expect(viewOf(plan({}, { body })).body.map((block) => block.paragraph?.text)).to.deep.equal(['Đoạn đầu.', closed]);
    });
  }

  it('ends with a line of its own after a table', () => {
    const body: readonly Block[] = [
      {
        kind: 'table',
        caption: null,
        head: ['STT', 'Đơn vị', 'Số'],
        rows: [
          ['1', 'Phường 1'],
          ['', 'Tổng cộng', '7'],
        ],
        numeric: [2],
      },
    ];
    const view = viewOf(plan({}, { body }));
    expect(view.body.at(-1)?.paragraph?.text).to.equal('./.');
    // a short row is filled up, and only the row of sums stands out
    expect(view.body[0]?.table?.rows).to.deep.equal([
      {
        total: false,
        cells: [
          { text: '1', align: 'ordinal' },
          { text: 'Phường 1', align: 'text' },
          { text: '', align: 'figure' },
        ],
      },
      {
        total: true,
        cells: [
          { text: '', align: 'ordinal' },
          { text: 'Tổng cộng', align: 'text' },
          { text: '7', align: 'figure' },
        ],
      },
    ]);
  });

  it('composes decomposed letters and drops control characters', () => {
    const view = viewOf(plan({}, { title: 'Kế hoạch\u0000 dân  vận'.normalize('NFD'), place: 'Gò\tVấp' }));
    expect(view.title).to.equal('Kế hoạch dân vận'.normalize('NFC'));
    expect(view.placeAndDate).to.match(/^Gò Vấp, /);
  });
});
