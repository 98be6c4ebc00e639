import { expect } from 'chai';
import { contentOf, delegation, firstDraft, withDelegations } from '../support/builders.js';
import { given, type Told } from '../support/given.js';

const first = 'a'.repeat(64);
const second = contentOf('correction');
const starts: Told = { do: 'START', by: 'ward1Head', input: { content: first } };
const submits: Told = { do: 'SUBMIT', by: 'ward1Head' };
const returns: Told = { do: 'RETURN', by: 'consolidator', saw: first, input: { reason: 'Thiếu số liệu' } };
const accepts: Told = { do: 'ACCEPT', by: 'consolidator', saw: first };
const corrects: Told = { do: 'CORRECT', by: 'ward1Head', input: { reason: 'Nhầm số' } };
const writesCorrection: Told = { do: 'SAVE', by: 'ward1Head', input: { content: second } };
const sendsCorrection: Told = { do: 'SUBMIT_CORRECTION', by: 'ward1Head' };
const returnsCorrection: Told = { ...returns, saw: second };
const keeps: Told = { do: 'KEEP', by: 'ward1Head' };
// the day after the report was due
const silence: Told = { do: 'RECORD_SILENCE', by: 'consolidator', at: '2010-03-26T02:00:00.000Z' };
const reason = { reason: 'Giao nhầm' };

describe('every child can come to an end, so that its plan can be closed', () => {
  it('a report that was returned and never came back is recorded as silent when it is late again', () => {
    // given a report that was in time, and was returned
    const story = given('report', [starts, submits, returns]);
    story.when(silence).isRefused('fieldMissing');
    // when its date has passed once more
    const visit = story.instance.visits['/preparing'];
    const timer = { path: '/preparing', visit: visit?.revision ?? 0, dueRevision: visit?.dueRevision ?? 0 };
    const late = given('report', [starts, submits, returns, { do: 'MARK_LATE', by: 'system', timer }]);
    // then the consolidator can end it
    late.when(silence).leadsTo('silent');
  });

  it('a correction that never comes is given up by the consolidator', () => {
    given('report', [starts, submits, accepts, corrects])
      .when({ ...keeps, by: 'consolidator' })
      .leadsTo('accepted');
  });

  it('an assignment whose unit has nobody to act is taken back, and its directive is told', () => {
    const accepted: Told = { do: 'ACCEPT', by: 'ward1Head' };
    for (const told of [[], [accepted]]) {
      const release: Told = { do: 'RELEASE', by: 'consolidator', input: reason };
      const { effects } = given('assignment', told).when(release).leadsTo('released');
      expect(effects.map(({ kind }) => kind)).to.deep.equal(['notify', 'tellParent']);
    }
  });

  it('a directive that was opened by mistake is cancelled before anybody is assigned', () => {
    given('directive').when({ do: 'CANCEL', by: 'deputy', input: reason }).leadsTo('cancelled');
  });

  it('a draft whose drafter is gone is discarded by the head of his unit', () => {
    given('document').when({ do: 'DISCARD', by: 'cultureHead', input: reason }).leadsTo('discarded');
  });
});

describe('what was accepted stays what was accepted', () => {
  it('a correction that was returned does not come in by keeping the accepted report', () => {
    // given an accepted report whose correction was returned
    const story = given('report', [starts, submits, accepts, corrects, writesCorrection, sendsCorrection, returnsCorrection]);
    expect(story.instance.content).to.equal(second);
    // when the reporter keeps the accepted one, then that is the content again
    const { next } = story.when(keeps).leadsTo('accepted');
    expect(next.content).to.equal(first);
  });

  it('an accepted correction is what later corrections fall back to', () => {
    const again: Told = { ...accepts, saw: second };
    const third: Told = { ...writesCorrection, input: { content: contentOf('third') } };
    const first = [starts, submits, accepts, corrects, writesCorrection, sendsCorrection, again];
    const told = [...first, corrects, third, sendsCorrection];
    const back = given('report', [...told, { ...returns, saw: contentOf('third') }]);
    expect(back.when(keeps).leadsTo('accepted').next.content).to.equal(second);
  });

  it('who submitted for the drafter approves neither content nor form', () => {
    const directory = withDelegations(delegation('drafter', 'cultureHead'));
    const submit: Told = { do: 'SUBMIT', by: 'cultureHead', onBehalfOf: 'drafter', directory };
    const story = given('document', [submit]);
    story.when({ do: 'APPROVE_CONTENT', by: 'cultureHead', saw: firstDraft, directory }).isRefused('mustDiffer');
  });
});
