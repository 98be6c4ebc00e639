import { stayLabel } from '../../commands/progress/labels.js';
import { type PlanProgress, planProgress } from '../../commands/progress/progress.js';
import { TrinhkyError } from '../../errors.js';
import { type Directory, indexOf } from '../../office/organisation/directory.js';
import {
  completenessOf,
  doneInTimeOf,
  doneOf,
  doneRateOf,
  type Rate,
  receivedOf,
  timelinessOf,
} from '../../office/progress/counts.js';
import { dutyStates, reportStates } from '../../office/progress/facts.js';
import { byName } from '../../office/progress/grid.js';
import {
  dutyWords,
  type ProgressWord,
  percentShown,
  progressWord,
  reportWords,
  tenthsShown,
} from '../../office/progress/words.js';
import { period } from '../../office/time/periods.js';
import type { CliApplication } from '../host.js';
import { paintOf } from '../progress.js';
import { answer, columnsDefault, type Session, shownInstant, withApplication } from '../session.js';
import { table } from '../table.js';

export interface ProgressFlags {
  readonly quarter?: string;
  readonly unit?: string;
}

const waitsShownMax = 10;

/** `trinhky progress PLAN`: who has done what, who is silent, who waits for whom; of one quarter, one unit, or all. */
export async function progress(session: Session, plan: string, flags: ProgressFlags): Promise<number> {
  return withApplication(session, async (app) => {
    const ask = await askOf(app, plan, flags);
    const found = await planProgress(app.deps, ask);
    const directory = await app.deps.store.directory.snapshot(ask.authority);
    const { reports, duties } = found;
    const rates = { done: doneRateOf(duties), completeness: completenessOf(reports), timeliness: timelinessOf(reports) };
    answer(session, { ...found, rates }, () => shown({ session, app, directory, title: ask.title }, found));
    return 0;
  });
}

/** The plan and the choices of a command line. Throws `notFound` for what is no instance or no unit, `inputInvalid` for no quarter. */
export async function askOf(app: CliApplication, plan: string, { quarter, unit }: ProgressFlags) {
  const authority = plan.split('.')[0] ?? '';
  const held = await app.deps.store.instances.load(authority, plan);
  if (held === null) throw new TrinhkyError('notFound', { reason: 'instance', instance: plan });
  if (quarter !== undefined && (!/^\d{4}-Q[1-4]$/.test(quarter) || period(quarter) === null))
    throw new TrinhkyError('inputInvalid', { path: '--quarter', reason: 'quarter', value: quarter });
  const directory = await app.deps.store.directory.snapshot(authority);
  if (unit !== undefined && !indexOf(directory).unit.has(unit)) throw new TrinhkyError('notFound', { reason: 'unit', unit });
  const title = typeof held.instance.context.title === 'string' ? held.instance.context.title : plan;
  // The operator of the machine has the database itself: nothing is kept from him.
  return { authority, plan, reader: null, now: app.deps.clock.now(), quarter: quarter ?? null, unit: unit ?? null, title };
}

interface Telling {
  readonly session: Session;
  readonly app: CliApplication;
  readonly directory: Directory;
  readonly title: string;
}

function shown(telling: Telling, found: PlanProgress): string {
  const { session, title } = telling;
  const { words, io } = session;
  const { language } = words;
  const say = (name: ProgressWord): string => progressWord(language, name);
  const paint = paintOf(io);
  const { duties, reports, asOf, source, quarter } = found;
  const numbers = (rows: readonly (readonly [label: string, value: number, grave: boolean])[]): string =>
    table(
      null,
      rows.map(([label, value]) => [`  ${label}`, String(value), '']),
      io.columns ?? columnsDefault,
      [1],
    );
  const head = [
    paint('bold', title),
    `${source === 'rollup' ? say('fromRollup') : say('asOf')} ${shownInstant(asOf)}${quarter === null ? '' : ` · ${say('quarter')} ${quarter}`}`,
  ].join('\n');
  const grave: ReadonlySet<string> = new Set(['late', 'overdue', 'silent']);
  const dutyPart = `${paint('bold', say('duties'))}\n${numbers([
    [say('total'), duties.total, false],
    ...dutyStates.map((state) => [dutyWords[state][language], duties[state], grave.has(state)] as const),
  ])}  ${rateLine(language, 'doneRate', doneRateOf(duties))} · ${rateLine(language, 'inTimeRate', doneInTimeOf(duties))}\n`;
  const reportPart = `${paint('bold', say('reports'))}\n${numbers([
    [say('asked'), reports.asked, false],
    ...reportStates.map((state) => [reportWords[state][language], reports[state], grave.has(state)] as const),
  ])}  ${rateLine(language, 'completeness', completenessOf(reports))} · ${rateLine(language, 'timeliness', timelinessOf(reports))}\n`;
  return [`${head}\n`, dutyPart, reportPart, unitTable(telling, found), timeTable(telling, found), waitTable(telling, found)]
    .filter((part) => part !== '')
    .join('\n');
}

function rateLine(language: 'vi' | 'en', name: ProgressWord, { perMille, numerator, denominator }: Rate): string {
  return `${progressWord(language, name)}: ${percentShown(language, perMille)} (${numerator}/${denominator})`;
}

/** Units with what is grave about them, in few columns: done of all, overdue, not started; received of due, late, silent. */
function unitTable({ session, directory }: Telling, { units }: PlanProgress): string {
  if (units.length === 0) return '';
  const { language } = session.words;
  const names = indexOf(directory).unit;
  const say = (name: ProgressWord): string => progressWord(language, name);
  const head = [
    say('unit'),
    say('duties'),
    dutyWords.overdue[language],
    dutyWords.notStarted[language],
    say('reports'),
    reportWords.late[language],
    reportWords.silent[language],
    '',
  ];
  const rows = units
    .map(({ unit, duties, reports }) => ({ name: names.get(unit)?.name ?? unit, duties, reports }))
    .sort((a, b) => byName(a.name, b.name))
    .map(({ name, duties, reports }) => [
      name,
      `${doneOf(duties)}/${duties.total}`,
      zero(duties.overdue),
      zero(duties.notStarted),
      `${receivedOf(reports)}/${reports.asked}`,
      zero(reports.late),
      zero(reports.silent + reports.overdue),
      '',
    ]);
  return table(head, rows, session.io.columns ?? columnsDefault, [1, 2, 3, 4, 5, 6]);
}

/** A nought says less than a blank, and is louder. */
const zero = (count: number): string => (count === 0 ? '·' : String(count));

function timeTable({ session, app }: Telling, { times }: PlanProgress): string {
  const { language } = session.words;
  const say = (name: ProgressWord): string => progressWord(language, name);
  if (times === null) return `${say('timesMissing')}\n`;
  if (times.length === 0) return '';
  const head = [`${say('waitTitle')} (${say('workingDays')})`, say('stays'), say('median'), say('p90'), ''];
  const rows = times.map((one) => [
    stayLabel(app.deps.models, language, one),
    String(one.stays),
    tenthsShown(language, one.workingTenths.median),
    tenthsShown(language, one.workingTenths.p90),
    '',
  ]);
  return table(head, rows, session.io.columns ?? columnsDefault, [1, 2, 3]);
}

function waitTable({ session, directory }: Telling, { waits, waitsCount }: PlanProgress): string {
  if (waits.length === 0) return '';
  const { language } = session.words;
  const { unit: units } = indexOf(directory);
  const say = (name: ProgressWord): string => progressWord(language, name);
  const nameOf = (id: string): string => units.get(id)?.name ?? id;
  const rows = waits
    .slice(0, waitsShownMax)
    .map(({ waiter, unit, waitsFor, since, title }) => [
      waiter === 'unit' ? nameOf(unit) : say('authority'),
      waitsFor.map((key) => nameOf(/^post:(.+)\//.exec(key)?.[1] ?? key)).join(', '),
      shownInstant(since).slice(0, 10),
      title,
    ]);
  const head = [say('waiter'), say('waitsFor'), say('since'), `${say('waits')} (${waitsCount})`];
  return table(head, rows, session.io.columns ?? columnsDefault);
}
