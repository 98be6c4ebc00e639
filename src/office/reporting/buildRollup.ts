import { averageOf, sumOf } from './figures.js';
import type { FigureItem, FigureRule, FormItem, ReportForm } from './form.js';
import type { Answer, UnitReport } from './report.js';
import type { Rollup, RollupClause, RollupFigure, RollupUnit } from './rollup.js';
import type { DutyStanding, ReportStanding } from './standings.js';

/** One report as it is read for a roll-up. */
export interface ReportRead {
  readonly standing: ReportStanding;
  /** Name of the unit for which it was opened, at the period's end. */
  readonly name: string;
  /** Name of the unit that answers for it now. */
  readonly answeredByName: string;
  /** What was accepted; null where nothing was. */
  readonly content: UnitReport | null;
}

export interface RollupInput {
  readonly plan: string;
  /** The period's instance. */
  readonly of: string;
  readonly period: string;
  readonly formHash: string;
  readonly form: ReportForm;
  /** Instant, ISO 8601 UTC. */
  readonly takenAt: string;
  /** In the order in which the units are listed in the paper. */
  readonly reports: readonly ReportRead[];
  readonly duties: readonly DutyStanding[];
  readonly before: { readonly hash: string; readonly rollup: Rollup } | null;
}

/** A figure without what follows from its values. */
export type FigureKind = Pick<RollupFigure, 'code' | 'label' | 'measure' | 'rule' | 'decimals'>;
export type GivenValue = RollupFigure['of'][number];
type YesNo = Rollup['yesNo'][number];

/**
 * The roll-up of one period. Pure: the same reports, duties and roll-up before give the same text, whatever the order in which duties
 * come. A figure is compared by its code, across versions of the form, and only where the unit of measure is the same.
 */
export function buildRollup(input: RollupInput): Rollup {
  const { reports, duties, before } = input;
  const gathered = gather(input.form, reports);
  return {
    kind: 'rollup',
    plan: input.plan,
    of: input.of,
    period: input.period,
    form: input.formHash,
    takenAt: input.takenAt,
    units: reports.map(unitOf),
    figures: gathered.figures.map(({ kind, of }) => figureOf(kind, of, before?.rollup ?? null)),
    ...clausesAndDuties(duties),
    yesNo: gathered.yesNo,
    before: before?.hash ?? null,
    parts: [],
  };
}

function unitOf({ standing, name, answeredByName, content }: ReportRead): RollupUnit {
  const { unit, answeredBy, report, revision, submittedOn, late, accepted } = standing;
  return {
    unit,
    name,
    answeredBy: answeredBy === unit ? null : { unit: answeredBy, name: answeredByName },
    report,
    revision,
    state: submittedOn === null ? 'silent' : late ? 'late' : 'onTime',
    submittedOn,
    content: content === null ? null : accepted,
  };
}

interface Gathered {
  readonly figures: { readonly kind: FigureKind; readonly of: GivenValue[] }[];
  readonly yesNo: YesNo[];
}

/** One set of answers of one report, under the code of the item with what is added for a clause. */
interface Told {
  readonly report: string;
  readonly answers: Readonly<Record<string, Answer>>;
}

/** What the form asks once, then what it asks of each duty, clause by clause in the order in which they are first told of. */
function gather(form: ReportForm, reports: readonly ReportRead[]): Gathered {
  const gathered: Gathered = { figures: [], yesNo: [] };
  const read = reports.flatMap(({ standing, content }) => (content === null ? [] : [{ report: standing.report, content }]));
  const once = read.map(({ report, content }): Told => ({ report, answers: content.answers }));
  for (const item of form.once) gatherItem(gathered, item, once, '');
  const clauses = new Map<string, Told[]>();
  for (const { report, content } of read)
    for (const { clause, answers } of content.sections)
      clauses.set(clause, [...(clauses.get(clause) ?? []), { report, answers }]);
  for (const [clause, told] of clauses) for (const item of form.perDuty) gatherItem(gathered, item, told, `@${clause}`);
  return gathered;
}

function gatherItem({ figures, yesNo }: Gathered, item: FormItem, told: readonly Told[], suffix: string): void {
  if (item.kind === 'yesNo') {
    // A unit with several duties under a clause is one unit, and says yes where it does so for each.
    const said = new Map<string, boolean>();
    for (const { report, answers } of told) {
      const answer = answers[item.code];
      if (typeof answer === 'boolean') said.set(report, answer && said.get(report) !== false);
    }
    const yes = [...said.values()].filter((answer) => answer).length;
    yesNo.push({ code: `${item.code}${suffix}`, label: item.label.vi, yes, of: said.size });
  }
  if (item.kind === 'figure') {
    const of = told.flatMap(({ report, answers }) => given(report, answers[item.code]));
    figures.push({ kind: kindOf(item, `${item.code}${suffix}`, item.label.vi), of });
  }
  if (item.kind !== 'table') return;
  for (const column of item.columns) {
    if (column.kind !== 'figure') continue;
    const of = told.flatMap(({ report, answers }) =>
      rowsOf(answers[item.code]).flatMap((row) => given(report, row[column.code])),
    );
    const label = `${item.label.vi}: ${column.label.vi}`;
    figures.push({ kind: kindOf(column, `${item.code}.${column.code}${suffix}`, label), of });
  }
}

function rowsOf(answer: Answer | undefined): readonly Readonly<Record<string, string>>[] {
  return Array.isArray(answer) ? (answer as readonly Readonly<Record<string, string>>[]) : [];
}

function given(report: string, answer: Answer | undefined): readonly GivenValue[] {
  return typeof answer === 'string' && answer !== '' ? [{ report, value: answer }] : [];
}

function kindOf(item: Pick<FigureItem, 'unit' | 'rule' | 'decimals'>, code: string, label: string): FigureKind {
  return { code, label, measure: item.unit, rule: item.rule, decimals: item.decimals };
}

/** The figure over what was given, beside the same one before. `group` says whose value is the last, where the rule is `last`. */
export function figureOf(
  kind: FigureKind,
  of: readonly GivenValue[],
  before: Rollup | null,
  group: (report: string) => string = (report) => report,
): RollupFigure {
  const value = valueUnder(kind, of, group);
  const earlier = before?.figures.find(
    ({ code, measure, rule }) => code === kind.code && measure === kind.measure && rule === kind.rule,
  );
  const known = earlier?.value ?? null;
  return { ...kind, value, of, before: known, change: value === null || known === null ? null : sumOf([value, negated(known)]) };
}

/**
 * `sum` and `count` as they say, over everything that was given; `average` exactly over the single values, rounded once, half up, at the
 * figure's decimals; `last` is a stock (số có đến cuối kỳ): what each unit gave in its last report, every row of a table, and these together.
 */
function valueUnder({ rule, decimals }: FigureKind, of: readonly GivenValue[], group: (report: string) => string): string | null {
  if (rule === 'count') return String(new Set(of.map(({ report }) => report)).size);
  if (of.length === 0) return null;
  const values = of.map(({ value }) => value);
  const rules: Readonly<Record<Exclude<FigureRule, 'count'>, () => string>> = {
    sum: () => sumOf(values),
    average: () => averageOf(values, decimals),
    last: () => sumOf(lastOf(of, group)),
  };
  return rules[rule]();
}

/** The values of the last report of each group: the rows of one table stand beside each other and are all of that report. */
function lastOf(of: readonly GivenValue[], group: (report: string) => string): readonly string[] {
  const last = new Map<string, { readonly report: string; readonly values: string[] }>();
  for (const { report, value } of of) {
    const known = last.get(group(report));
    if (known?.report === report) known.values.push(value);
    else last.set(group(report), { report, values: [value] });
  }
  return [...last.values()].flatMap(({ values }) => values);
}

function negated(value: string): string {
  return value.startsWith('-') ? value.slice(1) : value === '0' ? value : `-${value}`;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The duties by clause, and which they were; those that are nobody's any more count nowhere. */
export function clausesAndDuties(duties: readonly DutyStanding[]): Pick<Rollup, 'clauses' | 'duties'> {
  const read = duties
    .filter(({ state }) => state !== null)
    .map(({ assignment, revision }): readonly [string, number] => [assignment, revision])
    .toSorted(([a], [b]) => compareText(a, b));
  return { clauses: clausesOf(duties), duties: read };
}

/** By directive, in the order of the plan's clauses as far as their paths say it. */
function clausesOf(duties: readonly DutyStanding[]): readonly RollupClause[] {
  const groups = new Map<string, DutyStanding[]>();
  for (const duty of duties) if (duty.state !== null) groups.set(duty.directive, [...(groups.get(duty.directive) ?? []), duty]);
  return [...groups]
    .map(([directive, list]): RollupClause => {
      const ordered = list.toSorted((a, b) => compareText(a.assignment, b.assignment));
      const count = (state: DutyStanding['state']) => list.filter((duty) => duty.state === state).length;
      return {
        clause: ordered[0]?.clause ?? '',
        directive,
        title: ordered[0]?.title ?? '',
        total: list.length,
        early: count('early'),
        onTime: count('onTime'),
        late: count('late'),
        running: count('running'),
        overdue: count('overdue'),
        notStarted: count('notStarted'),
        open: ordered.filter(({ state }) => !DONE.has(state ?? '')).map(({ assignment }) => assignment),
      };
    })
    .toSorted((a, b) => compareClauses(a.clause, b.clause) || compareText(a.directive, b.directive));
}

const DONE: ReadonlySet<string> = new Set(['early', 'onTime', 'late']);
const ROMAN = /^(?=[IVX])(X{0,3})(IX|IV|V?I{0,3})$/;
const ROMAN_VALUES: Readonly<Record<string, number>> = { I: 1, V: 5, X: 10 };

/** `II.2` before `II.10`, `II` before `IX` before `X`: paths part by part, Roman and Arabic numbers by their value. */
export function compareClauses(a: string, b: string): number {
  const [left, right] = [a.split(/[./]/), b.split(/[./]/)];
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const [mine, other] = [partOf(left[at]), partOf(right[at])];
    const order = mine.number - other.number || compareText(mine.rest, other.rest);
    if (order !== 0) return order;
  }
  return 0;
}

function partOf(part: string | undefined): { readonly number: number; readonly rest: string } {
  if (part === undefined) return { number: -1, rest: '' };
  if (ROMAN.test(part)) {
    const digits = part.split('').map((letter) => ROMAN_VALUES[letter] ?? 0);
    return { number: digits.reduce((sum, digit, at) => sum + (digit < (digits[at + 1] ?? 0) ? -digit : digit), 0), rest: '' };
  }
  const [, mark = '', number] = /^(\D*?)(\d+)/.exec(part) ?? [];
  return number === undefined ? { number: 0, rest: part } : { number: Number(number), rest: mark };
}
