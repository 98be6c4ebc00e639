import { expect } from 'chai';
import type { Ballot } from '../../src/engine/panel.js';
import {
  appointment,
  delegation,
  directoryOf,
  directory as exampleDirectory,
  preparation,
  secondDraft,
  withAppointments,
  withDelegations,
} from '../support/builders.js';
import { given, type Told } from '../support/given.js';

const submits: Told = { do: 'SUBMIT', by: 'drafter' };
const content: Told = { do: 'APPROVE_CONTENT', by: 'cultureHead' };
const form: Told = { do: 'APPROVE_FORM', by: 'formChecker' };
const laid: readonly Told[] = [submits, content, form];
const back = (step?: string): Told => ({
  do: 'RETURN',
  by: 'deputy',
  input: { reason: 'Cần xem lại', ...(step === undefined ? {} : { step }) },
});
const prepares: Told = { do: 'PREPARE', by: 'deputy', given: { preparation: preparation() } };

describe('a paper that comes back from the signatory', () => {
  it('to the drafter, loses both approvals; also where the return names no step', () => {
    for (const told of [back(), back('drafting')]) {
      const { next } = given('document', laid).when(told).leadsTo('drafting');
      expect(next.context).not.to.have.any.keys('contentApprovedBy', 'formApprovedBy', 'approvers', 'formFindings');
    }
  });

  it('to the review of content, keeps the approval of form, and lies before the signatory again by one approval', () => {
    const story = given('document', [...laid, back('content')]);
    expect(story.instance.state).to.equal('contentAgain');
    expect(story.instance.context).to.include({ formApprovedBy: 'formChecker' }).and.not.to.have.property('contentApprovedBy');
    expect(story.last?.standing.principals).to.deep.equal(['post:culture/head']);
    story.when({ ...form }).isRefused('notPossibleHere');
    const { next } = story.when(content).leadsTo({ signing: 'laidBefore' });
    expect(next.context).to.include({ contentApprovedBy: 'cultureHead', formApprovedBy: 'formChecker' });
  });

  it('to the check of form, keeps the approval of content', () => {
    const story = given('document', [...laid, back('form')]);
    expect(story.instance.context).to.include({ contentApprovedBy: 'cultureHead' }).and.not.to.have.property('formApprovedBy');
    story.when(form).leadsTo({ signing: 'laidBefore' });
    // and who checks it anew may send it all the way back
    const returned: Told = { do: 'RETURN', by: 'formChecker', input: { reason: 'Sai nơi nhận' } };
    const { next } = story.when(returned).leadsTo('drafting');
    expect(next.context).not.to.have.any.keys('contentApprovedBy', 'approvers');
  });

  it('only to a step that the definition names, and never without a reason', () => {
    given('document', laid).when(back('signing')).isRefused('inputOther');
    given('document', laid)
      .when({ do: 'RETURN', by: 'deputy', input: { step: 'content' } })
      .isRefused('inputInvalid');
  });

  it('whoever approved it before the return still cannot sign it', () => {
    const directory = withAppointments(
      appointment('cultureHead', 'committee', 'deputyChair'),
      appointment('cultureDeputy', 'culture', 'head'),
    );
    // given an approval by a head who is a deputy chairman too, then a return to content and the approval of another head
    const story = given('document', [...laid, back('content'), { ...content, by: 'cultureDeputy', directory }]);
    story.when({ ...prepares, by: 'cultureHead', directory }).isRefused('mustDiffer');
  });
});

describe('an approval is taken back until the next one has acted', () => {
  const takesBack = (by: string): Told => ({ do: 'TAKE_BACK', by });

  it('while the other check is open, and takes nothing from it', () => {
    const { next } = given('document', [submits, content])
      .when(takesBack('cultureHead'))
      .leadsTo({ reviewing: { content: 'waiting', form: 'waiting' } });
    expect(next.context).not.to.have.property('contentApprovedBy');
  });

  it('when it lies before the signatory: that check alone is done anew', () => {
    const content2 = given('document', laid).when(takesBack('cultureHead')).leadsTo('contentAgain');
    expect(content2.next.context).to.include({ formApprovedBy: 'formChecker' });
    const form2 = given('document', laid).when(takesBack('formChecker')).leadsTo('formAgain');
    expect(form2.next.context).to.include({ contentApprovedBy: 'cultureHead' });
  });

  it('not after the number is taken, not by a colleague in the same post, not before it was given', () => {
    given('document', [...laid, prepares])
      .when(takesBack('cultureHead'))
      .isRefused('notPossibleHere');
    const directory = withAppointments(appointment('cultureDeputy', 'culture', 'head'));
    const [params] = given('document', laid)
      .when({ ...takesBack('cultureDeputy'), directory })
      .isRefused('notYourDecision');
    expect(params).to.deep.equal({ person: 'cultureHead' });
    given('document', [submits, form]).when(takesBack('cultureHead')).isRefused('fieldMissing');
  });
});

describe('a draft in other hands', () => {
  const handsOver = (newDrafter: string, more: Partial<Told> = {}): Told => ({
    do: 'HAND_OVER',
    by: 'drafter',
    input: { newDrafter, reason: 'Nghỉ phép' },
    ...more,
  });
  const reassigns = (newDrafter: string): Told => ({ ...handsOver(newDrafter), do: 'REASSIGN', by: 'cultureHead' });

  it('is drafted by a colleague of the same unit, and by no one of another, with a reason', () => {
    const story = given('document', [handsOver('colleague')]);
    expect(story.instance.context).to.include({ drafter: 'colleague' });
    story.when({ ...submits, by: 'colleague' }).leadsTo({ reviewing: { content: 'waiting', form: 'waiting' } });
    story.when(submits).isRefused('notYours');
    given('document').when(handsOver('financeOfficer')).isRefused('notOfUnit');
    given('document')
      .when({ ...handsOver('colleague'), input: { newDrafter: 'colleague' } })
      .isRefused('inputInvalid');
    given('document').when(reassigns('drafter')).isRefused('mustDiffer');
  });

  it('bars the old drafter from approving and signing, although he never edited: own post, delegation, two posts', () => {
    const directory = {
      ...withDelegations(delegation('cultureHead', 'drafter')),
      appointments: withAppointments(
        appointment('drafter', 'committee', 'formChecker'),
        appointment('drafter', 'committee', 'chair'),
      ).appointments,
    };
    const told: readonly Told[] = [reassigns('colleague'), { ...submits, by: 'colleague' }];
    given('document', told)
      .when({ ...form, by: 'drafter', directory })
      .isRefused('mustDiffer');
    given('document', told)
      .when({ ...content, by: 'drafter', directory })
      .isRefused('mustDiffer');
    given('document', [...told, content, form])
      .when({ ...prepares, by: 'drafter', directory })
      .isRefused('mustDiffer');
  });

  it('never goes to somebody whose account is closed, or whose post in the unit is over', () => {
    const closed = directoryOf({ people: exampleDirectory.people.map((one) => ({ ...one, disabled: one.id === 'colleague' })) });
    const left = directoryOf({
      appointments: exampleDirectory.appointments.map((one) => (one.person === 'colleague' ? { ...one, to: '2010-02-08' } : one)),
    });
    for (const directory of [closed, left])
      given('document', [submits])
        .when({ do: 'REASSIGN', by: 'cultureHead', input: { newDrafter: 'colleague', reason: 'Nghỉ phép' }, directory })
        .isRefused('notOfUnit');
  });

  it('never goes to somebody who has approved it, nor to anybody once it is signed', () => {
    const directory = withAppointments(appointment('formChecker', 'culture', 'officer'));
    given('document', [submits, form])
      .when({ ...reassigns('formChecker'), directory })
      .isRefused('mustDiffer');
    const signed = given('document', [...laid, prepares, { do: 'SIGN', by: 'deputy', saw: preparation().prepared }]);
    signed.when(reassigns('colleague')).isRefused('fieldPresent');
  });

  it('moves nothing and awaits nobody: the review goes on', () => {
    const { next, standing } = given('document', [submits])
      .when(reassigns('colleague'))
      .leadsTo({ reviewing: { content: 'waiting', form: 'waiting' } });
    expect(standing.principals).to.deep.equal(['post:committee/formChecker', 'post:culture/head']);
    expect(next.visits).to.deep.equal(given('document', [submits]).instance.visits);
  });
});

describe('a paper put to the vote of those whom the chairman names', () => {
  const voters = ['chair', 'financeHead', 'ward1Head', 'ward2Head'];
  const puts: Told = { do: 'PUT_TO_VOTE', by: 'chair', input: { voters } };
  const votes = (by: string, choice: string, more: Partial<Told> = {}): Told => ({ do: 'VOTE', by, input: { choice }, ...more });
  const voting: readonly Told[] = [...laid, puts];

  it('is agreed by more than half of all members, an abstention weighing against it, and can then be prepared', () => {
    const story = given('document', [
      ...voting,
      votes('chair', 'approve'),
      votes('financeHead', 'approve'),
      votes('ward1Head', 'abstain'),
    ]);
    expect(story.instance.state).to.deep.equal({ signing: 'voting' });
    expect(story.last?.standing.principals).to.deep.equal(['person:ward2Head']);
    const agreed = given('document', [
      ...voting,
      votes('chair', 'approve'),
      votes('financeHead', 'approve'),
      votes('ward1Head', 'approve'),
    ]);
    expect(agreed.instance.state).to.deep.equal({ signing: 'agreed' });
    agreed.when(prepares).leadsTo({ signing: 'prepared' });
    // the approvals cannot be taken back any more: the next ones have acted
    agreed.when({ do: 'TAKE_BACK', by: 'cultureHead' }).isRefused('notPossibleHere');
  });

  it('is voted down as soon as it cannot be agreed, and then goes back or to a new vote, never to the signature', () => {
    const story = given('document', [...voting, votes('chair', 'reject'), votes('ward1Head', 'abstain')]);
    expect(story.instance.state).to.deep.equal({ signing: 'votedDown' });
    story.when(prepares).isRefused('notPossibleHere');
    story.when(back()).leadsTo('drafting');
    const { next } = story.when(puts).leadsTo({ signing: 'voting' });
    expect((next.context.ballot as unknown as Ballot).votes).to.deep.equal([]);
  });

  it('is not carried past the vote by a return that leaves its text as it is', () => {
    const down: readonly Told[] = [...voting, votes('chair', 'reject'), votes('ward1Head', 'abstain')];
    const approves: Told = { do: 'APPROVE_CONTENT', by: 'cultureHead' };
    // given a text that was voted down, returned to the review of content, or that came back before the votes were in, and approved again
    for (const [told, step] of [
      [down, 'content'],
      [voting, 'content'],
    ] as const) {
      const again = given('document', [...told, back(step), approves]);
      expect(again.instance.state).to.deep.equal({ signing: 'laidBefore' });
      again.when(prepares).isRefused('voteNeeded');
      again.when(puts).leadsTo({ signing: 'voting' });
    }
    // and the same by way of the drafter who changes nothing
    const untouched = given('document', [...down, back(), ...laid]);
    untouched.when(prepares).isRefused('voteNeeded');
    // while another text is another paper
    const edits: Told = { do: 'EDIT', by: 'drafter', input: { content: secondDraft } };
    const edited = given('document', [...down, back(), edits, ...laid.map((one) => ({ ...one, saw: secondDraft }))]);
    edited
      .when({ ...prepares, given: { preparation: preparation({ preparedContent: secondDraft }) } })
      .leadsTo({ signing: 'prepared' });
  });

  it('is not handed over to one who votes on it', () => {
    const hands: Told = { do: 'REASSIGN', by: 'cultureHead', input: { newDrafter: 'colleague', reason: 'Nghỉ phép' } };
    given('document', [...laid, { ...puts, input: { voters: ['chair', 'colleague'] } }, votes('colleague', 'approve')])
      .when(hands)
      .isRefused('mustDiffer');
  });

  it('tells who has voted that his vote has arrived, also where he asks for the count', () => {
    const story = given('document', [...voting, votes('chair', 'approve')]);
    story.when({ do: 'COUNT_VOTE', by: 'chair' }).isRefused('alreadyVoted');
    story.when({ do: 'COUNT_VOTE', by: 'financeHead' }).isRefused('voteOpen');
  });

  it('is voted on only by its text, and not by who drafted or edited it, himself or as a delegate', () => {
    const [params] = given('document', voting)
      .when(votes('chair', 'approve', { saw: secondDraft }))
      .isRefused('contentMoved');
    expect(params?.saw).to.equal(secondDraft);
    given('document', laid)
      .when({ ...puts, input: { voters: ['chair', 'drafter'] } })
      .isRefused('mustDiffer');
    const directory = withDelegations(delegation('ward1Head', 'drafter'));
    given('document', voting)
      .when(votes('drafter', 'approve', { directory }))
      .isRefused('mustDiffer');
    given('document', laid)
      .when({ ...puts, input: { voters: ['stranger'] } })
      .isRefused('personUnknown');
  });

  it('does not hang on a member whose account is closed', () => {
    const told = [...voting, votes('chair', 'approve'), votes('financeHead', 'approve')];
    const people = exampleDirectory.people.map((one) => (one.id === 'ward2Head' ? { ...one, disabled: true } : one));
    const count: Told = { do: 'COUNT_VOTE', by: 'ward1Head' };
    given('document', told).when(count).isRefused('voteOpen');
    given('document', told)
      .when({ ...count, directory: directoryOf({ people }) })
      .leadsTo({ signing: 'agreed' });
  });
});
