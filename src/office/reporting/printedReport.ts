import type { JsonObject } from '../../engine/json.js';
import { printedDecimal } from './figures.js';
import type { FigureItem, FormItem, ReportForm } from './form.js';
import type { Answer, UnitReport } from './report.js';

/** One answer as it is printed: a text after its label, or a table below it. */
interface PrintedAnswer {
  readonly label: string;
  readonly text: string;
  /** Null for what is no table. */
  readonly table: { readonly heads: readonly string[]; readonly rows: readonly (readonly string[])[] } | null;
}

/**
 * The answers of a report in the order of its form, as a print shows them: a section for each duty, then what is told once. What was not
 * answered is left out; a figure has its unit of measure, a decimal comma and points between thousands.
 */
export function printedReport(form: ReportForm, { sections, answers }: UnitReport): JsonObject {
  return {
    sections: sections.map(({ clause, title, answers: own }) => ({ clause, title, answers: printed(form.perDuty, own) })),
    once: printed(form.once, answers),
  } as unknown as JsonObject;
}

function printed(items: readonly FormItem[], answers: Readonly<Record<string, Answer>>): readonly PrintedAnswer[] {
  return items.flatMap((item): readonly PrintedAnswer[] => {
    const answer = Object.hasOwn(answers, item.code) ? answers[item.code] : undefined;
    if (answer === undefined) return [];
    return [{ label: item.label.vi, ...shown(item, answer) }];
  });
}

function shown(item: FormItem, answer: Answer): Pick<PrintedAnswer, 'text' | 'table'> {
  if (typeof answer === 'boolean') return { text: answer ? 'Có' : 'Không', table: null };
  if (typeof answer === 'string') return { text: item.kind === 'figure' ? figure(item, answer) : answer, table: null };
  if (item.kind !== 'table') return { text: '', table: null };
  const heads = item.columns.map((column) =>
    column.kind === 'figure' ? `${column.label.vi} (${column.unit})` : column.label.vi,
  );
  const rows = answer.map((row) =>
    item.columns.map(({ kind, code }) => {
      const cell = row[code] ?? '';
      return kind === 'figure' && cell !== '' ? printedDecimal(cell) : cell;
    }),
  );
  return { text: '', table: { heads, rows } };
}

function figure({ unit }: Pick<FigureItem, 'unit'>, value: string): string {
  return value === '' ? '' : `${printedDecimal(value)} ${unit}`;
}
