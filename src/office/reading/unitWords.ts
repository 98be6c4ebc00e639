/** Words of the trade that tell where the name of a unit begins and where its predicate does. */

// How the name of an agency, of a body or of its head begins. Words that only look so ("Báo cáo", "Trường hợp") are excluded.
export const AGENCY = [
  'UBND',
  'HĐND',
  'UBMTTQ',
  'MTTQ',
  'UB\\.?\\s?MTTQ',
  '(?:Ủy|Uỷ|ủy|uỷ) ban',
  'Hội đồng',
  'Sở',
  'Phòng(?!,| chống| ngừa)',
  'phòng(?= \\p{Lu}| [Nn]ội vụ)',
  'Ban(?! hành)',
  'Bộ(?! luật| tiêu chí| chỉ số| phận một)',
  'Bộ phận',
  'Công an',
  'Văn phòng',
  'Thanh tra',
  'Trung tâm',
  'Vụ(?! [Hh]è| [Đđ]ông| [Mm]ùa| việc)',
  'Cục',
  'Chi cục',
  'Tổng cục',
  'Hội(?! nghị| thảo| đồng| thi)',
  'Liên minh',
  'Liên đoàn',
  'Liên hiệp',
  'Hiệp hội',
  'Bảo hiểm',
  'Chi nhánh',
  'Thông tấn xã',
  'hệ thống(?= các cơ quan)',
  'Đài',
  'Báo(?! cáo)',
  'Kho bạc',
  'Tòa án',
  'Toà án',
  'Viện',
  'Học viện',
  'Trường(?! hợp)',
  'Bệnh viện',
  'Trạm(?! bơm| biến áp)',
  'Hạt',
  'Mặt trận',
  'Tỉnh đoàn',
  'Thành đoàn',
  'Quận đoàn',
  'Thị đoàn',
  'Huyện đoàn',
  'Đoàn(?! kết)',
  'Đảng (?:ủy|uỷ)',
  '(?:Tỉnh|Thành|Quận|Huyện|Thị) (?:ủy|uỷ)',
  'Ngân hàng',
  'Công ty',
  'Tổng công ty',
  'Tập đoàn',
  'Điện lực',
  'Bưu điện',
  'Viễn thông',
  'Cảng vụ',
  'Đoạn(?! đường| tuyến)',
  'Cảnh sát',
  'Bộ đội',
  'Quỹ(?! đất)',
  'Thư viện',
  'Bảo tàng',
  'Nhà máy',
  'Xí nghiệp',
  'Hợp tác xã',
  'Đội(?! ngũ)',
  'Đồn',
  'Cơ quan',
  'Khối',
  'Cổng thông tin',
  'Thủ trưởng',
  '[Nn]gười đứng đầu',
  'lãnh đạo(?= các)',
  'Đồng chí',
  'đồng chí',
  'Công chức(?= \\p{Lu})',
  'Cán bộ(?= \\p{Lu})',
  'Chủ đầu tư',
  'Chủ tịch(?! Hồ Chí Minh)',
  'Phó Chủ tịch',
  'Phó Trưởng',
  'Phó Giám đốc',
  'Phó Chánh',
  'Kế toán trưởng',
  'Giám đốc',
  'Tổng Giám đốc',
  'Trưởng',
  'Chánh',
  'Chỉ huy trưởng',
  'Hiệu trưởng',
  'Tổ(?! quốc| chức)',
  'Kiểm toán',
  'Cấp (?:ủy|uỷ)(?=,? (?:và )?chính quyền)',
  'Thuế(?= (?:tỉnh|thành phố|cơ sở))',
  'Bí thư',
  '[Ll]ực lượng',
].join('|');

const GROUPED =
  '[Ss]ở|[Bb]an|[Nn]gành|[Cc]ấp (?:ủy|uỷ)|[Pp]hòng(?!,)|[Cc]ơ quan|[Đđ]ơn vị|[Tt]ổ(?! quốc)|[Đđ]ịa phương|[Đđ]oàn thể|[Dd]oanh nghiệp|[Xx]ã|[Pp]hường|[Qq]uận|[Hh]uyện|' +
  '[Tt]hị xã|[Tt]hị trấn|[Tt]hành viên|[Tt]hôn|[Bb]ản(?! đồ| tin)|[Kk]hu phố|[Kk]hu dân cư|[Bb]ộ(?! phận|[^,]{0,12} tiêu chí)|[Bb]ộ phận|[Tt]rường(?! hợp)|[Tt]rung tâm|[Hh]ội(?! nghị)|' +
  '[Cc]ông ty|[Hh]ợp tác xã|[Tt]ổ chức|[Cc]á nhân|[Tt]ập đoàn|hộ gia đình|[Ll]ực lượng|[Cc]ơ sở|[Cc]hủ đầu tư|[Nn]hà thầu|[Vv]ụ(?! việc| án)|[Cc]ục|[Cc]hi cục|[Vv]iện|[Cc]ông chức|[Đđ]ồng chí|ông(?:, bà)?|chủ rừng|chủ đầu tư|ấp|buôn|làng|xóm|khóm|sóc|tiểu khu|nhóm|trạm|hạt|ngân hàng|nhà mạng|tỉnh (?:ủy|uỷ)|thành (?:ủy|uỷ)|đảng (?:ủy|uỷ)';

/** Groups of units, and units that the paper does not name one by one. */
export const GROUP = `[Cc]ác (?:${GROUPED})|Sở, ban, ngành|[Đđ]ơn vị(?! sự nghiệp công lập tự)`;

const PREDICATE_LIST =
  'chủ trì|phối hợp|kết hợp|tham mưu|chịu trách nhiệm|có trách nhiệm|có nhiệm vụ|có văn bản|có ý kiến|có kế hoạch|có giải pháp|có biện pháp|cần|phải|' +
  'nghiêm túc|chủ động|xây dựng(?! pháp luật)|tổ chức(?! pháp chế| có liên quan| liên quan| khác| chính trị| đoàn thể| cán bộ| xã hội|, cá nhân)|triển khai|thực hiện|tăng cường|' +
  'rà soát|thường xuyên|theo dõi|kiểm tra|đôn đốc|hướng dẫn|bố trí|kiện toàn|tiếp tục|ưu tiên|căn cứ|báo cáo|kịp thời|khẩn trương|định kỳ|' +
  'phản ánh|tổng hợp|lập|đẩy mạnh|phát huy|để|trong việc|trong công tác|trong quá trình|nhằm|theo|đồng thời|đảm bảo|bảo đảm|chỉ đạo|giúp|' +
  'thẩm định|hỗ trợ|cung cấp|huy động|tuyên truyền|vận động|là|quán triệt|phổ biến|đề xuất|khảo sát|đánh giá|quan tâm|giải quyết|nâng cao|' +
  'tạo điều kiện|gửi|trình|về(?= việc| công tác)|tham gia|nghiên cứu|ban hành|hoàn thành|hoàn thiện|đăng ký|lồng ghép|tập trung|làm tốt|tuyển|cử|' +
  'phân công|thông tin|thông báo|niêm yết|định hướng|tiếp dân|tiếp công dân|trả lời|cân đối|cấp(?! ủy| uỷ| tỉnh| huyện| xã| thành phố| quận| phường| cơ sở| trên| dưới)|' +
  'mở|viết|soạn|biên soạn|phát(?! triển| thanh| hành)|phát động|giám sát|vận hành|cập nhật|công bố|công khai|đăng tải|chuẩn bị|bàn giao|tiếp nhận|giải ngân|giới thiệu|' +
  'khảo nghiệm|lắp đặt|lắp|đưa|rà|kê khai|kiểm kê|kiểm soát(?! bệnh| thủ tục)|quản lý(?! nhà nước| dự án| đường| rừng| vận hành)|sử dụng|duy trì|nắm|giao(?! thông)|giữ|xử lý|xem xét|chấn chỉnh|khắc phục|' +
  'phê duyệt|quyết định|đề nghị|yêu cầu|kiến nghị|đăng|in|cấp phát|thu|thu gom|thi công|sửa chữa|nạo vét|trồng|chăm sóc|tuần tra|tập huấn|đào tạo(?! bồi dưỡng cán bộ)|' +
  'bồi dưỡng(?! chính trị)|tư vấn|điều tra|thống kê|phân loại|số hóa|số hoá|kết nối|khai thác|chia sẻ|liên hệ|làm việc|chuyển|nộp|ký|vào cuộc|gương mẫu|' +
  'cam kết|phát dọn|phát hiện|phòng ngừa|ngăn chặn|đấu tranh|điều hành|điều chỉnh|bổ sung|tính toán|xác định|lựa chọn|mua sắm|trang bị|quy hoạch(?! và| đô thị)|' +
  'thành lập|thiết lập|củng cố|đổi mới|cải cách|đơn giản|rút ngắn|thúc đẩy|khuyến khích|tôn vinh|khen thưởng|biểu dương|xét|bình xét|thí điểm|nhân rộng|' +
  'sơ kết|tổng kết|đến(?= từng| nhà| nay)|còn|vẫn|được(?! giao| phân công)|sẽ|không|chậm nhất|trước(?= ngày| \\d)|hằng|hàng(?= ngày| tuần| tháng| quý| năm)|cùng phối hợp|' +
  'quy định|làm(?! nhiệm vụ| công tác)|rút kinh nghiệm|gắn|gắn kết|tiến hành|hợp đồng|thuê|trực(?! thuộc)|trực tiếp|nhắc nhở|xử phạt|đình chỉ|tháo dỡ|cưỡng chế|giải tỏa|thanh tra(?= việc|,)|thanh toán|quyết toán|phân bổ|ủy quyền|tăng|nhận|mời|lấy|khoanh vùng|chọn|treo|vệ sinh|phun|tiêm|tiêu hủy|áp dụng|đề ra|thống nhất|kiểm định|lãnh đạo(?! các [BbSs])|trao đổi|cảnh báo|' +
  'dự báo|chấp hành|tuân thủ|đóng góp|khai báo|liên kết|xúc tiến|phát triển(?! nông thôn| hợp tác xã| rừng| quỹ đất| đô thị| hạ tầng)|thu hồi|thu hút|di dời|sắp xếp|cụ thể h(?:óa|oá)|trên cơ sở|trân trọng|xin trân trọng';
/** What begins the predicate, so that the name before it is complete. Some of these words also occur inside names and are guarded. */
export const PREDICATES: readonly string[] = PREDICATE_LIST.match(/(?:[^|(]|\([^)]*\))+/gu) ?? [];

/** The fields after which departments, divisions and ministries are named. */
const FIELDS =
  'Nội vụ|Tư pháp|Tài chính|Kế hoạch|Kế toán|Đầu tư|Công [Tt]hương|Nông nghiệp|Phát triển [Nn]ông thôn|PTNT|Môi trường|Tài nguyên|Giao thông [Vv]ận tải|Giao thông công chính|Giao thông|' +
  'Xây dựng|Quy hoạch|Kiến trúc|Lao động|Thương binh|Xã hội|Giáo dục|Đào tạo|Y tế|Văn h(?:óa|oá)|Thể thao|Du lịch|Thông tin|Truyền thông|Khoa học|Công nghệ|Ngoại vụ|' +
  'Dân tộc|Tôn giáo|Quốc phòng|Kinh tế|Hạ tầng|Đô thị|Quản lý đô thị|Thủy lợi|Thuỷ lợi|Kiểm lâm|Thuế|Hải quan|Thống kê|Quản lý thị trường|Thú y|Chăn nuôi|' +
  'Hành chính|Tổng hợp|Pháp chế|Tổ chức [Cc]án bộ|Dân số|Trồng trọt|Bảo vệ [Tt]hực vật|Lâm nghiệp|Thủy sản|Thuỷ sản|Công an|Ngoại giao|Vận tải';
const JOIN = '(?:,\\s|\\svà\\s|\\s[-–]\\s|-)';
const LEVEL =
  '(?:(?:cấp\\s)?(?:tỉnh|Tỉnh|thành phố|Thành phố|huyện|quận|thị xã|thị trấn|xã|phường|đặc khu|Quận|Huyện|Thị xã))(?!\\p{L})';
const PLACE = "(?:\\s(?:\\p{Lu}[\\p{Ll}\u2019']+|\\d{1,2})(?!\\p{L}))";
const LEVELS = `(?:\\s(?:các\\s|\\d{1,3}\\s)?${LEVEL}(?:${JOIN}${LEVEL})*)?${PLACE}{0,4}`;

/** Names that are complete by the rules of naming, whatever verb follows: field and level. */
export const STANDARD_NAME = new RegExp(
  `^(?:Ban (?:[Cc]hỉ đạo|[Cc]hỉ huy)\\s[^.;:]{0,80}?\\s${LEVEL}${PLACE}{0,4}|(?:Sở|Phòng|Bộ|Ban|Chi cục)\\s(?:${FIELDS})(?!\\p{L})(?:${JOIN}(?:${FIELDS})(?!\\p{L}))*${LEVELS}` +
    `|(?:Chủ tịch\\s|Phó Chủ tịch\\s|Thường trực\\s)?(?:UBND|HĐND|(?:Ủy|Uỷ) ban nhân dân|Hội đồng nhân dân)(?:\\s(?:các|\\d{1,3}))?\\s${LEVEL}(?:${JOIN}${LEVEL})*${PLACE}{0,4}` +
    `|(?:Công an|Văn phòng UBND|Văn phòng (?:HĐND|Hội đồng nhân dân) và (?:UBND|(?:Ủy|Uỷ) ban nhân dân)|Thanh tra|(?:Ủy|Uỷ) ban Mặt trận Tổ quốc(?: Việt Nam)?|Hội Nông dân|Hội Phụ nữ|Hội Liên hiệp Phụ nữ|Hội Cựu chiến binh|Đoàn Thanh niên|Liên đoàn Lao động|Bảo hiểm xã hội|Đài (?:Phát thanh|Truyền thanh|Truyền hình)(?:(?: và | - )Truyền hình)?|Trung tâm Y tế)\\s${LEVEL}${PLACE}{0,4})`,
  'u',
);
const PROPER = '\\p{Lu}\\p{Ll}+\\s\\p{Lu}\\p{Ll}+';
const NAME_BEFORE = new RegExp(`(?:(?:${FIELDS}|Địa chính|Phát thanh|Truyền thanh)|${PROPER})$`, 'u');
const NAME_AFTER = new RegExp(`^(?:(?:${FIELDS}|Truyền hình)(?!\\p{L})|\\p{Lu}\\p{Ll}+(?:\\s\\p{Lu}\\p{Ll}+|[,;.]))`, 'u');

/** Whether a hyphen joins two parts of one name: "Phòng Tài chính - Kế hoạch", "Bà Rịa - Vũng Tàu". */
export function joinsName(before: string, after: string): boolean {
  return NAME_BEFORE.test(before) && NAME_AFTER.test(after);
}

/** Words after a complete name that still belong to it. */
export const NAME_GOES_ON =
  /^(?:,|;|\s+(?:và|cùng|có liên quan|liên quan|trực thuộc|thuộc|trên địa bàn|nơi|của|ở|tại|trong|ngoài|khác|quản lý|loại|phụ trách)(?!\p{L})|\s+[-–]\s|\s+\p{Lu}|\s+\d|\s*\(|\/|\s*$|\s*[.:])/u;
