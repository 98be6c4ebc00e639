import { expect } from 'chai';
import type { CliApplication } from '../../src/cli/host.js';
import { runCli } from '../../src/cli/main.js';
import { startApplication, type TestApplication } from '../support/application.js';
import { type SmallYear, smallYear } from '../support/smallYear.js';
import { hostOf, terminal } from './terminal.js';

describe('cli/coverage: every clause and what became of it', function () {
  this.timeout(30_000);
  let app: TestApplication;
  let year: SmallYear;
  before(async () => {
    app = await startApplication('covcli');
    year = await smallYear(app);
  });
  after(() => app?.close());

  async function run(...words: readonly string[]) {
    const screen = terminal({ columns: 80 });
    const beside: CliApplication = { ...app, accounts: app.opened.accounts, close: () => Promise.resolve() } as never;
    const code = await runCli(['coverage', ...words], hostOf(screen.io, { assemble: () => Promise.resolve(beside) }));
    return { code, out: screen.out(), err: screen.err() };
  }

  it('fits eighty columns and ends well where nothing is missing', async () => {
    const { code, out, err } = await run(year.plan);
    expect([code, err]).to.deep.equal([0, '']);
    expect(out.split('\n').filter((line) => line.length > 80)).to.deep.equal([]);
    expect(out).to.include('4 điều khoản · 3 nhiệm vụ · 7 việc · 1 điều khoản không giao việc');
    expect(out).to.include('→ Đã nghiệm thu, Tốt').and.to.include('3 việc: 3 trước hạn');
    expect(out).to.include('→ Không giao việc: Chỉ nêu yêu cầu chung.');
    expect(out).to.include('✓ Mọi điều khoản đều có kết quả xử lý');
  });

  it('names what is missing, by code and id, and ends with 1', async () => {
    const rows = app.connection.collection<{ _id: string }>('instances');
    await rows.deleteOne({ _id: year.part });
    const { code, out } = await run(year.plan);
    expect(code).to.equal(1);
    expect(out).to.include('1 điểm chưa khép kín').and.to.include('(partMissing');
    const told = JSON.parse((await run(year.plan, '--json')).out) as { faults: { code: string }[]; rows: unknown[] };
    expect(told.faults.map((fault) => fault.code)).to.deep.equal(['partMissing']);
    expect(told.rows).to.have.length(4);
    expect((await run('covcli.000000000000000000000000')).code).to.equal(1);
  });
});
