import type { Claim } from '../../engine/command.js';
import type { Role } from '../../engine/definition.js';
import type { Instance } from '../../engine/instance.js';
import type { Model } from '../../engine/model.js';
import type { Opener } from '../../engine/remedy.js';
import type { Transition } from '../../engine/tree.js';
import { delegationHolds } from '../../office/organisation/delegations.js';
import { type Directory, holdsOn, indexOf } from '../../office/organisation/directory.js';
import { deputyOf } from '../../office/organisation/grants.js';
import { isInForce, unitsNamed } from '../../office/organisation/roles.js';
import { addDays, dayOf } from '../../office/time/clock.js';
import { type OfficeWorld, worldAt } from '../../office/world.js';
import type { Situation } from './situation.js';

/** How long a proposed delegation or grant lasts: as short as is of use. */
const daysProposed = 7;
const holdersMax = 3;
/** Persons who are proposed for a vacant post. */
const standInsMax = 3;

/** The persons who hold a role of a transition, by post or by name, then those who may act for one of them; each once. */
export function peopleFor(world: OfficeWorld, model: Model, transition: Transition, instance: Instance): readonly string[] {
  const holders = rolesOf(model, transition).flatMap(({ role }) => world.people(role, instance));
  const { directory, now } = world;
  const delegates = directory.delegations
    .filter((one) => holders.includes(one.delegator) && delegationHolds(directory, one, now))
    .map(({ delegate }) => delegate);
  return [...new Set([...holders, ...delegates])];
}

function rolesOf(model: Model, transition: Transition): readonly { readonly name: string; readonly role: Role }[] {
  return transition.definition.by.flatMap((name) => {
    const role = model.definition.roles[name];
    return role === undefined ? [] : [{ name, role }];
  });
}

/**
 * Records that would give an actor a role of a transition: a delegation from who holds it, a grant, an appointment. Without an actor:
 * an appointment for somebody at hand.
 */
export function claimOpeners(
  { directory, instance, now }: Situation,
  model: Model,
  transition: Transition,
  actor: string | null,
  delegator: string | null,
): readonly Opener[] {
  const world = worldAt(directory, now);
  const day = dayOf(now);
  if (actor !== null && indexOf(directory).person.get(actor)?.disabled !== false) return [];
  const days = { day, lastDay: addDays(day, daysProposed - 1) };
  return rolesOf(model, transition).flatMap(({ role }): readonly Opener[] => {
    const posts = world
      .principals(role, instance)
      .flatMap(postOf)
      .filter(({ unit }) => exists(directory, unit, day));
    if (actor === null)
      return posts.flatMap((post) => standIns(directory, post.unit, day).map((person) => appoint(person, post, day)));
    const holders = delegator === null ? world.people(role, instance).slice(0, holdersMax) : [delegator];
    const lent = holders
      .filter((from) => from !== actor)
      .map((from): Opener => ({ kind: 'delegate', from, to: actor, command: transition.command, ...days }));
    const own = delegator === null ? posts.map((post) => appoint(actor, post, day)) : [];
    return [...lent, ...granted(world, role, instance, actor, days), ...own];
  });
}

/** What would give the actor of a claim a capacity to sign: as a deputy a field of his own, else a post that has one. */
export function capacityOpeners(
  situation: Situation,
  model: Model,
  transition: Transition,
  claim: Claim | null,
): readonly Opener[] {
  const { actor } = situation.sought;
  const day = dayOf(situation.now);
  const held = (indexOf(situation.directory).appointmentsOf.get(actor) ?? []).find(({ id }) => id === claim?.by);
  const field: readonly Opener[] =
    held !== undefined && deputyOf(held.post) !== null
      ? [{ kind: 'divide', person: actor, unit: held.unit, post: held.post, day }]
      : [];
  const posts = claimOpeners(situation, model, transition, actor, null).filter(
    ({ kind }) => kind === 'appoint' || kind === 'grant',
  );
  return [...field, ...posts];
}

function appoint(person: string, { unit, post }: { unit: string; post: string }, day: string): Opener {
  return { kind: 'appoint', person, unit, post, day };
}

/** A person whose unit matters holds the plainest post in it. */
export function membership(directory: Directory, person: string, unit: string, day: string): readonly Opener[] {
  const known = indexOf(directory).person.get(person)?.disabled === false;
  return known && exists(directory, unit, day) ? [appoint(person, { unit, post: 'officer' }, day)] : [];
}

/** A written grant from the holder of the post to the first post that the actor holds. */
function granted(
  { directory, today }: OfficeWorld,
  role: Role,
  instance: Instance,
  person: string,
  days: { readonly day: string; readonly lastDay: string },
): readonly Opener[] {
  if (!('signsFor' in role)) return [];
  const held = (indexOf(directory).appointmentsOf.get(person) ?? []).find((one) => isInForce(directory, one, today));
  if (held === undefined) return [];
  return unitsNamed(directory, role.of, instance).map((unit) => ({
    kind: 'grant',
    grantor: { unit, post: role.signsFor },
    grantee: { unit: held.unit, post: held.post },
    person,
    ...days,
  }));
}

function postOf(key: string): readonly { readonly unit: string; readonly post: string }[] {
  const [, unit, post] = /^post:(.+)\/([^/]+)$/.exec(key) ?? [];
  return unit === undefined || post === undefined ? [] : [{ unit, post }];
}

function exists(directory: Directory, unit: string, day: string): boolean {
  const found = indexOf(directory).unit.get(unit);
  return found !== undefined && holdsOn({ from: found.validFrom, to: found.validTo }, day);
}

/** Persons of the unit, then of the authority's own, who could take over a post for which there is nobody. */
function standIns(directory: Directory, unit: string, day: string): readonly string[] {
  const index = indexOf(directory);
  const at = (where: string) =>
    directory.appointments.filter((one) => one.unit === where && isInForce(directory, one, day)).map(({ person }) => person);
  const people = [...new Set([...at(unit), ...at(directory.authority.rootUnit)])];
  return people.filter((person) => index.person.get(person)?.disabled === false).slice(0, standInsMax);
}
