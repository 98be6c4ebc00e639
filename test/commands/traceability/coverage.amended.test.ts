import { expect } from 'chai';
import { open } from '../../../src/commands/open.js';
import { coverageOfPlan } from '../../../src/commands/traceability/coverage.js';
import type { Instance } from '../../../src/engine/instance.js';
import {
  act,
  must,
  newKey,
  openPlan,
  plan as paper,
  putInForce,
  startApplication,
  type TestApplication,
} from '../../support/application.js';
import { reviewAll } from '../../support/clauses.js';
import { childOf, loaded } from '../../support/reporting.js';

describe('a plan that amends another', function () {
  this.timeout(60_000);
  let app: TestApplication;
  let old: Instance;
  let plan: Instance;
  before(async () => {
    app = await startApplication('amended');
    old = await putInForce(app, await openPlan(app));
    await reviewAll(app, old, ['II.1', 'II.2', 'II.3']);
    for (const clause of ['II.1', 'II.2', 'II.3'])
      await must(app, old.id, 'cons', 'OPEN_DIRECTIVE', { input: { clause, title: `Việc ${clause}` } });
    await app.relay.settle();
    const content = await app.deps.store.contents.put(app.authority, paper as never);
    const context = {
      drafter: 'off-nv',
      draftingUnit: 'nv',
      type: 'KH',
      title: 'Sửa đổi kế hoạch ví dụ',
      amends: old.id,
      linkReason: 'Thay đổi thời hạn.',
    };
    const opened = await open(app.deps, {
      authority: app.authority,
      definition: 'document',
      context,
      content,
      actor: 'off-nv',
      key: newKey(),
    });
    if (opened.kind !== 'accepted') throw new Error(JSON.stringify(opened.blockers));
    plan = await putInForce(app, opened.instance);
    await app.relay.settle();
    await reviewAll(app, plan, ['II.1', 'II.2']);
  });
  after(() => app?.close());

  const codes = async (id: string) =>
    (await coverageOfPlan(app.deps, app.authority, id)).faults.map(({ code, params }) => `${code} ${String(params.clause)}`);
  const directiveOf = (clause: string) => childOf(app, old.id, 'directive', clause);

  it('awaits its review from the consolidator while there is none, and no more after it', async () => {
    const fresh = await putInForce(app, await openPlan(app));
    const awaited = async () => (await app.deps.store.instances.view(app.authority, fresh.id))?.principals;
    expect(await awaited()).to.deep.equal(['post:ubnd/consolidator']);
    await reviewAll(app, fresh, ['II.1']);
    expect(await awaited()).to.deep.equal([]);
  });

  it('states what changed and what was dropped, and asks for a word on it', async () => {
    const { changes, earlier } = await coverageOfPlan(app.deps, app.authority, plan.id);
    expect(earlier?.id).to.equal(old.id);
    expect(changes?.clauses.map(({ kind, path, from }) => `${kind} ${path} ${String(from)}`)).to.deep.equal([
      'same II.1 II.1',
      'same II.2 II.2',
    ]);
    expect(changes?.dropped.map(({ path }) => path)).to.deep.equal(['II.3']);
    expect(await codes(plan.id)).to.deep.equal(['clauseUnaccounted II.1', 'clauseUnaccounted II.2', 'clauseDropped II.3']);
    const input = { clause: 'II.3', reason: 'Không còn phù hợp.', ofPaper: 'earlierPaper' };
    await must(app, plan.id, 'cons', 'NO_ACTION', { input });
    expect(await codes(plan.id)).to.deep.equal(['clauseUnaccounted II.1', 'clauseUnaccounted II.2']);
    expect((await loaded(app, plan.id)).context.noAction).to.equal(undefined);
  });

  it('continues a directive under its new clause, recorded on both sides, once', async () => {
    const input = { clause: 'II.1', directive: directiveOf('II.1'), note: 'Giữ nguyên phân công.' };
    await must(app, plan.id, 'cons', 'CONTINUE_DIRECTIVE', { input });
    await app.relay.settle();
    expect((await loaded(app, plan.id)).context.continued).to.deep.equal([{ clause: 'II.1', directive: directiveOf('II.1') }]);
    expect((await loaded(app, directiveOf('II.1'))).context.continuedIn).to.deep.equal([{ plan: plan.id, clause: 'II.1' }]);
    const again = await act(app, plan.id, 'cons', 'CONTINUE_DIRECTIVE', { input: { ...input, clause: 'II.2' } });
    expect(again.kind === 'refused' ? again.blockers.map(({ code }) => code) : []).to.deep.equal(['alreadyOpened']);
    const { rows, faults } = await coverageOfPlan(app.deps, app.authority, plan.id);
    expect(rows[0]?.directives[0]).to.deep.include({ id: directiveOf('II.1'), continued: true });
    expect(faults.map(({ code, params }) => `${code} ${String(params.clause)}`)).to.deep.equal([
      'directiveOpen II.1',
      'clauseUnaccounted II.2',
    ]);
    // The old plan's own matrix stays whole.
    expect(await codes(old.id)).to.deep.equal(['directiveOpen II.1', 'directiveOpen II.2', 'directiveOpen II.3']);
  });

  it('names a continuation of which one side is gone', async () => {
    const instances = app.connection.collection<{ _id: string }>('instances');
    const id = directiveOf('II.1');
    await instances.updateOne({ _id: id }, { $set: { 'context.continuedIn': [] } } as never);
    expect(await codes(plan.id)).to.include('continuedAstray II.1');
    const kept = await instances.findOne({ _id: id });
    await instances.deleteOne({ _id: id });
    expect(await codes(plan.id)).to.include('continuedMissing II.1');
    expect(await codes(old.id)).to.include('directiveMissing II.1');
    await instances.insertOne(kept as never);
  });
});
