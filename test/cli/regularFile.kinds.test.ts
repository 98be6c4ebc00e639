import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { runCli } from '../../src/cli/main.js';
import { isTooLarge, regularFile } from '../../src/cli/regularFile.js';
import { hostOf, terminal } from './terminal.js';

describe('cli: a file named on the command line', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'trinhky-file-'));
    // given: a pipe that nobody writes to, under names that each command would read
    for (const name of ['pipe', 'pipe.txt']) execFileSync('mkfifo', [join(folder, name)]);
  });
  after(() => rm(folder, { recursive: true }));

  const lines: readonly (readonly string[])[] = [['form', 'check'], ['plan', 'read'], ['verify'], ['demo', '--plan']];
  for (const line of lines)
    for (const name of ['pipe.txt', '.'])
      it(`${line.join(' ')} answers for ${name === '.' ? 'a folder' : 'a pipe'} and waits for nothing`, async () => {
        const { io, err } = terminal();
        const code = await runCli([...line, join(folder, name)], hostOf(io, { lang: 'vi' }));
        expect(code).to.be.greaterThan(0);
        expect(err()).to.not.equal('');
      });

  it('is read whole up to its bound, and not at all above it', async () => {
    const file = join(folder, 'four.txt');
    await writeFile(file, 'bốn');
    const size = Buffer.byteLength('bốn');
    expect((await regularFile(file, size)).toString()).to.equal('bốn');
    const error = await regularFile(file, size - 1).catch((one: unknown) => one);
    expect(isTooLarge(error)).to.equal(true);
    expect(isTooLarge(await regularFile(folder, size).catch((one: unknown) => one))).to.equal(false);
  });
});
