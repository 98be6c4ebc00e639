import { readFileSync } from 'node:fs';
import type { Block, Paper, PaperContent, Picture, SignatureBlock } from '../../src/office/papers/paper.js';
import { plan } from './samplePapers.js';

/** One paper of each type under NĐ 30/2020, in the project's own words. The people are marked examples. */

export const text = (words: string): Block => ({ kind: 'paragraph', marker: null, level: 0, text: words });
export const item = (marker: string, words: string): Block => ({ kind: 'paragraph', marker, level: 1, text: words });
const section = (marker: string, words: string): Block => ({ kind: 'heading', level: 1, marker, text: words });
const article = (number: number, words: string): Block => ({
  kind: 'article',
  marker: `Điều ${number}.`,
  title: null,
  text: words,
});

const picture = (name: string, widthMm: number, heightMm: number): Picture => ({
  png: readFileSync(new URL(`./pictures/${name}.png`, import.meta.url)).toString('base64'),
  widthMm,
  heightMm,
});
export const pictures = { signature: picture('signature', 42, 21), seal: picture('seal', 36, 36) };
export const code = 'K7TD-4MXP-92QF';

export const officeChief: SignatureBlock = {
  authority: null,
  capacity: 'TL. CHỦ TỊCH',
  title: 'CHÁNH VĂN PHÒNG',
  name: 'Người ví dụ 02',
};

const common: Partial<PaperContent> = {
  bases: [],
  recipients: [
    { name: 'Thường trực Quận ủy', purpose: 'để báo cáo' },
    { name: 'Chủ tịch, các Phó Chủ tịch UBND quận', purpose: null },
    { name: 'Các phòng, ban thuộc quận', purpose: 'để thực hiện' },
  ],
  archive: 'Lưu: VT, NV',
};

export function form(content: Partial<PaperContent>, changes: Partial<Paper> = {}): Paper {
  return plan({ number: 215, issuedOn: '2021-03-15', pictures, code, ...changes }, { ...common, ...content });
}

export const decision = (): Paper =>
  form({
    type: 'QĐ',
    typeName: 'QUYẾT ĐỊNH',
    symbol: 'QĐ-UBND',
    title: 'Về việc ban hành Quy chế tiếp nhận và trả lời phản ánh của người dân trên địa bàn quận',
    enacting: { by: 'Ủy ban nhân dân quận Gò Vấp', word: 'QUYẾT ĐỊNH:' },
    bases: [
      'Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015',
      'Căn cứ Luật sửa đổi, bổ sung một số điều của Luật Tổ chức Chính phủ và Luật Tổ chức chính quyền địa phương ngày 22 tháng 11 năm 2019',
      'Theo đề nghị của Chánh Văn phòng Hội đồng nhân dân và Ủy ban nhân dân quận',
    ],
    body: [
      article(1, 'Ban hành kèm theo Quyết định này Quy chế tiếp nhận và trả lời phản ánh của người dân trên địa bàn quận.'),
      article(2, 'Quyết định này có hiệu lực kể từ ngày ký.'),
      article(
        3,
        'Chánh Văn phòng, Trưởng các phòng, ban thuộc quận và Chủ tịch Ủy ban nhân dân 16 phường chịu trách nhiệm thi hành Quyết định này.',
      ),
    ],
    recipients: [{ name: 'Như Điều 3', purpose: null }, ...(common.recipients ?? []).slice(0, 2)],
    archive: 'Lưu: VT, VP',
    drafterMark: { initials: 'PL', copies: 40 },
  });

export const officialLetter = (): Paper =>
  form({
    type: 'CV',
    typeName: 'CÔNG VĂN',
    symbol: 'UBND-NV',
    title: 'đôn đốc gửi báo cáo quý I năm 2021 về công tác dân vận',
    addressees: ['Trưởng các phòng, ban thuộc quận', 'Chủ tịch Ủy ban nhân dân 16 phường'],
    urgency: 'thuongKhan',
    contact:
      'Địa chỉ: 332 đường Ví Dụ, quận Gò Vấp, Thành phố Hồ Chí Minh - Điện thoại: (028) 0000 0000\nThư điện tử: govap@vidu.example - Trang thông tin: www.govap.example',
    body: [
      text(
        'Theo Kế hoạch số 18/KH-UBND ngày 09 tháng 02 năm 2021 của Ủy ban nhân dân quận về công tác dân vận năm 2021, các đơn vị gửi báo cáo kết quả thực hiện vào tuần cuối của mỗi quý. Đến nay Ủy ban nhân dân quận chưa nhận được báo cáo của một số đơn vị.',
      ),
      text('Để kịp tổng hợp, Ủy ban nhân dân quận yêu cầu:'),
      item('1.', 'Đơn vị chưa gửi báo cáo hoàn thành và gửi về Phòng Nội vụ trước 17 giờ ngày 19 tháng 3 năm 2021.'),
      item(
        '2.',
        'Đơn vị gặp khó khăn báo cáo ngay để được hướng dẫn; Phòng Nội vụ theo dõi, tổng hợp danh sách đơn vị gửi chậm.',
      ),
      text('Đề nghị các đơn vị thực hiện nghiêm túc.'),
    ],
    recipients: [{ name: 'Thường trực Quận ủy', purpose: 'để báo cáo' }],
  });

export const submission = (): Paper =>
  form({
    type: 'TTr',
    typeName: 'TỜ TRÌNH',
    symbol: 'TTr-UBND',
    title: 'Về việc phê duyệt Đề án sắp xếp bộ phận tiếp nhận và trả kết quả của quận',
    addressees: ['Ủy ban nhân dân Thành phố Hồ Chí Minh'],
    body: [
      text(
        'Thực hiện chủ trương đơn giản hóa thủ tục, Ủy ban nhân dân quận đã xây dựng Đề án sắp xếp bộ phận tiếp nhận và trả kết quả của quận và 16 phường.',
      ),
      section('I.', 'SỰ CẦN THIẾT'),
      text(
        'Hồ sơ tiếp nhận tăng bình quân 9% mỗi năm, trong khi nơi tiếp nhận phân tán; người dân phải đi lại nhiều lần, trung bình 2,4 lượt cho một hồ sơ.',
      ),
      section('II.', 'NỘI DUNG ĐỀ NGHỊ PHÊ DUYỆT'),
      item('1.', 'Gộp ba điểm tiếp nhận hiện nay thành một trung tâm, có quầy riêng cho người cao tuổi và người khuyết tật.'),
      item('2.', 'Kinh phí thực hiện 1.850 triệu đồng, bố trí trong dự toán năm 2021 của quận.'),
      text('Ủy ban nhân dân quận kính trình Ủy ban nhân dân Thành phố xem xét, phê duyệt.'),
    ],
    recipients: [{ name: 'Sở Nội vụ', purpose: 'để thẩm định' }],
  });

export const notice = (): Paper =>
  form(
    {
      type: 'TB',
      typeName: 'THÔNG BÁO',
      symbol: 'TB-UBND',
      title: 'Lịch tiếp công dân của Chủ tịch Ủy ban nhân dân quận quý II năm 2021',
      circulation: 'LƯU HÀNH NỘI BỘ',
      body: [
        text(
          'Ủy ban nhân dân quận thông báo lịch tiếp công dân định kỳ của Chủ tịch Ủy ban nhân dân quận trong quý II năm 2021 như sau:',
        ),
        {
          kind: 'table',
          caption: null,
          head: ['STT', 'Ngày', 'Buổi', 'Địa điểm'],
          numeric: [],
          rows: [
            ['1', '15/4/2021', 'Sáng, từ 07 giờ 30', 'Trụ sở tiếp công dân quận'],
            ['2', '13/5/2021', 'Sáng, từ 07 giờ 30', 'Trụ sở tiếp công dân quận'],
            ['3', '17/6/2021', 'Chiều, từ 13 giờ 30', 'Ủy ban nhân dân Phường 3'],
          ],
        },
        text('Người dân đăng ký trước tại bộ phận tiếp công dân hoặc theo số điện thoại niêm yết.'),
      ],
    },
    { signature: officeChief },
  );

export const minutes = (): Paper =>
  form({
    type: 'BB',
    typeName: 'BIÊN BẢN',
    symbol: 'BB-UBND',
    title: 'Họp xét mô hình “Dân vận khéo” quý I năm 2021',
    minutes: {
      secretary: { title: 'THƯ KÝ', name: 'Người ví dụ 04' },
      chair: { title: 'CHỦ TỌA', name: 'Người ví dụ 01' },
    },
    body: [
      text('Thời gian bắt đầu: 08 giờ 00, ngày 15 tháng 3 năm 2021.'),
      text('Địa điểm: Phòng họp số 2, trụ sở Ủy ban nhân dân quận.'),
      text('Thành phần tham dự: 12 thành viên Hội đồng xét chọn; vắng 01, có lý do.'),
      text('Chủ trì: Người ví dụ 01. Thư ký: Người ví dụ 04.'),
      text(
        'Nội dung: Hội đồng xem xét 23 mô hình do các phòng, ban và 16 phường đăng ký; thảo luận từng mô hình theo tiêu chí đã ban hành.',
      ),
      text(
        'Kết quả: 14 mô hình được đề nghị công nhận, 06 mô hình bổ sung hồ sơ, 03 mô hình không đạt; các thành viên nhất trí 11/11.',
      ),
      text('Cuộc họp kết thúc vào 10 giờ 30, ngày 15 tháng 3 năm 2021.'),
    ],
    recipients: [{ name: 'Thành viên Hội đồng', purpose: null }],
    archive: 'Lưu: VT, hồ sơ',
  });

export const invitation = (): Paper =>
  form({
    type: 'GM',
    typeName: 'GIẤY MỜI',
    symbol: 'GM-UBND',
    title: 'Dự Hội nghị sơ kết công tác dân vận quý I năm 2021',
    urgency: 'khan',
    body: [
      text(
        'Ủy ban nhân dân quận Gò Vấp trân trọng kính mời: Trưởng các phòng, ban thuộc quận và Chủ tịch Ủy ban nhân dân 16 phường',
      ),
      text('Tới dự: Hội nghị sơ kết công tác dân vận quý I năm 2021.'),
      text('Chủ trì: Người ví dụ 01, Phó Chủ tịch Ủy ban nhân dân quận.'),
      text('Thời gian: 08 giờ 00, ngày 26 tháng 3 năm 2021.'),
      text('Địa điểm: Hội trường Ủy ban nhân dân quận.'),
      text('Ủy ban nhân dân quận rất mong các đại biểu dự họp đầy đủ và đúng giờ.'),
    ],
  });
