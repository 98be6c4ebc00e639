import { createHash } from 'node:crypto';
import { MongoStore } from 'connect-mongo';
import type { Collection } from 'mongodb';
import type { Identity, OwnSessions, SessionSummary } from '../commands/application.js';
import { awayOr, guarded } from './away.js';
import { collectionNames } from './collectionNames.js';
import type { Connection } from './connection.js';

/** How often the use of a session that did not change is recorded: each record is a write. */
export const sessionTouchMs = 5 * 60 * 1000;
export const sessionsListedMax = 100;

/** What the web keeps in a session, as far as the store reads it. */
interface SessionFields {
  readonly identity?: Identity;
  readonly signedInAtMs?: number;
  readonly seenAtMs?: number;
}

interface SessionDocument {
  /** SHA-256 of the session's id: who reads the database cannot take over a session. */
  _id: string;
  session: SessionFields;
  expires: Date;
  lastModified?: Date;
}

export interface Sessions extends OwnSessions {
  /** For express-session. Its errors are guarded: TrinhkyError `databaseAway` while the database is away. */
  readonly store: MongoStore;
}

/** Sessions on the server's side: revocable, and removed by the database when their cookie has run out. */
export function makeSessions(connection: Connection): Sessions {
  const rows = connection.collection<SessionDocument>(collectionNames.sessions);
  const filterOf = ({ authority, person }: Identity) => ({
    'session.identity.authority': authority,
    'session.identity.person': person,
  });
  return {
    store: safeStore(
      rows,
      MongoStore.create({
        client: connection.client,
        dbName: connection.db.databaseName,
        collectionName: collectionNames.sessions,
        touchAfter: sessionTouchMs / 1000,
        // Stored as an object, so that the sessions of a person can be found; the index that ends them is ours.
        stringify: false,
        autoRemove: 'disabled',
        transformId: storedId,
      }),
    ),
    idOf: storedId,
    list: (identity) =>
      guarded(async () => {
        const found = await rows.find(filterOf(identity)).sort({ expires: -1 }).limit(sessionsListedMax).toArray();
        return found.map(summaryOf);
      }),
    end: (identity, id) => guarded(async () => (await rows.deleteOne({ ...filterOf(identity), _id: id })).deletedCount === 1),
    endAllOf: (identity, exceptId) =>
      guarded(async () => {
        const others = exceptId === undefined ? {} : { _id: { $ne: exceptId } };
        return (await rows.deleteMany({ ...filterOf(identity), ...others })).deletedCount;
      }),
  };
}

function storedId(sessionId: string): string {
  return createHash('sha256').update(sessionId).digest('hex');
}

function summaryOf({ _id, session }: SessionDocument): SessionSummary {
  return { id: _id, startedAt: instantOf(session.signedInAtMs), usedAt: instantOf(session.seenAtMs) };
}

function instantOf(ms: number | undefined): string | null {
  return ms === undefined ? null : new Date(ms).toISOString();
}

/** Marks a session that was read from the store, so that writing it can be told from making a new one. */
const LOADED = 'loaded';

/**
 * connect-mongo with two changes. Its errors are guarded. And a session that was ended while a request was using it stays
 * ended: connect-mongo would write it anew at the end of that request, and bring a revoked session back to life.
 */
function safeStore(rows: Collection<SessionDocument>, store: MongoStore): MongoStore {
  const { get, set, touch, destroy } = store;
  store.get = (id, done) =>
    get.call(store, id, (error: unknown, session) => {
      if (session) Object.assign(session, { [LOADED]: true });
      done(awayOr(error), session);
    });
  store.set = (id, session, done) => {
    if (!(LOADED in session)) {
      set.call(store, id, session, (error: unknown) => done?.(awayOr(error)));
      return;
    }
    const {
      cookie,
      lastModified: _old,
      [LOADED]: _mark,
      ...fields
    } = JSON.parse(JSON.stringify(session)) as Record<string, unknown>;
    const { expires } = session.cookie;
    const times = { lastModified: new Date(), ...(expires ? { expires: new Date(expires) } : {}) };
    rows.updateOne({ _id: storedId(id) }, { $set: { session: { cookie, ...fields } as SessionFields, ...times } }).then(
      () => done?.(null),
      (error: unknown) => done?.(awayOr(error)),
    );
  };
  store.touch = (id, session, done) =>
    touch.call(store, id, session, (error: unknown) => done?.(isGone(error) ? null : awayOr(error)));
  store.destroy = (id, done) => destroy.call(store, id, (error: unknown) => done?.(awayOr(error)));
  return store;
}

function isGone(error: unknown): boolean {
  return error instanceof Error && error.message === 'Unable to find the session to touch';
}
