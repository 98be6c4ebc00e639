import type { Model } from '../../commands/look.js';
import { decisionsMade } from '../decided.js';
import type { SignedCall } from '../edge.js';
import type { Names } from '../names.js';
import { type DecisionView, decisionView } from './decisions.js';

/** Who stands behind a paper: the decisions on its way to the signature that count now; what a return wiped out is not among them. */
export async function approvalsOf(
  call: SignedCall,
  names: Names,
  model: Model,
  instance: { readonly authority: string; readonly id: string; readonly revision: number; readonly content: string | null },
): Promise<readonly DecisionView[]> {
  const made = await decisionsMade(call, model, instance);
  return made.filter(({ fell }) => fell === null).map((decision) => decisionView(names, decision, instance.content));
}
