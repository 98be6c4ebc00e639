import type { Collection } from 'mongodb';
import type { StoredEntry } from '../engine/entry.js';
import { type EntryDocument, entryId, type InstanceDocument, seqOf } from './documents.js';

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
    .find({ _id: range, authority: query.authority }, { projection: { bytes: 1 } })
    .sort({ _id: 1 })
    .toArray();
  const bySeq = new Map<number, StoredEntry>();
  for (const { seq, bytes } of [...(holder?.pending ?? []), ...carried.map(({ _id, bytes }) => ({ seq: seqOf(_id), bytes }))])
    if (seq >= query.from && seq < query.from + limit) bySeq.set(seq, { seq, bytes });
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
}

/** The entry in which an actor used a key; by the unique index. */
export async function entryByKey(
  { entries }: Pick<InstanceCollections, 'entries'>,
  authority: string,
  keyHash: string,
): Promise<StoredEntry | null> {
  const entry = await entries.findOne<Pick<EntryDocument, '_id' | 'bytes'>>({ authority, keyHash }, { projection: { bytes: 1 } });
  return entry === null ? null : { seq: seqOf(entry._id), bytes: entry.bytes };
}

/** The hashes of the keys of an instance's entries. */
export async function readKeyHashes(
  { entries }: Pick<InstanceCollections, 'entries'>,
  query: HistoryQuery,
): Promise<readonly string[]> {
  const range = { $gte: entryId(query.id, query.from), $lt: entryId(query.id, query.from + query.limit) };
  const found = await entries.find({ _id: range, authority: query.authority }, { projection: { _id: 0, keyHash: 1 } }).toArray();
  return found.map((entry) => entry.keyHash);
}
