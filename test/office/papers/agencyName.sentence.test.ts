import { expect } from 'chai';
import { agencyInSentence, clauseInSentence } from '../../../src/office/papers/agencyName.js';

describe('office/agencyName: names inside a sentence', () => {
  for (const [capitals, written] of [
    ['ỦY BAN NHÂN DÂN QUẬN GÒ VẤP', 'Ủy ban nhân dân quận Gò Vấp'],
    ['UỶ BAN NHÂN DÂN TỈNH ĐỒNG THÁP', 'Ủy ban nhân dân tỉnh Đồng Tháp'],
    ['ỦY BAN NHÂN DÂN THÀNH PHỐ HỒ CHÍ MINH', 'Ủy ban nhân dân Thành phố Hồ Chí Minh'],
    ['ỦY BAN NHÂN DÂN', 'Ủy ban nhân dân'],
    ['BỘ TƯ PHÁP', 'Bộ Tư pháp'],
    ['SỞ Y TẾ', 'Sở Y tế'],
    ['Ủy ban nhân dân quận Ví Dụ', 'Ủy ban nhân dân quận Ví Dụ'],
  ] as const) {
    it(`writes ${capitals} as ${written}`, () => expect(agencyInSentence(capitals)).to.equal(written));
  }

  for (const [path, written] of [
    ['II.1.-2', 'Mục II.1, ý 2'],
    ['III.2', 'Mục III.2'],
    ['III.¶1', 'Mục III, đoạn 1'],
    ['II.1.-3.+2', 'Mục II.1, ý 3, điểm 2'],
    ['Đ3', 'Điều 3'],
    ['KH/II.1.a', 'Kế hoạch kèm theo, mục II.1.a'],
    ['PL/I.1', 'Phụ lục, mục I.1'],
    ['¶1', 'Đoạn 1'],
  ] as const) {
    it(`calls ${path} “${written}”`, () => expect(clauseInSentence(path)).to.equal(written));
  }
});
