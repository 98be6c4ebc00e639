import type { Claim, Facts, World } from '../engine/command.js';
import type { DueDefinition, Role } from '../engine/definition.js';
import type { Instance } from '../engine/instance.js';
import type { Json } from '../engine/json.js';
import { capacityOf } from './organisation/capacity.js';
import {
  type Appointment,
  type Delegation,
  type Directory,
  holdsOn,
  indexOf,
  personKey,
  postKey,
} from './organisation/directory.js';
import { urgencyRank } from './papers/urgency.js';
import { addWorkingDays } from './time/calendar.js';
import { dayOf, endOfDay } from './time/clock.js';
import { dueAt } from './time/deadlines.js';

/** The world of offices at one instant: what the engine may ask, and the records behind it for the office's own rules. */
export interface OfficeWorld extends World {
  readonly directory: Directory;
  readonly now: string;
  readonly today: string;
}

/** Builds the world from a snapshot of the directory. Pure: who may act follows from records that hold at `now`. */
export function worldAt(directory: Directory, now: string): OfficeWorld {
  const today = dayOf(now);
  return {
    directory,
    now,
    today,
    claims: (name, role, instance, actor) => claimsOf(directory, now, { name, role, instance, actor }),
    principals: (role, instance) => principalsOf(directory, role, instance),
    due: (rule, instance, from) => dueOf(directory, rule, instance, from),
    workingDaysBefore: (due, days) => endOfDay(addWorkingDays(directory.calendar, dayOf(due), -days)),
    urgency: (instance) => urgencyRank(instance.context.urgency),
  };
}

/** The office's world behind the engine's port. */
export function officeOf(facts: Pick<Facts, 'world'>): OfficeWorld {
  return facts.world as OfficeWorld;
}

interface Asked {
  readonly name: string;
  readonly role: Role;
  readonly instance: Instance;
  readonly actor: string;
}

function claimsOf(directory: Directory, now: string, asked: Asked): Claim[] {
  const index = indexOf(directory);
  if (index.person.get(asked.actor)?.disabled !== false) return [];
  const own = ownClaims(directory, now, asked, asked.actor);
  const delegated = (index.delegationsTo.get(asked.actor) ?? [])
    .filter((delegation) => delegationHolds(directory, delegation, now) && covers(delegation, asked.instance.definition.id))
    .flatMap((delegation) =>
      // Signing for another needs a written grant of its own (TUQ., NĐ 30/2020 Điều 13); a plain delegation gives no capacity.
      ownClaims(directory, now, asked, delegation.delegator).map(
        (claim): Claim => ({ ...claim, onBehalfOf: delegation.delegator, by: delegation.id, capacity: null }),
      ),
    );
  return [...own, ...delegated];
}

function ownClaims(directory: Directory, now: string, asked: Asked, person: string): Claim[] {
  const { name, role, instance } = asked;
  const named = 'post' in role ? [] : valuesOf(instance.context[role.field]).map(keyNamed);
  const own: Claim[] =
    !('post' in role) && named.includes(personKey(person))
      ? [{ role: name, onBehalfOf: null, by: `field:${role.field}`, capacity: null }]
      : [];
  const units = 'post' in role ? unitsOf(directory, role, instance) : [];
  const fits = ({ unit, post }: Appointment): boolean =>
    'post' in role ? post === role.post && units.includes(unit) : named.includes(postKey(unit, post));
  const day = dayOf(now);
  const held = (indexOf(directory).appointmentsOf.get(person) ?? [])
    .filter((appointment) => fits(appointment) && isInForce(directory, appointment, day))
    .map(
      (appointment): Claim => ({
        role: name,
        onBehalfOf: null,
        by: appointment.id,
        capacity: capacityOf(directory, appointment, day) as Json,
      }),
    );
  return [...own, ...held];
}

/** A field may name a person by id, or a person or a post by the principal key. */
function keyNamed(value: string): string {
  return /^(?:person|post):/.test(value) ? value : personKey(value);
}

/** An appointment holds on a day if it and its unit do. */
export function isInForce(directory: Directory, appointment: Appointment, day: string): boolean {
  const unit = indexOf(directory).unit.get(appointment.unit);
  return holdsOn(appointment, day) && unit !== undefined && holdsOn({ from: unit.validFrom, to: unit.validTo }, day);
}

/** A delegation holds on its days until it is revoked. Nobody delegates to himself, and who is disabled has nothing to lend. */
export function delegationHolds(directory: Directory, delegation: Delegation, now: string): boolean {
  if (delegation.delegator === delegation.delegate) return false;
  if (indexOf(directory).person.get(delegation.delegator)?.disabled !== false) return false;
  return holdsOn(delegation, dayOf(now)) && (delegation.revokedAt === null || now < delegation.revokedAt);
}

function covers(delegation: Delegation, definition: string): boolean {
  return delegation.definitions === null || delegation.definitions.includes(definition);
}

function principalsOf(directory: Directory, role: Role, instance: Instance): string[] {
  if (!('post' in role)) return valuesOf(instance.context[role.field]).map(keyNamed);
  return unitsOf(directory, role, instance).map((unit) => postKey(unit, role.post));
}

function unitsOf(directory: Directory, role: Extract<Role, { readonly post: string }>, instance: Instance): readonly string[] {
  return role.of === 'authority' ? [directory.authority.rootUnit] : valuesOf(instance.context[role.of.field]);
}

function valuesOf(value: Json | undefined): readonly string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

function dueOf(directory: Directory, rule: DueDefinition, instance: Instance, from: string): string | null {
  const field = rule.field ?? rule.endOfPeriod;
  const value = field === undefined ? undefined : instance.context[field];
  const around = { calendar: directory.calendar, from };
  if (rule.workingDays !== undefined) return dueAt({ workingDays: rule.workingDays }, around);
  if (rule.calendarDays !== undefined) return dueAt({ calendarDays: rule.calendarDays }, around);
  if (typeof value !== 'string') return null;
  if (rule.field !== undefined) return dueAt({ field: rule.field }, { ...around, fieldValue: value });
  if (rule.endOfPeriod === undefined) return null;
  return dueAt(
    { endOfPeriod: rule.endOfPeriod, ...(rule.plusWorkingDays === undefined ? {} : { plusWorkingDays: rule.plusWorkingDays }) },
    { ...around, fieldValue: value },
  );
}
