import type { Instance } from '../../engine/instance.js';
import { isObject, type Json } from '../../engine/json.js';
import { readPlan } from '../reading/readPlan.js';
import type { ReviewSource } from './clauseReview.js';
import type { PaperContent, SignatureBlock } from './paper.js';
import { shapeFaults } from './paperFaults.js';
import { type Issue, textOfPaper } from './paperText.js';

/**
 * The text and the clauses that the review of a document is about: those of its content, as it was issued. Null where it has none or where that is no paper.
 * Throws `readingFailed` for a text that is too long to read.
 */
export function clauseSource(instance: Pick<Instance, 'content' | 'context'>, content: Json | null): ReviewSource | null {
  if (instance.content === null || shapeFaults(content).length > 0) return null;
  const text = textOfPaper(content as unknown as PaperContent, issueOf(instance.context));
  const { clauses: opened, issuedOn } = instance.context;
  return {
    hash: instance.content,
    text,
    clauses: readPlan(text).clauses,
    opened: Array.isArray(opened) ? (opened as readonly string[]) : [],
    issuedOn: typeof issuedOn === 'string' ? issuedOn : null,
  };
}

/** Number, day and signature of a paper that was signed; none of them changes afterwards. */
function issueOf({ number, issuedOn, signature }: Instance['context']): Issue | null {
  if (typeof number !== 'number' || typeof issuedOn !== 'string' || !isObject(signature)) return null;
  return { number, issuedOn, signature: signature as unknown as SignatureBlock };
}
