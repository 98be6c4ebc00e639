import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { runCli } from '../../src/cli/main.js';
import type { WorkingCalendar } from '../../src/office/time/calendar.js';
import { startApplication, type TestApplication } from '../support/application.js';
import { hostOf, terminal } from './terminal.js';

describe('trinhky calendar', () => {
  let app: TestApplication;
  let folder: string;
  before(async () => {
    app = await startApplication('cli-calendar');
    folder = await mkdtemp(join(tmpdir(), 'trinhky-calendar-'));
  });
  after(async () => {
    await rm(folder, { recursive: true });
    await app.close();
  });

  async function run(...words: readonly string[]) {
    const screen = terminal({ columns: 80 });
    // the application stays open for the next run
    const lent = { ...app, accounts: app.opened.accounts, close: () => Promise.resolve() };
    const code = await runCli(['calendar', ...words], hostOf(screen.io, { assemble: () => Promise.resolve(lent) }));
    return { code, out: screen.out(), err: screen.err() };
  }
  const inForce = async () => (await app.deps.store.directory.snapshot(app.authority)).calendar.version;

  it('load --dry-run tells the consequences and records nothing; load records', async () => {
    const dry = await run('load', 'examples/calendar-2026.json', '--dry-run', '--authority', app.authority);
    expect([dry.code, await inForce()]).to.deep.equal([0, 'test']);
    expect(dry.out)
      .to.contain('Chạy thử, chưa ghi: lịch vi-du-2026.2 sẽ thay cho test.')
      .and.to.contain('Số ngày đổi giữa làm việc và nghỉ: 15')
      .and.to.contain('22/08/2026  làm việc  Làm bù cho ngày 31/08/2026')
      .and.to.contain('Hồ sơ đang mở có hạn tính qua các ngày này: 0');
    const done = await run('load', 'examples/calendar-2026.json', '--json');
    expect(JSON.parse(done.out)).to.deep.include({ version: 'vi-du-2026.2', saved: true });
    expect(await inForce()).to.equal('vi-du-2026.2');
    const again = await run('load', 'examples/calendar-2026.json', '--recount');
    expect(again.out).to.contain('không có gì khác').and.to.contain('Số hồ sơ được tính lại hạn: 0');
    const nowhere = await run('load', 'examples/calendar-2026.json', '--authority', 'nowhere');
    expect([nowhere.code, nowhere.err.includes('notFound')]).to.deep.equal([1, true]);
  });

  it('shows a year in 80 columns: days marked in their months, each day with the number of its source', async () => {
    const { code, out } = await run('2026');
    expect(code).to.equal(0);
    expect(out.split('\n').filter((line) => line.length > 80)).to.deep.equal([]);
    expect(out)
      .to.contain('    Tháng 1 (21)             Tháng 2 (15)             Tháng 3 (22)\n')
      .and.to.contain('          1* 2- 3  4                        1                        1\n')
      .and.to.contain(' 5  6  7  8  9 10+11')
      .and.to.contain('16*17*18*19*20*21 22')
      .and.to.contain('- 31/08 T2  Nghỉ hoán đổi, làm bù ngày 22/08/2026 [8]\n')
      .and.to.contain('[8] Thông báo số 9441/TB-BNV ngày 16/10/2025 của Bộ Nội vụ\n')
      .and.to.contain('Cả năm: 250 ngày làm việc.');
    const english = await run('2026', '--lang', 'en');
    expect(english.out).to.contain('   February (15)').and.to.contain('Mo Tu We Th Fr Sa Su').and.to.contain("New Year's Day");
    // the fake clock stands in 2026
    expect((await run()).out).to.equal(out);
  });

  it('gives the year as JSON and as CSV', async () => {
    const json = JSON.parse((await run('2026', '--json')).out) as {
      workingDays: number[];
      days: { day: string; kind: string }[];
    };
    expect(json.workingDays).to.deep.equal([21, 15, 22, 20, 20, 22, 23, 21, 20, 22, 21, 23]);
    expect(json.days.filter(({ kind }) => kind === 'worked').map(({ day }) => day)).to.deep.equal(['2026-01-10', '2026-08-22']);
    const { out } = await run('2026', '--csv');
    const lines = out.trimEnd().split('\r\n');
    expect(lines[0]).to.equal('\uFEFFNgày,Thứ,Loại,Tên,Tên tiếng Anh,Văn bản quyết định,Căn cứ,Dự kiến');
    expect(lines).to.have.length(17);
    expect(lines[2]).to.contain('2026-01-02,T6,Nghỉ hoán đổi').and.to.contain('12729/VPCP-KGVX ngày 25/12/2025');
  });

  it('seeds a year that load takes, marked as proposed, with what date-holidays sees otherwise, and overwrites no file', async () => {
    const file = join(folder, 'lich-2027.json');
    const seed = await run('seed', '2027', '--out', file);
    expect(seed.code).to.equal(0);
    expect(seed.out)
      .to.contain('* 06/02 T7  Tết Nguyên đán (mùng 1) (dự kiến) [2]')
      .and.to.contain('03/09/2027  chỉ có theo luật: Nghỉ lễ Quốc khánh')
      .and.to.contain('Ngày Văn hóa Việt Nam');
    const draft = JSON.parse(await readFile(file, 'utf8')) as WorkingCalendar;
    expect(draft.holidays.filter(({ proposed }) => proposed)).to.have.length(8);
    const again = await run('seed', '2027', '--out', file);
    expect([again.code, again.err.includes('EEXIST')]).to.deep.equal([1, true]);
    const told = await run('load', file, '--dry-run');
    expect(told.out).to.contain('Còn 8 ngày nghỉ là dự kiến, chờ văn bản của năm.');
  });

  it('names every fault of a file with its place, in the words of the reader', async () => {
    const example = JSON.parse(await readFile('examples/calendar-2026.json', 'utf8')) as WorkingCalendar;
    const file = join(folder, 'sai.json');
    const swaps = [{ day: '2026-03-10', dayOff: '2026-03-14', source: 'x' }];
    await writeFile(file, JSON.stringify({ ...example, version: 'sai', workingSwaps: swaps }));
    const { code, err } = await run('load', file);
    expect(code).to.equal(1);
    expect(err)
      .to.contain('Lịch có lỗi:\n  /workingSwaps/0/decision: thiếu số, ngày của văn bản quyết định hoán đổi\n')
      .and.to.contain('  /workingSwaps/0/day: 2026-03-10 vốn là ngày làm việc')
      .and.to.contain('  /workingSwaps/0/dayOff: 2026-03-14 vốn đã là ngày nghỉ');
    await writeFile(file, 'không phải JSON');
    expect((await run('load', file)).code).to.equal(1);
    expect((await run('load', join(folder, 'none.json'))).err).to.contain('ENOENT');
  });

  it('says which years it knows, and what is no year', async () => {
    const unknown = await run('2199');
    expect([unknown.code, unknown.err.includes('trinhky calendar seed 2199')]).to.deep.equal([1, true]);
    expect((await run('26')).err).to.contain('“26” không phải là một năm.');
    const early = await run('seed', '1980');
    expect([early.code, early.err.split('\n')[0]]).to.deep.equal([
      1,
      'inputInvalid: Luật và âm lịch chỉ tính được các năm từ 1995 đến 2100, không phải 1980.',
    ]);
    expect((await run('0000')).err).to.contain('“0000” không phải là một năm.');
  });
});
