import type { MongoClient } from 'mongodb';
import { keyHashOf } from '../src/commands/keyHash.js';
import { type EntryDocument, entryId, type InstanceDocument } from '../src/store/documents.js';
import { titleOf } from './case.js';
import { authority } from './town.js';
import { insertAll } from './variants/variant.js';

const batch = 5_000;

/**
 * Fills a database with copies of one instance that the engine opened itself, so that what is measured on it has the shape
 * that the engine stores, each with its first entry. Every tenth waits for the deputy; the others for the division's head, with other urgencies and dates.
 */
export async function fill(
  client: MongoClient,
  database: string,
  wanted: { readonly count: number; readonly open: boolean },
): Promise<void> {
  const db = client.db(database, { writeConcern: { w: 1 } });
  const instances = db.collection<InstanceDocument>('instances');
  const model = await instances.findOne({ authority });
  if (model === null) throw new Error('the engine has opened no instance to copy');
  const entries = db.collection<EntryDocument>('entries');
  const origin = await entries.findOne({ _id: entryId(model._id, 1), authority });
  for (let start = 0; start < wanted.count; start += batch) {
    const size = Math.min(batch, wanted.count - start);
    const documents = Array.from({ length: size }, (_, index) => copyOf(model, start + index, wanted.open));
    await insertAll(instances, documents);
    if (origin !== null)
      await insertAll(
        entries,
        documents.map(({ _id }): EntryDocument => ({ ...origin, _id: entryId(_id, 1), keyHash: keyHashOf(_id, 'seed', 'open') })),
      );
  }
}

function copyOf(model: InstanceDocument, number: number, open: boolean): InstanceDocument {
  const id = `${authority}.${open ? 'f' : 'c'}${number.toString(16).padStart(23, '0')}`;
  const day = `2026-${String(1 + (number % 12)).padStart(2, '0')}-${String(1 + (number % 28)).padStart(2, '0')}`;
  const waitsForDeputy = number % 10 === 0;
  return {
    ...model,
    _id: id,
    context: { ...model.context, title: titleOf(number) },
    open,
    state: open ? (waitsForDeputy ? 'signing' : 'reviewing') : 'issued',
    turn: `${number % 5}|${day}|${id}`,
    principals: open ? [waitsForDeputy ? 'post:ubnd/deputyChair' : 'post:nv/head'] : [],
    excluded: open ? ['officer'] : [],
    pending: [],
  };
}
