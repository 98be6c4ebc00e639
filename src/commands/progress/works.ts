import { readEntry } from '../../engine/entry.js';
import type { Entry } from '../../engine/instance.js';
import { textAt } from '../../engine/json.js';
import { type DutyFact, dutyFact, type ReportFact, reportFact } from '../../office/progress/facts.js';
import { dutyStandingOf } from '../../office/reporting/standings.js';
import type { WorkingCalendar } from '../../office/time/calendar.js';
import { dayOf } from '../../office/time/clock.js';
import { period, quarterOf, regimeOn } from '../../office/time/periods.js';
import type { Deps } from '../deps.js';
import type { InstanceView } from '../ports.js';
import { besideOf, type PlanScope, worksOf, worksUnder } from './read.js';

type Reading = Pick<Deps, 'store'>;

/** The moment for which facts are asked. */
export interface Moment {
  readonly calendar: WorkingCalendar;
  readonly now: string;
  /** An instant before now; null: as it stands now. */
  readonly past: string | null;
}

/** Histories that are read at the same time. */
const historiesAtOnce = 8;
const entriesPage = 1_000;

/** All entries of an instance, in order. */
export async function entriesOf({ store }: Reading, authority: string, id: string): Promise<readonly Entry[]> {
  const all: Entry[] = [];
  for (;;) {
    const page = await store.instances.history(authority, id, all.length + 1, entriesPage);
    all.push(...page.map(({ bytes }) => readEntry(bytes)));
    if (page.length < entriesPage) return all;
  }
}

/** The entries of a page of instances, a few at a time, in the order of the views. */
export async function* historiesOf(
  deps: Reading,
  views: readonly InstanceView[],
): AsyncGenerator<{ readonly view: InstanceView; readonly entries: readonly Entry[] }> {
  for (let at = 0; at < views.length; at += historiesAtOnce) {
    const some = views.slice(at, at + historiesAtOnce);
    const read = await Promise.all(some.map(({ instance: { authority, id } }) => entriesOf(deps, authority, id)));
    for (const [index, view] of some.entries()) yield { view, entries: read[index] ?? [] };
  }
}

interface DutyWork {
  readonly view: InstanceView;
  readonly fact: DutyFact;
}

/**
 * The duties of a plan that the reader may read, page by page: as they stand now, or as their entries say they stood. Those that nobody has
 * any more, or that did not exist at the time, are left out. With `fields` only these of the context are read.
 */
export async function* dutiesOf(
  deps: Reading,
  scope: PlanScope,
  moment: Moment,
  fields?: readonly string[],
): AsyncGenerator<DutyWork> {
  const { past, ...at } = moment;
  for await (const all of worksOf(deps, scope, 'assignment', fields)) {
    const views = scope.parts === true ? all : all.filter(({ instance }) => instance.parent?.kind !== 'part');
    if (past === null) {
      for (const view of views) {
        const fact = dutyFact(view.instance, besideOf(view, at));
        if (fact !== null) yield { view, fact };
      }
      continue;
    }
    for await (const { view, entries } of historiesOf(deps, views)) {
      const fact = factThen(view, entries, past);
      if (fact !== null) yield { view, fact };
    }
  }
}

/** A duty as its entries up to an instant say it stood. */
function factThen({ instance }: InstanceView, entries: readonly Entry[], past: string): DutyFact | null {
  const until = entries.filter(({ at }) => at <= past);
  if (until.length === 0) return null;
  const { state, unit, dueOn, clause, title, directive } = dutyStandingOf(until, dayOf(past));
  if (state === null) return null;
  const done = state === 'early' || state === 'onTime' || state === 'late';
  const handedIn = until.findLast(({ command }) => command === 'COMPLETE');
  const told = (command: string): number => until.filter((entry) => entry.command === command).length;
  return {
    instance: instance.id,
    directive,
    clause,
    title,
    unit,
    part: instance.context.part === 'coordinate' ? 'coordinate' : 'lead',
    state,
    suspended: false,
    unconfirmed: handedIn !== undefined && !done,
    dueOn,
    doneOn: done ? dayOf(handedIn?.at ?? past) : null,
    urged: told('URGE'),
    extended: told('GRANT_EXTENSION'),
    carried: until.flatMap(({ command, input }) => (command === 'CARRY_OVER' ? [textAt(input, 'period')] : [])),
  };
}

/** A reporting period of the plan. */
export interface PlanPeriod {
  readonly instance: string;
  /** `2010-Q1`. */
  readonly period: string;
  /** The quarter in which it ends. */
  readonly quarter: string;
  readonly from: string;
  readonly to: string;
}

const periodFields = ['period', 'from', 'to'];

/**
 * The periods of a plan, in order of time. Which periods there are follows from the calendar and is told to everybody who reads the plan;
 * what is in them is read by what each may read.
 */
export async function periodsOf(deps: Reading, { authority, plan }: PlanScope): Promise<readonly PlanPeriod[]> {
  const found: PlanPeriod[] = [];
  for await (const views of worksOf(deps, { authority, plan, unit: null, reader: null }, 'period', periodFields)) {
    for (const { instance } of views) {
      const id = textAt(instance.context, 'period');
      const bounds = period(id);
      const to = textAt(instance.context, 'to') || (bounds?.to ?? '');
      if (to === '') continue;
      const from = textAt(instance.context, 'from') || (bounds?.from ?? '');
      found.push({ instance: instance.id, period: id, quarter: quarterEndingOn(id, to), from, to });
    }
  }
  return found.sort((a, b) => (a.to === b.to ? (a.instance < b.instance ? -1 : 1) : a.to < b.to ? -1 : 1));
}

/** A quarter's own id stays; any other period counts for the quarter that its last day is in. */
function quarterEndingOn(id: string, to: string): string {
  return /^\d{4}-Q[1-4]$/.test(id) ? id : quarterOf(to, regimeOn(to));
}

interface ReportWork {
  readonly view: InstanceView;
  readonly fact: ReportFact;
  readonly quarter: string;
}

/** The reports of some periods that the reader may read, page by page, as they stand now. */
export async function* reportsOf(
  deps: Reading,
  scope: PlanScope,
  periods: readonly PlanPeriod[],
  moment: Pick<Moment, 'calendar' | 'now'>,
): AsyncGenerator<ReportWork> {
  for (const { instance, quarter } of periods) {
    for await (const views of worksUnder(deps, scope, { definition: 'report', parent: instance })) {
      for (const view of views) {
        const fact = reportFact(view.instance, besideOf(view, moment));
        if (fact !== null) yield { view, fact, quarter };
      }
    }
  }
}
