import { expect } from 'chai';
import { decide } from '../../src/engine/decide.js';
import { appointment, delegation, directoryOf, tuesday, wednesdayEarly, withDelegations } from '../support/builders.js';
import { commandOf, factsOf, given, modelOf, type Told } from '../support/given.js';

const submits: Told = { do: 'SUBMIT', by: 'drafter' };
const discards: Told = { do: 'DISCARD', by: 'drafter', input: { reason: 'Trùng' } };

describe('a refusal explains itself', () => {
  it('names what is not possible here, and whether it ever is', () => {
    const params = given('document').when({ do: 'ISSUE', by: 'clerk' }).isRefused('notPossibleHere');
    expect(params[0]).to.deep.equal({ command: 'ISSUE', known: true, state: 'drafting', revision: 1 });
    const [unknown] = given('document').when({ do: 'FLY', by: 'clerk' }).isRefused('notPossibleHere');
    expect(unknown?.known).to.equal(false);
  });

  it('takes a name of Object.prototype for an unknown command', () => {
    given('document').when({ do: 'constructor', by: 'drafter' }).isRefused('notPossibleHere');
    given('document').when({ do: '__proto__', by: 'drafter' }).isRefused('notPossibleHere');
  });

  it('says who could act instead', () => {
    const { decision } = given('document', [submits]).when({ do: 'APPROVE_FORM', by: 'clerk' });
    expect(decision.kind === 'refused' && decision.blockers).to.deep.equal([
      {
        code: 'notYours',
        params: { command: 'APPROVE_FORM', roles: ['formChecker'] },
        who: ['post:committee/formChecker'],
      },
    ]);
  });

  it('names every requirement that is not met, not only the first', () => {
    const directory = directoryOf({ appointments: [appointment('financeHead', 'finance', 'head')] });
    given('document', [], { content: null })
      .when({ ...submits, directory })
      .isRefused('contentMissing', 'notOfUnit');
  });

  it('refuses everything once the instance has ended', () => {
    for (const told of [submits, discards, { do: 'FLY', by: 'system' }]) {
      given('document', [discards]).when(told).isRefused('ended');
    }
  });

  it('refuses an input that does not fit, with the place of each fault', () => {
    const story = given('document');
    const [missing] = story.when({ ...discards, input: {} }).isRefused('inputInvalid');
    expect(missing).to.deep.equal({ faults: [{ path: '', message: '"reason" is missing' }] });
    story.when({ ...discards, input: { reason: '' } }).isRefused('inputInvalid');
    story.when({ ...discards, input: { reason: 'x', state: 'signed' } }).isRefused('inputInvalid');
    story.when({ ...submits, input: { anything: 1 } }).isRefused('inputInvalid');
  });

  it('answers who may before what fits: a stranger learns nothing of the input', () => {
    given('document').when({ do: 'DISCARD', by: 'stranger', input: {} }).isRefused('notYours');
  });

  it('knows nobody by a name that is nobody, nor the system where it is not named', () => {
    for (const by of ['', 'nobody', '__proto__', 'system', 'person:drafter']) {
      given('document')
        .when({ ...submits, by })
        .isRefused('notYours');
    }
  });

  it('takes the claim of the delegator who was named, and no other', () => {
    const directory = withDelegations(delegation('drafter', 'colleague'));
    const story = given('document');
    const { entry } = story.when({ ...submits, by: 'colleague', directory }).leadsTo({
      reviewing: { content: 'waiting', form: 'waiting' },
    });
    expect([entry.onBehalfOf, entry.by]).to.deep.equal(['drafter', 'drafter>colleague']);
    story.when({ ...submits, by: 'colleague', onBehalfOf: 'cultureHead', directory }).isRefused('notYours');
    story.when({ ...submits, onBehalfOf: 'drafter', directory }).isRefused('notYours');
  });

  it('takes the alternative whose requirements are met', () => {
    // given a directive with one assignment that is open, then ended
    const story = given('directive', [{ do: 'ASSIGN', by: 'consolidator', input: { lead: ['ward1'] } }]);
    const child = { id: 'a-1', kind: 'assignment', key: 'ward1', open: true, state: 'offered' };
    const told: Told = { do: 'ASSIGNMENT_ENDED', by: 'system' };
    const open = story.when({ ...told, given: { children: [child] } });
    expect(open.leadsTo(story.instance.state).entry.transition).to.equal('ASSIGNMENT_ENDED/3');
    const ended = story.when({ ...told, given: { children: [{ ...child, open: false }] } });
    expect(ended.leadsTo({ active: { work: { execution: 'carried', reporting: 'collecting' } } }).entry.transition).to.equal(
      'ASSIGNMENT_ENDED/1',
    );
  });

  it('treats a state that the definition cannot be in as damage, not as a decision', () => {
    const { instance } = given('document');
    for (const state of ['constructor', 'nowhere', { reviewing: { content: 'waiting' } }, { signing: 'laidBefore', x: 'y' }]) {
      const damaged = { ...instance, state };
      expect(() => decide(modelOf('document'), damaged, commandOf(submits), factsOf(submits))).to.throw('does not have');
    }
  });
});

describe('a decision is pure', () => {
  it('gives the same answer twice and changes nothing it was given', () => {
    const { instance } = given('document');
    const frozen = JSON.stringify(instance);
    const first = decide(modelOf('document'), instance, commandOf(submits), factsOf({ at: tuesday }));
    const second = decide(modelOf('document'), instance, commandOf(submits), factsOf({ at: tuesday }));
    expect(first).to.deep.equal(second);
    expect(JSON.stringify(instance)).to.equal(frozen);
  });

  it('takes the day from the facts, in Asia/Ho_Chi_Minh', () => {
    const sent: Told = { do: 'COMPLETE', by: 'ward1Head', input: { result: 'Xong' }, at: wednesdayEarly };
    const { next } = given('assignment', [{ do: 'ACCEPT', by: 'ward1Head' }])
      .when(sent)
      .leadsTo('completed');
    expect(next.context.completedOn).to.equal('2010-02-10');
  });
});
