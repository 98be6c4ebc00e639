import { expect } from 'chai';
import { saveDraft } from '../../../src/commands/reporting/drafts.js';
import type { TrinhkyError } from '../../../src/errors.js';
import type { UnitReport } from '../../../src/office/reporting/report.js';
import { act, chainFaults, must, newKey, startApplication, type TestApplication } from '../../support/application.js';
import { draft, loaded, openObligation, openPeriod, refusedWith, soundAnswers } from '../../support/reporting.js';
import { town } from '../../support/town.js';

describe('the report of a unit', () => {
  let app: TestApplication;
  let obligation: string;
  let period: string;
  let reportOf: (unit: string) => string;

  before(async () => {
    app = await startApplication('reportStates');
    const directory = town(app.authority);
    // Ward 5 has nobody in the system and is served by the clerk.
    await app.deps.store.directory.save({
      ...directory,
      units: directory.units.map((unit) => (unit.id === 'p5' ? { ...unit, servedBy: 'clerk' as const } : unit)),
      appointments: directory.appointments.map((one) => (one.unit === 'p5' ? { ...one, to: '2001-01-01' } : one)),
    });
    const opened = await openObligation(app, { units: ['p1', 'p2', 'p3', 'p4', 'p5', 'p6', 'nv'], through: 'nv' });
    obligation = opened.obligation.id;
    const first = await openPeriod(app, obligation, '2026-Q1');
    period = first.period.id;
    reportOf = first.reportOf;
  });
  after(() => app.close());

  const contentOf = async (hash: unknown) =>
    (await app.deps.store.contents.get(app.authority, String(hash))) as unknown as UnitReport;

  it('is saved with faults and everything that was typed, and sent only without them, each named with its place', async () => {
    const report = reportOf('p1');
    const typed = { ...soundAnswers, soLuotNguoi: '12 lượt', soCuocHop: '1,234', soKienNghi: '1 700', phuongHuong: '' };
    const saved = await draft(app, report, 'head-p1', typed);
    // then what is a figure is one, and what is none stands as typed and nowhere else
    expect(saved.report.answers).to.deep.equal({ soKienNghi: '1700', coQuyChe: true });
    expect(saved.report.typed).to.deep.equal({
      '/answers/soCuocHop': '1,234',
      '/answers/soLuotNguoi': '12 lượt',
      '/answers/soKienNghi': '1 700',
    });
    expect(saved.findings.map(({ code, place }) => `${code} ${place}`)).to.deep.equal([
      'figureAmbiguous /answers/soCuocHop',
      'figureHasUnit /answers/soLuotNguoi',
      'answerMissing /answers/phuongHuong',
    ]);
    const outcome = await act(app, report, 'head-p1', 'SUBMIT');
    if (outcome.kind !== 'refused') throw new Error('was sent');
    const [blocker] = outcome.blockers;
    expect(blocker?.code).to.equal('reportUnsound');
    expect(blocker?.params.count).to.equal(3);
    expect((outcome.blockers[0]?.params.findings as { place: string }[] | undefined)?.[0]?.place).to.equal('/answers/soCuocHop');
    expect(await contentOf((await loaded(app, report)).content)).to.deep.equal(saved.report);
  });

  it('goes up the hierarchy through the unit between, each step by another person', async () => {
    const report = reportOf('p1');
    await draft(app, report, 'head-p1');
    const sent = await must(app, report, 'head-p1', 'SUBMIT');
    expect(sent.state).to.equal('checking');
    const saw = sent.content ?? '';
    expect(await refusedWith(app, report, 'cons', 'ACCEPT', { saw })).to.deep.equal(['notPossibleHere']);
    expect(await refusedWith(app, report, 'head-p2', 'PASS', { saw })).to.deep.equal(['notYours']);
    // when the division returns it, it comes back with the reason, and goes the same way again
    expect((await must(app, report, 'head-nv', 'RETURN', { saw, input: { reason: 'Thiếu phương hướng' } })).state).to.deep.equal({
      preparing: 'returned',
    });
    await must(app, report, 'head-p1', 'SUBMIT');
    expect((await must(app, report, 'head-nv', 'PASS', { saw })).state).to.equal('submitted');
    const done = await must(app, report, 'cons', 'ACCEPT', { saw });
    expect([done.state, done.context.acceptedContent, done.context.checkers, done.context.returned]).to.deep.equal([
      'accepted',
      saw,
      ['head-nv'],
      1,
    ]);
    // and the division's own report goes straight to the consolidator: nobody checks himself
    const own = reportOf('nv');
    await draft(app, own, 'head-nv');
    expect((await must(app, own, 'head-nv', 'SUBMIT')).state).to.equal('submitted');
  });

  it('keeps both versions when it is corrected, and is corrected by another text only', async () => {
    const report = reportOf('p1');
    const was = (await loaded(app, report)).context.acceptedContent;
    await must(app, report, 'head-p1', 'CORRECT', { input: { reason: 'Nhầm số lượt người' } });
    expect(await refusedWith(app, report, 'head-p1', 'SUBMIT_CORRECTION')).to.deep.equal(['nothingCorrected']);
    await draft(app, report, 'head-p1', { ...soundAnswers, soLuotNguoi: '1.260' });
    const sent = await must(app, report, 'head-p1', 'SUBMIT_CORRECTION');
    expect(sent.state).to.equal('checkingCorrection');
    // until it is accepted the former version counts
    expect(sent.context.acceptedContent).to.equal(was);
    const saw = sent.content ?? '';
    await must(app, report, 'head-nv', 'PASS', { saw });
    const outcome = await act(app, report, 'cons', 'ACCEPT', { saw });
    if (outcome.kind !== 'accepted') throw new Error(JSON.stringify(outcome.blockers));
    expect(outcome.instance.context).to.include({ acceptedContent: saw, corrected: 1 });
    const told = outcome.entry.effects.find(({ kind }) => kind === 'tellBuiltOn');
    expect(told?.params).to.deep.equal({ period, now: saw });
    // both are read back
    expect((await contentOf(was)).answers.soLuotNguoi).to.equal('1250');
    expect((await contentOf(saw)).answers.soLuotNguoi).to.equal('1260');
    const history = await app.deps.store.instances.history(app.authority, report, 1, 100);
    expect(
      history
        .filter(({ bytes }) => bytes.includes('"command":"ACCEPT"'))
        .map(({ bytes }) => (JSON.parse(bytes) as { content: string }).content),
    ).to.deep.equal([was, saw]);
  });

  it('tells the second of two who save at once of the first, and loses neither text', async () => {
    const report = reportOf('p2');
    const { revision } = await loaded(app, report);
    const save = (who: string) =>
      saveDraft(app.deps, {
        authority: app.authority,
        instance: report,
        actor: 'head-p2',
        key: newKey(),
        ifRevision: revision,
        typed: { sections: [], answers: { ...soundAnswers, phuongHuong: who } },
      });
    const answers = await Promise.allSettled([save('người thứ nhất'), save('người thứ hai')]);
    const lost = answers.filter((one): one is PromiseRejectedResult => one.status === 'rejected');
    expect(lost.length).to.equal(1);
    const { code, params } = (lost[0] as PromiseRejectedResult).reason as TrinhkyError;
    expect(code).to.equal('revisionMoved');
    expect(
      (params.happened as { command: string; actor: string }[]).map(({ command, actor }) => `${command} ${actor}`),
    ).to.include('START head-p2');
    const won = answers.findIndex(({ status }) => status === 'fulfilled');
    const kept = await contentOf((await loaded(app, report)).content);
    expect(kept.answers.phuongHuong).to.equal(['người thứ nhất', 'người thứ hai'][won]);
  });

  it('is sent by the clerk for a unit that does not use the system, by its paper, and for no other', async () => {
    const report = reportOf('p5');
    await draft(app, report, 'clerk');
    expect(await refusedWith(app, report, 'clerk', 'SUBMIT')).to.deep.equal(['inputInvalid']);
    const source = 'Báo cáo số 12/BC-UBND ngày 05/3/2026 của UBND Phường 5';
    const sent = await must(app, report, 'clerk', 'SUBMIT', { input: { source } });
    expect(sent.context).to.include({ source, submittedBy: 'clerk' });
    const other = reportOf('p2');
    expect(await refusedWith(app, other, 'clerk', 'SUBMIT', { input: { source } })).to.deep.equal(['notYours']);
  });

  it('is late and locked apart: late is sent, locked is not, and silent comes back with a reason', async () => {
    app.clock.set('2026-03-21T01:00:00.000Z');
    await app.relay.settle();
    // given the due day, 20 March, has passed: what was not sent is late
    const [late, silent] = [reportOf('p3'), reportOf('p4')];
    expect([(await loaded(app, late)).context.late, (await loaded(app, reportOf('p1'))).context.late]).to.deep.equal([
      true,
      undefined,
    ]);
    await draft(app, late, 'head-p3');
    await must(app, late, 'head-p3', 'SUBMIT');
    expect((await loaded(app, late)).context).to.include({ late: true, submittedOn: '2026-03-21' });
    await must(app, silent, 'cons', 'RECORD_SILENCE');
    // when the period is locked
    await must(app, period, 'cons', 'LOCK');
    await app.relay.settle();
    const open = reportOf('p6');
    await draft(app, open, 'head-p6');
    expect(await refusedWith(app, open, 'head-p6', 'SUBMIT')).to.deep.equal(['reportLocked']);
    expect(await refusedWith(app, reportOf('p1'), 'head-p1', 'CORRECT', { input: { reason: 'x' } })).to.deep.equal([
      'reportLocked',
    ]);
    expect(await refusedWith(app, period, 'cons', 'UNLOCK')).to.deep.equal(['inputInvalid']);
    // then one report is unlocked with a reason, and another comes back out of silence
    await must(app, open, 'cons', 'UNLOCK', { input: { reason: 'Phường xin gửi bổ sung' } });
    expect((await must(app, open, 'head-p6', 'SUBMIT')).state).to.equal('checking');
    expect(
      await refusedWith(app, silent, 'cons', 'REOPEN', { input: { reason: 'Gửi muộn', dueOn: '2026-03-20' } }),
    ).to.deep.equal(['duePassed']);
    const back = await must(app, silent, 'cons', 'REOPEN', { input: { reason: 'Gửi muộn', dueOn: '2026-03-25' } });
    expect([back.state, back.context.dueOn, back.context.locked, back.context.late]).to.deep.equal([
      { preparing: 'open' },
      '2026-03-25',
      undefined,
      true,
    ]);
    // nobody is silent again before the new day is over
    expect(await refusedWith(app, silent, 'cons', 'RECORD_SILENCE')).to.deep.equal(['tooEarly']);
  });

  it('is closed with its period, which waits for every report', async () => {
    expect(await refusedWith(app, period, 'cons', 'CLOSE')).to.deep.equal(['childrenOpen']);
    for (const unit of ['p3', 'p5', 'p6']) {
      const { content, id } = await loaded(app, reportOf(unit));
      await must(app, id, 'head-nv', 'PASS', { saw: content ?? '' });
      await must(app, id, 'cons', 'ACCEPT', { saw: content ?? '' });
    }
    const { content, id } = await loaded(app, reportOf('nv'));
    await must(app, id, 'cons', 'ACCEPT', { saw: content ?? '' });
    app.clock.set('2026-03-26T01:00:00.000Z');
    await app.relay.settle();
    await must(app, reportOf('p4'), 'cons', 'RECORD_SILENCE');
    await must(app, reportOf('p2'), 'cons', 'RECORD_SILENCE');
    await must(app, period, 'cons', 'CLOSE');
    await app.relay.settle();
    const states = await Promise.all(['p1', 'p2', 'p4', 'nv'].map(async (unit) => (await loaded(app, reportOf(unit))).state));
    expect(states).to.deep.equal(['closed', 'unreported', 'unreported', 'closed']);
    expect((await must(app, obligation, 'cons', 'END')).state).to.equal('ended');
    expect(await chainFaults(app)).to.deep.equal([]);
  });
});
