import type { Acceptance } from '../engine/command.js';
import type { Instance } from '../engine/instance.js';
import { TrinhkyError } from '../errors.js';
import type { Deps } from './deps.js';

/**
 * Content is stored before it is named: throws `contentMissing` where a command would make a hash the content of the instance, or of
 * a child that it opens, under which nothing is stored. Reads only for hashes that the command brings.
 */
export async function requireContents(
  { store }: Pick<Deps, 'store'>,
  { authority, content: known }: Instance,
  { next, effects }: Acceptance,
): Promise<void> {
  const opened = effects.flatMap(({ kind, params }) => (kind === 'open' ? [params.content] : []));
  for (const hash of new Set([next.content, ...opened])) {
    if (typeof hash !== 'string' || hash === known) continue;
    if (!(await store.contents.has(authority, hash))) throw new TrinhkyError('contentMissing', { content: hash });
  }
}
