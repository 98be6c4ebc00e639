import { expect } from 'chai';
import { readPlan } from '../../src/office/reading/readPlan.js';
import { readRecipients } from '../../src/office/reading/recipients.js';

const planHead = 'UBND XÃ MẪU\nSố: 02/KH-UBND\nMẫu, ngày 05 tháng 3 năm 2004\nKẾ HOẠCH\nVề việc làm mẫu\n';
const letterHead =
  'CHI CỤC MẪU\nSố: 15/CCM-NV\nV/v giải thích việc làm mẫu\nMẫu, ngày 05 tháng 3 năm 2004\nKính gửi: Công ty Ví Dụ.\n';
const end = '\nNơi nhận:\n- Như trên;\n- Lưu: VT.\nCHỦ TỊCH\nNguyễn Văn Ví Dụ';
const read = (head: string, body: string) => readPlan(`${head}${body}${end}`).clauses;
const told = (body: string, head = planHead) =>
  read(head, body).map(({ path, units }) => {
    const named = units.map(({ name, role }) => `${role === 'lead' ? '' : '+'}${name}`).join('; ');
    return `${path} | ${named}`;
  });

describe('provisions that a paper quotes', () => {
  it('belong to the clause that quotes them; the numbering goes on after them', () => {
    const body =
      'I. VIỆC LÀM\n1. Sửa quy chế như sau:\n“1. Kênh chính nạo vét mỗi năm.\n2. Kênh nhánh vớt bèo mỗi quý.\na) Vớt bằng “vợt dài”.”\n2. Trồng cây ở hai bờ kênh.';
    const clauses = read(planHead, body);
    expect(clauses.map(({ path }) => path)).to.deep.equal(['I.1', 'I.2']);
    expect(clauses[0]?.text).to.include('2. Kênh nhánh vớt bèo mỗi quý.');
  });

  it('hide nothing where a mark is never closed', () => {
    expect(
      told('I. VIỆC LÀM\n1. Làm theo “1. Nạo vét.\n2. Vớt bèo.\n3. Trồng cây.').map((line) => line.split(' |')[0]),
    ).to.include('I.3');
  });
});

describe('a letter that answers a question', () => {
  const question = 'Chi cục Mẫu nhận được câu hỏi của Công ty Ví Dụ. Về vấn đề này, Chi cục trả lời như sau:\n';
  const closing = '\nChi cục Mẫu trả lời để Công ty Ví Dụ được biết.';

  it('gives no clauses where it says how a provision is to be understood', () => {
    const body = `${question}- Kênh do xã đào thì xã nạo vét theo quy chế.\n- Trường hợp kênh chung thì hai xã cùng nạo vét.${closing}`;
    expect(told(body, letterHead)).to.deep.equal([]);
  });

  it('gives those in which it orders somebody', () => {
    const body = `${question}- Kênh do xã đào thì xã nạo vét theo quy chế.\n- Đề nghị Công ty Ví Dụ nộp bản vẽ kênh.${closing}`;
    expect(told(body, letterHead)).to.deep.equal(['¶1.-2 | Công ty Ví Dụ']);
  });

  it('is told from one that passes on an opinion to be carried out', () => {
    const body =
      'Về việc này, Chủ tịch huyện có ý kiến như sau:\n1. Phòng Kinh tế tổ chức nạo vét kênh chính.\n2. Phòng Nội vụ lập danh sách.\nVăn phòng thông báo để các phòng biết, thực hiện.';
    expect(told(body, letterHead)).to.deep.equal(['1 | Phòng Kinh tế', '2 | Phòng Nội vụ']);
  });
});

describe('accounts and themes', () => {
  it('are no clauses, but the tasks to which an account turns are', () => {
    const body =
      'I. ĐÁNH GIÁ CHUNG\nKênh đã được nạo vét một nửa.\nĐể nước về đủ, xã cần tập trung một số nhiệm vụ sau đây:\n1. Nạo vét nửa kênh còn lại.\n2. Vớt bèo.\nII. VIỆC LÀM\n1. Hiện trạng\nKênh dài năm cây số.\nBờ kênh sạt hai chỗ.\n2. Trồng cây ở hai bờ kênh.';
    expect(told(body)).to.deep.equal(['I.1 | ', 'I.2 | ', 'II.2 | ']);
  });

  it('are counted up under a heading that says so', () => {
    const body =
      'I. TUYÊN TRUYỀN\n1. Bản tin gồm các nhóm nội dung\n- Các chuyên đề về kênh mương.\n- Phổ biến quy chế kênh.\n2. Phát bản tin.';
    expect(told(body)).to.deep.equal(['I.1.-2 | ', 'I.2 | ']);
  });
});

describe('sentences and headings over dashes', () => {
  it('are clauses where they order somebody to do something by themselves', () => {
    const task =
      'Các thôn và Hội Nông dân xã căn cứ nhiệm vụ được giao lập kế hoạch nạo vét kênh, phân công người làm từng đoạn cho vụ mới.';
    expect(told(`I. VIỆC LÀM\n1. ${task}\n- Nạo vét.\n- Vớt bèo.`).map((line) => line.split(' |')[0])).to.deep.equal([
      'I.1',
      'I.1.-1',
      'I.1.-2',
    ]);
  });

  it('name who does it also by what they are', () => {
    const under = (heading: string) => told(`I. VIỆC LÀM\n1. ${heading}\n- Nạo vét kênh.\n- Vớt bèo.`)[0];
    expect(under('Các chủ rừng là tổ chức (các ban, công ty…)')).to.equal('I.1.-1 | Các chủ rừng là tổ chức');
    expect(under('Các doanh nghiệp đang hoạt động trong cụm công nghiệp')).to.equal(
      'I.1.-1 | Các doanh nghiệp đang hoạt động trong cụm công nghiệp',
    );
  });
});

describe('who coordinates', () => {
  it('may be a branch or an authority without a name of its own', () => {
    const named = (partners: string) => told(`I. VIỆC LÀM\n1. Nạo vét kênh, phối hợp với ${partners}.`)[0];
    expect(named('ngành giáo dục và các địa phương')).to.equal('I.1 | +ngành giáo dục; +các địa phương');
    expect(named('cấp ủy, chính quyền các cấp')).to.equal('I.1 | +cấp ủy, chính quyền các cấp');
    expect(named('các cơ quan chức năng và chính quyền địa phương')).to.equal(
      'I.1 | +các cơ quan chức năng; +chính quyền địa phương',
    );
  });
});

describe('a topic before a colon', () => {
  it('names no one who is to act; the words after it do', () => {
    expect(told('I. KIẾN NGHỊ\n1. Về đề nghị Phòng Nội vụ bố trí người: Phòng Kinh tế lập danh sách.')).to.deep.equal([
      'I.1 | Phòng Kinh tế',
    ]);
  });
});

describe('a year by which something else is to be so', () => {
  it('is no deadline of the clause', () => {
    const due = (body: string) => read(planHead, `I. VIỆC LÀM\n1. ${body}`)[0]?.due?.date ?? null;
    expect(due('Quy định các đoạn kênh đến năm 2008 phải lát bê tông.')).to.equal(null);
    expect(due('Lát bê tông kênh chính, hoàn thành đến năm 2008.')).to.equal('2008-12-31');
  });
});

describe('the purpose of a recipient', () => {
  it('may begin with a capital', () => {
    expect(readRecipients('\n- Phòng Nội vụ (Báo cáo);\n- Văn phòng (KSTT);\n- Lưu: VT.').recipients).to.deep.equal([
      { name: 'Phòng Nội vụ', purpose: 'Báo cáo' },
      { name: 'Văn phòng (KSTT)', purpose: null },
    ]);
  });
});
