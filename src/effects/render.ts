import type { EffectOutcome } from '../commands/relayPorts.js';
import type { PaperContent } from '../office/papers/paper.js';
import { slugOf } from '../office/papers/symbols.js';
import { oneByOne, textOf } from './handler.js';

const renderAtOnce = 2;

/** Prints a draft. Stored once for each content; a draft that a newer content has overtaken is not printed any more. */
export const render = oneByOne(renderAtOnce, async (deps, effect): Promise<EffectOutcome> => {
  const content = textOf(effect, 'content');
  const { authority, instance } = effect;
  const held = await deps.store.instances.load(authority, instance);
  if (held === null || held.instance.content !== content) return { kind: 'obsolete', note: 'contentMoved' };
  if ((await deps.store.renditions.find(authority, instance, 'draft', content)) !== null) return { kind: 'done' };
  const paper = (await deps.store.contents.get(authority, content)) as PaperContent | null;
  if (paper === null || !Array.isArray((paper as { body?: unknown }).body)) return { kind: 'obsolete', note: 'contentIsNoPaper' };
  const printed = await deps.printer.print({ content: paper, number: null, issuedOn: null, signature: null, final: false });
  await deps.store.renditions.put(
    authority,
    {
      hash: printed.hash,
      instance,
      mode: 'draft',
      content,
      name: `du-thao-${slugOf(paper.title)}.pdf`,
      pages: printed.pages,
      length: printed.bytes.length,
      versions: { ...printed.versions },
      at: deps.clock.now(),
    },
    printed.bytes,
  );
  return { kind: 'done' };
});
