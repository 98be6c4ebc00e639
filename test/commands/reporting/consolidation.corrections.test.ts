import { expect } from 'chai';
import { checkRollups } from '../../../src/commands/reporting/checkRollups.js';
import { draftConsolidation, refreshConsolidation, summariseYear } from '../../../src/commands/reporting/consolidate.js';
import { editParagraph, mergeNarratives } from '../../../src/commands/reporting/editDraft.js';
import { loadForm } from '../../../src/commands/reporting/forms.js';
import { rollupStored } from '../../../src/commands/reporting/givenRollup.js';
import { outdatedSources } from '../../../src/commands/reporting/outdated.js';
import { takeRollup } from '../../../src/commands/reporting/takeRollup.js';
import type { Instance } from '../../../src/engine/instance.js';
import { textAt } from '../../../src/engine/json.js';
import type { Rollup } from '../../../src/office/reporting/rollup.js';
import { type ConsolidatedPaper, placesOf } from '../../../src/office/reporting/sourced.js';
import { act, must, startApplication, type TestApplication } from '../../support/application.js';
import {
  asking,
  correct,
  growTown,
  now,
  type Obligation,
  onceForm,
  openObligation,
  openPeriod,
  sendAndAccept,
  wards,
} from '../../support/quarter.js';

const silent = ['p4', 'p9', 'p16'];
const answersOf = (unit: string) => ({ hoi: unit.slice(1), tyLe: '33.33', deXuat: `Đề nghị của ${unit}.` });

describe('consolidation on the database', function () {
  this.timeout(60_000);
  let app: TestApplication;
  let obligation: Obligation;
  before(async () => {
    app = await startApplication('consolidation');
    await growTown(app);
    obligation = await openObligation(app, '2026-Q1');
  });
  after(() => app.close());

  const paperOf = async (id: string): Promise<ConsolidatedPaper> => {
    const { content } = await now(app, id);
    return (await app.deps.store.contents.get(app.authority, content ?? '')) as never;
  };
  const textsOf = async (id: string) => placesOf(await paperOf(id)).map(({ text }) => text);
  const rollupOf = async (paper: Instance): Promise<Rollup> => {
    const rollup = await rollupStored(app.deps, app.authority, paper.context.rollup);
    if (rollup === null) throw new Error('no roll-up');
    return rollup;
  };
  const figure = (rollup: Rollup, code: string) => rollup.figures.find((one) => one.code === code);
  const draft = async (period: string, actor = 'cons'): Promise<string> => {
    const { outcome, paper } = await draftConsolidation(app.deps, { ...asking(app, actor), period });
    if (outcome.kind !== 'accepted' || paper === null) throw new Error(JSON.stringify(outcome));
    await app.relay.settle();
    return paper;
  };

  let first: { readonly id: string; readonly reports: ReadonlyMap<string, string> };
  let firstPaper = '';
  let secondPaper = '';

  it('names the three of sixteen wards that are silent, with every figure exact', async () => {
    first = await openPeriod(app, obligation, '2026-Q1');
    expect([...first.reports.keys()]).to.have.members([...wards]);
    for (const unit of wards.filter((one) => !silent.includes(one)))
      await sendAndAccept(app, first.reports.get(unit) ?? '', unit, answersOf(unit));
    await app.relay.settle();
    firstPaper = await draft(first.id);
    const texts = await textsOf(firstPaper);
    expect(texts).to.include('Đơn vị chưa gửi báo cáo (3): Phường 4, Phường 9 và Phường 16.');
    const rollup = await rollupOf(await now(app, firstPaper));
    // 1 + ... + 16 = 136 without 4, 9 and 16
    expect(figure(rollup, 'hoi')?.value).to.equal('107');
    expect(figure(rollup, 'tyLe')?.value).to.equal('33.33');
    expect(rollup.before).to.equal(null);
  });

  it('takes the same roll-up from entries as from what is stored, now and at an earlier instant', async () => {
    const faults = (await checkRollups(app.deps, app.authority, obligation.plan.id)).flatMap((one) => one.faults);
    expect(faults).to.deep.equal([]);
    const before = await takeRollup(app.deps, { authority: app.authority, period: first.id });
    app.clock.advance(60_000);
    // when a silent ward reports a minute later
    await sendAndAccept(app, first.reports.get('p4') ?? '', 'p4', { hoi: '1000' });
    await app.relay.settle();
    const past = await takeRollup(app.deps, { authority: app.authority, period: first.id, at: before.rollup.takenAt });
    expect(past.hash).to.equal(before.hash);
    const later = await takeRollup(app.deps, { authority: app.authority, period: first.id });
    expect(figure(later.rollup, 'hoi')?.value).to.equal('1107');
  });

  it('tells the draft of a report that arrives meanwhile, keeps own words through a refresh, and lets it go on', async () => {
    const told = (await now(app, firstPaper)).context.outdated as readonly { report: string; was: string | null }[];
    expect(told.map(({ report, was }) => [report, was])).to.deep.equal([[first.reports.get('p4'), null]]);
    const refused = await act(app, firstPaper, 'cons', 'SUBMIT');
    expect(refused.kind === 'refused' ? refused.blockers.map(({ code }) => code) : []).to.deep.equal(['rollupOutdated']);
    // given words of the consolidator's own
    const { place } = placesOf(await paperOf(firstPaper)).find(({ text }) => text.startsWith('13/16')) ?? { place: '' };
    const edit = await editParagraph(app.deps, {
      ...asking(app),
      paper: firstPaper,
      place,
      text: 'Phòng Nội vụ đã đôn đốc hai lần.',
      after: true,
    });
    expect(edit.kind).to.equal('accepted');
    const merged = await mergeNarratives(app.deps, {
      ...asking(app),
      paper: firstPaper,
      of: 'deXuat',
      rule: 'sideBySide',
      reports: [first.reports.get('p5') ?? ''],
    });
    expect(merged.kind).to.equal('accepted');
    expect(await textsOf(firstPaper)).to.include('Phường 5: Đề nghị của p5.');
    const refreshed = await refreshConsolidation(app.deps, { ...asking(app), paper: firstPaper });
    expect(refreshed.kind).to.equal('accepted');
    const texts = await textsOf(firstPaper);
    expect(texts).to.include('Đơn vị chưa gửi báo cáo (2): Phường 9 và Phường 16.');
    expect(texts[texts.findIndex((text) => text.startsWith('14/16')) + 1]).to.equal('Phòng Nội vụ đã đôn đốc hai lần.');
    expect((await now(app, firstPaper)).context.outdated).to.equal(undefined);
    await must(app, firstPaper, 'cons', 'SUBMIT');
  });

  it('gives the paper to exactly one of two consolidators at once', async () => {
    const second = await openPeriod(app, obligation, '2026-Q2');
    for (const unit of wards) await sendAndAccept(app, second.reports.get(unit) ?? '', unit, answersOf(unit));
    await app.relay.settle();
    const strange = await draftConsolidation(app.deps, { ...asking(app), period: second.id, draftingUnit: 'vhtt' });
    expect(strange.outcome.kind === 'refused' ? strange.outcome.blockers.map(({ code }) => code) : []).to.deep.equal([
      'notOfUnit',
    ]);
    const both = await Promise.all(
      ['cons', 'cons2'].map((actor) => draftConsolidation(app.deps, { ...asking(app, actor), period: second.id })),
    );
    await app.relay.settle();
    const codes = both.map(({ outcome }) =>
      outcome.kind === 'refused' ? outcome.blockers.map(({ code }) => code) : ['accepted'],
    );
    expect(codes.flat().toSorted()).to.deep.equal(['accepted', 'alreadyOpened']);
    const papers = await app.deps.store.instances.childrenOf(app.authority, second.id, 'consolidation', 10);
    expect(papers).to.have.length(1);
    secondPaper = papers[0]?.id ?? '';
    const rollup = await rollupOf(await now(app, secondPaper));
    expect(figure(rollup, 'hoi')?.value).to.equal('136');
    expect([figure(rollup, 'hoi')?.before, figure(rollup, 'hoi')?.change]).to.deep.equal(['1107', '-971']);
  });

  it('marks exactly the papers that were built on the old version, in whatever state they are', async () => {
    const summary = await summariseYear(app.deps, { ...asking(app), obligation: obligation.id, period: '2026-Y' });
    expect(summary.outcome.kind).to.equal('accepted');
    await app.relay.settle();
    const year = summary.paper ?? '';
    const state = (await now(app, firstPaper)).state;
    expect(state).to.not.equal('drafting');
    const content = (await now(app, firstPaper)).content;
    // when a ward corrects what it reported for the first quarter
    const report = first.reports.get('p2') ?? '';
    const was = textAt((await now(app, report)).context, 'acceptedContent');
    app.clock.advance(60_000);
    const corrected = await correct(app, report, 'p2', { hoi: '222' });
    const mark = [{ report, was, now: corrected, at: app.clock.now() }];
    expect((await now(app, firstPaper)).context.outdated).to.deep.equal(mark);
    expect((await now(app, year)).context.outdated).to.deep.equal(mark);
    // then the paper of the other quarter is not marked, and none is changed
    expect((await now(app, secondPaper)).context.outdated).to.equal(undefined);
    expect((await now(app, firstPaper)).content).to.equal(content);
    expect((await now(app, firstPaper)).state).to.deep.equal(state);
    expect((await outdatedSources(app.deps, await now(app, firstPaper))).map((one) => one.report)).to.deep.equal([report]);
    // and both versions stand
    for (const hash of [was, corrected]) expect(await app.deps.store.contents.has(app.authority, hash)).to.equal(true);
    await must(app, year, 'cons', 'DISCARD', { input: { reason: 'Lập lại sau khi đính chính' } });
  });

  it('does not mark a paper that is built after the correction', async () => {
    await must(app, firstPaper, 'cons', 'RECALL');
    await must(app, firstPaper, 'cons', 'DISCARD', { input: { reason: 'Lập lại' } });
    const again = await draft(first.id);
    expect((await now(app, again)).context.outdated).to.equal(undefined);
    const rollup = await rollupOf(await now(app, again));
    expect(figure(rollup, 'hoi')?.value).to.equal('1327');
    expect(await outdatedSources(app.deps, await now(app, again))).to.deep.equal([]);
    firstPaper = again;
  });

  it('lets the drafter keep the figures with a reason, for exactly what he was told of', async () => {
    const report = first.reports.get('p3') ?? '';
    await correct(app, report, 'p3', { hoi: '33' });
    await must(app, firstPaper, 'cons', 'KEEP_ROLLUP', { input: { reason: 'Số liệu chốt theo báo cáo lần đầu.' } });
    await correct(app, first.reports.get('p5') ?? '', 'p5', { hoi: '55' });
    const refused = await act(app, firstPaper, 'cons', 'SUBMIT');
    expect(refused.kind === 'refused' ? refused.blockers.map(({ params }) => params.examples) : []).to.deep.equal([
      [first.reports.get('p5')],
    ]);
    await must(app, firstPaper, 'cons', 'KEEP_ROLLUP', { input: { reason: 'Số liệu chốt theo báo cáo lần đầu.' } });
    await must(app, firstPaper, 'cons', 'SUBMIT');
  });

  it('refuses a paper of other figures, of another period, and one with a sentence of nobody', async () => {
    const other = await takeRollup(app.deps, { authority: app.authority, period: first.id });
    const { content } = await now(app, secondPaper);
    const swapped = await act(app, secondPaper, 'cons', 'REFRESH', { input: { content: content ?? '', rollup: other.hash } });
    const taken = (await now(app, secondPaper)).context.drafter as string;
    const mine =
      taken === 'cons'
        ? swapped
        : await act(app, secondPaper, taken, 'REFRESH', { input: { content: content ?? '', rollup: other.hash } });
    expect(mine.kind === 'refused' ? mine.blockers.map(({ code }) => code) : []).to.deep.equal(['rollupOther']);
    const { sources: _, ...bare } = await paperOf(secondPaper);
    const hash = await app.deps.store.contents.put(app.authority, bare as never);
    await must(app, secondPaper, taken, 'EDIT', { input: { content: hash } });
    const refused = await act(app, secondPaper, taken, 'SUBMIT');
    expect(refused.kind === 'refused' ? refused.blockers.map(({ code }) => code) : []).to.deep.equal(['sourceMissing']);
    const refreshed = await refreshConsolidation(app.deps, { ...asking(app, taken), paper: secondPaper });
    expect(refreshed.kind).to.equal('accepted');
  });

  it('compares by code after the form was changed in mid-year, and the old period keeps its form', async () => {
    const changed = {
      ...onceForm,
      version: 2,
      once: onceForm.once.map((item) =>
        item.code === 'hoi' ? { ...item, label: { vi: 'Tổng số cuộc họp', en: 'Meetings' } } : item,
      ),
    };
    await loadForm(app.deps, { authority: app.authority, actor: 'cons' }, changed as never);
    const third = await openPeriod(app, obligation, '2026-Q3');
    await sendAndAccept(app, third.reports.get('p1') ?? '', 'p1', { hoi: '200' });
    const { rollup } = await takeRollup(app.deps, { authority: app.authority, period: third.id });
    const meetings = figure(rollup, 'hoi');
    expect([meetings?.label, meetings?.value, meetings?.before, meetings?.change]).to.deep.equal([
      'Tổng số cuộc họp',
      '200',
      '136',
      '64',
    ]);
    const old = await takeRollup(app.deps, { authority: app.authority, period: first.id });
    expect(figure(old.rollup, 'hoi')?.label).to.equal('Số cuộc họp');
    expect(old.rollup.form).to.not.equal(rollup.form);
  });

  it('has a ward that was abolished in mid-quarter answered for by the one that took over, under its old name', async () => {
    const fourth = await openPeriod(app, obligation, '2026-Q4');
    const directory = await app.deps.store.directory.snapshot(app.authority);
    const { revision: _, ...records } = directory;
    const succession = {
      id: 'merge-16',
      kind: 'merge' as const,
      from: ['p16'],
      to: ['p15'],
      on: '2026-03-03',
      decision: '1/NQ-UBTVQH',
      shares: [],
    };
    await app.deps.store.directory.save({
      ...records,
      units: records.units.map((unit) => (unit.id === 'p16' ? { ...unit, validTo: '2026-03-02' } : unit)),
      successions: [succession],
    } as never);
    app.clock.set('2026-03-04T02:00:00.000Z');
    await must(app, fourth.reports.get('p16') ?? '', 'system', 'TAKE_OVER', {
      input: { from: 'p16', to: 'p15', decision: '1/NQ-UBTVQH' },
    });
    await sendAndAccept(app, fourth.reports.get('p16') ?? '', 'p15', { hoi: '16' });
    const paper = await draft(fourth.id);
    const rollup = await rollupOf(await now(app, paper));
    expect(rollup.units.find(({ unit }) => unit === 'p16')).to.deep.include({
      name: 'Phường 16',
      answeredBy: { unit: 'p15', name: 'Phường 15' },
      state: 'onTime',
    });
    expect(await textsOf(paper)).to.include('Đơn vị được sắp xếp lại trong kỳ (1): Phường 16 do Phường 15 tiếp nhận và báo cáo.');
    expect((await checkRollups(app.deps, app.authority, obligation.plan.id)).flatMap(({ faults }) => faults)).to.deep.equal([]);
  });

  it('finds a tampered entry, content and roll-up where it is', async () => {
    const entries = app.connection.collection<{ _id: string; authority: string; bytes: string }>('entries');
    const contents = app.connection.collection<{ _id: string; text: string }>('contents');
    const instances = app.connection.collection<{ _id: string }>('instances');
    const named = async () =>
      (await checkRollups(app.deps, app.authority, obligation.plan.id)).flatMap(({ faults }) =>
        faults.map(({ kind, at }) => `${kind} ${at}`),
      );
    expect(await named()).to.deep.equal([]);
    const report = first.reports.get('p6') ?? '';
    // a changed entry
    const entry = await entries.findOne({
      authority: app.authority,
      bytes: { $regex: '"command":"ACCEPT"' },
      _id: { $regex: report },
    });
    if (entry === null) throw new Error('no entry');
    await entries.updateOne({ _id: entry._id }, { $set: { bytes: entry.bytes.replace('"actor":"cons"', '"actor":"chair"') } });
    expect(new Set(await named())).to.deep.equal(new Set([`entries ${report}`]));
    await entries.updateOne({ _id: entry._id }, { $set: { bytes: entry.bytes } });
    // a changed content: the number that a ward reported
    const hash = textAt((await now(app, report)).context, 'acceptedContent');
    const change = async (id: string, from: string, to: string) => {
      const stored = await contents.findOne({ _id: `${app.authority}/${id}` });
      if (stored === null || !stored.text.includes(from)) throw new Error(`no content ${id}`);
      await contents.updateOne({ _id: stored._id }, { $set: { text: stored.text.replace(from, to) } });
    };
    await change(hash, '"hoi":"6"', '"hoi":"7"');
    expect(new Set(await named())).to.deep.equal(new Set([`content ${hash}`]));
    await change(hash, '"hoi":"7"', '"hoi":"6"');
    // a changed roll-up, and one that was put under its own new hash
    const paper = await now(app, secondPaper);
    const rollup = textAt(paper.context, 'rollup');
    await change(rollup, '"value":"136"', '"value":"137"');
    // named for its own paper, and for that of the quarter after, which is compared with it
    expect((await named()).toSorted()).to.deep.equal([`content ${rollup}`, `rollup ${rollup}`]);
    await change(rollup, '"value":"137"', '"value":"136"');
    const stored = await rollupOf(paper);
    const forged = {
      ...stored,
      figures: stored.figures.map((one) => (one.code === 'hoi' ? { ...one, value: '136.0000001' } : one)),
    };
    const other = await app.deps.store.contents.put(app.authority, forged as never);
    await instances.updateOne({ _id: secondPaper }, { $set: { 'context.rollup': other } });
    expect((await named()).filter((one) => one.startsWith('differs'))).to.deep.equal(['differs /figures/0/value']);
    await instances.updateOne({ _id: secondPaper }, { $set: { 'context.rollup': rollup } });
    expect(await named()).to.deep.equal([]);
  });
});
