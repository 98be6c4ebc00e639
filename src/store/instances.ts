import type { Collection } from 'mongodb';
import { keysMax, keyUseOf } from '../commands/held.js';
import type { Commit, CommitAnswer, InstanceStore, KeyUse } from '../commands/ports.js';
import { pendingMax } from '../commands/relayPorts.js';
import type { Acceptance, ChildStanding } from '../engine/command.js';
import type { Instance } from '../engine/instance.js';
import type { InstanceDocument } from './documents.js';
import { isDuplicateKey } from './duplicate.js';
import { HELD_FIELDS, type HeldDocument, heldOf } from './heldDocuments.js';
import { entryByKey, type InstanceCollections, readHistory, readKeyHashes } from './history.js';
import { readInbox, readList } from './inbox.js';
import { readOfPlan } from './ofPlan.js';
import { readOpenPage } from './openPages.js';
import { readChildViews, readRevisions, readTexts, readViews } from './views.js';

/** Why a write can miss: the revision moved, `pending` is full, or the instance is gone. */
const PENDING_HAS_ROOM = { [`pending.${pendingMax - 1}`]: { $exists: false } } as const;
const childrenMax = 20_000;

/** Instances on MongoDB. The versioned update in `commit` is the only write that changes one. */
export function makeInstanceStore(collections: InstanceCollections): InstanceStore {
  const { instances } = collections;
  return {
    async load(authority, id) {
      const document = await instances.findOne<HeldDocument>({ _id: id, authority }, { projection: HELD_FIELDS });
      return document === null ? null : heldOf(document);
    },
    async loadMany(authority, ids) {
      const documents = await instances
        .find<HeldDocument>({ _id: { $in: [...ids] }, authority }, { projection: HELD_FIELDS })
        .toArray();
      return documents.map(heldOf);
    },
    insert: (opening, keyUse) => insert(instances, opening, keyUse),
    commit: (commit) => commitOne(instances, commit),
    async commitMany(commits) {
      const operations = commits.map((commit) => ({ updateOne: { filter: filterOf(commit), update: updateOf(commit) } }));
      const result = await instances.bulkWrite(operations, { ordered: false });
      return result.matchedCount === commits.length;
    },
    async pendingCount(authority, id) {
      const document = await instances.findOne<{ pending: unknown[] }>(
        { _id: id, authority },
        { projection: { 'pending.seq': 1 } },
      );
      return document?.pending.length ?? 0;
    },
    children: (authority, parent) => readChildren(instances, authority, parent),
    async childrenOf(authority, parent, kind, limit) {
      const filter = { authority, 'parent.id': parent, 'parent.kind': kind };
      const documents = await instances
        .find<HeldDocument>(filter, { projection: HELD_FIELDS })
        .sort({ 'parent.key': 1 })
        .limit(limit)
        .toArray();
      return documents.map((document) => heldOf(document).instance);
    },
    childViews: (query) => readChildViews(instances, query),
    ofPlan: (query) => readOfPlan(instances, query),
    async view(authority, id) {
      const [view] = await readViews(instances, authority, [id]);
      return view ?? null;
    },
    views: (authority, ids) => readViews(instances, authority, ids),
    textsOf: (authority, ids, field) => readTexts(instances, authority, ids, field),
    revisions: (authority, ids) => readRevisions(instances, authority, ids),
    inbox: (query) => readInbox(instances, query),
    list: (query) => readList(instances, query),
    openPage: (query) => readOpenPage(instances, query),
    history: (authority, id, from, limit) => readHistory(collections, { authority, id, from, limit }),
    entryByKey: (authority, keyHash) => entryByKey(collections, authority, keyHash),
    keyHashes: (authority, id, limit) => readKeyHashes(collections, { authority, id, from: 1, limit }),
  };
}

async function commitOne(instances: Collection<InstanceDocument>, commit: Commit): Promise<CommitAnswer> {
  const result = await instances.updateOne(filterOf(commit), updateOf(commit));
  return result.matchedCount === 1 ? 'committed' : 'missed';
}

function filterOf({ before: { instance } }: Commit) {
  return { _id: instance.id, authority: instance.authority, revision: instance.revision, ...PENDING_HAS_ROOM };
}

/**
 * State, revision, standing, entry, key: all in one update. Entries that the relay has made durable elsewhere leave `pending`
 * in the same breath, by slicing (a `$pull` of the same array beside a `$push` would be an error).
 */
function updateOf({ before, acceptance, movedUpTo }: Commit) {
  const { next, entry, bytes, standing } = acceptance;
  const keyUse = keyUseOf(entry);
  const set: Partial<InstanceDocument> = {
    revision: next.revision,
    state: next.state,
    visits: next.visits as InstanceDocument['visits'],
    head: next.head,
    since: entry.at,
    ...standing,
  };
  if (next.context !== before.instance.context) set.context = next.context as InstanceDocument['context'];
  if (next.content !== before.instance.content) set.content = next.content;
  if (next.history !== before.instance.history) set.history = storedHistory(next.history);
  return {
    $set: set,
    $push: {
      pending: { $each: [{ seq: entry.seq, bytes }], $slice: -(entry.seq - movedUpTo) },
      keys: { $each: [keyUse], $slice: -keysMax },
    },
  };
}

async function insert(
  instances: Collection<InstanceDocument>,
  opening: Acceptance,
  keyUse: KeyUse,
): Promise<'inserted' | 'exists'> {
  const { next, entry, bytes, standing } = opening;
  const { id, history, ...rest } = next;
  const document = {
    _id: id,
    ...rest,
    history: storedHistory(history),
    ...standing,
    since: entry.at,
    keys: [keyUse],
    pending: [{ seq: entry.seq, bytes }],
  };
  try {
    await instances.insertOne(document as unknown as InstanceDocument);
    return 'inserted';
  } catch (error) {
    if (isDuplicateKey(error)) return 'exists';
    throw error;
  }
}

async function readChildren(
  instances: Collection<InstanceDocument>,
  authority: string,
  parent: string,
): Promise<readonly ChildStanding[]> {
  const projection = { parent: 1, open: 1, state: 1 };
  const documents = await instances
    .find<Pick<InstanceDocument, '_id' | 'parent' | 'open' | 'state'>>({ authority, 'parent.id': parent }, { projection })
    .limit(childrenMax)
    .toArray();
  return documents.map((document) => ({
    id: document._id,
    kind: document.parent?.kind ?? '',
    key: document.parent?.key ?? '',
    open: document.open,
    state: typeof document.state === 'string' ? document.state : (Object.keys(document.state)[0] ?? ''),
  }));
}

function storedHistory(history: Instance['history']): InstanceDocument['history'] {
  return Object.fromEntries(Object.entries(history).map(([key, ids]) => [key.replaceAll('.', '/'), ids]));
}
