import type { DutyState } from '../reporting/standings.js';
import type { ReportState } from './facts.js';

export type ProgressLanguage = 'vi' | 'en';
type Words = Readonly<Record<ProgressLanguage, string>>;
const w = (vi: string, en: string): Words => ({ vi, en });

/** How a duty stands, as the Prime Minister's follow-up forms say it. */
export const dutyWords: Readonly<Record<DutyState, Words>> = {
  early: w('Hoàn thành trước hạn', 'Done early'),
  onTime: w('Hoàn thành đúng hạn', 'Done on time'),
  late: w('Hoàn thành quá hạn', 'Done late'),
  running: w('Đang thực hiện, trong hạn', 'Running, in time'),
  overdue: w('Quá hạn chưa hoàn thành', 'Overdue'),
  notStarted: w('Chưa thực hiện', 'Not started'),
};

export const reportWords: Readonly<Record<ReportState, Words>> = {
  onTime: w('Gửi đúng hạn', 'Received in time'),
  late: w('Gửi quá hạn', 'Received late'),
  silent: w('Không báo cáo', 'Silent'),
  overdue: w('Quá hạn chưa gửi', 'Overdue'),
  awaited: w('Chưa đến hạn', 'Not due yet'),
};

/** One letter for a cell that has no room for words; told in the legend beside it, and legible without colour. */
export const reportMarks: Readonly<Record<ReportState, Words>> = {
  onTime: w('Đ', 'T'),
  late: w('Q', 'L'),
  silent: w('K', 'S'),
  overdue: w('!', '!'),
  awaited: w('–', '–'),
};

/** Words of the progress page, its plots, tables and sheets. */
const phrases = {
  title: w('Tiến độ thực hiện', 'Progress'),
  lead: w(
    'Số liệu tính từ hồ sơ tại thời điểm xem; mỗi con số mở ra danh sách đứng sau nó.',
    'Counted from what is recorded when you look; every number opens the list behind it.',
  ),
  own: w('Chỉ gồm những gì bạn được xem.', 'Only what you may read is counted.'),
  asOf: w('Thời điểm', 'As of'),
  fromRollup: w('Số liệu đã chốt lúc', 'Closed figures, taken'),
  quarter: w('Quý', 'Quarter'),
  unit: w('Đơn vị', 'Unit'),
  state: w('Tình trạng', 'Standing'),
  allUnits: w('Tất cả đơn vị', 'All units'),
  allStates: w('Tất cả', 'All'),
  show: w('Xem', 'Show'),
  now: w('Đến nay', 'Until now'),
  duties: w('Nhiệm vụ', 'Duties'),
  duty: w('Nhiệm vụ', 'Duty'),
  reports: w('Báo cáo', 'Reports'),
  report: w('Báo cáo', 'Report'),
  total: w('Tổng số', 'Total'),
  asked: w('Phải gửi trong kỳ', 'Asked for'),
  received: w('Đã nhận', 'Received'),
  completeness: w('Tỷ lệ đã nhận', 'Completeness'),
  completenessHow: w('số đã nhận trên số đã đến hạn', 'received, of those due'),
  timeliness: w('Tỷ lệ đúng hạn', 'Timeliness'),
  timelinessHow: w('số gửi đúng hạn trên số đã nhận', 'in time, of those received'),
  doneRate: w('Tỷ lệ hoàn thành', 'Done'),
  doneRateHow: w('số đã hoàn thành trên tổng số nhiệm vụ', 'done, of all duties'),
  inTimeRate: w('Hoàn thành đúng hạn', 'Done in time'),
  inTimeHow: w('số hoàn thành trước hạn và đúng hạn trên số đã hoàn thành', 'early or on time, of those done'),
  noShare: w('chưa có', 'none yet'),
  suspended: w('trong đó tạm hoãn', 'of which suspended'),
  unconfirmed: w('trong đó chờ xác nhận', 'of which awaiting confirmation'),
  byUnit: w('Theo đơn vị', 'By unit'),
  gridTitle: w('Báo cáo của đơn vị theo quý', 'Reports by unit and quarter'),
  gridDesc: w(
    'Mỗi dòng một đơn vị, mỗi cột một quý: tình trạng báo cáo và số nhiệm vụ đã hoàn thành trên tổng số.',
    'A row for each unit and a column for each quarter: how its report stands, and its duties done of all.',
  ),
  gridGrouped: w(
    'Gộp theo cơ quan cấp trên: số báo cáo đã nhận trên số phải gửi; màu đỏ là thiếu quá một phần mười.',
    'By parent body: reports received of those asked for; red is more than a tenth missing.',
  ),
  burnTitle: w('Nhiệm vụ hoàn thành so với nhiệm vụ đến hạn', 'Duties done against duties due'),
  burnDesc: w('Số cộng dồn theo tuần.', 'Cumulated by week.'),
  burnDue: w('Đến hạn', 'Due'),
  burnDone: w('Hoàn thành', 'Done'),
  week: w('Tuần đến ngày', 'Week until'),
  waitTitle: w('Thời gian ở mỗi trạng thái', 'Time in each state'),
  waitDesc: w('Số ngày làm việc: trung vị và phân vị 90.', 'Working days: median and 90th percentile.'),
  median: w('Trung vị', 'Median'),
  p90: w('Phân vị 90', '90th percentile'),
  workingDays: w('ngày làm việc', 'working days'),
  calendarDays: w('ngày', 'days'),
  stays: w('Số lượt', 'Stays'),
  openStays: w('Đang ở', 'Still in it'),
  waits: w('Ai đang chờ ai', 'Who waits for whom'),
  waiter: w('Bên chờ', 'Who waits'),
  waitsFor: w('Chờ', 'For whom'),
  since: w('Từ ngày', 'Since'),
  authority: w('Cơ quan giao việc', 'The ordering authority'),
  nothing: w('Không có.', 'Nothing.'),
  list: w('Danh sách', 'List'),
  moreRows: w('Còn nữa: xem trong tệp xuất ra.', 'There are more: see the exported file.'),
  table: w('Bảng số liệu', 'The same numbers as a table'),
  exports: w('Xuất dữ liệu', 'Export'),
  followUp: w('Phiếu theo dõi', 'Follow-up sheet'),
  followUpTitle: w('Phiếu theo dõi thực hiện nhiệm vụ của đơn vị', 'Follow-up sheet of a unit'),
  printable: w('Bản in (PDF)', 'Print (PDF)'),
  eventLog: w('Nhật ký sự kiện (OCEL)', 'Event log (OCEL)'),
  clause: w('Khoản, mục', 'Clause'),
  part: w('Vai trò', 'Part'),
  lead_: w('Chủ trì', 'Lead'),
  coordinate: w('Phối hợp', 'Co-operates'),
  dueOn: w('Hạn', 'Due'),
  doneOn: w('Ngày hoàn thành', 'Done on'),
  sentOn: w('Ngày gửi', 'Sent on'),
  period: w('Kỳ báo cáo', 'Period'),
  urged: w('Số lần đôn đốc', 'Times urged'),
  extended: w('Số lần gia hạn', 'Times extended'),
  returned: w('Số lần trả lại', 'Times returned'),
  corrected: w('Số lần đính chính', 'Times corrected'),
  carried: w('Chuyển kỳ', 'Carried over'),
  evidence: w('Kết quả, minh chứng', 'Result and evidence'),
  code: w('Mã hồ sơ', 'Code'),
  unitCode: w('Mã đơn vị', 'Unit code'),
  kind: w('Loại', 'Kind'),
  summary: w('Tổng hợp', 'Summary'),
  followed: w('Gia hạn, đôn đốc, ghi chú', 'Extensions, urgings, notes'),
  urgedOn: w('Đôn đốc ngày', 'Urged on'),
  timesMissing: w(
    'Có quá nhiều hồ sơ để tính trên một trang: hãy chọn một đơn vị hoặc một quý.',
    'There is too much to read for one page: choose a unit or a quarter.',
  ),
  unitsMissing: w(
    'Số liệu nhiệm vụ của quý này đã chốt theo khoản, mục; chọn một đơn vị để xem riêng đơn vị đó.',
    'The figures of this quarter were closed by clause; choose a unit to see its own.',
  ),
  back: w('Về văn bản', 'Back to the paper'),
  page: w('Trang', 'Page'),
} as const;

export type ProgressWord = keyof typeof phrases;

export function progressWord(language: ProgressLanguage, name: ProgressWord): string {
  return phrases[name][language];
}

/** All of them, for a strict template. */
export function progressWords(language: ProgressLanguage): Readonly<Record<ProgressWord, string>> {
  return Object.fromEntries(Object.entries(phrases).map(([name, words]) => [name, words[language]])) as Record<
    ProgressWord,
    string
  >;
}

/** Tenths of a percent as printed: 375 is `37,5%`, in English `37.5%`. */
export function percentShown(language: ProgressLanguage, perMille: number | null): string {
  if (perMille === null) return progressWord(language, 'noShare');
  return `${tenthsShown(language, perMille)}%`;
}

/** Tenths as a decimal: 15 is `1,5`, 20 is `2`. */
export function tenthsShown(language: ProgressLanguage, tenths: number): string {
  const [whole, rest] = [Math.floor(tenths / 10), tenths % 10];
  return rest === 0 ? String(whole) : `${whole}${language === 'vi' ? ',' : '.'}${rest}`;
}
