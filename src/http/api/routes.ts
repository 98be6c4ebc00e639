import { accountRoutes } from './accountRoutes.js';
import { listAudit, listOutbox, readNumbers, retryOutbox } from './admin.js';
import { attachmentRoutes } from './attachmentRoutes.js';
import { calendarRoutes } from './calendar.js';
import { readDefinition, readDefinitions, readDiagram } from './definitions.js';
import { delegationRoutes } from './delegations.js';
import { dutyTemplateRoutes } from './dutyTemplates.js';
import { alive, readOpenApi, ready } from './health.js';
import { instanceRoutes } from './instanceRoutes.js';
import { noticeRoutes } from './notices.js';
import { organisationRoutes } from './organisation.js';
import { progressRoutes } from './progress.js';
import { proofRoutes } from './proofRoutes.js';
import { registerRoutes } from './registers.js';
import { reportRoutes } from './reports.js';
import type { Route } from './route.js';
import * as schemas from './schemas.js';
import { webhookRoutes } from './webhooks.js';

/** Every route of the API. What is mounted, what `openapi.json` shows and what the tests walk is this table. */
export const apiRoutes: readonly Route[] = [
  ...accountRoutes,
  ...instanceRoutes,
  ...registerRoutes,
  ...attachmentRoutes,
  ...proofRoutes,
  ...progressRoutes,
  ...calendarRoutes,
  ...dutyTemplateRoutes,
  ...delegationRoutes,
  ...organisationRoutes,
  ...noticeRoutes,
  ...webhookRoutes,
  ...reportRoutes,
  {
    method: 'get',
    path: '/healthz',
    policy: 'public',
    summary: 'The process lives',
    answers: { status: 200, schema: schemas.health },
    handle: alive,
  },
  {
    method: 'get',
    path: '/readyz',
    policy: 'public',
    summary: 'The database answers',
    answers: { status: 200, schema: schemas.health },
    handle: ready,
  },
  {
    method: 'get',
    path: '/api/v1/openapi.json',
    policy: 'public',
    summary: 'This document',
    answers: { status: 200, schema: schemas.openApi },
    handle: readOpenApi,
  },
  {
    method: 'get',
    path: '/api/v1/definitions',
    policy: 'signedIn',
    summary: 'The definitions that are loaded',
    answers: { status: 200, schema: schemas.definitionList },
    handle: readDefinitions,
  },
  {
    method: 'get',
    path: '/api/v1/definitions/:definition/:version',
    policy: 'signedIn',
    summary: 'One definition',
    answers: { status: 200, schema: schemas.definitionFull },
    handle: readDefinition,
  },
  {
    method: 'get',
    path: '/api/v1/definitions/:definition/:version/diagram',
    policy: 'signedIn',
    summary: 'Its states as Mermaid text; `instance` marks where that one is',
    query: schemas.diagramQuery,
    answers: { status: 200, schema: schemas.diagram },
    handle: readDiagram,
  },
  {
    method: 'get',
    path: '/api/v1/outbox',
    policy: { administers: true },
    summary: 'Effects that wait, are parked, or are done',
    query: schemas.outboxQuery,
    answers: { status: 200, schema: schemas.outbox },
    handle: listOutbox,
  },
  {
    method: 'post',
    path: '/api/v1/outbox/:effect/retry',
    policy: { administers: true },
    summary: 'Let a parked effect run again',
    keyed: true,
    answers: { status: 200, schema: schemas.retried },
    handle: retryOutbox,
  },
  {
    method: 'get',
    path: '/api/v1/audit',
    policy: { audits: true },
    summary: 'Denials, sign-ins, openings of papers',
    query: schemas.auditQuery,
    answers: { status: 200, schema: schemas.auditList },
    handle: listAudit,
  },
  {
    method: 'get',
    path: '/api/v1/numbers/:series/:year',
    policy: { readsAll: true },
    summary: 'The register of a series and year',
    answers: { status: 200, schema: schemas.numbers },
    handle: readNumbers,
  },
];
