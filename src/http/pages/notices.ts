import { noticesFor } from '../../commands/notices/list.js';
import { word } from '../../locales/sentences.js';
import type { Assets } from '../assets.js';
import { type Form, fieldOf } from '../body.js';
import type { SignedCall } from '../edge.js';
import { type NoticeInWords, noticeInWords } from '../noticeWords.js';
import { dueInWords, instantInWords } from './dates.js';
import { type PageAnswer, signedFrame } from './frame.js';

const HERE = '/notices';

/** What I am told: what is open first, then what has passed, the newest first. */
export async function noticesPage(call: SignedCall, assets: Assets): Promise<PageAnswer> {
  const after = call.query.after ?? null;
  const { items, next } = await noticesFor(call.edge.app.deps, call.reader, after);
  const rows = items.map((seen) => ({ ...rowOf(call, noticeInWords(call, seen)), open: seen.notice.open }));
  const frame = signedFrame(call, assets, word(call.language, 'notices'));
  const view = {
    openRows: rows.filter(({ open }) => open),
    earlier: rows.filter(({ open }) => !open),
    firstPage: after === null,
    done: call.query.done === 'read' ? word(call.language, 'noticesRead') : null,
    next: next === null ? null : `${HERE}?after=${encodeURIComponent(next)}`,
  };
  return { kind: 'page', status: 200, template: 'notices', view: { ...frame, ...view } };
}

function rowOf(call: SignedCall, told: NoticeInWords) {
  const { id, instance, title, line, reason, due, at, readAt, closedAt, open } = told;
  return {
    id,
    // Of no single instance and yet with a title: a summary of what waits.
    href: instance === null ? (title === null ? null : '/inbox') : `/instances/${encodeURIComponent(instance)}`,
    title,
    line,
    reason,
    due: dueInWords(call.language, call.directory.calendar, due, call.now),
    at: instantInWords(at),
    unread: open && readAt === null,
    closed: closedAt !== null,
  };
}

/** Marks one of my notices as read, or all that are open where the form names none. */
export async function noticesReadSent(call: SignedCall): Promise<PageAnswer> {
  const { deps } = call.edge.app;
  const id = fieldOf(call.body as Form, 'notice');
  const { authority, person } = call.identity;
  await deps.store.notices.markRead(authority, person, id === '' ? null : [id], call.now);
  return { kind: 'redirect', to: `${HERE}?done=read` };
}
