import type { Block, Paper, PaperContent, SignatureBlock } from '../../src/office/papers/paper.js';

/** Papers in the project's own words, shaped like those an office really issues. The people are marked examples. */

const signature: SignatureBlock = {
  authority: 'TM. ỦY BAN NHÂN DÂN',
  capacity: 'KT. CHỦ TỊCH',
  title: 'PHÓ CHỦ TỊCH',
  name: 'Người ví dụ 01',
};

const section = (marker: string, text: string): Block => ({ kind: 'heading', level: 1, marker, text });
const subsection = (marker: string, text: string): Block => ({ kind: 'heading', level: 2, marker, text });
const item = (marker: string | null, text: string, level: 0 | 1 | 2 | 3 = 1): Block => ({
  kind: 'paragraph',
  marker,
  level,
  text,
});

const planBody: readonly Block[] = [
  item(
    null,
    'Để công tác dân vận của chính quyền được triển khai thống nhất từ quận đến phường, Ủy ban nhân dân quận xây dựng kế hoạch thực hiện trong năm 2010 như sau:',
    0,
  ),
  section('I.', 'MỤC ĐÍCH, YÊU CẦU'),
  item(
    '1.',
    'Làm cho mỗi cán bộ, công chức hiểu rõ việc gần dân, nghe dân là một phần của công vụ, không phải việc làm thêm; lấy kết quả phục vụ người dân làm một căn cứ khi đánh giá, xếp loại cuối năm.',
  ),
  item(
    '2.',
    'Nâng chất lượng tiếp nhận và trả kết quả hồ sơ tại bộ phận một cửa của quận và của 16 phường; mọi hồ sơ trễ hẹn phải có thư xin lỗi nêu rõ lý do và ngày hẹn lại.',
  ),
  item(
    '3.',
    'Việc tổ chức thực hiện phải thiết thực, tiết kiệm, có người chịu trách nhiệm, có thời hạn và có số liệu để kiểm tra; tránh phô trương, hình thức.',
  ),
  section('II.', 'NỘI DUNG THỰC HIỆN'),
  subsection('1.', 'Công tác tuyên truyền, học tập'),
  item(
    '-',
    'Phòng Nội vụ phối hợp với các đoàn thể tổ chức ít nhất hai lớp chuyên đề về kỹ năng tiếp dân cho cán bộ, công chức của quận và phường; hoàn thành trước ngày 30 tháng 6 năm 2010.',
    2,
  ),
  item(
    '-',
    'Phòng Văn hóa và Thông tin đăng tải kế hoạch này và các gương làm tốt trên trang thông tin điện tử của quận, mỗi tháng ít nhất một bài viết.',
    2,
  ),
  subsection('2.', 'Cải cách thủ tục hành chính'),
  item(
    'a)',
    'Rà soát các thủ tục đang áp dụng, đề xuất bãi bỏ hoặc rút ngắn thời gian giải quyết của những thủ tục không còn phù hợp, nhất là trong lĩnh vực đất đai, xây dựng, hộ tịch và lao động.',
    2,
  ),
  item(
    'b)',
    'Niêm yết công khai thủ tục, phí, lệ phí và thời hạn giải quyết tại nơi tiếp nhận hồ sơ; bố trí số điện thoại để người dân phản ánh:',
    2,
  ),
  item('+', 'Tại quận: do Văn phòng Ủy ban nhân dân quận tiếp nhận và phân công trả lời trong 5 ngày làm việc.', 3),
  item('+', 'Tại phường: do Chủ tịch Ủy ban nhân dân phường trực tiếp tiếp nhận vào sáng thứ Năm hằng tuần.', 3),
  subsection('3.', 'Tiếp công dân, giải quyết đơn thư'),
  item(
    '-',
    'Thanh tra quận chủ trì, phối hợp với Văn phòng Ủy ban nhân dân quận theo dõi, đôn đốc việc giải quyết khiếu nại, tố cáo; không để đơn thư thuộc thẩm quyền tồn đọng quá hạn.',
    2,
  ),
  item(
    '-',
    'Lãnh đạo quận đối thoại trực tiếp với Nhân dân mỗi quý một lần tại từng cụm phường; nội dung đối thoại và việc đã hứa được ghi biên bản, công bố trong 10 ngày.',
    2,
  ),
  subsection('4.', 'Phong trào thi đua'),
  item(
    '-',
    'Mỗi đơn vị đăng ký ít nhất một mô hình làm tốt công tác dân vận, có chỉ tiêu và thời gian hoàn thành; gửi phòng Nội vụ trước ngày 31 tháng 3 năm 2010.',
    2,
  ),
  item(
    '-',
    'Hội đồng Thi đua - Khen thưởng quận xét chọn, đề nghị khen thưởng các tập thể, cá nhân tiêu biểu vào dịp tổng kết năm.',
    2,
  ),
  section('III.', 'TIẾN ĐỘ THỰC HIỆN'),
  item(null, 'Các mốc thời gian chính trong năm được ấn định như sau:', 0),
  {
    kind: 'table',
    caption: null,
    head: ['STT', 'Nội dung', 'Đơn vị chủ trì', 'Thời hạn'],
    numeric: [],
    rows: [
      ['1', 'Đăng ký mô hình thi đua của từng đơn vị', 'Các phòng, ban và 16 phường', 'Trước 31/3/2010'],
      ['2', 'Hoàn thành các lớp chuyên đề về kỹ năng tiếp dân', 'Phòng Nội vụ', 'Trước 30/6/2010'],
      ['3', 'Sơ kết sáu tháng', 'Phòng Nội vụ', 'Tháng 7/2010'],
      ['4', 'Kiểm tra việc thực hiện tại các đơn vị', 'Thanh tra quận', 'Quý III/2010'],
      ['5', 'Tổng kết năm, đề nghị khen thưởng', 'Phòng Nội vụ', 'Trước 15/12/2010'],
    ],
  },
  section('IV.', 'TỔ CHỨC THỰC HIỆN'),
  item(
    '1.',
    'Thủ trưởng các phòng, ban, đơn vị thuộc quận và Chủ tịch Ủy ban nhân dân 16 phường cụ thể hóa kế hoạch này phù hợp với chức năng, nhiệm vụ của đơn vị; chịu trách nhiệm trước Ủy ban nhân dân quận về kết quả thực hiện.',
  ),
  item(
    '2.',
    'Phòng Tài chính - Kế hoạch bố trí kinh phí trong dự toán được giao, hướng dẫn thanh toán, quyết toán theo quy định.',
  ),
  item('3.', 'Phòng Nội vụ là cơ quan thường trực, theo dõi, tổng hợp, tham mưu Ủy ban nhân dân quận sơ kết, tổng kết.'),
  item(
    null,
    'Định kỳ vào tuần cuối của mỗi quý, các đơn vị gửi báo cáo kết quả thực hiện về Ủy ban nhân dân quận, thông qua phòng Nội vụ, để tổng hợp, báo cáo Ủy ban nhân dân Thành phố.',
    0,
  ),
];

const planContent: PaperContent = {
  type: 'KH',
  typeName: 'KẾ HOẠCH',
  issuer: { superior: 'UBND THÀNH PHỐ HỒ CHÍ MINH', name: 'ỦY BAN NHÂN DÂN QUẬN GÒ VẤP' },
  symbol: 'KH-UBND',
  place: 'Gò Vấp',
  title: 'Triển khai công tác dân vận của chính quyền\nvà phong trào thi đua “Dân vận khéo” năm 2010',
  bases: [
    'Căn cứ Luật Tổ chức Hội đồng nhân dân và Ủy ban nhân dân ngày 26 tháng 11 năm 2003',
    'Căn cứ Kế hoạch số 5827/KH-UBND ngày 06 tháng 11 năm 2009 của Ủy ban nhân dân Thành phố Hồ Chí Minh về công tác dân vận của chính quyền',
    'Theo đề nghị của Trưởng phòng Nội vụ quận',
  ],
  body: planBody,
  recipients: [
    { name: 'Ủy ban nhân dân Thành phố', purpose: 'để báo cáo' },
    { name: 'Thường trực Quận ủy', purpose: 'để báo cáo' },
    { name: 'Ủy ban Mặt trận Tổ quốc và các đoàn thể quận', purpose: 'để phối hợp' },
    { name: 'Các phòng, ban, đơn vị thuộc quận', purpose: 'để thực hiện' },
    { name: 'Ủy ban nhân dân 16 phường', purpose: 'để thực hiện' },
    { name: 'Trang thông tin điện tử quận', purpose: null },
  ],
  archive: 'Lưu: VT, NV',
};

export function plan(changes: Partial<Paper> = {}, content: Partial<PaperContent> = {}): Paper {
  return { content: { ...planContent, ...content }, number: 8, issuedOn: '2010-02-09', signature, final: true, ...changes };
}

/** A consolidated report over `units` wards; `sections` repeats the part that tells of each, to lengthen it. */
export function report(units: number, sections = 1): Paper {
  const rows = Array.from({ length: units }, (_, index) => {
    const given = 12 + (index % 5);
    const done = given - (index % 4);
    const note = index % 4 === 3 ? 'Chậm báo cáo 02 ngày; đã đôn đốc' : '';
    return [
      String(index + 1),
      `Ủy ban nhân dân Phường ${index + 1}`,
      String(given),
      String(done),
      String(given - done),
      (Math.round((done / given) * 1000) / 10).toFixed(1).replace('.', ','),
      note,
    ];
  });
  const sum = (column: number): number => rows.reduce((total, row) => total + Number(row[column]), 0);
  const ratio = (Math.round((sum(3) / sum(2)) * 1000) / 10).toFixed(1).replace('.', ',');
  const table: Block = {
    kind: 'table',
    caption: 'Kết quả thực hiện nhiệm vụ của các đơn vị trong quý I năm 2010',
    head: ['STT', 'Đơn vị', 'Được giao', 'Đã hoàn thành', 'Đang thực hiện', 'Tỷ lệ (%)', 'Ghi chú'],
    numeric: [2, 3, 4, 5],
    rows: [...rows, ['', 'Tổng cộng', String(sum(2)), String(sum(3)), String(sum(4)), ratio, '']],
  };
  const part = (index: number): readonly Block[] => [
    subsection(`${index + 1}.`, 'Công tác chỉ đạo, điều hành và kết quả cụ thể'),
    item(
      '-',
      'Các đơn vị đã ban hành kế hoạch của đơn vị mình, phân công người phụ trách từng việc và niêm yết số điện thoại tiếp nhận phản ánh; tỷ lệ hồ sơ giải quyết đúng hẹn trong quý đạt 97,4%, tăng 1,8 điểm so với cùng kỳ.',
      2,
    ),
    item(
      '-',
      'Việc đối thoại với Nhân dân được tổ chức tại bốn cụm phường với 612 lượt người dự, 148 ý kiến; 131 ý kiến đã trả lời ngay tại chỗ, 17 ý kiến còn lại được giao cho các phòng chuyên môn trả lời bằng văn bản.',
      2,
    ),
    table,
  ];
  return plan(
    { number: 112, issuedOn: '2010-04-05' },
    {
      type: 'BC',
      typeName: 'BÁO CÁO',
      symbol: 'BC-UBND',
      title: 'Tổng hợp kết quả thực hiện Kế hoạch số 08/KH-UBND trong quý I năm 2010',
      bases: [],
      body: [
        item(
          null,
          'Thực hiện Kế hoạch số 08/KH-UBND ngày 09 tháng 02 năm 2010, Ủy ban nhân dân quận báo cáo kết quả thực hiện trong quý I năm 2010 như sau:',
          0,
        ),
        section('I.', 'KẾT QUẢ THỰC HIỆN'),
        ...Array.from({ length: sections }, (_, index) => part(index)).flat(),
        section('II.', 'NHẬN XÉT, KIẾN NGHỊ'),
        item(
          null,
          'Nhìn chung các đơn vị thực hiện nghiêm túc, đúng tiến độ. Một số phường gửi báo cáo còn chậm, số liệu chưa thống nhất; Ủy ban nhân dân quận đã nhắc nhở và yêu cầu khắc phục trong quý II năm 2010.',
          0,
        ),
        item(null, 'Trên đây là báo cáo kết quả thực hiện trong quý I năm 2010, kính báo cáo Ủy ban nhân dân Thành phố.', 0),
      ],
      recipients: [
        { name: 'Ủy ban nhân dân Thành phố', purpose: 'kính gửi' },
        { name: 'Sở Nội vụ Thành phố', purpose: 'kính gửi' },
        { name: 'Thường trực Quận ủy', purpose: 'để báo cáo' },
      ],
    },
  );
}

/** An official letter (công văn) of one page. */
export function letter(): Paper {
  return plan(
    {
      number: 150,
      issuedOn: '2010-03-15',
      signature: { authority: 'TL. CHỦ TỊCH', capacity: null, title: 'CHÁNH VĂN PHÒNG', name: 'Người ví dụ 02' },
    },
    {
      type: 'CV',
      typeName: 'CÔNG VĂN',
      symbol: 'UBND-NV',
      title: 'đôn đốc gửi báo cáo quý I thực hiện Kế hoạch số 08/KH-UBND',
      bases: [],
      body: [
        item(
          null,
          'Theo Kế hoạch số 08/KH-UBND ngày 09 tháng 02 năm 2010, các đơn vị gửi báo cáo kết quả thực hiện vào tuần cuối của mỗi quý. Đến nay Ủy ban nhân dân quận chưa nhận được báo cáo của đơn vị.',
          0,
        ),
        item(
          null,
          'Đề nghị Chủ tịch Ủy ban nhân dân Phường 3 chỉ đạo hoàn thành và gửi báo cáo về phòng Nội vụ trước 17 giờ ngày 22 tháng 3 năm 2010; trường hợp có khó khăn, vướng mắc, báo cáo ngay để được hướng dẫn.',
          0,
        ),
      ],
      recipients: [
        { name: 'Ủy ban nhân dân Phường 3', purpose: 'kính gửi' },
        { name: 'Phòng Nội vụ quận', purpose: 'để theo dõi' },
      ],
    },
  );
}
