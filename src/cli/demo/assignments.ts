import type { Instance } from '../../commands/look.js';
import { printedDay } from '../../office/papers/printedWords.js';
import { addDays } from '../../office/time/clock.js';
import { finishOccurrences, finishParts, splitOne, spokenFor } from './duties.js';
import { doing, done, fieldOf, type Stage, settle } from './stage.js';

/** One unit's duty, with the quarter of the story (0 to 3) in which it will be completed. */
export interface Duty {
  readonly id: string;
  readonly directive: string;
  readonly clause: string;
  readonly title: string;
  readonly unit: string;
  readonly plan: string;
  readonly quarter: number;
  dueOn: string;
  /** Day on which it was confirmed; null while it runs. */
  confirmedOn: string | null;
}

const extensionDays = 14;

/** Every unit accepts what it was given, in one go; one contests one duty and is released from it; one asks for more time. */
export async function acceptDuties(stage: Stage, assignments: readonly Instance[]): Promise<readonly Duty[]> {
  const { desk, world, time } = stage;
  doing(stage, 'accepting');
  time.workingDays(1);
  const lastWard = world.directory.units.findLast((unit) => unit.kind === 'ward')?.id;
  const contested = contestedOf(assignments, lastWard);
  for (const [unit, list] of byUnit(assignments)) {
    const items = list.filter((one) => one !== contested).map(({ id }) => ({ instance: id }));
    if (items.length > 0) await desk.actOnAll(world.headOf(unit), 'ACCEPT', items, spokenFor(stage, unit));
  }
  done(stage, 'accepted', { count: assignments.length - (contested ? 1 : 0) });
  if (contested !== undefined) await contest(stage, contested);
  const duties = assignments.filter((one) => one !== contested).map(dutyOf);
  await extend(stage, duties);
  await splitOne(stage, duties);
  await settle(stage);
  return duties;
}

/** Among the duties that many units share, that of the last ward, or else the last one: its directive goes on without it. */
function contestedOf(assignments: readonly Instance[], lastWard: string | undefined): Instance | undefined {
  const crowds = new Map<string, Instance[]>();
  for (const one of assignments) crowds.set(fieldOf(one, 'directive'), [...(crowds.get(fieldOf(one, 'directive')) ?? []), one]);
  const [largest] = [...crowds.values()].sort((a, b) => b.length - a.length);
  if (largest === undefined || largest.length < 2) return undefined;
  return largest.find((one) => fieldOf(one, 'unit') === lastWard) ?? largest.at(-1);
}

function byUnit(assignments: readonly Instance[]): Map<string, Instance[]> {
  const groups = new Map<string, Instance[]>();
  for (const one of assignments) groups.set(fieldOf(one, 'unit'), [...(groups.get(fieldOf(one, 'unit')) ?? []), one]);
  return groups;
}

async function contest(stage: Stage, assignment: Instance): Promise<void> {
  const { desk, world, time } = stage;
  const unit = fieldOf(assignment, 'unit');
  await desk.act(world.headOf(unit), assignment.id, 'CONTEST', {
    input: { contested: 'Việc này đơn vị đã hoàn thành trong kế hoạch năm trước; đề nghị không giao lại.' },
  });
  time.workingDays(1);
  await desk.act(world.cast.consolidator, assignment.id, 'RELEASE', {
    input: { reason: 'Đã kiểm tra, lý do đúng; rút việc giao đối với đơn vị này.' },
  });
  done(stage, 'contested', { unit: world.nameOf(unit) });
}

function dutyOf(instance: Instance, index: number): Duty {
  // 5 shares out 10 over the quarters: 2, 3, 3, 2; neighbouring units finish at different times.
  const shares = [0, 1, 2, 1, 3, 2, 0, 1, 2, 3];
  return {
    id: instance.id,
    directive: fieldOf(instance, 'directive'),
    clause: fieldOf(instance, 'clause'),
    title: fieldOf(instance, 'title'),
    unit: fieldOf(instance, 'unit'),
    plan: fieldOf(instance, 'plan'),
    quarter: shares[(index * 7) % shares.length] ?? 0,
    dueOn: fieldOf(instance, 'dueOn'),
    confirmedOn: null,
  };
}

async function extend(stage: Stage, duties: readonly Duty[]): Promise<void> {
  const { desk, world } = stage;
  const duty = duties.find((one) => one.quarter === 3);
  if (duty === undefined) return;
  const askedDueOn = addDays(duty.dueOn, extensionDays);
  await desk.act(world.headOf(duty.unit), duty.id, 'REQUEST_EXTENSION', {
    input: { askedDueOn, reason: 'Cần thêm thời gian phối hợp với các đơn vị liên quan.' },
  });
  await desk.act(world.cast.consolidator, duty.id, 'GRANT_EXTENSION', { input: { dueOn: askedDueOn } });
  done(stage, 'extended', { unit: world.nameOf(duty.unit), from: printedDay(duty.dueOn), to: printedDay(askedDueOn) });
  duty.dueOn = askedDueOn;
}

/** The duties of one quarter are reported as completed by each unit, then confirmed together. */
export async function completeDuties(stage: Stage, duties: readonly Duty[], quarter: number, label: string): Promise<number> {
  const { desk, world, time } = stage;
  const ready = duties.filter((duty) => duty.quarter === quarter);
  await finishParts(stage, ready);
  await finishOccurrences(stage, duties);
  const units = [...new Set(ready.map((duty) => duty.unit))];
  for (const unit of units) {
    const items = ready.filter((duty) => duty.unit === unit).map(({ id }) => ({ instance: id }));
    await desk.actOnAll(world.headOf(unit), 'COMPLETE', items, {
      result: `Đã hoàn thành; kết quả cụ thể nêu trong báo cáo ${label}.`,
      figures: [{ name: 'Lượt người được phổ biến', value: '1.250', measure: 'lượt người' }],
      ...spokenFor(stage, unit),
    });
  }
  time.workingDays(2);
  await desk.actOnAll(
    world.cast.consolidator,
    'CONFIRM',
    ready.map(({ id }) => ({ instance: id })),
  );
  for (const duty of ready) duty.confirmedOn = time.today();
  await settle(stage);
  return ready.length;
}
