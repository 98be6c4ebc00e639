import { dayOf } from '../../office/time/clock.js';
import type { Deps } from '../deps.js';
import { succeed } from './succeed.js';

export interface DueSuccessions {
  /** Also what ended units have a part in without being awaited: at the start, and when a new day has come. */
  readonly whole: boolean;
  readonly stopped: () => boolean;
}

/**
 * Carries out every succession whose day has come, the earliest first, and moves what was opened for an ended unit since. Cheap where
 * nothing is left to do: one query for each fifteen ended units. A succession that cannot be carried out keeps no other one waiting;
 * the faults are thrown together at the end.
 */
export async function succeedDue(deps: Deps, authority: string, { whole, stopped }: DueSuccessions): Promise<void> {
  const { successions } = await deps.store.directory.snapshot(authority);
  const today = dayOf(deps.clock.now());
  const due = successions
    .filter(({ on }) => on <= today)
    .sort((a, b) => (a.on === b.on ? (a.id < b.id ? -1 : 1) : a.on < b.on ? -1 : 1));
  const faults: unknown[] = [];
  for (const { id } of due) {
    if (stopped()) break;
    try {
      await succeed(deps, { authority, succession: id, actor: 'system', dryRun: false, lateOnly: !whole, stopped });
    } catch (error) {
      faults.push(error);
    }
  }
  if (faults.length > 0) throw new AggregateError(faults, `successions of ${authority}`);
}
