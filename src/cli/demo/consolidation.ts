import type { Instance, Json } from '../../commands/look.js';
import { type ClauseDuties, consolidate, type UnitStanding } from '../../office/papers/consolidation.js';
import { numberAndSymbol, type Recipient } from '../../office/papers/paper.js';
import type { Period } from '../../office/time/periods.js';
import type { Duty } from './assignments.js';
import { childrenMax } from './directives.js';
import { approverOf } from './leave.js';
import { prepareAndSign, sealAndSend } from './plan.js';
import { doing, done, fieldOf, type IssuedPaper, issuedPaper, type Stage, settle } from './stage.js';

const recipientsAboveMax = 4;

/** The quarter's consolidated report: built from the accepted reports, drafted, reviewed, signed, numbered, printed, sent, closed. */
export async function consolidateQuarter(
  stage: Stage,
  plan: IssuedPaper,
  quarter: Period,
  units: readonly UnitStanding[],
  duties: readonly Duty[],
): Promise<IssuedPaper> {
  const { app, desk, world, time, reading } = stage;
  doing(stage, 'consolidating', { quarter: quarter.label[stage.words.language] });
  time.workingDays(1);
  const { authority } = world.directory;
  const { content, sources } = consolidate({
    plan: { number: plan.number, symbol: plan.symbol, issuedOn: plan.issuedOn, title: plan.title, type: stage.paper.type },
    issuer: stage.paper.issuer,
    abbreviation: authority.abbreviation,
    place: authority.place,
    period: quarter,
    asOf: time.today(),
    units,
    duties: dutiesByClause(duties, time.today()),
    recipients: recipientsOf(
      reading.recipients,
      `Các đơn vị thực hiện ${reading.type ?? ''} số ${numberAndSymbol(plan.number, plan.symbol)}`,
    ),
  });
  const hash = await app.deps.store.contents.put(world.authority, { ...content, sources } as unknown as Json);
  const input = { period: quarter.id, content: hash, title: content.title, draftingUnit: world.draftingUnit };
  await desk.act(world.cast.consolidator, plan.instance, 'CONSOLIDATE', { input });
  await settle(stage);
  const children = await app.deps.store.instances.childrenOf(world.authority, plan.instance, 'consolidation', childrenMax);
  const report = children.find((child) => fieldOf(child, 'period') === quarter.id);
  const signed = await reviewAndSign(stage, report?.id ?? '', hash);
  const sent = await sealAndSend(
    stage,
    signed.id,
    world.directory.units.filter((unit) => world.reporting.includes(unit.id)),
  );
  await desk.act(world.cast.consolidator, signed.id, 'CLOSE');
  await settle(stage);
  const issued = issuedPaper(sent);
  done(stage, 'consolidated', {
    number: numberAndSymbol(issued.number, issued.symbol),
    quarter: quarter.label[stage.words.language],
  });
  return issued;
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

function dutiesByClause(duties: readonly Duty[], asOf: string): readonly ClauseDuties[] {
  const groups = new Map<string, Duty[]>();
  for (const duty of duties) groups.set(duty.clause, [...(groups.get(duty.clause) ?? []), duty]);
  return [...groups].map(([clause, list]) => ({
    clause,
    title: list[0]?.title ?? '',
    total: list.length,
    done: list.filter((duty) => duty.confirmedOn !== null).length,
    overdue: list.filter((duty) => duty.confirmedOn === null && duty.dueOn < asOf).length,
  }));
}

/** Those to whom the plan was reported, without single persons, and the units that carry it out. */
function recipientsOf(recipients: readonly Recipient[], units: string): readonly Recipient[] {
  const above = recipients.filter(({ name, purpose }) => /báo cáo|b\/c/u.test(purpose ?? '') && !/Đ\/c|Đồng chí/u.test(name));
  return [...above.slice(0, recipientsAboveMax), { name: units, purpose: 'để thực hiện' }];
}
