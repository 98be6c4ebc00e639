import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { makePrinter } from '../../src/documents/printer.js';
import { faultsIn, type Verdict, verapdf, verapdfMissing } from '../support/verapdf/verapdf.js';
import { archivePapers } from './archivePapers.js';
import { signedPaper, signingPlace } from './signingSupport.js';
import { browserTestMsMax, cacheFolder } from './support.js';

const stages = ['printed', 'signed', 'sealed'] as const;

describe('documents: what veraPDF says of papers, by PDF/A-2a and PDF/UA-1', function () {
  this.timeout(3 * browserTestMsMax);
  const papers = archivePapers();
  let folder: string;
  let verdicts: readonly Verdict[];
  const fileOf = (name: string, stage: string) => join(folder, `${name}.${stage}.pdf`);

  before(async function () {
    const missing = await verapdfMissing();
    if (missing !== null) {
      console.log(`      skipped: ${missing}`);
      this.skip();
    }
    folder = await mkdtemp(join(tmpdir(), 'trinhky-verapdf-'));
    const place = await signingPlace();
    const printer = makePrinter({ cacheFolder });
    try {
      for (const [name, paper] of Object.entries(papers)) {
        const made = await signedPaper(place, (await printer.print(paper)).bytes);
        for (const stage of stages) await writeFile(fileOf(name, stage), made[stage]);
      }
    } finally {
      await printer.close();
      await place.remove();
    }
    verdicts = await verapdf(Object.keys(papers).flatMap((name) => stages.map((stage) => fileOf(name, stage))));
  });
  after(async () => {
    if (folder !== undefined) await rm(folder, { recursive: true });
  });

  for (const name of Object.keys(papers)) {
    for (const stage of stages) {
      it(`${name}, ${stage}: no failed check`, () => {
        expect(faultsIn(verdicts, fileOf(name, stage))).to.deep.equal([]);
      });
    }
  }
});

describe('documents: veraPDF itself', function () {
  this.timeout(browserTestMsMax);

  it('finds fault with a draft and with what is no PDF', async function () {
    const missing = await verapdfMissing();
    if (missing !== null) {
      console.log(`      skipped: ${missing}`);
      this.skip();
    }
    const folder = await mkdtemp(join(tmpdir(), 'trinhky-verapdf-'));
    const printer = makePrinter({ cacheFolder });
    try {
      const draft = join(folder, 'draft.pdf');
      const text = join(folder, 'text.pdf');
      const paper = archivePapers()['letter'];
      if (paper === undefined) throw new Error('no letter');
      await writeFile(draft, (await printer.print({ ...paper, number: null, issuedOn: null, final: false })).bytes);
      await writeFile(text, 'Kính gửi');
      const verdicts = await verapdf([draft, text]);
      expect(faultsIn(verdicts, draft).join('\n')).to.contain('2a 6.6.2.1-1').and.contain('ua1 7.1-3');
      expect(faultsIn(verdicts, text)).to.have.length(2);
    } finally {
      await printer.close();
      await rm(folder, { recursive: true });
    }
  });
});
