import type { Filter } from 'mongodb';
import type { OutboxRow, OutboxStore } from '../commands/relayPorts.js';
import type { JsonObject } from '../engine/json.js';
import { collectionNames } from './collections.js';
import type { Connection } from './connection.js';
import type { OutboxDocument } from './documents.js';

export const outboxRowsMax = 200;
/** Counting stops here: the page then says "at least". */
export const outboxCountMax = 10_000;

const BEGINNING = new Date(0);

/** What an administrator sees of effects; a leased one counts as waiting. Rows come in order of id; `after` goes on from one. */
export function makeOutboxAdmin(connection: Connection): OutboxStore {
  const outbox = connection.collection<OutboxDocument>(collectionNames.outbox);
  const count = (authority: string, state: OutboxRow['state']) =>
    outbox.countDocuments(filterOf(authority, state), { limit: outboxCountMax });
  return {
    async list(authority, state, limit, after) {
      const filter = filterOf(authority, state);
      if (after !== null) filter._id = { $gt: after };
      const rows = await outbox.find(filter).sort({ _id: 1 }).limit(Math.min(limit, outboxRowsMax)).toArray();
      return rows.map(rowOf);
    },
    async retry(authority, id) {
      const { matchedCount } = await outbox.updateOne(
        { _id: id, authority, state: 'parked' },
        { $set: { state: 'waiting', open: true, readyAt: BEGINNING, attempts: 0, outcome: null, endedAt: null } },
      );
      return matchedCount === 1;
    },
    async counts(authority) {
      const [waiting, parked, done] = await Promise.all([
        count(authority, 'waiting'),
        count(authority, 'parked'),
        count(authority, 'done'),
      ]);
      return { waiting, parked, done };
    },
  };
}

/** In the words of the indexes: what waits is open, what is parked has an index of its own, the rest is done. */
function filterOf(authority: string, state: OutboxRow['state']): Filter<OutboxDocument> {
  return state === 'waiting' ? { authority, open: true } : { authority, state };
}

function rowOf({ _id, kind, instance, state, dueAt, attempts, params, outcome }: OutboxDocument): OutboxRow {
  return {
    id: _id,
    kind,
    instance,
    state: state === 'leased' ? 'waiting' : state,
    // The beginning of time stands for what is due at once.
    dueAt: dueAt.getTime() === 0 ? null : dueAt.toISOString(),
    attempts,
    params: params as JsonObject,
    outcome,
  };
}
