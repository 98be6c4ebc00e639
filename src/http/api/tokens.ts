import { cleanText } from '../../commands/cleanInput.js';
import { TrinhkyError } from '../../errors.js';
import type { SignedCall } from '../edge.js';
import { audit } from '../gate.js';
import { type Answer, ok, param } from './route.js';

export async function listTokens(call: SignedCall): Promise<Answer> {
  return ok({ items: await call.edge.app.tokens.list(call.identity) });
}

export async function makeToken(call: SignedCall): Promise<Answer> {
  // A stolen token must not be able to outlive itself.
  if (call.via !== 'session') throw new TrinhkyError('notAllowed');
  const { label, days } = call.body as { label: string; days: number };
  const made = await call.edge.app.tokens.create(call.identity, cleanText(label, '/label'), days);
  await audit(call, 'tokenMade', made.summary.id, { days });
  return { status: 201, body: made };
}

export async function revokeToken(call: SignedCall): Promise<Answer> {
  const id = param(call, 'token');
  if (!(await call.edge.app.tokens.revoke(call.identity, id))) throw new TrinhkyError('notFound');
  await audit(call, 'tokenRevoked', null, {});
  return { status: 204 };
}
