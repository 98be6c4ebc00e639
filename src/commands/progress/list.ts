import type { Work } from '../../office/progress/rows.js';
import { dayOf } from '../../office/time/clock.js';
import { period } from '../../office/time/periods.js';
import type { Deps } from '../deps.js';
import type { InstanceView } from '../ports.js';
import type { ProgressAsk } from './progress.js';
import { dutiesOf, periodsOf, reportsOf } from './works.js';

interface ListedWork {
  readonly work: Work;
  readonly view: InstanceView;
}

export interface ListAsk extends ProgressAsk {
  /** Only duties, or only reports; null: both. */
  readonly kind: 'duty' | 'report' | null;
  /** A standing of duties or reports; null: any. */
  readonly state: string | null;
}

/**
 * The works behind a number, one after the other: duties, then reports by period. With a quarter that is over the duties are told as they
 * stood at its end by their entries; a roll-up that was taken later may say otherwise, and says when it was taken.
 */
export async function* listWorks(deps: Pick<Deps, 'store'>, ask: ListAsk): AsyncGenerator<ListedWork> {
  const { calendar } = await deps.store.directory.snapshot(ask.authority);
  const bounds = ask.quarter === null ? null : period(ask.quarter);
  const past = bounds !== null && bounds.to < dayOf(ask.now) ? bounds.cutOff : null;
  const wanted = ({ state }: { readonly state: string }): boolean => ask.state === null || ask.state === state;
  if (ask.kind !== 'report') {
    for await (const { view, fact } of dutiesOf(deps, ask, { calendar, now: ask.now, past }))
      if (wanted(fact)) yield { view, work: { kind: 'duty', fact } };
  }
  if (ask.kind === 'duty') return;
  const periods = (await periodsOf(deps, ask)).filter(({ quarter }) => ask.quarter === null || quarter === ask.quarter);
  for await (const { view, fact } of reportsOf(deps, ask, periods, { calendar, now: ask.now }))
    if (wanted(fact)) yield { view, work: { kind: 'report', fact } };
}
