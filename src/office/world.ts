import type { Blocker, Claim, Facts, RoleAsked, World } from '../engine/command.js';
import type { Instance } from '../engine/instance.js';
import type { Json } from '../engine/json.js';
import { capacityOf } from './organisation/capacity.js';
import { delegationHolds, hasMade, namesMaker, scopeCovers } from './organisation/delegations.js';
import { type Appointment, type Directory, indexOf, personKey, postKey } from './organisation/directory.js';
import { matterOf } from './organisation/grants.js';
import { lapseOfDelegation, lapseOfGrant, nearestLapse } from './organisation/lapsed.js';
import { holdersOn, isInForce, principalsOf, standingKeysOf, unitsNamed } from './organisation/roles.js';
import { urgencyRank } from './papers/urgency.js';
import { addWorkingDays } from './time/calendar.js';
import { dayOf, endOfDay } from './time/clock.js';
import { explainTerm } from './time/termOfStay.js';

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
    lapses: (asked, instance, actor) => lapsesOf(directory, now, { ...asked, instance, actor }),
    principals: (role, instance) => principalsOf(directory, role, instance, today, now),
    standingKeys: (role, instance) => standingKeysOf(directory, role, instance, today),
    people: (role, instance) => [
      ...new Set(principalsOf(directory, role, instance, today, now).flatMap((key) => holdersOn(directory, key, today))),
    ],
    due: (rule, instance, from) => explainTerm(directory.calendar, rule, instance, from).due,
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
    .filter((delegation) => delegationHolds(directory, delegation, now) && scopeCovers(delegation, asked))
    .filter(({ delegator }) => !hasMade(asked.instance, delegator) || namesMaker(asked.role, asked.instance, delegator))
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
  const keys = principalsOf(directory, role, instance, day, now);
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
        capacity: capacityIn(directory, now, asked, appointment),
      }),
    )
    // Who is in a role by a grant alone is in it as far as the grant goes.
    .filter(({ capacity }) => capacity !== null || !('signsFor' in role));
  return [...own, ...held];
}

/** The delegation, and the grant, that come nearest to letting somebody act who may not. */
function lapsesOf(directory: Directory, now: string, asked: Asked): readonly Blocker[] {
  const { instance, actor, role } = asked;
  const index = indexOf(directory);
  if (index.person.get(actor)?.disabled !== false) return [];
  const lent = (index.delegationsTo.get(actor) ?? []).flatMap((delegation) => {
    const lapse = lapseOfDelegation(directory, delegation, asked, now);
    const could = lapse !== null && ownClaims(directory, now, asked, delegation.delegator).length > 0;
    return could ? [{ ...lapse, person: delegation.delegator }] : [];
  });
  const units = 'signsFor' in role ? unitsNamed(directory, role.of, instance) : [];
  const grants = (index.appointmentsOf.get(actor) ?? [])
    .filter((one) => isInForce(directory, one, dayOf(now)))
    .flatMap(({ unit, post }) => index.grantsTo.get(postKey(unit, post)) ?? [])
    .filter(
      ({ kind, grantor }) =>
        kind !== 'KT' && 'signsFor' in role && grantor.post === role.signsFor && units.includes(grantor.unit),
    )
    .flatMap((grant) => {
      const lapse = lapseOfGrant(directory, grant, instance, now);
      return lapse === null ? [] : [{ ...lapse, decision: grant.decision }];
    });
  const [delegation, grant] = [nearestLapse(lent), nearestLapse(grants)];
  return [
    ...(delegation === undefined ? [] : [{ code: 'delegationLapsed', params: { ...delegation } }]),
    ...(grant === undefined ? [] : [{ code: 'grantLapsed', params: { ...grant } }]),
  ];
}

function capacityIn(directory: Directory, now: string, { role, instance }: Asked, appointment: Appointment): Json {
  const matter = matterOf(instance);
  if (!('signsFor' in role)) return capacityOf(directory, appointment, { matter, now, signsFor: null }) as unknown as Json;
  const given = unitsNamed(directory, role.of, instance)
    .map((unit) => capacityOf(directory, appointment, { matter, now, signsFor: { unit, post: role.signsFor } }))
    .find((capacity) => capacity !== null);
  return (given ?? null) as unknown as Json;
}
