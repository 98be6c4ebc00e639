import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFDocument } from '@cantoo/pdf-lib';
import { expect } from 'chai';
import { registerSheet } from '../../src/commands/papers/registers.js';
import { textOf } from '../../src/documents/outputCheck.js';
import { makePrinter } from '../../src/documents/printer.js';
import { registerOf } from '../../src/office/registers/register.js';
import { directory } from '../support/builders.js';
import { faultsIn, verapdf, verapdfMissing } from '../support/verapdf/verapdf.js';
import { browserTestMsMax, cacheFolder, squeezed } from './support.js';

const widthPt = 841.9;

/** A register of sixty papers with long subjects: several pages. */
function longRegister() {
  const numbers = Array.from({ length: 60 }, (_, index) => ({
    series: 'KH-UBND',
    year: 2010,
    number: index + 1,
    symbol: 'KH-UBND',
    document: `example.${index + 1}`,
    day: '2010-02-09',
    status: index === 30 ? ('cancelled' as const) : ('used' as const),
    reason: index === 30 ? 'DISCARD' : 'SIGN',
  }));
  const context = { type: 'KH', title: 'Triển khai thực hiện phong trào thi đua ví dụ trên địa bàn quận, giai đoạn năm năm' };
  const papers = new Map(
    numbers.map(({ document }) => [document, { id: document, definition: 'document', state: 'inForce', open: true, context }]),
  );
  const period = { from: '2010-01-01', to: '2010-12-31' };
  return registerOf('outgoing', { directory, language: 'vi', ...period, numbers, papers, deliveries: new Map(), uses: [] });
}

describe('a register in print', function () {
  this.timeout(2 * browserTestMsMax);
  const printer = makePrinter({ cacheFolder, onWarning: () => undefined });
  after(() => printer.close());
  let bytes: Uint8Array;
  before(async () => {
    ({ bytes } = await printer.printSheet(registerSheet(longRegister(), directory, '1')));
  });

  it('is a cover and landscape pages, each with the head of the table and its number', async () => {
    const document = await PDFDocument.load(bytes);
    for (const page of document.getPages()) expect(page.getWidth()).to.be.closeTo(widthPt, 1);
    const pages = (await textOf(bytes)).map(squeezed);
    expect(pages.length).to.be.greaterThan(3);
    for (const word of ['ỦYBANNHÂNDÂNQUẬNVÍDỤ', 'SỔĐĂNGKÝVĂNBẢNĐI', 'Năm2010', 'Từngày01/01/2010đếnngày31/12/2010', 'Quyểnsố:1'])
      expect(pages[0]).to.contain(word);
    expect(pages[0]).to.contain('Từsố01/KH-UBNDđếnsố60/KH-UBND').and.not.to.contain('Ngườiký');
    for (const [index, page] of pages.slice(1).entries()) {
      expect(page).to.contain('Đơnvị,ngườinhậnbảnlưu');
      // the number is drawn first, and stands at the foot
      expect(page).to.match(new RegExp(`^${index + 2}S[ốổ]`));
    }
    const all = pages.join('');
    for (let number = 1; number <= 60; number += 1)
      expect(all.split(`${String(number).padStart(2, '0')}/KH-UBND09/02`).length - 1, String(number)).to.equal(1);
    expect(all).to.contain(squeezed('Số hủy: dự thảo bị hủy'));
  });

  it('conforms to PDF/A-2a and PDF/UA-1, also when it is empty', async function () {
    const missing = await verapdfMissing();
    if (missing !== null) {
      console.log(`      skipped: ${missing}`);
      this.skip();
    }
    const folder = await mkdtemp(join(tmpdir(), 'trinhky-register-'));
    try {
      const files = [join(folder, 'full.pdf'), join(folder, 'empty.pdf')] as const;
      const source = { directory, language: 'vi' as const, from: '2010-01-01', to: '2010-12-31', numbers: [], papers: new Map() };
      const empty = registerOf('incoming', { ...source, deliveries: new Map(), uses: [] });
      await writeFile(files[0], bytes);
      await writeFile(files[1], (await printer.printSheet(registerSheet(empty, directory))).bytes);
      const verdicts = await verapdf(files);
      for (const file of files) expect(faultsIn(verdicts, file)).to.deep.equal([]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
