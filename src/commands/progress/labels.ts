import { type ProgressLanguage, progressWord } from '../../office/progress/words.js';
import type { Deps } from '../deps.js';

/** A state of a duty or a report in words: `Nhiệm vụ: Chờ tiếp nhận`; the name where the definition has no label. */
export function stayLabel(
  models: Deps['models'],
  language: ProgressLanguage,
  { definition, state }: { readonly definition: string; readonly state: string },
): string {
  const node = models.latest(definition).machine.tree.nodes.get(state);
  const label = node?.definition.label?.[language] ?? state.split('/').at(-1) ?? state;
  return `${progressWord(language, definition === 'report' ? 'report' : 'duty')}: ${label}`;
}
