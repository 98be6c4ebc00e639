import { readApprovalSheet } from './approvalSheet.js';
import { bulkCommands, commandInstance, openInstance } from './commands.js';
import { putContent, readContent } from './contents.js';
import { coverageRoute } from './coverage.js';
import { decisionsSchema, readDecisions } from './decisions.js';
import { docxMediaType, readDraftFile } from './draftFile.js';
import { dueRoute } from './due.js';
import { readForm } from './form.js';
import { listInstances, readHistory, readInbox, readInstance } from './instances.js';
import { listRenditions, readRendition } from './renditions.js';
import type { Route } from './route.js';
import * as schemas from './schemas.js';
import { explainQuery, whoRoute } from './who.js';

const inst = { readsInstance: 'id' } as const;

/** Instances, their texts and prints: a part of the table of `routes.ts`. */
export const instanceRoutes: readonly Route[] = [
  {
    method: 'post',
    path: '/api/v1/contents',
    policy: 'signedIn',
    summary: 'Store a text; its hash names it',
    keyed: true,
    body: schemas.contentAsk,
    answers: { status: 201, schema: schemas.contentMade },
    handle: putContent,
  },
  {
    method: 'post',
    path: '/api/v1/instances',
    policy: 'signedIn',
    summary: 'Open an instance of the newest version of a definition',
    keyed: true,
    body: schemas.openAsk,
    answers: { status: 201, schema: schemas.committed },
    handle: openInstance,
  },
  {
    method: 'get',
    path: '/api/v1/instances',
    policy: 'signedIn',
    summary: 'Instances that I may read',
    query: schemas.listQuery,
    answers: { status: 200, schema: schemas.page },
    handle: listInstances,
  },
  {
    method: 'get',
    path: '/api/v1/instances/:id',
    policy: inst,
    summary: 'One instance, and what I may do with it now',
    answers: { status: 200, schema: schemas.instanceFull },
    handle: readInstance,
  },
  whoRoute,
  dueRoute,
  coverageRoute,
  {
    method: 'post',
    path: '/api/v1/instances/:id/commands/:command',
    policy: { readsInstanceAfter: 'id' },
    summary: 'Give a command',
    keyed: true,
    takesIfMatch: true,
    query: explainQuery,
    body: schemas.commandAsk,
    answers: { status: 200, schema: schemas.committed },
    handle: commandInstance,
  },
  {
    method: 'post',
    path: '/api/v1/bulk',
    policy: 'signedIn',
    summary: 'The same command for many instances, with a verdict for each',
    keyed: true,
    body: schemas.bulkAsk,
    answers: { status: 200, schema: schemas.verdicts },
    handle: bulkCommands,
  },
  {
    method: 'get',
    path: '/api/v1/inbox',
    policy: 'signedIn',
    summary: 'What waits for me and for those I act for',
    query: schemas.inboxQuery,
    answers: { status: 200, schema: schemas.inboxPage },
    handle: readInbox,
  },
  {
    method: 'get',
    path: '/api/v1/instances/:id/history',
    policy: inst,
    summary: 'Its entries; the canonical JSON of each is what the chain hashes',
    query: schemas.historyQuery,
    answers: { status: 200, schema: schemas.history },
    handle: readHistory,
  },
  {
    method: 'get',
    path: '/api/v1/instances/:id/decisions',
    policy: inst,
    summary: 'The decisions on it, each on the content that it names, and what took away those that stand no more',
    answers: { status: 200, schema: decisionsSchema },
    handle: readDecisions,
  },
  {
    method: 'get',
    path: '/api/v1/instances/:id/content',
    policy: inst,
    summary: 'Its current text',
    answers: { status: 200, schema: schemas.contentFull },
    handle: readContent,
  },
  {
    method: 'get',
    path: '/api/v1/instances/:id/draft.docx',
    policy: inst,
    summary: 'Its current text as a Word file, marked as a draft',
    answers: { status: 200, schema: docxMediaType },
    handle: readDraftFile,
  },
  {
    method: 'get',
    path: '/api/v1/instances/:id/approval-sheet',
    policy: inst,
    summary: 'The approval sheet of a paper as it stands now, as an unsealed PDF',
    answers: { status: 200, schema: 'application/pdf' },
    handle: readApprovalSheet,
  },
  {
    method: 'get',
    path: '/api/v1/instances/:id/form',
    policy: inst,
    summary: 'What is found against the form of its paper and print, under the rules of its day of issue or of `date`',
    query: schemas.formQuery,
    answers: { status: 200, schema: schemas.form },
    handle: readForm,
  },
  {
    method: 'get',
    path: '/api/v1/instances/:id/renditions',
    policy: inst,
    summary: 'Its prints that I may see',
    answers: { status: 200, schema: schemas.renditions },
    handle: listRenditions,
  },
  {
    method: 'get',
    path: '/api/v1/instances/:id/renditions/:hash',
    policy: inst,
    summary: 'The bytes of one print',
    query: schemas.renditionQuery,
    answers: { status: 200, schema: 'application/pdf' },
    handle: readRendition,
  },
];
