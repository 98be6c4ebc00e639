import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Printer } from '../../src/commands/papers/printing.js';
import type { RegisterAsk } from '../../src/commands/papers/registers.js';
import { buildRegister, registerSheet } from '../../src/commands/papers/registers.js';
import { issuedPaper, numberAsked, repeatPrint } from '../../src/commands/papers/repeatPrint.js';
import { makePrinter } from '../../src/documents/printer.js';
import { makeSigner, makeVerifier } from '../../src/documents/signing/signer.js';
import { ensureTestKeys } from '../../src/documents/signing/testKeys.js';
import type { Instance } from '../../src/engine/instance.js';
import { openPlan, putInForce, startApplication, type TestApplication } from '../support/application.js';
import { town } from '../support/town.js';
import { faultsIn, verapdf, verapdfMissing } from '../support/verapdf/verapdf.js';
import { browserTestMsMax, cacheFolder } from './support.js';

const authority = 'issued';

describe('documents: what an office issues and keeps', function () {
  this.timeout(2 * browserTestMsMax);
  let folder: string;
  let printer: Printer;
  let app: TestApplication;
  let issued: Instance;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'trinhky-issued-'));
    const keyFolder = join(folder, 'keys');
    await ensureTestKeys({ keyFolder, directory: town(authority) });
    printer = makePrinter({ cacheFolder });
    const signing = { signer: makeSigner({ keyFolder }), verifier: makeVerifier({ keyFolder }) };
    app = await startApplication(authority, { printer, signing });
    issued = await putInForce(app, await openPlan(app));
    await app.relay.settle();
  });
  after(async () => {
    await app.close();
    await printer.close();
    await rm(folder, { recursive: true });
  });

  it('an issued paper comes out the same from another browser', async () => {
    const other = makePrinter({ cacheFolder });
    try {
      const found = await issuedPaper(app.deps, authority, numberAsked('01/KH-UBND', null));
      const repeated = await repeatPrint({ ...app.deps, printer: other }, authority, found);
      expect(repeated).to.deep.equal({
        same: true,
        before: issued.context.prepared,
        now: issued.context.prepared,
        issuedBeginsSo: true,
        changed: [],
      });
      expect(Object.keys(found.prepared.versions).sort()).to.deep.equal(['browser', 'finish', 'font', 'paper', 'template']);
    } finally {
      await other.close();
    }
  });

  it('the paper, its approval sheet and every register have no failed check', async function () {
    const missing = await verapdfMissing();
    if (missing !== null) {
      console.log(`      skipped: ${missing}`);
      this.skip();
    }
    // given everything that is printed of a paper's way
    const files: string[] = [];
    const keep = async (name: string, bytes: Uint8Array | null): Promise<void> => {
      expect(bytes, name).to.not.equal(null);
      files.push(join(folder, `${name}.pdf`));
      await writeFile(join(folder, `${name}.pdf`), bytes ?? '');
    };
    for (const { mode, hash } of await app.deps.store.renditions.listOf(authority, issued.id))
      if (mode !== 'draft') await keep(mode, await app.deps.store.renditions.bytes(authority, hash));
    const directory = await app.deps.store.directory.snapshot(authority);
    const day = issued.context.issuedOn as string;
    for (const kind of ['outgoing', 'incoming', 'followUp', 'post', 'archivedCopies'] as const) {
      const ask: RegisterAsk = { authority, kind, from: day, to: day, language: 'vi' };
      const sheet = registerSheet(await buildRegister(app.deps, ask), directory);
      await keep(`register-${kind}`, (await printer.printSheet(sheet)).bytes);
    }
    // when veraPDF judges them
    const verdicts = await verapdf(files);
    // then
    expect(files.length).to.equal(9);
    expect(files.flatMap((file) => faultsIn(verdicts, file).map((fault) => `${file.split('/').at(-1)}: ${fault}`))).to.deep.equal(
      [],
    );
  });
});
