import type { Express, Request, Response } from 'express';
import { openNoticesCountMax } from '../../commands/notices/list.js';
import { TrinhkyError } from '../../errors.js';
import { word } from '../../locales/sentences.js';
import { modelFor } from '../api/show.js';
import type { Assets } from '../assets.js';
import { readForm } from '../body.js';
import { requireCsrfToken, requireSameOrigin } from '../csrf.js';
import type { Call, Edge, InstanceCall, SignedCall } from '../edge.js';
import { requireReadable, standing } from '../gate.js';
import { languageFor } from '../language.js';
import { problemHeaders, problemOf, requestIdOf } from '../problem.js';
import { endSession, loadSession, sessionIdentity } from '../session.js';
import {
  accountPage,
  factorConfirmSent,
  factorEnrolSent,
  factorRemoveSent,
  sessionEndSent,
  tokenMakeSent,
  tokenRevokeSent,
} from './account.js';
import { attachmentSent, attachmentsPage } from './attachments.js';
import { clausesPage, clausesSent } from './clauses.js';
import { commandSent } from './command.js';
import { consolidationRoutes } from './consolidationRoutes.js';
import { coveragePage } from './coverage.js';
import { delegationRevokeSent, delegationSent, delegationsPage } from './delegations.js';
import { frameOf, type PageAnswer } from './frame.js';
import { importOpened, importPage, importSent } from './importPlan.js';
import { inboxPage } from './inbox.js';
import { instancePage } from './instance.js';
import { noticesPage, noticesReadSent } from './notices.js';
import type { PageRoute } from './pageRoute.js';
import { papersPage } from './papers.js';
import { addressConfirmSent, addressRemoveSent, addressSent, preferencesPage, preferencesSent } from './preferences.js';
import { progressPage } from './progress.js';
import { followUpPage } from './progressFollowUp.js';
import { receivePage, receiveSent } from './receive.js';
import { registersPage } from './registers.js';
import { makeRenderer } from './render.js';
import { reportPage, reportSent } from './report.js';
import { reportReceiptPage } from './reportReceipt.js';
import { sendPage, sendSent } from './send.js';
import { prepareSent, signDeskPage } from './signDesk.js';
import { languageSent, passwordPage, passwordSent, signInPage, signInSent, signOutSent } from './signIn.js';
import { signOnePage } from './signOne.js';
import { signSent } from './signSent.js';
import { verifyPage, verifySent } from './verify.js';

const home = async (): Promise<PageAnswer> => ({ kind: 'redirect', to: '/inbox' });

/** Every page and form. */
export const pageRoutes: readonly PageRoute[] = [
  { method: 'get', path: '/', policy: 'public', handle: home },
  { method: 'get', path: '/sign-in', policy: 'public', query: ['next'], handle: signInPage },
  { method: 'post', path: '/sign-in', policy: 'public', handle: signInSent },
  { method: 'post', path: '/language', policy: 'public', withoutToken: true, handle: languageSent },
  { method: 'post', path: '/sign-out', policy: 'signedIn', beforePasswordChange: true, handle: signOutSent },
  { method: 'get', path: '/password', policy: 'signedIn', beforePasswordChange: true, handle: passwordPage },
  { method: 'post', path: '/password', policy: 'signedIn', beforePasswordChange: true, handle: passwordSent },
  { method: 'get', path: '/account', policy: 'signedIn', query: ['done'], handle: accountPage },
  { method: 'post', path: '/account/second-factor', policy: 'signedIn', handle: factorEnrolSent },
  { method: 'post', path: '/account/second-factor/confirm', policy: 'signedIn', handle: factorConfirmSent },
  { method: 'post', path: '/account/second-factor/remove', policy: 'signedIn', handle: factorRemoveSent },
  { method: 'post', path: '/account/sessions/end', policy: 'signedIn', handle: sessionEndSent },
  { method: 'post', path: '/account/tokens', policy: 'signedIn', handle: tokenMakeSent },
  { method: 'post', path: '/account/tokens/revoke', policy: 'signedIn', handle: tokenRevokeSent },
  { method: 'get', path: '/delegations', policy: 'signedIn', query: ['done'], handle: delegationsPage },
  { method: 'post', path: '/delegations', policy: 'signedIn', handle: delegationSent },
  { method: 'post', path: '/delegations/revoke', policy: 'signedIn', handle: delegationRevokeSent },
  { method: 'get', path: '/sign', policy: 'signedIn', handle: signDeskPage },
  { method: 'post', path: '/sign/prepare', policy: 'signedIn', handle: prepareSent },
  { method: 'post', path: '/sign/confirm', policy: 'signedIn', handle: signSent },
  { method: 'get', path: '/sign/:id', policy: { readsInstance: 'id' }, handle: signOnePage },
  { method: 'get', path: '/verify', policy: 'public', query: ['code'], handle: verifyPage },
  { method: 'post', path: '/verify', policy: 'public', withoutToken: true, sendsFile: true, handle: verifySent },
  { method: 'get', path: '/inbox', policy: 'signedIn', query: ['after'], handle: inboxPage },
  { method: 'get', path: '/notices', policy: 'signedIn', query: ['after', 'done'], handle: noticesPage },
  { method: 'post', path: '/notices/read', policy: 'signedIn', handle: noticesReadSent },
  { method: 'get', path: '/preferences', policy: 'signedIn', query: ['done'], handle: preferencesPage },
  { method: 'post', path: '/preferences', policy: 'signedIn', handle: preferencesSent },
  { method: 'post', path: '/preferences/address', policy: 'signedIn', handle: addressSent },
  { method: 'post', path: '/preferences/address/confirm', policy: 'signedIn', handle: addressConfirmSent },
  { method: 'post', path: '/preferences/address/remove', policy: 'signedIn', handle: addressRemoveSent },
  { method: 'get', path: '/import', policy: 'signedIn', query: ['link', 'paper'], handle: importPage },
  { method: 'post', path: '/import', policy: 'signedIn', query: ['link', 'paper'], sendsFile: true, handle: importSent },
  { method: 'post', path: '/import/open', policy: 'signedIn', query: ['link', 'paper'], handle: importOpened },
  { method: 'get', path: '/papers', policy: 'signedIn', query: ['kind', 'after'], handle: papersPage },
  { method: 'get', path: '/instances/:id/clauses', policy: { readsInstance: 'id' }, handle: clausesPage },
  { method: 'post', path: '/instances/:id/clauses', policy: { readsInstance: 'id' }, handle: clausesSent },
  {
    method: 'get',
    path: '/instances/:id/progress',
    policy: { readsInstance: 'id' },
    query: ['quarter', 'unit', 'kind', 'state', 'group'],
    handle: progressPage,
  },
  {
    method: 'get',
    path: '/instances/:id/follow-up',
    policy: { readsInstance: 'id' },
    query: ['unit', 'quarter'],
    handle: followUpPage,
  },
  ...consolidationRoutes,
  { method: 'get', path: '/instances/:id/coverage', policy: { readsInstance: 'id' }, handle: coveragePage },
  { method: 'get', path: '/instances/:id/report', policy: { readsInstance: 'id' }, query: ['done'], handle: reportPage },
  { method: 'post', path: '/instances/:id/report', policy: { readsInstance: 'id' }, handle: reportSent },
  { method: 'get', path: '/instances/:id/report/receipt', policy: { readsInstance: 'id' }, handle: reportReceiptPage },
  { method: 'get', path: '/instances/:id/send', policy: { readsInstance: 'id' }, handle: sendPage },
  { method: 'post', path: '/instances/:id/send', policy: { readsInstance: 'id' }, handle: sendSent },
  { method: 'get', path: '/instances/:id/attachments', policy: { readsInstance: 'id' }, handle: attachmentsPage },
  {
    method: 'post',
    path: '/instances/:id/attachments',
    policy: { readsInstance: 'id' },
    sendsFile: true,
    handle: attachmentSent,
  },
  { method: 'get', path: '/incoming', policy: 'signedIn', handle: receivePage },
  { method: 'post', path: '/incoming', policy: 'signedIn', handle: receiveSent },
  { method: 'get', path: '/registers', policy: 'signedIn', query: ['kind', 'from', 'to', 'series'], handle: registersPage },
  {
    method: 'get',
    path: '/instances/:id',
    policy: { readsInstance: 'id' },
    query: ['before', 'done', 'form'],
    handle: instancePage,
  },
  { method: 'post', path: '/instances/:id/commands/:command', policy: { readsInstance: 'id' }, handle: commandSent },
];

/** Whether an error is answered as a page: everywhere but in the API, unless a program asks. */
export function wantsPage(request: Request): boolean {
  return !/^\/(api\/|healthz$|readyz$|assets\/)/.test(request.path) && request.accepts(['html', 'json']) === 'html';
}

export interface Pages {
  error(thrown: unknown, request: Request, response: Response): Promise<void>;
}

/** Mounts the pages and answers how an error is shown as one. */
export function mountPages(door: Express, edge: Edge, assets: Assets): Pages {
  const renderer = makeRenderer(edge.options.templatesFolder);
  const show = (response: Response, answer: PageAnswer): void => {
    if (answer.kind === 'redirect') {
      for (const cookie of answer.cookies ?? []) response.append('Set-Cookie', cookie);
      response.redirect(303, answer.to);
      return;
    }
    response.status(answer.status).setHeader('Content-Type', 'text/html; charset=utf-8');
    response.end(renderer.render(answer.template, answer.view));
  };
  for (const route of pageRoutes) {
    door[route.method](route.path, async (request, response) =>
      show(response, await run(edge, assets, route, request, response)),
    );
  }
  return { error: async (thrown, request, response) => showError(edge, assets, show, { thrown, request, response }) };
}

async function run(edge: Edge, assets: Assets, route: PageRoute, request: Request, response: Response): Promise<PageAnswer> {
  const base: Call = {
    edge,
    request,
    response,
    language: languageFor(request),
    params: request.params as Record<string, string>,
    query: queryOf(route, request),
    body: undefined,
    key: '',
  };
  await loadSession(edge, request, response);
  const call: Call = route.method === 'post' ? { ...base, body: await sentForm(edge, route, request, response) } : base;
  if (route.policy === 'public') return route.handle(call, assets);
  const found = await sessionIdentity(edge, request);
  if (found === null) return toSignIn(request);
  if (found.mustChange && route.beforePasswordChange !== true) return { kind: 'redirect', to: '/password' };
  let signed: SignedCall;
  try {
    signed = { ...call, identity: found.identity, via: 'session', ...(await standing(edge, found.identity)) };
  } catch (error) {
    if (!(error instanceof TrinhkyError) || error.code !== 'signInNeeded') throw error;
    await endSession(request);
    return toSignIn(request);
  }
  if (route.method === 'get') signed = { ...signed, openNotices: await openNoticesOf(signed) };
  if (route.policy === 'signedIn') return (route as Extract<PageRoute, { policy: 'signedIn' }>).handle(signed, assets);
  const view = await requireReadable(signed, call.params[route.policy.readsInstance] ?? '');
  const full: InstanceCall = { ...signed, view, model: modelFor(signed, view.instance.definition) };
  return (route as Extract<PageRoute, { policy: { readonly readsInstance: string } }>).handle(full, assets);
}

function openNoticesOf({ edge, identity }: SignedCall): Promise<number> {
  return edge.app.deps.store.notices.openCount(identity.authority, identity.person, openNoticesCountMax);
}

async function sentForm(edge: Edge, route: PageRoute, request: Request, response: Response) {
  requireSameOrigin(request, edge.options.publicUrl);
  if (route.sendsFile === true) return undefined;
  const form = await readForm(request, response);
  if (route.withoutToken !== true) requireCsrfToken(request);
  return form;
}

function toSignIn(request: Request): PageAnswer {
  return {
    kind: 'redirect',
    to: request.method === 'GET' ? `/sign-in?next=${encodeURIComponent(request.originalUrl)}` : '/sign-in',
  };
}

function queryOf(route: PageRoute, request: Request): Record<string, string> {
  const query = request.query as Record<string, unknown>;
  const entries = (route.query ?? [])
    .filter((name) => query[name] !== undefined)
    .map((name) => {
      const value = query[name];
      if (typeof value !== 'string' || value.length > 500)
        throw new TrinhkyError('bodyInvalid', { path: `?${name}`, reason: 'repeated' });
      return [name, value];
    });
  return Object.fromEntries(entries) as Record<string, string>;
}

async function showError(
  edge: Edge,
  assets: Assets,
  show: (response: Response, answer: PageAnswer) => void,
  failed: { readonly thrown: unknown; readonly request: Request; readonly response: Response },
): Promise<void> {
  const { request, response, thrown } = failed;
  const language = languageFor(request);
  const problem = problemOf(thrown, language, requestIdOf(request));
  for (const [name, value] of Object.entries(problemHeaders(problem)))
    if (name !== 'WWW-Authenticate') response.setHeader(name, value);
  const frame = frameOf({ request, language, edge }, assets, word(language, 'error'), null, null);
  show(response, { kind: 'page', status: problem.status, template: 'error', view: { ...frame, problem } });
}
