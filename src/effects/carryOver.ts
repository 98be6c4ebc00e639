import { performance } from 'node:perf_hooks';
import type { Deps } from '../commands/deps.js';
import type { Read } from '../commands/ports.js';
import { type EffectOutcome, type LeasedEffect, leaseMs } from '../commands/relayPorts.js';
import type { JsonObject } from '../engine/json.js';
import { type CarriedLine, linesIn } from '../office/catalogue/duties.js';
import { oneByOne, textOf } from './handler.js';
import { send } from './sendCommand.js';

/** Duties that are read at once: what is held in memory does not grow with the plan. */
export const carriedPageRows = 200;
const carriedAtOnce = 8;
/** What is not done by then is left to the next claim, well before the handler's own deadline. */
const carryMsMax = leaseMs / 4;
/** Refusals that are told to the administrator. */
const refusedToldMax = 10;

const CARRY_OVER = 'CARRY_OVER';

/**
 * A period was closed: every duty of its plan that is still open is carried over (chuyển kỳ sau), once. Page by page on the index of the plan;
 * each duty is told under a key of its own, and one that keeps the period already is passed over without a command, so that a run that was
 * killed, or that ran out of its time, goes on where it stopped.
 */
export const carryOver = oneByOne(1, async (deps, effect): Promise<EffectOutcome> => {
  const { authority } = effect;
  const [plan, period] = [textOf(effect, 'plan'), textOf(effect, 'period')];
  const started = performance.now();
  const refused: JsonObject[] = [];
  for (let after: string | null = null; ; ) {
    const page = await deps.store.instances.ofPlan({
      authority,
      plan,
      definition: 'assignment',
      unit: null,
      after,
      limit: carriedPageRows,
    });
    refused.push(
      ...(await carryAll(
        deps,
        effect,
        page.rows.filter((row) => isToCarry(row, period)),
      )),
    );
    after = page.next;
    if (after === null) break;
    if (performance.now() - started > carryMsMax) return { kind: 'retry', inMs: 0, reason: 'moreToCarry', patient: true };
  }
  return refused.length === 0
    ? { kind: 'done' }
    : { kind: 'parked', reason: { code: 'commandRefused', refused: refused.slice(0, refusedToldMax) } };
});

function isToCarry({ instance }: Read, period: string): boolean {
  return instance.open && !linesIn<CarriedLine>(instance, 'carried').some((line) => line.period === period);
}

async function carryAll(deps: Deps, effect: LeasedEffect, rows: readonly Read[]): Promise<readonly JsonObject[]> {
  const queue = [...rows];
  const refused: JsonObject[] = [];
  const period = textOf(effect, 'period');
  const worker = async (): Promise<void> => {
    for (let row = queue.shift(); row !== undefined; row = queue.shift()) {
      const { id } = row.instance;
      const outcome = await send(deps, effect, {
        instance: id,
        command: CARRY_OVER,
        input: { period },
        key: `${effect.id}/${id}`,
      });
      if (outcome.kind === 'parked') refused.push({ duty: id, reason: outcome.reason });
    }
  };
  await Promise.all(Array.from({ length: carriedAtOnce }, worker));
  return refused;
}
