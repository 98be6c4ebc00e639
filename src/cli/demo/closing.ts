import type { Instance } from '../../commands/look.js';
import { coverageOfPlan } from '../../commands/traceability/coverage.js';
import { outerLabel, shownCoverage } from '../coverageShown.js';
import type { Duty } from './assignments.js';
import { childrenMax } from './directives.js';
import { doing, done, type IssuedPaper, type Stage, settle, showRefusal } from './stage.js';

const GRADES = {
  good: 'Hoàn thành tốt; các đơn vị thực hiện đúng thời hạn.',
  fair: 'Hoàn thành; còn việc làm xong vào cuối kỳ.',
} as const;

/** The matrix stands a little to the right among the lines of the story. */
const matrixColumns = 76;

/** What the matrix of the plan counts at the end of its year. */
export interface CoverageCounts {
  readonly clauses: number;
  readonly directives: number;
  readonly duties: number;
  readonly noAction: number;
  readonly faults: number;
}

/** Every directive assessed and signed off, the matrix shown, then the plan closed; answers what the matrix counts. */
export async function closePlan(stage: Stage, plan: IssuedPaper, duties: readonly Duty[]): Promise<CoverageCounts> {
  const { app, desk, world, time } = stage;
  const { consolidator, signatory } = world.cast;
  doing(stage, 'assessing');
  time.workingDays(1);
  const directives = await app.deps.store.instances.childrenOf(world.authority, plan.instance, 'directive', childrenMax);
  await desk.actOnAll(
    consolidator,
    'CLOSE_REPORTING',
    directives.map(({ id }) => ({ instance: id })),
  );
  for (const [grade, assessment] of Object.entries(GRADES)) {
    const graded = directives.filter((directive) => gradeOf(directive, duties) === grade);
    await desk.actOnAll(
      consolidator,
      'ASSESS',
      graded.map(({ id }) => ({ instance: id })),
      { grade, assessment },
    );
  }
  await settle(stage);
  done(stage, 'assessed', { count: directives.length });
  const [first] = directives;
  if (first !== undefined)
    showRefusal(
      stage,
      await desk.provoke('ownAssessment', 'notYours', { instance: first.id, actor: consolidator, command: 'SIGN_OFF' }),
    );
  showRefusal(
    stage,
    await desk.provoke('closeTooEarly', 'childrenOpen', { instance: plan.instance, actor: consolidator, command: 'CLOSE' }),
  );
  time.workingDays(1);
  await desk.actOnAll(
    signatory,
    'SIGN_OFF',
    directives.map(({ id }) => ({ instance: id })),
  );
  await settle(stage);
  await endObligations(stage, plan);
  const counts = await showMatrix(stage, plan);
  await desk.act(consolidator, plan.instance, 'CLOSE');
  await settle(stage);
  done(stage, 'closed', { count: directives.length });
  return counts;
}

/** The year is told: nobody is asked for reports any more. */
async function endObligations(stage: Stage, plan: IssuedPaper): Promise<void> {
  const { app, desk, world } = stage;
  const obligations = await app.deps.store.instances.childrenOf(world.authority, plan.instance, 'obligation', childrenMax);
  for (const { id, open } of obligations) if (open) await desk.act(world.cast.consolidator, id, 'END', { input: {} });
  await settle(stage);
}

/** The whole matrix, as `trinhky coverage` shows it. */
async function showMatrix(stage: Stage, plan: IssuedPaper): Promise<CoverageCounts> {
  const { app, world, words, progress } = stage;
  const coverage = await coverageOfPlan(app.deps, world.authority, plan.instance);
  const { nodes } = app.deps.models.latest('directive').machine.tree;
  const names = new Map(world.directory.units.map(({ id, name }) => [id, name]));
  const { language } = words;
  const shown = shownCoverage(
    {
      language,
      width: matrixColumns,
      unitName: (unit) => names.get(unit) ?? unit,
      stateLabel: (state) => outerLabel(nodes, state, language),
    },
    coverage,
  );
  for (const line of shown.split('\n')) progress.detail(line);
  const directives = coverage.rows.flatMap((row) => row.directives);
  const counts: CoverageCounts = {
    clauses: coverage.rows.length,
    directives: directives.length,
    duties: directives.reduce((sum, directive) => sum + directive.duties.length, 0),
    noAction: coverage.rows.filter(({ outcome }) => outcome === 'noAction').length,
    faults: coverage.faultCount,
  };
  done(stage, 'covered', { ...counts });
  return counts;
}

/** Good where at most half of the duties were left for the last quarter. */
function gradeOf(directive: Instance, duties: readonly Duty[]): keyof typeof GRADES {
  const own = duties.filter((duty) => duty.directive === directive.id);
  return own.filter((duty) => duty.quarter === 3).length * 2 > own.length ? 'fair' : 'good';
}
