import { expect } from 'chai';
import { measurePdf } from '../../src/documents/measure/measurePdf.js';
import { makePrinter } from '../../src/documents/printer.js';
import { bottomOf, centreOf, type MeasuredLine, type MeasuredPage, rightOf, topOf } from '../../src/office/form/measures.js';
import type { Paper } from '../../src/office/papers/paper.js';
import { face, lineOn, ruleBelow, shareX, text, textCentreMm, toleranceMm } from './layoutReading.js';
import { decision, minutes, officialLetter, submission } from './sampleForms.js';
import { plan } from './samplePapers.js';
import { copy, regulation, withAppendices } from './sampleParts.js';
import { browserTestMsMax, cacheFolder } from './support.js';

const printer = makePrinter({ cacheFolder });
const measured = async (paper: Paper): Promise<readonly MeasuredPage[]> =>
  (await measurePdf((await printer.print(paper)).bytes)).pages;

describe('documents: the form of a printed paper, measured', function () {
  this.timeout(browserTestMsMax);
  let letterPage: MeasuredPage;
  let decisionPage: MeasuredPage;
  let planPages: readonly MeasuredPage[];

  before(async () => {
    [letterPage = letterPage, decisionPage = decisionPage] = (
      await Promise.all([measured(officialLetter()), measured(decision())])
    ).map(([first]) => first as MeasuredPage);
    planPages = await measured(withAppendices());
  });
  after(() => printer.close());

  it('P-01, P-03: A4, and nothing of the text outside the margins', async () => {
    const papers = [officialLetter(), decision(), submission(), minutes(), regulation(), withAppendices(), copy(), plan()];
    for (const paper of papers) {
      for (const page of await measured(paper)) {
        const [width, height] = [page.widthPt, page.heightPt].sort((a, b) => a - b);
        expect(width).to.be.closeTo(595.28, 1);
        expect(height).to.be.closeTo(841.89, 1);
        const inside = page.lines.filter((line) => line.baseMm > text.top && bottomOf(line) < page.heightMm - 20 + 0.2);
        for (const line of inside) {
          expect(line.xMm, line.text).to.be.at.least(30);
          expect(rightOf(line), line.text).to.be.at.most(page.widthMm - 15 + 0.1);
          expect(topOf(line), line.text).to.be.at.least(20);
        }
        // what stands above is the page number or what belongs into the margin
        for (const line of page.lines.filter((one) => !inside.includes(one))) {
          expect(line.text).to.match(/^\d+$|^Sao y; /);
        }
      }
    }
  });

  it('P-05: page numbers 13 pt, upright, in the middle of the top margin, and none on page 1', () => {
    const numbers = planPages.slice(0, 3).map((page) => page.lines.filter((line) => line.baseMm < 20));
    expect(numbers.map((lines) => lines.map((line) => line.text))).to.deep.equal([[], ['2'], ['3']]);
    for (const [line] of numbers.slice(1)) {
      expect(face(line as MeasuredLine)).to.equal('13 plain');
      expect(centreOf(line as MeasuredLine)).to.be.closeTo(textCentreMm, toleranceMm);
      expect((topOf(line as MeasuredLine) + bottomOf(line as MeasuredLine)) / 2).to.be.closeTo(10.25, 1);
    }
  });

  it('P-06: the pages of each appendix have numbers of their own, on pages turned as asked', () => {
    const numbers = planPages.map((page) => page.lines.find((line) => line.baseMm < 20)?.text ?? '');
    expect(numbers).to.deep.equal(['', '2', '3', '', '2', '', '2', '3']);
    expect(planPages.map((page) => (page.widthMm > page.heightMm ? 'turned' : 'upright')).join(' ')).to.equal(
      'upright upright upright upright upright turned turned turned',
    );
    const turned = planPages[6]?.lines[0] as MeasuredLine;
    expect(centreOf(turned)).to.be.closeTo((30.5 + 297 - 15.5) / 2, toleranceMm);
  });

  it('TT 01/2011: page numbers at the right of the foot', async () => {
    const pages = await measured(plan({ issuedOn: '2015-02-09' }));
    const feet = pages.map((page) => page.lines.filter((line) => line.baseMm > text.bottom));
    expect(feet.map((lines) => lines.map((line) => line.text))).to.deep.equal([[], ['2'], ['3']]);
    for (const [line] of feet.slice(1)) {
      expect(rightOf(line as MeasuredLine)).to.be.closeTo(text.right, toleranceMm);
      expect(face(line as MeasuredLine)).to.equal('13 plain');
    }
    // bases in italics came with NĐ 30/2020
    expect(face(lineOn(pages[0] as MeasuredPage, 'Căn cứ'))).to.equal('14 plain');
    // on the day before it took force the numbers are still at the foot, on that day they are not
    const [before, after] = await Promise.all(['2020-03-04', '2020-03-05'].map(async (issuedOn) => measured(plan({ issuedOn }))));
    expect(before?.[1]?.lines.at(-1)?.text).to.equal('2');
    expect(after?.[1]?.lines[0]?.text).to.equal('2');
  });

  it('C-01, C-02: the country 12 pt and the motto 13 pt bold, with a rule as long as the motto', () => {
    const country = lineOn(letterPage, 'CỘNG HÒA');
    const motto = lineOn(letterPage, 'Độc lập - Tự do - Hạnh phúc');
    expect([face(country), face(motto)]).to.deep.equal(['12 bold', '13 bold']);
    expect(centreOf(motto)).to.be.closeTo(centreOf(country), toleranceMm);
    // single spacing between them
    expect(motto.baseMm - country.baseMm).to.be.within(4.2, 5.8);
    const rule = ruleBelow(letterPage, motto);
    expect(rule.lengthMm).to.be.closeTo(motto.widthMm, toleranceMm);
    expect(rule.xMm).to.be.closeTo(motto.xMm, toleranceMm);
    // ô 1: the right half, from the top edge on
    expect(shareX(country.xMm)).to.be.greaterThan(0.44);
    expect(topOf(country)).to.be.closeTo(text.top, 1);
  });

  it('C-03, C-04: both agencies 12 pt, the issuing one bold, with a rule of a third to a half', () => {
    const superior = lineOn(letterPage, 'UBND THÀNH PHỐ');
    const issuer = lineOn(letterPage, 'ỦY BAN NHÂN DÂN QUẬN');
    expect([face(superior), face(issuer)]).to.deep.equal(['12 plain', '12 bold']);
    expect(centreOf(issuer)).to.be.closeTo(centreOf(superior), toleranceMm);
    const rule = ruleBelow(letterPage, issuer);
    expect(rule.lengthMm / issuer.widthMm).to.be.within(1 / 3, 1 / 2);
    expect(rule.xMm + rule.lengthMm / 2).to.be.closeTo(centreOf(issuer), toleranceMm);
    // ô 2
    expect(shareX(rightOf(issuer))).to.be.at.most(0.45);
  });

  it('C-04, C-08: the rule follows the longest line of a name or title of several lines', async () => {
    const name = 'ỦY BAN NHÂN DÂN THÀNH PHỐ BÀ RỊA VÀ CÁC XÃ LÂN CẬN';
    const title =
      'Về việc tổ chức lấy ý kiến của Nhân dân đối với dự thảo quy hoạch chi tiết và kế hoạch sử dụng đất của các phường trên địa bàn';
    const [page] = await measured(plan({}, { issuer: { superior: null, name }, title }));
    for (const whole of [name, title]) {
      const lines = (page as MeasuredPage).lines.filter(
        (line) => line.runs[0]?.bold === true && whole.includes(line.text) && line.text.length > 8,
      );
      expect(lines.map((line) => line.text).join(' ')).to.equal(whole);
      const rule = ruleBelow(page as MeasuredPage, lines.at(-1) as MeasuredLine);
      expect(rule.lengthMm / Math.max(...lines.map((line) => line.widthMm))).to.be.within(1 / 3, 1 / 2);
    }
  });

  it('C-05, C-06: number 13 pt upright and date 13 pt italic on one line, each below its own', () => {
    const number = lineOn(letterPage, 'Số: 215/UBND-NV');
    const date = lineOn(letterPage, 'Gò Vấp, ngày 15 tháng 3 năm 2021');
    expect([face(number), face(date)]).to.deep.equal(['13 plain', '13 plain italic']);
    expect(number.baseMm).to.be.closeTo(date.baseMm, toleranceMm);
    expect(centreOf(number)).to.be.closeTo(centreOf(lineOn(letterPage, 'ỦY BAN NHÂN DÂN QUẬN')), toleranceMm);
    expect(centreOf(date)).to.be.closeTo(centreOf(lineOn(letterPage, 'CỘNG HÒA')), toleranceMm);
  });

  it('C-07, C-08: type and title 14 pt bold in the middle, with a rule of a third to a half', () => {
    const [type, first, last] = ['QUYẾT ĐỊNH', 'Về việc ban hành', 'phản ánh của'].map((start) => lineOn(decisionPage, start));
    for (const line of [type, first, last]) {
      expect(face(line as MeasuredLine)).to.equal('14 bold');
      expect(centreOf(line as MeasuredLine)).to.be.closeTo(textCentreMm, toleranceMm);
    }
    const rule = ruleBelow(decisionPage, last as MeasuredLine);
    expect(rule.lengthMm / Math.max(first?.widthMm ?? 0, last?.widthMm ?? 0)).to.be.within(1 / 3, 1 / 2);
    expect(rule.xMm + rule.lengthMm / 2).to.be.closeTo(textCentreMm, toleranceMm);
  });

  it('C-09: V/v 12 pt upright below the number, 6 pt under it, without a rule', () => {
    const about = lineOn(letterPage, 'V/v ');
    const number = lineOn(letterPage, 'Số: ');
    expect(face(about)).to.equal('12 plain');
    expect(centreOf(about)).to.be.closeTo(centreOf(number), toleranceMm);
    expect(((topOf(about) - bottomOf(number)) * 72) / 25.4).to.be.within(6, 9);
    expect(letterPage.rules.length).to.equal(3);
  });

  it('C-10, C-11: grounds in italics; text 14 pt, justified, indented 1.27 cm, 6 pt between paragraphs, single to 1.5 lines', () => {
    expect(face(lineOn(decisionPage, 'Căn cứ Luật Tổ chức'))).to.equal('14 plain italic');
    const next = lineOn(letterPage, 'Để kịp tổng hợp');
    const paragraph = letterPage.lines.slice(
      letterPage.lines.indexOf(lineOn(letterPage, 'Theo Kế hoạch số 18')),
      letterPage.lines.indexOf(next),
    );
    const [first, second] = paragraph;
    const last = paragraph.at(-1);
    expect(face(first as MeasuredLine)).to.equal('14 plain');
    expect((first as MeasuredLine).xMm - text.left).to.be.closeTo(12.7, toleranceMm);
    expect(rightOf(first as MeasuredLine)).to.be.closeTo(text.right, toleranceMm);
    expect((second as MeasuredLine).xMm).to.be.closeTo(text.left, toleranceMm);
    expect(rightOf(second as MeasuredLine)).to.be.closeTo(text.right, toleranceMm);
    const pitchPt = (((second as MeasuredLine).baseMm - (first as MeasuredLine).baseMm) * 72) / 25.4;
    expect(pitchPt).to.be.within(14, 21);
    expect(((next.baseMm - (last as MeasuredLine).baseMm) * 72) / 25.4 - pitchPt).to.be.within(6, 9);
  });

  it('C-12 to C-16: chapters in the middle, articles and sections bold, each on a line of its own', async () => {
    const [page] = (await measured(regulation())) as [MeasuredPage];
    for (const [start, style, centred] of [
      ['Chương I', '14 bold', true],
      ['QUY ĐỊNH CHUNG', '14 bold', true],
      ['Mục 1', '13 bold', true],
      ['TIẾP NHẬN', '14 bold', true],
      ['Điều 1. Phạm vi điều chỉnh', '14 bold', false],
      ['1. Bộ phận', '14 plain', false],
    ] as const) {
      const line = lineOn(page, start);
      expect(face(line), start).to.equal(style);
      if (centred) expect(centreOf(line), start).to.be.closeTo(textCentreMm, toleranceMm);
      else expect(line.xMm - text.left, start).to.be.closeTo(12.7, toleranceMm);
    }
    // an article without a title: only its marker is bold
    expect(face(lineOn(decisionPage, 'Điều 1. Ban hành'))).to.equal('14 bold+plain');
    expect(face(lineOn(decisionPage, 'QUYẾT ĐỊNH:'))).to.equal('14 bold');
    expect(centreOf(lineOn(decisionPage, 'ỦY BAN NHÂN DÂN QUẬN'))).to.be.lessThan(90);
    expect(decisionPage.lines.filter((line) => line.text === 'ỦY BAN NHÂN DÂN QUẬN GÒ VẤP').map(face)).to.deep.equal([
      '12 bold',
      '14 bold',
    ]);
    expect(face(lineOn(planPages[0] as MeasuredPage, 'I. MỤC ĐÍCH, YÊU CẦU'))).to.equal('14 bold');
  });
});
