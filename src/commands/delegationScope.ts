import type { Model } from '../engine/model.js';
import type { Delegation } from '../office/organisation/directory.js';
import { documentTypes } from '../office/papers/symbols.js';

/** Most entries of one list of a scope. */
export const scopeItemsMax = 60;

interface Fault {
  readonly path: string;
  readonly message: string;
}

/** The commands that people give under a definition, in the order in which it has them: those that only the system sends are nobody's to lend. */
export function lendableCommands(model: Model): readonly string[] {
  return [...model.byCommand]
    .filter(([, transitions]) => transitions.some(({ definition }) => definition.by.some((role) => role !== 'system')))
    .map(([command]) => command);
}

/** What a scope names that does not exist, or a list of it that names nothing or too much. Null is no bound. */
export function scopeFaults(
  models: readonly Model[],
  { definitions, types, commands }: Pick<Delegation, 'definitions' | 'types' | 'commands'>,
): readonly Fault[] {
  const within = definitions === null ? models : models.filter(({ definition }) => definitions.includes(definition.id));
  return [
    ...listFaults('definitions', definitions, new Set(models.map(({ definition }) => definition.id))),
    ...listFaults('types', types, new Set(documentTypes.map(({ abbreviation }) => abbreviation))),
    ...listFaults('commands', commands, new Set(within.flatMap(lendableCommands))),
  ];
}

function listFaults(name: string, list: readonly string[] | null, known: ReadonlySet<string>): readonly Fault[] {
  if (list === null) return [];
  const path = `/${name}`;
  if (list.length === 0 || list.length > scopeItemsMax)
    return [{ path, message: `between 1 and ${scopeItemsMax} entries, or none named` }];
  return list.flatMap((one, index) => (known.has(one) ? [] : [{ path: `${path}/${index}`, message: `"${one}" does not exist` }]));
}
