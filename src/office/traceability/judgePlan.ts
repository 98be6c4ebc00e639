import { name } from './faults.js';
import { childKey, type DirectiveAccount, type Ledger } from './ledger.js';
import type { DirectiveLine, LineParent } from './lines.js';

/** The clause under which a directive was opened: the key that its parent knows it by; its own field only where it has no parent. */
function clauseOf(directive: DirectiveLine): string {
  return directive.parent?.kind === 'directive' ? directive.parent.key : (directive.clause ?? '');
}

/** Clauses and directives, both ways: every clause is followed by something, every directive comes from a clause and says the same as the plan. */
export function judgeDirectives(ledger: Ledger): void {
  const { plan, directives } = ledger.tree;
  const { faults } = ledger;
  if (plan.review !== null && !plan.review.found) name(faults, 'reviewMissing', plan.id, { content: plan.review.hash });
  if (plan.content !== null && !plan.content.found) name(faults, 'contentMissing', plan.id, { content: plan.content.hash });
  const clauses = new Set(plan.clauses.map(({ path }) => path));
  const opened = new Set(plan.opened);
  const own = directives.filter((one) => !isContinued(ledger, one));
  const known = new Set(own.flatMap(({ parent }) => (parent === null ? [] : [childKey(parent)])));
  const covered = new Set(plan.noAction.map(({ clause }) => clause));
  for (const clause of opened) {
    covered.add(clause);
    const parent: LineParent = { id: plan.id, kind: 'directive', key: clause };
    const id = ledger.world.idOf(parent);
    if (known.has(childKey(parent)) || own.some((one) => one.id === id)) continue;
    ledger.missing.add(id);
    name(faults, 'directiveMissing', null, { clause, directive: id });
  }
  for (const line of own) {
    const account = take(ledger, line, clauseOf(line), false);
    covered.add(account.clause);
    judgeDirective(ledger, account, { clauses, opened });
  }
  for (const clause of judgeContinued(ledger, clauses)) covered.add(clause);
  for (const { path } of plan.clauses) if (!covered.has(path)) name(faults, 'clauseUnaccounted', plan.id, { clause: path });
}

function isContinued({ tree: { plan } }: Ledger, { id }: DirectiveLine): boolean {
  return plan.continued.some(({ directive }) => directive === id);
}

function take(ledger: Ledger, line: DirectiveLine, clause: string, continued: boolean): DirectiveAccount {
  const account: DirectiveAccount = { line, clause, continued, duties: [], told: new Map() };
  ledger.directives.set(line.id, account);
  return account;
}

interface PlanSets {
  readonly clauses: ReadonlySet<string>;
  readonly opened: ReadonlySet<string>;
}

function judgeDirective(ledger: Ledger, { line, clause }: DirectiveAccount, { clauses, opened }: PlanSets): void {
  const { faults, tree } = ledger;
  const { id, parent } = line;
  const astray = (field: string): void => name(faults, 'directiveAstray', id, { directive: id, clause, field });
  if (!clauses.has(clause)) name(faults, 'directiveWithoutClause', id, { directive: id, clause });
  else if (line.clause !== clause)
    name(faults, clauses.has(line.clause ?? '') ? 'directiveAstray' : 'directiveWithoutClause', id, {
      directive: id,
      clause: line.clause ?? '',
      ...(clauses.has(line.clause ?? '') ? { field: 'clause' } : {}),
    });
  else if (!opened.has(clause)) name(faults, 'directiveUnrecorded', id, { directive: id, clause });
  if (parent?.id !== tree.plan.id || parent.kind !== 'directive') astray('parent');
  if (line.plan !== tree.plan.id) astray('plan');
  judgeEnd(ledger, line, clause);
}

/** What a directive must have before its plan is closed: it is cancelled, or assessed by a person and signed off. */
function judgeEnd({ faults }: Ledger, line: DirectiveLine, clause: string): void {
  const { id, state } = line;
  if (line.open) {
    name(faults, 'directiveOpen', id, { directive: id, clause });
    return;
  }
  if (state === 'cancelled') return;
  if (line.grade === null || line.assessedBy === null) name(faults, 'assessmentMissing', id, { directive: id, clause });
  if (line.lead.length === 0) name(faults, 'directiveUnassigned', id, { directive: id, clause });
}

/** Directives of an earlier plan: they are there, and say themselves that they go on here. Answers the clauses that they cover. */
function judgeContinued(ledger: Ledger, clauses: ReadonlySet<string>): readonly string[] {
  const { plan, directives } = ledger.tree;
  const byId = new Map(directives.map((line) => [line.id, line]));
  return plan.continued.flatMap(({ clause, directive }) => {
    const line = byId.get(directive);
    if (line === undefined) {
      name(ledger.faults, 'continuedMissing', plan.id, { clause, directive });
      return [clause];
    }
    take(ledger, line, clause, true);
    // One that ended before it could be told says nothing any more.
    const told = !line.open || line.continuedIn.some((one) => one.plan === plan.id && one.clause === clause);
    if (!told || !clauses.has(clause)) name(ledger.faults, 'continuedAstray', line.id, { clause, directive });
    judgeEnd(ledger, line, clause);
    return [clause];
  });
}

/** Clauses of the earlier plan that have no place in this one: somebody has said what becomes of them. */
export function judgeDropped({ tree: { plan }, faults }: Ledger): void {
  for (const { clause, settled } of plan.dropped) if (!settled) name(faults, 'clauseDropped', plan.id, { clause });
}
