import type { Instance } from '../../engine/instance.js';
import {
  type ArrivalNumber,
  arrivalSeries,
  arrivalSymbol,
  identityOf,
  type RegisteredPaper,
} from '../../office/papers/incoming.js';
import { dayOf } from '../../office/time/clock.js';
import type { Deps } from '../deps.js';
import type { Giving } from '../giving.js';

const zerosMax = 3;

/**
 * What REGISTER needs before it can be judged: the next number of incoming papers (số đến), one series for the whole authority
 * from 1 each year. Repeatable: the same paper finds its number of this day again.
 */
export async function takeArrivalNumber(deps: Deps, { instance, facts }: Giving): Promise<ArrivalNumber> {
  const { authority } = instance;
  const day = dayOf(facts.now);
  await deps.hook('before-reserve');
  const row = await deps.store.numbers.reserve({
    authority,
    series: arrivalSeries,
    symbol: arrivalSymbol,
    year: Number(day.slice(0, 4)),
    day,
    document: instance.id,
    prepareRevision: instance.revision + 1,
  });
  await deps.hook('after-reserve');
  return { number: row.number, day: row.day };
}

/** Registered papers with the same number, however many zeros their issuers wrote before it; what else is equal is judged later. */
export async function sameIncoming(
  deps: Pick<Deps, 'store'>,
  { authority, context }: Instance,
): Promise<readonly RegisteredPaper[]> {
  const own = identityOf(context);
  if (own === null) return [];
  const numbers = Array.from({ length: zerosMax + 1 }, (_none, zeros) => `${'0'.repeat(zeros)}${own.number}`);
  const typed = typeof context.codeNumber === 'string' ? [context.codeNumber] : [];
  return deps.store.registers.registeredWith(authority, [...new Set([...numbers, ...typed])]);
}
