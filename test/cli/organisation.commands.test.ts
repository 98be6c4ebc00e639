import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { runCli } from '../../src/cli/main.js';
import { faultCodes } from '../../src/commands/organisation/brought.js';
import { consequenceCodes } from '../../src/office/organisation/consequence.js';
import { recordKinds } from '../../src/office/organisation/records.js';
import { startApplication, type TestApplication } from '../support/application.js';
import { openReport } from '../support/province.js';
import { hostOf, terminal } from './terminal.js';

describe('trinhky organisation', () => {
  let app: TestApplication;
  let folder: string;
  before(async () => {
    app = await startApplication('cli-organisation');
    folder = await mkdtemp(join(tmpdir(), 'trinhky-organisation-'));
  });
  after(async () => {
    await rm(folder, { recursive: true });
    await app.close();
  });

  async function run(...words: readonly string[]) {
    const screen = terminal({ columns: 100 });
    const lent = { ...app, accounts: app.opened.accounts, close: () => Promise.resolve() };
    const code = await runCli(['organisation', ...words], hostOf(screen.io, { assemble: () => Promise.resolve(lent) }));
    return { code, out: screen.out(), err: screen.err() };
  }

  it('exports a folder of tables that a spreadsheet opens, and imports what was changed there', async () => {
    const out = join(folder, 'bang');
    expect((await run('export', '--out', out)).code).to.equal(0);
    const file = join(out, 'appointments.csv');
    const text = await readFile(file, 'utf8');
    expect(text.startsWith('\u{FEFF}id,person,unit,post')).to.equal(true);
    for (const more of [[], ['--dry-run']])
      expect((await run('import', out, ...more)).out).to.equal(
        '- Lịch làm việc test giữ nguyên\nKhông có thay đổi nào; không ghi gì.\n',
      );
    // when the head of ward 1 leaves at the end of the month
    await openReport(app, app.authority, 'p1', 'p1');
    await writeFile(
      file,
      text.replace(
        'a-head-p1-p1,head-p1,p1,head,,FALSE,2000-01-01,',
        'a-head-p1-p1,head-p1,p1,head,,FALSE,2000-01-01,31/03/2026',
      ),
    );
    const rehearsed = await run('import', out, '--dry-run');
    expect(rehearsed.out.split('\n').filter((line) => line !== '')).to.deep.equal([
      '- Kết thúc: giữ chức danh Trưởng đơn vị, Phường 1 (Người ví dụ 12; a-head-p1-p1), ngày cuối 31/03/2026',
      '- Người ví dụ 12 (head-p1) thôi giữ chức danh Trưởng đơn vị, Phường 1 (p1), từ 01/04/2026 đến nay; 1 việc đang chờ ở chức danh này',
      '- Khuyết: Trưởng đơn vị, Phường 1 (p1), từ 01/04/2026; 1 việc đang chờ',
      `- Không còn ai xử lý: ${(await app.deps.store.instances.list({ filter: { authority: app.authority, anyOf: null }, definition: 'report', parent: null, open: true, originator: null, after: null, limit: 1 }))[0]?.id} “Báo cáo p1”, từ 01/04/2026`,
      '- Lịch làm việc test giữ nguyên',
      'Chạy thử: chưa ghi gì.',
    ]);
    expect((await run('import', out)).out).to.contain('Đã ghi các thay đổi.');
    expect((await run('check')).code).to.equal(0);
  });

  it('calls units, people and lists by their names in a dry run, also those that it would bring', async () => {
    const file = join(folder, 'moi.json');
    const unit = { id: 'p9', name: 'Phường Chín', abbreviation: 'P9', kind: 'ward', parent: 'ubnd', validFrom: '2026-05-01' };
    const person = { id: 'head-p9', name: 'Người ví dụ 99', login: 'vi-du-99', disabled: false };
    const old = {
      ...(await app.deps.store.directory.snapshot(app.authority)).units.find(({ id }) => id === 'p2'),
      validTo: '2026-12-31',
    };
    const list = { id: 'cac-phuong', name: 'Các phường', units: ['p1', 'p9'] };
    const posts = [
      { id: 'a-9', person: 'head-p9', unit: 'p9', post: 'head', title: null, acting: false, from: '2026-05-01', to: null },
    ];
    const units = [{ ...unit, validTo: null }, old];
    await writeFile(file, JSON.stringify({ units, people: [person], appointments: posts, lists: [list] }));
    const { out, err } = await run('import', file, '--dry-run');
    expect(err).to.equal('');
    expect(out)
      .to.contain('- Thêm mới: đơn vị Phường Chín (p9)\n')
      .and.to.contain('- Kết thúc: đơn vị Phường 2 (p2), ngày cuối 31/12/2026\n')
      .and.to.contain('- Thêm mới: người Người ví dụ 99 (head-p9)\n')
      .and.to.contain('- Thêm mới: giữ chức danh Trưởng đơn vị, Phường Chín (Người ví dụ 99; a-9)\n')
      .and.to.contain('- Thêm mới: danh sách nơi nhận Các phường (cac-phuong)\n')
      .and.to.contain('- Người ví dụ 99 (head-p9) giữ chức danh Trưởng đơn vị, Phường Chín (p9)')
      .and.to.match(/Chạy thử: chưa ghi gì\.\n$/);
    const json = JSON.parse((await run('import', file, '--dry-run', '--json')).out) as Record<string, unknown>;
    expect(Object.keys(json)).to.have.members(['written', 'counts', 'consequences']);
  });

  it('tells each fault with its place and what to do, and writes nothing', async () => {
    const file = join(folder, 'units.csv');
    await writeFile(file, 'id;name;abbreviation;kind;parent;validFrom;validTo\np9;Phường 9;P9;ward;ubnd;32/01/2026;\n');
    const { code, out } = await run('import', file);
    expect([code, out]).to.deep.equal([
      1,
      'units.csv dòng 2, cột validFrom: “32/01/2026” không phải một ngày. Ghi ngày theo kiểu dd/mm/yyyy hoặc yyyy-mm-dd.\n1 lỗi; chưa ghi gì.\n',
    ]);
    const json = JSON.parse((await run('import', file, '--json')).out) as {
      error: { code: string; params: { faults: unknown[] } };
    };
    expect([json.error.code, json.error.params.faults.length]).to.deep.equal(['inputInvalid', 1]);
    expect((await run('import', join(folder, 'nowhere'))).err).to.contain('inputInvalid');
    expect((await run('export', '--out', folder, '--format', 'xml')).code).to.equal(1);
  });

  it('shows who holds what on a day, and by which record, of all units, one, or one person', async () => {
    const lines = async (...more: string[]) => (await run('show', ...more)).out.trimEnd().split('\n');
    expect((await lines('--at', '2026-03-01'))[0]).to.equal('ỦY BAN NHÂN DÂN QUẬN VÍ DỤ, ngày 01/03/2026');
    expect(await lines('--at', '2026-03-31', '--unit', 'p1')).to.deep.equal([
      'Phường 1 (p1), ngày 31/03/2026',
      'Trưởng đơn vị  Người ví dụ 12 (head-p1); a-head-p1-p1, từ 01/01/2000 đến 31/03/2026',
    ]);
    expect(await lines('--at', '2026-04-01', '--unit', 'p1')).to.deep.equal([
      'Phường 1 (p1), ngày 01/04/2026',
      'Trưởng đơn vị  khuyết',
    ]);
    expect(await lines('--at', '2026-03-01', '--person', 'deputy')).to.deep.equal([
      'Người ví dụ 02 (deputy), ngày 01/03/2026',
      'Chức danh  Phó Chủ tịch, Ủy ban nhân dân (ví dụ) (ubnd); a-deputy-ubnd, từ 01/01/2000 đến nay',
      'Phân công  Văn hóa - xã hội; 12/QĐ-UBND; division-deputy, từ 01/01/2000 đến nay',
    ]);
    const json = JSON.parse((await run('show', '--at', '1999-12-31', '--person', 'deputy', '--json')).out) as {
      posts: unknown[];
    };
    expect(json).to.deep.include({ day: '1999-12-31', person: 'deputy', posts: [], divisions: [] });
    for (const wrong of [
      ['--at', '2026-02-30'],
      ['--unit', 'p77'],
      ['--unit', 'p1', '--person', 'deputy'],
      ['--person', 'nobody'],
    ])
      expect((await run('show', ...wrong)).code, wrong.join(' ')).to.equal(1);
    const screen = terminal({ columns: 80 });
    const lent = { ...app, accounts: app.opened.accounts, close: () => Promise.resolve() };
    await runCli(['organisation', 'show', '--lang', 'en'], hostOf(screen.io, { assemble: () => Promise.resolve(lent) }));
    expect(
      Math.max(
        ...screen
          .out()
          .split('\n')
          .map((line) => line.length),
      ),
    ).to.be.at.most(80);
  });

  it('answers the check by its exit code, and names what nobody can do', async () => {
    app.clock.set('2026-04-01T02:00:00.000Z');
    const { code, out } = await run('check');
    expect(code).to.equal(1);
    expect(out).to.contain('khuyết Trưởng đơn vị, Phường 1 (p1)').and.to.contain('1 hồ sơ không có người xử lý');
    const json = JSON.parse((await run('check', '--json')).out) as { checked: number; ownerless: { commands: unknown[] }[] };
    expect([json.checked, json.ownerless.length]).to.deep.equal([1, 1]);
  });

  it('carries a succession out, rehearsed first, and refuses it before its day', async () => {
    const file = join(folder, 'nhap.json');
    const unit = {
      id: 'p9',
      name: 'Phường Mới',
      abbreviation: 'P9',
      kind: 'ward',
      parent: 'ubnd',
      validFrom: '2026-05-01',
      validTo: null,
    };
    const succession = {
      id: 'nhap',
      kind: 'merge',
      from: ['p1', 'p2'],
      to: ['p9'],
      on: '2026-05-01',
      shares: [],
      decision: 'QĐ 1',
    };
    await writeFile(file, JSON.stringify({ units: [unit], successions: [succession] }));
    expect((await run('import', file)).code).to.equal(0);
    const rehearsed = await run('succeed', 'nhap', '--dry-run');
    expect(rehearsed.out)
      .to.contain('1 hồ sơ đang mở (report) chuyển từ Phường 1 (p1) sang Phường Mới (p9)')
      .and.to.contain('Đơn vị tiếp nhận Phường Mới (p9) chưa có Trưởng đơn vị từ 01/05/2026; 1 việc chờ chức danh này')
      .and.to.contain('Chạy thử: 1 hồ sơ đang mở sẽ chuyển; chưa ghi gì.');
    expect((await run('succeed', 'nhap')).err).to.contain('Quyết định có hiệu lực từ ngày 2026-05-01, hôm nay là 2026-04-01.');
    app.clock.set('2026-05-01T02:00:00.000Z');
    expect((await run('succeed', 'nhap')).out).to.contain('Đã chuyển 1 hồ sơ đang mở.');
    expect((await run('succeed', 'nhap')).out).to.contain('Đã chuyển 0 hồ sơ đang mở.');
    expect((await run('succeed', 'nowhere')).err).to.contain('nowhere');
  });

  it('has words for every consequence, fault and kind, in both languages', async () => {
    for (const language of ['vi', 'en']) {
      const file = new URL(`../../src/locales/cli.${language}.json`, import.meta.url);
      const { organisation } = JSON.parse(await readFile(file, 'utf8')) as {
        organisation: Record<'consequences' | 'kinds' | 'faults', Record<string, unknown>>;
      };
      expect(Object.keys(organisation.consequences)).to.have.members([...consequenceCodes]);
      expect(Object.keys(organisation.faults)).to.have.members([...faultCodes]);
      expect(Object.keys(organisation.kinds)).to.have.members([...recordKinds]);
    }
  });
});
