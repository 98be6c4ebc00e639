import { idOfChild } from '../../commands/open.js';
import { numberAndSymbol } from '../../office/papers/paper.js';
import { documentType } from '../../office/papers/symbols.js';
import { addDays } from '../../office/time/clock.js';
import type { Period } from '../../office/time/periods.js';
import { loadReportForm } from './reports.js';
import { fieldOf, type IssuedPaper, type Stage, settle } from './stage.js';
import { workingDayFrom } from './time.js';

const CODE = 'bao-cao-quy';
/** Working days after a period's end until which a report is in time; more where the plan itself came late in its first period. */
const reportDays = 5;
const reportDaysLate = 20;
/** Calendar days before a period's end on which it opens by itself. */
export const openDays = 10;
const reportsMax = 1_000;

/** The obligation to report each quarter of the plan's year, to and through whom the plan says; answers its instance. */
export async function openObligation(stage: Stage, plan: IssuedPaper, quarters: readonly Period[]): Promise<string> {
  const { desk, world, time } = stage;
  const [first] = quarters;
  const late = first !== undefined && addDays(time.today(), openDays) > first.to;
  const type = (documentType(stage.paper.type)?.name ?? '').toLowerCase();
  const input = {
    code: CODE,
    name: `Báo cáo kết quả thực hiện ${type} số ${numberAndSymbol(plan.number, plan.symbol)}`.replace(/ +/g, ' '),
    units: world.reporting,
    frequency: 'quarter',
    form: await loadReportForm(stage),
    dueDays: late ? reportDaysLate : reportDays,
    opensBefore: openDays,
    ...(first === undefined ? {} : { first: first.id, until: quarters.at(-1)?.to ?? first.to }),
  };
  await desk.act(world.cast.consolidator, plan.instance, 'OPEN_OBLIGATION', { input });
  await settle(stage);
  return idOfChild(world.authority, { id: plan.instance, kind: 'obligation', key: CODE });
}

export interface OpenPeriod {
  readonly id: string;
  /** By unit. */
  readonly reports: ReadonlyMap<string, string>;
  readonly dueOn: string;
  /** The last day of the period, or today where that is over. */
  readonly start: string;
}

/** Waits until a period has opened by itself. */
export async function awaitPeriod(stage: Stage, obligation: string, quarter: Period): Promise<OpenPeriod> {
  const { app, time, world } = stage;
  time.to(workingDayFrom(time.calendar, addDays(quarter.to, -openDays)));
  await settle(stage);
  const id = idOfChild(world.authority, { id: obligation, kind: 'period', key: quarter.id });
  const held = await app.deps.store.instances.load(world.authority, id);
  if (held === null) throw new Error(`the period ${quarter.id} did not open`);
  const reports = await app.deps.store.instances.childrenOf(world.authority, id, 'report', reportsMax);
  return {
    id,
    reports: new Map(reports.map((report) => [fieldOf(report, 'unit'), report.id])),
    dueOn: fieldOf(held.instance, 'dueOn'),
    start: quarter.to > time.today() ? quarter.to : time.today(),
  };
}
