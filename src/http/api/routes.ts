import { listAudit, listOutbox, readNumbers, retryOutbox } from './admin.js';
import { readContent, putContent } from './contents.js';
import { readDefinition, readDiagram, readDefinitions } from './definitions.js';
import { alive, readOpenApi, ready } from './health.js';
import { bulkCommands, commandInstance, openInstance } from './commands.js';
import { listInstances, readHistory, readInbox, readInstance } from './instances.js';
import { listRenditions, readRendition } from './renditions.js';
import type { Route } from './route.js';
import * as schemas from './schemas.js';
import { changePassword, readMe, signIn, signOut } from './sessions.js';
import { listTokens, makeToken, revokeToken } from './tokens.js';

const inst = { readsInstance: 'id' } as const;

/** Every route of the API. What is mounted, what `openapi.json` shows and what the tests walk is this table. */
export const apiRoutes: readonly Route[] = [
  { method: 'get', path: '/healthz', policy: 'public', summary: 'The process lives', answers: { status: 200, schema: schemas.health }, handle: alive },
  { method: 'get', path: '/readyz', policy: 'public', summary: 'The database answers', answers: { status: 200, schema: schemas.health }, handle: ready },
  { method: 'get', path: '/api/v1/openapi.json', policy: 'public', summary: 'This document', answers: { status: 200, schema: schemas.openApi }, handle: readOpenApi },

  { method: 'post', path: '/api/v1/sessions', policy: 'public', summary: 'Sign in by password; the session is a cookie', body: schemas.signIn, answers: { status: 201, schema: schemas.me }, handle: signIn },
  { method: 'delete', path: '/api/v1/sessions', policy: 'signedIn', summary: 'Sign out', beforePasswordChange: true, answers: { status: 204, schema: null }, handle: signOut },
  { method: 'get', path: '/api/v1/me', policy: 'signedIn', summary: 'Who I am, and the token that changing requests of this session must bear', beforePasswordChange: true, answers: { status: 200, schema: schemas.me }, handle: readMe },
  { method: 'post', path: '/api/v1/me/password', policy: 'signedIn', summary: 'Set a new password; ends the other sessions', beforePasswordChange: true, body: schemas.passwordChange, answers: { status: 204, schema: null }, handle: changePassword },
  { method: 'get', path: '/api/v1/tokens', policy: 'signedIn', summary: 'My API tokens, without their secrets', answers: { status: 200, schema: schemas.tokenList }, handle: listTokens },
  { method: 'post', path: '/api/v1/tokens', policy: 'signedIn', summary: 'Make an API token; it is shown this once', body: schemas.tokenAsk, answers: { status: 201, schema: schemas.tokenMade }, handle: makeToken },
  { method: 'delete', path: '/api/v1/tokens/:token', policy: 'signedIn', summary: 'Revoke one of my API tokens', answers: { status: 204, schema: null }, handle: revokeToken },

  { method: 'get', path: '/api/v1/definitions', policy: 'signedIn', summary: 'The definitions that are loaded', answers: { status: 200, schema: schemas.definitionList }, handle: readDefinitions },
  { method: 'get', path: '/api/v1/definitions/:definition/:version', policy: 'signedIn', summary: 'One definition', answers: { status: 200, schema: schemas.definitionFull }, handle: readDefinition },
  { method: 'get', path: '/api/v1/definitions/:definition/:version/diagram', policy: 'signedIn', summary: 'Its states as Mermaid text; `instance` marks where that one is', query: schemas.diagramQuery, answers: { status: 200, schema: schemas.diagram }, handle: readDiagram },

  { method: 'post', path: '/api/v1/contents', policy: 'signedIn', summary: 'Store a text; its hash names it', keyed: true, body: schemas.contentAsk, answers: { status: 201, schema: schemas.contentMade }, handle: putContent },
  { method: 'post', path: '/api/v1/instances', policy: 'signedIn', summary: 'Open an instance of the newest version of a definition', keyed: true, body: schemas.openAsk, answers: { status: 201, schema: schemas.committed }, handle: openInstance },
  { method: 'get', path: '/api/v1/instances', policy: 'signedIn', summary: 'Instances that I may read', query: schemas.listQuery, answers: { status: 200, schema: schemas.page }, handle: listInstances },
  { method: 'get', path: '/api/v1/instances/:id', policy: inst, summary: 'One instance, and what I may do with it now', answers: { status: 200, schema: schemas.instanceFull }, handle: readInstance },
  { method: 'post', path: '/api/v1/instances/:id/commands/:command', policy: { readsInstanceAfter: 'id' }, summary: 'Give a command', keyed: true, takesIfMatch: true, body: schemas.commandAsk, answers: { status: 200, schema: schemas.committed }, handle: commandInstance },
  { method: 'post', path: '/api/v1/bulk', policy: 'signedIn', summary: 'The same command for many instances, with a verdict for each', keyed: true, body: schemas.bulkAsk, answers: { status: 200, schema: schemas.verdicts }, handle: bulkCommands },
  { method: 'get', path: '/api/v1/inbox', policy: 'signedIn', summary: 'What waits for me and for those I act for', query: schemas.inboxQuery, answers: { status: 200, schema: schemas.inboxPage }, handle: readInbox },
  { method: 'get', path: '/api/v1/instances/:id/history', policy: inst, summary: 'Its entries; the canonical JSON of each is what the chain hashes', query: schemas.historyQuery, answers: { status: 200, schema: schemas.history }, handle: readHistory },
  { method: 'get', path: '/api/v1/instances/:id/content', policy: inst, summary: 'Its current text', answers: { status: 200, schema: schemas.contentFull }, handle: readContent },
  { method: 'get', path: '/api/v1/instances/:id/renditions', policy: inst, summary: 'Its prints that I may see', answers: { status: 200, schema: schemas.renditions }, handle: listRenditions },
  { method: 'get', path: '/api/v1/instances/:id/renditions/:hash', policy: inst, summary: 'The bytes of one print', query: schemas.renditionQuery, answers: { status: 200, schema: 'application/pdf' }, handle: readRendition },

  { method: 'get', path: '/api/v1/outbox', policy: { administers: true }, summary: 'Effects that wait, are parked, or are done', query: schemas.outboxQuery, answers: { status: 200, schema: schemas.outbox }, handle: listOutbox },
  { method: 'post', path: '/api/v1/outbox/:effect/retry', policy: { administers: true }, summary: 'Let a parked effect run again', keyed: true, answers: { status: 200, schema: schemas.retried }, handle: retryOutbox },
  { method: 'get', path: '/api/v1/audit', policy: { audits: true }, summary: 'Denials, sign-ins, openings of papers', query: schemas.auditQuery, answers: { status: 200, schema: schemas.auditList }, handle: listAudit },
  { method: 'get', path: '/api/v1/numbers/:series/:year', policy: { readsAll: true }, summary: 'The register of a series and year', answers: { status: 200, schema: schemas.numbers }, handle: readNumbers },
];
