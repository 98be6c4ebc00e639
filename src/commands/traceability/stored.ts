import type { Json } from '../../engine/json.js';
import { TrinhkyError } from '../../errors.js';
import type { Store } from '../ports.js';

/** A stored content; null where it is gone, and where what is stored is not what its hash names: for a proof both are no content. */
export async function storedJson({ contents }: Pick<Store, 'contents'>, authority: string, hash: string): Promise<Json | null> {
  try {
    return await contents.get(authority, hash);
  } catch (error) {
    if (error instanceof TrinhkyError && error.params.what === 'contentDamaged') return null;
    throw error;
  }
}

/** Work on many things with a few at once, in order of the list. */
export async function inTurn<T, R>(items: readonly T[], atOnce: number, work: (item: T) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = [];
  for (let from = 0; from < items.length; from += atOnce)
    results.push(...(await Promise.all(items.slice(from, from + atOnce).map(work))));
  return results;
}
