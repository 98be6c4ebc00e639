import type { Role, RoleUnit } from '../../engine/definition.js';
import type { Instance } from '../../engine/instance.js';
import { isObject, type Json } from '../../engine/json.js';
import { type Appointment, type Directory, holdsOn, indexOf, personKey, postKey, type ServingPost } from './directory.js';
import { postKeysOf, signsKey } from './signers.js';
import { postIn, superiorKeysOf } from './superiors.js';

/**
 * The principal keys that a role names for an instance on a day (`yyyy-mm-dd`), in order and without doubles. `now` is the instant at
 * which a revoked grant is judged; without it the beginning of the day.
 */
export function principalsOf(
  directory: Directory,
  role: Role,
  instance: Pick<Instance, 'context'>,
  day: string,
  now = day,
): readonly string[] {
  const keys = standingKeysOf(directory, role, instance, day);
  return [...new Set(keys.flatMap((key) => postKeysOf(directory, key, { day, now, instance })))];
}

/** The same as it is kept beside an instance: who signs by a written grant is one key, whoever holds a grant when it is looked at. */
export function standingKeysOf(
  directory: Directory,
  role: Role,
  instance: Pick<Instance, 'context'>,
  day: string,
): readonly string[] {
  if ('field' in role) return valuesOf(instance.context[role.field]).map(keyNamed);
  if ('ballot' in role) return membersOf(instance.context[role.ballot]).map(personKey);
  if ('superiorOf' in role) {
    const below = principalsOf(directory, role.superiorOf, instance, day);
    return [...new Set(below.flatMap((key) => superiorKeysOf(directory, key, day)))];
  }
  const units = unitsNamed(directory, role.of, instance);
  if (
    'serving' in role &&
    role.serving !== undefined &&
    !actsFor(directory, role.post, valuesOf(instance.context[role.serving.field]), day)
  )
    return [];
  if ('post' in role)
    return units.map((unit) => postKey(unit, role.of === 'authority' ? role.post : postIn(directory, unit, role.post)));
  return units.map((unit) => signsKey(unit, role.signsFor));
}

/** The persons behind a principal key on a day: whoever holds the post then, or a grant to sign for it, or the person himself; nobody who is disabled. */
export function holdersOn(directory: Directory, key: string, day: string): readonly string[] {
  const index = indexOf(directory);
  const people = key.startsWith('person:')
    ? [key.slice('person:'.length)]
    : postKeysOf(directory, key, { day })
        .flatMap((post) => index.appointmentsAt.get(post) ?? [])
        .filter((one) => isInForce(directory, one, day))
        .map(({ person }) => person);
  return [...new Set(people)].filter((person) => index.person.get(person)?.disabled === false);
}

/** An appointment holds on a day if it and its unit do. */
export function isInForce(directory: Directory, appointment: Appointment, day: string): boolean {
  const unit = indexOf(directory).unit.get(appointment.unit);
  return holdsOn(appointment, day) && unit !== undefined && holdsOn({ from: unit.validFrom, to: unit.validTo }, day);
}

/** Whether a post of the authority acts for all of these units on a day, and there are any. */
function actsFor(directory: Directory, post: string, units: readonly string[], day: string): boolean {
  return units.length > 0 && units.every((unit) => servedOn(directory, unit, day) === post);
}

/**
 * The post of the authority that enters on a day what a unit says: only for a unit whose record says so, and in which no enabled person holds
 * a post. Whoever has somebody of his own who can act here is never acted for.
 */
export function servedOn(directory: Directory, id: string, day: string): ServingPost | null {
  const unit = indexOf(directory).unit.get(id);
  if (unit?.servedBy === undefined || unit.servedBy === null) return null;
  const own = indexOf(directory).appointmentsIn.get(id) ?? [];
  const able = own.some((one) => isInForce(directory, one, day) && indexOf(directory).person.get(one.person)?.disabled === false);
  return able ? null : unit.servedBy;
}

/** A field may name a person by id, or a person or a post by the principal key. */
export function keyNamed(value: string): string {
  return /^(?:person|post):/.test(value) ? value : personKey(value);
}

/** The units whose post a role means. */
export function unitsNamed(directory: Directory, of: RoleUnit, instance: Pick<Instance, 'context'>): readonly string[] {
  return of === 'authority' ? [directory.authority.rootUnit] : valuesOf(instance.context[of.field]);
}

function valuesOf(value: Json | undefined): readonly string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

function membersOf(ballot: Json | undefined): readonly string[] {
  return isObject(ballot) ? valuesOf(ballot.members) : [];
}
