import type { Held } from '../commands/ports.js';
import type { Instance, StateValue } from '../engine/instance.js';
import type { InstanceDocument } from './documents.js';

/** What is read of an instance to judge a command on it. */
export const HELD_FIELDS = {
  authority: 1,
  definition: 1,
  revision: 1,
  state: 1,
  history: 1,
  context: 1,
  content: 1,
  parent: 1,
  open: 1,
  originator: 1,
  visits: 1,
  head: 1,
  since: 1,
  keys: 1,
  'pending.seq': 1,
} as const;

export type HeldDocument = Pick<
  InstanceDocument,
  | '_id'
  | 'authority'
  | 'definition'
  | 'revision'
  | 'state'
  | 'history'
  | 'context'
  | 'content'
  | 'parent'
  | 'open'
  | 'originator'
  | 'visits'
  | 'head'
  | 'since'
  | 'keys'
> & {
  pending: { seq: number }[];
};

/** A stored instance as the use cases hold it. */
export function heldOf(document: HeldDocument): Held {
  const { _id, keys, pending, since, history, ...rest } = document;
  const instance: Instance = { id: _id, ...rest, state: rest.state as StateValue, history: restoredHistory(history) };
  const oldest = pending.reduce((seq, entry) => Math.min(seq, entry.seq), document.revision + 1);
  return { instance, keys, since, carriedUpTo: oldest - 1 };
}

function restoredHistory(history: InstanceDocument['history']): Instance['history'] {
  return Object.fromEntries(Object.entries(history).map(([key, ids]) => [key.replaceAll('/', '.'), ids]));
}
