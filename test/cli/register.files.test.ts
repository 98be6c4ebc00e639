import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { runCli } from '../../src/cli/main.js';
import { openPlan, putInForce, startApplication, type TestApplication } from '../support/application.js';
import { hostOf, terminal } from './terminal.js';

describe('trinhky register', () => {
  let app: TestApplication;
  let folder: string;
  before(async () => {
    app = await startApplication('cli-register');
    folder = await mkdtemp(join(tmpdir(), 'trinhky-register-'));
    await putInForce(app, await openPlan(app));
    // its number is marked as used once the effect has run
    await app.relay.settle();
  });
  after(async () => {
    await rm(folder, { recursive: true });
    await app.close();
  });

  async function run(...words: readonly string[]) {
    const screen = terminal({ columns: 100 });
    // the application stays open for the next run
    const lent = { ...app, accounts: app.opened.accounts, close: () => Promise.resolve() };
    const code = await runCli(['register', ...words], hostOf(screen.io, { assemble: () => Promise.resolve(lent) }));
    return { code, out: screen.out(), err: screen.err() };
  }
  const march = ['--from', '2026-03-01', '--to', '2026-03-31'] as const;

  it('shows the register, each row with what it holds', async () => {
    const { code, out } = await run('outgoing', ...march);
    expect([code, out.includes('01/KH-UBND'), out.includes('Người ký')]).to.deep.equal([0, true, true]);
    const english = await run('incoming', ...march, '--lang', 'en');
    expect(english.out).to.contain('no rows in this period');
    const json = JSON.parse((await run('outgoing', ...march, '--json')).out) as { rows: string[][]; numbers: unknown };
    expect([json.rows.length, json.numbers]).to.deep.equal([1, { first: '01/KH-UBND', last: '01/KH-UBND' }]);
  });

  it('writes a CSV or a PDF by the ending of the file', async () => {
    const [csv, pdf] = [join(folder, 'so.csv'), join(folder, 'so.PDF')];
    expect((await run('outgoing', ...march, '--series', 'KH-UBND', '--out', csv)).code).to.equal(0);
    expect(await readFile(csv, 'utf8')).to.contain('01/KH-UBND');
    expect((await run('outgoing', ...march, '--out', pdf, '--volume', '2')).code).to.equal(0);
    // the plain printer of the tests writes what it was given
    expect(await readFile(pdf, 'utf8'))
      .to.contain('"volume":"2"')
      .and.to.contain('Sổ đăng ký văn bản đi');
  });

  it('explains what it cannot do, and writes nothing', async () => {
    const kind = await run('everything', ...march);
    expect([kind.code, kind.err.includes('archivedCopies')]).to.deep.equal([1, true]);
    expect((await run('outgoing', ...march, '--out', join(folder, 'so.xlsx'))).code).to.equal(1);
    expect((await run('outgoing', '--from', '2026-03-02', '--to', '2026-03-01')).err).to.contain('inputInvalid');
    expect((await run('outgoing', '--from', '2026-03-02')).code).to.equal(2);
  });
});
