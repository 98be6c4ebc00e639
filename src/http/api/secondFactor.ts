import { TrinhkyError } from '../../errors.js';
import { csrfToken } from '../csrf.js';
import type { SignedCall } from '../edge.js';
import { confirmFactor, enrolFactor, removeFactor } from '../secondFactor.js';
import { type Answer, ok } from './route.js';

/** Whoever holds a token alone neither adds nor takes away what protects the account from him. */
function requireSession(call: SignedCall): void {
  if (call.via !== 'session') throw new TrinhkyError('notAllowed');
}

/** Whether the person has a second factor; never its secret. */
export async function readFactor(call: SignedCall): Promise<Answer> {
  return ok(await call.edge.app.secondFactors.standing(call.identity));
}

export async function enrolOwnFactor(call: SignedCall): Promise<Answer> {
  requireSession(call);
  const { password } = call.body as { password: string };
  return { status: 201, body: await enrolFactor(call, { password, code: '' }) };
}

/** A wrong code is `stepUpFailed`. The session has a new id afterwards, and its forms a new token. */
export async function confirmOwnFactor(call: SignedCall): Promise<Answer> {
  requireSession(call);
  if (!(await confirmFactor(call, (call.body as { code: string }).code))) throw new TrinhkyError('stepUpFailed');
  return standingAfter(call);
}

export async function removeOwnFactor(call: SignedCall): Promise<Answer> {
  requireSession(call);
  await removeFactor(call, call.body as { password: string; code: string });
  return standingAfter(call);
}

async function standingAfter(call: SignedCall): Promise<Answer> {
  const standing = await call.edge.app.secondFactors.standing(call.identity);
  return ok({ ...standing, csrfToken: csrfToken(call.request) });
}
