import type { FormItem, ReportForm } from '../../src/office/reporting/form.js';
import type { TypedAnswers, TypedReport } from '../../src/office/reporting/reportContent.js';

/** What a unit answers once; with a section for each of its duties a report has thirty of them. */
const onceItems = 26;

const label = (vi: string) => ({ vi, en: vi });

/** Of ten items six are figures, two narratives, one a question and one a table: as the forms of real plans are. */
function itemOf(n: number): FormItem {
  const code = `muc${n}`;
  const turn = n % 10;
  if (turn === 7 || turn === 3)
    return {
      kind: 'narrative',
      code,
      label: label(`Đánh giá nội dung ví dụ ${n}`),
      required: true,
      charsMax: 2_000,
      merge: turn === 3 ? 'byHand' : 'join',
    };
  if (turn === 8) return { kind: 'yesNo', code, label: label(`Đã ban hành văn bản ví dụ ${n}`), required: true };
  if (turn === 9)
    return {
      kind: 'table',
      code,
      label: label(`Các lớp tập huấn ví dụ ${n}`),
      required: false,
      rowsMax: 20,
      columns: [
        { kind: 'text', code: 'ten', label: label('Tên lớp') },
        { ...figure('nguoi', 'Số người', 0), rule: 'sum' },
      ],
    };
  const rules = ['sum', 'sum', 'average', 'last', 'count'] as const;
  return { ...figure(code, `Chỉ tiêu ví dụ ${n}`, n % 3), rule: rules[n % rules.length] ?? 'sum', required: true };
}

function figure(code: string, text: string, decimals: number) {
  return { kind: 'figure' as const, code, label: label(text), unit: 'lượt', decimals, min: '0', max: null };
}

export const quarterForm: ReportForm = {
  kind: 'reportForm',
  id: 'quy-vi-du',
  version: 1,
  label: label('Báo cáo quý (ví dụ)'),
  perDuty: [
    {
      kind: 'narrative',
      code: 'ketQua',
      label: label('Kết quả thực hiện'),
      required: true,
      charsMax: 4_000,
      merge: 'sideBySide',
    },
    { ...figure('khoiLuong', 'Khối lượng', 1), rule: 'sum', required: true },
    { kind: 'yesNo', code: 'dungTienDo', label: label('Đúng tiến độ'), required: true },
  ],
  once: Array.from({ length: onceItems }, (_, index) => itemOf(index + 1)),
};

const words =
  'đã tổ chức triển khai đến từng khu phố rà soát hồ sơ phối hợp kiểm tra giải quyết kiến nghị của nhân dân cập nhật số liệu trong kỳ'.split(
    ' ',
  );

/** About 200 characters that no other unit, quarter and item has. */
function told(unit: number, quarter: number, item: number): string {
  let chance = unit * 7_919 + quarter * 104_729 + item * 1_299_709 + 1;
  const text = Array.from({ length: 40 }, () => {
    chance = (Math.imul(chance, 1_664_525) + 1_013_904_223) >>> 0;
    return words[(chance >>> 8) % words.length];
  });
  return `Đơn vị ${text.join(' ')}.`;
}

/** A figure as people type it: `1.234,5`. */
function typed(value: number, decimals: number): string {
  return value.toLocaleString('vi-VN', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}

function answersOf(items: readonly FormItem[], unit: number, quarter: number, place: number): TypedAnswers {
  return Object.fromEntries(
    items.map((item, index): [string, TypedAnswers[string]] => {
      const number = ((unit * 31 + quarter * 17 + (place + index) * 7) % 5_000) + 1;
      if (item.kind === 'figure') return [item.code, typed(number / 10 ** item.decimals, item.decimals)];
      if (item.kind === 'yesNo') return [item.code, number % 3 > 0];
      if (item.kind === 'narrative') return [item.code, told(unit, quarter, place + index)];
      return [
        item.code,
        Array.from({ length: 1 + (number % 3) }, (_, row) => ({ ten: `Lớp ${row + 1}`, nguoi: typed(number, 0) })),
      ];
    }),
  );
}

/** What the `unit`-th unit types for the `quarter`-th quarter: right in every item. */
export function typedReport(unit: number, quarter: number, assignments: readonly string[]): TypedReport {
  return {
    sections: assignments.map((assignment, index) => ({
      assignment,
      answers: answersOf(quarterForm.perDuty, unit, quarter, 100 * (index + 1)),
    })),
    answers: answersOf(quarterForm.once, unit, quarter, 0),
  };
}
