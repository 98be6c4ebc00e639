import type { Instance } from '../engine/instance.js';
import type { Json } from '../engine/json.js';
import type { ReviewSource } from './clauseReview.js';
import type { PaperContent } from './paper.js';
import { shapeFaults } from './paperFaults.js';
import { textOfPaper } from './paperText.js';
import { readPlan } from './reading/readPlan.js';

/**
 * The text and the clauses that the review of a document is about: those of its content. Null where it has none or where that is no paper.
 * Throws `readingFailed` for a text that is too long to read.
 */
export function clauseSource(instance: Pick<Instance, 'content' | 'context'>, content: Json | null): ReviewSource | null {
  if (instance.content === null || shapeFaults(content).length > 0) return null;
  const text = textOfPaper(content as unknown as PaperContent);
  const { clauses: opened } = instance.context;
  return {
    hash: instance.content,
    text,
    clauses: readPlan(text).clauses,
    opened: Array.isArray(opened) ? (opened as readonly string[]) : [],
  };
}
