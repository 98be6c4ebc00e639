import type { Instance, Json } from '../../commands/look.js';
import type { UnitStanding } from '../../office/papers/consolidation.js';
import { reportContentOf } from '../../office/papers/reportContent.js';
import { addWorkingDays } from '../../office/time/calendar.js';
import { addDays } from '../../office/time/clock.js';
import { type Period, period, quarterOf } from '../../office/time/periods.js';
import { completeDuties, type Duty } from './assignments.js';
import { consolidateQuarter } from './consolidation.js';
import { childrenMax } from './directives.js';
import { headIsBack, headOnLeave } from './leave.js';
import { reportOf } from './reports.js';
import { type Roles, rolesOf } from './roles.js';
import { doing, done, fieldOf, type IssuedPaper, type Stage, settle, showRefusal } from './stage.js';
import { workingDayFrom } from './time.js';

const quartersCount = 4;
/** Working days after a period's end until which a report is in time. */
const reportDays = 5;
/** Working days over which the punctual reports come in. */
const punctualDays = 3;
/** In the second quarter the head of the drafting unit is away. */
const quarterOfLeave = 1;
/** Calendar days before a period's end on which it is opened, and before which duties are completed. */
const openDays = 10;

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
  plan: IssuedPaper,
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
  const open = await openPeriod(stage, plan.instance, quarter);
  const roles = rolesOf(world.reporting, index);
  const returned = await collect(stage, open, duties, index, roles);
  await markMissing(stage, open.reports, roles);
  const standings = await standingsOf(stage, open.reports);
  const late = standings.filter((one) => one.state === 'late').length;
  const silent = standings.filter((one) => one.state === 'silent').map((one) => one.unit.name);
  done(stage, 'reported', {
    quarter: shown,
    completed,
    sent: standings.length - silent.length,
    units: standings.length,
    late,
    silent: silent.length,
  });
  const leave = index === quarterOfLeave ? await headOnLeave(stage) : null;
  const paper = await consolidateQuarter(stage, plan, quarter, standings, duties);
  if (leave !== null) await headIsBack(stage, leave, paper.instance);
  await stage.desk.actOnAll(
    world.cast.consolidator,
    'CLOSE',
    standings.flatMap(({ report }) => (report === null ? [] : [{ instance: report.id }])),
  );
  await settle(stage);
  return { counts: { period: quarter.id, units: standings.length, late, silent, returned }, paper };
}

interface OpenPeriod {
  /** By unit. */
  readonly reports: ReadonlyMap<string, string>;
  readonly dueOn: string;
  readonly start: string;
}

async function openPeriod(stage: Stage, plan: string, quarter: Period): Promise<OpenPeriod> {
  const { app, desk, time, world } = stage;
  time.to(workingDayFrom(time.calendar, addDays(quarter.to, -openDays)));
  const start = quarter.to > time.today() ? quarter.to : time.today();
  const dueOn = addWorkingDays(time.calendar, start, reportDays);
  await desk.act(world.cast.consolidator, plan, 'OPEN_PERIOD', { input: { period: quarter.id, units: world.reporting, dueOn } });
  await settle(stage);
  const all = await app.deps.store.instances.childrenOf(world.authority, plan, 'report', childrenMax);
  const mine = all.filter((report) => fieldOf(report, 'period') === quarter.id);
  return { reports: new Map(mine.map((report) => [fieldOf(report, 'unit'), report.id])), dueOn, start };
}

/** Reports in time and late ones, each accepted as it was read; answers how many were returned. */
async function collect(stage: Stage, open: OpenPeriod, duties: readonly Duty[], index: number, roles: Roles): Promise<number> {
  const { desk, time, world } = stage;
  const [firstSilent] = roles.silent;
  time.to(workingDayFrom(time.calendar, addDays(open.start, 1)));
  const punctual = [...open.reports.keys()].filter((unit) => !roles.silent.has(unit) && !roles.late.has(unit));
  const sent = new Map<string, Instance>();
  for (let day = 0; day < punctualDays; day += 1) {
    const today = punctual.filter((_, at) => at % punctualDays === day);
    for (const [unit, report] of await sendAll(stage, open, today, duties, index)) sent.set(unit, report);
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
  if (back !== undefined && roles.returned !== null) sent.set(roles.returned, await sendAgain(stage, back, roles.returned));
  await acceptAll(stage, [...sent.values()]);
  time.to(workingDayFrom(time.calendar, addDays(open.dueOn, 1)), 9);
  await settle(stage);
  if (index === 0) await urgeMissing(stage, open, roles);
  time.workingDays(1);
  const late = await sendAll(stage, open, [...roles.late], duties, index);
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

async function sendAll(
  stage: Stage,
  open: OpenPeriod,
  units: readonly string[],
  duties: readonly Duty[],
  index: number,
): Promise<Map<string, Instance>> {
  const { app, desk, world } = stage;
  const sent = await Promise.all(
    units.map(async (unit): Promise<[string, Instance]> => {
      const report = open.reports.get(unit) ?? '';
      const own = duties.filter((duty) => duty.unit === unit);
      const content = await app.deps.store.contents.put(
        world.authority,
        reportOf(world.reporting.indexOf(unit), index, own) as unknown as Json,
      );
      await desk.act(world.headOf(unit), report, 'START', { input: { content } });
      return [unit, await desk.act(world.headOf(unit), report, 'SUBMIT')];
    }),
  );
  return new Map(sent);
}

/** The report comes back with what is missing in it, is mended and sent again on the same day. */
async function sendAgain(stage: Stage, report: Instance, unit: string): Promise<Instance> {
  const { app, desk, world } = stage;
  const { authority, cast } = world;
  const reason = 'Số liệu chưa có thuyết minh. Đề nghị bổ sung cách tính số lượt người tham dự.';
  await desk.act(cast.consolidator, report.id, 'RETURN', { saw: report.content ?? '', input: { reason } });
  const before = reportContentOf((await app.deps.store.contents.get(authority, report.content ?? '')) ?? {});
  const sections = before.sections.map((section, index) =>
    index === 0
      ? { ...section, text: `${section.text} Số lượt người tham dự tính theo danh sách ký tên tại từng cuộc.` }
      : section,
  );
  const content = await app.deps.store.contents.put(authority, { ...before, sections } as unknown as Json);
  await desk.act(world.headOf(unit), report.id, 'SAVE', { input: { content } });
  const again = await desk.act(world.headOf(unit), report.id, 'SUBMIT');
  done(stage, 'reportReturned', { unit: world.nameOf(unit) });
  return again;
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

/** How every unit stands, read back from what is stored. */
async function standingsOf({ app, world }: Stage, reports: ReadonlyMap<string, string>): Promise<readonly UnitStanding[]> {
  const { instances, contents } = app.deps.store;
  const held = await instances.loadMany(world.authority, [...reports.values()]);
  const found = new Map(held.map(({ instance }) => [fieldOf(instance, 'unit'), instance]));
  return Promise.all(
    world.reporting.map(async (id): Promise<UnitStanding> => {
      const unit = { id, name: world.nameOf(id) };
      const instance = found.get(id);
      if (instance === undefined || instance.state === 'silent' || instance.content === null)
        return { unit, state: 'silent', submittedOn: null, report: null };
      const content = reportContentOf((await contents.get(world.authority, instance.content)) ?? {});
      const state = instance.context['late'] === true ? 'late' : 'onTime';
      return {
        unit,
        state,
        submittedOn: fieldOf(instance, 'submittedOn'),
        report: { id: instance.id, hash: instance.content, content },
      };
    }),
  );
}
