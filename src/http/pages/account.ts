import { cleanText } from '../../commands/cleanInput.js';
import { TrinhkyError } from '../../errors.js';
import { type Language, sentence, word } from '../../locales/sentences.js';
import { indexOf } from '../../office/organisation/directory.js';
import type { Assets } from '../assets.js';
import { type Form, fieldOf } from '../body.js';
import type { SignedCall } from '../edge.js';
import { audit } from '../gate.js';
import { personName } from '../names.js';
import { confirmFactor, enrolFactor, removeFactor } from '../secondFactor.js';
import { instantInWords } from './dates.js';
import { type PageAnswer, signedFrame } from './frame.js';

const tokenDaysUsual = 90;
const HERE = '/account';
/** What the page may be told that was done. */
const DONE: ReadonlySet<string> = new Set(['confirmed', 'removed', 'ended', 'revoked']);
/** What leaves the person on the page; anything else is an error page. */
const SHOWN: ReadonlySet<string> = new Set(['stepUpFailed', 'tooManyTries', 'inputInvalid', 'textNotAllowed']);

interface Problem {
  readonly status: number;
  readonly sentence: string;
  readonly todo: string;
}

/** What is shown this once: a secret to confirm, or a token. */
interface Shown {
  readonly secret?: { readonly text: string; readonly uri: string };
  readonly token?: string;
  readonly problem?: Problem;
}

export async function accountPage(call: SignedCall, assets: Assets): Promise<PageAnswer> {
  return accountView(call, assets, {});
}

async function accountView(call: SignedCall, assets: Assets, shown: Shown): Promise<PageAnswer> {
  const { app } = call.edge;
  const [factor, sessions, tokens] = await Promise.all([
    app.secondFactors.standing(call.identity),
    app.sessions.list(call.identity),
    app.tokens.list(call.identity),
  ]);
  const own = app.sessions.idOf(call.request.sessionID);
  const { done } = call.query;
  const view = {
    ...signedFrame(call, assets, word(call.language, 'account')),
    name: personName(call, call.identity.person),
    login: loginOf(call),
    factor: {
      active: factor.state === 'active',
      waits: factor.state === 'unconfirmed',
      text: factorText(call.language, factor),
    },
    sessions: sessions.map(({ id, startedAt, usedAt }) => ({
      id,
      started: startedAt === null ? '—' : instantInWords(startedAt),
      used: usedAt === null ? '—' : instantInWords(usedAt),
      own: id === own,
    })),
    others: sessions.length > 1,
    tokens: tokens.map(({ id, label, expiresAt }) => ({
      id,
      label,
      until: word(call.language, 'tokenUntil', { when: instantInWords(expiresAt) }),
    })),
    days: String(tokenDaysUsual),
    secret: shown.secret ?? null,
    token: shown.token ?? null,
    problem: shown.problem ?? null,
    done: shown.problem === undefined && done !== undefined && DONE.has(done) ? word(call.language, `factorDone_${done}`) : null,
  };
  return { kind: 'page', status: shown.problem?.status ?? 200, template: 'account', view };
}

function factorText(language: Language, { state, since }: { readonly state: string; readonly since: string | null }): string {
  if (state === 'active') return word(language, 'factorActive', { when: since === null ? '—' : instantInWords(since) });
  return word(language, state === 'unconfirmed' ? 'factorWaits' : 'factorNone');
}

function loginOf(call: SignedCall): string {
  return indexOf(call.directory).person.get(call.identity.person)?.login ?? '';
}

/** Runs the work of a form; what a person can mend is shown on the page. */
async function orShown(call: SignedCall, assets: Assets, work: () => Promise<PageAnswer>): Promise<PageAnswer> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof TrinhkyError) || !SHOWN.has(error.code)) throw error;
    const { status } = error;
    return accountView(call, assets, { problem: { status, ...sentence(call.language, error.code, error.params) } });
  }
}

const givenIn = (form: Form) => ({ password: fieldOf(form, 'password'), code: fieldOf(form, 'code') });

/** A new secret after the password was given; shown with the form that confirms it. */
export async function factorEnrolSent(call: SignedCall, assets: Assets): Promise<PageAnswer> {
  return orShown(call, assets, async () => {
    const made = await enrolFactor(call, givenIn(call.body as Form));
    return accountView(call, assets, { secret: { text: inGroups(made.secret), uri: made.uri } });
  });
}

/** Groups of four are read off and typed without losing the place. */
function inGroups(secret: string): string {
  return secret.replace(/(.{4})(?=.)/g, '$1 ');
}

export async function factorConfirmSent(call: SignedCall, assets: Assets): Promise<PageAnswer> {
  return orShown(call, assets, async () => {
    if (await confirmFactor(call, fieldOf(call.body as Form, 'code'))) return { kind: 'redirect', to: `${HERE}?done=confirmed` };
    return accountView(call, assets, { problem: { status: 400, sentence: word(call.language, 'factorWrong'), todo: '' } });
  });
}

export async function factorRemoveSent(call: SignedCall, assets: Assets): Promise<PageAnswer> {
  return orShown(call, assets, async () => {
    await removeFactor(call, givenIn(call.body as Form));
    return { kind: 'redirect', to: `${HERE}?done=removed` };
  });
}

/** Ends the session that the form names, or all others where it names none. */
export async function sessionEndSent(call: SignedCall): Promise<PageAnswer> {
  const { sessions } = call.edge.app;
  const own = sessions.idOf(call.request.sessionID);
  const id = fieldOf(call.body as Form, 'session');
  if (id === '') await sessions.endAllOf(call.identity, own);
  else if (!(await sessions.end(call.identity, id))) throw new TrinhkyError('notFound');
  await audit(call, 'sessionEnded', null, { which: id === '' ? 'others' : id.slice(0, 16) });
  return { kind: 'redirect', to: id === own ? '/sign-in' : `${HERE}?done=ended` };
}

export async function tokenMakeSent(call: SignedCall, assets: Assets): Promise<PageAnswer> {
  return orShown(call, assets, async () => {
    const form = call.body as Form;
    const days = Number(fieldOf(form, 'days'));
    const made = await call.edge.app.tokens.create(call.identity, cleanText(fieldOf(form, 'label'), '/label'), days);
    await audit(call, 'tokenMade', made.summary.id, { days });
    return accountView(call, assets, { token: made.token });
  });
}

export async function tokenRevokeSent(call: SignedCall): Promise<PageAnswer> {
  const id = fieldOf(call.body as Form, 'token');
  if (!(await call.edge.app.tokens.revoke(call.identity, id))) throw new TrinhkyError('notFound');
  await audit(call, 'tokenRevoked', null, {});
  return { kind: 'redirect', to: `${HERE}?done=revoked` };
}
