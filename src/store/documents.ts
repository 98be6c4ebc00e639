import type { StateValue, Visit } from '../engine/instance.js';
import type { Json } from '../engine/json.js';

/** An instance as stored: one document, every array bounded. */
export interface InstanceDocument {
  /** Begins with the authority. */
  _id: string;
  authority: string;
  definition: { id: string; version: number; hash: string };
  revision: number;
  state: StateValue;
  /** Node ids with `/` for `.`, since a field name with dots cannot be addressed. */
  history: Record<string, readonly string[]>;
  context: Record<string, Json>;
  content: string | null;
  parent: { id: string; kind: string; key: string } | null;
  open: boolean;
  originator: string;
  visits: Record<string, Visit>;
  head: string;
  turn: string;
  principals: readonly string[];
  excluded: readonly string[];
  readers: readonly string[];
  since: string;
  keys: KeyDocument[];
  pending: PendingDocument[];
}

export interface KeyDocument {
  keyHash: string;
  requestHash: string;
  seq: number;
}

export interface PendingDocument {
  seq: number;
  /** Canonical text of the entry: exactly what was hashed. */
  bytes: string;
}

export interface EntryDocument {
  /** `instance/000012`. */
  _id: string;
  authority: string;
  bytes: string;
  at: Date;
  /** Of instance, actor and key: the unique index over it makes a doubled command impossible even if everything else failed. */
  keyHash: string;
}

export interface OutboxDocument {
  /** The effect's id: `instance/seq/position`. */
  _id: string;
  authority: string;
  instance: string;
  kind: string;
  params: Record<string, Json>;
  /** On the domain's clock; the beginning of time for what is due at once. */
  dueAt: Date;
  /** False for what is done or parked: out of the index that is searched for work. */
  open: boolean;
  state: 'waiting' | 'leased' | 'parked' | 'done';
  owner: string | null;
  /** Grows with every claim: a handler's writes are fenced by it. */
  token: number;
  /** On the database's clock: when the row may be claimed, be it the retry or the end of the lease. */
  readyAt: Date;
  attempts: number;
  outcome: Json;
  /** When it was done; the row stays as a tombstone for `outboxKeepMs` against a relay that was paused. */
  endedAt: Date | null;
  /** Of a webhook: whose delivery, and when the entry happened. Stays when the parameters are dropped, so that it can be replayed. */
  webhook?: { subscription: string; at: Date };
}

const SEQ_DIGITS = 6;

/** The id of an entry: sorts by seq within its instance. */
export function entryId(instance: string, seq: number): string {
  return `${instance}/${String(seq).padStart(SEQ_DIGITS, '0')}`;
}

/** The seq in the id of an entry. */
export function seqOf(id: string): number {
  return Number(id.slice(-SEQ_DIGITS));
}
