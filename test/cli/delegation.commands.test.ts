import { expect } from 'chai';
import { runCli } from '../../src/cli/main.js';
import { startApplication, type TestApplication } from '../support/application.js';
import { hostOf, terminal } from './terminal.js';

describe('trinhky delegation', () => {
  let app: TestApplication;
  before(async () => {
    app = await startApplication('clidelegation');
  });
  after(() => app.close());
  async function run(...words: readonly string[]) {
    const screen = terminal({ columns: 200 });
    // the application stays open for the next run
    const lent = { ...app, accounts: app.opened.accounts, close: () => Promise.resolve() };
    const code = await runCli(['delegation', ...words], hostOf(screen.io, { assemble: () => Promise.resolve(lent) }));
    return { code, out: screen.out(), err: screen.err() };
  }
  const head = 'clidelegation-head-nv';
  const officer = 'clidelegation-off-vhtt';

  it('gives, lists and takes back, and says so in the audit', async () => {
    expect((await run('list')).out).to.contain('Không có ủy quyền nào.');
    const given = await run('give', head, officer, '--to', '2026-03-31', '--reason', 'Nghỉ phép', '--types', 'KH, BC');
    expect(given.code, given.err).to.equal(0);
    const id = /uq-[0-9a-f]{20}/.exec(given.out)?.[0] ?? '';
    const listed = await run('list', officer);
    // from today on, where no first day is named
    expect(listed.out).to.contain(id).and.to.contain('KH, BC').and.to.contain('đang có hiệu lực');
    expect(listed.out).to.match(/ 02\/03\/2026 +31\/03\/2026 /);
    expect(listed.out).not.to.contain('2026-03');
    expect((await run('list', 'clidelegation-chair')).out).to.contain('Không có ủy quyền nào.');
    expect((await run('revoke', id)).code).to.equal(0);
    expect((await run('list')).out).to.contain('đã thu hồi');
    const audit = await app.deps.store.audit.list(app.authority, 50);
    expect(audit.filter(({ actor }) => actor === 'commandLine').map(({ kind }) => kind)).to.deep.equal([
      'delegationRevoked',
      'delegationGiven',
    ]);
  });

  it('explains what it cannot do, under the rules of the page', async () => {
    const self = await run('give', head, head, '--to', '2026-03-31', '--reason', 'X', '--lang', 'en');
    expect([self.code, self.err]).to.deep.equal([
      1,
      'delegationSelf: Nobody delegates to himself.\nWhat to do: Choose somebody else.\n',
    ]);
    const past = await run('give', head, officer, '--to', '2026-03-01', '--reason', 'X', '--json');
    expect((JSON.parse(past.out) as { error: { code: string } }).error.code).to.equal('delegationDates');
    expect((await run('revoke', 'uq-none')).err).to.match(/^notFound: /);
  });
});
