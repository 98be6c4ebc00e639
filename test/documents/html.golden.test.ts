import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { paperTemplate } from '../../src/documents/html.js';
import { viewOf } from '../../src/documents/view.js';
import { TrinhkyError } from '../../src/errors.js';
import type { Paper } from '../../src/office/papers/paper.js';
import { decision } from './sampleForms.js';
import { plan } from './samplePapers.js';

const templates = new URL('../../templates/', import.meta.url);
const files = [
  'documents/paper.hbs',
  'styles/paper.css',
  ...[
    'paperPage',
    'paperSheet',
    'paperHead',
    'paperLines',
    'paperAddressees',
    'paperBlock',
    'paperTable',
    'paperEnd',
    'paperSigner',
    'paperPicture',
    'paperCopy',
    'draftMark',
  ].map((name) => `partials/${name}.hbs`),
];

function smallPaper(changes: Partial<Paper> = {}): Paper {
  return plan(changes, {
    title: 'Về việc <thử> & "in"',
    bases: ['Căn cứ Luật Tổ chức chính quyền địa phương'],
    body: [
      { kind: 'heading', level: 1, marker: 'I.', text: 'MỤC ĐÍCH' },
      { kind: 'heading', level: 2, marker: '1.', text: 'Yêu cầu' },
      { kind: 'paragraph', marker: 'a)', level: 2, text: 'Nội dung {{7*7}} giữ nguyên' },
      { kind: 'table', caption: 'Số liệu', head: ['STT', 'Đơn vị', 'Số vụ'], rows: [['1', 'Phường 1', '12']], numeric: [2] },
      { kind: 'paragraph', marker: null, level: 0, text: 'Yêu cầu các đơn vị thực hiện.' },
    ],
    recipients: [{ name: 'Như Điều 3', purpose: null }],
    archive: 'Lưu: VT',
  });
}

/** Layout of the source and the stylesheet are not what a reader of the page sees. */
function normalised(html: string): string {
  return html
    .replace(/<style>[\s\S]*<\/style>/, '<style></style>')
    .replace(/>\s+</g, '>\n<')
    .trim();
}

/** With the style of the pages, which depends on the paper; pictures cut short. */
function withPages(html: string): string {
  return html
    .replace(readFileSync(new URL('styles/paper.css', templates), 'utf8'), '')
    .replace(/base64,[^"]+/g, 'base64,…')
    .replace(/>\s+</g, '>\n<')
    .replace(/\n\s*\n/g, '\n')
    .trim();
}

function fullPaper(): Paper {
  const { content, number, issuedOn, signature } = smallPaper();
  return {
    ...decision(),
    signingAt: '2021-03-31T17:05:09Z',
    test: true,
    content: {
      ...decision().content,
      type: 'SY',
      symbol: 'SY-UBND',
      copy: {
        kind: 'SY',
        electronic: true,
        of: {
          number: number ?? 0,
          issuedOn: issuedOn ?? '',
          signature: signature ?? { authority: null, capacity: null, title: 'CHỦ TỊCH', name: 'Người ví dụ 01' },
          content: {
            ...content,
            addressees: ['Sở Nội vụ', 'Sở Tài chính'],
            urgency: 'hoaToc',
            circulation: 'XEM XONG TRẢ LẠI',
            contact: 'Địa chỉ: số 1\nĐiện thoại: 0',
            drafterMark: { initials: 'PL', copies: 300 },
            enacting: { by: 'Ủy ban nhân dân quận', word: 'QUYẾT ĐỊNH:' },
            body: [
              { kind: 'chapter', marker: 'Chương I', text: 'Quy định chung' },
              { kind: 'article', marker: 'Điều 1.', title: 'Phạm vi', text: null },
              { kind: 'article', marker: 'Điều 2.', title: null, text: 'Hiệu lực' },
            ],
            appendices: [{ marker: 'Phụ lục', title: 'Danh sách', orientation: 'landscape', body: content.body.slice(0, 4) }],
          },
        },
      },
    },
  };
}

describe('documents/html: the page of a paper', () => {
  it('is the golden page', () => {
    const golden = readFileSync(new URL('./golden/smallPaper.html', import.meta.url), 'utf8');
    expect(normalised(paperTemplate().render(viewOf(smallPaper())))).to.equal(normalised(golden));
  });

  it('is the golden page of a paper with every part of the form', () => {
    const golden = readFileSync(new URL('./golden/fullPaper.html', import.meta.url), 'utf8');
    expect(withPages(paperTemplate().render(viewOf(fullPaper())))).to.equal(withPages(golden));
  });

  it('lets no text out of the style of its pages', () => {
    // given texts that would end a string, a rule or the style itself
    const hostile = '"; } </style><script>alert(1)</script> \\ {{7*7}} \n&';
    const html = paperTemplate().render(
      viewOf({ ...fullPaper(), code: hostile, content: { ...fullPaper().content, contact: hostile } }),
    );
    expect(html.match(/<\/style>/g)).to.have.lengthOf(1);
    expect(html).to.not.contain('<script').and.not.contain('alert(1)');
  });

  it('takes nothing for a picture but base64', () => {
    const seal = { png: 'AA" onerror="', widthMm: 30, heightMm: 30 };
    expect(() => viewOf(smallPaper({ pictures: { signature: null, seal } })))
      .to.throw(TrinhkyError)
      .with.property('code', 'printFailed');
  });

  it('marks a draft with a picture that holds no text', () => {
    const draft = paperTemplate().render(viewOf(smallPaper({ final: false })));
    expect(draft).to.match(/<body class="draft">\s*<svg class="mark"[^>]*aria-hidden="true"><path d="M[^"<]+"\/><\/svg>/);
    expect(paperTemplate().render(viewOf(smallPaper()))).to.not.contain('<svg');
  });

  it('forbids everything but its own style, before anything else is read', () => {
    const html = paperTemplate().render(viewOf(smallPaper()));
    const policy = html.indexOf(`content="default-src 'none'; style-src 'unsafe-inline'"`);
    expect(policy).to.be.greaterThan(0).and.lessThan(html.indexOf('<title>'));
    expect(html).to.not.match(/<script|\bsrc=|\bhref=|url\(|@import/i);
    // and pictures, where there are any, only out of the page itself
    const pictured = paperTemplate().render(viewOf(decision()));
    expect(pictured).to.contain(`style-src 'unsafe-inline'; img-src data:">`);
    expect(pictured).to.not.match(/<script|\bsrc="(?!data:image\/png;base64,)|\bhref=|url\(|@import/i);
  });

  it('fails on a field that the view lacks, instead of leaving a gap', () => {
    const { placeAndDate, ...rest } = viewOf(smallPaper());
    expect(placeAndDate).to.be.a('string');
    expect(() => paperTemplate().render(rest as ReturnType<typeof viewOf>)).to.throw(/placeAndDate/);
  });

  it('has no way around the escaping in any template file', () => {
    for (const file of files) {
      expect(readFileSync(new URL(file, templates), 'utf8'), file).to.not.match(/\{\{\{|\{\{~?&/);
    }
  });

  it('is versioned by the bytes of all its files', () => {
    const hash = createHash('sha256');
    for (const file of files) {
      hash.update(`${file}\0${readFileSync(new URL(file, templates), 'utf8')}\0`);
    }
    expect(paperTemplate().version).to.equal(hash.digest('hex'));
  });
});
