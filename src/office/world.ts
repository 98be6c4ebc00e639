import type { Claim, Facts, RoleAsked, World } from '../engine/command.js';
import type { DueDefinition } from '../engine/definition.js';
import type { Instance } from '../engine/instance.js';
import type { Json } from '../engine/json.js';
import { capacityOf } from './organisation/capacity.js';
import { type Delegation, type Directory, holdsOn, indexOf, personKey, postKey } from './organisation/directory.js';
import { holdersOn, isInForce, principalsOf } from './organisation/roles.js';
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
    claims: (asked, instance, actor) => claimsOf(directory, now, { ...asked, instance, actor }),
    principals: (role, instance) => principalsOf(directory, role, instance, today),
    people: (role, instance) => [
      ...new Set(principalsOf(directory, role, instance, today).flatMap((key) => holdersOn(directory, key, today))),
    ],
    due: (rule, instance, from) => dueOf(directory, rule, instance, from),
    workingDaysFrom: (due, days) => endOfDay(addWorkingDays(directory.calendar, dayOf(due), days)),
    urgency: (instance) => urgencyRank(instance.context.urgency),
  };
}

/** The office's world behind the engine's port. */
export function officeOf(facts: Pick<Facts, 'world'>): OfficeWorld {
  return facts.world as OfficeWorld;
}

interface Asked extends RoleAsked {
  readonly instance: Instance;
  readonly actor: string;
}

function claimsOf(directory: Directory, now: string, asked: Asked): Claim[] {
  const index = indexOf(directory);
  if (index.person.get(asked.actor)?.disabled !== false) return [];
  const own = ownClaims(directory, now, asked, asked.actor);
  const delegated = (index.delegationsTo.get(asked.actor) ?? [])
    .filter((delegation) => delegationHolds(directory, delegation, now) && covers(delegation, asked))
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
  const day = dayOf(now);
  const keys = principalsOf(directory, role, instance, day);
  const recordOf = 'field' in role ? role.field : 'ballot' in role ? role.ballot : name;
  const own: Claim[] = keys.includes(personKey(person))
    ? [{ role: name, onBehalfOf: null, by: `field:${recordOf}`, capacity: null }]
    : [];
  const held = (indexOf(directory).appointmentsOf.get(person) ?? [])
    .filter((appointment) => keys.includes(postKey(appointment.unit, appointment.post)) && isInForce(directory, appointment, day))
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

/** A delegation holds on its days until it is revoked. Nobody delegates to himself, and who is disabled has nothing to lend. */
export function delegationHolds(directory: Directory, delegation: Delegation, now: string): boolean {
  if (delegation.delegator === delegation.delegate) return false;
  if (indexOf(directory).person.get(delegation.delegator)?.disabled !== false) return false;
  return holdsOn(delegation, dayOf(now)) && (delegation.revokedAt === null || now < delegation.revokedAt);
}

function covers({ definitions, types, commands }: Delegation, { instance, command }: Asked): boolean {
  const { type } = instance.context;
  return (
    (definitions === null || definitions.includes(instance.definition.id)) &&
    (commands === null || commands.includes(command)) &&
    (types === null || (typeof type === 'string' && types.includes(type)))
  );
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
