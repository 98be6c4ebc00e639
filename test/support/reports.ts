import type { ReportRead } from '../../src/office/reporting/buildRollup.js';
import type { DraftInput } from '../../src/office/reporting/draftPart.js';
import type { ReportForm } from '../../src/office/reporting/form.js';
import type { Answer, DutySection, UnitReport } from '../../src/office/reporting/report.js';
import type { Rollup } from '../../src/office/reporting/rollup.js';
import type { DutyStanding, ReportStanding } from '../../src/office/reporting/standings.js';
import { contentOf } from './builders.js';

const label = (vi: string) => ({ vi, en: vi });

/** A small form with each kind of item and rule. */
export const form: ReportForm = {
  kind: 'reportForm',
  id: 'quy',
  version: 1,
  label: label('Báo cáo quý'),
  perDuty: [
    { kind: 'narrative', code: 'ketQua', label: label('Kết quả'), required: true, charsMax: 4000, merge: 'sideBySide' },
    {
      kind: 'figure',
      code: 'luot',
      label: label('Số lượt tuyên truyền'),
      required: false,
      unit: 'lượt',
      decimals: 0,
      min: '0',
      max: null,
      rule: 'sum',
    },
  ],
  once: [
    {
      kind: 'figure',
      code: 'hoi',
      label: label('Số cuộc họp'),
      required: true,
      unit: 'cuộc',
      decimals: 0,
      min: '0',
      max: null,
      rule: 'sum',
    },
    {
      kind: 'figure',
      code: 'tyLe',
      label: label('Tỷ lệ hộ tham gia'),
      required: false,
      unit: '%',
      decimals: 2,
      min: '0',
      max: '100',
      rule: 'average',
    },
    {
      kind: 'figure',
      code: 'ho',
      label: label('Số hộ đăng ký'),
      required: false,
      unit: 'hộ',
      decimals: 0,
      min: null,
      max: null,
      rule: 'last',
    },
    {
      kind: 'figure',
      code: 'kien',
      label: label('Có kiến nghị'),
      required: false,
      unit: 'đơn vị',
      decimals: 0,
      min: null,
      max: null,
      rule: 'count',
    },
    { kind: 'yesNo', code: 'quyChe', label: label('Đã ban hành quy chế'), required: false },
    {
      kind: 'table',
      code: 'lop',
      label: label('Lớp tập huấn'),
      rowsMax: 20,
      required: false,
      columns: [
        { kind: 'text', code: 'ten', label: label('Tên lớp') },
        {
          kind: 'figure',
          code: 'nguoi',
          label: label('Số người'),
          unit: 'người',
          decimals: 0,
          min: null,
          max: null,
          rule: 'sum',
        },
      ],
    },
    { kind: 'narrative', code: 'khoKhan', label: label('Khó khăn, vướng mắc'), required: false, charsMax: 4000, merge: 'join' },
    { kind: 'narrative', code: 'deXuat', label: label('Đề xuất, kiến nghị'), required: false, charsMax: 4000, merge: 'byHand' },
  ],
};

export function section(clause: string, answers: Readonly<Record<string, Answer>>): DutySection {
  return { assignment: `a-${clause}`, directive: `d-${clause}`, clause, title: `Việc ${clause}`, answers };
}

export function unitReport(answers: Readonly<Record<string, Answer>>, sections: readonly DutySection[] = []): UnitReport {
  return { kind: 'report', form: contentOf('form'), sections, answers };
}

/** A unit's report as it was read: accepted on time unless told otherwise; null is a silent one. */
export function readReport(unit: string, content: UnitReport | null, more: Partial<ReportStanding> = {}): ReportRead {
  const standing: ReportStanding = {
    report: `r-${unit}`,
    revision: 5,
    unit,
    answeredBy: unit,
    submittedOn: content === null ? null : '2010-03-24',
    late: false,
    accepted: content === null ? null : contentOf(JSON.stringify(content)),
    ...more,
  };
  const name = (id: string) => id.replace(/^p/, 'Phường ');
  return { standing, name: name(unit), answeredByName: name(standing.answeredBy), content };
}

export function duty(clause: string, state: DutyStanding['state'], n = 0): DutyStanding {
  return {
    assignment: `a-${clause}-${n}`,
    revision: 3,
    directive: `d-${clause}`,
    clause,
    title: `Tổ chức tuyên truyền nội dung ${clause} trong cán bộ, công chức`,
    unit: `p${n}`,
    dueOn: '2010-06-30',
    state,
  };
}

/** What a paper is drafted from, around a roll-up and its reports. */
export function draftInput(rollup: Rollup, reports: readonly ReportRead[], more: Partial<DraftInput> = {}): DraftInput {
  return {
    plan: { number: 8, symbol: 'KH-UBND', issuedOn: '2010-02-09', title: 'Kế hoạch ví dụ', type: 'KH' },
    issuer: { superior: 'UBND THÀNH PHỐ VÍ DỤ', name: 'ỦY BAN NHÂN DÂN QUẬN VÍ DỤ' },
    abbreviation: 'UBND',
    place: 'Ví Dụ',
    label: 'Quý I năm 2010',
    labelBefore: null,
    asOf: '2010-03-31',
    rollup,
    rollupHash: contentOf('rollup'),
    form,
    reports: new Map(
      reports.flatMap(({ standing, content }): [string, UnitReport][] => (content === null ? [] : [[standing.report, content]])),
    ),
    parts: [],
    recipients: [{ name: 'Ủy ban nhân dân Thành phố', purpose: 'để báo cáo' }],
    ...more,
  };
}
