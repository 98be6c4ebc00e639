import { decisionsMade } from '../decided.js';
import type { InstanceCall } from '../edge.js';
import { readableEntries } from '../renditionAccess.js';
import { type Answer, ok } from './route.js';
import { list, object, text, textOrNull } from './schemas.js';

const fall = object({
  seq: { type: 'integer' },
  at: text,
  actor: text,
  command: text,
  why: { enum: ['edited', 'anew', 'undone'] },
  reason: textOrNull,
});
const decision = object({
  seq: { type: 'integer' },
  at: text,
  command: text,
  actor: text,
  onBehalfOf: textOrNull,
  role: textOrNull,
  by: textOrNull,
  capacity: {},
  content: textOrNull,
  choice: textOrNull,
  reason: textOrNull,
  fell: { anyOf: [fall, { type: 'null' }] },
});
export const decisionsSchema = object({ content: textOrNull, decisions: list(decision) });

/** Every decision on the paper, and whether it stands: each is one on a content, named by its hash. */
export async function readDecisions(call: InstanceCall): Promise<Answer> {
  const { instance } = call.view;
  const decisions = await decisionsMade(call, call.model, instance, (entries) => readableEntries(call, entries));
  return ok({ content: instance.content, decisions });
}
