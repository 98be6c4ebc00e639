import { expect } from 'chai';
import type { CliApplication } from '../../../src/cli/host.js';
import { runCli } from '../../../src/cli/main.js';
import { idOfChild } from '../../../src/commands/open.js';
import { checkRollups } from '../../../src/commands/reporting/checkRollups.js';
import { draftConsolidation } from '../../../src/commands/reporting/consolidate.js';
import { rollupStored } from '../../../src/commands/reporting/givenRollup.js';
import { hostOf, terminal } from '../../cli/terminal.js';
import { must, startApplication, type TestApplication } from '../../support/application.js';
import { reviewAll } from '../../support/clauses.js';
import { asking, growTown, now, type Obligation, openObligation, openPeriod } from '../../support/quarter.js';

describe('duties in a roll-up, and the check on the command line', function () {
  this.timeout(30_000);
  let app: TestApplication;
  let obligation: Obligation;
  before(async () => {
    app = await startApplication('rollupduties');
    await growTown(app);
    obligation = await openObligation(app, '2026-Q1');
  });
  after(() => app.close());

  async function run(...words: readonly string[]) {
    const screen = terminal({ columns: 100 });
    const beside: CliApplication = { ...app, accounts: app.opened.accounts, close: () => Promise.resolve() } as never;
    const code = await runCli(['rollups', ...words], hostOf(screen.io, { assemble: () => Promise.resolve(beside) }));
    return { code, out: screen.out() };
  }

  it('are counted by how they stand at the instant, and the same is built again from their entries', async () => {
    await reviewAll(app, obligation.plan, ['II.1']);
    await must(app, obligation.plan.id, 'cons', 'OPEN_DIRECTIVE', { input: { clause: 'II.1', title: 'Tuyên truyền' } });
    await app.relay.settle();
    const directive = idOfChild(app.authority, { id: obligation.plan.id, kind: 'directive', key: 'II.1' });
    const units = ['p1', 'p2', 'p3', 'p4', 'p5'];
    await must(app, directive, 'cons', 'ASSIGN', { input: { lead: units, each: true, dueOn: '2026-03-05' } });
    await app.relay.settle();
    const duty = (unit: string) => idOfChild(app.authority, { id: directive, kind: 'assignment', key: unit });
    // given one done before its day, one released, one extended, one completed and not confirmed, one that nobody took on
    for (const unit of ['p1', 'p3', 'p4']) await must(app, duty(unit), `head-${unit}`, 'ACCEPT');
    await must(app, duty('p1'), 'head-p1', 'COMPLETE', { input: { result: 'Đã tổ chức ba buổi.' } });
    await must(app, duty('p1'), 'cons', 'CONFIRM');
    await must(app, duty('p2'), 'cons', 'RELEASE', { input: { reason: 'Không thuộc địa bàn' } });
    await must(app, duty('p3'), 'head-p3', 'REQUEST_EXTENSION', { input: { askedDueOn: '2026-03-20', reason: 'Chờ kinh phí' } });
    await must(app, duty('p3'), 'cons', 'GRANT_EXTENSION', { input: { dueOn: '2026-03-20' } });
    await must(app, duty('p4'), 'head-p4', 'COMPLETE', { input: { result: 'Đã xong.' } });
    app.clock.set('2026-03-09T02:00:00.000Z');
    await app.relay.settle();
    const period = await openPeriod(app, obligation, '2026-Q1');
    const { paper } = await draftConsolidation(app.deps, { ...asking(app), period: period.id });
    await app.relay.settle();
    const rollup = await rollupStored(app.deps, app.authority, (await now(app, paper ?? '')).context.rollup);
    const [clause] = rollup?.clauses ?? [];
    expect(clause).to.deep.include({
      clause: 'II.1',
      directive,
      total: 4,
      early: 1,
      onTime: 0,
      late: 0,
      running: 2,
      overdue: 1,
      notStarted: 0,
    });
    expect(clause?.open).to.have.members([duty('p3'), duty('p4'), duty('p5')]);
    // when a duty goes on after that
    await must(app, duty('p4'), 'cons', 'CONFIRM');
    await must(app, duty('p5'), 'head-p5', 'ACCEPT');
    expect((await checkRollups(app.deps, app.authority, obligation.plan.id)).flatMap(({ faults }) => faults)).to.deep.equal([]);
  });

  it('is told on the command line, with exit 1 and the name of what was altered', async () => {
    const sound = await run(obligation.plan.id);
    expect(sound.code).to.equal(0);
    expect(sound.out).to.include('khớp đến từng chữ số');
    const entries = app.connection.collection<{ _id: string; authority: string; bytes: string }>('entries');
    const entry = await entries.findOne({ authority: app.authority, bytes: /"command":"GRANT_EXTENSION"/ });
    if (entry === null) throw new Error('no entry');
    await entries.updateOne({ _id: entry._id }, { $set: { bytes: entry.bytes.replace('2026-03-20', '2026-03-06') } });
    const broken = await run(obligation.plan.id);
    expect(broken.code).to.equal(1);
    expect(broken.out).to.include(`lịch sử bị sửa hoặc thiếu: ${entry._id.split('/')[0] ?? ''}`);
    expect(JSON.parse((await run(obligation.plan.id, '--json')).out)).to.include({ sound: false });
    expect((await run(`${app.authority}.none`)).code).to.equal(1);
  });
});
