import type { Collection } from 'mongodb';
import type { StoredEntry } from '../engine/entry.js';
import { sha256 } from '../engine/json.js';
import { type EntryDocument, entryId, type InstanceDocument } from './documents.js';

export const historyPageMax = 1_000;

export interface InstanceCollections {
  readonly instances: Collection<InstanceDocument>;
  readonly entries: Collection<EntryDocument>;
}

interface HistoryQuery {
  readonly authority: string;
  readonly id: string;
  readonly from: number;
  readonly limit: number;
}

/**
 * Entries from a seq on, in order, whether they wait in the instance or were carried on.
 * `pending` is read first: an entry that is carried between the two reads is then seen twice, never missed.
 */
export async function readHistory(
  { instances, entries }: InstanceCollections,
  query: HistoryQuery,
): Promise<readonly StoredEntry[]> {
  const limit = Math.min(query.limit, historyPageMax);
  const holder = await instances.findOne<Pick<InstanceDocument, 'pending'>>(
    { _id: query.id, authority: query.authority },
    { projection: { pending: 1 } },
  );
  const range = { $gte: entryId(query.id, query.from), $lt: entryId(query.id, query.from + limit) };
  const carried = await entries
    .find({ _id: range, authority: query.authority }, { projection: { seq: 1, bytes: 1 } })
    .sort({ _id: 1 })
    .toArray();
  const bySeq = new Map<number, StoredEntry>();
  for (const { seq, bytes } of [...(holder?.pending ?? []), ...carried])
    if (seq >= query.from && seq < query.from + limit) bySeq.set(seq, { seq, bytes });
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
}

interface KeyQuery {
  readonly authority: string;
  readonly id: string;
  readonly actor: string;
  readonly key: string;
}

/** The entry in which an actor used a key; by the unique index. */
export async function entryByKey(
  { entries }: Pick<InstanceCollections, 'entries'>,
  query: KeyQuery,
): Promise<StoredEntry | null> {
  const filter = { authority: query.authority, instance: query.id, keyHash: keyHashOf(query.actor, query.key) };
  return entries.findOne<StoredEntry>(filter, { projection: { _id: 0, seq: 1, bytes: 1 } });
}

const KEY_HASH_HEX_CHARS = 24;

/** A short hash of actor and key: what the unique index holds. */
export function keyHashOf(actor: string, key: string): string {
  return sha256(`${actor}\n${key}`).slice(0, KEY_HASH_HEX_CHARS);
}
