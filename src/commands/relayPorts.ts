import type { Effect } from '../engine/instance.js';
import type { Json, JsonObject } from '../engine/json.js';

/** An entry that was committed and must be carried on: to the entries, its effects to the outbox. */
export interface HandOver {
  readonly authority: string;
  readonly instance: string;
  readonly seq: number;
  readonly bytes: string;
}

/** What the relay writes. Every call may be repeated: what is there already is not an error. */
export interface RelayStore {
  /**
   * Copies entries out of their instances. An entry that is there with other bytes, or whose idempotency key another entry bears,
   * is damage: it is parked for the administrator and its instance is answered here, so that nothing of it is cleared.
   */
  carryEntries(batch: readonly HandOver[]): Promise<Carried>;
  /**
   * Plans effects. Those due now are leased to `owner` at once and answered; but of what `early` says that it is done, nothing more than
   * the tombstone is written, and what was tried is leased as tried before.
   */
  planEffects(
    effects: readonly PlannedEffect[],
    owner: string,
    domainNow: string,
    early?: ReadonlyMap<string, EarlyRun>,
  ): Promise<readonly LeasedEffect[]>;
  /** The entries that wait in one instance. */
  pendingOf(authority: string, instance: string): Promise<readonly HandOver[]>;
  /** Drops exactly these entries from `pending`, for instances that no command will touch soon. */
  clear(
    carried: readonly { readonly authority: string; readonly instance: string; readonly seqs: readonly number[] }[],
  ): Promise<void>;
  /** Instances in which entries wait, by id after `after`: only which, not what. */
  scanPending(authority: string, after: string | null, limit: number): Promise<readonly PendingSeqs[]>;
  /** Claims effects that are due on the domain's clock, whose retry has come, or whose lease ran out. */
  claim(authority: string, owner: string, domainNow: string, limit: number): Promise<readonly LeasedEffect[]>;
  /** Effects leased to `owner`: after a fault some may be that it does not know of, since the answer was lost. */
  leasedTo(authority: string, owner: string, domainNow: string): Promise<readonly LeasedEffect[]>;
  /** Ends every lease on what is due: only for a process that has the database to itself and whose predecessor is dead. */
  expireLeases(authority: string, domainNow: string): Promise<void>;
  /** Completes by owner and token; an effect claimed anew by another is left alone. */
  complete(done: readonly EffectEnd[], owner: string): Promise<void>;
  /** When the next effect falls due on the domain's clock, and in how long one that is due may be tried again; null when nothing waits. */
  nextDue(authority: string, domainNow: string): Promise<{ readonly dueAt: string | null; readonly retryInMs: number | null }>;
}

export interface Carried {
  /** Instances with damage. */
  readonly parked: ReadonlySet<string>;
  /** What was there already: somebody has carried it before, and may have run what runs early. */
  readonly known: ReadonlySet<HandOver>;
}

/** How an effect ended that ran before its row was written. */
export type EarlyRun = 'done' | 'tried';

/** How long an effect is its handler's own. A handler must come to its end in half of it. */
export const leaseMs = 60_000;
/** Entries that may wait in one instance. */
export const pendingMax = 32;

/** An effect of an entry, or one that no entry names: it follows from the entry and from what somebody subscribed to. */
export interface PlannedEffect {
  readonly of: HandOver;
  readonly effect: Effect;
}

export interface PendingSeqs {
  readonly instance: string;
  readonly seqs: readonly number[];
}

export interface LeasedEffect extends Effect {
  readonly authority: string;
  readonly instance: string;
  readonly token: number;
  readonly attempts: number;
}

export type EffectOutcome =
  | { readonly kind: 'done'; readonly note?: string }
  | { readonly kind: 'obsolete'; readonly note: string }
  | { readonly kind: 'parked'; readonly reason: JsonObject }
  /** `patient`: through no fault of the effect, so it does not count among its attempts. */
  | { readonly kind: 'retry'; readonly inMs: number; readonly reason: string; readonly patient?: true };

export interface EffectEnd {
  readonly effect: LeasedEffect;
  readonly outcome: EffectOutcome;
}

/** What an administrator sees and does with effects. */
export interface OutboxStore {
  list(
    authority: string,
    state: 'waiting' | 'parked' | 'done',
    limit: number,
    after: string | null,
  ): Promise<readonly OutboxRow[]>;
  /** Plans work that follows from no entry, each once by its id: mails and digests. */
  plan(authority: string, effects: readonly (Effect & { readonly instance: string })[]): Promise<void>;
  /** What the effects of an instance still have to open, waiting, leased or parked: their parameters. */
  opening(authority: string, instance: string): Promise<readonly JsonObject[]>;
  /** Lets a parked effect run again; false when it is not parked. */
  retry(authority: string, id: string): Promise<boolean>;
  counts(authority: string): Promise<Readonly<Record<'waiting' | 'parked' | 'done', number>>>;
}

export interface OutboxRow {
  readonly id: string;
  readonly kind: string;
  readonly instance: string;
  readonly state: 'waiting' | 'parked' | 'done';
  readonly dueAt: string | null;
  readonly attempts: number;
  readonly params: JsonObject;
  readonly outcome: Json;
}
