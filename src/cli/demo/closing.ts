import type { Instance } from '../../commands/look.js';
import type { Duty } from './assignments.js';
import { childrenMax } from './directives.js';
import { doing, done, type IssuedPaper, type Stage, settle, showRefusal } from './stage.js';

const GRADES = {
  good: 'Hoàn thành tốt; các đơn vị thực hiện đúng thời hạn.',
  fair: 'Hoàn thành; còn việc làm xong vào cuối kỳ.',
} as const;

/** Every directive assessed and signed off, then the plan closed. */
export async function closePlan(stage: Stage, plan: IssuedPaper, duties: readonly Duty[]): Promise<void> {
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
  await desk.act(consolidator, plan.instance, 'CLOSE');
  await settle(stage);
  done(stage, 'closed', { count: directives.length });
}

/** Good where at most half of the duties were left for the last quarter. */
function gradeOf(directive: Instance, duties: readonly Duty[]): keyof typeof GRADES {
  const own = duties.filter((duty) => duty.directive === directive.id);
  return own.filter((duty) => duty.quarter === 3).length * 2 > own.length ? 'fair' : 'good';
}
