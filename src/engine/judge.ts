import type { Blocker, Claim, Command, Facts } from './command.js';
import { ruleOf, SYSTEM_ACTOR, SYSTEM_ROLE } from './definition.js';
import type { Instance } from './instance.js';
import { activePaths } from './machine.js';
import type { Model } from './model.js';
import type { Scope } from './rules.js';
import type { Transition } from './tree.js';

export interface Judged {
  readonly transition: Transition;
  readonly claim: Claim | null;
  readonly blockers: readonly Blocker[];
}

/** The transitions of a command whose state is active, in the order in which they are judged. */
export function candidates(model: Model, instance: Instance, command: string): readonly Transition[] {
  const active = new Set(activePaths(instance.state));
  return (model.byCommand.get(command) ?? []).filter(({ source }) => source.parent === null || active.has(source.path));
}

/**
 * Judges one transition: who asks, then every requirement. The same function decides, draws the buttons and
 * explains the closed ones. Of several ways in which the actor may act, the first without blockers is taken.
 */
export function judge(model: Model, transition: Transition, instance: Instance, command: Command, facts: Facts): Judged {
  return judgeBut(NO_CODES, model, transition, { instance, command, facts });
}

const NO_CODES: ReadonlySet<string> = new Set();

/** Judges one transition without the blockers of some codes: what the command itself will bring. */
export function judgeBut(
  ignored: ReadonlySet<string>,
  model: Model,
  transition: Transition,
  { instance, command, facts }: Pick<Scope, 'instance' | 'command' | 'facts'>,
): Judged {
  const claims = claimsOf(model, transition, instance, command, facts);
  if (claims.length === 0)
    return { transition, claim: null, blockers: notYours(model, transition, { instance, command, facts }) };
  let best: Judged | null = null;
  for (const claim of claims) {
    const awaited = (): readonly string[] => awaitedKeys(model, instance, facts);
    const blockers = unmet(model, transition, { instance, command, claim, facts, awaited }).filter(
      ({ code }) => !ignored.has(code),
    );
    if (blockers.length === 0) return { transition, claim, blockers };
    if (best === null || blockers.length < best.blockers.length) best = { transition, claim, blockers };
  }
  return best as Judged;
}

function claimsOf(model: Model, transition: Transition, instance: Instance, command: Command, facts: Facts): readonly Claim[] {
  const { by } = transition.definition;
  if (command.actor === SYSTEM_ACTOR) {
    return by.includes(SYSTEM_ROLE) ? [{ role: SYSTEM_ROLE, onBehalfOf: null, by: SYSTEM_ROLE, capacity: null }] : [];
  }
  const claims = by.flatMap((name) => {
    const role = model.definition.roles[name];
    return role ? facts.world.claims({ name, role, command: command.name }, instance, command.actor) : [];
  });
  // An own post before a delegation, whatever the order of the roles.
  const sorted = [...claims.filter((claim) => claim.onBehalfOf === null), ...claims.filter((claim) => claim.onBehalfOf !== null)];
  return command.onBehalfOf === undefined ? sorted : sorted.filter((claim) => claim.onBehalfOf === command.onBehalfOf);
}

/** The principal keys of everyone who may ask for a transition. */
export function principalsOf(
  model: Model,
  transition: Transition,
  instance: Instance,
  facts: Pick<Facts, 'world'>,
): readonly string[] {
  const keys = transition.definition.by.flatMap((name) => {
    const role = model.definition.roles[name];
    return role ? facts.world.principals(role, instance) : [];
  });
  return [...new Set(keys)];
}

/** The transitions that somebody is expected to take now. What rests, as a duty that is suspended, is expected of nobody. */
export function awaitedTransitions(model: Model, instance: Instance): readonly Transition[] {
  const active = new Set(activePaths(instance.state));
  return model.machine.tree.transitions.filter(
    (transition) =>
      active.has(transition.source.path) && transition.definition.aside !== true && !rests(model, transition, instance),
  );
}

function rests(model: Model, { definition: { requires = [] } }: Transition, instance: Instance): boolean {
  return requires.some((use) => {
    const { name, arg } = ruleOf(use);
    return model.catalogue.requirements[name]?.rests?.(arg, instance) === true;
  });
}

/** The principal keys of whoever is expected to act now. */
function awaitedKeys(model: Model, instance: Instance, facts: Facts): readonly string[] {
  return [
    ...new Set(awaitedTransitions(model, instance).flatMap((transition) => principalsOf(model, transition, instance, facts))),
  ];
}

/** That nobody lets the actor act; and where a delegation or a grant did or will, or does for something else, which one and why. */
function notYours(
  model: Model,
  transition: Transition,
  { instance, command, facts }: Pick<Scope, 'instance' | 'command' | 'facts'>,
): readonly Blocker[] {
  const lapses = transition.definition.by.flatMap((name) => {
    const role = model.definition.roles[name];
    return role ? facts.world.lapses({ name, role, command: command.name }, instance, command.actor) : [];
  });
  const first = [...new Map(lapses.map((blocker) => [blocker.code, blocker])).values()];
  const params = { command: transition.command, roles: transition.definition.by };
  return [{ code: 'notYours', params, who: principalsOf(model, transition, instance, facts) }, ...first];
}

function unmet(model: Model, transition: Transition, scope: Scope): readonly Blocker[] {
  return (transition.definition.requires ?? []).flatMap((use) => {
    const { name, arg } = ruleOf(use);
    const blocker = model.catalogue.requirements[name]?.check(arg, scope) ?? null;
    return blocker === null ? [] : [blocker];
  });
}

/** The facts that must be read before a command can be judged, for example `children`. */
export function needsOf(model: Model, transitions: readonly Transition[]): readonly string[] {
  const needs = transitions.flatMap((transition) =>
    (transition.definition.requires ?? []).flatMap((use) => model.catalogue.requirements[ruleOf(use).name]?.needs ?? []),
  );
  return [...new Set(needs)];
}

/** The alternative that came closest; of equals the first. */
export function nearest(judged: readonly Judged[]): Judged {
  const yours = judged.filter((one) => one.claim !== null);
  const pool = yours.length > 0 ? yours : judged;
  return pool.reduce((best, one) => (one.blockers.length < best.blockers.length ? one : best));
}
