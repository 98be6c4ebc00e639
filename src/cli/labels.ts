import type { Models } from '../commands/deps.js';
import { type JsonObject, pathsOf, type StateValue } from '../commands/look.js';
import { namedFaults } from '../locales/coverage.js';
import { fieldLabel, kindLabel, type Language } from '../locales/sentences.js';
import type { Params } from './words.js';

type Nodes = ReadonlyMap<string, { readonly definition: { readonly label?: Readonly<Record<Language, string>> } }>;

/** The label of the innermost state that has one; the state itself where none has. */
export function stateLabel(nodes: Nodes, state: StateValue, language: Language): string {
  const labels = pathsOf(state).flatMap((path) => nodes.get(path)?.definition.label?.[language] ?? []);
  return labels.at(-1) ?? shownState(state);
}

/** The leaves of a state, `reviewing.content.waiting + reviewing.form.approved`, as one text. */
export function shownState(state: StateValue): string {
  if (typeof state === 'string') return state;
  return Object.entries(state)
    .map(([name, inner]) => `${name}.${shownState(inner)}`)
    .join(' + ');
}

/** A blocker's parameters as a reader understands them: names of people, labels of commands, states, fields and kinds. */
export function readable(models: Models, language: Language, nameOf: (person: string) => string, params: JsonObject): Params {
  const { person, fields, kind, command, state, named } = params;
  return {
    ...params,
    ...(typeof person === 'string' ? { person: nameOf(person) } : {}),
    ...(Array.isArray(named) ? { named: [...namedFaults(language, named, params.more, (unit) => unit)] } : {}),
    ...(Array.isArray(fields) ? { fields: fields.map((field) => fieldLabel(language, String(field))) } : {}),
    ...(typeof kind === 'string' ? { kind: kindLabel(language, kind) } : {}),
    ...(typeof command === 'string' ? { command: commandLabel(models, command, language) } : {}),
    ...(state === undefined || state === null ? {} : { state: anyStateLabel(models, state as StateValue, language) }),
  };
}

function commandLabel(models: Models, command: string, language: Language): string {
  const transitions = models.all().flatMap(({ byCommand }) => byCommand.get(command) ?? []);
  return transitions.find(({ definition }) => definition.label)?.definition.label?.[language] ?? command;
}

function anyStateLabel(models: Models, state: StateValue, language: Language): string {
  const shown = shownState(state);
  return (
    models
      .all()
      .map(({ machine }) => stateLabel(machine.tree.nodes, state, language))
      .find((label) => label !== shown) ?? shown
  );
}
