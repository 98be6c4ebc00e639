import { createHash } from 'node:crypto';
import type { Identity } from '../../commands/application.js';
import { TrinhkyError } from '../../errors.js';
import { indexOf } from '../../office/organisation/directory.js';
import { csrfToken, requireSameOrigin } from '../csrf.js';
import type { Call, Edge, SignedCall } from '../edge.js';
import { audit, standing } from '../gate.js';
import { personName } from '../names.js';
import { endSession, loadSession, startSession } from '../session.js';
import { type Answer, ok } from './route.js';

/** Proves who somebody is and starts the session. Throws `tooManyTries`, `signInFailed`; says nothing of which part was wrong. */
export async function proveAndStart(
  call: Call,
  login: string,
  password: string,
): Promise<{ identity: Identity; mustChange: boolean }> {
  const { app } = call.edge;
  const address = call.request.ip ?? '';
  const seconds = await app.limiter.blockedFor(login, address);
  if (seconds > 0) throw new TrinhkyError('tooManyTries', { seconds });
  const found = await app.accounts.verify(login, password);
  if (found === null) {
    await app.limiter.failed(login, address);
    await auditFailure(call.edge, login, call);
    throw new TrinhkyError('signInFailed');
  }
  await app.limiter.succeeded(login, address);
  const identity: Identity = { authority: found.authority, person: found.person };
  await audit({ ...call, identity, now: app.deps.clock.now() }, 'signedIn', null, {});
  await startSession(call.edge, call.request, identity, found.mustChange);
  return { identity, mustChange: found.mustChange };
}

/** A failed sign-in belongs to no person; what was typed may be a password in the wrong field, so only its hash is kept. */
async function auditFailure(edge: Edge, login: string, call: Call): Promise<void> {
  const { store, clock } = edge.app.deps;
  const now = clock.now();
  const tried = createHash('sha256').update(login).digest('hex').slice(0, 16);
  for (const authority of await store.directory.authorities()) {
    await store.audit.append({
      authority,
      at: now,
      actor: 'unknown',
      kind: 'signInFailed',
      subject: null,
      details: { login: tried, address: call.request.ip ?? null },
    });
  }
}

export async function signIn(call: Call): Promise<Answer> {
  requireSameOrigin(call.request, call.edge.options.publicUrl);
  const { login, password } = call.body as { login: string; password: string };
  await loadSession(call.edge, call.request, call.response);
  const { identity, mustChange } = await proveAndStart(call, login, password);
  const signed: SignedCall = { ...call, ...(await standing(call.edge, identity)), identity, via: 'session' };
  return { status: 201, body: meBody(signed, mustChange) };
}

export async function signOut(call: SignedCall): Promise<Answer> {
  if (call.via !== 'session') throw new TrinhkyError('notAllowed');
  await audit(call, 'signedOut', null, {});
  await endSession(call.request);
  return { status: 204 };
}

export async function readMe(call: SignedCall): Promise<Answer> {
  const mustChange = call.via === 'session' && call.request.session.mustChange === true;
  return ok(meBody(call, mustChange));
}

export async function changePassword(call: SignedCall): Promise<Answer> {
  if (call.via !== 'session') throw new TrinhkyError('notAllowed');
  const { current, password } = call.body as { current: string; password: string };
  await setOwnPassword(call, current, password);
  return { status: 204 };
}

/** Sets a new password after the old one was proved again, and goes on under a new session id. Throws `signInFailed`, `tooManyTries`, `inputInvalid`. */
export async function setOwnPassword(call: SignedCall, current: string, password: string): Promise<void> {
  const { app } = call.edge;
  const login = indexOf(call.directory).person.get(call.identity.person)?.login ?? '';
  const address = call.request.ip ?? '';
  const seconds = await app.limiter.blockedFor(login, address);
  if (seconds > 0) throw new TrinhkyError('tooManyTries', { seconds });
  const proved = await app.accounts.verify(login, current);
  if (proved === null || proved.person !== call.identity.person) {
    await app.limiter.failed(login, address);
    throw new TrinhkyError('signInFailed');
  }
  await app.limiter.succeeded(login, address);
  await app.accounts.setPassword(call.identity, password);
  await audit(call, 'passwordSet', null, {});
  await startSession(call.edge, call.request, call.identity, false);
}

function meBody(call: SignedCall, mustChange: boolean) {
  const { reader } = call;
  return {
    authority: reader.authority,
    person: reader.person,
    name: personName(call, reader.person),
    keys: reader.keys,
    lent: reader.lent.map((group) => ({
      delegator: group.delegator,
      name: personName(call, group.delegator),
      keys: group.keys,
      definitions: group.definitions,
      types: group.types,
      commands: group.commands,
    })),
    readsAll: reader.readsAll,
    administers: reader.administers,
    mustChangePassword: mustChange,
    csrfToken: call.via === 'session' ? csrfToken(call.request) : null,
  };
}
