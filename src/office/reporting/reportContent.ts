import { isObject, type Json, type JsonObject } from '../../engine/json.js';
import { figureFault, parseFigure, typedDecimal } from './figures.js';
import type { FigureItem, FormItem, ReportForm, TableItem } from './form.js';
import type { Answer, DutySection, UnitReport } from './report.js';
import type { ReportedDuty } from './reportDuties.js';

/** Most sections of one report: more duties than any unit ever had under one plan. */
export const reportSectionsMax = 300;
/** Longest text that is kept of what was typed for a figure. */
export const typedCharsMax = 200;

/** Answers as they were typed: figures as text, tables as rows of texts. */
export type TypedAnswers = Readonly<Record<string, string | boolean | readonly Readonly<Record<string, string>>[]>>;

/** A report as it was typed, by duty. */
export interface TypedReport {
  readonly sections: readonly { readonly assignment: string; readonly answers: TypedAnswers }[];
  readonly answers: TypedAnswers;
}

/** A JSON pointer's step. */
const step = (name: string | number): string => `/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`;

/**
 * What was typed as the content of a report. Figures become canonical decimal texts; what is none is kept as typed, in `typed` alone. A
 * section keeps directive, clause and title of its duty as `duties` or the draft `before` have them; a duty that neither knows is left out.
 */
export function reportFromTyped(
  typed: TypedReport,
  around: {
    readonly form: ReportForm;
    readonly hash: string;
    readonly duties: readonly ReportedDuty[];
    readonly before: UnitReport | null;
    /** The report's instance. */
    readonly of: string;
  },
): UnitReport {
  const { form, hash, duties, before, of } = around;
  const known = new Map<string, Omit<DutySection, 'answers'>>([
    ...(before?.sections ?? []).map(
      ({ assignment, directive, clause, title }) => [assignment, { assignment, directive, clause, title }] as const,
    ),
    ...duties.map(({ id, directive, clause, title }) => [id, { assignment: id, directive, clause, title }] as const),
  ]);
  const kept: Record<string, string> = {};
  const sections = typed.sections
    .filter(({ assignment }) => known.has(assignment))
    .slice(0, reportSectionsMax)
    .map(({ assignment, answers }, index): DutySection => {
      const section = known.get(assignment) as Omit<DutySection, 'answers'>;
      return { ...section, answers: answersOf(answers, form.perDuty, `/sections/${index}/answers`, kept) };
    });
  const answers = answersOf(typed.answers, form.once, '/answers', kept);
  return { kind: 'report', form: hash, sections, answers, of, ...(Object.keys(kept).length === 0 ? {} : { typed: kept }) };
}

function answersOf(
  typed: TypedAnswers,
  items: readonly FormItem[],
  place: string,
  kept: Record<string, string>,
): Readonly<Record<string, Answer>> {
  return Object.fromEntries(
    items.flatMap((item): readonly (readonly [string, Answer])[] => {
      const given = Object.hasOwn(typed, item.code) ? typed[item.code] : undefined;
      if (given === undefined) return [];
      const answer = answerOf(given, item, place + step(item.code), kept);
      return answer === null ? [] : [[item.code, answer]];
    }),
  );
}

function answerOf(given: TypedAnswers[string], item: FormItem, place: string, kept: Record<string, string>): Answer | null {
  if (item.kind === 'figure') return typeof given === 'string' ? figureOf(given, item, place, kept) : null;
  if (item.kind === 'yesNo') return typeof given === 'boolean' ? given : null;
  if (item.kind === 'narrative') return typeof given === 'string' && given.trim() !== '' ? given : null;
  return Array.isArray(given) ? rowsOf(given, item, place, kept) : null;
}

function rowsOf(
  given: readonly Readonly<Record<string, string>>[],
  { columns }: TableItem,
  place: string,
  kept: Record<string, string>,
): Answer | null {
  const filled = given.filter((row) => columns.some(({ code }) => Object.hasOwn(row, code) && (row[code] ?? '').trim() !== ''));
  const rows = filled.map((row, index) =>
    Object.fromEntries(
      columns.map((column) => {
        const text = Object.hasOwn(row, column.code) ? (row[column.code] ?? '') : '';
        const at = `${place}/${index}${step(column.code)}`;
        return [column.code, column.kind === 'figure' ? (figureOf(text, column, at, kept) ?? '') : text.trim()];
      }),
    ),
  );
  return rows.length === 0 ? null : rows;
}

type Column = Pick<FigureItem, 'unit' | 'decimals' | 'min' | 'max'>;

function figureOf(text: string, item: Column, place: string, kept: Record<string, string>): string | null {
  if (text.trim() === '') return null;
  const read = parseFigure(text, item);
  if ('fault' in read) kept[place] = text.slice(0, typedCharsMax);
  else if (text !== typedDecimal(read.value, item)) kept[place] = text.slice(0, typedCharsMax);
  return 'fault' in read ? null : read.value;
}

/** A figure as it is shown in its field: as it was typed, else as it is printed. */
export function shownFigure(report: UnitReport, place: string, value: string | undefined, item: Column): string {
  const typed = report.typed !== undefined && Object.hasOwn(report.typed, place) ? report.typed[place] : undefined;
  return typed ?? (value === undefined || value === '' ? '' : typedDecimal(value, item));
}

/**
 * The report with which a unit begins: a section for each duty, its first narrative filled with what the unit said when it completed the
 * duty. What is only known from elsewhere (the last report) is a hint of the page and never content.
 */
export function firstReport(form: ReportForm, hash: string, duties: readonly ReportedDuty[]): UnitReport {
  const narrative = form.perDuty.find(({ kind }) => kind === 'narrative');
  return {
    kind: 'report',
    form: hash,
    sections: duties.slice(0, reportSectionsMax).map(({ id, directive, clause, title, result, evidence }) => ({
      assignment: id,
      directive,
      clause,
      title,
      answers: { ...saidIn(result, narrative), ...figuresIn(evidence, form.perDuty) },
    })),
    answers: {},
  };
}

function saidIn(result: string | null, narrative: FormItem | undefined): Readonly<Record<string, Answer>> {
  return result === null || narrative?.kind !== 'narrative' ? {} : { [narrative.code]: result.slice(0, narrative.charsMax) };
}

/** The figures of the evidence that the form asks for by the same name and unit, as far as they fit it. */
function figuresIn(evidence: ReportedDuty['evidence'], items: readonly FormItem[]): Readonly<Record<string, Answer>> {
  return Object.fromEntries(
    items.flatMap((item): readonly (readonly [string, string])[] => {
      if (item.kind !== 'figure') return [];
      const same = evidence.find(({ name, measure }) => name === item.label.vi && measure === item.unit);
      return same === undefined || figureFault(same.value, item) !== null ? [] : [[item.code, same.value]];
    }),
  );
}

/** A stored content as a report; null for what has not its shape. */
export function unitReportOf(value: Json): UnitReport | null {
  if (!isObject(value) || value.kind !== 'report' || typeof value.form !== 'string') return null;
  const { sections, answers, typed, of } = value;
  if (of !== undefined && typeof of !== 'string') return null;
  if (!Array.isArray(sections) || sections.length > reportSectionsMax || !areAnswers(answers)) return null;
  if (!sections.every(isSection)) return null;
  const texts = typed === undefined || (isObject(typed) && Object.values(typed).every((text) => typeof text === 'string'));
  const known = Object.keys(value).every((name) => ['kind', 'form', 'sections', 'answers', 'typed', 'of'].includes(name));
  return texts && known ? (value as unknown as UnitReport) : null;
}

/** What is made by the system alone, and where it may be shown: a report under its own instance, what is counted or declared under none. */
const MADE: ReadonlySet<string> = new Set(['rollup', 'reportForm', 'report']);

/** Whether a content is one that only the system makes: a roll-up, a form, a report, or a paper that bears sources. */
export function isReserved(content: JsonObject): boolean {
  return (typeof content.kind === 'string' && MADE.has(content.kind)) || 'sources' in content || 'rollup' in content;
}

/** Whether a stored content may stand under an instance: nobody reads another's report, or a roll-up, by putting its hash into what is his. */
export function standsUnder(content: Json, { id, definition }: { readonly id: string; readonly definition: string }): boolean {
  if (!isObject(content) || typeof content.kind !== 'string' || !MADE.has(content.kind)) return true;
  return content.kind === 'report' && definition === 'report' && (content.of === undefined || content.of === id);
}

const sectionTexts = ['assignment', 'directive', 'clause', 'title'] as const;

function isSection(value: Json): boolean {
  if (!isObject(value) || Object.keys(value).length !== sectionTexts.length + 1) return false;
  return sectionTexts.every((name) => typeof value[name] === 'string') && areAnswers(value.answers);
}

function areAnswers(value: Json | undefined): value is JsonObject {
  return value !== undefined && isObject(value) && Object.values(value).every(isAnswer);
}

function isAnswer(value: Json): boolean {
  if (typeof value === 'string' || typeof value === 'boolean') return true;
  return (
    Array.isArray(value) && value.every((row) => isObject(row) && Object.values(row).every((text) => typeof text === 'string'))
  );
}
