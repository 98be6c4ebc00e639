import type { RoleAsked } from '../../engine/command.js';
import type { Instance } from '../../engine/instance.js';
import { dayOf } from '../time/clock.js';
import { delegationHolds, hasMade, namesMaker, scopeCovers } from './delegations.js';
import type { Delegation, Directory, Grant } from './directory.js';
import { grantHolds, holdsMatter, matterOf } from './grants.js';

/** Why a record gives nothing here: it is outside its bounds, it is about the giver's own paper, it is over, taken back, or not yet begun. */
export interface Lapse {
  readonly reason: 'outsideScope' | 'ownRequest' | 'over' | 'revoked' | 'notBegun';
  /** The last day, or the first one (`yyyy-mm-dd`). */
  readonly on?: string;
}

interface Asked extends RoleAsked {
  readonly instance: Instance;
}

/** Why a delegation does not let its delegate act as its delegator could; null where it does, or where he has closed his account. */
export function lapseOfDelegation(directory: Directory, delegation: Delegation, asked: Asked, now: string): Lapse | null {
  if (!delegationHolds(directory, delegation, now)) return lapseInTime(delegation, now);
  if (!scopeCovers(delegation, asked)) return { reason: 'outsideScope' };
  const { delegator } = delegation;
  const own = hasMade(asked.instance, delegator) && !namesMaker(asked.role, asked.instance, delegator);
  return own ? { reason: 'ownRequest' } : null;
}

/** Why a written grant does not let its grantee sign a paper; null where it does, or where the law lets it give nothing. */
export function lapseOfGrant(directory: Directory, grant: Grant, instance: Instance, now: string): Lapse | null {
  if (!grantHolds(directory, grant, dayOf(now), now)) return lapseInTime(grant, now);
  return holdsMatter(grant, matterOf(instance)) ? null : { reason: 'outsideScope' };
}

/** Why a record is not in force at an instant; null where it is. */
export function lapseInTime(
  { from, to, revokedAt }: { readonly from: string; readonly to: string | null; readonly revokedAt: string | null },
  now: string,
): Lapse | null {
  const today = dayOf(now);
  if (revokedAt !== null && revokedAt <= now) return { reason: 'revoked', on: dayOf(revokedAt) };
  if (to !== null && to < today) return { reason: 'over', on: to };
  return from > today ? { reason: 'notBegun', on: from } : null;
}

const ORDER: readonly Lapse['reason'][] = ['outsideScope', 'ownRequest', 'revoked', 'over', 'notBegun'];

/** Of several lapses the one that comes nearest: what holds but does not reach, then what ended last, then what begins first. */
export function nearestLapse<T extends Lapse>(lapses: readonly T[]): T | undefined {
  const rank = ({ reason }: Lapse): number => ORDER.indexOf(reason);
  const later = (a: Lapse, b: Lapse): number => {
    const sooner = (a.on ?? '') < (b.on ?? '') ? -1 : 1;
    return a.reason === 'notBegun' ? sooner : -sooner;
  };
  return [...lapses].sort((a, b) => rank(a) - rank(b) || later(a, b))[0];
}
