import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { expect } from 'chai';
import type { Printed } from '../../src/commands/papers/printing.js';
import { textOf } from '../../src/documents/outputCheck.js';
import { makePrinter } from '../../src/documents/printer.js';
import { letter, plan, report } from './samplePapers.js';
import { browserTestMsMax, type Canary, cacheFolder, installed, squeezed, startCanary } from './support.js';

describe('documents/printer: papers as PDF', function () {
  this.timeout(browserTestMsMax);
  const printer = makePrinter({ cacheFolder });
  const draft = () => plan({ final: false, number: null, issuedOn: null });
  let printedPlan: Printed;
  let canary: Canary;

  before(async () => {
    printedPlan = await printer.print(plan());
    canary = await startCanary();
  });
  after(async () => {
    canary.close();
    await printer.close();
  });

  it('prints every word of a plan, in order, on A4', async () => {
    // when the plan is printed
    const { bytes, hash, pages } = printedPlan;
    // then its text reads back whole, apart from page numbers
    const text = (await textOf(bytes)).map((page) => page.replace(/(^|\n)[23](?=\n|$)/, '')).join('\n');
    for (const block of plan().content.body) {
      if (block.kind !== 'table') {
        expect(squeezed(text)).to.contain(squeezed(`${block.marker ?? ''}${block.text}`.replace(/\.$/, '')));
      }
    }
    expect(squeezed(text)).to.contain(squeezed('TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH Người ví dụ 01'));
    const boxes = [
      ...Buffer.from(bytes)
        .toString('latin1')
        .matchAll(/\/MediaBox \[ ?0 0 ([\d.]+) ([\d.]+) ?\]/g),
    ];
    expect(boxes.length).to.equal(pages);
    for (const [, width, height] of boxes) {
      expect(Number(width)).to.be.closeTo(595.28, 1);
      expect(Number(height)).to.be.closeTo(841.89, 1);
    }
    expect(hash).to.equal(createHash('sha256').update(bytes).digest('hex'));
  });

  it('numbers the pages from the second on and marks each that is signed with test keys', async () => {
    const mark = 'BẢN THỬ NGHIỆM - KÝ BẰNG CHỨNG THƯ SỐ THỬ NGHIỆM';
    const pages = await textOf((await printer.print(plan({ test: true }))).bytes);
    expect((await textOf(printedPlan.bytes)).join('')).to.not.contain('THỬ NGHIỆM');
    expect(pages.length).to.equal(3).and.equal(printedPlan.pages);
    pages.forEach((page, index) => {
      expect(page).to.contain(mark);
      expect(/(^|\n)\d(\n|$)/.exec(page)?.[0].trim() ?? null).to.equal(index === 0 ? null : String(index + 1));
    });
  });

  it('gives the same bytes again, also from another browser process', async () => {
    const other = makePrinter({ cacheFolder });
    try {
      const [again, elsewhere] = await Promise.all([printer.print(plan()), other.print(plan())]);
      expect([again.hash, elsewhere.hash]).to.deep.equal([printedPlan.hash, printedPlan.hash]);
      expect(elsewhere.versions).to.deep.equal(printedPlan.versions);
      // and the date in the file is the paper's, not the clock's
      expect(Buffer.from(again.bytes).toString('latin1').split("(D:20100209000000+07'00')").length).to.equal(3);
    } finally {
      await other.close();
    }
  });

  it('tells another paper apart by one letter', async () => {
    const { hash } = await printer.print(plan({}, { place: 'Gò Vap' }));
    expect(hash).to.not.equal(printedPlan.hash);
  });

  it('marks every page of a draft, without a trace in the text between', async () => {
    const { bytes } = await printer.print(draft());
    const pages = await textOf(bytes);
    expect(pages.length).to.equal(3);
    for (const page of pages) {
      expect(page.split('DỰ THẢO').length).to.equal(2);
      expect(page).to.not.contain('BẢN THỬ NGHIỆM');
    }
    expect(squeezed(pages.join(''))).to.contain(squeezed('Số: …/KH-UBND Gò Vấp, ngày … tháng … năm …'));
  });

  it('keeps the signature with the last lines of the text', async () => {
    // given last paragraphs of every length around a page's end
    for (const lines of [1, 6, 9, 12, 15, 18]) {
      const filler = {
        kind: 'paragraph',
        marker: null,
        level: 0,
        text: 'Ủy ban nhân dân quận yêu cầu các đơn vị thực hiện. '.repeat(lines * 2),
      } as const;
      const { bytes } = await printer.print(
        plan({}, { body: [...plan().content.body.slice(0, 12), filler, { ...filler, text: 'Câu cuối cùng của văn bản' }] }),
      );
      const page = (await textOf(bytes)).find((text) => text.includes('Nơi nhận:'));
      // then the whole signature stands on one page, below text
      expect(page).to.contain('văn bản./.').and.contain('TM. ỦY BAN NHÂN DÂN').and.contain('Người ví dụ 01');
    }
  });

  it('repeats the head of a long table and prints nine pages', async () => {
    const { bytes, pages } = await printer.print(report(20, 6));
    const text = await textOf(bytes);
    expect(pages).to.equal(9);
    expect(text.filter((page) => page.includes('Ghi chú')).length).to.be.greaterThan(6);
    expect(squeezed(text.join(''))).to.contain(squeezed('Ủy ban nhân dân Phường 20'));
  });

  it('prints hostile content as the text it is', async () => {
    // given content that tries every door
    const hostile = [
      `<script>fetch('http://127.0.0.1:${canary.port}/script')</script>`,
      `"><img src=http://127.0.0.1:${canary.port}/image onerror=alert(1)>`,
      `</style><link rel=stylesheet href=http://127.0.0.1:${canary.port}/style>`,
      "{{7*7}} {{{7*7}}} {{constructor.constructor('return process')()}} $" + '{7*7}',
      '&lt;b&gt; &amp; `</title>` <!-- __proto__ -->',
    ];
    // when it stands in every field of a paper
    const { bytes } = await printer.print(
      plan(
        {},
        {
          title: hostile.join(' '),
          place: hostile[1] ?? '',
          bases: hostile,
          body: hostile.map((text) => ({ kind: 'paragraph', marker: null, level: 0, text })),
        },
      ),
    );
    // then it is printed letter for letter, and nobody was called
    const text = squeezed((await textOf(bytes)).join(''));
    for (const line of hostile) {
      expect(text).to.contain(squeezed(line));
    }
    expect(canary.hits).to.deep.equal([]);
  });

  it('prints a letter on one page', async () => {
    const { bytes, pages } = await printer.print(letter());
    expect(pages).to.equal(1);
    expect((await textOf(bytes))[0]).to.contain('Kính gửi: Ủy ban nhân dân Phường 3');
  });

  it('is read the same by poppler, and its draft mark is seen', async function () {
    if (!installed('pdftotext') || !installed('pdftoppm')) {
      console.log('      skipped: poppler-utils is not installed');
      this.skip();
    }
    const text = spawnSync('pdftotext', ['-', '-'], { input: printedPlan.bytes, encoding: 'utf8' }).stdout;
    expect(text)
      .to.contain('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM')
      .and.contain('Số: 08/KH-UBND')
      .and.contain('Gò Vấp, ngày 09 tháng 02 năm 2010');
    const greys = (bytes: Uint8Array): number => {
      const picture = spawnSync('pdftoppm', ['-gray', '-r', '30', '-f', '2', '-l', '2'], {
        input: bytes,
        maxBuffer: 10_000_000,
      }).stdout;
      return picture.filter((value) => value >= 0xe2 && value <= 0xea).length;
    };
    const { bytes } = await printer.print(draft());
    expect(greys(bytes)).to.be.greaterThan(greys(printedPlan.bytes) + 1_000);
  });
});
