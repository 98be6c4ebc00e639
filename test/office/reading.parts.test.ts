import { expect } from 'chai';
import { TrinhkyError } from '../../src/errors.js';
import { addresseeOf, addressees } from '../../src/office/reading/addressees.js';
import { findSignature } from '../../src/office/reading/closing.js';
import { dueInSentence, endOf } from '../../src/office/reading/dates.js';
import { splitIssuer } from '../../src/office/reading/head.js';
import { paperOf } from '../../src/office/reading/paperOf.js';
import { readPlan } from '../../src/office/reading/readPlan.js';
import { readRecipients } from '../../src/office/reading/recipients.js';
import { scrape, textCharsMax } from '../../src/office/reading/scraped.js';
import { splitUnits } from '../../src/office/reading/unitLists.js';
import { unitHeading, unitsAtHead } from '../../src/office/reading/units.js';

function reasonOf(text: string): unknown {
  try {
    readPlan(text);
  } catch (fault) {
    if (fault instanceof TrinhkyError && fault.code === 'readingFailed') return fault.params['reason'];
    throw fault;
  }
  return null;
}

describe('what the reader refuses', () => {
  it('refuses empty, overlong and binary texts, and nothing else', () => {
    expect(reasonOf(' \n\t')).to.equal('empty');
    expect(reasonOf('a'.repeat(textCharsMax + 1))).to.equal('tooLong');
    expect(reasonOf('a'.repeat(textCharsMax))).to.equal(null);
    expect(reasonOf('%PDF-1.7\u0000\u0001')).to.equal('binary');
    expect(reasonOf('\u0001\u0002'.repeat(50))).to.equal('binary');
    expect(reasonOf('hello')).to.equal(null);
  });

  it('gives null and a finding for each part that is not there', () => {
    const reading = readPlan('Một đoạn văn không theo thể thức nào.');
    expect([reading.number, reading.symbol, reading.type, reading.issuedOn, reading.signature.name]).to.deep.equal(
      Array(5).fill(null),
    );
    expect(reading.findings.map(({ code }) => code)).to.deep.equal([
      'issuerMissing',
      'numberMissing',
      'placeMissing',
      'dateMissing',
      'typeMissing',
      'titleMissing',
      'noClauses',
      'signatureMissing',
      'recipientsMissing',
    ]);
  });

  it('finds a deadline that lies before the day of the paper', () => {
    const reading = readPlan(
      'Hà Nội, ngày 05 tháng 3 năm 2025\nKẾ HOẠCH\nVỀ VIỆC LÀM MẪU\nI. Nhiệm vụ:\n1. Nộp hồ sơ trước ngày 01/02/2025.',
    );
    expect(reading.findings.map(({ code, text }) => `${code} ${text}`)).to.include('dueBeforeIssue trước ngày 01/02/2025');
  });
});

describe('making a text regular', () => {
  it('composes letters, drops marks of the collection, and keeps the way back', () => {
    const source = '**Ke\u0302\u0301** |\n|\nhoa\u0323ch';
    const scraped = scrape(source);
    expect(scraped.text).to.equal('Kế\u2029hoạch');
    const at = scraped.text.indexOf('ế');
    expect(source.slice(scraped.from[at], scraped.to[at])).to.equal('e\u0302\u0301');
  });
});

describe('the agency above and the agency that issues', () => {
  const cases: readonly (readonly [string, string | null, string])[] = [
    ['UBND TP HỒ CHÍ MINH ỦY BAN NHÂN DÂN QUẬN GÒ VẤP', 'UBND TP HỒ CHÍ MINH', 'ỦY BAN NHÂN DÂN QUẬN GÒ VẤP'],
    ['ỦY BAN NHÂN DÂN THÀNH PHỐ HẢI PHÒNG', null, 'ỦY BAN NHÂN DÂN THÀNH PHỐ HẢI PHÒNG'],
    ['ỦY BAN NHÂN DÂN TỈNH BẮC NINH SỞ NỘI VỤ', 'ỦY BAN NHÂN DÂN TỈNH BẮC NINH', 'SỞ NỘI VỤ'],
    ['BỘ QUỐC PHÒNG', null, 'BỘ QUỐC PHÒNG'],
    ['CHỦ TỊCH ỦY BAN NHÂN DÂN QUẬN 3', null, 'CHỦ TỊCH ỦY BAN NHÂN DÂN QUẬN 3'],
  ];
  for (const [header, superior, name] of cases) {
    it(header, () => expect(splitIssuer(header)).to.deep.equal({ superior, name }));
  }
});

describe('deadlines in words', () => {
  const cases: readonly (readonly [string, string | null, string | null])[] = [
    ['Hoàn thành xong trước ngày 05 tháng 12 năm 2025.', 'trước ngày 05 tháng 12 năm 2025', '2025-12-05'],
    ['Làm xong trong tháng 2/2024 rồi báo cáo.', 'xong trong tháng 2/2024', '2024-02-29'],
    ['Từ ngày 01/3/2025 đến hết ngày 15/4/2025 tổ chức đợt thi.', 'Từ ngày 01/3/2025 đến hết ngày 15/4/2025', '2025-04-15'],
    ['Áp dụng từ ngày 01 tháng 01 năm 2026 trên địa bàn.', 'từ ngày 01 tháng 01 năm 2026', null],
    ['Báo cáo trước ngày 15 hằng tháng.', 'trước ngày 15 hằng tháng', null],
    ['Theo Kế hoạch số 94/KH-UBND ngày 19 tháng 9 năm 2025 của Ủy ban nhân dân.', null, null],
    ['Phục vụ quy hoạch, tầm nhìn đến năm 2050.', null, null],
  ];
  for (const [sentence, text, date] of cases) {
    it(sentence, () => {
      const due = dueInSentence(sentence);
      expect(due?.text ?? null).to.equal(text);
      expect(due?.date ?? null).to.equal(date);
    });
  }

  it('ends quarters with the last one named, and open ends never', () => {
    expect(endOf('Quý II và III/2015')).to.equal('2015-09-30');
    expect(endOf('Quí IV-2025')).to.equal('2025-12-31');
    expect(endOf('Năm 2025 và các năm tiếp theo')).to.equal(null);
    expect(endOf('trước ngày 31/02/2025')).to.equal(null);
  });
});

describe('names of units', () => {
  it('splits a list only where a name begins', () => {
    expect(
      splitUnits('Sở Giáo dục và Đào tạo, các sở, ban, ngành tỉnh; Vụ Kế hoạch - Tài chính và Ủy ban nhân dân các xã, phường.'),
    ).to.deep.equal([
      'Sở Giáo dục và Đào tạo',
      'các sở, ban, ngành tỉnh',
      'Vụ Kế hoạch - Tài chính',
      'Ủy ban nhân dân các xã, phường',
    ]);
  });

  it('stops before the predicate, and takes no common noun for a unit', () => {
    expect(unitsAtHead('Sở Xây dựng chủ trì, phối hợp với Sở Y tế làm việc này.')).to.deep.equal(['Sở Xây dựng']);
    expect(unitsAtHead('Các cơ quan được giao chủ trì có trách nhiệm lập dự toán.')).to.deep.equal([
      'Các cơ quan được giao chủ trì',
    ]);
    expect(unitsAtHead('Báo cáo kết quả theo quy định.')).to.deep.equal([]);
    expect(unitHeading('Giao Sở Y tế')).to.deep.equal(['Sở Y tế']);
    expect(unitHeading('Sở Y tế triển khai kế hoạch')).to.equal(null);
  });

  it('tells kinds and counts', () => {
    expect(addresseeOf('Chủ tịch UBND 16 phường')).to.deep.include({ kind: 'ward', count: 16 });
    expect(addresseeOf('Ủy ban nhân dân các xã, phường')).to.deep.include({ kind: 'ward', count: null });
    expect(addresseeOf('UBND phường 3')).to.deep.include({ kind: 'ward', count: 1 });
    expect(addresseeOf('Chánh Thanh tra quận')).to.deep.include({ kind: 'inspectorate', count: 1 });
  });
});

describe('the end of a paper', () => {
  it('reads TL. and TUQ. blocks, on one line or several', () => {
    const told = (text: string) => findSignature(text, 0)?.signature;
    expect(told('TL. CHỦ TỊCH CHÁNH VĂN PHÒNG Người Ví Dụ')).to.deep.equal({
      authority: null,
      capacity: 'TL. CHỦ TỊCH',
      title: 'CHÁNH VĂN PHÒNG',
      name: 'Người Ví Dụ',
    });
    expect(told('TM. ỦY BAN NHÂN\nDÂN\nCHỦ TỊCH\n(Đã ký)\nNguyễn Ví Dụ')).to.deep.equal({
      authority: 'TM. ỦY BAN NHÂN DÂN',
      capacity: null,
      title: 'CHỦ TỊCH',
      name: 'Nguyễn Ví Dụ',
    });
  });

  it('keeps purposes beside their own lines where no column was torn', () => {
    const { recipients, archive } = readRecipients(
      '\n- Bộ Nội vụ (để b/c);\n- Công an tỉnh; Hội Nông dân tỉnh;\n- Sở Y tế; “để thực hiện”\n- Lưu: VT, NC.\n',
    );
    expect(recipients).to.deep.equal([
      { name: 'Bộ Nội vụ', purpose: 'để b/c' },
      { name: 'Công an tỉnh; Hội Nông dân tỉnh', purpose: null },
      { name: 'Sở Y tế', purpose: 'để thực hiện' },
    ]);
    expect(archive).to.equal('VT, NC');
  });

  it('says that a torn purpose is unclear where its pieces cannot be centred', () => {
    const { recipients, unclear } = readRecipients('- Một; - Hai; - Ba; - Bốn; “để - Năm; biết” - Lưu: VT');
    expect(unclear).to.deep.equal(['để biết']);
    expect(recipients.map(({ purpose }) => purpose)).to.deep.equal([null, null, null, 'để biết', 'để biết']);
  });
});

describe('a whole paper, seen from one side', () => {
  const head = 'UBND XÃ MẪU Số: 02/QĐ-UBND Mẫu, ngày 05 tháng 3 năm 2021 ';

  it('finds the articles of a decision on one line, and not the articles that it cites', () => {
    const reading = readPlan(
      `${head}QUYẾT ĐỊNH VỀ VIỆC LÀM MẪU Căn cứ Luật Mẫu; QUYẾT ĐỊNH: Điều 1. Phê duyệt danh mục kèm theo. ` +
        'Điều 2. Thi hành theo quy định của Luật này. Điều 7. cũng được áp dụng. Điều 3. Chánh Văn phòng chịu trách nhiệm thi hành./.',
    );
    expect(reading.clauses.map(({ path }) => path)).to.deep.equal(['Đ1', 'Đ2', 'Đ3']);
    expect(reading.clauses[2]?.units).to.deep.equal([{ name: 'Chánh Văn phòng', role: 'lead' }]);
  });

  it('counts the wards once, by the mention that says how many', () => {
    const reading = readPlan(
      `${head}KẾ HOẠCH VỀ VIỆC LÀM MẪU I. Nhiệm vụ: 1. Ủy ban nhân dân các phường cần lập danh sách. 2. UBND 12 phường cần nộp danh sách.`,
    );
    expect(addressees(reading)).to.deep.equal([{ name: 'UBND 12 phường', kind: 'ward', count: 12 }]);
  });

  it('prints a ground that stands in the opening sentence once', () => {
    const opening = 'Thực hiện Kế hoạch số 14-KH/TU ngày 29/7/2025 của Tỉnh ủy về việc mẫu, UBND xã ban hành Kế hoạch như sau:';
    const reading = readPlan(`${head}KẾ HOẠCH VỀ VIỆC LÀM MẪU ${opening} I. Nhiệm vụ: 1. Lập danh sách.`);
    expect(reading.bases.map(({ number }) => number)).to.deep.equal(['14-KH/TU']);
    const paper = paperOf(reading);
    expect(paper.bases).to.deep.equal([]);
    expect(paper.body[0]).to.deep.include({ kind: 'paragraph', text: opening });
  });
});
