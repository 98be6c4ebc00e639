import type { Instance, Json } from '../../commands/look.js';
import { storeReview } from '../../commands/papers/clauses.js';
import { asRead, type ReviewedClause } from '../../office/papers/clauseReview.js';
import { clauseSource } from '../../office/papers/clauseSource.js';
import { doing, done, fieldOf, type Stage, settle, showRefusal } from './stage.js';
import { tellDue } from './told.js';

const titleCharsMax = 2_000;
export const childrenMax = 5_000;

/** Opens a directive for every clause that orders something, says of the others why not, and assigns each directive to its units. */
export async function openDirectives(stage: Stage, plan: string, lastDay: string): Promise<readonly Instance[]> {
  const { desk, world, time } = stage;
  doing(stage, 'opening');
  time.workingDays(1);
  const clauses = await reviewClauses(stage, plan);
  const orders = clauses.filter(isOrder);
  for (const clause of orders) {
    const dueOn = dueOf(clause, time.today(), lastDay);
    await desk.act(world.cast.consolidator, plan, 'OPEN_DIRECTIVE', {
      input: { clause: clause.path, title: titleOf(clause), dueOn },
    });
  }
  for (const clause of clauses.filter((one) => !isOrder(one))) {
    await desk.act(world.cast.consolidator, plan, 'NO_ACTION', { input: { clause: clause.path, reason: reasonOf(clause) } });
  }
  const [first] = orders;
  if (first !== undefined) {
    const again = { clause: first.path, title: titleOf(first) };
    await settle(stage);
    showRefusal(
      stage,
      await desk.provoke('openedTwice', 'alreadyOpened', {
        instance: plan,
        actor: world.cast.consolidator,
        command: 'OPEN_DIRECTIVE',
        input: again,
      }),
    );
  }
  await settle(stage);
  const directives = await stage.app.deps.store.instances.childrenOf(world.authority, plan, 'directive', childrenMax);
  done(stage, 'opened', { count: directives.length, others: clauses.length - orders.length });
  return assign(stage, directives, orders);
}

/** The consolidator reads the plan's clauses, with units and due dates, beside its text and confirms them as they stand; what is not confirmed opens nothing. */
async function reviewClauses({ app, desk, world, paper }: Stage, plan: string): Promise<readonly ReviewedClause[]> {
  const held = await app.deps.store.instances.load(world.authority, plan);
  const source = held === null ? null : clauseSource(held.instance, paper as unknown as Json);
  if (source === null) return [];
  const review = asRead(source);
  const stored = await storeReview(app.deps, world.authority, review);
  await desk.act(world.cast.consolidator, plan, 'REVIEW_CLAUSES', { input: { review: stored } });
  return review.clauses;
}

async function assign(
  stage: Stage,
  directives: readonly Instance[],
  orders: readonly ReviewedClause[],
): Promise<readonly Instance[]> {
  const { desk, world, app, time } = stage;
  doing(stage, 'assigning');
  const clauses = new Map(orders.map((clause) => [clause.path, clause]));
  const again = recurringOf(orders, world);
  const units = new Set<string>();
  for (const directive of directives) {
    const clause = clauses.get(fieldOf(directive, 'clause'));
    if (clause === undefined) continue;
    const lead = world.leadsOf(clause);
    const cooperating = world.cooperatingOf(clause);
    for (const unit of [...lead, ...cooperating]) units.add(unit);
    const named = { lead, ...(cooperating.length > 0 ? { cooperating } : {}), ...(lead.length > 1 ? { each: true } : {}) };
    const dueOn = fieldOf(directive, 'dueOn');
    if (clause === again) {
      const input = { ...named, every: 'quarter', from: time.today(), until: dueOn };
      await desk.act(world.cast.consolidator, directive.id, 'ASSIGN_RECURRING', { input });
    } else await desk.act(world.cast.consolidator, directive.id, 'ASSIGN', { input: { ...named, dueOn } });
  }
  await settle(stage);
  const lists = await Promise.all(
    directives.map(({ id }) => app.deps.store.instances.childrenOf(world.authority, id, 'assignment', childrenMax)),
  );
  done(stage, 'assigned', { count: lists.flat().length, units: units.size });
  const [offered] = lists.flat();
  if (offered !== undefined) await tellDue(stage, offered);
  return lists.flat();
}

/** What one unit does again and again: to inspect. It comes again each quarter until the plan's year is over. */
function recurringOf(orders: readonly ReviewedClause[], world: Stage['world']): ReviewedClause | undefined {
  return orders.find(
    (clause) =>
      /kiểm tra|giám sát/iu.test(clause.text) && world.leadsOf(clause).length === 1 && world.cooperatingOf(clause).length === 0,
  );
}

/** Aims order nothing, reporting is followed by its periods, and the articles of a decision put the plan into effect. */
function isOrder(clause: ReviewedClause): boolean {
  return clause.kind !== 'objective' && clause.kind !== 'reporting' && !/^Đ\d/u.test(clause.path);
}

function reasonOf(clause: ReviewedClause): string {
  if (clause.kind === 'objective') return 'Mục đích, yêu cầu: không giao thành việc riêng.';
  if (clause.kind === 'reporting') return 'Chế độ báo cáo: theo dõi qua các kỳ báo cáo.';
  return 'Điều khoản thi hành: không giao thành việc riêng.';
}

/** The day that the clause names, where it is still to come; else the last day of the plan's year. */
function dueOf(clause: ReviewedClause, today: string, lastDay: string): string {
  const date = clause.due?.date ?? null;
  return date !== null && date > today ? date : lastDay;
}

export function titleOf(clause: ReviewedClause): string {
  return clause.text.length <= titleCharsMax ? clause.text : `${clause.text.slice(0, titleCharsMax - 1)}…`;
}
