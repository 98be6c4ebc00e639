import type { Instance } from '../../engine/instance.js';
import type { Json } from '../../engine/json.js';
import type { GivenReview } from '../../office/catalogue/clauses.js';
import type { ClauseReview } from '../../office/papers/clauseReview.js';
import type { Deps } from '../deps.js';

const HASH = /^[0-9a-f]{64}$/;

/** Stores a review of clauses under its hash, for REVIEW_CLAUSES to name. Whether it stands is judged there. */
export function storeReview({ store }: Pick<Deps, 'store'>, authority: string, review: ClauseReview): Promise<string> {
  return store.contents.put(authority, review as unknown as Json);
}

/** What REVIEW_CLAUSES is judged by: the review that it names, and the content of the instance. */
export async function givenReview(
  { store }: Pick<Deps, 'store'>,
  instance: Instance,
  named: Json | undefined,
): Promise<GivenReview> {
  const { authority, content } = instance;
  const known = typeof named === 'string' && HASH.test(named);
  return {
    review: known ? await store.contents.get(authority, named) : null,
    content: known && content !== null ? await store.contents.get(authority, content) : null,
  };
}
