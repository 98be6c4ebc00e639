import { addDays, endOfDay } from '../time/clock.js';
import { type Consequence, consequence } from './consequence.js';
import { delegationHolds } from './delegations.js';
import { type Delegation, type Directory, type Division, type Grant, holdsOn, indexOf } from './directory.js';
import { grantHolds } from './grants.js';
import { unitHolds } from './lineage.js';
import type { RecordChange } from './records.js';
import { isInForce } from './roles.js';

// What lends authority rests on other records: a change of those can take it away, or give it back, without touching it.

interface Lending {
  readonly kind: 'delegations' | 'grants' | 'divisions';
  readonly id: string;
  readonly from: string;
  readonly to: string | null;
  /** The days on which what it rests on may begin or end. */
  readonly turns: (directory: Directory) => readonly string[];
  readonly stands: (directory: Directory, day: string) => boolean;
}

/**
 * Delegations, grants and divisions that a change leaves as they are, and that count no more, or for the first time, because a post, a
 * person or a unit behind them has changed; from which day. Days before today are not looked at.
 */
export function standingChanges(
  before: Directory,
  after: Directory,
  changes: readonly RecordChange[],
  today: string,
): readonly Consequence[] {
  const touched = new Set(changes.map(({ kind, id }) => `${kind}/${id}`));
  return lendingsIn(after)
    .filter(({ kind, id, to }) => !touched.has(`${kind}/${id}`) && (to === null || to >= today))
    .flatMap((one) => {
      const days = [today, one.from, ...one.turns(before), ...one.turns(after)].filter(
        (day) => day >= today && holdsOn(one, day),
      );
      const sorted = [...new Set(days)].sort();
      const lost = sorted.find((day) => one.stands(before, day) && !one.stands(after, day));
      const gained = sorted.find((day) => !one.stands(before, day) && one.stands(after, day));
      const { kind, id } = one;
      return [
        ...(lost === undefined ? [] : [consequence('authorityLost', { kind, id, from: lost })]),
        ...(gained === undefined ? [] : [consequence('authorityGained', { kind, id, from: gained })]),
      ];
    });
}

function lendingsIn({ delegations, grants, divisions }: Directory): readonly Lending[] {
  return [...delegations.map(ofDelegation), ...grants.map(ofGrant), ...divisions.map(ofDivision)];
}

function ofDelegation(one: Delegation): Lending {
  const { id, from, to, delegator, delegate } = one;
  const held = (directory: Directory, person: string) => indexOf(directory).appointmentsOf.get(person) ?? [];
  const able = (directory: Directory, person: string, day: string): boolean =>
    indexOf(directory).person.get(person)?.disabled === false &&
    held(directory, person).some((appointment) => isInForce(directory, appointment, day));
  return {
    kind: 'delegations',
    id,
    from,
    to,
    turns: (directory) =>
      [...held(directory, delegator), ...held(directory, delegate)].flatMap((appointment) => [
        ...turnsOf(appointment),
        ...unitTurns(directory, appointment.unit),
      ]),
    stands: (directory, day) =>
      delegationHolds(directory, one, endOfDay(day)) && able(directory, delegator, day) && able(directory, delegate, day),
  };
}

function ofGrant(one: Grant): Lending {
  const { id, from, to, grantor, grantee } = one;
  return {
    kind: 'grants',
    id,
    from,
    to,
    turns: (directory) => [grantor.unit, grantee.unit].flatMap((unit) => unitTurns(directory, unit)),
    stands: (directory, day) => grantHolds(directory, one, day, endOfDay(day)) && unitHolds(directory, grantee.unit, day),
  };
}

function ofDivision(one: Division): Lending {
  const { id, from, to } = one;
  const heldIn = (directory: Directory) => indexOf(directory).appointment.get(one.appointment);
  return {
    kind: 'divisions',
    id,
    from,
    to,
    turns(directory) {
      const held = heldIn(directory);
      return held === undefined ? [] : [...turnsOf(held), ...unitTurns(directory, held.unit)];
    },
    stands(directory, day) {
      const held = heldIn(directory);
      const acts = held !== undefined && indexOf(directory).person.get(held.person)?.disabled === false;
      return acts && isInForce(directory, held, day) && holdsOn(one, day);
    },
  };
}

function turnsOf({ from, to }: { readonly from: string; readonly to: string | null }): readonly string[] {
  return to === null ? [from] : [from, addDays(to, 1)];
}

function unitTurns(directory: Directory, id: string): readonly string[] {
  const unit = indexOf(directory).unit.get(id);
  return unit === undefined ? [] : turnsOf({ from: unit.validFrom, to: unit.validTo });
}
