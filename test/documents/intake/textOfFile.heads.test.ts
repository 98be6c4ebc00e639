import { expect } from 'chai';
import { Document, Header, Packer, Paragraph } from 'docx';
import { officeHeads } from '../../../src/documents/intake/officeHeads.js';
import { examineFile } from '../../../src/documents/intake/textOfFile.js';
import type { XmlParts } from '../../../src/documents/intake/zipCheck.js';
import { makePrinter } from '../../../src/documents/printer.js';
import { secrecyIn } from '../../../src/office/papers/secrecy.js';
import { plan } from '../samplePapers.js';
import { browserTestMsMax, cacheFolder } from '../support.js';
import { docxOf, pdfOf, scanOf, smallPng } from './files.js';

describe('documents/intake: the heads of a file that is kept', function () {
  this.timeout(browserTestMsMax);
  const printer = makePrinter({ cacheFolder });
  after(() => printer.close());

  const printed = async (superior: string): Promise<Uint8Array> => {
    const paper = plan();
    const issuer = { ...paper.content.issuer, superior };
    return (await printer.print({ ...paper, content: { ...paper.content, issuer } })).bytes;
  };

  it('are of each page of a PDF, from its top on, so that a stamp is found', async () => {
    const { heads } = await examineFile(await printed('MẬT'), 'a.pdf');
    expect(heads.length).to.be.greaterThan(1);
    expect(heads[0])
      .to.match(/^MẬT\n/)
      .and.to.contain('KẾ HOẠCH');
    expect(heads[1]).to.match(/^2\n/);
    expect(secrecyIn(heads)).to.equal('MẬT');
    expect(secrecyIn((await examineFile(await printed('UBND THÀNH PHỐ'), 'a.pdf')).heads)).to.equal(null);
  });

  it('are of every page, whatever stands on the first', async () => {
    const { heads } = await examineFile(await pdfOf(['Phieu trinh', 'Trang hai\nDong hai']), 'a.pdf');
    expect(heads).to.deep.equal(['Phieu trinh', 'Trang hai\nDong hai']);
  });

  it('are the text of a .docx and a .txt; none of pictures, and of words that no one can read', async () => {
    expect((await examineFile(await docxOf(['Một', 'MẬT']), 'a.docx')).heads).to.deep.equal(['Một\nMẬT']);
    expect((await examineFile(Buffer.from('MẬT\n'), 'a.txt')).heads).to.deep.equal(['MẬT\n']);
    expect((await examineFile(smallPng, 'a.png')).heads.join('')).to.equal('');
    expect((await examineFile(await scanOf(2), 'a.pdf')).heads.join('')).to.equal('');
    expect((await examineFile(await docxOf(['KÕ ho¹ch'], '.VnTime'), 'a.docx')).heads.join('')).to.equal('');
  });

  it('are the headers and footers of a .docx too, and the first cells of an .xlsx', async () => {
    const stamped = (children: Paragraph[]) => ({ default: new Header({ children }) });
    const document = new Document({
      sections: [{ headers: stamped([new Paragraph('TUYỆT MẬT')]), children: [new Paragraph('KẾ HOẠCH')] }],
    });
    const { heads } = await examineFile(await Packer.toBuffer(document), 'a.docx');
    expect(heads).to.deep.equal(['KẾ HOẠCH', 'TUYỆT MẬT']);
    const cells = (texts: readonly string[]): XmlParts =>
      new Map([['xl/sharedStrings.xml', Buffer.from(`<sst>${texts.map((text) => `<si><t>${text}</t></si>`).join('')}</sst>`)]]);
    expect(secrecyIn(officeHeads(cells(['Bảng kê', 'T&#x1ed0;I MẬT']), 'xlsx'))).to.equal('TỐI MẬT');
    expect(
      secrecyIn(officeHeads(cells(['Bảng kê', 'MẬT ONG', ...Array.from({ length: 40 }, () => 'x'), 'MẬT']), 'xlsx')),
    ).to.equal(null);
    expect(officeHeads(new Map(), 'xlsx')).to.deep.equal(['']);
  });
});
