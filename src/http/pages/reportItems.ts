import type { Language } from '../../locales/sentences.js';
import { word } from '../../locales/sentences.js';
import { printedDecimal } from '../../office/reporting/figures.js';
import type { FormItem, TableItem } from '../../office/reporting/form.js';
import type { Answer, UnitReport } from '../../office/reporting/report.js';
import { shownFigure } from '../../office/reporting/reportContent.js';
import type { ReportFinding } from '../../office/reporting/reportFindings.js';

/** Rows that are offered beyond those that are filled. */
const emptyRows = 3;
const lineChars = 90;

interface CellView {
  readonly id: string;
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly shown: string;
  readonly numeric: boolean;
  readonly faults: readonly string[];
}

/** One item of a form as it is drawn; exactly one of the four kinds is set. */
export interface ItemView {
  readonly id: string;
  readonly name: string;
  readonly label: string;
  readonly required: boolean;
  readonly hint: string | null;
  readonly figure: boolean;
  readonly narrative: boolean;
  readonly yesNo: boolean;
  readonly table: { readonly head: readonly string[]; readonly rows: readonly (readonly CellView[])[] } | null;
  readonly value: string;
  readonly yes: boolean;
  readonly no: boolean;
  readonly lines: number;
  readonly charsMax: number;
  readonly faults: readonly string[];
  /** What was answered for the period before. */
  readonly last: string | null;
  /** The answer as it is read, and the former version of it where the two differ. */
  readonly shown: string;
  readonly before: string | null;
}

/** Where an item stands, and what is said of it elsewhere. */
export interface Around {
  readonly language: Language;
  readonly report: UnitReport;
  readonly findings: readonly (ReportFinding & { readonly sentence: string })[];
  /** JSON pointer of the answers. */
  readonly place: string;
  /** Prefix of the names of the fields. */
  readonly prefix: string;
  readonly last: Readonly<Record<string, Answer>> | null;
  readonly before: Readonly<Record<string, Answer>> | null;
}

function own(answers: Readonly<Record<string, Answer>> | null, code: string): Answer | undefined {
  return answers !== null && Object.hasOwn(answers, code) ? answers[code] : undefined;
}

/** An answer in words: figures as they are printed, rows line by line. */
export function answerInWords(language: Language, item: FormItem, answer: Answer | undefined): string {
  if (answer === undefined) return '';
  if (typeof answer === 'boolean') return word(language, answer ? 'reportYes' : 'reportNo');
  if (typeof answer !== 'string') return item.kind === 'table' ? answer.map((row) => rowInWords(item, row)).join('\n') : '';
  return item.kind === 'figure' && answer !== '' ? `${printedDecimal(answer)} ${item.unit}` : answer;
}

function rowInWords({ columns }: TableItem, row: Readonly<Record<string, string>>): string {
  return columns
    .map(({ code, kind }) => (kind === 'figure' && row[code] ? printedDecimal(row[code]) : (row[code] ?? '')))
    .filter((text) => text !== '')
    .join('; ');
}

export function itemView(item: FormItem, answers: Readonly<Record<string, Answer>>, around: Around): ItemView {
  const { language, report, place, prefix, findings } = around;
  const at = `${place}/${item.code}`;
  const answer = own(answers, item.code);
  const shown = answerInWords(language, item, answer) || (report.typed?.[at] ?? '');
  const last = answerInWords(language, item, own(around.last, item.code));
  const former = around.before === null ? null : answerInWords(language, item, own(around.before, item.code));
  const value =
    item.kind === 'figure'
      ? shownFigure(report, at, typeof answer === 'string' ? answer : undefined, item)
      : typeof answer === 'string'
        ? answer
        : '';
  return {
    id: `${prefix}.${item.code}`.replaceAll('.', '-'),
    name: `${prefix}.${item.code}`,
    label: item.label[language],
    required: item.kind !== 'table' ? item.required : item.required,
    hint: item.kind === 'figure' ? word(language, 'reportFigureHint', { unit: item.unit }) : null,
    figure: item.kind === 'figure',
    narrative: item.kind === 'narrative',
    yesNo: item.kind === 'yesNo',
    table: item.kind === 'table' ? tableView(item, answer, around) : null,
    value,
    yes: answer === true,
    no: answer === false,
    lines: Math.min(12, Math.max(3, Math.ceil(value.length / lineChars))),
    charsMax: item.kind === 'narrative' ? item.charsMax : 200,
    faults: findings.filter((one) => one.place === at).map(({ sentence }) => sentence),
    last: last === '' ? null : last,
    shown: shown === '' ? word(language, 'reportNothing') : shown,
    before:
      former === null || former === answerInWords(language, item, answer) ? null : former || word(language, 'reportNothing'),
  };
}

function tableView(item: TableItem, answer: Answer | undefined, around: Around): ItemView['table'] {
  const { language, report, place, prefix, findings } = around;
  const filled = Array.isArray(answer) ? (answer as readonly Readonly<Record<string, string>>[]) : [];
  const count = Math.min(item.rowsMax, filled.length + emptyRows);
  const rows = Array.from({ length: count }, (_, row) =>
    item.columns.map((column): CellView => {
      const at = `${place}/${item.code}/${row}/${column.code}`;
      const stored = filled[row]?.[column.code];
      const value = column.kind === 'figure' ? shownFigure(report, at, stored, column) : (stored ?? '');
      const name = `${prefix}.${item.code}.${row}.${column.code}`;
      return {
        id: name.replaceAll('.', '-'),
        name,
        label: `${item.label[language]}, ${word(language, 'reportRow', { row: row + 1 })}, ${column.label[language]}`,
        value,
        shown: column.kind === 'figure' && stored ? printedDecimal(stored) : value,
        numeric: column.kind === 'figure',
        faults: findings.filter((one) => one.place === at).map(({ sentence }) => sentence),
      };
    }),
  );
  const head = item.columns.map((column) =>
    column.kind === 'figure' ? `${column.label[language]} (${column.unit})` : column.label[language],
  );
  return { head, rows };
}
