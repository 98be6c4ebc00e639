import type { Collection } from 'mongodb';
import type { ChildViewsQuery, InstanceView } from '../commands/ports.js';
import type { InstanceDocument } from './documents.js';
import { HELD_FIELDS, type HeldDocument, heldOf } from './heldDocuments.js';

export type ViewDocument = Omit<HeldDocument, 'keys' | 'pending'> & Pick<InstanceDocument, 'readers' | 'principals'>;

// Without keys and pending entries, which are the greater part of a busy instance.
const { keys: _keys, 'pending.seq': _seq, ...SEEN_FIELDS } = HELD_FIELDS;
export const VIEW_FIELDS = { ...SEEN_FIELDS, readers: 1, principals: 1 } as const;

/** Instances as pages and notices need them, with who may read each; those that are not there are left out. */
export async function readViews(
  instances: Collection<InstanceDocument>,
  authority: string,
  ids: readonly string[],
): Promise<readonly InstanceView[]> {
  const documents = await instances
    .find<ViewDocument>({ _id: { $in: [...ids] }, authority }, { projection: VIEW_FIELDS })
    .toArray();
  return documents.map(viewOf);
}

/** A stored instance as pages show it. */
export function viewOf(document: ViewDocument): InstanceView {
  const { readers, principals, since } = document;
  return { instance: heldOf({ ...document, keys: [], pending: [] }).instance, readers, principals, since };
}

/** Children of one kind, in the order of their keys: a page of the index `children` and nothing beside it. */
export async function readChildViews(
  instances: Collection<InstanceDocument>,
  { authority, parent, kind, after, limit }: ChildViewsQuery,
): Promise<readonly InstanceView[]> {
  const from = after === null ? {} : { 'parent.key': { $gt: after } };
  const documents = await instances
    .find<ViewDocument>({ authority, 'parent.id': parent, 'parent.kind': kind, ...from }, { projection: VIEW_FIELDS })
    .sort({ 'parent.key': 1 })
    .limit(limit)
    .toArray();
  return documents.map(viewOf);
}

/** One text of the context of several instances, null where it has none; those that are not there are left out. */
export async function readTexts(
  instances: Collection<InstanceDocument>,
  authority: string,
  ids: readonly string[],
  field: string,
): Promise<ReadonlyMap<string, string | null>> {
  const documents = await instances
    .find<Pick<InstanceDocument, '_id' | 'context'>>(
      { _id: { $in: [...ids] }, authority },
      { projection: { [`context.${field}`]: 1 } },
    )
    .toArray();
  return new Map(
    documents.map(({ _id, context }) => {
      const value = context[field];
      return [_id, typeof value === 'string' ? value : null];
    }),
  );
}

/** At which revision instances stand; those that are not there are left out. */
export async function readRevisions(
  instances: Collection<InstanceDocument>,
  authority: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const documents = await instances
    .find<Pick<InstanceDocument, '_id' | 'revision'>>({ _id: { $in: [...ids] }, authority }, { projection: { revision: 1 } })
    .toArray();
  return new Map(documents.map(({ _id, revision }) => [_id, revision]));
}
