import type { Collection } from 'mongodb';
import { Secret, TOTP } from 'otpauth';
import type { Identity, SecondFactors } from '../commands/application.js';
import { TrinhkyError } from '../errors.js';
import { collectionNames } from './collectionNames.js';
import type { Connection } from './connection.js';
import { isDuplicateKey } from './duplicate.js';
import type { Sealer } from './secretsKey.js';

/** How long a secret that was shown may be confirmed. */
export const enrolKeepMs = 15 * 60 * 1000;
export const stepSeconds = 30;
/** Steps before and after the present one whose code still serves: clocks differ. */
const windowSteps = 1;
const secretBytes = 20;
const CODE = /^\d{6}$/;
/** RFC 6238 with what every authenticator application knows: SHA-1, six digits, 30 seconds. */
const form = { algorithm: 'SHA1', digits: 6, period: stepSeconds } as const;

interface FactorDocument {
  /** `authority/person`. */
  _id: string;
  authority: string;
  person: string;
  /** Sealed with the server's key, for this row alone. */
  secret: string;
  /** Null until the person has shown that the application is set up. */
  confirmedAt: Date | null;
  enrolledAt: Date;
  /** The step of the last code that was used; no code of it or before serves again. */
  lastStep: number;
}

export interface SecondFactorDeps {
  readonly sealer: Sealer;
  /** Codes follow the wall clock, as the person's telephone does; never the domain's. */
  readonly wallNowMs: () => number;
}

interface Held extends SecondFactorDeps {
  readonly factors: Collection<FactorDocument>;
  /** The step of a code that the secret gives now, or a step before or after; null for any other. */
  readonly stepOf: (secret: Secret, code: string) => number | null;
}

/** Second factors by time-based one-time codes (RFC 6238). Secrets leave this module once, when they are made. */
export function makeSecondFactors(connection: Connection, deps: SecondFactorDeps): SecondFactors {
  const stepOf = (secret: Secret, code: string): number | null => {
    const token = code.replace(/\s/g, '');
    const timestamp = deps.wallNowMs();
    const delta = TOTP.validate({ ...form, secret, token: CODE.test(token) ? token : '------', timestamp, window: windowSteps });
    return delta === null ? null : TOTP.counter({ period: stepSeconds, timestamp }) + delta;
  };
  const held: Held = { ...deps, stepOf, factors: connection.collection<FactorDocument>(collectionNames.secondFactors) };
  return { ...enrolment(held), ...use(held) };
}

function enrolment({ factors, sealer, wallNowMs, stepOf }: Held): Pick<SecondFactors, 'standing' | 'enrol' | 'confirm'> {
  return {
    async standing(identity) {
      const found = await factors.findOne({ _id: idOf(identity), authority: identity.authority });
      if (found?.confirmedAt) return { state: 'active', since: found.confirmedAt.toISOString() };
      const waits = found !== null && wallNowMs() - found.enrolledAt.getTime() <= enrolKeepMs;
      return { state: waits ? 'unconfirmed' : 'none', since: null };
    },
    async enrol(identity, { issuer, account }) {
      const secret = new Secret({ size: secretBytes });
      const { authority, person } = identity;
      const _id = idOf(identity);
      const fields = {
        authority,
        person,
        secret: sealer.seal(secret.base32, _id),
        enrolledAt: new Date(wallNowMs()),
        lastStep: 0,
      };
      try {
        await factors.updateOne({ _id, authority, confirmedAt: null }, { $set: fields }, { upsert: true });
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        throw new TrinhkyError('inputInvalid', { field: 'secondFactor', reason: 'active' }, { cause: error });
      }
      return { secret: secret.base32, uri: new TOTP({ ...form, issuer, label: account, secret }).toString() };
    },
    async confirm(identity, code) {
      const _id = idOf(identity);
      const found = await factors.findOne({ _id, authority: identity.authority, confirmedAt: null });
      if (found === null || wallNowMs() - found.enrolledAt.getTime() > enrolKeepMs) return false;
      const step = stepOf(Secret.fromBase32(sealer.open(found.secret, _id)), code);
      if (step === null) return false;
      const { authority, secret } = found;
      const { modifiedCount } = await factors.updateOne(
        { _id, authority, confirmedAt: null, secret },
        { $set: { confirmedAt: new Date(wallNowMs()), lastStep: step } },
      );
      return modifiedCount === 1;
    },
  };
}

function use({ factors, sealer, stepOf }: Held): Pick<SecondFactors, 'match' | 'spend' | 'remove'> {
  // A look-up that finds nobody computes as much as one that does.
  const nobody = new Secret({ size: secretBytes });
  return {
    async match(identity, code) {
      const _id = idOf(identity);
      const found = await factors.findOne({ _id, authority: identity.authority, confirmedAt: { $ne: null } });
      const step = stepOf(found === null ? nobody : Secret.fromBase32(sealer.open(found.secret, _id)), code);
      return found !== null && step !== null && step > found.lastStep ? step : null;
    },
    async spend(identity, step) {
      const { authority } = identity;
      const { modifiedCount } = await factors.updateOne(
        { _id: idOf(identity), authority, confirmedAt: { $ne: null }, lastStep: { $lt: step } },
        { $set: { lastStep: step } },
      );
      return modifiedCount === 1;
    },
    async remove(identity) {
      return (await factors.deleteOne({ _id: idOf(identity), authority: identity.authority })).deletedCount === 1;
    },
  };
}

function idOf({ authority, person }: Identity): string {
  return `${authority}/${person}`;
}
