import type { Facts, Standing } from './command.js';
import { ruleOf } from './definition.js';
import type { Instance } from './instance.js';
import { awaitedTransitions } from './judge.js';
import type { Model } from './model.js';
import type { Transition } from './tree.js';

const NO_DUE = '9999-12-31';

/** Derives what lists and inboxes need from an instance. Nobody's turn is no principals, never an error. */
export function standingOf(model: Model, instance: Instance, facts: Pick<Facts, 'world'>): Standing {
  const roles = Object.values(model.definition.roles);
  const readers = new Set(roles.flatMap((role) => facts.world.standingKeys(role, instance)));
  readers.add(`person:${instance.originator}`);
  if (!instance.open) {
    return { open: false, turn: turnOf(instance, facts), principals: [], excluded: [], readers: [...readers].sort() };
  }
  return { open: true, turn: turnOf(instance, facts), ...awaitedOf(model, instance, facts), readers: [...readers].sort() };
}

/** Who is awaited, as principal keys, and who of them is barred from everything that is awaited; nobody once it has ended. */
export function awaitedOf(
  model: Model,
  instance: Instance,
  facts: Pick<Facts, 'world'>,
): Pick<Standing, 'principals' | 'excluded'> {
  if (!instance.open) return { principals: [], excluded: [] };
  const awaited = awaitedTransitions(model, instance);
  const principals = new Set(awaited.flatMap((transition) => awaitedBy(model, transition, instance, facts)));
  return { principals: [...principals].sort(), excluded: excludedFrom(model, awaited, instance, facts) };
}

/** The keys of those from whom a transition is awaited; not of persons whom it bars, such as members who have voted. */
function awaitedBy(model: Model, transition: Transition, instance: Instance, facts: Pick<Facts, 'world'>): readonly string[] {
  const done = [...barredFrom(model, transition, instance), ...gaveTo(model, transition, instance)];
  const persons = new Set(done.map((person) => `person:${person}`));
  return keysFor(model, transition, instance, facts).filter((key) => !persons.has(key));
}

function keysFor(model: Model, { definition }: Transition, instance: Instance, facts: Pick<Facts, 'world'>): readonly string[] {
  return definition.by.flatMap((name) => {
    const role = model.definition.roles[name];
    return role ? facts.world.standingKeys(role, instance) : [];
  });
}

/** Urgency, earliest due date of the active states, and id: sorts as text. */
function turnOf(instance: Instance, facts: Pick<Facts, 'world'>): string {
  return `${facts.world.urgency(instance)}|${dueOf(instance) ?? NO_DUE}|${instance.id}`;
}

/** The earliest due instant of the active states, or null. */
export function dueOf(instance: Pick<Instance, 'visits'>): string | null {
  let earliest: string | null = null;
  for (const visit of Object.values(instance.visits)) {
    if (visit.due !== null && (earliest === null || visit.due < earliest)) earliest = visit.due;
  }
  return earliest;
}

/**
 * Only who is barred from everything that is awaited is left out: elsewhere in the same instance they may have a part. Who has given his
 * own part is left out where a post stands for him among the principals; as a person he is none of them any more, and what he may do for
 * another must reach him.
 */
function excludedFrom(
  model: Model,
  awaited: readonly Transition[],
  instance: Instance,
  facts: Pick<Facts, 'world'>,
): readonly string[] {
  const barred = awaited.map((transition) => {
    const byPost = keysFor(model, transition, instance, facts).some((key) => !key.startsWith('person:'));
    return [...barredFrom(model, transition, instance), ...(byPost ? gaveTo(model, transition, instance) : [])];
  });
  const everywhere = (barred[0] ?? []).filter((person) => barred.every((list) => list.includes(person)));
  return [...new Set(everywhere)].sort();
}

/** The persons whom the requirements of a transition bar from it. */
export function barredFrom(model: Model, transition: Transition, instance: Instance): readonly string[] {
  return (transition.definition.requires ?? []).flatMap((use) => {
    const { name, arg } = ruleOf(use);
    return model.catalogue.requirements[name]?.bars?.(arg, instance) ?? [];
  });
}

/** The persons who have given their own part in a transition, such as members who have voted. */
export function gaveTo(model: Model, transition: Transition, instance: Instance): readonly string[] {
  return (transition.definition.requires ?? []).flatMap((use) => {
    const { name, arg } = ruleOf(use);
    return model.catalogue.requirements[name]?.gave?.(arg, instance) ?? [];
  });
}
