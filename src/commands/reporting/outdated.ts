import type { Instance } from '../../engine/instance.js';
import { movedSince, type OutdatedSource } from '../../office/reporting/outdated.js';
import type { Deps } from '../deps.js';
import { givenRollup } from './givenRollup.js';

/**
 * The reports behind a paper that have another accepted version now, whether it was told or not: a paper that has ended takes no command any
 * more, and is shown as outdated all the same. Empty for a paper without a roll-up.
 */
export async function outdatedSources(deps: Pick<Deps, 'store' | 'clock'>, paper: Instance): Promise<readonly OutdatedSource[]> {
  const { outdated } = paper.context;
  const told = Array.isArray(outdated) ? (outdated as unknown as readonly OutdatedSource[]) : [];
  const given = await givenRollup(deps, paper);
  const moved = given === null || given.rollup === null ? [] : movedSince(given.rollup, given.reports, deps.clock.now());
  return [...told, ...moved.filter(({ report }) => !told.some((one) => one.report === report))];
}
