import type { Instance, Json } from '../../commands/look.js';
import type { Directory } from '../../office/organisation/directory.js';
import { clauseSource } from '../../office/papers/clauseSource.js';
import { readPlan } from '../../office/reading/readPlan.js';
import { proposalsFrom } from '../../office/reporting/proposals.js';
import { dayOf } from '../../office/time/clock.js';
import type { Typed } from './lineOrder.js';

/** What the form of OPEN_OBLIGATION begins with: the first duty to report with a known frequency that the plan's own text lays down. */
export function obligationOffer(
  instance: Instance,
  content: Json | null,
  { directory, now }: { readonly directory: Directory; readonly now: string },
): Typed {
  const source = clauseSource(instance, content);
  if (source === null) return {};
  const title = typeof instance.context.title === 'string' ? instance.context.title : '';
  const offers = proposalsFrom(readPlan(source.text).reporting, { directory, title, day: dayOf(now) });
  const offer = offers.find(({ frequency }) => frequency !== null);
  if (offer === undefined) return {};
  const { code, name, units, reportTo, through, frequency, regime } = offer;
  return {
    code,
    name,
    units,
    regime,
    ...(frequency === null ? {} : { frequency }),
    ...(reportTo === null ? {} : { reportTo }),
    ...(through === null ? {} : { through }),
  };
}
