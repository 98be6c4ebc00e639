import type { DefinitionRef } from '../engine/instance.js';
import type { Model } from '../engine/model.js';
import type { Clock } from '../office/time/clock.js';
import type { HeldCache } from './held.js';
import type { Mailing } from './notices/mailing.js';
import type { Printer } from './papers/printing.js';
import type { Scanner } from './papers/scanner.js';
import type { Signer, Verifier } from './papers/signing.js';
import type { Store } from './ports.js';
import type { Queue } from './queue.js';
import type { HandOver } from './relayPorts.js';
import type { WebhookSender } from './webhooks/ports.js';

/** The definitions that this process knows. */
export interface Models {
  /** The version that an instance is pinned to. Throws `definitionUnknown` where no version with this hash is known. */
  pinned(ref: DefinitionRef): Model;
  /** The newest version. Throws `definitionUnknown`. */
  latest(id: string): Model;
  all(): readonly Model[];
  /** Reads a version that another process brought in, where this one does not know it yet. */
  learn(ref: DefinitionRef): Promise<void>;
  /** Keeps a version in the database before its first instance is opened. */
  keep(model: Model): Promise<void>;
}

/** What the use cases work with; `main` puts it together. */
export interface Deps {
  readonly store: Store;
  readonly models: Models;
  readonly clock: Clock;
  readonly printer: Printer;
  readonly signer: Signer;
  readonly verifier: Verifier;
  /** Judges files that come in; without one they count as clean. */
  readonly scanner?: Scanner | undefined;
  readonly webhooks: WebhookSender;
  /** Without it no mail goes out. */
  readonly mailing?: Mailing | undefined;
  readonly queue: Queue;
  readonly held: HeldCache;
  /** Hands a committed entry to this process's relay; must not throw and must not wait. */
  readonly handOver: (entry: HandOver) => void;
  /** Carries everything pending of one instance now. */
  readonly drain: (authority: string, instance: string) => Promise<void>;
  /** A named point at which a test may end the process; does nothing otherwise. */
  readonly hook: (point: HookPoint) => Promise<void>;
}

/** The places between durable steps at which the kill tests strike. */
export type HookPoint =
  | 'before-reserve'
  | 'after-reserve'
  | 'after-print'
  | 'before-sign'
  | 'after-sign'
  | 'before-write'
  | 'after-write'
  | 'after-entries'
  | 'after-outbox'
  | 'after-clear'
  | 'after-claim'
  | 'after-effect'
  | 'after-complete'
  | 'before-mail'
  | 'after-mail';
