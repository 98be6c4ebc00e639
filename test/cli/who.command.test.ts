import { expect } from 'chai';
import type { CliApplication } from '../../src/cli/host.js';
import { runCli } from '../../src/cli/main.js';
import type { Instance } from '../../src/engine/instance.js';
import { must, openPlan, startApplication, type TestApplication } from '../support/application.js';
import { hostOf, terminal } from './terminal.js';

describe('cli/who: who can act on an instance', () => {
  let app: TestApplication;
  let plan: Instance;
  before(async () => {
    app = await startApplication('whocli');
    plan = await must(app, (await openPlan(app)).id, 'off-nv', 'SUBMIT');
  });
  after(() => app.close());

  /** The command on the test's own application, which it must not close. */
  async function run(...words: readonly string[]) {
    const screen = terminal({ columns: 80 });
    const beside: CliApplication = { ...app, accounts: app.opened.accounts, close: () => Promise.resolve() } as never;
    const code = await runCli(['who', ...words], hostOf(screen.io, { assemble: () => Promise.resolve(beside) }));
    return { code, out: screen.out(), err: screen.err() };
  }

  it('names who can give each command, by which record and since when, within 80 columns', async () => {
    const { code, out, err } = await run(plan.id);
    expect([code, err]).to.deep.equal([0, '']);
    const flat = out.replace(/\s+/g, ' ');
    expect(flat).to.contain(
      'Duyệt nội dung (APPROVE_CONTENT) Thực hiện được: Người ví dụ 08: Trưởng đơn vị, Phòng Nội vụ (bổ nhiệm từ ngày',
    );
    // ids of records are for programs
    expect(flat).not.to.match(/\ba-[a-z]+-[a-z]+/);
    expect(out).to.match(/^Trạng thái: .*, từ \d\d\/\d\d\/\d{4} \d\d:\d\d$/m);
    expect(Math.max(...out.split('\n').map((line) => line.length))).to.be.lessThan(80);
  });

  it('tells what would open a command to a person, and who could meanwhile', async () => {
    const { out } = await run(plan.id, '--person', `${app.authority}-deputy`, '--command', 'PREPARE');
    const flat = out.replace(/\s+/g, ' ');
    expect(flat).to.contain('Khi đến bước này, người có thể thực hiện: Người ví dụ 02, Người ví dụ 01');
    expect(flat).to.contain('Người ví dụ 08 thực hiện bước “Duyệt nội dung” trước.');
    expect(flat).to.contain('Người ví dụ 03 thực hiện bước “Kiểm tra thể thức” trước.');
  });

  it('tells a drafter that nothing lets him sign, in either language', async () => {
    const asked = [plan.id, '--person', `${app.authority}-off-nv`, '--command', 'SIGN'];
    expect((await run(...asked)).out.replace(/\s+/g, ' ')).to.contain(
      'Người soạn thảo, Người sửa dự thảo không được tự mình thực hiện việc này',
    );
    expect((await run(...asked, '--lang', 'en')).out.replace(/\s+/g, ' ')).to.contain('Whoever is named as Drafter');
  });

  it('gives the same as JSON', async () => {
    const { out } = await run(plan.id, '--json', '--person', `${app.authority}-clerk`, '--command', 'APPROVE_FORM');
    const { commands, explanations } = JSON.parse(out) as {
      commands: { command: string; can: { person: string; record: { id: string } }[] }[];
      explanations: { wayOut: { kind: string; changes: { kind: string; from: string; to: string }[] } }[];
    };
    expect(commands.map(({ command }) => command)).to.deep.equal(['APPROVE_FORM']);
    expect(commands[0]?.can.map(({ person, record }) => [person, record.id])).to.deep.equal([['form', 'a-form-ubnd']]);
    expect(explanations[0]?.wayOut.changes.map(({ kind, from, to }) => [kind, from, to])).to.deep.equal([
      ['delegate', 'form', 'clerk'],
    ]);
  });

  it('faults an unknown instance, person and command', async () => {
    expect((await run('whocli.none')).err).to.contain('notFound');
    expect((await run(plan.id, '--person', 'nobody')).err).to.contain('notFound');
    const { code, err } = await run(plan.id, '--command', 'FLY');
    expect(code).to.equal(1);
    expect(err).to.contain('inputInvalid').and.to.contain('FLY');
  });
});
