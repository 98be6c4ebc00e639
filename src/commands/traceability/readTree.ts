import type { Instance } from '../../engine/instance.js';
import { isObject } from '../../engine/json.js';
import { earlierPlan } from '../../office/catalogue/tracing.js';
import { partsOf } from '../../office/duties/parts.js';
import type { PlanTree } from '../../office/traceability/ledger.js';
import type { DirectiveLine, DutyLine, LineParent, PlanLine, RecurringLine } from '../../office/traceability/lines.js';
import { type PlanChanges, planChanges } from '../../office/traceability/planChanges.js';
import type { OfficeWorld } from '../../office/world.js';
import type { Deps } from '../deps.js';
import { idOfChild } from '../open.js';
import { ownerlessOf } from '../organisation/ownerless.js';
import type { Read } from '../ports.js';
import { planClauses } from './planClauses.js';
import { directiveLine, dutyLine, lineOf, listOf, obligationLine, periodLine, recurringLine, textOf } from './readLines.js';

export type ReadDeps = Pick<Deps, 'store' | 'clock' | 'models'>;

/** Rows of one page of the index. */
export const pageRowsMax = 2_000;
const idsAtOnceMax = 1_000;

/** A plan with everything below it except its reports and papers, and what it changed of an earlier one. */
export interface ReadPlan {
  readonly tree: PlanTree;
  readonly changes: PlanChanges | null;
  readonly earlier: Instance | null;
}

/** Instances of one definition that name the plan, page by page on the index; with `fields` only these of the context are read. */
export async function* ofPlan(
  { store }: ReadDeps,
  plan: Instance,
  definition: string,
  fields?: readonly string[],
): AsyncGenerator<readonly Read[]> {
  let after: string | null = null;
  do {
    const page = await store.instances.ofPlan({
      authority: plan.authority,
      plan: plan.id,
      definition,
      unit: null,
      ...(fields === undefined ? {} : { fields }),
      after,
      limit: pageRowsMax,
    });
    yield page.rows;
    after = page.next;
  } while (after !== null);
}

async function allOf(deps: ReadDeps, plan: Instance, definition: string): Promise<readonly Read[]> {
  const all: Read[] = [];
  for await (const rows of ofPlan(deps, plan, definition)) all.push(...rows);
  return all;
}

/** Those of these ids that exist. */
export async function loadAll({ store }: ReadDeps, authority: string, ids: readonly string[]): Promise<readonly Read[]> {
  const all: Read[] = [];
  for (let from = 0; from < ids.length; from += idsAtOnceMax)
    all.push(...(await store.instances.loadMany(authority, ids.slice(from, from + idsAtOnceMax))));
  return all;
}

/** What a list of names promises and the index did not give: it may be there and say something else. */
export async function promised(deps: ReadDeps, authority: string, found: readonly Read[], parents: readonly LineParent[]) {
  const known = new Set(found.map(({ instance }) => instance.id));
  const ids = parents.map((parent) => idOfChild(authority, parent)).filter((id) => !known.has(id));
  return loadAll(deps, authority, [...new Set(ids)]);
}

/** Reads a plan and its duties, obligations and periods: by index, in pages; the number of reads does not grow with the reports. */
export async function readTree(deps: ReadDeps, plan: Instance, world: OfficeWorld): Promise<ReadPlan> {
  const { authority, id, context } = plan;
  const below = (kind: string, keys: readonly string[], parent = id): readonly LineParent[] =>
    keys.map((key) => ({ id: parent, kind, key }));
  const continued = continuedOf(plan);
  const own = await allOf(deps, plan, 'directive');
  const directives = [
    ...own,
    ...(await promised(deps, authority, own, below('directive', listOf(context.clauses)))),
    ...(await loadAll(
      deps,
      authority,
      continued.map(({ directive }) => directive),
    )),
  ];
  const order = new Map(listOf(context.clauses).map((clause, at) => [clause, at]));
  const placeOf = (line: DirectiveLine): number => order.get(line.parent?.key ?? '') ?? order.size;
  const lines = directives.map(directiveLine).sort((a, b) => placeOf(a) - placeOf(b));
  const duties = await readDuties(deps, plan, lines, new Set(continued.map(({ directive }) => directive)));
  const owner = await ownersOf(deps, world, duties);
  const obligations = await withPromised(deps, plan, 'obligation', below('obligation', listOf(context.obligations)));
  const named = obligations.flatMap((one) => below('period', obligationLine(one).periods, one.instance.id));
  const periods = await withPromised(deps, plan, 'period', named);
  const { clauses, review, noAction, content } = await planClauses(deps, plan);
  const { changes, earlier, dropped } = await readChanges(deps, plan, clauses, lines);
  const planLine: PlanLine = {
    ...lineOf(plan),
    clauses,
    review,
    noAction,
    content: plan.content === null ? null : { hash: plan.content, found: content !== null },
    opened: listOf(context.clauses),
    obligations: listOf(context.obligations),
    continued,
    dropped,
  };
  const isRecurring = ({ instance }: Read): boolean => instance.definition.id === 'recurring';
  const tree: PlanTree = {
    plan: planLine,
    directives: lines,
    duties: await withEvidence(
      deps,
      authority,
      duties.filter((one) => !isRecurring(one)).map((one) => dutyLine(one, owner(one))),
    ),
    recurring: duties.filter(isRecurring).map((one): RecurringLine => recurringLine(one, owner(one))),
    obligations: obligations.map(obligationLine),
    periods: periods.map(periodLine),
  };
  return { tree, changes, earlier };
}

async function withPromised(deps: ReadDeps, plan: Instance, definition: string, named: readonly LineParent[]) {
  const found = await allOf(deps, plan, definition);
  return [...found, ...(await promised(deps, plan.authority, found, named))];
}

function continuedOf({ context }: Instance): PlanLine['continued'] {
  const list = Array.isArray(context.continued) ? context.continued.filter(isObject) : [];
  return list.map(({ clause, directive }) => ({ clause: textOf(clause) ?? '', directive: textOf(directive) ?? '' }));
}

/** Assignments, parts, recurring duties and their occurrences; those of continued directives name the earlier plan and are read from above. */
async function readDuties(
  deps: ReadDeps,
  plan: Instance,
  directives: readonly DirectiveLine[],
  continued: ReadonlySet<string>,
): Promise<readonly Read[]> {
  const { authority } = plan;
  const found = [...(await allOf(deps, plan, 'assignment')), ...(await allOf(deps, plan, 'recurring'))];
  const units = directives.flatMap(({ id, lead, cooperating }) =>
    [...lead, ...cooperating].flatMap((key) => ['assignment', 'recurring'].map((kind): LineParent => ({ id, kind, key }))),
  );
  const held = new Set(found.map(({ instance }) => `${instance.parent?.id ?? ''}|${textOf(instance.context.unit) ?? ''}`));
  const all = [
    ...found,
    ...(await promised(
      deps,
      authority,
      found,
      units.filter(({ id, key }) => !held.has(`${id}|${key}`)),
    )),
  ];
  for (const directive of continued) all.push(...(await belowOf(deps, authority, directive)));
  const once = new Map(all.map((one) => [one.instance.id, one]));
  const named = [...once.values()].flatMap(({ instance }): readonly LineParent[] => {
    const { id } = instance;
    if (instance.definition.id === 'recurring')
      return recurringLine({ instance }, null).occurrences.map((key) => ({ id, kind: 'assignment', key }));
    return partsOf(instance).map(({ key }) => ({ id, kind: 'part', key }));
  });
  for (const one of await promised(deps, authority, [...once.values()], named)) once.set(one.instance.id, one);
  return [...once.values()];
}

/** Levels below a directive: recurring duty, occurrence, part. */
const levelsMax = 3;

async function belowOf(deps: ReadDeps, authority: string, parent: string, level = 1): Promise<readonly Read[]> {
  const children = await deps.store.instances.children(authority, parent);
  const own = await loadAll(
    deps,
    authority,
    children.map(({ id }) => id),
  );
  if (level === levelsMax) return own;
  const deeper: Read[] = [];
  for (const { instance } of own)
    if (instance.definition.id === 'recurring' || instance.context.parts !== undefined)
      deeper.push(...(await belowOf(deps, authority, instance.id, level + 1)));
  return [...own, ...deeper];
}

/** Why nobody can act on an open duty, by the same check as the organisation's own. */
async function ownersOf(deps: ReadDeps, world: OfficeWorld, duties: readonly Read[]): Promise<(held: Read) => string | null> {
  const reasons = new Map<string, string>();
  for (const { instance } of duties) {
    if (!instance.open) continue;
    await deps.models.learn(instance.definition);
    const found = ownerlessOf(deps.models.pinned(instance.definition), instance, world);
    if (found === null) continue;
    reasons.set(instance.id, found.endedUnits.length > 0 ? 'unitEnded' : (found.commands[0]?.reason ?? 'nobodyNamed'));
  }
  return ({ instance }) => reasons.get(instance.id) ?? null;
}

/** Whether each piece of evidence is stored, for all duties in few reads. */
async function withEvidence({ store }: ReadDeps, authority: string, duties: readonly DutyLine[]): Promise<readonly DutyLine[]> {
  const hashes = new Set(duties.flatMap(({ evidence }) => evidence.map(({ hash }) => hash)));
  const found = await store.attachments.present(authority, hashes);
  return duties.map((duty) => ({ ...duty, evidence: duty.evidence.map((one) => ({ ...one, found: found.has(one.hash) })) }));
}

/** What a plan changed of the one that it amends or replaces, and which of its clauses somebody has settled that are no more. */
async function readChanges(deps: ReadDeps, plan: Instance, clauses: PlanLine['clauses'], lines: readonly DirectiveLine[]) {
  const none = { changes: null, earlier: null, dropped: [] };
  const id = earlierPlan(plan);
  const earlier = id === null ? null : ((await deps.store.instances.load(plan.authority, id))?.instance ?? null);
  if (earlier === null) return none;
  const told = await planClauses(deps, earlier);
  const changes = planChanges(told.clauses, clauses);
  const settled = new Set([...listOf(plan.context.dropped), ...told.noAction.map(({ clause }) => clause)]);
  const continued = new Set(lines.map((line) => line.id));
  for await (const rows of ofPlan(deps, earlier, 'directive'))
    for (const { instance } of rows) if (!instance.open || continued.has(instance.id)) settled.add(instance.parent?.key ?? '');
  const dropped = changes.dropped.map(({ path }) => ({ clause: path, settled: settled.has(path) }));
  return { changes, earlier, dropped };
}
