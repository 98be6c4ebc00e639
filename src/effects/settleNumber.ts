import type { EffectOutcome } from '../commands/relayPorts.js';
import { numberOf, oneByOne, textOf } from './handler.js';

const settleAtOnce = 4;

/** Tells the register what became of a reserved number. Repeatable. */
export const settleNumber = oneByOne(settleAtOnce, async (deps, effect): Promise<EffectOutcome> => {
  const row = {
    series: textOf(effect, 'series'),
    number: numberOf(effect, 'number'),
    year: numberOf(effect, 'year'),
    document: effect.instance,
  };
  await deps.store.numbers.settle(
    effect.authority,
    row,
    effect.params.status === 'used' ? 'used' : 'cancelled',
    textOf(effect, 'reason'),
  );
  return { kind: 'done' };
});
