import type { Entry, Model } from '../commands/look.js';
import { readEntry } from '../engine/entry.js';
import { decisionsOf, type MadeDecision } from '../office/papers/decisions.js';
import type { SignedCall } from './edge.js';

/** Only the last entries are read: a decision that still counts is younger than the last return. */
const decidedEntriesMax = 200;

interface Decided {
  readonly authority: string;
  readonly id: string;
  readonly revision: number;
}

/**
 * The decisions of an instance, in their order, from as many of its last entries as `readable` lets the reader see.
 * Which transition an entry took, its pinned definition says.
 */
export async function decisionsMade(
  call: SignedCall,
  model: Model,
  { authority, id, revision }: Decided,
  readable: (entries: readonly Entry[]) => readonly Entry[] = (entries) => entries,
): Promise<readonly MadeDecision[]> {
  const from = Math.max(1, revision - decidedEntriesMax + 1);
  const stored = await call.edge.app.deps.store.instances.history(authority, id, from, decidedEntriesMax);
  const entries = stored.map(({ bytes }) => readEntry(bytes));
  return decisionsOf(
    readable(entries),
    ({ command, transition }) => model.byCommand.get(command)?.find((one) => one.id === transition)?.definition,
  );
}
