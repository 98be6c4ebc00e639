import { activePaths } from '../../engine/machine.js';
import { mayRead, type Reader, readableOf, readFilter } from '../../office/organisation/visibility.js';
import type { Beside } from '../../office/progress/facts.js';
import type { WorkingCalendar } from '../../office/time/calendar.js';
import type { Deps } from '../deps.js';
import type { InstanceView } from '../ports.js';

/** Instances that are in memory at one time. */
const pageRows = 500;
/** Rows of one answer of a list that is filtered by what may be read. */
const listRows = 100;

/** Whose work is read, and by whom. */
export interface PlanScope {
  readonly authority: string;
  /** The plan's instance. */
  readonly plan: string;
  /** Only what this unit has to do; null: all units. */
  readonly unit: string | null;
  /** Only what he may read. Null reads everything: the command line of the operator. */
  readonly reader: Reader | null;
  /** Duties that are parts of another one are given too; else they are in the whole, and not beside it. */
  readonly parts?: true;
}

/**
 * Instances of one definition that name a plan and that the reader may read, page by page by index: nothing else of the plan is read, and
 * no more than a page is held. Who reads everything is served by the plan, with the fields that are wanted; others by what they read, which is
 * little.
 */
export async function* worksOf(
  { store }: Pick<Deps, 'store'>,
  scope: PlanScope,
  definition: string,
  fields?: readonly string[],
): AsyncGenerator<readonly InstanceView[]> {
  const { authority, plan, unit, reader } = scope;
  const wanted = fields === undefined ? {} : { fields };
  if (reader !== null && !reader.readsAll) {
    const mine = listedBy({ store }, scope, { definition, parent: null });
    for await (const views of mine)
      yield views.filter(({ instance: { context } }) => context.plan === plan && ofUnit(context, unit));
    return;
  }
  for (let after: string | null = null; ; ) {
    const { rows, next } = await store.instances.ofPlan({ authority, plan, definition, unit, ...wanted, after, limit: pageRows });
    yield readableIn(reader, rows);
    if (next === null) return;
    after = next;
  }
}

/** The children of an instance that the reader may read, page by page; of one definition, whose name is that of their kind. */
export async function* worksUnder(
  deps: Pick<Deps, 'store'>,
  scope: PlanScope,
  at: { readonly definition: string; readonly parent: string },
): AsyncGenerator<readonly InstanceView[]> {
  for await (const views of childrenUnder(deps, scope, at))
    yield views.filter(({ instance: { context } }) => ofUnit(context, scope.unit));
}

/** Who reads everything is served by the keys of the children; others by what they read. */
async function* childrenUnder(
  { store }: Pick<Deps, 'store'>,
  scope: PlanScope,
  at: { readonly definition: string; readonly parent: string },
): AsyncGenerator<readonly InstanceView[]> {
  const { authority, reader } = scope;
  if (reader !== null && !reader.readsAll) {
    yield* listedBy({ store }, scope, at);
    return;
  }
  const { definition: kind, parent } = at;
  for (let after: string | null = null; ; ) {
    const views: readonly InstanceView[] = await store.instances.childViews({ authority, parent, kind, after, limit: pageRows });
    yield readableIn(reader, views);
    after = views.at(-1)?.instance.parent?.key ?? null;
    if (views.length < pageRows || after === null) return;
  }
}

/** Work belongs to the unit that has it, and to the one for which it was opened. */
function ofUnit(context: InstanceView['instance']['context'], unit: string | null): boolean {
  return unit === null || context.unit === unit || context.forUnit === unit;
}

async function* listedBy(
  { store }: Pick<Deps, 'store'>,
  scope: PlanScope,
  at: { readonly definition: string; readonly parent: string | null },
): AsyncGenerator<readonly InstanceView[]> {
  const { authority, reader } = scope;
  const filter = reader === null ? { authority, anyOf: null } : readFilter(reader);
  for (let after: string | null = null; ; ) {
    const rows = await store.instances.list({ filter, ...at, open: null, originator: null, after, limit: listRows });
    const last = rows.at(-1);
    if (last === undefined) return;
    yield await readableViews(
      { store },
      scope,
      rows.map(({ id }) => id),
    );
    if (rows.length < listRows) return;
    after = last.id;
  }
}

/** Instances by id, without those that the reader may not read, in the order of the ids. */
export async function readableViews(
  { store }: Pick<Deps, 'store'>,
  { authority, reader }: Pick<PlanScope, 'authority' | 'reader'>,
  ids: readonly string[],
): Promise<readonly InstanceView[]> {
  if (ids.length === 0) return [];
  const views = await store.instances.views(authority, ids);
  const place = new Map(ids.map((id, index) => [id, index]));
  return readableIn(reader, views).toSorted((a, b) => (place.get(a.instance.id) ?? 0) - (place.get(b.instance.id) ?? 0));
}

function readableIn(reader: Reader | null, views: readonly InstanceView[]): readonly InstanceView[] {
  return reader === null ? views : views.filter(({ instance, readers }) => mayRead(reader, readableOf(instance, readers)));
}

/** What stands beside an instance for its fact. */
export function besideOf(
  { instance, since }: InstanceView,
  at: { readonly calendar: WorkingCalendar; readonly now: string },
): Beside {
  return { ...at, since, paths: activePaths(instance.state) };
}
