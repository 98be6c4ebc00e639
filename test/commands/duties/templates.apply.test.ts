import { expect } from 'chai';
import { applyTemplate } from '../../../src/commands/duties/applyTemplate.js';
import { listTemplates, showTemplate, takeTemplate } from '../../../src/commands/duties/templates.js';
import { idOfChild } from '../../../src/commands/open.js';
import type { Instance } from '../../../src/engine/instance.js';
import { must, openPlan, putInForce, startApplication, type TestApplication } from '../../support/application.js';
import { reviewAll } from '../../support/clauses.js';

describe('templates of duties', function () {
  this.timeout(60_000);
  let app: TestApplication;
  let old: Instance;
  const by = () => ({ authority: app.authority, actor: 'cons' });
  const childOf = (plan: string, clause: string) => idOfChild(app.authority, { id: plan, kind: 'directive', key: clause });
  async function inForce(clauses: readonly string[]): Promise<Instance> {
    const plan = await putInForce(app, await openPlan(app));
    await reviewAll(app, plan, clauses);
    return plan;
  }
  before(async () => {
    app = await startApplication('duty-templates');
    app.clock.set('2026-03-02T02:00:00.000Z');
    old = await inForce(['II.1', 'II.2', 'II.3']);
    for (const clause of ['II.1', 'II.2'])
      await must(app, old.id, 'cons', 'OPEN_DIRECTIVE', { input: { clause, title: `Việc ${clause}`, dueOn: '2026-06-30' } });
    await must(app, old.id, 'cons', 'NO_ACTION', { input: { clause: 'II.3', reason: 'Chỉ nêu mục đích' } });
    await app.relay.settle();
    await must(app, childOf(old.id, 'II.1'), 'cons', 'ASSIGN', {
      input: { lead: ['p1'], cooperating: ['p2'], dueOn: '2026-06-30' },
    });
    const again = { lead: ['p3'], every: 'quarter', from: '2026-03-02', until: '2026-12-31' };
    await must(app, childOf(old.id, 'II.2'), 'cons', 'ASSIGN_RECURRING', { input: again });
    await app.relay.settle();
  });
  after(() => app.close());

  it('are taken by the consolidator alone, in versions that never change', async () => {
    const ask = { plan: old.id, id: 'danVan', label: 'Kế hoạch dân vận' };
    await refused(takeTemplate(app.deps, { authority: app.authority, actor: 'head-p1' }, ask), 'notAllowed');
    await refused(listTemplates(app.deps, { authority: app.authority, actor: 'off-nv' }), 'notAllowed');
    await takeTemplate(app.deps, by(), ask);
    await takeTemplate(app.deps, by(), { ...ask, due: 'afterIssue' });
    expect((await listTemplates(app.deps, by())).map(({ id, version }) => [id, version])).to.deep.equal([
      ['danVan', 2],
      ['danVan', 1],
    ]);
    const { lines } = await showTemplate(app.deps, by(), 'danVan', 1);
    expect(lines.map(({ path, duty, noAction }) => [path, duty?.lead, duty?.recurrence?.every, noAction])).to.deep.equal([
      ['II.1', ['p1'], undefined, null],
      ['II.2', ['p3'], 'quarter', null],
      ['II.3', undefined, undefined, 'Chỉ nêu mục đích'],
    ]);
    const kinds = (await app.deps.store.audit.list(app.authority, 50)).map(({ kind }) => kind);
    expect(kinds).to.include('templateTaken').and.to.include('templateDenied');
  });

  it('propose, open nothing unasked, and applied open each thing once', async () => {
    app.clock.set('2027-02-01T02:00:00.000Z');
    const plan = await inForce(['II.1', 'II.2', 'II.3']);
    const ask = { plan: plan.id, template: 'danVan', version: 1 };
    // when: only looked at
    const dry = await applyTemplate(app.deps, by(), ask);
    expect(dry.applied).to.equal(null);
    expect(dry.proposals.map(({ clause, from, score }) => [clause, from, score])).to.deep.equal([
      ['II.1', 'II.1', 1],
      ['II.2', 'II.2', 1],
      ['II.3', 'II.3', 1],
    ]);
    expect(dry.proposals[0]?.directive?.dueOn).to.equal('2027-06-30');
    expect(
      await app.deps.store.instances
        .children(app.authority, plan.id)
        .then((all) => all.filter(({ kind }) => kind === 'directive')),
    ).to.deep.equal([]);
    // when: confirmed, twice, with the relay in between
    const first = await applyTemplate(app.deps, by(), { ...ask, confirm: true });
    expect(first.applied?.map(({ did }) => did)).to.deep.equal(['waiting', 'waiting', 'noAction']);
    await app.relay.settle();
    const second = await applyTemplate(app.deps, by(), { ...ask, confirm: true });
    expect(second.applied?.map(({ did }) => did)).to.deep.equal(['assigned', 'assigned', 'left']);
    await app.relay.settle();
    const third = await applyTemplate(app.deps, by(), { ...ask, confirm: true });
    expect(third.applied?.map(({ did }) => did)).to.deep.equal(['left', 'left', 'left']);
    const directive = await app.deps.store.instances.load(app.authority, childOf(plan.id, 'II.1'));
    expect(directive?.instance.context).to.deep.include({ lead: ['p1'], cooperating: ['p2'], dueOn: '2027-06-30' });
    await refused(
      applyTemplate(app.deps, { authority: app.authority, actor: 'head-p1' }, { ...ask, confirm: true }),
      'notAllowed',
    );
  });
});

async function refused(work: Promise<unknown>, code: string): Promise<void> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect((error as { code?: string } | null)?.code).to.equal(code);
}
