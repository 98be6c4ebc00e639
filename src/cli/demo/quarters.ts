import type { Instance } from '../../commands/look.js';
import { addDays } from '../../office/time/clock.js';
import { type Period, period, quarterOf } from '../../office/time/periods.js';
import { completeDuties, type Duty } from './assignments.js';
import { consolidatePeriod } from './consolidation.js';
import { headIsBack, headOnLeave } from './leave.js';
import { awaitPeriod, type OpenPeriod, openDays } from './obligation.js';
import { sendAgain, sendReport } from './reports.js';
import { type Roles, rolesOf } from './roles.js';
import { doing, done, fieldOf, type IssuedPaper, type Stage, settle, showRefusal } from './stage.js';
import { workingDayFrom } from './time.js';

const quartersCount = 4;
/** Working days over which the punctual reports come in. */
const punctualDays = 3;
/** In the second quarter the head of the drafting unit is away. */
const quarterOfLeave = 1;
/** In the first one a unit corrects its report after the consolidated one was issued. */
const quarterOfCorrection = 0;

export interface QuarterCounts {
  readonly period: string;
  readonly units: number;
  readonly late: number;
  readonly silent: readonly string[];
  readonly returned: number;
}

export interface Quarter {
  readonly counts: QuarterCounts;
  readonly paper: IssuedPaper;
}

/** The four quarters of the plan's year, from the one in which it was issued. */
export function quartersFrom(issuedOn: string): readonly Period[] {
  const [year = 0, quarter = 1] = quarterOf(issuedOn).split('-Q').map(Number);
  return Array.from({ length: quartersCount }, (_, index) => {
    const at = quarter - 1 + index;
    return period(`${year + Math.floor(at / 4)}-Q${(at % 4) + 1}`) ?? [];
  }).flat();
}

/** One quarter: duties completed, reports asked for, sent, accepted or missed, and one consolidated report issued. */
export async function runQuarter(
  stage: Stage,
  obligation: string,
  duties: readonly Duty[],
  quarter: Period,
  index: number,
): Promise<Quarter> {
  const { time, world } = stage;
  const label = quarter.label.vi.charAt(0).toLowerCase() + quarter.label.vi.slice(1);
  const shown = quarter.label[stage.words.language];
  doing(stage, 'quarter', { quarter: shown });
  time.to(workingDayFrom(time.calendar, addDays(quarter.to, -3 * openDays)));
  await settle(stage);
  const completed = await completeDuties(stage, duties, index, label);
  const open = await awaitPeriod(stage, obligation, quarter);
  const roles = rolesOf(world.reporting, index);
  const returned = await collect(stage, open, index, roles);
  await markMissing(stage, open.reports, roles);
  const counts = { ...(await countsOf(stage, open)), period: quarter.id, returned };
  const { units, late, silent } = counts;
  done(stage, 'reported', { quarter: shown, completed, sent: units - silent.length, units, late, silent: silent.length });
  const leave = index === quarterOfLeave ? await headOnLeave(stage) : null;
  const paper = await consolidatePeriod(stage, open.id, index === quarterOfCorrection ? correctionOf(stage, open, roles) : null);
  if (leave !== null) await headIsBack(stage, leave, paper.instance);
  await stage.desk.act(world.cast.consolidator, open.id, 'CLOSE');
  await settle(stage);
  return { counts, paper };
}

/** The first unit that was in time corrects its report later. */
function correctionOf({ world }: Stage, { reports }: OpenPeriod, { silent, late }: Roles) {
  const unit = world.reporting.find((one) => !silent.has(one) && !late.has(one));
  const report = unit === undefined ? undefined : reports.get(unit);
  return unit === undefined || report === undefined ? null : { unit, report };
}

/** Reports in time and late ones, each accepted as it was read; answers how many were returned. */
async function collect(stage: Stage, open: OpenPeriod, index: number, roles: Roles): Promise<number> {
  const { desk, time, world } = stage;
  const [firstSilent] = roles.silent;
  time.to(workingDayFrom(time.calendar, addDays(open.start, 1)));
  const punctual = [...open.reports.keys()].filter((unit) => !roles.silent.has(unit) && !roles.late.has(unit));
  const sent = new Map<string, Instance>();
  for (let day = 0; day < punctualDays; day += 1) {
    const today = punctual.filter((_, at) => at % punctualDays === day);
    for (const [unit, report] of await sendAll(stage, open, today, index)) sent.set(unit, report);
    if (day < punctualDays - 1) time.workingDays(1);
  }
  if (index === 0 && firstSilent !== undefined) {
    const instance = open.reports.get(firstSilent) ?? '';
    showRefusal(
      stage,
      await desk.provoke('silenceTooEarly', 'fieldMissing', {
        instance,
        actor: world.cast.consolidator,
        command: 'RECORD_SILENCE',
      }),
    );
  }
  time.workingDays(1);
  const back = roles.returned === null ? undefined : sent.get(roles.returned);
  if (back !== undefined && roles.returned !== null) {
    sent.set(roles.returned, await sendAgain(stage, back, roles.returned));
    done(stage, 'reportReturned', { unit: world.nameOf(roles.returned) });
  }
  await acceptAll(stage, [...sent.values()]);
  time.to(workingDayFrom(time.calendar, addDays(open.dueOn, 1)), 9);
  await settle(stage);
  if (index === 0) await urgeMissing(stage, open, roles);
  time.workingDays(1);
  const late = await sendAll(stage, open, [...roles.late], index);
  await acceptAll(stage, [...late.values()]);
  await settle(stage);
  return back === undefined ? 0 : 1;
}

/** One click for each of those whose report is overdue; it stands in the history, and once on a working day is enough. */
async function urgeMissing(stage: Stage, { reports }: OpenPeriod, { silent, late }: Roles): Promise<void> {
  const units = [...silent, ...late];
  await stage.desk.actOnAll(
    stage.world.cast.consolidator,
    'URGE',
    units.map((unit) => ({ instance: reports.get(unit) ?? '' })),
    { note: 'Đã quá hạn báo cáo; đề nghị gửi ngay.' },
  );
  await settle(stage);
  done(stage, 'urged', { units: units.map(stage.world.nameOf).join(', ') });
}

async function sendAll(stage: Stage, open: OpenPeriod, units: readonly string[], index: number): Promise<Map<string, Instance>> {
  const sent = await Promise.all(
    units.map(
      async (unit): Promise<[string, Instance]> => [
        unit,
        await sendReport(stage, open.reports.get(unit) ?? '', { unit, quarter: index }),
      ],
    ),
  );
  return new Map(sent);
}

async function acceptAll({ desk, world }: Stage, reports: readonly Instance[]): Promise<void> {
  await desk.actOnAll(
    world.cast.consolidator,
    'ACCEPT',
    reports.map(({ id, content }) => ({ instance: id, saw: content ?? '' })),
  );
}

async function markMissing(stage: Stage, reports: ReadonlyMap<string, string>, roles: Roles): Promise<void> {
  const { desk, time, world } = stage;
  time.workingDays(2);
  await desk.actOnAll(
    world.cast.consolidator,
    'RECORD_SILENCE',
    [...roles.silent].map((unit) => ({ instance: reports.get(unit) ?? '' })),
  );
  await settle(stage);
}

/** How the units stand, read back from what is stored. */
async function countsOf(
  { app, world }: Stage,
  { reports }: OpenPeriod,
): Promise<Pick<QuarterCounts, 'units' | 'late' | 'silent'>> {
  const held = await app.deps.store.instances.loadMany(world.authority, [...reports.values()]);
  const silent = held.filter(({ instance }) => instance.state === 'silent');
  const late = held.filter(({ instance }) => instance.context['late'] === true && instance.state !== 'silent');
  return {
    units: reports.size,
    late: late.length,
    silent: world.reporting.filter((unit) => silent.some(({ instance }) => fieldOf(instance, 'unit') === unit)).map(world.nameOf),
  };
}
