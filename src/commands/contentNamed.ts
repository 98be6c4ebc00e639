import type { Acceptance } from '../engine/command.js';
import type { Instance } from '../engine/instance.js';
import { TrinhkyError } from '../errors.js';
import { standsUnder } from '../office/reporting/reportContent.js';
import type { Deps } from './deps.js';

/**
 * Content is stored before it is named: throws `contentMissing` where a command would make a hash the content of the instance, or of
 * a child that it opens, under which nothing is stored, or what may not stand there. Reads only for hashes that the command brings.
 */
export async function requireContents(
  { store }: Pick<Deps, 'store'>,
  { authority, id, definition, content: known }: Instance,
  { next, effects }: Acceptance,
): Promise<void> {
  const opened = effects.flatMap(({ kind, params }) => (kind === 'open' ? [params.content] : []));
  for (const hash of new Set([next.content, ...opened])) {
    if (typeof hash !== 'string' || hash === known) continue;
    const content = await store.contents.get(authority, hash);
    const fits = content !== null && (hash !== next.content || standsUnder(content, { id, definition: definition.id }));
    if (!fits) throw new TrinhkyError('contentMissing', { content: hash });
  }
}
