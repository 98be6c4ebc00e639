import { fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { makePrinter } from '../../src/documents/printer.js';
import { archivePapers } from './archivePapers.js';
import { browserTestMsMax, cacheFolder } from './support.js';

const names = ['plan', 'letter', 'report', 'saoY', 'minutes'];

interface Told {
  readonly hashes: Readonly<Record<string, string>>;
  readonly zone: number;
  readonly language: string;
}

async function printedElsewhere(cache: string): Promise<Told> {
  const child = fork(fileURLToPath(new URL('printAgainChild.ts', import.meta.url)), [cache, ...names], {
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, TZ: 'America/St_Johns', LC_ALL: 'de_DE.UTF-8', LANG: 'de_DE.UTF-8' },
  });
  return new Promise((resolve, reject) => {
    child.once('message', (told: Told) => resolve(told));
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`ended with ${code}`)));
  });
}

describe('documents/finish: the same paper from anywhere', function () {
  this.timeout(2 * browserTestMsMax);

  it('has the same bytes from another process, browser, cache folder, zone and language, in another order, two at once', async () => {
    // given prints of this process, one after another
    const printer = makePrinter({ cacheFolder });
    const own: Record<string, string> = {};
    for (const name of names) {
      const paper = archivePapers()[name];
      if (paper !== undefined) own[name] = (await printer.print(paper)).hash;
    }
    await printer.close();
    // when a process of another kind prints them all at once
    const elsewhere = await mkdtemp(join(tmpdir(), 'trinhky-elsewhere-'));
    try {
      const told = await printedElsewhere(elsewhere);
      // then it was indeed another kind, and nothing of it shows
      expect([told.zone, told.language]).to.deep.equal([210, 'de-DE']);
      expect(told.hashes).to.deep.equal(own);
      expect(Object.keys(own)).to.deep.equal(names);
    } finally {
      await rm(elsewhere, { recursive: true, force: true });
    }
  });
});
