import type { Filter } from 'mongodb';
import type { OutboxRow, OutboxStore } from '../commands/relayPorts.js';
import type { JsonObject } from '../engine/json.js';
import { collectionNames } from './collectionNames.js';
import type { Connection } from './connection.js';
import type { OutboxDocument } from './documents.js';
import { duplicatesOf } from './duplicate.js';

export const outboxRowsMax = 200;
/** Counting stops here: the page then says "at least". */
export const outboxCountMax = 10_000;

/** Effects of one instance that open children at once: no more than its entries of a moment. */
const openingsMax = 200;
/** The kind of effect that opens children. */
const OPEN = 'open';

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
    async plan(authority, effects) {
      if (effects.length === 0) return;
      try {
        await outbox.insertMany(
          effects.map((effect) => plannedRow(authority, effect)),
          { ordered: false },
        );
      } catch (error) {
        // Throws again whatever is not planned already.
        duplicatesOf(error);
      }
    },
    async opening(authority, instance) {
      const filter: Filter<OutboxDocument> = { authority, instance, kind: OPEN, state: { $in: ['waiting', 'leased', 'parked'] } };
      const rows = await outbox
        .find(filter, { projection: { params: 1 } })
        .limit(openingsMax)
        .toArray();
      return rows.map(({ params }) => params);
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

function plannedRow(
  authority: string,
  { id, dueAt, params, ...rest }: Parameters<OutboxStore['plan']>[1][number],
): OutboxDocument {
  return {
    _id: id,
    authority,
    ...rest,
    params: params as OutboxDocument['params'],
    dueAt: dueAt === null ? BEGINNING : new Date(dueAt),
    open: true,
    state: 'waiting',
    owner: null,
    token: 0,
    readyAt: BEGINNING,
    attempts: 0,
    outcome: null,
    endedAt: null,
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
