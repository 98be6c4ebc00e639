import { expect } from 'chai';
import { measurePdf } from '../../src/documents/measure/measurePdf.js';
import { makePrinter } from '../../src/documents/printer.js';
import { bottomOf, type MeasuredPage, rightOf, topOf } from '../../src/office/form/measures.js';
import type { Block, Paper } from '../../src/office/papers/paper.js';
import { code, decision, minutes, pictures } from './sampleForms.js';
import { plan } from './samplePapers.js';
import { copy } from './sampleParts.js';
import { browserTestMsMax, cacheFolder } from './support.js';

const line = (text: string): Block => ({ kind: 'paragraph', marker: null, level: 0, text });
/** About one printed line each. */
const sentence = 'Ủy ban nhân dân quận yêu cầu các đơn vị thực hiện nghiêm túc. ';
const long = 'Khôngcóchỗngắtdòng'.repeat(40);

describe('documents: the end of a paper, and what is too long', function () {
  this.timeout(browserTestMsMax);
  const printer = makePrinter({ cacheFolder });
  const measured = async (paper: Paper): Promise<readonly MeasuredPage[]> =>
    (await measurePdf((await printer.print(paper)).bytes)).pages;
  after(() => printer.close());

  /** The lines of the text, without its end: text of 14 pt and tables of 13 pt. */
  const bodyLines = (page: MeasuredPage): number => {
    const label = page.lines.find(({ text }) => text.startsWith('Nơi nhận'));
    return page.lines.filter((one) => Math.round(one.sizePt) >= 13 && one.baseMm < (label?.baseMm ?? 0) - 3).length;
  };

  for (const [name, make, signer] of [
    ['plan', (body: readonly Block[]) => plan({ issuedOn: '2021-02-09', pictures, code }, { body }), 'Người ví dụ 01'],
    ['decision', (body: readonly Block[]) => ({ ...decision(), content: { ...decision().content, body } }), 'Người ví dụ 01'],
    ['minutes', (body: readonly Block[]) => ({ ...minutes(), content: { ...minutes().content, body } }), 'Người ví dụ 04'],
  ] as const) {
    it(`never leaves the signature at the end (${name}) alone on its page, nor apart, whatever the length`, async () => {
      // given texts of every length around the end of a page, ending with one line, with several, and with a table
      const endings: readonly (readonly Block[])[] = [
        [line('Câu cuối cùng của văn bản')],
        [line(sentence.repeat(5))],
        [{ kind: 'paragraph', marker: '1.', level: 1, text: sentence.repeat(2) }],
        [
          {
            kind: 'table',
            caption: null,
            head: ['STT', 'Đơn vị'],
            numeric: [],
            rows: Array.from({ length: 9 }, (_, i) => [`${i}`, 'Phường']),
          },
        ],
      ];
      const papers = [6, 8, 10, 11, 12, 13, 14, 15, 16, 18, 20, 22].flatMap((length, index) => {
        const body = Array.from({ length }, () => line(sentence));
        return [make([...body, ...(endings[index % endings.length] ?? [])]), make([...body, ...(endings[0] ?? [])])];
      });
      const prints = await Promise.all(papers.map(measured));
      let broken = 0;
      for (const pages of prints) {
        const end = pages.findIndex((page) => page.lines.some(({ text }) => text.startsWith('Nơi nhận')));
        const page = pages[end] as MeasuredPage;
        expect(pages.length).to.be.at.most(2);
        expect(page.lines.some(({ text }) => text === signer)).to.equal(true);
        expect(page.lines.some(({ text }) => /^(TM\. ỦY|THƯ KÝ)/.test(text))).to.equal(true);
        expect(page.images.length).to.equal(2);
        if (end > 0) {
          broken += 1;
          expect(bodyLines(page), page.lines.map(({ text }) => text).join('\n')).to.be.at.least(2);
        }
      }
      // then some of them did break there
      expect(broken).to.be.greaterThan(4).and.lessThan(prints.length);
    });
  }

  it('keeps a copy’s own block with the end of what is copied', async () => {
    for (let length = 4; length <= 14; length += 2) {
      const { content } = copy();
      const made = content.copy;
      if (made === undefined) throw new Error('no copy');
      const body = Array.from({ length }, () => line(sentence.repeat(2)));
      const of = { ...made.of, content: { ...made.of.content, body } };
      const pages = await measured({ ...copy(), content: { ...content, copy: { ...made, of } } });
      const page = pages.find(({ lines }) => lines.some(({ text }) => text === 'SAO Y')) as MeasuredPage;
      expect(page.lines.some(({ text }) => text === '(Đã ký)')).to.equal(true);
      expect(page.lines.some(({ text }) => text === 'Người ví dụ 02')).to.equal(true);
    }
  });

  it('lets nothing run over the edges: endless words, names and titles, tables of forty columns', async () => {
    const wide = (columns: number): Block => ({
      kind: 'table',
      caption: long,
      head: Array.from({ length: columns }, (_, index) => `Cột ${index + 1}`),
      rows: [1, 2].map((row) =>
        Array.from({ length: columns }, (_, index) => (index === 3 ? long.slice(0, 90) : `${row * 1_000 + index}`)),
      ),
      numeric: [2],
    });
    const paper = plan(
      {
        issuedOn: '2021-02-09',
        pictures,
        code,
        signature: { authority: `TM. ${long}`, capacity: null, title: long, name: long },
      },
      {
        issuer: { superior: long, name: `ỦY BAN ${long}` },
        title: `Về ${long}`,
        place: 'Gò Vấp',
        addressees: [long, `${sentence.repeat(3)}`],
        urgency: 'thuongKhan',
        circulation: 'XEM XONG TRẢ LẠI',
        contact: 'Địa chỉ: '.repeat(30),
        drafterMark: { initials: 'PL', copies: 300 },
        enacting: { by: long, word: 'QUYẾT ĐỊNH:' },
        bases: [long],
        body: [
          { kind: 'chapter', marker: 'Chương I', text: long },
          { kind: 'article', marker: 'Điều 1.', title: long, text: null },
          { kind: 'heading', level: 1, marker: 'I.', text: long },
          line(long),
          ...[4, 8, 12, 20, 40].map(wide),
        ],
        recipients: [{ name: long, purpose: long }],
        appendices: [{ marker: 'Phụ lục', title: long, orientation: 'landscape', body: [wide(40)] }],
      },
    );
    for (const page of await measured(paper)) {
      for (const one of page.lines) {
        expect(one.xMm, `${page.number}: ${one.text}`).to.be.at.least(30);
        expect(rightOf(one), `${page.number}: ${one.text}`).to.be.at.most(page.widthMm - 15);
      }
      for (const box of page.boxes) {
        expect(box.xMm).to.be.at.least(29.9);
        expect(box.xMm + box.widthMm).to.be.at.most(page.widthMm - 14.9);
      }
    }
  });

  it('paints no trace of a page’s first line at the foot of the page before', async () => {
    // given pages that begin with the highest letters, in every kind of block that may be divided
    const high = 'ẴỄỖẪỬ'.repeat(3);
    const body = Array.from({ length: 40 }, (_, index): readonly Block[] => [
      { kind: 'heading', level: index % 2 === 0 ? 1 : 2, marker: 'Ẵ', text: high },
      { kind: 'article', marker: 'Ẵ', title: null, text: `${high} `.repeat(6 + (index % 5)) },
      { kind: 'paragraph', marker: 'Ẵ', level: 1, text: `${high} `.repeat(5 + (index % 7)) },
    ]).flat();
    const recipients = Array.from({ length: 150 }, (_, index) => ({ name: `Ẵ ${index}`, purpose: null }));
    const pages = await measured(plan({ issuedOn: '2021-02-09' }, { bases: [`${high} `.repeat(30)], body, recipients }));
    expect(pages.length).to.be.greaterThan(10);
    for (const page of pages) {
      for (const one of page.lines) expect(one.baseMm, `${page.number}: ${one.text}`).to.be.lessThan(277);
    }
  });

  it('divides a long table between its rows and repeats its head, on upright and on turned pages', async () => {
    for (const orientation of ['portrait', 'landscape'] as const) {
      const rows = Array.from({ length: 60 }, (_, index) => [
        `${index + 1}`,
        index % 5 === 0 ? sentence.repeat(4) : 'Phường',
        '0',
      ]);
      const body: readonly Block[] = [{ kind: 'table', caption: null, head: ['STT', 'Đơn vị', 'Số'], rows, numeric: [2] }];
      const pages = (
        await measured(plan({}, { body: [], appendices: [{ marker: 'Phụ lục', title: 'Bảng', orientation, body }] }))
      ).slice(1);
      expect(pages.length).to.be.greaterThan(2);
      const seen: number[] = [];
      for (const page of pages) {
        expect(page.lines.some(({ text }) => text.startsWith('STT'))).to.equal(true);
        // every row that begins on the page ends there: its box is closed above the margin
        for (const box of page.boxes) expect(box.yMm + box.heightMm).to.be.at.most(page.heightMm - 20);
        for (const text of page.lines.filter(({ xMm, sizePt }) => xMm < 42 && Math.round(sizePt) === 13)) {
          const number = /^\d+/.exec(text.text)?.[0];
          if (number !== undefined && topOf(text) > 20 && bottomOf(text) < page.heightMm - 20) seen.push(Number(number));
        }
      }
      expect(seen).to.deep.equal(rows.map((_, index) => index + 1));
    }
  });
});
