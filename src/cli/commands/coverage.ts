import { coverageOfPlan, type PlanCoverage } from '../../commands/traceability/coverage.js';
import { type Directory, indexOf } from '../../office/organisation/directory.js';
import { outerLabel, shownCoverage } from '../coverageShown.js';
import { answer, columnsDefault, type Session, withApplication } from '../session.js';

/** `trinhky coverage PLAN`: every clause with what became of it, and every missing link; exit code 1 where there is any. */
export async function coverage(session: Session, plan: string): Promise<number> {
  return withApplication(session, async (app) => {
    const found = await coverageOfPlan(app.deps, plan.split('.')[0] ?? '', plan);
    const directory = await app.deps.store.directory.snapshot(found.plan.authority);
    const { nodes } = app.deps.models.latest('directive').machine.tree;
    const { language } = session.words;
    answer(session, bodyOf(found), () =>
      shownCoverage(
        {
          language,
          width: session.io.columns ?? columnsDefault,
          unitName: unitsOf(directory),
          stateLabel: (state) => outerLabel(nodes, state, language),
        },
        found,
      ),
    );
    return found.faultCount === 0 ? 0 : 1;
  });
}

function unitsOf(directory: Directory): (unit: string) => string {
  const { unit } = indexOf(directory);
  return (id) => unit.get(id)?.name ?? id;
}

function bodyOf({ plan, earlier, changes, rows, faults, faultCount }: PlanCoverage) {
  return { plan: plan.id, earlier: earlier?.id ?? null, rows, changes, faults, faultCount };
}
