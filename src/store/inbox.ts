import type { Collection, Filter } from 'mongodb';
import type { InboxQuery, InboxRow, ListQuery } from '../commands/ports.js';
import type { StateValue } from '../engine/instance.js';
import type { InstanceDocument } from './documents.js';

/** From 201 keys on MongoDB sorts in memory instead of merging ordered scans. */
export const inboxKeysMax = 200;
export const pageRowsMax = 100;

const ROW_FIELDS = {
  definition: 1,
  state: 1,
  'context.title': 1,
  'context.number': 1,
  'context.symbol': 1,
  turn: 1,
  since: 1,
  visits: 1,
  originator: 1,
  open: 1,
  revision: 1,
  principals: 1,
} as const;
type RowDocument = Pick<
  InstanceDocument,
  '_id' | 'definition' | 'state' | 'turn' | 'since' | 'visits' | 'originator' | 'open' | 'revision' | 'principals'
> & { context: { title?: unknown; number?: unknown; symbol?: unknown } };

/** What waits for the holders of some keys, most urgent first. A merge of ordered scans over one index; never `$or`. */
export async function readInbox(instances: Collection<InstanceDocument>, query: InboxQuery): Promise<readonly InboxRow[]> {
  if (query.keys.length === 0) return [];
  const filter: Filter<InstanceDocument> = {
    authority: query.authority,
    open: true,
    principals: { $in: query.keys.slice(0, inboxKeysMax) },
    excluded: { $nin: [query.person, ...(query.delegator ? [query.delegator] : [])] },
  };
  if (query.after !== null) filter.turn = { $gt: query.after };
  if (query.definitions !== null) filter['definition.id'] = { $in: [...query.definitions] };
  if (query.types) filter['context.type'] = { $in: [...query.types] };
  const rows = await instances
    .find<RowDocument>(filter, { projection: ROW_FIELDS })
    .sort({ turn: 1 })
    .limit(Math.min(query.limit, pageRowsMax))
    .toArray();
  return rows.map(rowOf);
}

/** Instances that a person may read, by id or the newest first. One query for each group of keys, merged. */
export async function readList(instances: Collection<InstanceDocument>, query: ListQuery): Promise<readonly InboxRow[]> {
  const limit = Math.min(query.limit, pageRowsMax);
  const groups = query.filter.anyOf ?? [null];
  const pages = await Promise.all(
    groups.map((group) => {
      const filter = listFilter(query);
      if (group !== null) filter.readers = { $in: group.keys.slice(0, inboxKeysMax) };
      if (group?.definitions)
        filter['definition.id'] =
          query.definition === null
            ? { $in: [...group.definitions] }
            : { $in: group.definitions.filter((id) => id === query.definition) };
      if (group?.types) filter['context.type'] = { $in: [...group.types] };
      if (group?.units) filter['context.draftingUnit'] = { $in: [...group.units] };
      const order = query.newestFirst ? ({ since: -1, _id: -1 } as const) : ({ _id: 1 } as const);
      return instances.find<RowDocument>(filter, { projection: ROW_FIELDS }).sort(order).limit(limit).toArray();
    }),
  );
  const byId = new Map(pages.flat().map((row) => [row._id, row]));
  return [...byId.values()]
    .sort(query.newestFirst ? newerFirst : (a, b) => (a._id < b._id ? -1 : 1))
    .slice(0, limit)
    .map(rowOf);
}

function newerFirst(a: RowDocument, b: RowDocument): number {
  const [one, other] = [`${a.since}|${a._id}`, `${b.since}|${b._id}`];
  return one > other ? -1 : one < other ? 1 : 0;
}

/** What follows a row in the order of the newest first: an earlier step, or the same instant and a smaller id. */
function olderThan(after: string): Filter<InstanceDocument> {
  const [since = '', id = ''] = after.split('|', 2);
  return { $or: [{ since: { $lt: since } }, { since, _id: { $lt: id } }] };
}

function listFilter(query: ListQuery): Filter<InstanceDocument> {
  const { authority } = query.filter;
  const filter: Filter<InstanceDocument> = { authority };
  if (query.after !== null && query.newestFirst) Object.assign(filter, olderThan(query.after));
  else if (query.after !== null) filter._id = { $gt: query.after };
  if (query.definition !== null) filter['definition.id'] = query.definition;
  if (query.parent !== null) filter['parent.id'] = query.parent;
  if (query.open !== null) filter.open = query.open;
  if (query.originator !== null) filter.originator = query.originator;
  return filter;
}

function rowOf(row: RowDocument): InboxRow {
  const due = row.turn.split('|')[1] ?? '';
  return {
    id: row._id,
    definition: row.definition,
    state: row.state as StateValue,
    title: typeof row.context.title === 'string' ? row.context.title : '',
    number: typeof row.context.number === 'number' ? row.context.number : null,
    symbol: typeof row.context.symbol === 'string' ? row.context.symbol : null,
    turn: row.turn,
    due: due.startsWith('9999') || due === '' ? null : due,
    since: row.since,
    visits: row.visits,
    originator: row.originator,
    open: row.open,
    revision: row.revision,
    principals: row.principals,
  };
}
