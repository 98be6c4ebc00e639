import type { MailLedger } from '../commands/notices/mailing.js';
import { collectionNames } from './collectionNames.js';
import type { Connection } from './connection.js';
import { isDuplicateKey } from './duplicate.js';

interface MailDocument {
  /** The id of the effect that sends it. */
  _id: string;
  authority: string;
  state: 'sending' | 'sent' | 'notSent';
  /** The claim of the effect that wrote last: an older one changes nothing. */
  token: number;
  /** Attempts whose outcome nobody knows. */
  unknown: number;
  reason: string;
  at: string;
  /** On the database's clock: the row goes after `noticeKeepMs`. */
  storedAt: Date;
}

const unknownMax = 1;

/** The ledger of mails: a mail that may have been taken is sent at most once more. */
export function makeMailLedger(connection: Connection): MailLedger {
  const rows = connection.collection<MailDocument>(collectionNames.mails);
  const now = connection.databaseClock();
  return {
    async begin(authority, id, token, at) {
      const row = await rows.findOne({ _id: id, authority });
      if (row === null) {
        try {
          await rows.insertOne({
            _id: id,
            authority,
            state: 'sending',
            token,
            unknown: 0,
            reason: '',
            at,
            storedAt: new Date(now()),
          });
          return 'first';
        } catch (error) {
          if (isDuplicateKey(error)) return 'superseded';
          throw error;
        }
      }
      if (row.state === 'sent') return 'sent';
      const isUnknown = row.state === 'sending';
      if (isUnknown && row.unknown >= unknownMax) return 'givenUp';
      const { matchedCount } = await rows.updateOne(
        { _id: id, authority, token: { $lt: token }, state: row.state },
        { $set: { state: 'sending', token, at }, $inc: { unknown: isUnknown ? 1 : 0 } },
      );
      if (matchedCount === 0) return 'superseded';
      return isUnknown ? 'again' : 'first';
    },
    async end(authority, id, token, { state, reason, at }) {
      await rows.updateOne({ _id: id, authority, token }, { $set: { state, reason, at } });
    },
  };
}
