import { expect } from 'chai';
import type { CliApplication } from '../../src/cli/host.js';
import { runCli } from '../../src/cli/main.js';
import { idOfChild } from '../../src/commands/open.js';
import { must, openPlan, putInForce, startApplication, type TestApplication } from '../support/application.js';
import { reviewAll } from '../support/clauses.js';
import { fakeClock } from '../support/clock.js';
import { hostOf, terminal } from './terminal.js';

describe('cli/due: the sum of days', function () {
  this.timeout(30_000);
  let app: TestApplication;
  let duty: string;
  before(async () => {
    // given a duty due on Friday 20 March that was suspended from Monday 9 to Wednesday 11, and extended after that
    app = await startApplication('duecli', { clock: fakeClock('2026-03-02T02:00:00.000Z') });
    const plan = await putInForce(app, await openPlan(app));
    await reviewAll(app, plan, ['II.9']);
    await must(app, plan.id, 'cons', 'OPEN_DIRECTIVE', { input: { clause: 'II.9', title: 'Việc ví dụ', dueOn: '2026-03-20' } });
    await app.relay.settle();
    const directive = idOfChild(app.authority, { id: plan.id, kind: 'directive', key: 'II.9' });
    await must(app, directive, 'cons', 'ASSIGN', { input: { lead: ['p2'], dueOn: '2026-03-20' } });
    await app.relay.settle();
    duty = idOfChild(app.authority, { id: directive, kind: 'assignment', key: 'p2' });
    await must(app, duty, 'head-p2', 'ACCEPT');
    app.clock.set('2026-03-09T03:00:00.000Z');
    await must(app, duty, 'cons', 'SUSPEND', { input: { reason: 'Chờ hướng dẫn' } });
  });
  after(() => app.close());

  async function run(...words: readonly string[]) {
    const screen = terminal({ columns: 80 });
    const beside: CliApplication = { ...app, accounts: app.opened.accounts, close: () => Promise.resolve() } as never;
    const code = await runCli(['due', ...words], hostOf(screen.io, { assemble: () => Promise.resolve(beside) }));
    return { code, out: screen.out(), err: screen.err() };
  }

  it('shows that nothing is due while it is suspended, and how much is left', async () => {
    const { code, out, err } = await run(duty);
    expect([code, err]).to.deep.equal([0, '']);
    expect(out).to.contain('Đang tạm hoãn; khi tiếp tục còn 10 ngày');
  });

  it('shows each day with its number, what was suspended and why, and every date that was set', async () => {
    app.clock.set('2026-03-11T03:00:00.000Z');
    await must(app, duty, 'cons', 'RESUME');
    const { out } = await run(duty);
    expect(out).to.equal(
      [
        'Bước: Đang thực hiện',
        'Ngày                     Ngày thứ  Căn cứ',
        '20/03/2026                         ngày được ấn định',
        '09/03/2026 – 10/03/2026            tạm hoãn, không tính · Chờ hướng dẫn',
        '21/03/2026                         ngày nghỉ hằng tuần',
        '22/03/2026                         ngày nghỉ hằng tuần',
        '23/03/2026                      1  ngày làm việc',
        '24/03/2026                      2  ngày làm việc',
        'Hạn: 24/03/2026 23:59',
        'Lịch làm việc: test',
        '',
        'Các hạn đã đặt:',
        'Thời điểm         Lệnh    Người thực hiện  Hạn               Bước',
        '02/03/2026 09:00  OPEN    system           05/03/2026 23:59  Chờ tiếp nhận',
        '02/03/2026 09:00  ACCEPT  Người ví dụ 13   20/03/2026 23:59  Đang thực hiện',
        '11/03/2026 10:00  RESUME  Người ví dụ 05   24/03/2026 23:59  Đang thực hiện',
        '',
      ].join('\n'),
    );
    expect(Math.max(...out.split('\n').map((line) => line.length))).to.be.lessThan(80);
  });

  it('tells of an extension who asked, who granted, from which day', async () => {
    await must(app, duty, 'head-p2', 'REQUEST_EXTENSION', { input: { askedDueOn: '2026-03-31', reason: 'Chờ kinh phí' } });
    await must(app, duty, 'cons', 'GRANT_EXTENSION', { input: { dueOn: '2026-03-27' } });
    const { out } = await run(duty, '--lang', 'en');
    expect(out).to.contain(
      'Extended from 24/03/2026 to 27/03/2026. Reason: Chờ kinh phí. Asked by Người ví dụ 13; granted by Người ví dụ 05, 11/03/2026 10:00.',
    );
    expect(out).to.contain('Due: 27/03/2026 23:59');
    // the suspension was before the new day was set, so it moves it no more
    expect(out).not.to.contain('suspended');
  });

  it('gives the same as JSON, and says where there is no such instance', async () => {
    const { out } = await run(duty, '--json');
    const { terms, history, extensions } = JSON.parse(out) as Record<string, Record<string, unknown>[]>;
    expect(terms?.map(({ path, due, agrees }) => [path, due, agrees])).to.deep.equal([
      ['/executing', '2026-03-27T16:59:59.999Z', true],
    ]);
    expect(history?.map(({ seq, due }) => [seq, due])).to.deep.equal([
      [1, '2026-03-05T16:59:59.999Z'],
      [2, '2026-03-20T16:59:59.999Z'],
      [4, '2026-03-24T16:59:59.999Z'],
      [6, '2026-03-27T16:59:59.999Z'],
    ]);
    expect(extensions?.length).to.equal(1);
    expect((await run(`${app.authority}.nothing`)).code).to.equal(1);
  });
});
