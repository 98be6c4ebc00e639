import { stepUp, type ToSign } from '../../commands/papers/stepUp.js';
import { csrfToken } from '../csrf.js';
import type { SignedCall } from '../edge.js';
import { namesFor } from '../names.js';
import { RefusedError } from '../problem.js';
import { renewSession } from '../session.js';
import type { Answer } from './route.js';
import { modelFor } from './show.js';

interface StepUpBody {
  readonly password: string;
  readonly code: string;
  readonly items: readonly ToSign[];
}

/** A proof for exactly the prints that are named. A session goes on under a new id, with a new token for its forms. */
export async function makeProof(call: SignedCall): Promise<Answer> {
  const { password, code, items } = call.body as StepUpBody;
  const { proof, expiresAt } = await proved(call, { password, code, items });
  return { status: 201, body: { proof, expiresAt, csrfToken: call.via === 'session' ? csrfToken(call.request) : null } };
}

/** The proof, for a program or a page. Throws what `stepUp` throws, and `RefusedError` that names the print that cannot be signed. */
export async function proved(
  call: SignedCall,
  asked: StepUpBody,
): Promise<{ readonly proof: string; readonly expiresAt: string }> {
  const made = await stepUp(call.edge.app, { ...asked, identity: call.identity, address: call.request.ip ?? '' });
  if (made.kind === 'refused') {
    const model = modelFor(call, made.refusal.definition);
    throw new RefusedError({ kind: 'refused', ...made.refusal }, namesFor(call.language, call.directory, model, call.now));
  }
  if (call.via === 'session') await renewSession(call.edge, call.request);
  return made;
}
