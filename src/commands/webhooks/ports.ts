/** Most subscriptions of one authority that are in force at once. */
export const webhooksMax = 20;
/** How late a process may notice that a subscription was made, changed or ended. */
export const webhookFreshMs = 1_000;
/** How long the secret before a rotation still signs beside the new one. */
export const rotationOverlapMs = 24 * 60 * 60 * 1000;
/** A receiver that took nothing for so long is given up: its subscription is disabled. */
export const failingMsMax = 7 * 24 * 60 * 60 * 1000;

/** By whom a subscription was ended: an administrator, the receiver itself (410), or because it took nothing for `failingMsMax`. */
export type DisabledBy = 'administrator' | 'gone' | 'failing';

/** Where the entries of an authority are told to. The secret is no part of it: it leaves the store to sign, and once to be shown. */
export interface Subscription {
  /** 12 hex digits. */
  readonly id: string;
  readonly url: string;
  readonly label: string;
  /** Ids of definitions; null: of all. */
  readonly definitions: readonly string[] | null;
  /** Names of commands; null: all. */
  readonly commands: readonly string[] | null;
  readonly createdBy: string;
  /** Instants of the domain's clock, ISO 8601. */
  readonly createdAt: string;
  /** It gets every entry from this instant on and none before: by then every process knows of it. */
  readonly from: string;
  readonly rotatedAt: string | null;
  readonly disabledAt: string | null;
  readonly disabledBy: DisabledBy | null;
  /** Since when every delivery has failed; null while they arrive. */
  readonly failingSince: string | null;
}

/** A subscription with the secrets that sign now, the newest first. */
export interface SigningSubscription {
  readonly subscription: Subscription;
  readonly secrets: readonly string[];
}

/** A delivery as the store knows it: by the id of its effect. */
export interface PlannedDelivery {
  readonly id: string;
  readonly instance: string;
  readonly subscription: string;
  /** When the entry happened. */
  readonly at: string;
}

/** Subscriptions, their secrets sealed at rest, and the deliveries that can be made again. Every call names the authority. */
export interface WebhookStore {
  /** `full`: `webhooksMax` are in force already. Throws `configurationInvalid` where the server has no key to seal with. */
  insert(authority: string, subscription: Subscription, secret: string): Promise<'inserted' | 'full'>;
  /** In the order of their making, those that ended too (the last ones). */
  list(authority: string): Promise<readonly Subscription[]>;
  find(authority: string, id: string): Promise<Subscription | null>;
  /** Those in force, from a cache of at most `webhookFreshMs`: what every batch of entries asks. */
  watched(authority: string): Promise<readonly Subscription[]>;
  /** @param now until when the secret before a rotation signs is judged by it. */
  signing(authority: string, id: string, now: string): Promise<SigningSubscription | null>;
  /** False when it is unknown or ended. */
  rotate(authority: string, id: string, secret: string, times: { readonly at: string; readonly until: string }): Promise<boolean>;
  /** False when it is unknown or had ended before. */
  disable(authority: string, id: string, at: string, by: DisabledBy): Promise<boolean>;
  /** Keeps the first failure since the last success; null: it arrives again. */
  setFailing(authority: string, id: string, since: string | null): Promise<void>;
  /** Lets deliveries run again, or for the first time; one that waits is brought forward. Answers how many. */
  replay(authority: string, deliveries: readonly PlannedDelivery[]): Promise<number>;
  /** Deliveries of entries since an instant that have ended, well or not, in the order of time; at most `limit`. */
  endedSince(authority: string, subscription: string, since: string, limit: number): Promise<readonly PlannedDelivery[]>;
}

export interface WebhookPost {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export type WebhookAnswer =
  | {
      readonly kind: 'answered';
      readonly status: number /** As the receiver asked, unbounded. */;
      readonly retryAfterMs: number | null;
    }
  /** Nothing was answered; a reason without anything that the receiver sent. */
  | { readonly kind: 'failed'; readonly reason: string }
  /** The process stops: through no fault of the receiver. */
  | { readonly kind: 'stopping' };

/** Sends to addresses that somebody wrote down: never to a place inside, whatever a name resolves to. */
export interface WebhookSender {
  /** Throws `inputInvalid` {field: 'url', reason} for an address that would not be sent to. Names are not resolved here. */
  check(url: string): void;
  /** One POST, bounded in time and in what is read. Follows nothing. Never throws. */
  post(post: WebhookPost): Promise<WebhookAnswer>;
  /** Seconds since 1970 on the wall clock: receivers compare it with theirs. */
  stamp(): number;
  /** Breaks off what is on its way. */
  close(): void;
}
