import type { Instance } from '../../engine/instance.js';
import { awaitedTransitions } from '../../engine/judge.js';
import type { Model } from '../../engine/model.js';
import { barredFrom, gaveTo } from '../../engine/standing.js';
import type { Transition } from '../../engine/tree.js';
import { delegationHolds } from '../../office/organisation/delegations.js';
import { type Delegation, indexOf } from '../../office/organisation/directory.js';
import { holdersOn } from '../../office/organisation/roles.js';
import type { OfficeWorld } from '../../office/world.js';

/** What makes an instance somebody's turn. */
export interface CanAct {
  /** The newest stay in which one of his commands is awaited: another stay is another turn. */
  readonly visit: number;
  readonly commands: readonly string[];
  /** The delegator, where he can act for another only. */
  readonly onBehalfOf: string | null;
}

/**
 * The persons whose command is awaited now: who holds a role that may give it, by post, by name or as a member of a ballot, and who may
 * give it for one of them by a delegation in force whose scope covers it. Nobody whom separation of duties bars from the command, in
 * person or as a delegator, and nobody who is disabled.
 */
export function whoCanAct(model: Model, instance: Instance, world: OfficeWorld): ReadonlyMap<string, CanAct> {
  const found = new Map<string, CanAct>();
  if (!instance.open) return found;
  const add = (person: string, transition: Transition, onBehalfOf: string | null): void => {
    const visit = instance.visits[transition.source.path]?.revision ?? 0;
    const known = found.get(person);
    found.set(person, {
      visit: Math.max(visit, known?.visit ?? 0),
      commands: [...new Set([...(known?.commands ?? []), transition.command])],
      onBehalfOf: known === undefined ? onBehalfOf : known.onBehalfOf && onBehalfOf,
    });
  };
  for (const transition of awaitedTransitions(model, instance)) {
    const barred = new Set(barredFrom(model, transition, instance));
    const gave = new Set(gaveTo(model, transition, instance));
    for (const { person, name } of holders(model, transition, instance, world)) {
      if (barred.has(person) || gave.has(person)) continue;
      add(person, transition, null);
      for (const { delegate } of lentBy(world, person)) {
        if (!barred.has(delegate) && actsFor({ model, transition, instance, world }, name, delegate, person))
          add(delegate, transition, person);
      }
    }
  }
  return found;
}

function holders(model: Model, transition: Transition, instance: Instance, world: OfficeWorld) {
  return transition.definition.by.flatMap((name) => {
    const role = model.definition.roles[name];
    const keys = role === undefined ? [] : world.principals(role, instance);
    return keys.flatMap((key) => holdersOn(world.directory, key, world.today)).map((person) => ({ person, name }));
  });
}

interface Asking {
  readonly model: Model;
  readonly transition: Transition;
  readonly instance: Instance;
  readonly world: OfficeWorld;
}

/** Whether a delegate may give the command for this delegator: asked of the same rule that judges the command. */
function actsFor({ model, transition, instance, world }: Asking, name: string, delegate: string, delegator: string): boolean {
  const role = model.definition.roles[name];
  if (role === undefined) return false;
  const claims = world.claims({ name, role, command: transition.command }, instance, delegate);
  return claims.some((claim) => claim.onBehalfOf === delegator);
}

/** The delegations in force by which a person lets others act for him, to people who are not disabled. */
function lentBy({ directory, now }: OfficeWorld, person: string): readonly Delegation[] {
  const index = indexOf(directory);
  return (index.delegationsFrom.get(person) ?? []).filter(
    (one) => delegationHolds(directory, one, now) && index.person.get(one.delegate)?.disabled === false,
  );
}
