import type { Collection, Filter } from 'mongodb';
import type { OpenPage, OpenQuery } from '../commands/ports.js';
import type { InstanceDocument } from './documents.js';
import { HELD_FIELDS, type HeldDocument, heldOf } from './heldDocuments.js';
import { inboxKeysMax, pageRowsMax } from './inbox.js';

type OpenDocument = HeldDocument & Pick<InstanceDocument, 'principals' | 'turn'>;

const PAGE_FIELDS = { ...HELD_FIELDS, principals: 1, turn: 1 } as const;

/**
 * Open instances page by page, each on an index: by readers in the order of ids, by principals in the order of turns, and all of them
 * in the order of originator and id, which never change, so that a walk meets every instance once whatever happens meanwhile.
 */
export async function readOpenPage(instances: Collection<InstanceDocument>, query: OpenQuery): Promise<OpenPage> {
  const limit = Math.min(query.limit, pageRowsMax);
  const find = (filter: Filter<InstanceDocument>, sort: Readonly<Record<string, 1>>, rowsMax = limit): Promise<OpenDocument[]> =>
    instances
      .find<OpenDocument>({ authority: query.authority, open: true, ...filter }, { projection: PAGE_FIELDS })
      .sort(sort)
      .limit(rowsMax)
      .toArray();
  const { by, after } = query;
  if (by === null) {
    const rows = await inOrderOfOriginators(find, after, limit);
    return pageOf(rows, limit, ({ originator, _id }) => `${originator}|${_id}`);
  }
  if ('readers' in by) {
    const from = after === null ? {} : { _id: { $gt: after } };
    const rows = await find({ readers: { $in: by.readers.slice(0, inboxKeysMax) }, ...from }, { _id: 1 });
    return pageOf(rows, limit, ({ _id }) => _id);
  }
  const from = after === null ? {} : { turn: { $gt: after } };
  const rows = await find({ principals: { $in: by.principals.slice(0, inboxKeysMax) }, ...from }, { turn: 1 });
  return pageOf(rows, limit, ({ turn }) => turn);
}

type Find = (filter: Filter<InstanceDocument>, sort: Readonly<Record<string, 1>>, rowsMax?: number) => Promise<OpenDocument[]>;

/** Two ranges of one index instead of an `$or`, which would be sorted in memory. */
async function inOrderOfOriginators(find: Find, after: string | null, limit: number): Promise<OpenDocument[]> {
  const order = { originator: 1, _id: 1 } as const;
  if (after === null) return find({}, order);
  const cut = after.lastIndexOf('|');
  const originator = after.slice(0, cut);
  const same = await find({ originator, _id: { $gt: after.slice(cut + 1) } }, order);
  if (same.length === limit) return same;
  return [...same, ...(await find({ originator: { $gt: originator } }, order, limit - same.length))];
}

function pageOf(rows: readonly OpenDocument[], limit: number, placeOf: (row: OpenDocument) => string): OpenPage {
  const last = rows.length < limit ? undefined : rows.at(-1);
  return {
    rows: rows.map(({ principals, turn: _turn, ...held }) => ({ held: heldOf(held), principals })),
    next: last === undefined ? null : placeOf(last),
  };
}
