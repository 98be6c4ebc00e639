import type { Json } from '../../engine/json.js';
import { figureFault, parseFigure } from './figures.js';
import type { FigureItem, FormItem, ReportForm, TableItem } from './form.js';
import type { Answer, UnitReport } from './report.js';
import { unitReportOf } from './reportContent.js';
import type { ReportedDuty } from './reportDuties.js';

/** What the report of a unit is judged by; read when a requirement asks for `report`. */
export interface GivenReport {
  readonly content: Json | null;
  readonly form: ReportForm | null;
  /** The hash of that form. */
  readonly hash: string;
  readonly duties: readonly ReportedDuty[];
}

/** One thing that is wrong with a report. Its sentence stands under `reportFindings.<code>`. */
export interface ReportFinding {
  readonly code: string;
  /** JSON pointer into the report; of a missing section the place where it belongs. */
  readonly place: string;
  readonly severity: 'blocking' | 'warning';
  /** The item or the duty that it is about. */
  readonly label: { readonly vi: string; readonly en: string };
  readonly params: Readonly<Record<string, string | number>>;
}

type Label = ReportFinding['label'];
type Params = ReportFinding['params'];

const both = (text: string): Label => ({ vi: text, en: text });
const finding = (code: string, place: string, label: Label, params: Params = {}): ReportFinding => ({
  code,
  place,
  severity: 'blocking',
  label,
  params,
});

/**
 * Everything that is wrong with a report: against its form, item by item, and against the duties of the unit that are open in the period.
 * All at once, each with its place. A draft may have findings; one that blocks keeps the report from being sent.
 */
export function reportFindings(report: UnitReport, form: ReportForm, duties: readonly ReportedDuty[]): readonly ReportFinding[] {
  const told = new Set(report.sections.map(({ assignment }) => assignment));
  const own = new Set(duties.map(({ id }) => id));
  const sections = report.sections.flatMap(({ assignment, answers, clause, title }, index) => {
    const place = `/sections/${index}`;
    const twice = report.sections.findIndex((other) => other.assignment === assignment) < index;
    return [
      ...(twice ? [finding('dutyTwice', place, both(named(clause, title)))] : []),
      ...(own.has(assignment)
        ? []
        : [{ ...finding('dutyGone', place, both(named(clause, title))), severity: 'warning' as const }]),
      ...answerFindings(report, answers, form.perDuty, `${place}/answers`),
    ];
  });
  const missing = duties
    .filter(({ id }) => !told.has(id))
    .map(({ clause, title, id }) => finding('dutyMissing', '/sections', both(named(clause, title)), { duty: id }));
  return [...missing, ...sections, ...answerFindings(report, report.answers, form.once, '/answers')];
}

function named(clause: string, title: string): string {
  return clause === '' ? title : `${clause} ${title}`;
}

function answerFindings(
  report: UnitReport,
  answers: Readonly<Record<string, Answer>>,
  items: readonly FormItem[],
  place: string,
): readonly ReportFinding[] {
  const unknown = Object.keys(answers).filter((code) => !items.some((item) => item.code === code));
  return [
    ...unknown.map((code) => finding('answerUnknown', `${place}/${code}`, both(code))),
    ...items.flatMap((item) => {
      const answer = Object.hasOwn(answers, item.code) ? answers[item.code] : undefined;
      return itemFindings(report, answer, item, `${place}/${item.code}`);
    }),
  ];
}

function itemFindings(report: UnitReport, answer: Answer | undefined, item: FormItem, place: string): readonly ReportFinding[] {
  if (item.kind === 'figure') return figureFindings(report, answer, item, place);
  if (answer === undefined) return item.required ? [finding('answerMissing', place, item.label)] : [];
  switch (item.kind) {
    case 'yesNo':
      return typeof answer === 'boolean' ? [] : [finding('answerKind', place, item.label)];
    case 'narrative':
      if (typeof answer !== 'string') return [finding('answerKind', place, item.label)];
      if (answer.trim() === '') return item.required ? [finding('answerMissing', place, item.label)] : [];
      return answer.length > item.charsMax
        ? [finding('narrativeTooLong', place, item.label, { length: answer.length, max: item.charsMax })]
        : [];
    case 'table':
      return Array.isArray(answer)
        ? tableFindings(report, answer as readonly Readonly<Record<string, string>>[], item, place)
        : [finding('answerKind', place, item.label)];
  }
}

function figureFindings(
  report: UnitReport,
  answer: Answer | undefined,
  item: Pick<FigureItem, 'unit' | 'decimals' | 'min' | 'max' | 'label'> & { readonly required: boolean },
  place: string,
): readonly ReportFinding[] {
  const typed = report.typed !== undefined && Object.hasOwn(report.typed, place) ? report.typed[place] : undefined;
  const empty = answer === undefined || answer === '';
  if (typed !== undefined) {
    const read = parseFigure(typed, item);
    if ('fault' in read) return [finding(read.fault.code, place, item.label, { ...read.fault.params, typed })];
    if (read.value !== answer) return [finding('figureOther', place, item.label, { typed })];
  }
  if (empty) return item.required ? [finding('answerMissing', place, item.label)] : [];
  if (typeof answer !== 'string') return [finding('answerKind', place, item.label)];
  const fault = figureFault(answer, item);
  return fault === null ? [] : [finding(fault.code, place, item.label, { ...fault.params, typed: answer })];
}

function tableFindings(
  report: UnitReport,
  rows: readonly Readonly<Record<string, string>>[],
  item: TableItem,
  place: string,
): readonly ReportFinding[] {
  if (rows.length > item.rowsMax) return [finding('tableTooLong', place, item.label, { count: rows.length, max: item.rowsMax })];
  if (rows.length === 0) return item.required ? [finding('answerMissing', place, item.label)] : [];
  return rows.flatMap((row, index) => {
    const known = item.columns.map(({ code }) => code);
    const strange = Object.keys(row).filter((code) => !known.includes(code));
    return [
      ...strange.map((code) => finding('columnUnknown', `${place}/${index}/${code}`, item.label, { column: code })),
      ...item.columns.flatMap((column) => {
        const at = `${place}/${index}/${column.code}`;
        const cell = Object.hasOwn(row, column.code) ? row[column.code] : undefined;
        if (column.kind === 'figure') return figureFindings(report, cell, { ...column, required: false }, at);
        return (cell ?? '').length > cellCharsMax
          ? [finding('narrativeTooLong', at, column.label, { length: (cell ?? '').length, max: cellCharsMax })]
          : [];
      }),
    ];
  });
}

/** Longest text in one cell of a table. */
export const cellCharsMax = 1_000;

/** What blocks the sending of a report. A content that is none, or answers another form than the period's, blocks as a whole. */
export function soundnessOf(given: GivenReport | null): readonly ReportFinding[] {
  const whole = both('');
  if (given === null || given.form === null) return [finding('formGone', '', whole)];
  const report = given.content === null ? null : unitReportOf(given.content);
  if (report === null) return [finding('reportShape', '', whole)];
  if (report.form !== given.hash) return [finding('formOther', '/form', whole)];
  return reportFindings(report, given.form, given.duties).filter(({ severity }) => severity === 'blocking');
}
