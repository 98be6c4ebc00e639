import { randomInt } from 'node:crypto';
import type { Accounts, Identity } from '../commands/application.js';
import type { DirectoryStore } from '../commands/organisation/ports.js';
import { TrinhkyError } from '../errors.js';
import { collectionNames } from './collectionNames.js';
import type { Connection } from './connection.js';
import { isDuplicateKey } from './duplicate.js';
import { normalLogin } from './logins.js';
import { hashPassword, isOutdated, passwordFault, verifyPassword } from './passwords.js';

/** How long a one-time password may be used. */
export const oneTimeKeepMs = 30 * 24 * 60 * 60 * 1000;
/** Four groups of four from 31 signs: 79 bits. */
const ONE_TIME_GROUPS = 4;
/** No sign that is taken for another: no 0 and O, 1, l and I. */
const ONE_TIME_SIGNS = 'abcdefghjkmnpqrstuvwxyz23456789';

interface AccountDocument {
  /** `authority/person`. */
  _id: string;
  authority: string;
  person: string;
  login: string;
  /** argon2id, PHC text. */
  hash: string;
  /** A one-time password: nothing may be done with it but choose another. */
  mustChange: boolean;
  /** On the database's clock; null for a password of the person's own. */
  expiresAt: Date | null;
  changedAt: Date;
}

/** Accounts, with what the command line and the example need beyond the port. */
export interface AccountStore extends Accounts {
  /**
   * Makes or keeps the account of a person under a login, with a new one-time password, which is answered once.
   * Throws `inputInvalid` when another person has the login.
   */
  create(identity: Identity, login: string): Promise<string>;
}

export interface AccountDeps {
  readonly directory: Pick<DirectoryStore, 'snapshot'>;
  /** Ends a person's sessions after the password was changed. */
  readonly endSessionsOf: (identity: Identity) => Promise<void>;
  readonly endTokensOf: (identity: Identity) => Promise<void>;
  /** Takes the second factor away: whoever lost the password may have lost the telephone. */
  readonly removeSecondFactorOf: (identity: Identity) => Promise<void>;
}

/**
 * Accounts on MongoDB. Passwords are hashed with argon2id, bounded in number at once; hashes never leave this module.
 * `verify` answers null for a wrong password, an unknown login, a disabled person and an expired one-time password alike, each
 * after one hash; a hash with older parameters is made anew when its password was right.
 */
export function makeAccounts(connection: Connection, deps: AccountDeps): AccountStore {
  const accounts = connection.collection<AccountDocument>(collectionNames.accounts);
  const now = connection.databaseClock();
  let nobodysHash: Promise<string> | undefined;

  const oneTime = async () => {
    const password = randomPassword();
    const changes = { hash: await hashPassword(password), mustChange: true, expiresAt: new Date(now() + oneTimeKeepMs) };
    return { password, changes: { ...changes, changedAt: new Date(now()) } };
  };

  return {
    async verify(login, password) {
      const account = await accounts.findOne({ login: normalLogin(login) });
      nobodysHash ??= hashPassword(randomPassword());
      const right = await verifyPassword(account?.hash ?? (await nobodysHash), password);
      if (account === null || !right || (account.expiresAt !== null && account.expiresAt.getTime() <= now())) return null;
      const { _id, authority, person, mustChange, hash } = account;
      const directory = await deps.directory.snapshot(authority);
      if (directory.people.find((one) => one.id === person)?.disabled !== false) return null;
      if (isOutdated(hash)) await accounts.updateOne({ _id, hash }, { $set: { hash: await hashPassword(password) } });
      return { authority, person, mustChange };
    },
    async setPassword({ authority, person }, password) {
      const _id = idOf({ authority, person });
      const account = await accounts.findOne({ _id, authority });
      if (account === null) throw new TrinhkyError('notFound', { person });
      const fault = passwordFault(password, await contextOf(deps.directory, account));
      if (fault !== null) throw new TrinhkyError('inputInvalid', { field: 'password', reason: fault });
      if (await verifyPassword(account.hash, password)) {
        throw new TrinhkyError('inputInvalid', { field: 'password', reason: 'unchanged' });
      }
      const changes = { hash: await hashPassword(password), mustChange: false, expiresAt: null, changedAt: new Date(now()) };
      await accounts.updateOne({ _id, authority }, { $set: changes });
      await deps.endSessionsOf({ authority, person });
    },
    async reset(authority, login) {
      const account = await accounts.findOne({ login: normalLogin(login), authority }, { projection: { person: 1 } });
      if (account === null) return null;
      const { password, changes } = await oneTime();
      await accounts.updateOne({ _id: account._id, authority }, { $set: changes });
      // Whoever needed a reset may have lost more than the password.
      await deps.endSessionsOf({ authority, person: account.person });
      await deps.endTokensOf({ authority, person: account.person });
      await deps.removeSecondFactorOf({ authority, person: account.person });
      return password;
    },
    async create(identity, login) {
      const { password, changes } = await oneTime();
      const named = { login: normalLogin(login), authority: identity.authority, person: identity.person };
      try {
        await accounts.updateOne({ _id: idOf(identity) }, { $set: { ...named, ...changes } }, { upsert: true });
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        throw new TrinhkyError('inputInvalid', { field: 'login', reason: 'taken' }, { cause: error });
      }
      return password;
    },
  };
}

function idOf({ authority, person }: Identity): string {
  return `${authority}/${person}`;
}

/** What is known about a person to everybody, and so no password: login, name, units, authority, place. */
async function contextOf(directories: Pick<DirectoryStore, 'snapshot'>, account: AccountDocument): Promise<readonly string[]> {
  const { authority, people, appointments, units } = await directories.snapshot(account.authority);
  const held = appointments.filter((appointment) => appointment.person === account.person).map(({ unit }) => unit);
  const ownUnits = units.filter((unit) => held.includes(unit.id)).flatMap(({ name, abbreviation }) => [name, abbreviation]);
  const name = people.find((person) => person.id === account.person)?.name ?? '';
  return [account.login, name, ...ownUnits, authority.name, authority.place, authority.abbreviation, authority.id];
}

function randomPassword(): string {
  const sign = () => ONE_TIME_SIGNS[randomInt(ONE_TIME_SIGNS.length)] ?? '';
  const group = () => Array.from({ length: 4 }, sign).join('');
  return Array.from({ length: ONE_TIME_GROUPS }, group).join('-');
}
