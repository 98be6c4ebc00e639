import { TrinhkyError } from '../../errors.js';
import { languages, sentence, word } from '../../locales/sentences.js';
import { proveAndStart, setOwnPassword } from '../api/sessions.js';
import type { Assets } from '../assets.js';
import { type Form, fieldOf } from '../body.js';
import { csrfToken } from '../csrf.js';
import type { Call, SignedCall } from '../edge.js';
import { audit } from '../gate.js';
import { endSession, sessionIdentity } from '../session.js';
import { frameOf, languageSetCookie, ownPath, type PageAnswer, signedFrame } from './frame.js';

const loginCharsMax = 200;

export async function signInPage(call: Call, assets: Assets): Promise<PageAnswer> {
  if ((await sessionIdentity(call.edge, call.request)) !== null) return { kind: 'redirect', to: '/inbox' };
  return signInForm(call, assets, { status: 200, login: '', next: ownPath(call.query.next ?? '/inbox'), problem: null });
}

interface Shown {
  readonly status: number;
  readonly login: string;
  readonly next: string;
  readonly problem: { readonly sentence: string; readonly todo: string } | null;
}

function signInForm(call: Call, assets: Assets, shown: Shown): PageAnswer {
  const { status, ...view } = shown;
  const frame = frameOf(call, assets, word(call.language, 'signIn'), null, csrfToken(call.request));
  return { kind: 'page', status, template: 'signIn', view: { ...frame, ...view } };
}

export async function signInSent(call: Call, assets: Assets): Promise<PageAnswer> {
  const form = call.body as Form;
  const login = fieldOf(form, 'login').normalize('NFC').trim();
  const next = ownPath(fieldOf(form, 'next') || '/inbox');
  try {
    const { mustChange } = await proveAndStart(call, login.slice(0, loginCharsMax), fieldOf(form, 'password'));
    return { kind: 'redirect', to: mustChange ? '/password' : next };
  } catch (error) {
    if (!(error instanceof TrinhkyError) || (error.code !== 'signInFailed' && error.code !== 'tooManyTries')) throw error;
    return signInForm(call, assets, {
      status: error.status,
      login,
      next,
      problem: sentence(call.language, error.code, error.params),
    });
  }
}

export async function signOutSent(call: SignedCall): Promise<PageAnswer> {
  await audit(call, 'signedOut', null, {});
  await endSession(call.request);
  return { kind: 'redirect', to: '/sign-in' };
}

export async function passwordPage(call: SignedCall, assets: Assets): Promise<PageAnswer> {
  return passwordForm(call, assets, 200, null);
}

function passwordForm(call: SignedCall, assets: Assets, status: number, problem: string | null): PageAnswer {
  const oneTime = call.request.session.mustChange === true;
  return {
    kind: 'page',
    status,
    template: 'password',
    view: { ...signedFrame(call, assets, word(call.language, 'passwordChange')), oneTime, problem },
  };
}

export async function passwordSent(call: SignedCall, assets: Assets): Promise<PageAnswer> {
  const form = call.body as Form;
  const wanted = fieldOf(form, 'password');
  if (wanted !== fieldOf(form, 'again')) return passwordForm(call, assets, 400, word(call.language, 'passwordsDiffer'));
  try {
    await setOwnPassword(call, fieldOf(form, 'current'), wanted);
    return { kind: 'redirect', to: '/inbox' };
  } catch (error) {
    if (!(error instanceof TrinhkyError)) throw error;
    if (error.code === 'inputInvalid') return passwordForm(call, assets, error.status, word(call.language, 'passwordRefused'));
    if (error.code === 'signInFailed' || error.code === 'tooManyTries')
      return passwordForm(call, assets, error.status, sentence(call.language, error.code, error.params).sentence);
    throw error;
  }
}

export async function languageSent(call: Call): Promise<PageAnswer> {
  const form = call.body as Form;
  const chosen = languages.find((language) => language === fieldOf(form, 'language')) ?? 'vi';
  return {
    kind: 'redirect',
    to: ownPath(fieldOf(form, 'next')),
    cookies: [languageSetCookie(chosen, call.edge.options.publicUrl !== null)],
  };
}
