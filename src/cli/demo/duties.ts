import type { Instance, JsonObject } from '../../commands/look.js';
import { childrenMax } from './directives.js';
import { done, fieldOf, type Stage, settle } from './stage.js';

/** As much of a duty as is carried on here. */
interface Duty {
  readonly id: string;
  readonly unit: string;
  readonly plan: string;
  readonly quarter: number;
}

/** What the clerk brings for the unit that does not use the system; nothing for all others. */
export function spokenFor({ world }: Stage, unit: string): JsonObject {
  return unit === world.served ? { source: 'Dữ liệu ví dụ: công văn của đơn vị gửi bộ phận văn thư' } : {};
}

const quarterOfSplit = 1;

/** One duty of a division is split between it and a ward: all parts must be confirmed before it is reported as done. */
export async function splitOne(stage: Stage, duties: readonly Duty[]): Promise<void> {
  const { desk, world } = stage;
  const kindOf = (unit: string) => world.directory.units.find(({ id }) => id === unit)?.kind;
  const duty = duties.find(
    ({ quarter, unit }) => quarter === quarterOfSplit && kindOf(unit) === 'division' && unit !== world.served,
  );
  const helper = world.reporting.find((unit) => unit !== duty?.unit && kindOf(unit) === 'ward');
  if (duty === undefined || helper === undefined) return;
  const parts = [
    { title: 'Hướng dẫn, theo dõi và tổng hợp', unit: duty.unit },
    { title: 'Thực hiện thí điểm tại địa bàn', unit: helper },
  ];
  await desk.act(world.headOf(duty.unit), duty.id, 'SPLIT', { input: { parts, closing: 'all' } });
  done(stage, 'split', { unit: world.nameOf(duty.unit), other: world.nameOf(helper) });
}

/** The parts of duties that are about to be completed: done by their units, confirmed by whoever split the duty, his own by the consolidator. */
export async function finishParts(stage: Stage, duties: readonly Duty[]): Promise<void> {
  const { app, desk, world } = stage;
  for (const duty of duties) {
    const parts = await app.deps.store.instances.childrenOf(world.authority, duty.id, 'part', childrenMax);
    for (const part of parts.filter(({ open }) => open)) {
      const unit = fieldOf(part, 'unit');
      await desk.act(world.headOf(unit), part.id, 'ACCEPT');
      await desk.act(world.headOf(unit), part.id, 'COMPLETE', { input: { result: 'Đã xong phần việc được giao.' } });
      await desk.act(unit === duty.unit ? world.cast.consolidator : world.headOf(duty.unit), part.id, 'CONFIRM');
    }
    if (parts.length > 0) await settle(stage);
  }
}

/** What came again this quarter is accepted and done; the consolidator confirms it. */
export async function finishOccurrences(stage: Stage, duties: readonly Duty[]): Promise<void> {
  const { app, desk, world } = stage;
  const plan = duties[0]?.plan;
  if (plan === undefined) return;
  const query = { authority: world.authority, plan, definition: 'assignment', unit: null, after: null, limit: childrenMax };
  const { rows } = await app.deps.store.instances.ofPlan(query);
  const due = rows.map(({ instance }) => instance).filter(isOffered);
  for (const occurrence of due) {
    const head = world.headOf(fieldOf(occurrence, 'unit'));
    await desk.act(head, occurrence.id, 'ACCEPT');
    const figures = [{ name: 'Đơn vị được kiểm tra', value: '6', measure: 'đơn vị' }];
    await desk.act(head, occurrence.id, 'COMPLETE', { input: { result: 'Đã kiểm tra theo kế hoạch của quý.', figures } });
    await desk.act(world.cast.consolidator, occurrence.id, 'CONFIRM');
    done(stage, 'recurred', { unit: world.nameOf(fieldOf(occurrence, 'unit')), period: fieldOf(occurrence, 'period') });
  }
  if (due.length > 0) await settle(stage);
}

function isOffered({ open, state, context }: Instance): boolean {
  return open && state === 'offered' && context['recurring'] !== undefined;
}
