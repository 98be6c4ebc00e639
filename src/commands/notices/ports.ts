import type { JsonObject } from '../../engine/json.js';

/**
 * `turn`: it waits for you; `outcome`: how what you opened or drafted went; `told`: for your knowledge; `reminder`: a due date.
 */
export type NoticeKind = 'turn' | 'outcome' | 'told' | 'reminder';
export const noticeKinds: readonly NoticeKind[] = ['turn', 'outcome', 'reminder', 'told'];

/**
 * What one person is told of one instance. It holds no title: whoever may not read the instance (any more) must not learn it here.
 * Params: `command`, `actor`, `reason` of what happened; `moment`, `days` of a reminder; `onBehalfOf` where it is a delegate's turn;
 * `waiting` of a summary: how much waits for somebody by a post or a delegation that has just become his.
 */
export interface Notice {
  /** Begins with the instance's id, so with the authority. The same fact has the same id. */
  readonly id: string;
  readonly authority: string;
  readonly person: string;
  /** Empty for a summary, which is of no single one. */
  readonly instance: string;
  readonly kind: NoticeKind;
  /** The stay in which the person can act: then it is open until he no longer can. Null: news, open until it is read. */
  readonly visit: number | null;
  /** The revision of the instance on which it was derived. */
  readonly asOf: number;
  readonly params: JsonObject;
  readonly at: string;
}

export interface StoredNotice extends Notice {
  readonly open: boolean;
  readonly readAt: string | null;
  readonly closedAt: string | null;
  /** When a mail that tells it was taken by the mail server. */
  readonly mailedAt: string | null;
}

/** What a summary counts up to. */
export const waitingCountMax = 100;

/** How much waits, as it is shown, where the notice is a summary; else null. */
export function waitingOf({ instance, params }: Pick<Notice, 'instance' | 'params'>): string | null {
  if (instance !== '' || typeof params.waiting !== 'number') return null;
  return params.waiting >= waitingCountMax ? `${waitingCountMax}+` : String(params.waiting);
}

/** Who can act on an instance at a revision: what stands open for anybody else, or for an earlier stay, is closed. */
export interface Closing {
  readonly instance: string;
  readonly asOf: number;
  readonly actors: readonly string[];
  readonly oldestVisit: number;
}

export interface NoticePage {
  readonly authority: string;
  readonly person: string;
  /** The `cursor` of the last row; null from the start. */
  readonly after: string | null;
  readonly limit: number;
}

export interface NoticeStore {
  /**
   * One batch: inserts each notice once, and closes. A closing never touches a notice derived on a later revision, so an effect that
   * runs late undoes nothing. Answers the ids that were not there before.
   */
  write(
    notices: readonly Notice[],
    closings: readonly Closing[],
    around: { readonly authority: string; readonly at: string },
  ): Promise<ReadonlySet<string>>;
  /** Open ones first, then the newest. */
  page(query: NoticePage): Promise<readonly StoredNotice[]>;
  listFor(authority: string, person: string, limit: number): Promise<readonly StoredNotice[]>;
  byIds(authority: string, ids: readonly string[]): Promise<readonly StoredNotice[]>;
  /** Who has a turn open, by instance after `after`: some instances of at most `limit` notices; none at the end. */
  openTurns(
    authority: string,
    after: string,
    limit: number,
  ): Promise<readonly { readonly instance: string; readonly people: readonly string[] }[]>;
  /** How many are open, counted up to `limit`. */
  openCount(authority: string, person: string, limit: number): Promise<number>;
  /** Marks a person's own notices as read, all that are open where no ids are given; news are closed by it. Answers how many. */
  markRead(authority: string, person: string, ids: readonly string[] | null, at: string): Promise<number>;
  markMailed(authority: string, ids: readonly string[], at: string): Promise<void>;
}

/** Where a page goes on after a notice. */
export function cursorOf(notice: StoredNotice): string {
  return `${notice.open ? 1 : 0}|${notice.at}|${notice.id}`;
}
