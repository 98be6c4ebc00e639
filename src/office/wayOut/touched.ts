import { namesOf } from '../catalogue/arguments.js';
import { officeCatalogue } from '../catalogue/index.js';

/** Updates that write fields without owning them. */
const LOOSE: ReadonlySet<string> = new Set(['clear@1', 'takeInput@1']);
/** What a text is taken by, as the name of a field that no context has. */
export const CONTENT = '<content>';

/** The fields that an update may change, and `CONTENT` where it takes a text. */
export function touchedBy(name: string, arg: unknown): readonly string[] {
  if (LOOSE.has(name)) return namesOf(arg);
  if (name === 'takeContent@1') return [CONTENT];
  return officeCatalogue.updates[name]?.writes?.(arg) ?? [];
}
