import { ASKED_LATER } from '../../engine/available.js';
import type { Blocker, Claim, Command, Facts } from '../../engine/command.js';
import { SYSTEM_ROLE } from '../../engine/definition.js';
import type { Instance } from '../../engine/instance.js';
import { judgeBut, nearest } from '../../engine/judge.js';
import type { Model } from '../../engine/model.js';
import type { Transition } from '../../engine/tree.js';

import { supportOf } from '../../office/organisation/capacity.js';
import { indexOf } from '../../office/organisation/directory.js';
import { holdersOn } from '../../office/organisation/roles.js';
import { superiorKeysOf } from '../../office/organisation/superiors.js';
import { officeOf } from '../../office/world.js';
import { peopleFor } from './claimOpeners.js';
import { activeTransitions } from './paths.js';

/** Persons who are named for one command. */
export const whoMax = 20;

/** The record by which somebody may act, as it stands. Days are `yyyy-mm-dd`. */
export type ActRecord =
  | { readonly kind: 'field'; readonly id: string; readonly field: string }
  | {
      readonly kind: 'appointment';
      readonly id: string;
      readonly unit: string;
      readonly post: string;
      readonly acting: boolean;
      readonly from: string;
      readonly to: string | null;
    }
  | { readonly kind: 'delegation'; readonly id: string; readonly delegator: string; readonly from: string; readonly to: string };

export interface Actor {
  readonly person: string;
  readonly role: string;
  readonly onBehalfOf: string | null;
  readonly record: ActRecord;
  /** What lets him sign beside his own post: the division of work or the grant. */
  readonly support: { readonly kind: string; readonly id: string; readonly decision: string } | null;
}

export interface Barred extends Actor {
  readonly blockers: readonly Blocker[];
}

/** One command of the present state: who can give it now, by which record; who holds a role and is barred; who stands above them. */
export interface WhoCan {
  readonly command: string;
  /** Whether it is awaited, or merely possible. */
  readonly awaited: boolean;
  readonly can: readonly Actor[];
  readonly barred: readonly Barred[];
  /** The keys of posts and persons that the command names and behind which there is nobody today. */
  readonly vacant: readonly string[];
  /** The holders of the posts above: they can direct that it be done, or that somebody else does it. */
  readonly superiors: readonly string[];
}

/** Who can give each command that people can give where an instance is. At most `whoMax` persons for each; pure. */
export function whoCan(model: Model, instance: Instance, facts: Facts): readonly WhoCan[] {
  const commands = new Map<string, Transition[]>();
  for (const transition of activeTransitions(model, instance)) {
    if (transition.definition.by.every((role) => role === SYSTEM_ROLE)) continue;
    commands.set(transition.command, [...(commands.get(transition.command) ?? []), transition]);
  }
  return [...commands].map(([command, transitions]) => whoCanGive(model, instance, facts, command, transitions));
}

/** Who can give one command by any of these transitions. */
export function whoCanGive(
  model: Model,
  instance: Instance,
  facts: Facts,
  command: string,
  transitions: readonly Transition[],
): WhoCan {
  const world = officeOf(facts);
  const people = [...new Set(transitions.flatMap((transition) => peopleFor(world, model, transition, instance)))].slice(
    0,
    whoMax,
  );
  const can: Actor[] = [];
  const barred: Barred[] = [];
  for (const person of people) {
    const judged = transitions.map((transition) => {
      const asked = { instance, command: probe(command, person), facts };
      return judgeBut(ASKED_LATER, model, transition, asked);
    });
    const best = judged.find(({ blockers }) => blockers.length === 0) ?? nearest(judged);
    if (best.claim === null) continue;
    const actor = actorOf(facts, person, best.claim);
    if (best.blockers.length === 0) can.push(actor);
    else barred.push({ ...actor, blockers: best.blockers });
  }
  const keys = keysOf(model, transitions, instance, facts);
  return {
    command,
    awaited: transitions.some(({ definition, source }) => definition.aside !== true && source.parent !== null),
    can,
    barred,
    vacant: keys.filter((key) => holdersOn(world.directory, key, world.today).length === 0),
    superiors: above(facts, keys, people),
  };
}

function probe(name: string, actor: string): Command {
  return { name, actor, input: {}, key: '', requestHash: '' };
}

function keysOf(model: Model, transitions: readonly Transition[], instance: Instance, facts: Facts): readonly string[] {
  const roles = transitions.flatMap(({ definition }) => definition.by).flatMap((name) => model.definition.roles[name] ?? []);
  return [...new Set(roles.flatMap((role) => facts.world.principals(role, instance)))];
}

function above(facts: Facts, keys: readonly string[], people: readonly string[]): readonly string[] {
  const { directory, today } = officeOf(facts);
  const superiors = keys
    .flatMap((key) => superiorKeysOf(directory, key, today))
    .flatMap((key) => holdersOn(directory, key, today));
  return [...new Set(superiors)].filter((person) => !people.includes(person)).slice(0, whoMax);
}

function actorOf(facts: Facts, person: string, { role, onBehalfOf, by, capacity }: Claim): Actor {
  const support = supportOf(capacity);
  return {
    person,
    role,
    onBehalfOf,
    record: recordOf(facts, by),
    support: support === null ? null : { kind: support.kind, id: support.id, decision: support.decision },
  };
}

function recordOf(facts: Facts, id: string): ActRecord {
  const { directory } = officeOf(facts);
  const delegation = indexOf(directory).delegation.get(id);
  if (delegation !== undefined) {
    const { delegator, from, to } = delegation;
    return { kind: 'delegation', id, delegator, from, to };
  }
  const appointment = indexOf(directory).appointment.get(id);
  if (appointment === undefined) return { kind: 'field', id, field: id.replace(/^field:/, '') };
  const { unit, post, acting, from, to } = appointment;
  return { kind: 'appointment', id, unit, post, acting, from, to };
}
