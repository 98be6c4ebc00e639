import { isObject, textAt } from '../../engine/json.js';
import type { Rollup } from '../../office/reporting/rollup.js';
import type { Deps } from '../deps.js';

/** Consolidated papers of one period that are looked at. */
const consolidationsMax = 50;

/** The roll-up of a period: that of its last consolidated paper; null where it has none. Immutable, so that it says always the same. */
export async function rollupOf({ store }: Pick<Deps, 'store'>, authority: string, period: string): Promise<Rollup | null> {
  const papers = await store.instances.childrenOf(authority, period, 'consolidation', consolidationsMax);
  const named = papers
    .filter(({ context }) => textAt(context, 'rollup') !== '')
    .sort((a, b) => Number(a.parent?.key ?? 0) - Number(b.parent?.key ?? 0));
  const hash = textAt(named.at(-1)?.context ?? {}, 'rollup');
  if (hash === '') return null;
  const content = await store.contents.kept(authority, hash);
  return isObject(content) && content.kind === 'rollup' ? (content as unknown as Rollup) : null;
}
