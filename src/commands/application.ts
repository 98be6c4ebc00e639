import type { Directory } from '../office/organisation/directory.js';
import type { Deps } from './deps.js';

/** A person who proved who he is. */
export interface Identity {
  readonly authority: string;
  readonly person: string;
}

/** Passwords. Hashes never leave the store. */
export interface Accounts {
  /** Null for a wrong password and for an unknown login alike, after the same time. */
  verify(login: string, password: string): Promise<(Identity & { readonly mustChange: boolean }) | null>;
  /** Throws `inputInvalid` for a password that the rules refuse. Clears the one-time mark and ends the person's other sessions. */
  setPassword(identity: Identity, password: string): Promise<void>;
  /** A new one-time password, shown once; null when there is no such login. */
  reset(authority: string, login: string): Promise<string | null>;
}

export interface TokenSummary {
  readonly id: string;
  readonly label: string;
  readonly createdAt: string;
  readonly expiresAt: string;
}

/** API tokens: shown once, stored hashed, expiring, revocable. */
export interface Tokens {
  create(identity: Identity, label: string, days: number): Promise<{ readonly token: string; readonly summary: TokenSummary }>;
  /** Null for unknown, expired and revoked alike. */
  lookUp(token: string): Promise<Identity | null>;
  list(identity: Identity): Promise<readonly TokenSummary[]>;
  revoke(identity: Identity, id: string): Promise<boolean>;
  /** Ends every token of a person: after a reset of the password. */
  revokeAll(identity: Identity): Promise<void>;
}

/** A session as its owner sees it. */
export interface SessionSummary {
  /** The stored id, of no use as a cookie. */
  readonly id: string;
  /** ISO 8601. */
  readonly startedAt: string | null;
  readonly usedAt: string | null;
}

/** The sessions of people: seen and ended by their owner. */
export interface OwnSessions {
  /** The stored id of a cookie's session id. */
  idOf(sessionId: string): string;
  list(identity: Identity): Promise<readonly SessionSummary[]>;
  /** Ends one session of a person; false when there is none such. */
  end(identity: Identity, id: string): Promise<boolean>;
  /** Ends all sessions of a person, but for one where its stored id is given. Takes effect on the next request. */
  endAllOf(identity: Identity, exceptId?: string): Promise<number>;
}

/** Second factors: time-based one-time codes (RFC 6238). The secret is shown once and sealed at rest. */
export interface SecondFactors {
  standing(identity: Identity): Promise<{ readonly state: 'none' | 'unconfirmed' | 'active'; readonly since: string | null }>;
  /** A new secret, in force only once it is confirmed. Throws `inputInvalid` while one is active. */
  enrol(
    identity: Identity,
    shown: { readonly issuer: string; readonly account: string },
  ): Promise<{ readonly secret: string; readonly uri: string }>;
  /** Puts the secret in force by a first code, which is spent with it; false for a wrong code and where none waits. */
  confirm(identity: Identity, code: string): Promise<boolean>;
  /** The step of a right code that was not used; null for any other, after the same work whether there is a factor or not. */
  match(identity: Identity, code: string): Promise<number | null>;
  /** Marks a step as used. False when it was used meanwhile: a code serves once. */
  spend(identity: Identity, step: number): Promise<boolean>;
  remove(identity: Identity): Promise<boolean>;
}

/** Counts what anybody may ask, by address. */
export interface AddressLimiter {
  /** Counts one try; seconds to wait, or 0. */
  blockedFor(address: string): Promise<number>;
}

/** Slows down guessing, by account and by address. */
export interface SignInLimiter {
  /** Seconds to wait, or 0. */
  blockedFor(login: string, address: string): Promise<number>;
  failed(login: string, address: string): Promise<void>;
  succeeded(login: string, address: string): Promise<void>;
}

export interface RelayControl {
  /** Carries and runs everything that is due on the domain's clock, and what that brings about, until nothing is left to do now. */
  settle(): Promise<void>;
  /** Looks for work at once: after the domain's clock was moved, or a parked effect was let go. */
  wake(): void;
}

/** The whole application, put together by `main` and handed to the web and to the command line. */
export interface Application {
  readonly deps: Deps;
  readonly accounts: Accounts;
  readonly tokens: Tokens;
  readonly limiter: SignInLimiter;
  readonly sessions: OwnSessions;
  readonly secondFactors: SecondFactors;
  readonly verifyLimiter: AddressLimiter;
  readonly relay: RelayControl;
  /** Keys of a test authority for whoever may come to sign and has none: for the example and the demo alone. Repeatable. */
  makeTestKeys(directory: Omit<Directory, 'revision'>): Promise<void>;
  /** True while the database answers. */
  ready(): Promise<boolean>;
  /** Stops taking work, lets what runs come to its end, and closes relay, browser, database. */
  close(): Promise<void>;
}
