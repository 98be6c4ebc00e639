import { cycleIn, perhapsCircling } from './delegations.js';
import type { Delegation, Directory, Division, Grant } from './directory.js';
import { deputyOf, type GrantFault, grantFaults } from './grants.js';

/** What is wrong with a grant, a division of work or a delegation, and in which of its fields. */
export interface LendingFault {
  readonly kind: 'grants' | 'divisions' | 'delegations';
  readonly id: string;
  readonly field: string;
  readonly code: GrantFault | 'grantCircle' | 'notDeputy' | 'boundEmpty' | 'delegationSelf' | 'delegationCircle';
  readonly found: string;
}

const fieldOfFault: Readonly<Record<GrantFault, string>> = {
  notLeader: 'grantor',
  notOwnDeputy: 'grantee',
  notLeaderInside: 'grantee',
  typesMissing: 'types',
  boundMissing: 'types',
  endMissing: 'to',
  notPassable: 'passable',
  toItself: 'grantee',
};

/**
 * The faults of what lends authority, in the directory as it would be: a grant past the law (NĐ 30/2020/NĐ-CP, Điều 13), grants in a
 * circle, a division of work of somebody who is no deputy, bounds that name nothing, a delegation to oneself or closing a circle.
 */
export function lendingFaultsOf(after: Directory): readonly LendingFault[] {
  return [
    ...after.grants.flatMap((grant) => faultsOfGrant(after, grant)),
    ...after.divisions.flatMap((division) => faultsOfDivision(after, division)),
    ...faultsOfDelegations(after.delegations),
  ];
}

function faultsOfGrant(directory: Directory, grant: Grant): readonly LendingFault[] {
  const fault = (field: string, code: LendingFault['code'], found: string): LendingFault => ({
    kind: 'grants',
    id: grant.id,
    field,
    code,
    found,
  });
  const found = (field: string): string => (field === 'types' ? (grant.types ?? []).join(', ') : grant.kind);
  const faults = grantFaults(directory, grant).map((code) => fault(fieldOfFault[code], code, found(fieldOfFault[code])));
  const back = directory.grants.find((other) => meets(grant, other) && reaches(directory.grants, grant, other));
  return [
    ...faults,
    ...(back === undefined ? [] : [fault('grantee', 'grantCircle', back.id)]),
    ...emptyBounds(grant).map((field) => fault(field, 'boundEmpty', '')),
  ];
}

/** Whether another grant gives back to the grantor of the first what its grantee holds, directly or through others in force with it. */
function reaches(grants: readonly Grant[], first: Grant, last: Grant): boolean {
  if (!same(last.grantee, first.grantor) || last.id === first.id) return false;
  const seen = new Set<string>();
  const open = [first.grantee];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (same(at, last.grantor)) return true;
    const here = at;
    const onward = grants.filter((one) => same(one.grantor, here) && meets(one, first) && !seen.has(one.id));
    for (const one of onward) {
      seen.add(one.id);
      open.push(one.grantee);
    }
  }
  return false;
}

function same(a: Grant['grantor'], b: Grant['grantor']): boolean {
  return a.unit === b.unit && a.post === b.post;
}

/** Whether two grants are in force on one day. */
function meets(a: Grant, b: Grant): boolean {
  const untaken = a.revokedAt === null && b.revokedAt === null;
  return untaken && (a.to === null || b.from <= a.to) && (b.to === null || a.from <= b.to);
}

function faultsOfDivision(directory: Directory, division: Division): readonly LendingFault[] {
  const held = directory.appointments.find(({ id }) => id === division.appointment);
  const fault = (field: string, code: LendingFault['code'], found: string): LendingFault => ({
    kind: 'divisions',
    id: division.id,
    field,
    code,
    found,
  });
  return [
    // An appointment that does not exist is told elsewhere.
    ...(held === undefined || deputyOf(held.post) !== null ? [] : [fault('appointment', 'notDeputy', held.post)]),
    ...emptyBounds(division).map((field) => fault(field, 'boundEmpty', '')),
  ];
}

function emptyBounds(bound: { readonly types: readonly string[] | null; readonly units: readonly string[] | null }) {
  return (['types', 'units'] as const).filter((field) => bound[field]?.length === 0);
}

function faultsOfDelegations(delegations: readonly Delegation[]): readonly LendingFault[] {
  const circling = perhapsCircling(delegations.filter((one) => one.revokedAt === null && one.delegator !== one.delegate));
  const before = new Map<string, Delegation[]>();
  return delegations.flatMap((one): LendingFault[] => {
    const fault = (code: LendingFault['code'], found: string): LendingFault => ({
      kind: 'delegations',
      id: one.id,
      field: 'delegate',
      code,
      found,
    });
    if (one.delegator === one.delegate) return [fault('delegationSelf', one.delegate)];
    if (!circling.has(one)) return [];
    // Told once: at the last of those that close it.
    const cycle = cycleIn(before, one);
    const given = before.get(one.delegator);
    if (given) given.push(one);
    else before.set(one.delegator, [one]);
    return cycle === null ? [] : [fault('delegationCircle', cycle.map(({ id }) => id).join(', '))];
  });
}
