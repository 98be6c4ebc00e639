import type { Collection, Filter } from 'mongodb';
import type { Closing, Notice, NoticePage, NoticeStore, StoredNotice } from '../commands/notices/ports.js';
import { collectionNames } from './collectionNames.js';
import type { Connection } from './connection.js';
import { duplicatesOf } from './duplicate.js';

/** Most notices that one call lists, marks or looks up. */
export const noticesMax = 200;
/** The index of what is open of an instance, by its name. */
const closingHint = 'open';

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
    openTurns: (authority, after, limit) => openTurns(rows, authority, after, limit),
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
  around: Around,
): Promise<ReadonlySet<string>> {
  const [fresh] = await Promise.all([insert(rows, notices, around.storedAt), close(rows, closings, around)]);
  return fresh;
}

/** Nearly all are new: an insert costs the database a fraction of an upsert, so only those found there are looked at again. */
async function insert(
  rows: Collection<NoticeDocument>,
  notices: readonly Notice[],
  storedAt: Date,
): Promise<ReadonlySet<string>> {
  if (notices.length === 0) return new Set();
  try {
    await rows.insertMany(
      notices.map((notice) => documentOf(notice, storedAt)),
      { ordered: false },
    );
    return new Set(notices.map(({ id }) => id));
  } catch (error) {
    // Throws again whatever is not a notice that is there already.
    const there = new Set(duplicatesOf(error).map(({ position }) => position));
    await sayWhy(
      rows,
      notices.filter((_, position) => there.has(position)),
    );
    return new Set(notices.flatMap(({ id }, position) => (there.has(position) ? [] : [id])));
  }
}

function documentOf({ id, ...notice }: Notice, storedAt: Date): NoticeDocument {
  return { _id: id, ...notice, open: true, readAt: null, closedAt: null, mailedAt: null, storedAt };
}

/**
 * What is there stays as it is, but for one thing: an effect that ran late may have begun somebody's turn without knowing what had
 * happened, and the turn's own effect then says it.
 */
async function sayWhy(rows: Collection<NoticeDocument>, notices: readonly Notice[]): Promise<void> {
  const told = notices.filter(({ params }) => params.command !== undefined);
  if (told.length === 0) return;
  await rows.bulkWrite(
    told.map(({ id, authority, params }) => ({
      updateOne: {
        filter: { _id: id, authority, 'params.command': { $exists: false } } as Filter<NoticeDocument>,
        update: { $set: { params } },
      },
    })),
    { ordered: false },
  );
}

/**
 * One read and one write for all of a batch: an update for each instance would cost the database more than what it changes. What decides
 * is written once with a notice and never changed, so nothing can come between; what is inserted meanwhile is its inserter's to close.
 * `closingHint` spares the database choosing between two indexes.
 */
async function close(rows: Collection<NoticeDocument>, closings: readonly Closing[], { authority, at }: Around): Promise<void> {
  if (closings.length === 0) return;
  const open = await rows
    .find<Closable>(
      { authority, instance: { $in: closings.map(({ instance }) => instance) }, open: true, visit: { $gte: 0 } },
      { projection: { instance: 1, person: 1, visit: 1, asOf: 1 }, hint: closingHint },
    )
    .toArray();
  const byInstance = new Map(closings.map((closing) => [closing.instance, closing]));
  const over = open.filter((notice) => isOver(notice, byInstance.get(notice.instance))).map(({ _id }) => _id);
  if (over.length > 0)
    await rows.updateMany({ _id: { $in: over }, authority, open: true }, { $set: { open: false, closedAt: at } });
}

type Closable = Pick<NoticeDocument, '_id' | 'instance' | 'person' | 'visit' | 'asOf'>;

/** News have no visit and are no matter of who can act. */
function isOver({ person, visit, asOf }: Closable, closing: Closing | undefined): boolean {
  if (visit === null || closing === undefined || asOf > closing.asOf) return false;
  return !closing.actors.includes(person) || visit < closing.oldestVisit;
}

/** Read by the index of what is open. An instance that a full read may have cut is left to the next call. */
async function openTurns(rows: Collection<NoticeDocument>, authority: string, after: string, limit: number) {
  const found = await rows
    .find<Pick<NoticeDocument, 'instance' | 'person'>>(
      { authority, open: true, instance: { $gt: after }, visit: { $gte: 0 } },
      { projection: { instance: 1, person: 1 }, hint: closingHint },
    )
    .sort({ instance: 1 })
    .limit(limit)
    .toArray();
  const turns = new Map<string, string[]>();
  for (const { instance, person } of found) turns.set(instance, [...(turns.get(instance) ?? []), person]);
  const last = found.at(-1)?.instance;
  if (found.length === limit && turns.size > 1 && last !== undefined) turns.delete(last);
  return [...turns].map(([instance, people]) => ({ instance, people }));
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
