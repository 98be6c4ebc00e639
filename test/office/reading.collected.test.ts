import { expect } from 'chai';
import { readPlan } from '../../src/office/reading/readPlan.js';
import { readRecipients } from '../../src/office/reading/recipients.js';
import { splitUnits } from '../../src/office/reading/unitLists.js';
import { unitHeading, unitsAtHead } from '../../src/office/reading/units.js';

const head = 'UBND TỈNH MẪU\nSố: 02/KH-UBND\nMẫu, ngày 05 tháng 3 năm 2024\nKẾ HOẠCH\nVề việc làm mẫu\n';
const end = '\nNơi nhận:\n- Bộ Y tế;\n- Lưu: VT.\nCHỦ TỊCH\nNguyễn Văn Ví Dụ';
const told = (body: string, above = head) =>
  readPlan(`${above}${body}${end}`).clauses.map(({ path, text, units, due }) => {
    const named = units.map(({ name, role }) => `${role === 'lead' ? '' : '+'}${name}`).join('; ');
    return `${path} | ${text} | ${named} | ${due?.date ?? ''}`;
  });

describe('letters and telegrams as collections give them', () => {
  const letter = (body: string) =>
    `SỞ Y TẾ\nSố: 7/SYT-NV\nVề rà soát kho vật tư năm 2024\n\nThành phố Mẫu, ngày 05 tháng 3 năm 2024\n\nKính gửi: Các bệnh viện.\n\n${body}\n\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n\nKT GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\nNguyễn Văn Ví Dụ`;

  it('read a letter whose subject has no V/v and whose KT has no dot', () => {
    const { type, title, place, signature } = readPlan(letter('Đề nghị các bệnh viện kiểm kê kho.'));
    expect([type, title, place]).to.deep.equal(['Công văn', 'rà soát kho vật tư năm 2024', 'Thành phố Mẫu']);
    expect(signature).to.include({ capacity: 'KT GIÁM ĐỐC', title: 'PHÓ GIÁM ĐỐC', name: 'Nguyễn Văn Ví Dụ' });
  });

  it('take the paragraphs that order for clauses where nothing is numbered, and no others', () => {
    const body =
      'Sở Y tế nhận được báo cáo của các kho.\n\nBệnh viện Mẫu chủ trì, phối hợp với Trạm Y tế xã kiểm kê trong quý II năm 2024.';
    expect(readPlan(letter(body)).clauses.map(({ path, due }) => `${path} ${due?.date}`)).to.deep.equal(['¶1 2024-06-30']);
  });

  it('pass over those to whom a telegram is wired', () => {
    const wire =
      'Số: 9/CĐ-SNN\nMẫu, ngày 05 tháng 3 năm 2024\nCÔNG ĐIỆN\nVỀ VIỆC ỨNG PHÓ MƯA LỚN\nSỞ NÔNG NGHIỆP điện:\n- Các Chi cục: Thủy lợi, Kiểm lâm;\n- Các trạm bơm.\nHiện nay mưa lớn kéo dài.\n1. Chi cục Thủy lợi kiểm tra đập.\n2. Các trạm bơm vận hành máy.';
    const reading = readPlan(`${wire}${end}`);
    expect(reading.title).to.equal('VỀ VIỆC ỨNG PHÓ MƯA LỚN');
    expect(reading.clauses.map(({ path }) => path)).to.deep.equal(['1', '2']);
  });

  it('read a day not yet written in, and several titles one after the other', () => {
    const text = `UBND TỈNH MẪU\nSố: /TB-UBND\nMẫu, ngày tháng năm\nTHÔNG BÁO\nVề việc treo cờ\n\nĐề nghị các thôn treo cờ.\n\nNơi nhận:\n- Các thôn;\n- Lưu: VT.\n\nTL. CHỦ TỊCH\nKT. CHÁNH VĂN PHÒNG\nPHÓ CHÁNH VĂN PHÒNG\nNguyễn Văn Ví Dụ`;
    const { place, issuedOn, signature } = readPlan(text);
    expect([place, issuedOn]).to.deep.equal(['Mẫu', null]);
    expect(signature).to.include({ capacity: 'TL. CHỦ TỊCH KT. CHÁNH VĂN PHÒNG', title: 'PHÓ CHÁNH VĂN PHÒNG' });
  });
});

describe('items and labels as collections give them', () => {
  it('read labels under a lettered label, and "Nhiệm vụ:" as part of the mark', () => {
    const body =
      'I. NHIỆM VỤ\n\n1. Về kho\n\na) Nhiệm vụ: Kiểm kê vật tư.\n\nb) Cơ quan thực hiện:\n\n- Đơn vị chủ trì: Sở Y tế.\n\n- Đơn vị phối hợp: Các Sở, ban, ngành.\n\nc) Thời gian thực hiện: Hoàn thành trong năm 2024.\n\n2. Về sổ sách\n\na) Nhiệm vụ:\n\n- Lập sổ mới.\n\nb) Cơ quan thực hiện:\n\n- Đơn vị chủ trì: Sở Nội vụ.';
    expect(told(body)).to.deep.equal([
      'I.1.a | Kiểm kê vật tư. | Sở Y tế; +Các Sở, ban, ngành | 2024-12-31',
      'I.2.a.-1 | Lập sổ mới. | Sở Nội vụ | ',
    ]);
  });

  it('read roman numbers in brackets, and praise as no clause', () => {
    const body =
      '1. Về kho\na) Đánh giá cao nỗ lực của Sở Y tế.\nb) Để kịp tiến độ, đề nghị:\n(i) Sở Y tế kiểm kê trong tháng 4 năm 2024.\n(ii) Sở Tài chính cấp kinh phí.';
    expect(told(body)).to.deep.equal([
      '1.b.1 | Sở Y tế kiểm kê trong tháng 4 năm 2024. | Sở Y tế | 2024-04-30',
      '1.b.2 | Sở Tài chính cấp kinh phí. | Sở Tài chính | ',
    ]);
  });

  it('take no wrapped line for the end of a heading where first lines run short', () => {
    const item = (number: number, last: string) =>
      `${number}. Kiểm tra các kho thuốc của Bệnh viện đa khoa\n${last} và lập biên bản theo mẫu đã gửi kèm, nộp về Sở Y tế để tổng hợp.`;
    const body = `I. VIỆC LÀM\n${[1, 2, 3, 4].map((number) => item(number, 'tỉnh Mẫu')).join('\n')}\n${item(5, 'Mẫu Sơn')}`;
    expect(told(body).map((line) => line.slice(0, 60))[4]).to.equal(
      'I.5 | Kiểm tra các kho thuốc của Bệnh viện đa khoa Mẫu Sơn v',
    );
  });

  it('read the same number of an article twice, and words that only point to an annex as nothing', () => {
    const above = head.replace('KH-UBND', 'QĐ-UBND').replace('KẾ HOẠCH', 'QUYẾT ĐỊNH');
    const body =
      'QUYẾT ĐỊNH:\n\nĐiều 1. Công bố danh mục kho.\n\n(Chi tiết tại Phụ lục kèm theo)\n\nĐiều 2. Giao Sở Y tế quản lý.\n\nĐiều 2. Chánh Văn phòng; Giám đốc Sở Y tế; Chủ tịch UBND các xã, phường và các tổ chức, cá nhân có liên quan chịu trách nhiệm thi hành Quyết định này./.';
    expect(told(body, above).map((line) => line.split(' | ')[2])).to.deep.equal([
      '',
      'Sở Y tế',
      'Chánh Văn phòng; Giám đốc Sở Y tế; Chủ tịch UBND các xã, phường; các tổ chức, cá nhân có liên quan',
    ]);
  });

  it('read times that span months, and no time that tells which tasks are meant', () => {
    const body =
      'I. VIỆC LÀM\n1. Lấy mẫu nước từ tháng 3 đến tháng 10 năm 2024.\n2. Lấy mẫu bùn vào tháng 4 và tháng 8 năm 2024.\n3. Đối với các việc được giao trong năm 2024, Sở Y tế tiếp tục rà soát.';
    expect(told(body).map((line) => line.split(' | ')[3])).to.deep.equal(['2024-10-31', '2024-08-31', '']);
  });

  it('read a table whose groups have their number in a cell of its own, and years as ends', () => {
    const cell = (words: readonly string[]) => words.map((word) => `|\n${word}\n`).join('');
    const rows = [
      ['TT', 'Nội dung', 'Cơ quan chủ trì', 'Cơ quan phối hợp', 'Thời gian', 'Sản phẩm'],
      ['I', 'KHO THUỐC'],
      ['1', 'Kiểm kê kho', 'Sở Y tế', 'Sở Tài chính và cơ quan, địa phương liên quan', '2024', 'Báo cáo'],
      ['II', 'SỔ SÁCH'],
      ['1', 'Lập sổ mới', 'Sở Nội vụ', 'Các xã', 'Quý I năm 2025'],
    ];
    const text = `${head}I. VIỆC LÀM\n1. Làm theo Phụ lục.${end}\n\nPHỤ LỤC\nVIỆC LÀM\n${rows.map(cell).join('|\n')}|`;
    const found = readPlan(text).clauses.filter(({ path }) => path.startsWith('PL/'));
    expect(found.map(({ path, due, units }) => `${path} ${due?.date} ${units.map(({ name }) => name).join('; ')}`)).to.deep.equal(
      ['PL/I.1 2024-12-31 Sở Y tế; Sở Tài chính; cơ quan, địa phương liên quan', 'PL/II.1 2025-03-31 Sở Nội vụ; Các xã'],
    );
  });
});

describe('names as collections give them', () => {
  it('keep what a colon counts up within one name', () => {
    expect(splitUnits('các Bộ: Công an, Tài chính và Môi trường; Sở Y tế')).to.deep.equal([
      'các Bộ: Công an, Tài chính và Môi trường',
      'Sở Y tế',
    ]);
    expect(unitHeading('Chủ tịch UBND các tỉnh: Mẫu, Ví Dụ:')).to.deep.equal(['Chủ tịch UBND các tỉnh: Mẫu, Ví Dụ']);
    expect(splitUnits('Giám đốc, Thủ trưởng các sở; Thủ trưởng cơ quan ngang Bộ, cơ quan thuộc Chính phủ')).to.deep.equal([
      'Giám đốc, Thủ trưởng các sở',
      'Thủ trưởng cơ quan ngang Bộ, cơ quan thuộc Chính phủ',
    ]);
  });

  it('end before the task that is given to a body', () => {
    expect(unitsAtHead('các sở và UBND các xã được phân công chủ trì có trách nhiệm lập dự toán.')).to.deep.equal([
      'các sở',
      'UBND các xã',
    ]);
  });

  it('are not parted at a dash within the line of a recipient', () => {
    const { recipients } = readRecipients('\n- Cục Kiểm soát - VPCP;\n- Bộ Y tế; (để b/c)\n- Như Điều 3:\n- Lưu: VT.');
    expect(recipients).to.deep.equal([
      { name: 'Cục Kiểm soát - VPCP', purpose: null },
      { name: 'Bộ Y tế', purpose: 'để b/c' },
      { name: 'Như Điều 3', purpose: null },
    ]);
  });
});
