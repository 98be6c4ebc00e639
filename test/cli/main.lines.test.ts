import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { runCli } from '../../src/cli/main.js';
import { hostOf, terminal } from './terminal.js';

async function run(line: string, more: Parameters<typeof hostOf>[1] = {}) {
  const { io, out, err } = terminal();
  const code = await runCli(
    line.split(' ').filter((word) => word !== ''),
    hostOf(io, more),
  );
  return { code, out: out(), err: err() };
}

describe('cli/main: command lines, output, exit codes', () => {
  for (const name of ['serve', 'demo', 'check', 'draw', 'inbox', 'history', 'outbox', 'person', 'person reset']) {
    it(`explains ${name} in Vietnamese and in English`, async () => {
      const vi = await run(`${name} --help`);
      const en = await run(`${name} --help --lang en`);
      expect([vi.code, en.code, vi.err, en.err]).to.deep.equal([0, 0, '', '']);
      expect(vi.out).to.contain('Cách dùng: trinhky').and.contain('--json');
      expect(en.out).to.contain('Usage: trinhky').and.not.contain('Cách dùng');
    });
  }

  it('takes its language from LANG, and Vietnamese where LANG names none of ours', async () => {
    expect((await run('--help', { lang: 'en_GB.UTF-8' })).out).to.contain('Usage:');
    expect((await run('--help', { lang: 'C.UTF-8' })).out).to.contain('Cách dùng:');
    expect((await run('--help --lang vi', { lang: 'en_GB.UTF-8' })).out).to.contain('Cách dùng:');
  });

  it('answers 2 for a line that it does not understand, with what to do', async () => {
    for (const line of ['lam-gi-do', 'demo --khong-co', 'inbox', 'demo a b', '--lang fr']) {
      const { code, err } = await run(line);
      expect([line, code]).to.deep.equal([line, 2]);
      expect(err).to.match(/^inputInvalid: .+\nCần làm: .+\n$/);
    }
  });

  it('prints a fault as code, sentence and what to do, or as JSON alone', async () => {
    // given a database that is away
    const text = await run('inbox vidu01 --lang en');
    const json = await run('inbox vidu01 --json');
    // then
    expect(text.code).to.equal(1);
    expect(text.err).to.match(/^databaseAway: .+\nWhat to do: /);
    expect(json.code).to.equal(1);
    expect(json.err).to.equal('');
    const { error } = JSON.parse(json.out) as { error: Record<string, string> };
    expect(error['code']).to.equal('databaseAway');
    expect(error['sentence']).to.be.a('string').and.not.equal('');
  });

  it('says why a text cannot be taken through a year', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'trinhky-cli-'));
    try {
      const letter = join(folder, 'letter.txt');
      await writeFile(
        letter,
        'ỦY BAN NHÂN DÂN QUẬN VÍ DỤ\nSố: 5/UBND-NV\nV/v báo cáo\nVí Dụ, ngày 02 tháng 3 năm 2010\nKính gửi: Các phường.\n1. Gửi báo cáo.\n',
      );
      await writeFile(join(folder, 'binary.txt'), Buffer.from([0xff, 0xfe, 0x00, 0x01]));
      const reasons = await Promise.all(
        [letter, join(folder, 'binary.txt'), join(folder, 'none.txt')].map(async (file) => {
          const { out, code } = await run(`demo ${file} --json`);
          const { error } = JSON.parse(out) as { error: { code: string; params: { reason: string } } };
          return [code, error.code, error.params.reason];
        }),
      );
      expect(reasons).to.deep.equal([
        [1, 'readingFailed', 'notAPlan'],
        [1, 'readingFailed', 'binary'],
        [1, 'readingFailed', 'noFile'],
      ]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('tries the folder for the papers before the story begins', async () => {
    const { code, err } = await run('demo --out package.json/out --lang en');
    expect(code).to.equal(1);
    expect(err).to.match(/^inputInvalid: Could not write to package\.json\/out: .+\nWhat to do: Give --out/);
  });

  it('never plays the demo in the folder of the server', async () => {
    const { code, err } = await run('demo --data /nowhere/data');
    expect(code).to.equal(1);
    expect(err).to.contain('/nowhere/data là thư mục dữ liệu của máy chủ');
  });

  it('checks definitions: 0 where all are sound, 1 with file and place of every fault', async () => {
    expect(await run('check')).to.include({ code: 0, err: '' });
    const folder = await mkdtemp(join(tmpdir(), 'trinhky-cli-'));
    try {
      await writeFile(join(folder, 'x.v1.json'), '{"id": "x", "version": 1, "surprise": true}');
      const { code, out } = await run(`check ${folder}`);
      expect(code).to.equal(1);
      expect(out).to.match(/^x\.v1\.json#.*surprise/m);
      const json = JSON.parse((await run(`check ${folder} --json`)).out) as { faults: { file: string; pointer: string }[] };
      expect(json.faults.length).to.be.greaterThan(1);
      expect(json.faults[0]).to.include({ file: 'x.v1.json' });
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('draws a definition, marks a state, and knows which ones there are', async () => {
    const drawn = await run('draw document --state /signing/prepared');
    expect(drawn.code).to.equal(0);
    expect(drawn.out)
      .to.match(/^stateDiagram-v2\n/)
      .and.match(/class \S*prepared active/);
    const unknown = await run('draw nothing');
    expect(unknown.code).to.equal(1);
    expect(unknown.err).to.contain('document.v1');
    expect((await run('draw document --state /nowhere')).err).to.contain('/signing/prepared');
  });

  it('hands serve its address', async () => {
    expect(await run('serve --json')).to.deep.equal({ code: 0, out: '{"address":"http://127.0.0.1:4711"}\n', err: '' });
  });
});
