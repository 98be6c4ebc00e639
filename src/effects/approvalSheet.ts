import { approvalSheet } from '../commands/papers/approvalSheet.js';
import type { EffectOutcome } from '../commands/relayPorts.js';
import { textAt } from '../engine/json.js';
import { slugOf } from '../office/papers/symbols.js';
import { numberOf, oneByOne, textOf } from './handler.js';

const sheetsAtOnce = 2;

/** Prints the approval sheet of a sealed paper and seals it with the agency's key. Stored once for each paper and content. */
export const printApprovalSheet = oneByOne(sheetsAtOnce, async (deps, effect): Promise<EffectOutcome> => {
  const { authority, instance } = effect;
  const content = textOf(effect, 'content');
  if ((await deps.store.renditions.find(authority, instance, 'sheet', content)) !== null) return { kind: 'done' };
  const held = await deps.store.instances.load(authority, instance);
  if (held === null || held.instance.content !== content) return { kind: 'obsolete', note: 'contentMoved' };
  const sheet = await approvalSheet(deps, held.instance, numberOf(effect, 'revision'));
  const printed = await deps.printer.printSheet(sheet);
  const at = deps.clock.now();
  const sealed = await deps.signer.sign({
    authority,
    holder: { kind: 'agency' },
    bytes: printed.bytes,
    reason: sheet.title.slice(0, 200),
    at,
  });
  await deps.store.renditions.put(
    authority,
    {
      hash: sealed.hash,
      instance,
      mode: 'sheet',
      content,
      name: `phieu-trinh-${slugOf(textAt(held.instance.context, 'title'))}.pdf`,
      pages: printed.pages,
      length: sealed.bytes.length,
      versions: { ...printed.versions },
      at,
    },
    sealed.bytes,
  );
  return { kind: 'done' };
});
