import { expect } from 'chai';
import { measurePdf } from '../../src/documents/measure/measurePdf.js';
import { makePrinter } from '../../src/documents/printer.js';
import { italicWidthMm } from '../../src/documents/textWidth.js';
import { viewOf } from '../../src/documents/view.js';
import { checkForm } from '../../src/office/form/check.js';
import { centreOf, type MeasuredBox, type MeasuredPage, rightOf } from '../../src/office/form/measures.js';
import { subjectOf } from '../../src/office/form/subject.js';
import type { Paper } from '../../src/office/papers/paper.js';
import { face, lineOn, text, toleranceMm } from './layoutReading.js';
import { code, pictures } from './sampleForms.js';
import { plan } from './samplePapers.js';
import { browserTestMsMax, cacheFolder } from './support.js';

const printer = makePrinter({ cacheFolder });

/** A plan of a place, on the longest day that a month of one digit has. */
function planOf(place: string): Paper {
  const paper = plan({ issuedOn: '2026-03-30' });
  return { ...paper, content: { ...paper.content, place } };
}

describe('documents: the address line of a place with a long name', function () {
  this.timeout(browserTestMsMax);
  after(() => printer.close());

  const printed = async (paper: Paper) => {
    const measures = await measurePdf((await printer.print(paper)).bytes);
    return { measures, page: measures.pages[0] as MeasuredPage };
  };

  it('stays on one line: the right column grows, and the agency on the left takes more lines', async () => {
    const paper = planOf('Thành phố Hồ Chí Minh');
    const { page, measures } = await printed(paper);
    // then it is whole, as wide as it was reckoned, in the middle of its column and inside the page
    const date = lineOn(page, 'Thành phố Hồ Chí Minh, ngày 30 tháng 3 năm 2026');
    expect(face(date)).to.equal('13 plain italic');
    expect(date.widthMm).to.be.closeTo(italicWidthMm(date.text, 13), toleranceMm);
    expect(rightOf(date)).to.be.at.most(text.right + toleranceMm);
    for (const start of ['CỘNG HÒA', 'Độc lập']) expect(centreOf(lineOn(page, start))).to.be.closeTo(centreOf(date), toleranceMm);
    // the number stays beside it, below the agency, which keeps its distance
    const number = lineOn(page, 'Số: ');
    expect(number.baseMm).to.be.closeTo(date.baseMm, toleranceMm);
    for (const start of ['UBND THÀNH PHỐ', 'HỒ CHÍ MINH', 'ỦY BAN NHÂN DÂN', 'QUẬN GÒ VẤP']) {
      const line = lineOn(page, start);
      expect(centreOf(line), start).to.be.closeTo(centreOf(number), toleranceMm);
      expect(rightOf(line), start).to.be.lessThan(date.xMm - 4);
    }
    // and the form of the head has no fault
    const { number: own, issuedOn, signature, content } = paper;
    const report = checkForm({ ...subjectOf({ content, number: own, issuedOn, signature }), measures }, '2026-03-30');
    expect(report.findings.filter(({ key }) => key.startsWith('C-0'))).to.deep.equal([]);
  });

  it('finds no fault in the printed pictures of signature and seal, and one where they are swapped about', async () => {
    const paper = plan({ issuedOn: '2026-03-30', pictures, code });
    const { measures } = await printed(paper);
    const judged = (images: (box: MeasuredBox) => MeasuredBox) => {
      const pages = measures.pages.map((one) => ({ ...one, images: one.images.map(images) }));
      return checkForm({ ...subjectOf(paper), measures: { ...measures, pages } }, '2026-03-30')
        .findings.filter(({ key }) => key.startsWith('G-'))
        .map(({ key, severity }) => `${key} ${severity}`);
    };
    expect(measures.pages.flatMap(({ images }) => images)).to.have.length(2);
    expect(judged((box) => box)).to.deep.equal([]);
    const far = judged((box) => (box.widthMm > 1.3 * box.heightMm ? { ...box, xMm: box.xMm + 20 } : box));
    expect(far).to.deep.equal(['G-01 warning', 'G-02 warning']);
  });

  it('changes nothing where it has room, and breaks only where no column could hold it', async () => {
    expect(viewOf(planOf('Gò Vấp')).countryWidthMm).to.equal(null);
    expect(viewOf(planOf('Thành phố Hồ Chí Minh')).countryWidthMm).to.be.within(96.4, 96.6);
    const { page } = await printed(planOf('Phường Hưng Bình - Nam Lý thứ hai'));
    expect(viewOf(planOf('Phường Hưng Bình - Nam Lý thứ hai')).countryWidthMm).to.equal(null);
    expect(rightOf(lineOn(page, 'ỦY BAN NHÂN DÂN QUẬN GÒ VẤP'))).to.be.lessThan(text.left + 72);
    expect(lineOn(page, 'Phường Hưng Bình').text).not.to.contain('2026');
  });
});
