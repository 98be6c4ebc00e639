import { expect } from 'chai';
import type { Printer } from '../../../src/commands/papers/printing.js';
import type { SigningIdentity } from '../../../src/commands/papers/signing.js';
import type { Instance } from '../../../src/engine/instance.js';
import { TrinhkyError } from '../../../src/errors.js';
import type { PaperContent } from '../../../src/office/papers/paper.js';
import { act, must, openPlan, plainPrinter, plan, startApplication, type TestApplication } from '../../support/application.js';
import { plainSigning } from '../../support/signing.js';

describe('prepare: what is recorded is what is printed', () => {
  let app: TestApplication;
  let failing = 0;
  let keyless: readonly string[] = [];
  let seal: string | null = null;
  const printer: Printer = {
    ...plainPrinter,
    print(paper) {
      if (failing === 0 || !paper.final) return plainPrinter.print(paper);
      failing -= 1;
      return Promise.reject(new TrinhkyError('printFailed', { reason: 'fonts' }));
    },
  };
  const signing = {
    ...plainSigning,
    signer: {
      ...plainSigning.signer,
      async identity(
        ...[authority, holder, at]: Parameters<typeof plainSigning.signer.identity>
      ): Promise<SigningIdentity | null> {
        if (keyless.includes(holder.kind === 'person' ? holder.person : 'agency')) return null;
        const own = await plainSigning.signer.identity(authority, holder, at);
        return own === null || holder.kind === 'person' || seal === null
          ? own
          : { ...own, picture: { png: seal, widthMm: 36, heightMm: 36 } };
      },
    },
  };
  before(async () => {
    app = await startApplication('prepareShown', { printer, signing });
  });
  after(() => app.close());

  async function laidBefore(content: PaperContent = plan, title = plan.title): Promise<Instance> {
    const paper = await openPlan(app);
    const saw = await app.deps.store.contents.put(app.authority, content as never);
    await must(app, paper.id, 'off-nv', 'EDIT', { input: { content: saw, title } });
    await must(app, paper.id, 'off-nv', 'SUBMIT');
    await must(app, paper.id, 'head-nv', 'APPROVE_CONTENT', { saw });
    return must(app, paper.id, 'form', 'APPROVE_FORM', { saw });
  }
  const rowsOf = async (paper: Instance) =>
    (await app.deps.store.numbers.rows(app.authority, 'KH-UBND', 2026)).filter(({ document }) => document === paper.id);
  const codeOf = (work: Promise<unknown>) => work.then(() => null).catch((error: unknown) => (error as TrinhkyError).code);

  it('a paper whose drafter calls it otherwise than it prints is laid before its signatory under its printed title', async () => {
    const paper = await laidBefore({ ...plan, title: 'Thanh lý tài sản công\nquý II' }, 'Khen thưởng tháng 3');
    const prepared = await must(app, paper.id, 'deputy', 'PREPARE');
    expect(prepared.context.title).to.equal('Thanh lý tài sản công quý II');
  });

  it('a title longer than is recorded is cut, so that deliveries can bear it', async () => {
    const paper = await laidBefore({ ...plan, title: 'à'.repeat(1_200) }, 'Ngắn');
    const prepared = await must(app, paper.id, 'deputy', 'PREPARE');
    expect(prepared.context.title).to.equal('à'.repeat(1_000));
  });

  it('a number that was taken for a print that failed stays, and the next try of the day finds it', async () => {
    const paper = await laidBefore();
    failing = 1;
    expect(await codeOf(act(app, paper.id, 'deputy', 'PREPARE'))).to.equal('printFailed');
    const [taken, ...more] = await rowsOf(paper);
    expect([taken?.status, more]).to.deep.equal(['reserved', []]);
    const prepared = await must(app, paper.id, 'deputy', 'PREPARE');
    expect(prepared.context.number).to.equal(taken?.number);
    expect(await rowsOf(paper)).to.deep.equal([taken]);
  });

  it('who has no key, or whose agency has none, takes no number', async () => {
    const paper = await laidBefore();
    for (const who of ['deputy', 'agency']) {
      keyless = [who];
      expect(await codeOf(act(app, paper.id, 'deputy', 'PREPARE'))).to.equal('signingKeyMissing');
    }
    keyless = [];
    expect(await rowsOf(paper)).to.deep.equal([]);
  });

  it('prepared again the same day with another picture of the seal: the same number and code, another print', async () => {
    const paper = await laidBefore();
    const first = await must(app, paper.id, 'deputy', 'PREPARE');
    seal = Buffer.from('another').toString('base64');
    const again = await must(app, paper.id, 'deputy', 'PREPARE');
    seal = null;
    const { number, code, prepared } = first.context;
    expect(again.context).to.include({ number, code });
    expect(again.context.prepared).not.to.equal(prepared);
  });
});
