import type { AnyBulkWriteOperation, Collection } from 'mongodb';
import { type EffectEnd, type LeasedEffect, leaseMs } from '../commands/relayPorts.js';
import type { Json } from '../engine/json.js';
import type { EntryDocument, InstanceDocument, OutboxDocument } from './documents.js';

/** What is due at once is due at the beginning of time. */
export const BEGINNING = new Date(0);

export interface RelayCollections {
  readonly instances: Collection<InstanceDocument>;
  readonly entries: Collection<EntryDocument>;
  readonly outbox: Collection<OutboxDocument>;
  /** Milliseconds of the database's clock: leases and retries never follow the domain's. */
  readonly databaseNow: () => number;
}

/** A row as its handler sees it. */
export function leasedOf(row: OutboxDocument): LeasedEffect {
  return {
    id: row._id,
    kind: row.kind,
    params: row.params,
    dueAt: row.dueAt.getTime() === 0 ? null : row.dueAt.toISOString(),
    authority: row.authority,
    instance: row.instance,
    token: row.token,
    attempts: row.attempts,
  };
}

export interface ClaimQuery {
  readonly authority: string;
  readonly owner: string;
  readonly domainNow: string;
  readonly limit: number;
}

/** Two processes may find the same rows; the update's own condition lets each row be taken once. */
export async function claim({ outbox, databaseNow }: RelayCollections, query: ClaimQuery): Promise<readonly LeasedEffect[]> {
  const now = databaseNow();
  const free = {
    authority: query.authority,
    open: true,
    dueAt: { $lte: new Date(query.domainNow) },
    readyAt: { $lte: new Date(now) },
  };
  const found = await outbox
    .find<Pick<OutboxDocument, '_id'>>(free, { projection: { _id: 1 } })
    .sort({ dueAt: 1 })
    .limit(query.limit)
    .toArray();
  if (found.length === 0) return [];
  const ids = found.map((row) => row._id);
  await outbox.updateMany(
    { ...free, _id: { $in: ids } },
    { $set: { state: 'leased', owner: query.owner, readyAt: new Date(now + leaseMs) }, $inc: { token: 1 } },
  );
  const rows = await outbox
    .find({ _id: { $in: ids }, authority: query.authority, owner: query.owner, state: 'leased' })
    .toArray();
  return rows.map(leasedOf);
}

/** What is left of a row that ended well: a tombstone, so that nobody plans it again. */
export function doneAt(now: number) {
  return { open: false, state: 'done', endedAt: new Date(now), owner: null, params: {} } as const;
}

/**
 * Each ending is fenced by owner and token: an effect claimed anew by another is left alone. What ended well keeps no more than
 * a tombstone; its parameters stand in the entry.
 */
export function endings(ends: readonly EffectEnd[], owner: string, now: number): AnyBulkWriteOperation<OutboxDocument>[] {
  const plain = ends.filter(({ outcome }) => outcome.kind === 'done' && outcome.note === undefined);
  const operations: AnyBulkWriteOperation<OutboxDocument>[] = [];
  const byToken = new Map<string, EffectEnd[]>();
  for (const end of plain) {
    const key = `${end.effect.authority} ${end.effect.token}`;
    byToken.set(key, [...(byToken.get(key) ?? []), end]);
  }
  for (const group of byToken.values()) {
    const [first] = group;
    if (first === undefined) continue;
    const filter = {
      _id: { $in: group.map(({ effect }) => effect.id) },
      authority: first.effect.authority,
      owner,
      token: first.effect.token,
    };
    operations.push({
      updateMany: { filter, update: { $set: doneAt(now) } },
    });
  }
  for (const end of ends.filter((one) => !plain.includes(one))) operations.push(ending(end, owner, now));
  return operations;
}

function ending({ effect, outcome }: EffectEnd, owner: string, now: number): AnyBulkWriteOperation<OutboxDocument> {
  const filter = { _id: effect.id, authority: effect.authority, owner, token: effect.token };
  const set: Partial<OutboxDocument> = { owner: null, outcome: outcome as unknown as Json };
  if (outcome.kind === 'retry')
    return {
      updateOne: {
        filter,
        update: {
          $set: { ...set, state: 'waiting', readyAt: new Date(now + outcome.inMs) },
          $inc: { attempts: outcome.patient === true ? 0 : 1 },
        },
      },
    };
  const state = outcome.kind === 'parked' ? 'parked' : 'done';
  return {
    updateOne: { filter, update: { $set: { ...set, state, open: false, endedAt: state === 'done' ? new Date(now) : null } } },
  };
}

/** Of so many due effects, the earliest due, the retry that comes first is looked for; a longer queue is looked at again soon enough. */
const dueLookedAtMax = 1_000;

/**
 * When the next effect falls due, and in how long one that is due may be tried again. Both are read from the index `dueReady` alone: the
 * first is its next key, the second a bounded run of keys before it, so that what lies in the future costs nothing.
 */
export async function nextDue(
  { outbox, databaseNow }: RelayCollections,
  authority: string,
  domainNow: string,
): Promise<{ dueAt: string | null; retryInMs: number | null }> {
  const now = new Date(domainNow);
  const [later] = await outbox
    .find<Pick<OutboxDocument, 'dueAt'>>({ authority, open: true, dueAt: { $gt: now } }, { projection: { _id: 0, dueAt: 1 } })
    .sort({ dueAt: 1 })
    .limit(1)
    .toArray();
  const [sooner] = await outbox
    .aggregate<Pick<OutboxDocument, 'readyAt'>>([
      { $match: { authority, open: true, dueAt: { $lte: now } } },
      { $sort: { dueAt: 1 } },
      { $limit: dueLookedAtMax },
      { $group: { _id: null, readyAt: { $min: '$readyAt' } } },
    ])
    .toArray();
  return {
    dueAt: later === undefined ? null : later.dueAt.toISOString(),
    retryInMs: sooner === undefined ? null : Math.max(0, sooner.readyAt.getTime() - databaseNow()),
  };
}
