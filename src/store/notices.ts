import type { Notice, NoticeStore } from '../commands/ports.js';
import { collectionNames } from './collections.js';
import type { Connection } from './connection.js';
import { duplicatesOf } from './duplicate.js';

/** Most notices that one call lists. */
export const noticesMax = 200;

interface NoticeDocument extends Omit<Notice, 'id'> {
  /** The notice's id; an effect's id begins with the authority. */
  _id: string;
  /** On the database's clock: the row goes after `noticeKeepMs`. */
  storedAt: Date;
}

/** Notices to persons, each inserted once by its id, however often its effect runs; newest first. */
export function makeNoticeStore(connection: Connection): NoticeStore {
  const rows = connection.collection<NoticeDocument>(collectionNames.notices);
  const now = connection.databaseClock();
  return {
    async add(notices) {
      if (notices.length === 0) return;
      const storedAt = new Date(now());
      try {
        await rows.insertMany(
          notices.map(({ id, ...notice }) => ({ ...notice, _id: id, storedAt })),
          { ordered: false },
        );
      } catch (error) {
        // Throws again whatever is not a notice that is there already.
        duplicatesOf(error);
      }
    },
    async listFor(authority, person, limit) {
      const found = await rows
        .find({ authority, person }, { projection: { storedAt: 0 } })
        .sort({ at: -1, _id: -1 })
        .limit(Math.min(limit, noticesMax))
        .toArray();
      return found.map(({ _id, ...notice }) => ({ id: _id, ...notice }));
    },
  };
}
