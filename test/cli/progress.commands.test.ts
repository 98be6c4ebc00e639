import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { CliApplication } from '../../src/cli/host.js';
import { runCli } from '../../src/cli/main.js';
import { startApplication, type TestApplication } from '../support/application.js';
import { wardsYear } from '../support/progressYear.js';
import { hostOf, terminal } from './terminal.js';

describe('cli/progress and cli/export', () => {
  let app: TestApplication;
  let plan: string;
  let folder: string;
  before(async () => {
    app = await startApplication('seencli');
    plan = await wardsYear(app);
    folder = await mkdtemp(join(tmpdir(), 'trinhky-export-'));
  });
  after(async () => {
    await app.close();
    await rm(folder, { recursive: true });
  });

  async function run(...words: readonly string[]) {
    const screen = terminal({ columns: 100 });
    const beside: CliApplication = { ...app, accounts: app.opened.accounts, close: () => Promise.resolve() } as never;
    const code = await runCli(words, hostOf(screen.io, { assemble: () => Promise.resolve(beside) }));
    return { code, out: screen.out(), err: screen.err() };
  }

  it('shows the numbers, the units in the order of their names, and who is waited for, within the terminal', async () => {
    const { code, out, err } = await run('progress', plan);
    expect([code, err]).to.deep.equal([0, '']);
    expect(out).to.match(/^Kế hoạch ví dụ năm 2010$/m);
    expect(out).to.match(/^ {2}Quá hạn chưa hoàn thành +7$/m);
    expect(out).to.contain('Tỷ lệ đã nhận: 87,5% (28/32) · Tỷ lệ đúng hạn: 92,9% (26/28)');
    // done of all, overdue, not started, received of asked for, late, silent or overdue
    expect(out).to.match(/^Phường 7 +1\/3 +1 +· +1\/3 +· +1$/m);
    expect(out).to.match(/^Phường 16 +2\/3 +· +1 +1\/3 +· +1$/m);
    expect(out.indexOf('Phường 2 ')).to.be.below(out.indexOf('Phường 10 '));
    expect(Math.max(...out.split('\n').map((line) => line.length))).to.be.at.most(100);
  });

  it('takes a quarter and a unit, and tells what is neither', async () => {
    const { out } = await run('progress', plan, '--quarter', '2010-Q1', '--unit', 'p13', '--json');
    expect((JSON.parse(out) as { duties: object }).duties).to.include({ total: 3, running: 2, notStarted: 1, late: 0 });
    expect((await run('progress', plan, '--quarter', '2010')).code).to.equal(1);
    expect((await run('progress', plan, '--unit', 'nobody')).code).to.equal(1);
    expect((await run('progress', `${app.authority}.${'0'.repeat(24)}`)).code).to.equal(1);
    expect((await run('export', plan, '--as', 'pdf', '--out', join(folder, 'x'))).err).to.contain('csv, xlsx, json, ocel');
  });

  it('writes each format to a file', async () => {
    for (const [format, begins] of [
      ['csv', '\ufeffLoại,'],
      ['xlsx', 'PK'],
      ['json', '{"plan"'],
      ['ocel', '{"objects"'],
    ] as const) {
      const file = join(folder, `plan.${format}`);
      const { code, out } = await run('export', plan, '--as', format, '--out', file, '--json');
      expect(code, format).to.equal(0);
      const bytes = await readFile(file);
      expect(bytes.toString('utf8').startsWith(begins), format).to.equal(true);
      expect(JSON.parse(out)).to.include({ as: format, bytes: bytes.length });
    }
  });
});
