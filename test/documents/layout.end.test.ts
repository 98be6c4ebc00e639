import { expect } from 'chai';
import { measurePdf } from '../../src/documents/measure/measurePdf.js';
import { makePrinter } from '../../src/documents/printer.js';
import {
  bottomOf,
  centreOf,
  type MeasuredBox,
  type MeasuredLine,
  type MeasuredPage,
  type MeasuredRule,
  rightOf,
  topOf,
} from '../../src/office/form/measures.js';
import type { Paper, Urgency } from '../../src/office/papers/paper.js';
import { face, lineOn, shareX, text, textCentreMm, toleranceMm } from './layoutReading.js';
import { decision, invitation, minutes, notice, officialLetter, submission } from './sampleForms.js';
import { plan } from './samplePapers.js';
import { copy, withAppendices } from './sampleParts.js';
import { browserTestMsMax, cacheFolder } from './support.js';

const printer = makePrinter({ cacheFolder });
const measured = async (paper: Paper): Promise<readonly MeasuredPage[]> =>
  (await measurePdf((await printer.print(paper)).bytes)).pages;

describe('documents: the end and the marks of a printed paper, measured', function () {
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

  it('C-20, C-21: title and name of who signs 14 pt bold, centred in the right half', () => {
    const lines = ['TM. ỦY BAN', 'KT. CHỦ TỊCH', 'PHÓ CHỦ TỊCH', 'Người ví dụ 01'].map((start) => lineOn(decisionPage, start));
    for (const line of lines) {
      expect(face(line)).to.equal('14 bold');
      expect(centreOf(line)).to.be.closeTo(text.left + 123, toleranceMm);
      expect(shareX(line.xMm)).to.be.greaterThan(0.5);
    }
  });

  it('C-22: one addressee on the line of Kính gửi; several below, hyphens under its colon', async () => {
    const [page] = (await measured(submission())) as [MeasuredPage];
    expect(face(lineOn(page, 'Kính gửi: Ủy ban nhân dân Thành phố Hồ Chí Minh'))).to.equal('14 plain');
    const label = lineOn(letterPage, 'Kính gửi:');
    const colonMm = rightOf(label) - 0.7;
    for (const start of ['- Trưởng các phòng, ban thuộc quận;', '- Chủ tịch Ủy ban nhân dân 16 phường.']) {
      const line = lineOn(letterPage, start);
      expect(face(line)).to.equal('14 plain');
      expect(line.xMm + 0.8, start).to.be.closeTo(colonMm, 0.4);
      expect(line.baseMm).to.be.greaterThan(label.baseMm);
    }
    // ô 9a
    expect(shareX(label.xMm)).to.be.within(0.3, 0.45);
    expect(lineOn(letterPage, '- Như trên;').xMm).to.be.closeTo(text.left, toleranceMm);
  });

  it('C-23, C-24, C-31: Nơi nhận 12 pt bold italic level with the title, the list 11 pt, the drafter at its right end', () => {
    const label = lineOn(decisionPage, 'Nơi nhận:');
    expect(face(label)).to.equal('12 bold italic');
    expect(label.xMm).to.be.closeTo(text.left, toleranceMm);
    expect(topOf(label)).to.be.closeTo(topOf(lineOn(decisionPage, 'TM. ỦY BAN')), 1);
    for (const start of ['- Như Điều 3;', '- Thường trực Quận ủy (để báo cáo);', '- Lưu: VT, VP.']) {
      expect(face(lineOn(decisionPage, start))).to.equal('11 plain');
      expect(lineOn(decisionPage, start).xMm).to.be.closeTo(text.left, toleranceMm);
    }
    const drafter = lineOn(decisionPage, 'PL.(40)');
    expect(face(drafter)).to.equal('11 plain');
    expect(drafter.baseMm).to.be.closeTo(lineOn(decisionPage, '- Lưu: VT').baseMm, toleranceMm);
    expect(drafter.xMm).to.be.greaterThan(rightOf(lineOn(decisionPage, '- Lưu: VT')));
  });

  it('C-25 to C-27: appendix 14 pt bold, its title in capitals, and what it goes with in italics, all in the middle', () => {
    const page = planPages[3] as MeasuredPage;
    for (const [start, style] of [
      ['Phụ lục I', '14 bold'],
      ['DANH SÁCH TỔ DÂN PHỐ ĐĂNG KÝ MÔ HÌNH', '14 bold'],
      ['(Kèm theo Kế hoạch số 18/KH-UBND', '14 plain italic'],
      ['ngày 09 tháng 02 năm 2021 của Ủy ban nhân dân quận Gò Vấp)', '14 plain italic'],
    ] as const) {
      expect(face(lineOn(page, start))).to.equal(style);
      expect(centreOf(lineOn(page, start))).to.be.closeTo(textCentreMm, toleranceMm);
    }
    expect(topOf(lineOn(page, 'Phụ lục I'))).to.be.closeTo(text.top, 1);
  });

  it('C-28: stamps of urgency in boxes of their size, bright red, 13 pt bold', async () => {
    const sizes: Readonly<Record<Urgency, readonly [string, number]>> = {
      hoaToc: ['HỎA TỐC', 30],
      thuongKhan: ['THƯỢNG KHẨN', 40],
      khan: ['KHẨN', 20],
    };
    for (const [urgency, [words, widthMm]] of Object.entries(sizes)) {
      const [page] = (await measured(plan({}, { urgency: urgency as Urgency, body: [] }))) as [MeasuredPage];
      const stamp = lineOn(page, words);
      expect(face(stamp)).to.equal('13 bold');
      expect(stamp.runs.every((run) => run.colour === '#ff0000')).to.equal(true);
      const box = page.boxes.find(({ xMm, yMm }) => xMm < stamp.xMm && Math.abs(yMm + 4 - stamp.baseMm) < 5) as MeasuredBox;
      // measured along the middle of a line of 1 pt
      expect(box.widthMm, words).to.be.closeTo(widthMm - 0.35, toleranceMm);
      expect(box.heightMm, words).to.be.closeTo(8 - 0.35, toleranceMm);
      expect(box.xMm + box.widthMm / 2).to.be.closeTo(centreOf(stamp), toleranceMm);
      expect(box.xMm).to.be.closeTo(text.left, 0.5);
    }
  });

  it('C-30: the stamp of circulation in a box over the country, in the top margin', async () => {
    const [page] = (await measured(notice())) as [MeasuredPage];
    const stamp = lineOn(page, 'LƯU HÀNH NỘI BỘ');
    expect(face(stamp)).to.equal('13 bold');
    expect(bottomOf(stamp)).to.be.lessThan(topOf(lineOn(page, 'CỘNG HÒA')));
    const [box] = page.boxes as [MeasuredBox];
    expect(box.heightMm).to.be.closeTo(8, 0.5);
    expect(box.xMm + box.widthMm / 2).to.be.closeTo(centreOf(stamp), 0.5);
    expect(box.yMm + box.heightMm).to.be.lessThan(20);
  });

  it('C-32: the contact line 11 pt below a rule across the text, at the foot of page 1, the code below', async () => {
    const first = lineOn(letterPage, 'Địa chỉ: ');
    const code = lineOn(letterPage, 'Mã tra cứu: K7TD-4MXP-92QF');
    expect([face(first), face(code)]).to.deep.equal(['11 plain', '9.5 plain']);
    const rule = letterPage.rules.find(({ yMm }) => yMm > 200) as MeasuredRule;
    expect(rule.lengthMm).to.be.closeTo(text.right - text.left, toleranceMm);
    expect(rule.yMm).to.be.lessThan(topOf(first));
    expect(topOf(code)).to.be.greaterThan(bottomOf(lineOn(letterPage, 'Thư điện tử')));
    expect(bottomOf(code)).to.be.at.most(text.bottom + 0.2);
    // and on no later page
    const long = await measured({ ...officialLetter(), content: { ...officialLetter().content, body: plan().content.body } });
    expect(long.map((page) => page.lines.filter((line) => /^Địa chỉ|^Mã tra cứu/.test(line.text)).length)).to.deep.equal([
      2,
      ...long.slice(1).map(() => 0),
    ]);
    const lastBody = (long[0] as MeasuredPage).lines.filter((line) => Math.round(line.sizePt) === 14).at(-1) as MeasuredLine;
    expect(bottomOf(lastBody)).to.be.lessThan(rule.yMm);
  });

  it('G-01, G-02: the signature in its true size between title and name, the seal over the left third of it', () => {
    const [hand, seal] = [...decisionPage.images].sort((a, b) => b.widthMm - a.widthMm) as [MeasuredBox, MeasuredBox];
    expect([hand.widthMm, hand.heightMm, seal.widthMm, seal.heightMm].map(Math.round)).to.deep.equal([42, 21, 36, 36]);
    expect(hand.xMm + hand.widthMm / 2).to.be.closeTo(centreOf(lineOn(decisionPage, 'Người ví dụ 01')), toleranceMm);
    expect(hand.yMm).to.be.greaterThan(lineOn(decisionPage, 'PHÓ CHỦ TỊCH').baseMm);
    expect(hand.yMm + hand.heightMm).to.be.lessThan(topOf(lineOn(decisionPage, 'Người ví dụ 01')));
    expect(seal.xMm + seal.widthMm - hand.xMm).to.be.closeTo(hand.widthMm / 3, toleranceMm);
    expect(seal.yMm + seal.heightMm / 2).to.be.closeTo(hand.yMm + hand.heightMm / 2, toleranceMm);
  });

  it('1.8, G-05: a copy below a rule across the text, with its own number, day and signer; the corner says what it is', async () => {
    const pages = await measured(copy());
    const last = pages.at(-1) as MeasuredPage;
    const heading = lineOn(last, 'SAO Y');
    expect(face(heading)).to.equal('14 bold');
    const rule = last.rules.find(({ lengthMm }) => lengthMm > 160) as MeasuredRule;
    expect(rule.lengthMm).to.be.closeTo(text.right - text.left, toleranceMm);
    expect(lineOn(last, '(Đã ký)').baseMm).to.be.lessThan(rule.yMm);
    expect(rule.yMm).to.be.lessThan(heading.baseMm);
    for (const start of ['Số: 05/SY-UBND', 'Gò Vấp, ngày 18 tháng 3 năm 2021', 'TL. CHỦ TỊCH', 'Người ví dụ 02']) {
      expect(lineOn(last, start).baseMm, start).to.be.greaterThan(heading.baseMm);
    }
    // the copied paper shows no pictures
    expect(last.images.every(({ yMm }) => yMm > rule.yMm)).to.equal(true);
    const corner = lineOn(pages[0] as MeasuredPage, 'Sao y; ');
    expect(corner.text).to.equal('Sao y; Ủy ban nhân dân quận Gò Vấp; 18/03/2021; 10:11:12 +07:00');
    expect(face(corner)).to.equal('10 plain');
    expect(rightOf(corner)).to.be.closeTo(text.right, toleranceMm);
    expect(bottomOf(corner)).to.be.lessThan(15);
  });

  it('signs minutes on both sides, without place and date, recipients below', async () => {
    const [page] = (await measured(minutes())) as [MeasuredPage];
    expect(page.lines.some((line) => line.text.startsWith('Gò Vấp,'))).to.equal(false);
    const [secretary, chair] = [lineOn(page, 'THƯ KÝ'), lineOn(page, 'CHỦ TỌA')];
    expect(secretary.baseMm).to.be.closeTo(chair.baseMm, toleranceMm);
    expect(centreOf(secretary)).to.be.closeTo(text.left + 41, toleranceMm);
    expect(centreOf(chair)).to.be.closeTo(text.left + 123, toleranceMm);
    expect(lineOn(page, 'Nơi nhận:').baseMm).to.be.greaterThan(lineOn(page, 'Người ví dụ 04').baseMm);
  });

  it('marks every page of what is signed with test keys, and nothing else', async () => {
    const pages = await measured({ ...withAppendices(), test: true });
    for (const page of pages) {
      const mark = lineOn(page, 'BẢN THỬ NGHIỆM - KÝ BẰNG CHỨNG THƯ SỐ THỬ NGHIỆM');
      expect(topOf(mark)).to.be.greaterThan(page.heightMm - 20);
    }
    expect(planPages.some((page) => page.lines.some((line) => line.text.includes('THỬ NGHIỆM')))).to.equal(false);
    const [gm] = (await measured(invitation())) as [MeasuredPage];
    expect(gm.lines.some((line) => line.text.startsWith('Kính'))).to.equal(false);
  });
});
