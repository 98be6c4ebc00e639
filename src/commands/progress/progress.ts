import { textAt } from '../../engine/json.js';
import { activePaths } from '../../engine/machine.js';
import type { Directory } from '../../office/organisation/directory.js';
import { type BurnWeek, makeBurnUp } from '../../office/progress/burnUp.js';
import { type DutyCounts, makeTally, noDuties, type ReportCounts, type UnitCounts } from '../../office/progress/counts.js';
import { type Grid, makeGrid } from '../../office/progress/grid.js';
import { makeStayTally, type StateTimes, staysOf } from '../../office/progress/stays.js';
import { makeWaits, type Wait, waitOf } from '../../office/progress/waits.js';
import type { Rollup } from '../../office/reporting/rollup.js';
import { dayOf } from '../../office/time/clock.js';
import { quarterOf, quartersOfYear } from '../../office/time/periods.js';
import type { Deps } from '../deps.js';
import type { InstanceView } from '../ports.js';
import { rollupOfPapers } from '../reporting/takeRollup.js';
import type { PlanScope } from './read.js';
import { dutiesOf, historiesOf, type Moment, type PlanPeriod, periodsOf, reportsOf } from './works.js';

type Reading = Pick<Deps, 'store'>;

export interface ProgressAsk extends PlanScope {
  readonly now: string;
  /** `2010-Q1`; null: everything as it stands now. */
  readonly quarter: string | null;
}

/** A plan's progress, as far as one reader may know it. */
export interface PlanProgress {
  readonly plan: string;
  readonly quarter: string | null;
  readonly unit: string | null;
  /** The instant for which the duties are told. */
  readonly asOf: string;
  /** `now`: as they stand; `entries`: as their entries say they stood; `rollup`: as the quarter's roll-up fixed it. */
  readonly source: 'now' | 'entries' | 'rollup';
  /** The quarters of the year shown, and all that have a period. */
  readonly year: number;
  readonly quarters: readonly string[];
  readonly duties: DutyCounts;
  readonly reports: ReportCounts;
  /** By the id of the unit. */
  readonly units: readonly UnitCounts[];
  /** False: there are too many duties to tell each unit's as they stood then. */
  readonly unitDuties: boolean;
  readonly grid: Grid;
  readonly burnUp: readonly BurnWeek[];
  readonly waits: readonly Wait[];
  readonly waitsCount: number;
  /** Null where there is too much to read for one page: a unit or a quarter has to be chosen. */
  readonly times: readonly StateTimes[] | null;
}

/** Histories that one answer reads for the times in states. */
export const historiesMax = 600;
const dayMax = '9999-12-31';

/**
 * Who has done what of a plan, who is silent, who waits for whom. Reads by index and page by page: a quarter that is over from its roll-up
 * where the reader reads everything, the open one from its instances; memory grows with the number of units, not with that of works.
 */
export async function planProgress(deps: Reading, ask: ProgressAsk): Promise<PlanProgress> {
  const directory = await deps.store.directory.snapshot(ask.authority);
  const periods = await periodsOf(deps, ask);
  const frame = frameOf(ask, periods);
  const asked = await closedOf(deps, ask, frame);
  const gathered = gatherer(directory, ask, frame);
  const past = frame.past === null || asked.length > 0 ? null : frame.past;
  await countDuties(deps, ask, {
    gathered,
    moment: { calendar: directory.calendar, now: ask.now, past },
    closed: asked.length > 0,
  });
  // The periods of one quarter count the same duties: the last roll-up has them as they stood last.
  const last = asked.at(-1);
  if (last !== undefined) gathered.closed(last);
  await countReports(deps, ask, { gathered, frame, calendar: directory.calendar });
  const { tally, grid, burnUp, waits } = gathered;
  return {
    plan: ask.plan,
    quarter: ask.quarter,
    unit: ask.unit,
    asOf: last?.takenAt ?? past ?? ask.now,
    source: asked.length > 0 ? 'rollup' : past === null ? 'now' : 'entries',
    year: frame.year,
    quarters: frame.known,
    duties: tally.duties(),
    reports: tally.reports(),
    units: tally.units(),
    unitDuties: asked.length === 0,
    grid: grid.grid(directory),
    burnUp: burnUp.weeks(),
    waits: waits.list(),
    waitsCount: waits.count(),
    times: await gathered.times(deps),
  };
}

interface Frame {
  readonly year: number;
  readonly quarters: readonly { readonly id: string; readonly from: string; readonly to: string }[];
  readonly known: readonly string[];
  /** Periods that end in the year shown. */
  readonly periods: readonly PlanPeriod[];
  /** The end of the quarter that was asked for, where it is over. */
  readonly past: string | null;
}

function frameOf({ now, quarter }: ProgressAsk, periods: readonly PlanPeriod[]): Frame {
  const today = dayOf(now);
  const begun = periods.findLast(({ from }) => from <= today);
  const year = Number((quarter ?? begun?.quarter ?? quarterOf(today)).slice(0, 4));
  const quarters = quartersOfYear(year);
  const asked = quarters.find(({ id }) => id === quarter);
  const running = periods.some((one) => one.quarter === quarter && one.to >= today);
  const known = [...new Set([...periods.map((one) => one.quarter), ...quarters.map(({ id }) => id)])].sort();
  return {
    year,
    quarters,
    known,
    periods: periods.filter((one) => quarters.some(({ id }) => id === one.quarter)),
    // A plan may close its quarters later than the law does: while one of its own periods runs, the quarter is not over.
    past: asked !== undefined && asked.to < today && !running ? asked.cutOff : null,
  };
}

/** The roll-ups of the quarter that was asked for, where it is over and the reader may know all of it. */
async function closedOf(deps: Reading, ask: ProgressAsk, frame: Frame): Promise<readonly Rollup[]> {
  if (frame.past === null) return [];
  const found: Rollup[] = [];
  for (const one of frame.periods) {
    const rollup = one.quarter === ask.quarter ? await wholeRollup(deps, ask, one) : null;
    if (rollup !== null) found.push(rollup);
  }
  return found;
}

type Gatherer = ReturnType<typeof gatherer>;

function gatherer(directory: Directory, ask: ProgressAsk, { quarters }: Frame) {
  const tally = makeTally();
  const grid = makeGrid(quarters);
  const from = quarters[0]?.from ?? dayMax;
  const burnUp = makeBurnUp({ from, to: quarters.at(-1)?.to ?? from, today: dayOf(ask.now) });
  const waits = makeWaits();
  const kept: InstanceView[] = [];
  let works = 0;
  return {
    tally,
    grid,
    burnUp,
    waits,
    waiting({ instance, principals, since }: InstanceView, unit: string): void {
      const state = activePaths(instance.state).at(-1) ?? '';
      const title = textAt(instance.context, 'title');
      const of = { instance: instance.id, definition: instance.definition.id, title, unit, state, open: instance.open };
      waits.add(waitOf({ ...of, waitsFor: principals, since }));
    },
    /** Keeps a work whose times in states are to be read. */
    stay(view: InstanceView): void {
      works += 1;
      if (works <= historiesMax) kept.push(view);
    },
    closed({ clauses }: Rollup): void {
      for (const { early, onTime, late, running, overdue, notStarted, total } of clauses)
        tally.addDuties({ ...noDuties, total, early, onTime, late, running, overdue, notStarted });
    },
    async times(deps: Reading): Promise<readonly StateTimes[] | null> {
      if (works > historiesMax) return null;
      const stays = makeStayTally(directory.calendar);
      for await (const { view, entries } of historiesOf(deps, kept)) {
        const { definition, open } = view.instance;
        stays.add(staysOf(definition.id, entries, { now: ask.now, open }));
      }
      return stays.summary();
    },
  };
}

/** What counting knows of a duty: not the history that ten years of quarters leave in it. */
const countedFields = ['unit', 'title', 'dueOn', 'completedOn', 'suspensions', 'part', 'plan'] as const;

async function countDuties(
  deps: Reading,
  ask: ProgressAsk,
  { gathered, moment, closed }: { readonly gathered: Gatherer; readonly moment: Moment; readonly closed: boolean },
): Promise<void> {
  for await (const { view, fact } of dutiesOf(deps, ask, moment, countedFields)) {
    // What a roll-up fixed is not counted a second time.
    if (!closed) gathered.tally.addDuty(fact);
    gathered.grid.addDuty(fact);
    gathered.burnUp.add(fact);
    gathered.waiting(view, fact.unit);
    gathered.stay(view);
  }
}

interface CountingReports {
  readonly gathered: Gatherer;
  readonly frame: Frame;
  readonly calendar: Directory['calendar'];
}

async function countReports(deps: Reading, ask: ProgressAsk, counting: CountingReports): Promise<void> {
  const { gathered, frame, calendar } = counting;
  const { tally, grid } = gathered;
  for (const one of frame.periods) {
    const counts = ask.quarter === null || one.quarter === ask.quarter;
    const fixed = await wholeRollup(deps, ask, one);
    if (fixed !== null) {
      for (const { unit, state } of fixed.units) {
        grid.addReport({ unit, state }, one.quarter);
        if (counts) tally.addReport({ unit, state });
      }
      continue;
    }
    for await (const { view, fact, quarter } of reportsOf(deps, ask, [one], { calendar, now: ask.now })) {
      grid.addReport(fact, quarter);
      if (!counts) continue;
      tally.addReport(fact);
      gathered.waiting(view, fact.answeredBy);
      gathered.stay(view);
    }
  }
}

/** The roll-up of a period that is over, for a reader who may know all of it. */
async function wholeRollup(deps: Reading, ask: ProgressAsk, one: PlanPeriod): Promise<Rollup | null> {
  const whole = ask.unit === null && (ask.reader === null || ask.reader.readsAll);
  if (!whole || one.to >= dayOf(ask.now)) return null;
  const taken = await rollupOfPapers(deps, { authority: ask.authority, id: one.instance }, 'consolidation');
  return taken?.rollup ?? null;
}
