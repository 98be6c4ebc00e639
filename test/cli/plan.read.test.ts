import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { runCli } from '../../src/cli/main.js';
import { hostOf, terminal } from './terminal.js';

const example = 'test/office/examples/07-da-nang-2016-chuong-trinh.txt';

async function run(...words: readonly string[]) {
  const { io, out, err } = terminal({ columns: 100 });
  const code = await runCli(words, hostOf(io));
  return { code, out: out(), err: err() };
}

/** Runs a test in a folder of its own. */
async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'trinhky-plan-'));
  try {
    await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

describe('cli/plan: reading papers', () => {
  it('shows a paper in Vietnamese and in English, within 100 columns', async () => {
    const vi = await run('plan', 'read', example);
    const en = await run('plan', 'read', example, '--lang', 'en');
    expect([vi.code, vi.err, en.code, en.err]).to.deep.equal([0, '', 0, '']);
    expect(vi.out).to.contain('Số, ký hiệu     5120/CTr-UBND').and.contain('Chủ trì: Thành đoàn Đà Nẵng').and.contain('Phần ký');
    expect(en.out)
      .to.contain('Leads: Thành đoàn Đà Nẵng')
      .and.contain('Due: Quý II/2017 (30/06/2017)')
      .and.not.contain('Chủ trì:');
    for (const { out } of [vi, en]) for (const line of out.split('\n')) expect(line.length, line).to.be.at.most(100);
  });

  it('refuses a paper that bears a degree of secrecy', async () => {
    await inFolder(async (folder) => {
      const file = join(folder, 'mat.txt');
      await writeFile(file, 'UBND XÃ MẪU\nSố: 02/KH-UBND\nMẬT\nKẾ HOẠCH\nVỀ VIỆC LÀM MẪU\n1. Lập danh sách riêng.\n');
      const { code, out, err } = await run('plan', 'read', file);
      expect([code, out]).to.deep.equal([1, '']);
      expect(err).to.match(/^secretRefused/);
      expect(err).not.to.contain('danh sách riêng');
    });
  });

  it('says what a person should look at, each with its sentence', async () => {
    await inFolder(async (folder) => {
      const file = join(folder, 'mau.txt');
      await writeFile(
        file,
        'UBND XÃ MẪU\nSố: 02/KH-UBND\nMẫu, ngày 05 tháng 3 năm 2021\nKẾ HOẠCH\nVỀ VIỆC LÀM MẪU\nI. NHIỆM VỤ\n1. Lập danh sách trước ngày 01/02/2020.\n',
      );
      const { out } = await run('plan', 'read', file);
      expect(out).to.match(/thiếu +Không thấy nơi nhận\./);
      expect(out).to.match(/cần xem +Thời hạn đứng trước ngày của văn bản: “trước ngày 01\/02\/2020”/);
      expect(out).to.match(/lưu ý +Điều khoản không nêu đơn vị thực hiện:/);
      const { findings } = JSON.parse((await run('plan', 'read', file, '--json')).out) as {
        findings: readonly { code: string; severity: string; span: readonly number[] | null }[];
      };
      expect(findings.map(({ code, severity }) => `${severity} ${code}`)).to.deep.equal([
        'missing signatureMissing',
        'missing recipientsMissing',
        'warning dueBeforeIssue',
        'note unitMissing',
      ]);
    });
  });

  it('answers a file that is not there, or is no text, with what to do', async () => {
    const away = await run('plan', 'read', '/nowhere/mau.txt');
    expect([away.code, away.err.split(':')[0]]).to.deep.equal([1, 'readingFailed']);
    await inFolder(async (folder) => {
      await writeFile(join(folder, 'mau.txt'), Buffer.from([0x43, 0xf4, 0xff, 0xfe, 0xfa]));
      const { code, err } = await run('plan', 'read', join(folder, 'mau.txt'));
      expect(code).to.equal(1);
      expect(err).to.match(/^file\w+: .+\nCần làm: /);
    });
  });

  it('reports the agreement with readings by hand, each paper and over all', async () => {
    const json = await run('plan', 'agree', 'test/office/examples', '--json');
    const told = JSON.parse(json.out) as { papers: readonly { name: string; mean: number }[]; mean: number };
    expect(told.papers).to.have.length(20);
    expect(told.mean).to.be.within(0.9, 1);
    const text = await run('plan', 'agree', 'test/office/examples', '--lang', 'en');
    expect([text.code, text.err]).to.deep.equal([0, '']);
    expect(text.out)
      .to.contain('07-da-nang-2016-chuong-trinh')
      .and.contain('Clause starts')
      .and.match(/Mean of 20 papers: [01]\.\d{3}\n/);
    for (const line of text.out.split('\n')) expect(line.length, line).to.be.at.most(100);
  });

  it('says so where a folder holds no readings, or one that is none', async () => {
    await inFolder(async (folder) => {
      expect((await run('plan', 'agree', folder)).err).to.contain('không có cặp văn bản');
      await writeFile(join(folder, 'a.txt'), 'KẾ HOẠCH');
      await writeFile(join(folder, 'a.json'), '{"number": "1", "clauses": {}}');
      const { code, err } = await run('plan', 'agree', folder);
      expect(code).to.equal(1);
      expect(err).to.contain('không phải một bản đọc tay');
    });
  });
});
