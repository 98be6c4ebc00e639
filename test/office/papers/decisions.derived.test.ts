import { expect } from 'chai';
import { readEntry } from '../../../src/engine/entry.js';
import { decisionsOf, type MadeDecision } from '../../../src/office/papers/decisions.js';
import { delegation, firstDraft, preparation, secondDraft, withDelegations } from '../../support/builders.js';
import { given, modelOf, type Told } from '../../support/given.js';

const submits: Told = { do: 'SUBMIT', by: 'drafter' };
const content: Told = { do: 'APPROVE_CONTENT', by: 'cultureHead' };
const form: Told = { do: 'APPROVE_FORM', by: 'formChecker' };
const returns = (step: string): Told => ({ do: 'RETURN', by: 'deputy', input: { step, reason: 'Cần xem lại' } });
const edits: Told = { do: 'EDIT', by: 'drafter', input: { content: secondDraft } };

function derived(told: readonly Told[]): readonly MadeDecision[] {
  const entries = given('document', told).entries.map(({ bytes }) => readEntry(bytes));
  return decisionsOf(
    entries,
    ({ command, transition }) =>
      modelOf('document')
        .byCommand.get(command)
        ?.find(({ id }) => id === transition)?.definition,
  );
}

/** A decision in one line: command, actor, and why and by which entry it fell. */
const lines = (told: readonly Told[]): readonly string[] =>
  derived(told).map(
    ({ command, actor, fell }) => `${command} ${actor}${fell === null ? '' : `: ${fell.why} by ${fell.command} ${fell.seq}`}`,
  );

describe('the decisions of a paper, derived from its entries', () => {
  it('each name who, for whom, in which role, by which record and on which content', () => {
    const directory = withDelegations(delegation('cultureHead', 'cultureDeputy'));
    const [decision] = derived([submits, { ...content, by: 'cultureDeputy', directory }]);
    expect(decision).to.deep.include({
      seq: 3,
      actor: 'cultureDeputy',
      onBehalfOf: 'cultureHead',
      role: 'unitHead',
      by: 'cultureHead>cultureDeputy',
      content: firstDraft,
      fell: null,
    });
  });

  it('fall together when it is returned to the drafter, and the entry says who did it and why', () => {
    const told = [submits, content, form, returns('drafting')];
    expect(lines(told)).to.deep.equal([
      'APPROVE_CONTENT cultureHead: undone by RETURN 5',
      'APPROVE_FORM formChecker: undone by RETURN 5',
    ]);
    expect(derived(told)[0]?.fell).to.deep.include({ actor: 'deputy', reason: 'Cần xem lại' });
  });

  it('survive a return to the other step, and fall when the same is taken back or decided anew', () => {
    expect(lines([submits, content, form, returns('content')])).to.deep.equal([
      'APPROVE_CONTENT cultureHead: undone by RETURN 5',
      'APPROVE_FORM formChecker',
    ]);
    expect(lines([submits, content, form, { do: 'TAKE_BACK', by: 'formChecker' }, form])).to.deep.equal([
      'APPROVE_CONTENT cultureHead',
      'APPROVE_FORM formChecker: undone by TAKE_BACK 5',
      'APPROVE_FORM formChecker',
    ]);
  });

  it('do not pass to another content: an approval after the edit is one of the new text', () => {
    const told = [submits, content, returnedByForm, edits, submits, { ...content, saw: secondDraft }];
    const made = derived(told);
    expect(made.map(({ content: on, fell }) => [on, fell?.command ?? null])).to.deep.equal([
      [firstDraft, 'RETURN'],
      [secondDraft, null],
    ]);
  });

  it('fall by an edit where nothing cleared them before', () => {
    const entries = given('document', [submits, content]).entries.map(({ bytes }) => readEntry(bytes));
    const [last] = entries.slice(-1);
    if (last === undefined) throw new Error('no entry');
    const edited = { ...last, seq: 4, command: 'EDIT', transition: 'EDIT/1', content: secondDraft };
    const [decision] = decisionsOf(
      [...entries, edited],
      ({ command, transition }) =>
        modelOf('document')
          .byCommand.get(command)
          ?.find(({ id }) => id === transition)?.definition,
    );
    expect(decision?.fell).to.deep.include({ why: 'edited', seq: 4 });
  });

  it('hold the signature and the votes; a vote on a new ballot takes the place of the earlier one of that member alone', () => {
    const puts: Told = { do: 'PUT_TO_VOTE', by: 'chair', input: { voters: ['chair', 'financeHead'] } };
    const votes = (by: string, choice: string): Told => ({ do: 'VOTE', by, input: { choice } });
    const told = [
      submits,
      content,
      form,
      puts,
      votes('financeHead', 'reject'),
      puts,
      votes('financeHead', 'approve'),
      votes('chair', 'approve'),
    ];
    expect(lines(told).slice(2)).to.deep.equal(['VOTE financeHead: anew by VOTE 8', 'VOTE financeHead', 'VOTE chair']);
    const prepares: Told = { do: 'PREPARE', by: 'deputy', given: { preparation: preparation() } };
    const signed: readonly Told[] = [submits, content, form, prepares, { do: 'SIGN', by: 'deputy', saw: preparation().prepared }];
    expect(lines(signed).at(-1)).to.equal('SIGN deputy');
    const voided = [...signed, { do: 'VOID', by: 'chair', input: { reason: 'Ký nhầm' } }];
    expect(lines(voided).at(-1)).to.equal('SIGN deputy: undone by VOID 7');
  });
});

const returnedByForm: Told = { do: 'RETURN', by: 'formChecker', input: { reason: 'Thiếu nơi nhận' } };
