import type { Document, IndexDirection } from 'mongodb';
import type { CollectionName } from './collectionNames.js';

/** How long a finished effect stays as a tombstone: a relay that was paused must not plan it a second time. */
export const outboxKeepMs = 7 * 24 * 60 * 60 * 1000;
/** A proof serves for five minutes; it is deleted soon after. */
export const proofKeepMs = 15 * 60 * 1000;
export const noticeKeepMs = 180 * 24 * 60 * 60 * 1000;
export interface IndexSpec {
  readonly collection: CollectionName;
  readonly name: string;
  readonly keys: Readonly<Record<string, IndexDirection>>;
  readonly unique?: true;
  readonly partial?: Document;
  readonly expireAfterMs?: number;
  /** Why an index need not begin with the authority. Without it, it must: the authority is what a cluster shards by. */
  readonly exempt?: string;
}

const EXPIRY = 'the server deletes what is over, shard by shard; nothing looks anything up by it';

/** Every index of the database beside the ones on `_id`, whose text begins with the authority. */
export const indexes: readonly IndexSpec[] = [
  // The inbox: a merge of ordered scans, flat in closed work.
  {
    collection: 'instances',
    name: 'inbox',
    keys: { authority: 1, principals: 1, turn: 1 },
    partial: { open: true },
  },
  { collection: 'instances', name: 'children', keys: { authority: 1, 'parent.id': 1, 'parent.kind': 1, 'parent.key': 1 } },
  // Duties, reports and papers of a plan, by unit: for reports, coverage and roll-ups. Its fields never change but by succession of a unit.
  {
    collection: 'instances',
    name: 'ofPlan',
    keys: { authority: 1, 'context.plan': 1, 'definition.id': 1, _id: 1 },
    partial: { 'context.plan': { $exists: true } },
  },
  {
    collection: 'instances',
    name: 'ofPlanUnit',
    keys: { authority: 1, 'context.unit': 1, 'context.plan': 1, 'definition.id': 1, _id: 1 },
    partial: { 'context.plan': { $exists: true }, 'context.unit': { $exists: true } },
  },
  // Only instances with entries that wait: all that the safety net has to look at.
  {
    collection: 'instances',
    name: 'pendingInOrder',
    keys: { authority: 1, _id: 1 },
    partial: { 'pending.0': { $exists: true } },
  },
  { collection: 'instances', name: 'readers', keys: { authority: 1, readers: 1, _id: 1 } },
  { collection: 'instances', name: 'newestRead', keys: { authority: 1, 'definition.id': 1, readers: 1, since: -1, _id: -1 } },
  { collection: 'instances', name: 'newest', keys: { authority: 1, 'definition.id': 1, since: -1, _id: -1 } },
  { collection: 'instances', name: 'originator', keys: { authority: 1, originator: 1, _id: 1 }, partial: { open: true } },
  {
    collection: 'entries',
    name: 'key',
    keys: { authority: 1, keyHash: 1 },
    unique: true,
  },
  // What is due, in order, and from when it may be claimed: answers without reading a row, and never sees what lies in the future.
  {
    collection: 'outbox',
    name: 'dueReady',
    keys: { authority: 1, open: 1, dueAt: 1, readyAt: 1 },
    partial: { open: true },
  },
  // What an instance still has to open: read whenever it is asked whether all below it has ended.
  { collection: 'outbox', name: 'opening', keys: { authority: 1, instance: 1, state: 1 }, partial: { kind: 'open' } },
  { collection: 'outbox', name: 'parked', keys: { authority: 1, _id: 1 }, partial: { state: 'parked' } },
  {
    collection: 'outbox',
    name: 'webhook',
    keys: { authority: 1, 'webhook.subscription': 1, 'webhook.at': 1 },
    partial: { 'webhook.at': { $exists: true } },
  },
  { collection: 'outbox', name: 'expiry', keys: { endedAt: 1 }, expireAfterMs: outboxKeepMs, exempt: EXPIRY },
  { collection: 'renditions', name: 'ofInstance', keys: { authority: 1, instance: 1, mode: 1, content: 1, at: 1 } },
  { collection: 'renditions', name: 'bytes', keys: { authority: 1, hash: 1 } },
  {
    collection: 'renditions',
    name: 'code',
    keys: { code: 1 },
    partial: { code: { $exists: true } },
    exempt: 'whoever verifies a paper has its code and knows no authority',
  },
  { collection: 'renditions', name: 'anyBytes', keys: { hash: 1 }, exempt: 'whoever verifies a file knows no authority' },
  {
    collection: 'files.chunks',
    name: 'files_id_1_n_1',
    keys: { files_id: 1, n: 1 },
    unique: true,
    exempt: 'the form of GridFS; the text of a file id begins with the authority',
  },
  // One live number for a document on a day, however many PREPAREs race or were killed. The day belongs to it: a PREPARE
  // that never committed may be repeated under the same revision on a later day and must then take a new number.
  {
    collection: 'numbers',
    name: 'ofDocument',
    keys: { authority: 1, document: 1, series: 1, day: 1 },
    unique: true,
    partial: { live: true },
  },
  // A series of a year has one beginning: number 1, or the row with which a register was taken over.
  {
    collection: 'numbers',
    name: 'beginning',
    keys: { authority: 1, series: 1, year: 1 },
    unique: true,
    partial: { first: true },
  },
  // A paper is asked for by what is printed on it.
  { collection: 'numbers', name: 'printed', keys: { authority: 1, symbol: 1, number: 1, year: -1 } },
  // A register is printed for a period.
  { collection: 'numbers', name: 'ofDays', keys: { authority: 1, day: 1 } },
  // What was reserved and never settled: all that the sweep has to look at.
  { collection: 'numbers', name: 'reserved', keys: { authority: 1, status: 1, day: 1 }, partial: { status: 'reserved' } },
  // Incoming papers by their issuers' numbers, to warn of doubles (NĐ 30/2020, Phụ lục VI).
  {
    collection: 'instances',
    name: 'codeNumber',
    keys: { authority: 1, 'context.codeNumber': 1 },
    partial: { 'context.codeNumber': { $exists: true } },
  },
  { collection: 'units', name: 'authority', keys: { authority: 1 } },
  { collection: 'webhooks', name: 'authority', keys: { authority: 1 } },
  // The version of a form that is in force, and all of them by id.
  { collection: 'dutyTemplates', name: 'version', keys: { authority: 1, id: 1, version: -1 }, unique: true },
  { collection: 'forms', name: 'version', keys: { authority: 1, id: 1, version: -1 }, unique: true },
  { collection: 'people', name: 'login', keys: { authority: 1, login: 1 }, unique: true },
  { collection: 'appointments', name: 'authority', keys: { authority: 1 } },
  { collection: 'delegations', name: 'authority', keys: { authority: 1 } },
  { collection: 'grants', name: 'authority', keys: { authority: 1 } },
  { collection: 'divisions', name: 'authority', keys: { authority: 1 } },
  { collection: 'successions', name: 'authority', keys: { authority: 1 } },
  { collection: 'lists', name: 'authority', keys: { authority: 1 } },
  // A person's page: open ones first, then the newest; the count of open ones is read from it alone.
  { collection: 'notices', name: 'person', keys: { authority: 1, person: 1, open: -1, at: -1, _id: -1 } },
  // What is open of an instance: all that closing has to look at.
  { collection: 'notices', name: 'open', keys: { authority: 1, instance: 1 }, partial: { open: true } },
  { collection: 'notices', name: 'expiry', keys: { storedAt: 1 }, expireAfterMs: noticeKeepMs, exempt: EXPIRY },
  { collection: 'mails', name: 'expiry', keys: { storedAt: 1 }, expireAfterMs: noticeKeepMs, exempt: EXPIRY },
  {
    collection: 'accounts',
    name: 'login',
    keys: { login: 1 },
    unique: true,
    exempt: 'whoever signs in names a login and no authority, so a login is unique in the whole database',
  },
  {
    collection: 'sessions',
    name: 'person',
    keys: { 'session.identity.authority': 1, 'session.identity.person': 1 },
    exempt: 'begins with the authority, where express-session keeps it',
  },
  { collection: 'sessions', name: 'expiry', keys: { expires: 1 }, expireAfterMs: 0, exempt: EXPIRY },
  { collection: 'tokens', name: 'person', keys: { authority: 1, person: 1 } },
  { collection: 'proofs', name: 'expiry', keys: { storedAt: 1 }, expireAfterMs: proofKeepMs, exempt: EXPIRY },
  { collection: 'tokens', name: 'expiry', keys: { expiresAt: 1 }, expireAfterMs: 0, exempt: EXPIRY },
  {
    collection: 'tries',
    name: 'key',
    keys: { key: 1 },
    unique: true,
    exempt: 'counts attempts to sign in, before anybody is known to belong to an authority',
  },
  { collection: 'tries', name: 'expiry', keys: { expire: 1 }, expireAfterMs: 0, exempt: EXPIRY },
];
