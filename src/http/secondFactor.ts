import { provePerson } from '../commands/papers/stepUp.js';
import { TrinhkyError } from '../errors.js';
import { indexOf } from '../office/organisation/directory.js';
import type { SignedCall } from './edge.js';
import { audit } from './gate.js';
import { renewSession } from './session.js';

/** What a person gives to prove who he is. Where no second factor is active the code is not looked at. */
export interface Given {
  readonly password: string;
  readonly code: string;
}

function provedBy(call: SignedCall, { password, code }: Given): Promise<void> {
  return provePerson(call.edge.app, { identity: call.identity, password, code, address: call.request.ip ?? '' }, 'factor', {});
}

function loginOf({ directory, identity }: SignedCall): string {
  return indexOf(directory).person.get(identity.person)?.login ?? '';
}

/**
 * A new secret after the password was given; it leaves the house this once, and is in force only once it is confirmed.
 * Throws `inputInvalid` {reason: 'active'} where one is in force, and as `provePerson` does.
 */
export async function enrolFactor(call: SignedCall, given: Given): Promise<{ readonly secret: string; readonly uri: string }> {
  const { secondFactors } = call.edge.app;
  if ((await secondFactors.standing(call.identity)).state === 'active')
    throw new TrinhkyError('inputInvalid', { field: 'secondFactor', reason: 'active' });
  await provedBy(call, given);
  const made = await secondFactors.enrol(call.identity, { issuer: call.directory.authority.name, account: loginOf(call) });
  await audit(call, 'secondFactorEnrolled', null, {});
  return made;
}

/**
 * The first code puts the secret in force, and the session goes on under a new id; false for a wrong one.
 * Tries are few: the secret lives a quarter of an hour, and each wrong code is counted. Throws `tooManyTries`.
 */
export async function confirmFactor(call: SignedCall, code: string): Promise<boolean> {
  const { app } = call.edge;
  const tries = `${loginOf(call)} confirm`;
  const address = call.request.ip ?? '';
  const seconds = await app.limiter.blockedFor(tries, address);
  if (seconds > 0) throw new TrinhkyError('tooManyTries', { seconds });
  if (!(await app.secondFactors.confirm(call.identity, code))) {
    await app.limiter.failed(tries, address);
    await audit(call, 'secondFactorNotConfirmed', null, {});
    return false;
  }
  await app.limiter.succeeded(tries, address);
  await audit(call, 'secondFactorConfirmed', null, {});
  await renewSession(call.edge, call.request);
  return true;
}

/** Takes the second factor away after password and code; the session goes on under a new id. Throws as `provePerson` does. */
export async function removeFactor(call: SignedCall, given: Given): Promise<void> {
  await provedBy(call, given);
  await call.edge.app.secondFactors.remove(call.identity);
  await audit(call, 'secondFactorRemoved', null, {});
  await renewSession(call.edge, call.request);
}
