import { type Directory, indexOf } from '../organisation/directory.js';
import { completenessOf, doneInTimeOf, receivedOf, timelinessOf, type UnitCounts } from './counts.js';
import { type DutyFact, dutyStates, type ReportFact, reportStates } from './facts.js';
import { dutyWords, type ProgressLanguage, type ProgressWord, progressWord, reportWords } from './words.js';

/** A cell of an exported table with its kind, so that a spreadsheet gets days as days and numbers as numbers. */
export type TableCell =
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number }
  /** `yyyy-mm-dd`. */
  | { readonly kind: 'day'; readonly value: string }
  | { readonly kind: 'none' };

export type Work = { readonly kind: 'duty'; readonly fact: DutyFact } | { readonly kind: 'report'; readonly fact: ReportFact };

export interface Named {
  readonly directory: Directory;
  readonly language: ProgressLanguage;
}

const none: TableCell = { kind: 'none' };
const text = (value: string): TableCell => (value === '' ? none : { kind: 'text', value });
const day = (value: string | null): TableCell => (value === null ? none : { kind: 'day', value });
const number = (value: number): TableCell => ({ kind: 'number', value });

const workColumns: readonly ProgressWord[] = [
  'kind',
  'unitCode',
  'unit',
  'clause',
  'duty',
  'part',
  'period',
  'dueOn',
  'doneOn',
  'state',
  'urged',
  'extended',
  'returned',
  'corrected',
  'code',
];

/** The heading of the table of duties and reports. */
export function workHeads({ language }: Named): readonly string[] {
  return workColumns.map((name) => progressWord(language, name));
}

/** One duty or report as a row of it. */
export function workRow(named: Named, work: Work): readonly TableCell[] {
  const { language } = named;
  const name = indexOf(named.directory).unit.get(work.fact.unit)?.name ?? work.fact.unit;
  if (work.kind === 'report') {
    const { fact } = work;
    return [
      text(progressWord(language, 'report')),
      text(fact.unit),
      text(name),
      none,
      text(fact.title),
      none,
      text(fact.period),
      day(fact.dueOn),
      day(fact.sentOn),
      text(reportWords[fact.state][language]),
      number(fact.urged),
      none,
      number(fact.returned),
      number(fact.corrected),
      text(fact.instance),
    ];
  }
  const { fact } = work;
  return [
    text(progressWord(language, 'duty')),
    text(fact.unit),
    text(name),
    text(fact.clause),
    text(fact.title),
    text(progressWord(language, fact.part === 'lead' ? 'lead_' : 'coordinate')),
    none,
    day(fact.dueOn),
    day(fact.doneOn),
    text(dutyWords[fact.state][language]),
    number(fact.urged),
    number(fact.extended),
    none,
    none,
    text(fact.instance),
  ];
}

/** The heading of the summary by unit. */
export function unitHeads({ language }: Named): readonly string[] {
  const say = (name: ProgressWord): string => progressWord(language, name);
  return [
    say('unitCode'),
    say('unit'),
    `${say('duties')}: ${say('total').toLocaleLowerCase('vi')}`,
    ...dutyStates.map((state) => dutyWords[state][language]),
    `${say('inTimeRate')} (%)`,
    say('asked'),
    say('received'),
    ...reportStates.map((state) => reportWords[state][language]),
    `${say('completeness')} (%)`,
    `${say('timeliness')} (%)`,
  ];
}

export function unitRow({ directory }: Named, { unit, duties, reports }: UnitCounts): readonly TableCell[] {
  const share = (perMille: number | null): TableCell => (perMille === null ? none : number(perMille / 10));
  return [
    text(unit),
    text(indexOf(directory).unit.get(unit)?.name ?? unit),
    number(duties.total),
    ...dutyStates.map((state) => number(duties[state])),
    share(doneInTimeOf(duties).perMille),
    number(reports.asked),
    number(receivedOf(reports)),
    ...reportStates.map((state) => number(reports[state])),
    share(completenessOf(reports).perMille),
    share(timelinessOf(reports).perMille),
  ];
}
