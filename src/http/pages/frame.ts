import { openNoticesCountMax } from '../../commands/notices/list.js';
import { type Language, languages, word, words } from '../../locales/sentences.js';
import type { Assets } from '../assets.js';
import { csrfToken } from '../csrf.js';
import type { Call, SignedCall } from '../edge.js';
import { holdsPost } from '../gate.js';
import { languageCookie } from '../language.js';
import { personName } from '../names.js';
import { mayHaveToSign } from '../signingPosts.js';
import { instantInWords } from './dates.js';

/** What a page handler answers. */
export type PageAnswer =
  | { readonly kind: 'page'; readonly status: number; readonly template: string; readonly view: object }
  | { readonly kind: 'redirect'; readonly to: string; readonly cookies?: readonly string[] };

export const languageNames: Readonly<Record<Language, string>> = { vi: 'Tiếng Việt', en: 'English' };

/** What every page shows around itself. Loads no session: who is signed in is given. */
export function frameOf(
  call: Pick<Call, 'request' | 'language' | 'edge'>,
  assets: Assets,
  title: string,
  signed: SignedCall | null,
  token: string | null,
) {
  const path = call.request.method === 'GET' ? call.request.originalUrl : '/';
  return {
    lang: call.language,
    title,
    stylePath: assets.stylePath,
    w: words(call.language),
    person: signed === null ? null : personName(signed, signed.identity.person),
    nav: signed === null ? [] : placesOf(signed, path),
    csrf: token ?? '',
    here: ownPath(path),
    address: `${call.edge.options.publicUrl ?? `http://${call.request.headers.host ?? ''}`}${ownPath(path)}`,
    printedAt: instantInWords(call.edge.app.deps.clock.now()),
    languages: languages.map((code) => ({ code, label: languageNames[code], current: code === call.language })),
  };
}

/** The places that this person may go to. */
function placesOf(call: SignedCall, path: string) {
  const { language, reader } = call;
  const place = (href: string, name: string) => ({
    href,
    label: words(language)[name] ?? '',
    count: null,
    counted: null,
    current: path.startsWith(href),
  });
  const open = call.openNotices ?? 0;
  const count = open >= openNoticesCountMax ? `${openNoticesCountMax}+` : String(open);
  const counted = { count, counted: word(language, 'noticesCount', { count }) };
  const desk = mayHaveToSign(call) ? [place('/sign', 'signDesk')] : [];
  return [
    place('/inbox', 'inbox'),
    { ...place('/notices', 'notices'), ...(open === 0 ? {} : counted) },
    ...desk,
    place('/papers', 'papers'),
    place('/delegations', 'delegations'),
    place('/import', 'importTitle'),
    ...(holdsPost(reader, 'clerk') ? [place('/incoming', 'receive')] : []),
    ...(reader.readsAll ? [place('/registers', 'registers')] : []),
  ];
}

/** The frame for somebody signed in, with the session's token for the forms. */
export function signedFrame(call: SignedCall, assets: Assets, title: string) {
  return frameOf(call, assets, title, call, csrfToken(call.request));
}

const pathCharsMax = 500;

/** A path of this server and nothing else: what comes from outside must not lead outside. */
export function ownPath(path: string): string {
  return path.length <= pathCharsMax && /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(path) ? path : '/inbox';
}

/** The cookie that keeps the chosen language for a year. */
export function languageSetCookie(language: string, tls: boolean): string {
  return `${languageCookie}=${language}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax${tls ? '; Secure' : ''}`;
}
