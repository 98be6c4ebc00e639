import type { Deps } from '../../src/commands/deps.js';
import { storeReview } from '../../src/commands/papers/clauses.js';
import type { Instance } from '../../src/engine/instance.js';
import type { ClauseReview } from '../../src/office/papers/clauseReview.js';
import { clauseSource } from '../../src/office/papers/clauseSource.js';
import { must, type TestApplication } from './application.js';

/** A stored review in which the plan's first clause is shared out to these paths, and nothing follows from the others. */
export async function reviewFor(deps: Pick<Deps, 'store'>, plan: Instance, paths: readonly string[]): Promise<string> {
  const content = plan.content === null ? null : await deps.store.contents.get(plan.authority, plan.content);
  const source = clauseSource(plan, content);
  const [first, ...others] = source?.clauses ?? [];
  if (source === null || first === undefined) throw new Error('the plan has no clauses');
  const [start, end] = first.sourceSpan;
  const cut = (index: number): number => start + Math.floor(((end - start) * index) / paths.length);
  const review: ClauseReview = {
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
  };
  return storeReview(deps, plan.authority, review);
}

/** The consolidator confirms clauses under these paths, so that directives may be opened for them. */
export async function reviewAll(app: TestApplication, plan: Instance, paths: readonly string[]): Promise<Instance> {
  return must(app, plan.id, 'cons', 'REVIEW_CLAUSES', { input: { review: await reviewFor(app.deps, plan, paths) } });
}
