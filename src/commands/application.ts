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
  readonly relay: RelayControl;
  /** True while the database answers. */
  ready(): Promise<boolean>;
  /** Stops taking work, lets what runs come to its end, and closes relay, browser, database. */
  close(): Promise<void>;
}
