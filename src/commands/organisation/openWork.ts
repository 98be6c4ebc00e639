import type { JsonObject } from '../../engine/json.js';
import type { Directory } from '../../office/organisation/directory.js';
import { holdersOn } from '../../office/organisation/roles.js';
import type { Deps } from '../deps.js';
import type { OpenPage } from '../ports.js';

/** Most open instances that are counted for one post; beyond, "at least so many". */
const openWorkMax = 1_000;
const pageRows = 100;
/** Most instances that one vacancy is shown with by name. */
const ownerlessShownMax = 20;

type Needs = Pick<Deps, 'store'>;

/** Every page of open instances behind some keys, one after another. */
export async function* openPages(
  deps: Needs,
  authority: string,
  by: { readonly readers: readonly string[] } | { readonly principals: readonly string[] } | null,
): AsyncGenerator<OpenPage['rows']> {
  let after: string | null = null;
  do {
    const page: OpenPage = await deps.store.instances.openPage({ authority, by, after, limit: pageRows });
    yield page.rows;
    after = page.next;
  } while (after !== null);
}

/** The open work that waits for a post, and what of it nobody else could do on a day. */
interface WaitingWork {
  /** At most `openWorkMax`. */
  readonly count: number;
  /** Instances whose every awaited post and person is without a holder that day. */
  readonly ownerless: readonly JsonObject[];
}

/** Counts what waits for a post, and names what would be left with nobody in a directory as it would be. */
export async function workWaitingFor(
  deps: Needs,
  authority: string,
  key: string,
  then: { readonly directory: Directory; readonly day: string },
): Promise<WaitingWork> {
  let count = 0;
  const ownerless: JsonObject[] = [];
  for await (const rows of openPages(deps, authority, { principals: [key] })) {
    count += rows.length;
    for (const { held, principals } of rows) {
      if (ownerless.length >= ownerlessShownMax) break;
      if (principals.every((one) => holdersOn(then.directory, one, then.day).length === 0))
        ownerless.push({ instance: held.instance.id, title: titleOf(held.instance.context) });
    }
    if (count >= openWorkMax) break;
  }
  return { count: Math.min(count, openWorkMax), ownerless };
}

/** Keys of one query; the store takes at most so many. */
const keysAtOnce = 200;

/**
 * How many open instances wait for each of some posts, at most `openWorkMax`; a post for which nothing waits is left out. One walk for
 * many posts: whoever brings a province brings thousands.
 */
export async function countsWaiting(
  deps: Needs,
  authority: string,
  keys: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for (let at = 0; at < keys.length; at += keysAtOnce) {
    const group = new Set(keys.slice(at, at + keysAtOnce));
    for await (const rows of openPages(deps, authority, { principals: [...group] }))
      for (const key of rows.flatMap(({ principals }) => [...new Set(principals)]))
        if (group.has(key)) counts.set(key, Math.min((counts.get(key) ?? 0) + 1, openWorkMax));
  }
  return counts;
}

export function titleOf(context: JsonObject): string {
  return typeof context.title === 'string' ? context.title : '';
}
