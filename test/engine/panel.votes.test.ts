import { expect } from 'chai';
import { available } from '../../src/engine/available.js';
import { decide } from '../../src/engine/decide.js';
import type { PanelDefinition } from '../../src/engine/definition.js';
import { hashOf } from '../../src/engine/json.js';
import { standingOf } from '../../src/engine/standing.js';
import { delegation } from '../support/builders.js';
import { commandOf, factsOf } from '../support/given.js';
import { ballotIn, modelWith, opened, outcome, reached, submit, three, town, vote } from '../support/poll.js';

describe('the votes of a panel', () => {
  it('writes its members on the ballot when it is entered, into the context that the entry hashes', () => {
    const model = modelWith();
    const opening = opened(model, town(three));
    if (opening.kind === 'refused') throw new Error('not opened');
    const decision = decide(model, opening.next, commandOf(submit), factsOf({ directory: town(three) }));
    if (decision.kind === 'refused') throw new Error('not entered');
    expect(ballotIn(decision.next)).to.deep.equal({ members: [...three], votes: [] });
    expect(decision.entry.contextHash).to.equal(hashOf({ drafter: 'drafter', ballot: { members: [...three], votes: [] } }));
  });

  it('takes no ballot that an opener brings along', () => {
    const forged = { drafter: 'drafter', ballot: { members: ['stranger'], votes: [] } };
    const decision = opened(modelWith(), town(three), forged);
    expect(decision.kind === 'refused' && decision.blockers[0]?.params).to.deep.equal({
      faults: [{ path: '/ballot', message: 'is written by commands alone' }],
    });
  });

  it('is not entered where nobody, or too few, could vote', () => {
    const [none, atLeastFour] = [modelWith(), modelWith({ rule: { atLeast: 4 } })];
    expect(outcome(none, reached(none, town([]), []), town([]), submit)).to.equal('panelMembers');
    expect(outcome(atLeastFour, reached(atLeastFour, town(three), []), town(three), submit)).to.equal('panelMembers');
    expect(outcome(atLeastFour, reached(atLeastFour, town([]), []), town([...three, 'auditor']), submit)).to.equal('voting');
  });

  it('takes one vote of each member and awaits the others alone', () => {
    const model = modelWith();
    const directory = town(three);
    const instance = reached(model, directory, [submit, vote('financeHead')]);
    const [first] = ballotIn(instance).votes;
    expect(first).to.deep.include({ person: 'financeHead', by: 'field:ballot', choice: 'approve', seq: 3 });
    expect(outcome(model, instance, directory, vote('financeHead', 'reject'))).to.equal('alreadyVoted');
    expect(outcome(model, instance, directory, vote('drafter'))).to.equal('notYours');
    expect(standingOf(model, instance, factsOf({ directory })).principals).to.deep.equal(['person:deputy', 'person:ward1Head']);
    expect(outcome(model, instance, directory, { ...vote('deputy'), input: { choice: 'abstain' } })).to.equal('inputInvalid');
    expect(outcome(model, instance, directory, { ...vote('deputy'), input: {} })).to.equal('inputInvalid');
  });

  it('opens a fresh ballot on each stay, and leaves the votes of the one before in the history', () => {
    const model = modelWith();
    const directory = town(three);
    const again = reached(model, directory, [submit, vote('deputy'), { do: 'RETURN', by: 'drafter' }, submit]);
    expect(ballotIn(again).votes).to.deep.equal([]);
    expect(outcome(model, again, directory, vote('deputy'))).to.equal('voting');
  });

  it('lets a delegate vote for a member, apart from his own vote, by name, and for each member once', () => {
    const model = modelWith();
    const directory = town(three, {
      delegations: [delegation('ward1Head', 'deputy'), delegation('ward1Head', 'auditor'), delegation('ward1Head', 'stranger')],
    });
    const instance = reached(model, directory, [submit, vote('deputy')]);
    // given a member who has voted: asking twice is no vote for the one whose delegate he is
    expect(outcome(model, instance, directory, vote('deputy'))).to.equal('alreadyVoted');
    const both = reached(model, directory, [submit, vote('deputy'), vote('deputy', 'approve', { onBehalfOf: 'ward1Head' })]);
    expect(ballotIn(both).votes.at(-1)).to.deep.include({ person: 'deputy', onBehalfOf: 'ward1Head', by: 'ward1Head>deputy' });
    // when another delegate of the same member, or the member himself, asks for a second vote
    for (const told of [vote('auditor'), vote('ward1Head'), vote('deputy', 'approve', { onBehalfOf: 'ward1Head' })])
      expect(outcome(model, both, directory, told)).to.equal('alreadyVoted');
    // and a delegate who is no member need not say for whom
    expect(outcome(model, instance, directory, vote('auditor'))).to.equal('voting');
    // the page offers the vote that is left to him, and says for whom it is
    const shown = available(model, instance, 'deputy', factsOf({ directory })).find(({ command }) => command === 'VOTE');
    expect(shown).to.deep.include({ open: true, onBehalfOf: 'ward1Head' });
  });

  it('counts a change of posts as the definition says, and COUNT_VOTE lets nothing hang', () => {
    const share = { rule: { share: 0.5 } } as const;
    const expected = { frozen: ['voteOpen', 'voting'], leaversDrop: ['agreed', 'notOnBallot'], follows: ['voting', 'notYours'] };
    for (const [membership, [count, leaver]] of Object.entries(expected)) {
      const model = modelWith({ ...share, membership: membership as PanelDefinition['membership'] });
      const instance = reached(model, town(three), [submit, vote('deputy')]);
      // when two of three leave, and somebody else comes in whose vote only `follows` wants
      const now = membership === 'follows' ? town(['deputy', 'drafter', 'auditor']) : town(['deputy', 'auditor']);
      expect(outcome(model, instance, now, { do: 'COUNT_VOTE', by: 'system' }), membership).to.equal(count);
      expect(outcome(model, instance, now, vote('ward1Head', 'reject')), membership).to.equal(leaver);
      expect(outcome(model, instance, now, vote('auditor')), membership).to.equal(
        membership === 'follows' ? 'agreed' : 'notYours',
      );
    }
  });

  it('fails where all members are gone, and counts a member again who comes back', () => {
    const model = modelWith({ membership: 'leaversDrop' });
    const instance = reached(model, town(three), [submit, vote('deputy')]);
    expect(outcome(model, instance, town([]), { do: 'COUNT_VOTE', by: 'system' })).to.equal('refused');
    const left = reached(model, town(three), [
      submit,
      vote('deputy'),
      { do: 'COUNT_VOTE', by: 'system', directory: town(['financeHead', 'ward1Head']) },
    ]);
    expect(ballotIn(left).left).to.deep.equal(['deputy']);
    // his vote of this stay stands when he is back: he has no second
    expect(outcome(model, left, town(three), vote('deputy'))).to.equal('alreadyVoted');
    expect(outcome(model, left, town(three), { do: 'COUNT_VOTE', by: 'financeHead' })).to.equal('voting');
  });
});
