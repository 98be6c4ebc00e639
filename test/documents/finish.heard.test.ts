import { expect } from 'chai';
import { textOf } from '../../src/documents/outputCheck.js';
import { makePrinter } from '../../src/documents/printer.js';
import { archivePapers } from './archivePapers.js';
import { report } from './samplePapers.js';
import { browserTestMsMax, cacheFolder } from './support.js';

const code = 'KH8M-2345-PQRS-6789';

describe('documents/finish: what a screen reader hears', function () {
  this.timeout(browserTestMsMax);
  const printer = makePrinter({ cacheFolder });
  after(() => printer.close());

  it('says the head of a long table once, however many pages show it, and no page number', async () => {
    // given six tables over nine pages
    const { bytes } = await printer.print({ ...report(20, 6), code });
    const heads = (pages: readonly string[]) => pages.join('\n').split('Ghi chú').length - 1;
    // when it is seen and when it is heard
    const [seen, heard] = [await textOf(bytes), await textOf(bytes, { taggedOnly: true })];
    // then
    expect(heads(seen)).to.be.greaterThan(8);
    expect(heads(heard)).to.equal(6);
    const numbers = (pages: readonly string[]) => pages.map((page, index) => page.split('\n').includes(String(index + 1)));
    expect(numbers(seen)).to.deep.equal([false, ...Array.from({ length: 8 }, () => true)]);
    expect(numbers(heard).slice(1)).to.not.include(true);
  });

  it('says what stands in the margins of page 1 alone, and the stamps above first', async () => {
    const paper = archivePapers()['withStamps'];
    if (paper === undefined) throw new Error('no such paper');
    const { bytes } = await printer.print(paper);
    const [first = '', ...others] = await textOf(bytes, { taggedOnly: true });
    for (const text of ['XEM XONG TRẢ LẠI', `Mã tra cứu: ${code}`, 'Số 332 Quang Trung', 'BẢN THỬ NGHIỆM'])
      expect(first).to.contain(text);
    expect(others.join('\n')).to.not.contain('BẢN THỬ NGHIỆM');
  });
});
