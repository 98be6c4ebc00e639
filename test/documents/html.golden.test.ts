import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { paperTemplate } from '../../src/documents/html.js';
import { viewOf } from '../../src/documents/view.js';
import type { Paper } from '../../src/office/paper.js';
import { plan } from './samplePapers.js';

const templates = new URL('../../templates/', import.meta.url);
const files = [
  'documents/paper.hbs',
  ...['paperHead', 'paperBlock', 'paperTable', 'paperEnd', 'draftMark'].map((name) => `partials/${name}.hbs`),
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

describe('documents/html: the page of a paper', () => {
  it('is the golden page', () => {
    const golden = readFileSync(new URL('./golden/smallPaper.html', import.meta.url), 'utf8');
    expect(normalised(paperTemplate().render(viewOf(smallPaper())))).to.equal(normalised(golden));
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
    const [page = '', ...partials] = files;
    const hash = createHash('sha256');
    for (const file of [page, 'styles/paper.css', ...partials]) {
      hash.update(`${file}\0${readFileSync(new URL(file, templates), 'utf8')}\0`);
    }
    expect(paperTemplate().version).to.equal(hash.digest('hex'));
  });
});
