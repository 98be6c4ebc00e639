import { expect } from 'chai';
import { leaseMs } from '../../../src/commands/relayPorts.js';
import { attemptsMax, failureOf } from '../../../src/effects/handler.js';
import { TrinhkyError } from '../../../src/errors.js';
import { endings } from '../../../src/store/outboxWork.js';
import { act, must, openPlan, plan, startApplication, type TestApplication } from '../../support/application.js';
import { loaded, openObligation, openPeriod, refusedWith } from '../../support/reporting.js';

describe('prepare: a number is taken only for what can be signed', () => {
  let app: TestApplication;
  before(async () => {
    app = await startApplication('prepare');
  });
  after(() => app.close());

  const year = () => Number(app.clock.now().slice(0, 4));
  const rows = (symbol: string) => app.deps.store.numbers.rows(app.authority, symbol, year());
  const codeOf = (work: Promise<unknown>) =>
    work.then(
      (outcome) => JSON.stringify(outcome),
      (error: unknown) => (error instanceof TrinhkyError ? error.code : String(error)),
    );

  async function laidBefore(content: object): Promise<string> {
    const paper = await openPlan(app, content as typeof plan);
    const saw = paper.content ?? '';
    await must(app, paper.id, 'off-nv', 'SUBMIT');
    await must(app, paper.id, 'head-nv', 'APPROVE_CONTENT', { saw });
    await must(app, paper.id, 'form', 'APPROVE_FORM', { saw });
    return paper.id;
  }

  it('not for a form that is refused', async () => {
    const id = await laidBefore({ ...plan, type: 'TB', typeName: 'THÔNG BÁO', symbol: 'TB-UBND' });
    const outcome = await act(app, id, 'deputy', 'PREPARE', { input: { number: 99 } });
    expect(outcome.kind === 'refused' && outcome.blockers.map(({ code }) => code)).to.deep.equal(['inputInvalid']);
    expect(await rows('TB-UBND')).to.deep.equal([]);
    await must(app, id, 'deputy', 'PREPARE');
    expect((await rows('TB-UBND')).map(({ number }) => number)).to.deep.equal([1]);
  });

  it('not for content that is no paper at all, though it may be reviewed', async () => {
    const id = await laidBefore({ type: 'QĐ', title: 'Một ghi chép', text: 'Không phải văn bản' });
    expect(await codeOf(act(app, id, 'deputy', 'PREPARE'))).to.equal('inputInvalid');
    expect(await rows('QĐ-UBND')).to.deep.equal([]);
  });

  it('not for a paper without its parts, nor under a symbol that prints like another: it is not even laid before', async () => {
    const decision = { ...plan, type: 'QĐ', typeName: 'QUYẾT ĐỊNH', symbol: 'QĐ-UBND' };
    const { body: _, ...bodiless } = decision;
    const faulty: readonly (readonly [object, string])[] = [
      [bodiless, '/body'],
      [{ ...decision, symbol: 'QĐ-UBND ' }, '/symbol'],
      [{ ...decision, symbol: 'QĐ–UBND' }, '/symbol'],
      [{ ...decision, symbol: '' }, '/symbol'],
    ];
    for (const [content, place] of faulty) {
      const { id } = await openPlan(app, content as typeof plan);
      const outcome = await act(app, id, 'off-nv', 'SUBMIT');
      const blockers = outcome.kind === 'refused' ? outcome.blockers : [];
      expect(blockers.map(({ code }) => code)).to.deep.equal(['paperFaulty']);
      expect(blockers[0]?.params.places).to.include(place);
    }
    expect(await rows('QĐ-UBND')).to.deep.equal([]);
  });

  it('a discarded paper leaves no number without a word, also one whose PREPARE never came to its write', async () => {
    const id = await laidBefore({ ...plan, type: 'CT', typeName: 'CHỈ THỊ', symbol: 'CT-UBND' });
    // given a number that a process reserved before it died
    const lost = {
      authority: app.authority,
      series: 'CT-UBND',
      symbol: 'CT-UBND',
      year: year(),
      document: id,
      prepareRevision: 5,
    };
    await app.deps.store.numbers.reserve({ ...lost, day: app.clock.now().slice(0, 10) });
    const saw = (await app.deps.store.instances.load(app.authority, id))?.instance.content ?? '';
    await must(app, id, 'deputy', 'RETURN', { saw, input: { reason: 'Sai thẩm quyền' } });
    await must(app, id, 'off-nv', 'DISCARD', { input: { reason: 'Trùng chỉ thị khác' } });
    await app.relay.settle();
    expect((await rows('CT-UBND')).map(({ status, reason }) => [status, reason])).to.deep.equal([
      ['cancelled', 'Trùng chỉ thị khác'],
    ]);
  });

  it('content is stored before it is named, by the instance or by a child that it opens', async () => {
    const paper = await openPlan(app, { ...plan, symbol: 'KH-UBND' });
    const content = 'f'.repeat(64);
    expect(await codeOf(act(app, paper.id, 'off-nv', 'EDIT', { input: { content } }))).to.equal('contentMissing');
    // given a period whose roll-up is stored, and the paper that is built from it is not
    const { obligation } = await openObligation(app);
    const { period } = await openPeriod(app, obligation.id, '2026-Q1');
    const rollup = await app.deps.store.contents.put(app.authority, { kind: 'rollup', of: period.id });
    const input = { content, rollup, title: 'Báo cáo ví dụ', draftingUnit: 'nv' };
    expect(await refusedWith(app, period.id, 'cons', 'CONSOLIDATE', { input })).to.deep.equal(['contentMissing']);
    expect((await loaded(app, period.id)).revision).to.equal(period.revision);
    // then that alone was missing
    const built = await app.deps.store.contents.put(app.authority, { ...plan, rollup } as never);
    await must(app, period.id, 'cons', 'CONSOLIDATE', { input: { ...input, content: built } });
  });

  it('waiting through no fault of the effect does not use up its attempts', () => {
    const effect = {
      id: 'e',
      kind: 'k',
      params: {},
      dueAt: null,
      authority: 'a',
      instance: 'i',
      token: 1,
      attempts: attemptsMax,
    };
    const increments = ['databaseAway', 'busy', 'pendingFull'].map((code) => {
      const outcome = failureOf(effect, new TrinhkyError(code as 'busy'));
      expect(outcome.kind === 'retry' && outcome.inMs).to.be.within(1, leaseMs);
      const [operation] = endings([{ effect, outcome }], 'me', 0) as { updateOne?: { update: { $inc?: object } } }[];
      return operation?.updateOne?.update.$inc;
    });
    expect(increments).to.deep.equal([{ attempts: 0 }, { attempts: 0 }, { attempts: 0 }]);
    expect(failureOf(effect, new TrinhkyError('printFailed')).kind).to.equal('parked');
  });
});
