import type { EffectOutcome } from '../commands/ports.js';
import { oneByOne } from './handler.js';

const settleAtOnce = 4;

/** Tells the register what became of a reserved number. Repeatable. */
export const settleNumber = oneByOne(settleAtOnce, async (deps, effect): Promise<EffectOutcome> => {
  const { series, number, year, status, reason } = effect.params;
  const row = { series: String(series), number: Number(number), year: Number(year), document: effect.instance };
  await deps.store.numbers.settle(effect.authority, row, status === 'used' ? 'used' : 'cancelled', String(reason));
  return { kind: 'done' };
});
