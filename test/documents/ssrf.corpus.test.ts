import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import type { Printed } from '../../src/commands/papers/printing.js';
import { textOf } from '../../src/documents/outputCheck.js';
import { makePrinter } from '../../src/documents/printer.js';
import { TrinhkyError } from '../../src/errors.js';
import type { Paper, PaperContent } from '../../src/office/papers/paper.js';
import { browserTestMsMax, type Canary, cacheFolder, squeezed, startCanary } from './support.js';

const secret = 'OnlyInThisLocalFile73';

/** Sixteen ways to have something fetched or run, as the words of a paper. */
function corpus(canary: string, file: string): readonly string[] {
  return [
    `<img src="${canary}/img">`,
    `"><script src="${canary}/script"></script>`,
    `<link rel="stylesheet" href="${canary}/css">`,
    `</style><style>@import url(${canary}/import);</style>`,
    `<p style="background:url('${canary}/bg')">x</p>`,
    `<iframe src="${canary}/frame"></iframe>`,
    `<iframe src="${file}"></iframe>`,
    `<object data="${file}"></object><embed src="${canary}/embed">`,
    `<svg><image xlink:href="${canary}/svg"/><use href="${canary}/use#a"/></svg>`,
    `<meta http-equiv="refresh" content="0;url=${canary}/meta">`,
    `<base href="${canary}/base/"><a ping="${canary}/ping" href="x" autofocus>x</a>`,
    `<video poster="${canary}/poster" src="${canary}/video"></video>`,
    `</style><style>@font-face{font-family:Tinos;src:url(${canary}/font)}</style>`,
    `' onerror='fetch("${canary}/handler")' x='`,
    `<!DOCTYPE a [<!ENTITY b SYSTEM "${file}">]>&b;`,
    `javascript:location="${canary}/js"`,
  ];
}

/** What would be something in a template, and must be words on paper. */
const templates = [
  '{{title}}',
  '{{{constructor}}}',
  '{{> paperHead}}',
  '{{#each this}}{{/each}}',
  '{{lookup . "constructor"}}',
  '\\{{x}}',
];

/** A paper in which every text that people write bears the same words beside its own; types, markers and marks keep their form. */
function everywhere(words: string): PaperContent {
  const told = (text: string) => `${text} ${words}`;
  return {
    type: 'KH',
    typeName: 'KẾ HOẠCH',
    issuer: { superior: told('UBND THÀNH PHỐ VÍ DỤ'), name: told('ỦY BAN NHÂN DÂN QUẬN VÍ DỤ') },
    symbol: told('KH-UBND'),
    place: told('Ví Dụ'),
    title: told('Thực hiện công tác ví dụ'),
    addressees: [told('Sở Ví dụ')],
    bases: [told('Căn cứ chương trình công tác;')],
    body: [
      { kind: 'heading', level: 1, marker: 'I.', text: told('MỤC ĐÍCH') },
      { kind: 'paragraph', marker: told('1.'), level: 1, text: told('Các đơn vị tổ chức thực hiện.') },
      {
        kind: 'table',
        caption: told('Bảng'),
        head: [told('Cột một'), told('Cột hai')],
        rows: [[told('a'), told('b')]],
        numeric: [1],
      },
    ],
    recipients: [{ name: told('Các phường'), purpose: told('để thực hiện') }],
    archive: told('Lưu: VT'),
    contact: told('Địa chỉ: số 1 Đường Ví Dụ'),
    drafterMark: { initials: told('NV'), copies: 2 },
    appendices: [
      {
        marker: 'Phụ lục',
        title: told('Danh mục'),
        orientation: 'portrait',
        body: [{ kind: 'paragraph', marker: null, level: 0, text: told('Kèm theo') }],
      },
    ],
  };
}

function paperOf(content: PaperContent, more: Partial<Paper> = {}): Paper {
  return {
    content,
    number: 8,
    issuedOn: '2026-02-09',
    signature: { authority: 'TM. ỦY BAN NHÂN DÂN', capacity: 'KT. CHỦ TỊCH', title: 'PHÓ CHỦ TỊCH', name: 'Người ví dụ 01' },
    final: true,
    ...more,
  };
}

describe('documents: words that would be fetched or run (cases 35 and 36)', function () {
  this.timeout(browserTestMsMax);
  const printer = makePrinter({ cacheFolder });
  let canary: Canary;
  let folder: string;
  let ways: readonly string[];
  before(async () => {
    canary = await startCanary();
    folder = await mkdtemp(join(tmpdir(), 'canary-'));
    const file = join(folder, 'secret.txt');
    await writeFile(file, secret);
    ways = corpus(`http://127.0.0.1:${canary.port}`, pathToFileURL(file).href);
  });
  after(async () => {
    canary.close();
    await printer.close();
    await rm(folder, { recursive: true, force: true });
  });

  const printedText = async ({ bytes }: Pick<Printed, 'bytes'>): Promise<string> => squeezed((await textOf(bytes)).join('\n'));

  it('case 36: print as words in every text of a paper; nobody is asked, and no local file is in the PDF', async () => {
    expect(ways).to.have.length(16);
    for (const way of ways) {
      const text = await printedText(await printer.print(paperOf(everywhere(way))));
      // at least title, body, cells, recipients: as often as they were written
      expect(text.split(squeezed(way)).length - 1, way).to.be.at.least(12);
      expect(text).to.not.contain(secret);
    }
    expect(canary.hits).to.deep.equal([]);
  });

  it('case 36: the same in a draft, all at once', async () => {
    // a symbol of two thousand characters fits in no head, and its print is refused: that is another story
    const content = { ...everywhere(ways.join(' ')), symbol: 'KH-UBND' };
    const draft = paperOf(content, { final: false, number: null, issuedOn: null, signature: null });
    const text = await printedText(await printer.print(draft));
    for (const way of ways) expect(text).to.contain(squeezed(way));
    expect(text).to.not.contain(secret);
    expect(canary.hits).to.deep.equal([]);
  });

  it('case 36: nor is a picture that is none', async () => {
    const png = `AAAA" onerror="x"><img src="http://127.0.0.1:${canary.port}/picture">`;
    const pictures = { signature: { png, widthMm: 30, heightMm: 15 }, seal: null };
    const outcome = await printer.print(paperOf(everywhere(''), { pictures })).then(
      async (printed) => printedText(printed),
      (error: unknown) => {
        if (!(error instanceof TrinhkyError)) throw error;
        return error.code;
      },
    );
    expect(outcome).to.not.contain(secret);
    expect(canary.hits).to.deep.equal([]);
  });

  it('case 35: template text in a content is printed as it is written', async () => {
    for (const words of templates) {
      const text = await printedText(await printer.print(paperOf(everywhere(words))));
      expect(text.split(squeezed(words)).length - 1, words).to.be.at.least(12);
    }
  });
});
