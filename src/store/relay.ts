import type { Collection } from 'mongodb';
import { entryOf } from '../commands/carriedEntry.js';
import { keyHashOf } from '../commands/keyHash.js';
import {
  type Carried,
  type EarlyRun,
  type HandOver,
  type LeasedEffect,
  leaseMs,
  type PlannedEffect,
  type RelayStore,
} from '../commands/relayPorts.js';
import type { Effect } from '../engine/instance.js';
import { type Json, textAt } from '../engine/json.js';
import { type EntryDocument, entryId, type InstanceDocument, type OutboxDocument } from './documents.js';
import { duplicatesOf } from './duplicate.js';
import { BEGINNING, claim, doneAt, endings, leasedOf, nextDue, type RelayCollections } from './outboxWork.js';

const leasedRowsMax = 1_000;

/** The relay's writes on MongoDB: inserts that may find themselves done, and updates fenced by owner. */
export function makeRelayStore(collections: RelayCollections): RelayStore {
  const { instances, outbox, databaseNow } = collections;
  return {
    carryEntries: (batch) => carryEntries(collections, batch),
    planEffects: (effects, owner, domainNow, early = new Map()) =>
      planEffects(collections, effects, { owner, domainNow, early, now: databaseNow() }),
    async pendingOf(authority, instance) {
      const document = await instances.findOne<Pick<InstanceDocument, 'pending'>>(
        { _id: instance, authority },
        { projection: { pending: 1 } },
      );
      return (document?.pending ?? []).map(({ seq, bytes }) => ({ authority, instance, seq, bytes }));
    },
    async clear(carried) {
      if (carried.length === 0) return;
      await instances.bulkWrite(
        carried.map(({ authority, instance, seqs }) => ({
          updateOne: { filter: { _id: instance, authority }, update: { $pull: { pending: { seq: { $in: [...seqs] } } } } },
        })),
        { ordered: false },
      );
    },
    async scanPending(authority, after, limit) {
      const documents = await instances
        .find<{ _id: string; pending: { seq: number }[] }>(
          { authority, 'pending.0': { $exists: true }, ...(after === null ? {} : { _id: { $gt: after } }) },
          { projection: { 'pending.seq': 1 } },
        )
        .sort({ _id: 1 })
        .limit(limit)
        .toArray();
      return documents.map(({ _id, pending }) => ({ instance: _id, seqs: pending.map(({ seq }) => seq) }));
    },
    claim: (authority, owner, domainNow, limit) => claim(collections, { authority, owner, domainNow, limit }),
    async leasedTo(authority, owner, domainNow) {
      const rows = await outbox
        .find({ authority, open: true, dueAt: { $lte: new Date(domainNow) }, owner, state: 'leased' })
        .limit(leasedRowsMax)
        .toArray();
      return rows.map(leasedOf);
    },
    async expireLeases(authority, domainNow) {
      // A lease is on what is due; bounded by the clock the index spares every row of the future. What a clock that went back leaves
      // out runs out by itself.
      await outbox.updateMany(
        { authority, open: true, dueAt: { $lte: new Date(domainNow) }, readyAt: { $gt: BEGINNING }, state: 'leased' },
        { $set: { readyAt: BEGINNING } },
      );
    },
    async complete(ends, owner) {
      if (ends.length === 0) return;
      await outbox.bulkWrite(endings(ends, owner, databaseNow()), { ordered: false });
    },
    nextDue: (authority, domainNow) => nextDue(collections, authority, domainNow),
  };
}

async function carryEntries({ entries, outbox }: RelayCollections, batch: readonly HandOver[]): Promise<Carried> {
  const documents = batch.map(entryDocument);
  try {
    await entries.insertMany(documents, { ordered: false });
    return { parked: new Set(), known: new Set() };
  } catch (error) {
    const parked = new Set<string>();
    const known = new Set<HandOver>();
    for (const { position, index } of duplicatesOf(error)) {
      const mine = documents[position];
      const handed = batch[position];
      if (mine === undefined || handed === undefined) continue;
      const there =
        index === '_id_'
          ? await entries.findOne<Pick<EntryDocument, 'bytes'>>(
              { _id: mine._id, authority: mine.authority },
              { projection: { bytes: 1 } },
            )
          : null;
      if (there?.bytes === mine.bytes) {
        known.add(handed);
        continue;
      }
      parked.add(handed.instance);
      await parkDamage(outbox, handed, index);
    }
    return { parked, known };
  }
}

function entryDocument(item: HandOver): EntryDocument {
  const { authority, instance, seq, bytes } = item;
  const { at, actor, key } = entryOf(item);
  return { _id: entryId(instance, seq), authority, bytes, at: new Date(at), keyHash: keyHashOf(instance, actor, key) };
}

/** An entry that contradicts what is stored is shown to the administrator and never overwritten. */
async function parkDamage(
  outbox: Collection<OutboxDocument>,
  { authority, instance, seq }: HandOver,
  index: string,
): Promise<void> {
  await outbox.updateOne(
    { _id: `${entryId(instance, seq)}/carry`, authority },
    {
      $setOnInsert: {
        instance,
        kind: 'carry',
        params: { seq },
        dueAt: BEGINNING,
        open: false,
        state: 'parked',
        owner: null,
        token: 0,
        readyAt: BEGINNING,
        attempts: 0,
        outcome: { code: 'entryContradicts', index },
        endedAt: null,
      },
    },
    { upsert: true },
  );
}

interface Planning {
  readonly owner: string;
  readonly domainNow: string;
  readonly early: ReadonlyMap<string, EarlyRun>;
  /** Milliseconds of the database's clock. */
  readonly now: number;
}

async function planEffects(
  { outbox }: RelayCollections,
  effects: readonly PlannedEffect[],
  planning: Planning,
): Promise<readonly LeasedEffect[]> {
  const planned = effects.map((effect) => rowOf(effect, planning));
  if (planned.length === 0) return [];
  const taken = new Set<number>();
  try {
    await outbox.insertMany(planned, { ordered: false });
  } catch (error) {
    for (const { position } of duplicatesOf(error)) taken.add(position);
  }
  return planned.filter((row, position) => row.state === 'leased' && !taken.has(position)).map(leasedOf);
}

function rowOf({ of: item, effect }: PlannedEffect, { owner, domainNow, early, now }: Planning): OutboxDocument {
  const isDue = effect.dueAt === null || effect.dueAt <= domainNow;
  const row: OutboxDocument = {
    _id: effect.id,
    authority: item.authority,
    instance: item.instance,
    kind: effect.kind,
    params: effect.params as Record<string, Json>,
    dueAt: effect.dueAt === null ? BEGINNING : new Date(effect.dueAt),
    open: true,
    state: isDue ? 'leased' : 'waiting',
    owner: isDue ? owner : null,
    token: isDue ? (early.get(effect.id) === 'tried' ? 2 : 1) : 0,
    readyAt: isDue ? new Date(now + leaseMs) : BEGINNING,
    attempts: 0,
    outcome: null,
    endedAt: null,
    ...(effect.kind === 'webhook' ? { webhook: webhookOf(effect) } : {}),
  };
  return early.get(effect.id) === 'done' ? { ...row, ...doneAt(now) } : row;
}

function webhookOf({ params }: Effect): { subscription: string; at: Date } {
  return { subscription: textAt(params, 'subscription'), at: new Date(textAt(params, 'at')) };
}
