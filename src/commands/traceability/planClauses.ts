import { readEntry } from '../../engine/entry.js';
import type { Instance } from '../../engine/instance.js';
import { isObject, type Json } from '../../engine/json.js';
import { clauseReviewOf } from '../../office/papers/clauseReviewShape.js';
import { clauseSource } from '../../office/papers/clauseSource.js';
import type { PlanLine } from '../../office/traceability/lines.js';
import type { Deps } from '../deps.js';
import { listOf, textOf } from './readLines.js';
import { storedJson } from './stored.js';

/** Entries of a plan that are read for the reasons in them: more than any plan has, and a bound. */
export const planEntriesMax = 5_000;

/** The clauses of a plan, confirmed or as read, and those from which nothing follows. */
export interface PlanClauses extends Pick<PlanLine, 'clauses' | 'review' | 'noAction'> {
  /** The stored text of the plan; null where it is none, or gone. */
  readonly content: Json | null;
}

/**
 * Every clause of a plan in the order of the paper: as the review confirmed it, with those of which the review says that nothing follows; as
 * it is read from the text where there is no review. Where the review is gone the paths remain that the plan keeps itself.
 */
export async function planClauses({ store }: Pick<Deps, 'store'>, plan: Instance): Promise<PlanClauses> {
  const { authority, context } = plan;
  const hash = textOf(context.clauseReview);
  const [content, stored] = await Promise.all([
    plan.content === null ? null : storedJson(store, authority, plan.content),
    hash === null ? null : storedJson(store, authority, hash),
  ]);
  const source = clauseSource(plan, content);
  const review = stored === null ? null : clauseReviewOf(stored);
  const spoken = await reasonsIn({ store }, plan);
  const recorded = listOf(context.noAction).map((clause) => ({ clause, reason: spoken.get(clause) ?? null }));
  const read = (source?.clauses ?? []).map(({ path, text, sourceSpan }) => ({ path, text, at: sourceSpan[0] }));
  if (review === null || 'code' in review) {
    const kept = listOf(context.clauseList).map((path) => ({ path, text: read.find((one) => one.path === path)?.text ?? '' }));
    const clauses = hash === null ? read.map(({ path, text }) => ({ path, text })) : kept;
    return { content, clauses, review: hash === null ? null : { hash, found: false }, noAction: recorded };
  }
  const texts = new Map(read.map((one) => [one.path, one]));
  const confirmed = review.clauses.map(({ path, text, span }) => ({ path, text, at: span[0] }));
  const others = review.noAction.map(({ path }) => ({ path, text: texts.get(path)?.text ?? '', at: texts.get(path)?.at ?? 0 }));
  const clauses = [...confirmed, ...others].sort((a, b) => a.at - b.at).map(({ path, text }) => ({ path, text }));
  const without = review.noAction.map(({ path, reason }) => ({ clause: path, reason }));
  return { content, clauses, review: { hash: hash ?? '', found: true }, noAction: [...without, ...recorded] };
}

/** The reasons that NO_ACTION gave, by clause, the last one for each: they stand in the history alone. */
async function reasonsIn(
  { store }: Pick<Deps, 'store'>,
  { authority, id, context }: Instance,
): Promise<ReadonlyMap<string, string>> {
  const reasons = new Map<string, string>();
  if (context.noAction === undefined && context.dropped === undefined) return reasons;
  for (const { bytes } of await store.instances.history(authority, id, 1, planEntriesMax)) {
    const { command, input } = readEntry(bytes);
    if (command !== 'NO_ACTION' || !isObject(input)) continue;
    const { clause, reason, ofPaper } = input;
    if (ofPaper !== 'earlierPaper' && typeof clause === 'string' && typeof reason === 'string') reasons.set(clause, reason);
  }
  return reasons;
}
