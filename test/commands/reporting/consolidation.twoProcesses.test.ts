import { expect } from 'chai';
import { checkRollups } from '../../../src/commands/reporting/checkRollups.js';
import { draftConsolidation, refreshConsolidation } from '../../../src/commands/reporting/consolidate.js';
import { editParagraph } from '../../../src/commands/reporting/editDraft.js';
import { rollupStored } from '../../../src/commands/reporting/givenRollup.js';
import { outdatedSources } from '../../../src/commands/reporting/outdated.js';
import { type ConsolidatedPaper, placesOf } from '../../../src/office/reporting/sourced.js';
import { act, must, startApplication, type TestApplication } from '../../support/application.js';
import {
  asking,
  growTown,
  now,
  type Obligation,
  openObligation,
  openPeriod,
  sendAndAccept,
  store,
} from '../../support/quarter.js';

describe('a quarter in two processes', function () {
  this.timeout(60_000);
  let one: TestApplication;
  let two: TestApplication;
  let obligation: Obligation;
  before(async () => {
    one = await startApplication('twoprocesses');
    two = await startApplication('twoprocesses', { clock: one.clock });
    await growTown(one);
    obligation = await openObligation(one, '2026-Q1', ['p1', 'p2', 'p3', 'p4']);
  });
  after(async () => {
    await two.close();
    await one.close();
  });

  const settle = async () => {
    await Promise.all([one.relay.settle(), two.relay.settle()]);
    await one.relay.settle();
  };
  const papersOf = (period: string) => one.deps.store.instances.childrenOf(one.authority, period, 'consolidation', 10);

  it('gives the paper to one of two consolidators', async () => {
    const { id, reports } = await openPeriod(one, obligation, '2026-Q1');
    for (const unit of ['p1', 'p2']) await sendAndAccept(one, reports.get(unit) ?? '', unit, { hoi: unit.slice(1) });
    await settle();
    const both = await Promise.all([
      draftConsolidation(one.deps, { ...asking(one, 'cons'), period: id }),
      draftConsolidation(two.deps, { ...asking(two, 'cons2'), period: id }),
    ]);
    await settle();
    expect(both.map(({ outcome }) => outcome.kind).toSorted()).to.deep.equal(['accepted', 'refused']);
    expect(await papersOf(id)).to.have.length(1);
  });

  it('holds a report that is accepted in the other one meanwhile, or says that it has come', async () => {
    const { id, reports } = await openPeriod(one, obligation, '2026-Q2');
    const sent = new Map<string, string>();
    for (const unit of ['p1', 'p2', 'p3', 'p4']) {
      const content = await store(one, reports.get(unit) ?? '', { hoi: '100' });
      sent.set(unit, content);
      await must(one, reports.get(unit) ?? '', `head-${unit}`, 'START', { input: { content } });
      await must(one, reports.get(unit) ?? '', `head-${unit}`, 'SUBMIT');
    }
    const [{ paper, outcome }] = await Promise.all([
      draftConsolidation(one.deps, { ...asking(one), period: id }),
      ...[...sent].map(([unit, saw]) => must(two, reports.get(unit) ?? '', 'cons2', 'ACCEPT', { saw })),
    ]);
    expect(outcome.kind).to.equal('accepted');
    await settle();
    const held = await now(one, paper ?? '');
    const rollup = await rollupStored(one.deps, one.authority, held.context.rollup);
    const missing = (rollup?.units ?? []).filter(({ content }) => content === null).map(({ report }) => report);
    expect((await outdatedSources(one.deps, held)).map(({ report }) => report)).to.have.members(missing);
    if (missing.length > 0) expect((await act(one, held.id, 'cons', 'SUBMIT')).kind).to.equal('refused');
    expect((await refreshConsolidation(one.deps, { ...asking(one), paper: held.id })).kind).to.equal('accepted');
    const fresh = await rollupStored(one.deps, one.authority, (await now(one, held.id)).context.rollup);
    expect(fresh?.figures.find(({ code }) => code === 'hoi')?.value).to.equal('400');
    await must(one, held.id, 'cons', 'SUBMIT');
    expect((await checkRollups(two.deps, two.authority, obligation.plan.id)).flatMap(({ faults }) => faults)).to.deep.equal([]);
  });

  it('loses no word of two who edit one draft, nor of one who edits while the figures are taken anew', async () => {
    const { id, reports } = await openPeriod(one, obligation, '2026-Q3');
    await sendAndAccept(one, reports.get('p1') ?? '', 'p1', { hoi: '1' });
    await settle();
    const { paper } = await draftConsolidation(one.deps, { ...asking(one), period: id });
    await settle();
    const held = paper ?? '';
    const textOf = async (): Promise<readonly { place: string; text: string }[]> => {
      const { content } = await now(one, held);
      return placesOf((await one.deps.store.contents.get(one.authority, content ?? '')) as never as ConsolidatedPaper);
    };
    const place = (await textOf()).find(({ text }) => text.startsWith('1/4'))?.place ?? '';
    const words = ['Lời thứ nhất của người lập.', 'Lời thứ hai của người lập.'];
    const edits = await Promise.allSettled([
      ...words.map((text, at) =>
        editParagraph((at === 0 ? one : two).deps, { ...asking(one), paper: held, place, text, after: true }),
      ),
      refreshConsolidation(two.deps, { ...asking(two), paper: held }),
    ]);
    const texts = (await textOf()).map(({ text }) => text);
    edits.slice(0, 2).forEach((edit, at) => {
      const accepted = edit.status === 'fulfilled' && edit.value.kind === 'accepted';
      expect(texts.includes(words[at] ?? ''), `${at} ${edit.status}`).to.equal(accepted);
    });
  });
});
