import type { Instance } from '../../engine/instance.js';
import { clauseSource } from '../../office/papers/clauseSource.js';
import { readPlan } from '../../office/reading/readPlan.js';
import { type ObligationProposal, proposalsFrom } from '../../office/reporting/proposals.js';
import { dayOf } from '../../office/time/clock.js';
import type { Deps } from '../deps.js';

/**
 * The obligations to report that a plan's own text lays down, offered to whoever opens them: who, to whom, through whom, how often. Empty for
 * what is no paper. Throws `readingFailed` for a text that is too long to read.
 */
export async function proposeObligation(
  { store, clock }: Pick<Deps, 'store' | 'clock'>,
  plan: Instance,
): Promise<readonly ObligationProposal[]> {
  const content = plan.content === null ? null : await store.contents.get(plan.authority, plan.content);
  const source = clauseSource(plan, content);
  if (source === null) return [];
  const directory = await store.directory.snapshot(plan.authority);
  const title = typeof plan.context.title === 'string' ? plan.context.title : '';
  return proposalsFrom(readPlan(source.text).reporting, { directory, title, day: dayOf(clock.now()) });
}
