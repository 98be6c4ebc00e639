import type { CoverageFault } from './faults.js';
import { judgeDuties } from './judgeDuties.js';
import { judgePaper, judgePapersNamed } from './judgePapers.js';
import { judgeDirectives, judgeDropped } from './judgePlan.js';
import { judgePeriod, judgePeriods, judgeStray } from './judgeReports.js';
import { addTo, type CoverageWorld, type DirectiveAccount, type Ledger, type PlanTree, type Timing, timingOf } from './ledger.js';
import type { DutyLine, PaperLine, ReportLine } from './lines.js';

/** One unit's duty in the matrix. */
export interface CoverageDuty {
  readonly id: string;
  readonly kind: string;
  readonly unit: string | null;
  readonly role: string | null;
  readonly state: string;
  readonly timing: Timing;
  readonly dueOn: string | null;
  readonly completedOn: string | null;
  /** Accepted reports that told of it, and the last of them. */
  readonly told: number;
  readonly lastReport: string | null;
  /** Pieces of evidence. */
  readonly evidence: number;
}

export interface CoverageDirective {
  readonly id: string;
  readonly title: string;
  readonly state: string;
  readonly open: boolean;
  /** It was opened under an earlier plan. */
  readonly continued: boolean;
  readonly dueOn: string | null;
  readonly grade: string | null;
  readonly assessedBy: string | null;
  readonly duties: readonly CoverageDuty[];
  /** Accepted reports that told of it, by period. */
  readonly told: readonly { readonly instance: string; readonly period: string; readonly reports: number }[];
}

/** What became of one clause. */
export interface CoverageRow {
  readonly clause: string;
  readonly text: string;
  readonly outcome: 'directive' | 'noAction' | 'nothing';
  /** Why nothing follows from it, where that is recorded. */
  readonly reason: string | null;
  readonly directives: readonly CoverageDirective[];
  /** Consolidated papers that speak of it, with the number of places. */
  readonly spoken: readonly { readonly paper: string; readonly title: string; readonly places: number }[];
}

export interface Coverage {
  readonly rows: readonly CoverageRow[];
  /** At most `faultsKeptMax`, in the order in which the plan is read: clauses first, papers last. */
  readonly faults: readonly CoverageFault[];
  /** How many there are, also beyond those that are named. */
  readonly faultCount: number;
}

/** Everything at once: for plans that fit in memory, and for tests. */
export interface CoverageInput extends PlanTree {
  readonly reports: readonly ReportLine[];
  readonly papers: readonly PaperLine[];
}

/**
 * What became of every clause of a plan, and every link that is missing, dangling or not yet made. Pure; time and memory grow with what is
 * given. A record that is gone is named once, where it is missed from above: what hung on it is not named again.
 */
export function coverageOf(input: CoverageInput, world: CoverageWorld): Coverage {
  const ledger = beginCoverage(input, world);
  const byPeriod = new Map<string, ReportLine[]>();
  const homes = new Map(
    input.periods.flatMap(({ id, units }) => units.map((key) => [world.idOf({ id, kind: 'report', key }), id] as const)),
  );
  // A report whose record points elsewhere is still known by the id that it was given.
  const homeOf = ({ id, parent }: ReportLine): string => homes.get(id) ?? parent?.id ?? '';
  for (const report of input.reports) addTo(byPeriod, homeOf(report), report);
  for (const period of input.periods) judgePeriod(ledger, period, byPeriod.get(period.id) ?? []);
  judgeStray(
    ledger,
    input.reports.filter((report) => !ledger.periods.has(homeOf(report))),
  );
  judgePapersNamed(ledger, input.papers);
  for (const paper of input.papers) judgePaper(ledger, paper);
  return finishCoverage(ledger);
}

/**
 * Begins with the plan and its duties; `judgePeriod` is then told of each period with its reports, `judgePaper` of each consolidated paper
 * after them, and `finishCoverage` gives the answer. So a plan of many years is judged in the memory of one quarter.
 */
export function beginCoverage(tree: PlanTree, world: CoverageWorld): Ledger {
  const ledger: Ledger = {
    tree,
    world,
    faults: { kept: [], counted: 0 },
    missing: new Set(),
    directives: new Map(),
    duties: new Map(),
    ofUnit: new Map(),
    periods: new Map(tree.periods.map((period) => [period.id, period])),
    reports: new Set(),
    spoken: new Map(),
  };
  judgeDirectives(ledger);
  judgeDropped(ledger);
  judgeDuties(ledger);
  judgePeriods(ledger);
  return ledger;
}

/** The rows and faults of everything that the ledger was told of. */
export function finishCoverage(ledger: Ledger): Coverage {
  const { plan } = ledger.tree;
  const byClause = new Map<string, DirectiveAccount[]>();
  for (const account of ledger.directives.values()) addTo(byClause, account.clause, account);
  const reasons = new Map(plan.noAction.map(({ clause, reason }) => [clause, reason]));
  const rows = plan.clauses.map(({ path, text }): CoverageRow => {
    const directives = byClause.get(path) ?? [];
    return {
      clause: path,
      text,
      outcome: directives.length > 0 ? 'directive' : reasons.has(path) ? 'noAction' : 'nothing',
      reason: reasons.get(path) ?? null,
      directives: directives.map((account) => directiveRow(account, ledger)),
      spoken: ledger.spoken.get(path) ?? [],
    };
  });
  return { rows, faults: ledger.faults.kept, faultCount: ledger.faults.counted };
}

function directiveRow({ line, continued, duties, told }: DirectiveAccount, { world, periods }: Ledger): CoverageDirective {
  const { id, title, state, open, dueOn, grade, assessedBy } = line;
  return {
    id,
    title,
    state,
    open,
    continued,
    dueOn,
    grade,
    assessedBy,
    duties: duties.map(({ line: duty, told: times, lastReport }) => dutyRow(duty, { times, lastReport, today: world.today })),
    told: [...told]
      .map(([instance, reports]) => ({ instance, period: periods.get(instance)?.period ?? '', reports }))
      .sort((a, b) => (a.period < b.period ? -1 : 1)),
  };
}

interface Told {
  readonly times: number;
  readonly lastReport: string | null;
  readonly today: string;
}

function dutyRow(duty: DutyLine, { times, lastReport, today }: Told): CoverageDuty {
  const { id, parent, unit, role, state, dueOn, completedOn, evidence } = duty;
  const timing = timingOf(duty, today);
  const kind = parent?.kind ?? 'assignment';
  return { id, kind, unit, role, state, timing, dueOn, completedOn, told: times, lastReport, evidence: evidence.length };
}
