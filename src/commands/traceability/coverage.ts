import type { Instance } from '../../engine/instance.js';
import { TrinhkyError } from '../../errors.js';
import { mayRead, type Reader, readableOf } from '../../office/organisation/visibility.js';
import { dayOf } from '../../office/time/clock.js';
import { beginCoverage, type Coverage, finishCoverage } from '../../office/traceability/coverage.js';
import type { PlanChanges } from '../../office/traceability/planChanges.js';
import { worldAt } from '../../office/world.js';
import { idOfChild } from '../open.js';
import { tellPapers } from './readPapers.js';
import { tellReports } from './readReports.js';
import { type ReadDeps, readTree } from './readTree.js';

/** What became of every clause of a plan, and what it changed of an earlier one. */
export interface PlanCoverage extends Coverage {
  readonly plan: Instance;
  readonly changes: PlanChanges | null;
  /** The paper that it amends or replaces. */
  readonly earlier: Instance | null;
}

/**
 * The whole matrix of a plan, for those who decide on it. Reads by index alone: the duties, then one quarter's reports after the other, then
 * the papers; nothing of a quarter is kept but numbers. Writes nothing, no audit record either: whoever may read the plan reads what became
 * of it.
 */
export async function planCoverage(deps: ReadDeps, plan: Instance): Promise<PlanCoverage> {
  const now = deps.clock.now();
  const world = worldAt(await deps.store.directory.snapshot(plan.authority), now);
  const { tree, changes, earlier } = await readTree(deps, plan, world);
  const ledger = beginCoverage(tree, { today: dayOf(now), idOf: (parent) => idOfChild(plan.authority, parent) });
  await tellReports(deps, ledger, plan);
  await tellPapers(deps, ledger, plan);
  return { ...finishCoverage(ledger), plan, changes, earlier };
}

/** The same by the plan's id. Throws `notFound`. */
export async function coverageOfPlan(deps: ReadDeps, authority: string, id: string): Promise<PlanCoverage> {
  const held = await deps.store.instances.load(authority, id);
  if (held === null || held.instance.definition.id !== 'document') throw new TrinhkyError('notFound', { instance: id });
  return planCoverage(deps, held.instance);
}

const viewsAtOnceMax = 500;

/**
 * The part of a matrix that a person may read: every clause, since he may read the plan; of directives, duties and papers only those that he
 * may read himself; of faults only those seen at one of these, or at the plan itself.
 */
export async function readableCoverage(deps: ReadDeps, reader: Reader, whole: PlanCoverage): Promise<PlanCoverage> {
  if (reader.readsAll) return whole;
  const ids = whole.rows.flatMap(({ directives, spoken }) => [
    ...directives.flatMap(({ id, duties }) => [id, ...duties.flatMap((duty) => [duty.id, duty.lastReport ?? []].flat())]),
    ...spoken.map(({ paper }) => paper),
  ]);
  const known = await readableIds(deps, reader, [...ids, ...whole.faults.flatMap(({ at }) => at ?? [])]);
  known.add(whole.plan.id);
  const rows = whole.rows.map((row) => ({
    ...row,
    directives: row.directives.flatMap((directive) => {
      const duties = directive.duties
        .filter(({ id }) => known.has(id))
        .map((duty) => ({ ...duty, lastReport: known.has(duty.lastReport ?? '') ? duty.lastReport : null }));
      return known.has(directive.id) || duties.length > 0 ? [{ ...directive, duties, told: [] }] : [];
    }),
    spoken: row.spoken.filter(({ paper }) => known.has(paper)),
  }));
  const faults = whole.faults.filter(({ at }) => at !== null && known.has(at));
  return { ...whole, rows, faults, faultCount: faults.length };
}

async function readableIds({ store }: ReadDeps, reader: Reader, ids: readonly string[]): Promise<Set<string>> {
  const known = new Set<string>();
  const wanted = [...new Set(ids)];
  for (let from = 0; from < wanted.length; from += viewsAtOnceMax) {
    const views = await store.instances.views(reader.authority, wanted.slice(from, from + viewsAtOnceMax));
    for (const { instance, readers } of views) if (mayRead(reader, readableOf(instance, readers))) known.add(instance.id);
  }
  return known;
}
