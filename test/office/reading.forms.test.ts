import { expect } from 'chai';
import { readPlan } from '../../src/office/reading/readPlan.js';

const head = 'UBND XÃ MẪU\nSố: 02/KH-UBND\nMẫu, ngày 05 tháng 3 năm 2004\nKẾ HOẠCH\nVề việc làm mẫu\n';
const end = '\nNơi nhận:\n- UBND huyện;\n- Lưu: VT.\nCHỦ TỊCH\nNguyễn Văn Ví Dụ';
const paths = (body: string) => readPlan(`${head}${body}${end}`).clauses.map(({ path }) => path);
const told = (body: string) =>
  readPlan(`${head}${body}${end}`).clauses.map(({ path, text, units, due }) => {
    const named = units.map(({ name, role }) => `${role === 'lead' ? '' : '+'}${name}`).join('; ');
    return `${path} | ${text} | ${named} | ${due?.date ?? ''}`;
  });

describe('the marks of a numbering', () => {
  it('are read in the ways of old and new papers', () => {
    const body = ([section, number, letter]: readonly [string, string, string]) =>
      `II${section} NỘI DUNG\n1${number} Dọn kênh\na${letter} Nạo vét kênh chính.\nb${letter} Vớt bèo ở kênh nhánh.\n2${number} Trồng cây ở hai bờ kênh.`;
    for (const marks of [
      ['.', '.', ')'],
      ['-', '-', '.'],
      ['/', '/', '-'],
      [')', ')', ')'],
    ] as const)
      expect(paths(body(marks)), marks.join(' ')).to.deep.equal(['II.1.a', 'II.1.b', 'II.2']);
    expect(paths('III. VIỆC LÀM\nIII.1. Dọn kênh.\nIII.2. Trồng cây.')).to.deep.equal(['III.1', 'III.2']);
    expect(paths('I. VIỆC LÀM\n1. Dọn kênh\n1.1. Nạo vét.\n1.2. Vớt bèo.')).to.deep.equal(['I.1.1', 'I.1.2']);
    expect(paths('I. VIỆC LÀM\n1. Dọn kênh\n(1) Nạo vét.\n(2) Vớt bèo.')).to.deep.equal(['I.1.1', 'I.1.2']);
    expect(paths('I. VIỆC LÀM\n* Nạo vét.\n• Vớt bèo.')).to.deep.equal(['I.-1', 'I.-2']);
  });

  it('may have parts above sections, and parts that only describe', () => {
    expect(
      paths('Phần thứ nhất\nTÌNH HÌNH\n1. Kênh cạn.\nPhần thứ hai\nNHIỆM VỤ\nI. DỌN KÊNH\n1. Nạo vét.\n2. Vớt bèo.'),
    ).to.deep.equal(['P2.I.1', 'P2.I.2']);
    expect(paths('A. MỤC TIÊU\nI. Chung\n- Kênh sạch.\nB. NHIỆM VỤ\n1. Nạo vét.')).to.deep.equal(['A.I.-1', 'B.1']);
  });

  it('are not found in years, names and sums that a line break cut', () => {
    expect(
      paths('I. VIỆC LÀM\n1. Dọn kênh giai đoạn 2004\n- 2005 theo kế hoạch của Phòng Tài chính\n- Kế hoạch huyện.'),
    ).to.deep.equal(['I.1']);
  });
});

describe('who does what, and by when', () => {
  it('is told by labels, under dashes, letters or none', () => {
    const labels = (mark: (i: number) => string) =>
      `I. NHIỆM VỤ\n1. Dọn kênh.\n${mark(0)}Đơn vị chủ trì: Trạm Thủy nông.\n${mark(1)}Đơn vị phối hợp: Hội Nông dân xã; các thôn.\n${mark(2)}Thời gian hoàn thành: Quý II/2004.`;
    const expected = ['I.1 | Dọn kênh. | Trạm Thủy nông; +Hội Nông dân xã; +các thôn | 2004-06-30'];
    for (const mark of [() => '', () => '- ', (i: number) => `${'abc'.charAt(i)}) `])
      expect(told(labels(mark))).to.deep.equal(expected);
  });

  it('is told beside products and costs, which are no clauses', () => {
    const body =
      'I. NHIỆM VỤ\n1. Dọn kênh.\n- Sản phẩm: Biên bản nghiệm thu.\n- Chủ trì: Trạm Thủy nông.\n- Kinh phí: 5 triệu đồng.\n2. Kinh phí: do xã cấp.';
    expect(told(body)).to.deep.equal(['I.1 | Dọn kênh. | Trạm Thủy nông | ', 'I.2 | Kinh phí: do xã cấp. |  | ']);
  });

  it('is told by the heading, also where it says so in a sentence', () => {
    expect(
      told(
        'I. NHIỆM VỤ\n1. Đối với Trạm Y tế xã:\n- Phun thuốc.\n2. Công an xã chủ trì, phối hợp với Đoàn Thanh niên xã:\n+ Tuần tra ban đêm;\n+ Ghi sổ.',
      ),
    ).to.deep.equal([
      'I.1.-1 | Phun thuốc. | Trạm Y tế xã | ',
      'I.2.+1 | Tuần tra ban đêm; | Công an xã; +Đoàn Thanh niên xã | ',
      'I.2.+2 | Ghi sổ. | Công an xã; +Đoàn Thanh niên xã | ',
    ]);
  });

  it('is told by the sentence, whoever comes after a semicolon', () => {
    expect(
      told(
        'I. NHIỆM VỤ\n1. Trưởng các thôn báo cáo Trạm Y tế xã trước ngày 10/4/2004; Trạm Y tế xã tổng hợp.\n2. Vận động bà con ký cam kết, do Hội Nông dân xã thực hiện.',
      ),
    ).to.deep.equal([
      'I.1 | Trưởng các thôn báo cáo Trạm Y tế xã trước ngày 10/4/2004; Trạm Y tế xã tổng hợp. | Trưởng các thôn; Trạm Y tế xã | 2004-04-10',
      'I.2 | Vận động bà con ký cam kết, do Hội Nông dân xã thực hiện. | Hội Nông dân xã | ',
    ]);
  });

  it('is told by the rows of a table, also with a cell empty', () => {
    const rows =
      'I. NHIỆM VỤ\n1. Phân công\n| STT | Nội dung | Chủ trì | Phối hợp | Thời gian |\n| 1 | Phun thuốc | Trạm Y tế xã | Các thôn | Tháng 4/2004 |\n| 2 | Ghi sổ | Công an xã | | Thường xuyên |\n2. Kiểm tra cuối tháng.';
    expect(told(rows)).to.deep.equal([
      'I.1.1 | Phun thuốc | Trạm Y tế xã; +Các thôn | 2004-04-30',
      'I.1.2 | Ghi sổ | Công an xã | ',
      'I.2 | Kiểm tra cuối tháng. |  | ',
    ]);
  });
});

describe('the end of a paper whose columns were torn', () => {
  it('gives recipients and signature apart', () => {
    const torn =
      'I. NHIỆM VỤ\n1. Dọn kênh.\nNơi nhận: TM. ỦY BAN NHÂN DÂN\n- UBND huyện (b/c); KT. CHỦ TỊCH\n- Các thôn; PHÓ CHỦ TỊCH\n- Lưu: VT. Nguyễn Văn Ví Dụ';
    for (const text of [torn, torn.replace(/\n/gu, ' ')]) {
      const { signature, recipients, archive } = readPlan(`${head}${text}`);
      expect(signature).to.deep.equal({
        authority: 'TM. ỦY BAN NHÂN DÂN',
        capacity: 'KT. CHỦ TỊCH',
        title: 'PHÓ CHỦ TỊCH',
        name: 'Nguyễn Văn Ví Dụ',
      });
      expect(recipients).to.deep.equal([
        { name: 'UBND huyện', purpose: 'b/c' },
        { name: 'Các thôn', purpose: null },
      ]);
      expect(archive).to.equal('VT');
    }
  });

  it('reads T/M and K/T of older papers', () => {
    const { signature } = readPlan(`${head}I. NHIỆM VỤ\n1. Dọn kênh.\nT/M UBND XÃ MẪU\nK/T CHỦ TỊCH\nPHÓ CHỦ TỊCH\nLê Ví Dụ`);
    expect(Object.values(signature)).to.deep.equal(['T/M UBND XÃ MẪU', 'K/T CHỦ TỊCH', 'PHÓ CHỦ TỊCH', 'Lê Ví Dụ']);
  });
});
