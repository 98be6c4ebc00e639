import * as schemas from './accountSchemas.js';
import type { Route } from './route.js';
import { confirmOwnFactor, enrolOwnFactor, readFactor, removeOwnFactor } from './secondFactor.js';
import { changePassword, readMe, signIn, signOut } from './sessions.js';
import { listTokens, makeToken, revokeToken } from './tokens.js';

/** Sessions, passwords, tokens: a part of the table of `routes.ts`. */
export const accountRoutes: readonly Route[] = [
  {
    method: 'post',
    path: '/api/v1/sessions',
    policy: 'public',
    summary: 'Sign in by password; the session is a cookie',
    body: schemas.signIn,
    answers: { status: 201, schema: schemas.me },
    handle: signIn,
  },
  {
    method: 'delete',
    path: '/api/v1/sessions',
    policy: 'signedIn',
    summary: 'Sign out',
    beforePasswordChange: true,
    answers: { status: 204, schema: null },
    handle: signOut,
  },
  {
    method: 'get',
    path: '/api/v1/me',
    policy: 'signedIn',
    summary: 'Who I am, and the token that changing requests of this session must bear',
    beforePasswordChange: true,
    answers: { status: 200, schema: schemas.me },
    handle: readMe,
  },
  {
    method: 'post',
    path: '/api/v1/me/password',
    policy: 'signedIn',
    summary: 'Set a new password; ends the other sessions',
    beforePasswordChange: true,
    body: schemas.passwordChange,
    answers: { status: 204, schema: null },
    handle: changePassword,
  },
  {
    method: 'get',
    path: '/api/v1/me/second-factor',
    policy: 'signedIn',
    summary: 'Whether I have a second factor, and since when',
    answers: { status: 200, schema: schemas.factor },
    handle: readFactor,
  },
  {
    method: 'post',
    path: '/api/v1/me/second-factor',
    policy: 'signedIn',
    summary:
      'Make the secret of a second factor (TOTP) by my password, in a session; it is shown this once, and waits a quarter of an hour to be confirmed',
    body: schemas.factorAsk,
    answers: { status: 201, schema: schemas.factorMade },
    handle: enrolOwnFactor,
  },
  {
    method: 'post',
    path: '/api/v1/me/second-factor/confirm',
    policy: 'signedIn',
    summary: 'Put the secret in force by its first code',
    body: schemas.factorConfirm,
    answers: { status: 200, schema: schemas.factorAfter },
    handle: confirmOwnFactor,
  },
  {
    method: 'post',
    path: '/api/v1/me/second-factor/remove',
    policy: 'signedIn',
    summary: 'Take my second factor away by password and code',
    body: schemas.factorRemove,
    answers: { status: 200, schema: schemas.factorAfter },
    handle: removeOwnFactor,
  },
  {
    method: 'get',
    path: '/api/v1/tokens',
    policy: 'signedIn',
    summary: 'My API tokens, without their secrets',
    answers: { status: 200, schema: schemas.tokenList },
    handle: listTokens,
  },
  {
    method: 'post',
    path: '/api/v1/tokens',
    policy: 'signedIn',
    summary: 'Make an API token; it is shown this once',
    body: schemas.tokenAsk,
    answers: { status: 201, schema: schemas.tokenMade },
    handle: makeToken,
  },
  {
    method: 'delete',
    path: '/api/v1/tokens/:token',
    policy: 'signedIn',
    summary: 'Revoke one of my API tokens',
    answers: { status: 204, schema: null },
    handle: revokeToken,
  },
];
