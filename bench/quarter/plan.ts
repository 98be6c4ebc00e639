import type { Instance } from '../../src/engine/instance.js';
import { type JsonObject, textAt } from '../../src/engine/json.js';
import { atOnce, type Desk } from './desk.js';
import { quarterForm } from './form.js';
import type { Product } from './product.js';
import { cast, code, draftingUnit, obligationId, periodOf, plan, type Size, type World } from './world.js';

export interface Plan {
  readonly id: string;
  readonly obligation: string;
}

/** The plan drafted, signed, in force; its clauses reviewed, each a duty of every unit; the obligation to report each quarter. */
export async function putPlan(product: Product, desk: Desk, world: World, size: Size): Promise<Plan> {
  const { app, modules } = product;
  const { authority, directory } = world;
  await modules.loadAuthority.loadAuthority(
    app.deps,
    modules.loadAuthority.readAuthority(JSON.parse(JSON.stringify(directory)) as JsonObject),
    'bench',
  );
  await modules.forms.loadForm(app.deps, { authority, actor: cast.consolidator }, quarterForm as unknown as JsonObject);
  const content = await app.deps.store.contents.put(authority, plan as never);
  const opened = await modules.open.open(app.deps, {
    authority,
    definition: 'document',
    context: { drafter: cast.drafter, draftingUnit, type: plan.type, title: plan.title },
    content,
    actor: cast.drafter,
    key: desk.key(),
  });
  if (opened.kind !== 'accepted') throw new Error(JSON.stringify(opened.blockers));
  await issue(product, desk, world, { instance: opened.instance, drafter: cast.drafter, recipients: world.units });
  await desk.settle();
  await directives(product, desk, world, { plan: opened.instance.id, size });
  await desk.act(cast.consolidator, opened.instance.id, 'OPEN_OBLIGATION', {
    input: {
      code,
      name: 'Báo cáo quý (ví dụ)',
      units: [...world.units],
      through: draftingUnit,
      reportTo: 'tinh',
      frequency: 'quarter',
      regime: 'calendar',
      form: quarterForm.id,
      first: periodOf(0),
    },
  });
  await desk.settle();
  return { id: opened.instance.id, obligation: obligationId(authority, opened.instance.id) };
}

interface Issued {
  readonly instance: Instance;
  readonly drafter: string;
  readonly recipients: readonly string[];
}

/** A drafted paper through review, signature, seal and number to those who get it. */
export async function issue(
  { app }: Product,
  desk: Desk,
  world: World,
  { instance, drafter, recipients }: Issued,
): Promise<void> {
  const { id } = instance;
  const saw = instance.content ?? '';
  await desk.act(drafter, id, 'SUBMIT');
  await desk.act(world.headOf(draftingUnit), id, 'APPROVE_CONTENT', { saw });
  await desk.act(cast.form, id, 'APPROVE_FORM', { saw });
  const prepared = textAt((await desk.act(cast.chair, id, 'PREPARE')).context, 'prepared');
  const proof = await app.deps.store.proofs.issue(world.authority, {
    person: cast.chair,
    hashes: [prepared],
    at: app.deps.clock.now(),
    method: 'demo',
  });
  await desk.act(cast.chair, id, 'SIGN', { saw: prepared, proof });
  await desk.act(cast.clerk, id, 'SEAL');
  await desk.act(cast.clerk, id, 'ISSUE');
  const names = new Map(world.directory.units.map((unit) => [unit.id, unit.name]));
  const listed = recipients.map((unit) => ({ name: names.get(unit) ?? unit, unit, purpose: 'để thực hiện' }));
  await desk.act(cast.clerk, id, 'SEND', { input: { recipients: listed } });
}

/** So many clauses read out of the plan's text, a directive for each, and each directive the duty of every unit. */
async function directives(
  { app, modules }: Product,
  desk: Desk,
  { authority, units, headOf }: World,
  { plan: id, size }: { readonly plan: string; readonly size: Size },
): Promise<void> {
  const held = await app.deps.store.instances.load(authority, id);
  const source = held === null ? null : modules.clauseSource.clauseSource(held.instance, plan as never);
  const [first, ...others] = source?.clauses ?? [];
  if (source === null || first === undefined) throw new Error('the plan has no clauses');
  const [start, end] = first.sourceSpan;
  const cut = (index: number): number => start + Math.floor(((end - start) * index) / size.directives);
  const paths = Array.from({ length: size.directives }, (_, index) => `1.${index + 1}`);
  const review = await modules.clauses.storeReview(app.deps, authority, {
    kind: 'clauseReview',
    source: source.hash,
    clauses: paths.map((path, index) => ({
      path,
      text: `Việc ví dụ ${index + 1}`,
      kind: 'directive',
      units: [],
      due: null,
      span: [cut(index), cut(index + 1)],
      origin: paths.length === 1 ? 'edited' : 'split',
      from: [first.path],
    })),
    noAction: others.map(({ path }) => ({ path, reason: 'Không giao thành việc riêng.' })),
  });
  await desk.act(cast.consolidator, id, 'REVIEW_CLAUSES', { input: { review } });
  for (const [index, clause] of paths.entries()) {
    const input = { clause, title: `Việc ví dụ ${index + 1}`, dueOn: '2029-12-31' };
    await desk.act(cast.consolidator, id, 'OPEN_DIRECTIVE', { input });
  }
  await desk.settle();
  for (const directive of await app.deps.store.instances.childrenOf(authority, id, 'directive', 500)) {
    await desk.act(cast.consolidator, directive.id, 'ASSIGN', { input: { lead: [...units], each: true } });
    await desk.settle();
  }
  await acceptDuties(app, desk, { authority, headOf, plan: id });
}

/** Every unit accepts what it was given, in one go. */
async function acceptDuties(
  app: Product['app'],
  desk: Desk,
  { authority, headOf, plan: id }: Pick<World, 'authority' | 'headOf'> & { readonly plan: string },
): Promise<void> {
  const duties = new Map<string, string[]>();
  for (let after: string | null = null; ; ) {
    const page: Awaited<ReturnType<typeof app.deps.store.instances.ofPlan>> = await app.deps.store.instances.ofPlan({
      authority,
      plan: id,
      definition: 'assignment',
      unit: null,
      after,
      limit: 5_000,
    });
    for (const { instance } of page.rows) {
      const unit = textAt(instance.context, 'unit');
      duties.set(unit, [...(duties.get(unit) ?? []), instance.id]);
    }
    if (page.next === null) break;
    after = page.next;
  }
  await atOnce([...duties], 8, ([unit, ids]) =>
    desk.actOnAll(
      headOf(unit),
      'ACCEPT',
      ids.map((instance) => ({ instance })),
    ),
  );
  await desk.settle();
}
