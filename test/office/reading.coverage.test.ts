import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { readPlan } from '../../src/office/reading/readPlan.js';
import { expectInPlace, uncovered } from '../support/readingCoverage.js';

const folders = ['test/office/examples/', '../shared/domain/papers/'];
const papers = folders.flatMap((folder) =>
  existsSync(folder) ? readdirSync(folder).flatMap((name) => (name.endsWith('.txt') ? [`${folder}${name}`] : [])) : [],
);

describe('nothing of a text is lost', () => {
  for (const file of [...papers, 'examples/plan-2010.txt']) {
    it(file, () => {
      // given a paper as found
      const text = readFileSync(file, 'utf8');
      // when it is read
      const reading = readPlan(text);
      // then every character that is not blank is held by the result or listed as rest, and what is held stands where it says
      expect(uncovered(text, reading)).to.deep.equal([]);
      expectInPlace(text, reading);
    });
  }

  it('lists words that no clause holds, and says so', () => {
    const text =
      'UBND XÃ MẪU\nSố: 02/KH-UBND\nMẫu, ngày 05 tháng 3 năm 2021\nKẾ HOẠCH\nVỀ VIỆC LÀM MẪU\nI. TÌNH HÌNH\nCó 3 hồ bị cạn.\nII. NHIỆM VỤ\n' +
      '1. Trạm Y tế xã phun thuốc trước ngày 01/4/2021.\nGiếng làng nằm cạnh đình, nước trong quanh năm:\n';
    const reading = readPlan(text);
    expect(reading.rest.slice(2).map(({ what, text: words }) => `${what} ${words}`)).to.deep.equal([
      'heading I. TÌNH HÌNH',
      'description Có 3 hồ bị cạn.',
      'heading II. NHIỆM VỤ',
      'text Giếng làng nằm cạnh đình, nước trong quanh năm:',
    ]);
    expect(
      reading.findings.filter(({ code }) => code === 'textUnheld').map(({ span }) => span && text.slice(...span)),
    ).to.deep.equal(['Giếng làng nằm cạnh đình, nước trong quanh năm:']);
  });

  it('counts a page number between clauses as what it is', () => {
    const filler = 'Chăm sóc cây xanh dọc các tuyến phố và trong công viên của phường. '.repeat(14);
    const text = `UBND PHƯỜNG MẪU Số: 02/KH-UBND Mẫu, ngày 05 tháng 3 năm 2021 KẾ HOẠCH VỀ VIỆC LÀM MẪU I. Nhiệm vụ: 1. ${filler}\n2\n2. ${filler}\n3\n3. ${filler}`;
    const reading = readPlan(text);
    expect(reading.rest.filter(({ what }) => what === 'pageNumber').map(({ text: number }) => number)).to.deep.equal(['2', '3']);
    expect(uncovered(text, reading)).to.deep.equal([]);
  });
});
