import { ruleOf, SYSTEM_ROLE } from '../../engine/definition.js';
import type { Instance } from '../../engine/instance.js';
import { activePaths, configurationKey } from '../../engine/machine.js';
import type { Model } from '../../engine/model.js';
import type { Transition } from '../../engine/tree.js';
import { touchedBy } from '../../office/wayOut/touched.js';

type Distances = ReadonlyMap<string, number>;

const known = new WeakMap<Model, Map<string, Distances>>();

/** Whether people can take a transition, or a timer of the state that it leaves. */
export function isTakeable({ definition, source, command }: Transition): boolean {
  return definition.by.some((role) => role !== SYSTEM_ROLE) || isTimed({ definition, source, command });
}

/** Whether the engine itself sends the command when the state is due. */
export function isTimed({ definition, source, command }: Pick<Transition, 'definition' | 'source' | 'command'>): boolean {
  return definition.by.includes(SYSTEM_ROLE) && source.definition.due?.send === command;
}

/** The transitions that are possible where an instance is, those of every state included. */
export function activeTransitions(model: Model, instance: Instance): readonly Transition[] {
  const active = new Set(activePaths(instance.state));
  return instance.open
    ? model.machine.tree.transitions.filter(({ source }) => source.parent === null || active.has(source.path))
    : [];
}

/** The transitions that may change one of these fields. */
export function touching(model: Model, fields: readonly string[]): readonly Transition[] {
  return model.machine.tree.transitions.filter((transition) =>
    (transition.definition.updates ?? [])
      .map(ruleOf)
      .some(({ name, arg }) => touchedBy(name, arg).some((one) => fields.includes(one))),
  );
}

/** The transitions with an update of this name. */
export function updating(model: Model, update: string): readonly Transition[] {
  return model.machine.tree.transitions.filter((transition) =>
    (transition.definition.updates ?? []).some((use) => ruleOf(use).name === update),
  );
}

/** The transitions possible now that bring the instance nearer to where one of the targets is possible. */
export function nearing(model: Model, instance: Instance, targets: readonly Transition[]): readonly Transition[] {
  const distances = distancesTo(model, targets);
  const here = model.configurations.get(configurationKey(instance.state, instance.history));
  const far = here === undefined ? undefined : distances.get(here.key);
  if (here === undefined || far === undefined || far === 0) return [];
  return here.next
    .filter(({ key, transition }) => isTakeable(transition) && (distances.get(key) ?? far) < far)
    .map(({ transition }) => transition);
}

/** How many steps each configuration is away from one in which a target is possible; walked once for each set of targets. */
function distancesTo(model: Model, targets: readonly Transition[]): Distances {
  const kept = known.get(model) ?? new Map<string, Distances>();
  known.set(model, kept);
  const name = targets.map(({ id }) => id).join(' ');
  const found = kept.get(name) ?? walked(model, new Set(targets.map(({ source }) => source.path)));
  kept.set(name, found);
  return found;
}

function walked(model: Model, sources: ReadonlySet<string>): Distances {
  const before = new Map<string, string[]>();
  const distances = new Map<string, number>();
  for (const configuration of model.configurations.values()) {
    if (!configuration.ended && configuration.active.some((path) => sources.has(path))) distances.set(configuration.key, 0);
    for (const { key, transition } of configuration.next) {
      if (!isTakeable(transition)) continue;
      const list = before.get(key);
      if (list) list.push(configuration.key);
      else before.set(key, [configuration.key]);
    }
  }
  // A map keeps the order of insertion, and what is added while it is walked is walked too.
  for (const [key, far] of distances) {
    for (const previous of before.get(key) ?? []) if (!distances.has(previous)) distances.set(previous, far + 1);
  }
  return distances;
}
