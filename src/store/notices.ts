import type { AnyBulkWriteOperation, BulkWriteResult, Collection, Filter, MongoBulkWriteError } from 'mongodb';
import type { Closing, Notice, NoticePage, NoticeStore, StoredNotice } from '../commands/notices/ports.js';
import { collectionNames } from './collections.js';
import type { Connection } from './connection.js';
import { duplicatesOf } from './duplicate.js';

/** Most notices that one call lists, marks or looks up. */
export const noticesMax = 200;

interface NoticeDocument extends Omit<StoredNotice, 'id'> {
  /** The notice's id; it begins with the authority. */
  _id: string;
  /** On the database's clock: the row goes after `noticeKeepMs`. */
  storedAt: Date;
}

/** Notices to persons, each inserted once by its id, however often its effect runs. */
export function makeNoticeStore(connection: Connection): NoticeStore {
  const rows = connection.collection<NoticeDocument>(collectionNames.notices);
  const now = connection.databaseClock();
  return {
    write: (notices, closings, { authority, at }) => write(rows, notices, closings, { authority, at, storedAt: new Date(now()) }),
    page: (query) => readPage(rows, query),
    listFor: (authority, person, limit) => readPage(rows, { authority, person, after: null, limit }),
    async byIds(authority, ids) {
      const found = await rows.find({ _id: { $in: ids.slice(0, noticesMax) }, authority }).toArray();
      return found.map(noticeOf);
    },
    openCount: (authority, person, limit) => rows.countDocuments({ authority, person, open: true }, { limit }),
    async markRead(authority, person, ids, at) {
      const which: Filter<NoticeDocument> = ids === null ? { open: true } : { _id: { $in: ids.slice(0, noticesMax) } };
      const filter: Filter<NoticeDocument> = { authority, person, readAt: null, ...which };
      // News are closed by reading them; a turn stays open until it has passed.
      const { modifiedCount } = await rows.updateMany(filter, [
        { $set: { readAt: at, open: { $and: ['$open', { $ne: ['$visit', null] }] } } },
      ]);
      return modifiedCount;
    },
    async markMailed(authority, ids, at) {
      if (ids.length > 0)
        await rows.updateMany({ _id: { $in: [...ids] }, authority, mailedAt: null }, { $set: { mailedAt: at } });
    },
  };
}

interface Around {
  readonly authority: string;
  readonly at: string;
  readonly storedAt: Date;
}

async function write(
  rows: Collection<NoticeDocument>,
  notices: readonly Notice[],
  closings: readonly Closing[],
  { authority, at, storedAt }: Around,
): Promise<ReadonlySet<string>> {
  const operations: AnyBulkWriteOperation<NoticeDocument>[] = [
    ...notices.map((notice) => ({ updateOne: onceAs(notice, storedAt) })),
    ...closings.map((closing) => ({
      updateMany: { filter: overBy(authority, closing), update: { $set: { open: false, closedAt: at } } },
    })),
  ];
  if (operations.length === 0) return new Set();
  try {
    return freshIn(notices, await rows.bulkWrite(operations, { ordered: false }));
  } catch (error) {
    // Throws again whatever is not a notice that is there already.
    duplicatesOf(error);
    return freshIn(notices, (error as MongoBulkWriteError).result);
  }
}

function freshIn(notices: readonly Notice[], { upsertedIds }: BulkWriteResult): ReadonlySet<string> {
  return new Set(Object.keys(upsertedIds).flatMap((position) => notices[Number(position)]?.id ?? []));
}

/**
 * Inserts a notice where it is not there yet. One that is there stays as it is, but for one thing: an effect that ran late may have begun
 * somebody's turn without knowing what had happened, and the turn's own effect then says it.
 */
function onceAs({ id, authority, params, ...notice }: Notice, storedAt: Date) {
  const once = { ...notice, open: true, readAt: null, closedAt: null, mailedAt: null, storedAt };
  const filter: Filter<NoticeDocument> = { _id: id, authority, 'params.command': { $exists: false } };
  return { filter, update: { $set: { params }, $setOnInsert: once }, upsert: true };
}

/** News have no visit and are no matter of who can act. */
function overBy(authority: string, { instance, asOf, actors, oldestVisit }: Closing): Filter<NoticeDocument> {
  return {
    authority,
    instance,
    open: true,
    asOf: { $lte: asOf },
    visit: { $gte: 0 },
    $or: [{ person: { $nin: [...actors] } }, { visit: { $lt: oldestVisit } }],
  };
}

async function readPage(rows: Collection<NoticeDocument>, query: NoticePage): Promise<readonly StoredNotice[]> {
  const { authority, person, after, limit } = query;
  const filter: Filter<NoticeDocument> = { authority, person, ...(after === null ? {} : beyond(after)) };
  const found = await rows.find(filter).sort({ open: -1, at: -1, _id: -1 }).limit(Math.min(limit, noticesMax)).toArray();
  return found.map(noticeOf);
}

function beyond(cursor: string): Filter<NoticeDocument> {
  const [state = '', at = '', ...id] = cursor.split('|');
  const open = state === '1';
  const later: Filter<NoticeDocument>[] = [
    { open, at: { $lt: at } },
    { open, at, _id: { $lt: id.join('|') } },
  ];
  return { $or: open ? [...later, { open: false }] : later };
}

function noticeOf({ _id, storedAt: _storedAt, ...notice }: NoticeDocument): StoredNotice {
  return { id: _id, ...notice };
}
