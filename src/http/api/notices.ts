import { noticesFor, noticesPerPage } from '../../commands/notices/list.js';
import { mailFrequencies, type Preferences } from '../../commands/notices/mailing.js';
import { noticeKinds } from '../../commands/notices/ports.js';
import {
  askAddress,
  choosePreferences,
  confirmAddress,
  type PreferenceChoice,
  preferencesOf,
  removeAddress,
} from '../../commands/notices/preferences.js';
import { languages } from '../../locales/sentences.js';
import type { SignedCall } from '../edge.js';
import { noticeInWords } from '../noticeWords.js';
import { type Answer, limitOf, ok, type Route } from './route.js';
import { count, list, object, text, textOrNull } from './schemas.js';

const idCharsMax = 300;
const idsMax = 200;
const noticeId = { type: 'string', minLength: 1, maxLength: idCharsMax } as const;
const noticeShape = object({
  id: text,
  instance: textOrNull,
  title: textOrNull,
  kind: { enum: [...noticeKinds] },
  line: textOrNull,
  reason: textOrNull,
  due: textOrNull,
  at: text,
  open: { type: 'boolean' },
  readAt: textOrNull,
  closedAt: textOrNull,
});
const choice = {
  mail: { enum: [...mailFrequencies] },
  hour: { type: 'integer', minimum: 0, maximum: 23 },
  language: { enum: [...languages] },
  kinds: { type: 'array', items: { enum: [...noticeKinds] }, maxItems: noticeKinds.length, uniqueItems: true },
};
const preferencesShape = object({ ...choice, address: textOrNull, addressWaiting: textOrNull });

/** What I am told, and how: a part of the table of `routes.ts`. Everybody's own and nobody else's. */
export const noticeRoutes: readonly Route[] = [
  {
    method: 'get',
    path: '/api/v1/notices',
    policy: 'signedIn',
    summary: 'My notices, open ones first; of what I may not read nothing but that there is one',
    query: {
      type: 'object',
      additionalProperties: false,
      properties: {
        after: { type: 'string', minLength: 1, maxLength: idCharsMax + 40 },
        limit: { type: 'string', pattern: '^[1-9][0-9]{0,5}$' },
      },
    },
    answers: { status: 200, schema: object({ items: list(noticeShape), next: textOrNull }) },
    handle: readNotices,
  },
  {
    method: 'post',
    path: '/api/v1/notices/read',
    policy: 'signedIn',
    summary: 'Mark my notices as read: the ones named, or with `ids` null all that are open',
    body: object({ ids: { type: ['array', 'null'], items: noticeId, maxItems: idsMax } }),
    answers: { status: 200, schema: object({ count }) },
    handle: markNoticesRead,
  },
  {
    method: 'get',
    path: '/api/v1/preferences',
    policy: 'signedIn',
    summary: 'How I am told by mail',
    answers: { status: 200, schema: preferencesShape },
    handle: readPreferences,
  },
  {
    method: 'post',
    path: '/api/v1/preferences',
    policy: 'signedIn',
    summary: 'Choose how I am told by mail',
    body: object(choice),
    answers: { status: 200, schema: preferencesShape },
    handle: (call) => answer(choosePreferences(call.edge.app.deps, call.identity, call.body as PreferenceChoice)),
  },
  {
    method: 'post',
    path: '/api/v1/preferences/address',
    policy: 'signedIn',
    summary: 'Name an address for my mails; it waits until it is confirmed by the code that is mailed there',
    body: object({ address: { type: 'string', minLength: 3, maxLength: 300 } }),
    answers: { status: 200, schema: preferencesShape },
    handle: (call) => answer(askAddress(call.edge.app.deps, call.identity, (call.body as { address: string }).address)),
  },
  {
    method: 'post',
    path: '/api/v1/preferences/address/confirm',
    policy: 'signedIn',
    summary: 'Confirm my address by its code',
    body: object({ code: { type: 'string', minLength: 1, maxLength: 20 } }),
    answers: { status: 200, schema: preferencesShape },
    handle: (call) => answer(confirmAddress(call.edge.app.deps, call.identity, (call.body as { code: string }).code)),
  },
  {
    method: 'delete',
    path: '/api/v1/preferences/address',
    policy: 'signedIn',
    summary: 'Take my address away: no more mail',
    answers: { status: 200, schema: preferencesShape },
    handle: (call) => answer(removeAddress(call.edge.app.deps, call.identity)),
  },
];

async function readNotices(call: SignedCall): Promise<Answer> {
  const limit = limitOf(call, noticesPerPage, noticesPerPage);
  const { items, next } = await noticesFor(call.edge.app.deps, call.reader, call.query.after ?? null, limit);
  return ok({ items: items.map((seen) => noticeInWords(call, seen)), next });
}

async function markNoticesRead(call: SignedCall): Promise<Answer> {
  const { ids } = call.body as { ids: readonly string[] | null };
  const { authority, person } = call.identity;
  return ok({ count: await call.edge.app.deps.store.notices.markRead(authority, person, ids, call.now) });
}

async function readPreferences(call: SignedCall): Promise<Answer> {
  return answer(preferencesOf(call.edge.app.deps, call.identity));
}

async function answer(preferences: Promise<Preferences>): Promise<Answer> {
  const { mail, hour, language, kinds, address, pending } = await preferences;
  return ok({ mail, hour, language, kinds, address, addressWaiting: pending?.address ?? null });
}
