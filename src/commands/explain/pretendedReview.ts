import type { Facts } from '../../engine/command.js';
import type { Instance } from '../../engine/instance.js';
import type { Json } from '../../engine/json.js';
import { TrinhkyError } from '../../errors.js';
import type { GivenReview } from '../../office/catalogue/clauses.js';
import { asRead } from '../../office/papers/clauseReview.js';
import { clauseSource } from '../../office/papers/clauseSource.js';

/** The review in which somebody confirms every clause as it was read; none for a text that has no clauses. */
export function pretendedReview(instance: Instance, given: Facts['given']): GivenReview {
  const content = (given.content ?? null) as Json | null;
  try {
    const source = clauseSource(instance, content);
    return { review: source === null ? null : (asRead(source) as unknown as Json), content };
  } catch (error) {
    // A text that is too long to be read cannot be reviewed.
    if (error instanceof TrinhkyError && error.code === 'readingFailed') return { review: null, content };
    throw error;
  }
}
