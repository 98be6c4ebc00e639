import { expect } from 'chai';
import {
  appointment,
  chairBlock,
  delegation,
  deputyBlock,
  directoryOf,
  directory as exampleDirectory,
  firstDraft,
  preparation,
  secondDraft,
  tuesdayLate,
  wednesdayEarly,
  withAppointments,
  withDelegations,
} from '../support/builders.js';
import type { Told } from '../support/given.js';
import { given, readEntry } from '../support/given.js';

// The people of the story. Who they are and what they hold: test/support/builders.ts.
const submits: Told = { do: 'SUBMIT', by: 'drafter' };
const approvesContent: Told = { do: 'APPROVE_CONTENT', by: 'cultureHead' };
const approvesForm: Told = { do: 'APPROVE_FORM', by: 'formChecker' };
const returns: Told = { do: 'RETURN', by: 'formChecker', input: { reason: 'Thiếu nơi nhận' } };
const edits: Told = { do: 'EDIT', by: 'drafter', input: { content: secondDraft } };
const prepares: Told = { do: 'PREPARE', by: 'deputy', given: { preparation: preparation() } };
const signs: Told = { do: 'SIGN', by: 'deputy', saw: preparation().prepared };

const laidBefore: readonly Told[] = [submits, approvesContent, approvesForm];
const prepared: readonly Told[] = [...laidBefore, prepares];

describe('a paper on its way to the signature', () => {
  it('is reviewed by two people side by side, in either order', () => {
    given('document', [submits])
      .when(approvesForm)
      .leadsTo({ reviewing: { content: 'waiting', form: 'approved' } });
    given('document', [submits])
      .when(approvesContent)
      .leadsTo({ reviewing: { content: 'approved', form: 'waiting' } });
  });

  it('is laid before the signatory by the second approval, in the same revision', () => {
    const { next, entry } = given('document', [submits, approvesForm]).when(approvesContent).leadsTo({ signing: 'laidBefore' });
    expect([next.revision, entry.seq, entry.transition]).to.deep.equal([4, 4, 'APPROVE_CONTENT/1']);
    expect(entry.effects.map(({ kind, params }) => [kind, params.turn])).to.deep.include(['notify', true]);
  });

  it('goes back with both approvals undone when one reviewer returns it', () => {
    const { next } = given('document', [submits, approvesContent]).when(returns).leadsTo('drafting');
    expect(next.context).to.include({ returned: 1 }).and.not.to.have.property('contentApprovedBy');
  });

  it('is reviewed anew by both in the second round', () => {
    given('document', [submits, approvesContent, returns, edits])
      .when(submits)
      .leadsTo({ reviewing: { content: 'waiting', form: 'waiting' } });
  });

  it('is prepared with a number, then signed; the numbers of the chain follow', () => {
    const story = given('document', prepared);
    expect(story.instance.context).to.include({ number: 8, symbol: 'KH-UBND', issuedOn: '2010-02-09' });
    const { next, entry } = story.when(signs).leadsTo('signed');
    expect(next.context.signedBy).to.equal('deputy');
    expect([entry.seq, entry.prev]).to.deep.equal([6, story.instance.head]);
  });

  it('is signed for the committee: the capacity comes from the post and stays in the entry', () => {
    const signed = given('document', prepared).when(signs).leadsTo('signed');
    expect(readEntry(signed)).to.deep.equal({
      actor: 'deputy',
      onBehalfOf: null,
      role: 'signatory',
      by: 'deputy@committee/deputyChair',
      capacity: deputyBlock,
    });
  });

  it('can be signed by the chairman, without KT.', () => {
    const mine: Told = { do: 'PREPARE', by: 'chair', given: { preparation: preparation({ signature: chairBlock }) } };
    const signed = given('document', [...laidBefore, mine])
      .when({ ...signs, by: 'chair' })
      .leadsTo('signed');
    expect(readEntry(signed).capacity).to.deep.equal(chairBlock);
  });
});

describe('four eyes', () => {
  it('the drafter cannot approve his own paper, even as head of the unit', () => {
    const directory = withAppointments(appointment('drafter', 'culture', 'head'));
    given('document', [submits])
      .when({ ...approvesContent, by: 'drafter', directory })
      .isRefused('mustDiffer');
  });

  it('the drafter cannot approve on behalf of the head', () => {
    const directory = withDelegations(delegation('cultureHead', 'drafter'));
    given('document', [submits])
      .when({ ...approvesContent, by: 'drafter', directory })
      .isRefused('mustDiffer');
  });

  it('a delegate of the drafter cannot approve what the drafter might have approved', () => {
    // given a head who drafts the paper himself, and a delegate of his
    const mine = { context: { drafter: 'cultureHead', draftingUnit: 'culture', type: 'KH', title: 'X' }, by: 'cultureHead' };
    const directory = withDelegations(delegation('cultureHead', 'colleague'));
    // when the delegate approves, then he has nothing to act by: a delegation has no effect on what the delegator made
    given('document', [{ ...submits, by: 'cultureHead' }], mine)
      .when({ ...approvesContent, by: 'colleague', directory })
      .isRefused('notYours', 'delegationLapsed');
  });

  it('but a delegate who may act for another head as well acts for that one', () => {
    const mine = { context: { drafter: 'cultureHead', draftingUnit: 'culture', type: 'KH', title: 'X' }, by: 'cultureHead' };
    const directory = directoryOf({
      appointments: [...exampleDirectory.appointments, appointment('financeHead', 'culture', 'head')],
      delegations: [delegation('cultureHead', 'colleague'), delegation('financeHead', 'colleague')],
    });
    const { entry } = given('document', [{ ...submits, by: 'cultureHead' }], mine)
      .when({ ...approvesContent, by: 'colleague', directory })
      .leadsTo({ reviewing: { content: 'approved', form: 'waiting' } });
    expect([entry.onBehalfOf, entry.by]).to.deep.equal(['financeHead', 'financeHead>colleague']);
  });

  it('whoever edited the draft cannot approve it, although another is the drafter', () => {
    // given a form checker who edited for the drafter
    const directory = withDelegations(delegation('drafter', 'formChecker'));
    const story = given('document', [{ ...edits, by: 'formChecker', directory }, submits]);
    // when he checks the form, then he is named as editor
    const [refusal] = story.when({ ...approvesForm, saw: secondDraft }).isRefused('mustDiffer');
    expect(refusal).to.deep.equal({ person: 'formChecker', fields: ['drafter', 'editors'] });
  });

  it('whoever approved the content takes no number for a paper that he could not sign', () => {
    const directory = withAppointments(appointment('cultureHead', 'committee', 'deputyChair'));
    const signature = { ...deputyBlock, name: 'Người ví dụ 08' };
    given('document', laidBefore)
      .when({ ...prepares, by: 'cultureHead', directory, given: { preparation: preparation({ signature }) } })
      .isRefused('mustDiffer');
  });

  it('whoever let a delegate approve for him cannot sign either', () => {
    // given the head of the unit is a deputy chairman too, and his delegate approved in his name
    const directory = {
      ...withAppointments(appointment('cultureHead', 'committee', 'deputyChair')),
      delegations: [delegation('cultureHead', 'colleague')],
    };
    const delegated: Told = { ...approvesContent, by: 'colleague', directory };
    const story = given('document', [submits, delegated, approvesForm]);
    const [refusal] = story
      .when({ ...prepares, by: 'cultureHead', directory, given: { preparation: preparation() } })
      .isRefused('mustDiffer');
    expect(refusal).to.include({ person: 'cultureHead' });
  });
});

describe('what is shown is what is signed', () => {
  it('an approval of a content that has been replaced is refused', () => {
    const [params] = given('document', [edits, submits]).when(approvesContent).isRefused('contentMoved');
    expect(params).to.deep.equal({ saw: firstDraft, wanted: secondDraft });
  });

  it('a signature names the prepared print, not the content', () => {
    given('document', prepared)
      .when({ ...signs, saw: firstDraft })
      .isRefused('contentMoved');
  });

  it('a print of yesterday is prepared again: at 23:30 it can be signed, at 00:30 not', () => {
    given('document', prepared)
      .when({ ...signs, at: tuesdayLate })
      .leadsTo('signed');
    const [params] = given('document', prepared)
      .when({ ...signs, at: wednesdayEarly })
      .isRefused('preparedOnEarlierDay');
    expect(params).to.deep.equal({ issuedOn: '2010-02-09', today: '2010-02-10' });
  });

  it('a print that bears one name is not signed by another', () => {
    given('document', prepared)
      .when({ ...signs, by: 'chair' })
      .isRefused('preparedByOther');
  });

  it('a plain delegation lets nobody sign: it gives no capacity', () => {
    const directory = withDelegations(delegation('deputy', 'financeHead'));
    given('document', laidBefore)
      .when({ ...prepares, by: 'financeHead', directory })
      .isRefused('capacityMissing');
  });

  it('nothing is signed before a number is reserved and printed', () => {
    given('document', laidBefore)
      .when({ ...prepares, given: {} })
      .isRefused('preparationNeeded');
    given('document', laidBefore).when(signs).isRefused('notPossibleHere');
  });
});
