import type { Entry } from '../engine/instance.js';
import { TrinhkyError } from '../errors.js';
import type { Ask, Outcome } from './ask.js';
import type { Deps } from './deps.js';
import { keysMax } from './held.js';
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
  const use = held.keys.find((one) => one.key === ask.key && one.actor === ask.actor);
  if (use !== undefined) {
    if (use.requestHash !== requestHash) throw new TrinhkyError('keyReused', { key: ask.key, seq: use.seq });
    const [stored] = await deps.store.instances.history(held.instance.authority, held.instance.id, use.seq, 1);
    return stored === undefined ? null : answer(JSON.parse(stored.bytes) as Entry, held);
  }
  if (held.keys.length < keysMax || !deps.held.mayHaveUsed(ask.instance, ask.actor, ask.key)) return null;
  const older = await deps.store.instances.entryByKey(ask.authority, ask.instance, ask.actor, ask.key);
  if (older === null) return null;
  const entry = JSON.parse(older.bytes) as Entry;
  if (entry.requestHash !== requestHash) throw new TrinhkyError('keyReused', { key: ask.key, seq: entry.seq });
  return answer(entry, held);
}

function answer(entry: Entry, held: Held): Outcome {
  return { kind: 'accepted', replayed: true, entry, instance: held.instance };
}
