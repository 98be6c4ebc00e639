import type { Role } from '../../engine/definition.js';
import type { Instance } from '../../engine/instance.js';
import { dayOf } from '../time/clock.js';
import { type Delegation, type Directory, holdsOn, indexOf } from './directory.js';
import { groupBy } from './lookups.js';
import { common } from './signers.js';

/** A delegation holds on its days until it is revoked. Nobody delegates to himself, and who is disabled has nothing to lend. */
export function delegationHolds(directory: Directory, delegation: Delegation, now: string): boolean {
  if (delegation.delegator === delegation.delegate) return false;
  if (indexOf(directory).person.get(delegation.delegator)?.disabled !== false) return false;
  return holdsOn(delegation, dayOf(now)) && (delegation.revokedAt === null || now < delegation.revokedAt);
}

/** The part of a delegation that says for what it is given. */
export type Scope = Pick<Delegation, 'definitions' | 'types' | 'commands'>;

/** Whether a scope has a command on an instance in it. */
export function scopeCovers(
  scope: Scope,
  { instance, command }: { readonly instance: Pick<Instance, 'definition' | 'context'>; readonly command: string },
): boolean {
  return reachesInstance(scope, instance.definition.id, instance.context.type) && within(scope.commands, command);
}

/** Whether a scope reaches an instance of a definition and type at all, whatever the command. */
export function reachesInstance({ definitions, types }: Pick<Scope, 'definitions' | 'types'>, definition: string, type: unknown) {
  return within(definitions, definition) && (types === null || (typeof type === 'string' && types.includes(type)));
}

function within(list: readonly string[] | null, value: string): boolean {
  return list === null || list.includes(value);
}

/**
 * Whether somebody made the request that an instance is: he opened it, drafts it, or has edited it. What he delegates has no effect on
 * it, or his deputy would decide on his paper in his name.
 */
export function hasMade(instance: Pick<Instance, 'originator' | 'context'>, person: string): boolean {
  const { drafter, editors } = instance.context;
  return instance.originator === person || drafter === person || (Array.isArray(editors) && editors.includes(person));
}

/** The role that names the maker himself: in it a delegate carries on his work, and decides nothing. */
export function namesMaker(role: Role, instance: Pick<Instance, 'context'>, person: string): boolean {
  return 'field' in role && instance.context[role.field] === person;
}

/** Most steps on the search for a circle, and the longest path that is followed: whoever is beyond is taken to close one. */
const cycleStepsMax = 20_000;
const cyclePathMax = 1_000;

type Reach = Scope & { readonly from: string; readonly to: string };

/**
 * The delegations that together with a new one would let somebody get back what he gave: a path from its delegate to its delegator, all of
 * whose parts overlap in time and scope with one another and with it. Null where there is none. `now` leaves out what is revoked.
 */
export function cycleOf(
  delegations: readonly Delegation[],
  added: Pick<Delegation, 'delegator' | 'delegate' | 'from' | 'to'> & Scope,
  now: string,
): readonly Delegation[] | null {
  return cycleIn(
    groupBy(
      delegations.filter(({ revokedAt }) => revokedAt === null || revokedAt > now),
      ({ delegator }) => delegator,
    ),
    added,
  );
}

/** The same among delegations by their delegator, of which none is revoked. */
export function cycleIn(
  from: ReadonlyMap<string, readonly Delegation[]>,
  added: Pick<Delegation, 'delegator' | 'delegate' | 'from' | 'to'> & Scope,
): readonly Delegation[] | null {
  let steps = 0;
  const follow = (person: string, reach: Reach, path: readonly Delegation[]): readonly Delegation[] | null => {
    if (person === added.delegator) return path;
    for (const next of from.get(person) ?? []) {
      steps += 1;
      if (steps > cycleStepsMax || path.length >= cyclePathMax) return path;
      const common = path.includes(next) ? null : overlap(reach, next);
      const closed = common === null ? null : follow(next.delegate, common, [...path, next]);
      if (closed !== null) return closed;
    }
    return null;
  };
  return follow(added.delegate, added, []);
}

/**
 * The delegations that may lie on a circle at all: whoever only gives, or only gets, is taken away with what he gives or gets, until nobody
 * is left who does. Each is looked at a fixed number of times, so that a file of fifty thousand costs no square of it.
 */
export function perhapsCircling(delegations: readonly Delegation[]): ReadonlySet<Delegation> {
  const left = new Set(delegations);
  for (const [near, far] of [
    ['delegator', 'delegate'],
    ['delegate', 'delegator'],
  ] as const) {
    const counts = new Map<string, number>();
    for (const one of left) counts.set(one[near], (counts.get(one[near]) ?? 0) + 1);
    const byFar = groupBy([...left], (one) => one[far]);
    const open = [...byFar.keys()].filter((person) => !counts.has(person));
    for (let person = open.pop(); person !== undefined; person = open.pop())
      for (const one of byFar.get(person) ?? []) {
        left.delete(one);
        const count = (counts.get(one[near]) ?? 0) - 1;
        counts.set(one[near], count);
        if (count === 0) open.push(one[near]);
      }
  }
  return left;
}

function overlap(a: Reach, b: Reach): Reach | null {
  const from = a.from > b.from ? a.from : b.from;
  const to = a.to < b.to ? a.to : b.to;
  const definitions = common(a.definitions, b.definitions);
  const types = common(a.types, b.types);
  const commands = common(a.commands, b.commands);
  const nothing = [definitions, types, commands].some((list) => list !== null && list.length === 0);
  return from > to || nothing ? null : { from, to, definitions, types, commands };
}
