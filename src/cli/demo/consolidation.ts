import type { Instance, Json } from '../../commands/look.js';
import { isObject } from '../../commands/look.js';
import { idOfChild } from '../../commands/open.js';
import { draftOf, labelOf, storePaper } from '../../commands/reporting/draft.js';
import { type TakenRollup, takeRollup, takeSummary } from '../../commands/reporting/takeRollup.js';
import { numberAndSymbol } from '../../office/papers/paper.js';
import { approverOf } from './leave.js';
import { prepareAndSign, sealAndSend } from './plan.js';
import { doing, done, fieldOf, type IssuedPaper, issuedPaper, type Stage, settle } from './stage.js';

/** A report that its unit corrects after the consolidated one was issued. */
export interface LateCorrection {
  readonly report: string;
  readonly unit: string;
}

/**
 * The consolidated report of a period: roll-up taken, drafted, reviewed, signed, numbered, printed, sent, closed. Where a unit corrects its
 * report after that, the issued paper is marked and not changed.
 */
export async function consolidatePeriod(stage: Stage, period: string, correction: LateCorrection | null): Promise<IssuedPaper> {
  const { app, desk, world, time } = stage;
  const held = await app.deps.store.instances.load(world.authority, period);
  const label = labelOf(held === null ? period : fieldOf(held.instance, 'period'));
  doing(stage, 'consolidating', { quarter: label });
  time.workingDays(1);
  const taken = await takeRollup(app.deps, { authority: world.authority, period });
  const { id, content } = await opened(stage, taken, { holder: period, command: 'CONSOLIDATE', kind: 'consolidation', more: {} });
  const issued = await issue(stage, id, content);
  done(stage, 'consolidated', { number: numberAndSymbol(issued.number, issued.symbol), quarter: label });
  if (correction !== null) await correct(stage, correction, id);
  await desk.act(world.cast.consolidator, id, 'CLOSE');
  await settle(stage);
  return issued;
}

/** The year's report from those of its quarters. */
export async function summariseYear(stage: Stage, obligation: string, year: string): Promise<IssuedPaper> {
  const { app, desk, world, time } = stage;
  const period = `${year}-Y`;
  doing(stage, 'summarising', { year });
  time.workingDays(1);
  const taken = await takeSummary(app.deps, { authority: world.authority, obligation, period });
  const { id, content } = await opened(stage, taken, {
    holder: obligation,
    command: 'SUMMARISE',
    kind: 'summary',
    more: { period },
  });
  const issued = await issue(stage, id, content);
  await desk.act(world.cast.consolidator, id, 'CLOSE');
  await settle(stage);
  done(stage, 'summarised', { number: numberAndSymbol(issued.number, issued.symbol), year });
  return issued;
}

interface Opening {
  readonly holder: string;
  readonly command: 'CONSOLIDATE' | 'SUMMARISE';
  readonly kind: 'consolidation' | 'summary';
  readonly more: Readonly<Record<string, string>>;
}

async function opened(
  stage: Stage,
  taken: TakenRollup,
  { holder, command, kind, more }: Opening,
): Promise<{ id: string; content: string }> {
  const { app, desk, world } = stage;
  const paper = await draftOf(app.deps, world.authority, taken);
  const content = await storePaper(app.deps, world.authority, paper, taken.hash);
  const input = { ...more, content, rollup: taken.hash, title: paper.content.title, draftingUnit: world.draftingUnit };
  const { context } = await desk.act(world.cast.consolidator, holder, command, { input });
  await settle(stage);
  const key =
    kind === 'summary'
      ? `${more['period'] ?? ''}/${String(Number(context['summaries']))}`
      : String(Number(context['consolidations']));
  return { id: idOfChild(world.authority, { id: holder, kind, key }), content };
}

async function issue(stage: Stage, id: string, content: string): Promise<IssuedPaper> {
  const { world } = stage;
  const signed = await reviewAndSign(stage, id, content);
  const units = world.directory.units.filter((unit) => world.reporting.includes(unit.id));
  return issuedPaper(await sealAndSend(stage, signed.id, units));
}

async function reviewAndSign(stage: Stage, id: string, saw: string): Promise<Instance> {
  const { desk, world, time } = stage;
  await desk.act(world.cast.consolidator, id, 'SUBMIT');
  const approver = await approverOf(stage);
  await Promise.all([
    desk.act(approver, id, 'APPROVE_CONTENT', { saw }),
    desk.act(world.cast.formChecker, id, 'APPROVE_FORM', { saw }),
  ]);
  time.workingDays(1);
  return prepareAndSign(stage, id);
}

/** The unit corrects its first figure; both versions stay, and the paper that was built on the old one says so. */
async function correct(stage: Stage, { report, unit }: LateCorrection, paper: string): Promise<void> {
  const { app, desk, world } = stage;
  const { contents, instances } = app.deps.store;
  const before = await instances.load(world.authority, report);
  const stored = before === null ? null : await contents.get(world.authority, fieldOf(before.instance, 'acceptedContent'));
  if (!isObject(stored) || !isObject(stored['answers'])) return;
  const answers = stored['answers'];
  const [code] = Object.keys(answers).filter((name) => typeof answers[name] === 'string' && /^\d+$/.test(answers[name]));
  if (code === undefined) return;
  const mended: Json = { ...stored, answers: { ...answers, [code]: String(Number(answers[code]) + 1) } };
  const content = await contents.put(world.authority, mended);
  const head = world.headOf(unit);
  await desk.act(head, report, 'CORRECT', { input: { reason: 'Báo cáo lần đầu còn sót một cuộc họp.' } });
  await desk.act(head, report, 'SAVE', { input: { content } });
  await desk.act(head, report, 'SUBMIT_CORRECTION');
  await desk.act(world.cast.consolidator, report, 'ACCEPT', { saw: content });
  await settle(stage);
  const held = await instances.load(world.authority, paper);
  const marked = Array.isArray(held?.instance.context['outdated']) ? held.instance.context['outdated'].length : 0;
  done(stage, 'correctedLater', { unit: world.nameOf(unit), marked });
}
