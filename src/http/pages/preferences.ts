import { type MailFrequency, mailFrequencies, type Preferences } from '../../commands/notices/mailing.js';
import { noticeKinds } from '../../commands/notices/ports.js';
import {
  askAddress,
  choosePreferences,
  confirmAddress,
  preferencesOf,
  removeAddress,
} from '../../commands/notices/preferences.js';
import { TrinhkyError } from '../../errors.js';
import { type Language, languages, sentence, word } from '../../locales/sentences.js';
import type { Assets } from '../assets.js';
import { type Form, fieldOf } from '../body.js';
import type { SignedCall } from '../edge.js';
import { namesFor, readable } from '../names.js';
import { languageNames, type PageAnswer, signedFrame } from './frame.js';

const HERE = '/preferences';
const DONE: Readonly<Record<string, string>> = {
  saved: 'preferencesSaved',
  asked: 'mailAddressAsked',
  confirmed: 'mailAddressConfirmed',
  removed: 'mailAddressRemoved',
};
const frequencyWords: Readonly<Record<MailFrequency, string>> = {
  each: 'mailEach',
  daily: 'mailDaily',
  weekly: 'mailWeekly',
  none: 'mailNone',
};
const kindWords = {
  turn: 'noticeKindTurn',
  outcome: 'noticeKindOutcome',
  reminder: 'noticeKindReminder',
  told: 'noticeKindTold',
} as const;
const hours = Array.from({ length: 24 }, (_, hour) => hour);

/** How I am told by mail. */
export async function preferencesPage(call: SignedCall, assets: Assets): Promise<PageAnswer> {
  return show(call, assets, await preferencesOf(call.edge.app.deps, call.identity), null);
}

export async function preferencesSent(call: SignedCall, assets: Assets): Promise<PageAnswer> {
  const form = call.body as Form;
  const mail = mailFrequencies.find((one) => one === fieldOf(form, 'mail'));
  const language = languages.find((one) => one === fieldOf(form, 'language'));
  if (mail === undefined || language === undefined) throw new TrinhkyError('bodyInvalid', { path: '/mail', reason: 'enum' });
  const chosen = Object.hasOwn(form, 'kinds') ? [form.kinds].flat() : [];
  const kinds = noticeKinds.filter((kind) => chosen.includes(kind));
  const hour = Number(fieldOf(form, 'hour'));
  return orShown(call, assets, 'saved', () =>
    choosePreferences(call.edge.app.deps, call.identity, { mail, hour, language, kinds }),
  );
}

export async function addressSent(call: SignedCall, assets: Assets): Promise<PageAnswer> {
  return orShown(call, assets, 'asked', () =>
    askAddress(call.edge.app.deps, call.identity, fieldOf(call.body as Form, 'address')),
  );
}

export async function addressConfirmSent(call: SignedCall, assets: Assets): Promise<PageAnswer> {
  return orShown(call, assets, 'confirmed', () =>
    confirmAddress(call.edge.app.deps, call.identity, fieldOf(call.body as Form, 'code')),
  );
}

export async function addressRemoveSent(call: SignedCall, assets: Assets): Promise<PageAnswer> {
  return orShown(call, assets, 'removed', () => removeAddress(call.edge.app.deps, call.identity));
}

/** A refusal is told on the page itself, with everything else as it stands. */
async function orShown(call: SignedCall, assets: Assets, done: string, work: () => Promise<Preferences>): Promise<PageAnswer> {
  try {
    await work();
    return { kind: 'redirect', to: `${HERE}?done=${done}` };
  } catch (error) {
    if (!(error instanceof TrinhkyError) || error.status >= 500) throw error;
    const names = namesFor(call.language, call.directory, null, call.now);
    const problem = { ...sentence(call.language, error.code, readable(names, error.params)), status: error.status };
    return show(call, assets, await preferencesOf(call.edge.app.deps, call.identity), problem);
  }
}

interface Problem {
  readonly sentence: string;
  readonly todo: string;
  readonly status: number;
}

function show(call: SignedCall, assets: Assets, preferences: Preferences, problem: Problem | null): PageAnswer {
  const { language } = call;
  const { address, pending } = preferences;
  const done = call.request.method === 'GET' && call.query.done !== undefined ? DONE[call.query.done] : undefined;
  const view = {
    done: done === undefined ? null : word(language, done),
    problem,
    mailOff: call.edge.app.deps.mailing === undefined,
    address: address === null ? word(language, 'mailAddressNone') : word(language, 'mailAddressIs', { address }),
    hasAddress: address !== null,
    waits: pending === null ? null : word(language, 'mailAddressWaits', { address: pending.address }),
    frequencies: mailFrequencies.map((value) => ({
      value,
      label: word(language, frequencyWords[value]),
      chosen: value === preferences.mail,
    })),
    hours: hours.map((value) => ({ value, label: `${String(value).padStart(2, '0')}:00`, chosen: value === preferences.hour })),
    mailLanguages: languages.map((value: Language) => ({
      value,
      label: languageNames[value],
      chosen: value === preferences.language,
    })),
    kinds: noticeKinds.map((value) => ({
      value,
      label: word(language, kindWords[value]),
      chosen: preferences.kinds.includes(value),
    })),
  };
  const frame = signedFrame(call, assets, word(language, 'preferences'));
  return { kind: 'page', status: problem?.status ?? 200, template: 'preferences', view: { ...frame, ...view } };
}
