import { readEntry } from '../engine/entry.js';
import type { Entry } from '../engine/instance.js';
import { TrinhkyError } from '../errors.js';
import type { Ask, Outcome } from './ask.js';
import type { Deps } from './deps.js';
import { keyHashesMax, keysMax } from './held.js';
import { keyHashOf } from './keyHash.js';
import type { Held } from './ports.js';

/**
 * The answer that an idempotency key has already had, or null when it is new. The same key with another request is refused.
 * The instance's own list is asked at the revision that the commit filters on; entries are read only when it has rolled over.
 */
export async function replay(
  deps: Pick<Deps, 'store' | 'held'>,
  held: Held,
  ask: Ask,
  requestHash: string,
): Promise<Outcome | null> {
  const keyHash = keyHashOf(ask.instance, ask.actor, ask.key);
  const use = held.keys.find((one) => one.keyHash === keyHash);
  if (use !== undefined) {
    if (use.requestHash !== requestHash) throw new TrinhkyError('keyReused', { key: ask.key, seq: use.seq });
    const [stored] = await deps.store.instances.history(held.instance.authority, held.instance.id, use.seq, 1);
    // To perform the command a second time would be worse than no answer.
    if (stored === undefined) throw new Error(`entry ${use.seq} of ${ask.instance} is missing`);
    return answer(readEntry(stored.bytes), held);
  }
  if (held.keys.length < keysMax) return null;
  return (await isNew(deps, ask, keyHash)) ? null : older(deps, held, ask, requestHash);
}

/** Asks the database only where this process cannot know: once for each instance whose list had rolled over when it was read. */
async function isNew({ held, store }: Pick<Deps, 'store' | 'held'>, ask: Ask, keyHash: string): Promise<boolean> {
  if (!held.knowsKeys(ask.instance)) {
    held.learnKeys(ask.instance, await store.instances.keyHashes(ask.authority, ask.instance, keyHashesMax));
  }
  return !held.mayHaveUsed(ask.instance, keyHash);
}

async function older(deps: Pick<Deps, 'store'>, held: Held, ask: Ask, requestHash: string): Promise<Outcome | null> {
  const stored = await deps.store.instances.entryByKey(ask.authority, keyHashOf(ask.instance, ask.actor, ask.key));
  if (stored === null) return null;
  const entry = readEntry(stored.bytes);
  if (entry.requestHash !== requestHash) throw new TrinhkyError('keyReused', { key: ask.key, seq: entry.seq });
  return answer(entry, held);
}

function answer(entry: Entry, held: Held): Outcome {
  return { kind: 'accepted', replayed: true, entry, instance: held.instance };
}
