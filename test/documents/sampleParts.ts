import type { Appendix, Block, Paper } from '../../src/office/papers/paper.js';
import { code, decision, form, item, officeChief, pictures, text } from './sampleForms.js';
import { plan } from './samplePapers.js';

/** Papers with parts of their own: chapters, appendices, and what is copied. The people are marked examples. */

export const regulation = (): Paper =>
  form({
    type: 'QC',
    typeName: 'QUY CHẾ',
    symbol: 'QC-UBND',
    title: 'Tiếp nhận và trả lời phản ánh của người dân',
    body: [
      { kind: 'chapter', marker: 'Chương I', text: 'Quy định chung' },
      { kind: 'article', marker: 'Điều 1.', title: 'Phạm vi điều chỉnh', text: null },
      text('Quy chế này quy định việc tiếp nhận, phân loại và trả lời phản ánh của người dân gửi đến các cơ quan của quận.'),
      { kind: 'chapter', marker: 'Chương II', text: 'Tiếp nhận và trả lời' },
      { kind: 'chapter', marker: 'Mục 1', text: 'Tiếp nhận' },
      { kind: 'article', marker: 'Điều 2.', title: 'Nơi tiếp nhận', text: null },
      item('1.', 'Bộ phận tiếp nhận và trả kết quả của quận và của 16 phường.'),
      item('2.', 'Số điện thoại và trang thông tin điện tử được niêm yết công khai.'),
    ],
  });

const wards = Array.from({ length: 45 }, (_, index) => [
  String(index + 1),
  `Tổ dân phố ${index + 1}`,
  `Phường ${(index % 16) + 1}`,
  String(40 + ((index * 7) % 23)),
  String(35 + ((index * 5) % 19)),
  index % 4 === 0 ? 'Chưa có nhà sinh hoạt cộng đồng' : '',
]);
const table: Block = {
  kind: 'table',
  caption: null,
  head: ['STT', 'Tổ dân phố', 'Phường', 'Số hộ', 'Số hộ đăng ký', 'Ghi chú'],
  rows: wards,
  numeric: [3, 4],
};
export const appendices: readonly Appendix[] = [
  { marker: 'Phụ lục I', title: 'Danh sách tổ dân phố đăng ký mô hình', orientation: 'portrait', body: [table] },
  { marker: 'Phụ lục II', title: 'Tiến độ thực hiện của từng phường', orientation: 'landscape', body: [table] },
];

/** A plan that points to its appendices. */
export const withAppendices = (): Paper => {
  const { body } = plan().content;
  const pointer = text('Danh sách tổ dân phố đăng ký mô hình tại Phụ lục I, tiến độ thực hiện của từng phường tại Phụ lục II.');
  return plan(
    { number: 18, issuedOn: '2021-02-09', pictures, code },
    {
      body: [...body.slice(0, -1), pointer, ...body.slice(-1)],
      title: 'Triển khai công tác dân vận của chính quyền\nvà phong trào thi đua “Dân vận khéo” năm 2021',
      appendices,
      drafterMark: { initials: 'PL', copies: 300 },
    },
  );
};

/** A copy of the decision (sao y), made for the wards. */
export const copy = (kind: 'SY' | 'SL' | 'TrS' = 'SY'): Paper => {
  const { content, number, issuedOn, signature } = decision();
  return form(
    {
      type: kind,
      typeName: 'SAO Y',
      symbol: `${kind}-UBND`,
      title: 'Sao quyết định ban hành Quy chế',
      body: [],
      recipients: [{ name: 'Ủy ban nhân dân 16 phường', purpose: null }],
      archive: 'Lưu: VT',
      copy: {
        kind,
        electronic: true,
        of: { content, number: number ?? 0, issuedOn: issuedOn ?? '', signature: signature ?? officeChief },
      },
    },
    {
      number: 5,
      issuedOn: '2021-03-18',
      signingAt: '2021-03-18T03:11:12Z',
      signature: officeChief,
    },
  );
};

export const directive = (): Paper =>
  form({
    type: 'CT',
    typeName: 'CHỈ THỊ',
    symbol: 'CT-UBND',
    title: 'Về việc chấn chỉnh kỷ luật, kỷ cương hành chính trong tiếp xúc, giải quyết công việc của người dân',
    urgency: 'hoaToc',
    body: [
      text(
        'Qua kiểm tra quý I năm 2021, đa số cơ quan, đơn vị thực hiện tốt việc tiếp nhận và trả kết quả. Tuy vậy vẫn còn hồ sơ trễ hẹn không có thư xin lỗi, còn nơi chưa niêm yết đủ thủ tục.',
      ),
      text('Để khắc phục, Chủ tịch Ủy ban nhân dân quận yêu cầu:'),
      item(
        '1.',
        'Thủ trưởng các cơ quan, đơn vị rà soát toàn bộ hồ sơ trễ hẹn, có thư xin lỗi nêu rõ lý do và ngày hẹn lại; hoàn thành trước ngày 31 tháng 3 năm 2021.',
      ),
      item(
        '2.',
        'Chủ tịch Ủy ban nhân dân 16 phường niêm yết đầy đủ thủ tục, phí, lệ phí và thời hạn giải quyết tại nơi tiếp nhận.',
      ),
      item('3.', 'Phòng Nội vụ kiểm tra đột xuất ít nhất hai đơn vị mỗi tuần, báo cáo kết quả vào thứ Sáu.'),
      item('4.', 'Thanh tra quận theo dõi, đôn đốc việc thực hiện Chỉ thị này.'),
      text('Yêu cầu các cơ quan, đơn vị nghiêm túc thực hiện.'),
    ],
  });
