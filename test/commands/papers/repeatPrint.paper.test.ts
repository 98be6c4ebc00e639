import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { CliApplication } from '../../../src/cli/host.js';
import { runCli } from '../../../src/cli/main.js';
import type { Printer } from '../../../src/commands/papers/printing.js';
import { recordedPaper } from '../../../src/commands/papers/printRecord.js';
import { issuedPaper, numberAsked, repeatPrint } from '../../../src/commands/papers/repeatPrint.js';
import type { Instance } from '../../../src/engine/instance.js';
import { canonical } from '../../../src/engine/json.js';
import { TrinhkyError } from '../../../src/errors.js';
import type { Paper, Picture } from '../../../src/office/papers/paper.js';
import { hostOf, terminal } from '../../cli/terminal.js';
import { openPlan, plainPrinter, plan, putInForce, startApplication, type TestApplication } from '../../support/application.js';
import { plainSigning } from '../../support/signing.js';

const picture = (png: string): Picture => ({ png, widthMm: 35, heightMm: 20 });

describe('commands/repeatPrint: an issued paper printed again', () => {
  let app: TestApplication;
  let issued: Instance;
  /** What the printer was given last. */
  let given: Paper | null = null;
  let version = 'A 1';
  /** Changes when keys are renewed. */
  let hand = picture('AAAA');

  const printer: Printer = {
    ...plainPrinter,
    async print(paper) {
      given = paper;
      // in one order of keys: a real print does not depend on it
      const printed = await plainPrinter.print(JSON.parse(canonical(paper)) as Paper);
      return version === 'A 1'
        ? printed
        : { ...printed, hash: '0'.repeat(64), versions: { ...printed.versions, browser: version } };
    },
  };
  const signing: typeof plainSigning = {
    ...plainSigning,
    signer: {
      ...plainSigning.signer,
      async identity(authority, holder, at) {
        const identity = await plainSigning.signer.identity(authority, holder, at);
        return identity && { ...identity, picture: holder.kind === 'person' ? hand : picture('BBBB') };
      },
    },
  };
  const found = (text: string, year: number | null = null) => issuedPaper(app.deps, app.authority, numberAsked(text, year));
  const reasonOf = (work: Promise<unknown>) =>
    work.then(
      () => 'found',
      (error: unknown) => (error instanceof TrinhkyError ? error.params['reason'] : String(error)),
    );
  const cli = async (...line: string[]) => {
    const screen = terminal();
    // the application outlives the command
    const application = { ...app, close: () => Promise.resolve() } as unknown as CliApplication;
    const code = await runCli(
      line,
      hostOf(screen.io, { authority: app.authority, assemble: () => Promise.resolve(application) }),
    );
    return { code, out: screen.out(), err: screen.err() };
  };

  before(async () => {
    app = await startApplication('repeatPrint', { printer, signing });
    issued = await putInForce(app, await openPlan(app));
  });
  after(() => app.close());

  it('finds a paper by what is printed on it', async () => {
    const year = Number(app.clock.now().slice(0, 4));
    for (const text of ['01/KH-UBND', '1/KH-UBND', ' 01 / KH-UBND ', `01/${year}/KH-UBND`])
      expect((await found(text)).instance.id, text).to.equal(issued.id);
    expect((await found('01/KH-UBND', year)).issued?.mode).to.equal('sealed');
    expect(await reasonOf(found('01/KH-UBND', year - 1))).to.equal('number');
    expect(await reasonOf(found('02/KH-UBND'))).to.equal('number');
    expect(() => numberAsked('KH-UBND', null)).to.throw(TrinhkyError);
  });

  it('prints it from what was recorded, also when keys and pictures are other ones by now', async () => {
    // given a print from which everything was forgotten that was at hand when it was made
    given = null;
    hand = picture('CCCC');
    // when it is repeated
    const repeated = await repeatPrint(app.deps, app.authority, await found('01/KH-UBND'));
    // then it is the same, down to the pictures of that day
    expect(repeated).to.deep.include({ same: true, issuedBeginsSo: true, before: issued.context.prepared });
    expect(repeated.changed).to.deep.equal([]);
    const again = given as Paper | null;
    expect(again?.pictures).to.deep.equal({ signature: picture('AAAA'), seal: picture('BBBB') });
    expect(again?.content).to.deep.equal(plan);
    expect([again?.number, again?.issuedOn, again?.code, again?.test]).to.deep.equal([
      1,
      issued.context.issuedOn,
      issued.context.code,
      true,
    ]);
  });

  it('keeps pictures once for all papers that bear them', async () => {
    hand = picture('AAAA');
    await putInForce(app, await openPlan(app, { ...plan, title: 'Kế hoạch khác' }));
    const { prepared } = await found('02/KH-UBND');
    const record = await app.deps.store.contents.get(app.authority, prepared.versions['paper'] as string);
    const first = await app.deps.store.contents.get(
      app.authority,
      (await found('01/KH-UBND')).prepared.versions['paper'] as string,
    );
    expect((record as { pictures: unknown }).pictures).to.deep.equal((first as { pictures: unknown }).pictures);
    expect(await recordedPaper(app.deps.store, app.authority, 'f'.repeat(64))).to.equal(null);
  });

  it('says which version makes the difference, and exit code 1', async () => {
    version = 'B 2';
    try {
      const repeated = await repeatPrint(app.deps, app.authority, await found('01/KH-UBND'));
      expect([repeated.same, repeated.changed]).to.deep.equal([false, [{ name: 'browser', before: 'none', now: 'B 2' }]]);
      const { code, out } = await cli('render', '01/KH-UBND', '--verify', '--lang', 'en');
      expect(code).to.equal(1);
      expect(out)
        .to.contain('DIFFERENT')
        .and.match(/browser +none +B 2/);
    } finally {
      version = 'A 1';
    }
  });

  it('answers on the command line, in words and as JSON', async () => {
    const words = await cli('render', '01/KH-UBND', '--verify', '--lang', 'vi');
    expect([words.code, words.err]).to.deep.equal([0, '']);
    expect(words.out)
      .to.contain('GIỐNG')
      .and.contain(issued.context.prepared as string);
    const json = await cli('render', '01/KH-UBND', '--verify', '--json');
    expect(JSON.parse(json.out)).to.deep.include({
      number: '01/KH-UBND',
      same: true,
      changed: [],
      file: issued.context.sealedFile,
    });
    const none = await cli('render', '77/KH-UBND', '--verify', '--lang', 'en');
    expect([none.code, none.err]).to.deep.equal([
      1,
      'notFound: No paper bears the number 77/KH-UBND.\nWhat to do: Check number, symbol and year (--year). A cancelled number belongs to no paper.\n',
    ]);
    expect((await cli('render', '01/KH-UBND')).code).to.equal(1);
  });

  it('writes the file as it was issued, and never over another', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'trinhky-render-'));
    try {
      const file = join(folder, 'kh-01.pdf');
      expect((await cli('render', '01/KH-UBND', '--out', file)).code).to.equal(0);
      const stored = await app.deps.store.renditions.bytes(app.authority, issued.context.sealedFile as string);
      expect(Buffer.compare(await readFile(file), Buffer.from(stored ?? []))).to.equal(0);
      const again = await cli('render', '01/KH-UBND', '--out', file, '--lang', 'en');
      expect([again.code, again.err]).to.satisfy(([code, err]: [number, string]) => code === 1 && err.includes('EEXIST'));
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
