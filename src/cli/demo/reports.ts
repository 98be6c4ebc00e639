import { printedDay } from '../../office/papers/printedWords.js';
import type { ReportContent } from '../../office/papers/reportContent.js';
import type { Duty } from './assignments.js';

const DONE = [
  'Đã hoàn thành ngày {day}, tự đánh giá đạt yêu cầu.',
  'Hoàn thành ngày {day}; đã lưu hồ sơ kết quả tại đơn vị.',
  'Đã làm xong ngày {day}, không phát sinh vướng mắc.',
];
const RUNNING = [
  'Đang thực hiện, ước đạt {share}% khối lượng, đúng tiến độ.',
  'Đã phân công người phụ trách; ước đạt {share}% khối lượng.',
  'Đang thực hiện, ước đạt {share}%; cần thêm sự phối hợp của các đơn vị liên quan.',
  'Đã triển khai đến cán bộ, công chức; ước đạt {share}% khối lượng.',
];

/** A unit's report for the `quarter`-th quarter (0 to 3): made up, the same in every run, and true to the standing of its duties. */
export function reportOf(unit: number, quarter: number, duties: readonly Duty[]): ReportContent {
  const sections = duties.map((duty, index) => {
    const turn = unit * 7 + index * 3 + quarter * 5;
    const share = Math.min(95, 15 + quarter * 20 + (turn % 4) * 5);
    const text =
      duty.confirmedOn === null
        ? (RUNNING[turn % RUNNING.length] ?? '').replace('{share}', String(share))
        : (DONE[turn % DONE.length] ?? '').replace('{day}', printedDay(duty.confirmedOn));
    return { clause: duty.clause, text };
  });
  return {
    sections,
    figures: {
      'Số cuộc họp, hội nghị triển khai': 1 + ((unit + quarter) % 4),
      'Số lượt người tham dự': 40 + ((unit * 13 + quarter * 29) % 90),
      'Số kiến nghị, phản ánh đã giải quyết': 3 + ((unit * 5 + quarter * 11) % 17),
    },
  };
}
