import type { EffectOutcome } from '../commands/relayPorts.js';
import { numberOf, oneByOne, textOf } from './handler.js';

const settleAtOnce = 4;

/** Tells the register what became of a reserved number. Repeatable. */
export const settleNumber = oneByOne(settleAtOnce, async (deps, effect): Promise<EffectOutcome> => {
  const reason = textOf(effect, 'reason');
  if (effect.params.status !== 'used') {
    await deps.store.numbers.cancelAll(effect.authority, effect.instance, reason);
    return { kind: 'done' };
  }
  const row = {
    series: textOf(effect, 'series'),
    number: numberOf(effect, 'number'),
    year: numberOf(effect, 'year'),
    document: effect.instance,
  };
  await deps.store.numbers.settle(effect.authority, row, 'used', reason);
  return { kind: 'done' };
});
