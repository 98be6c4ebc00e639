import { expect } from 'chai';
import { standingOf } from '../../src/engine/standing.js';
import { contexts } from '../support/builders.js';
import { factsOf, given, modelOf, type Story, type Told } from '../support/given.js';

const submits: Told = { do: 'SUBMIT', by: 'drafter' };
const approvesContent: Told = { do: 'APPROVE_CONTENT', by: 'cultureHead' };
const standing = ({ last }: Story) => last?.standing ?? { open: false, turn: '', principals: [], excluded: [], readers: [] };

describe('where an instance stands', () => {
  it('awaits the posts of every open region, by name of post and never of person', () => {
    expect(standing(given('document', [submits])).principals).to.deep.equal(['post:committee/formChecker', 'post:culture/head']);
    expect(standing(given('document', [submits, approvesContent])).principals).to.deep.equal(['post:committee/formChecker']);
  });

  it('awaits nobody for what is merely possible', () => {
    const issued = given('assignment', [{ do: 'ACCEPT', by: 'ward1Head' }]);
    // REQUEST_EXTENSION is aside, COMPLETE is awaited: both are the head's
    expect(standing(issued).principals).to.deep.equal(['post:ward1/head']);
    const suspended = given('report', [
      { do: 'START', by: 'ward1Head', input: { content: 'a'.repeat(64) } },
      { do: 'SUBMIT', by: 'ward1Head' },
      { do: 'ACCEPT', by: 'consolidator', saw: 'a'.repeat(64) },
    ]);
    expect([standing(suspended).open, standing(suspended).principals]).to.deep.equal([true, []]);
  });

  it('leaves out whoever is barred from all that is awaited', () => {
    const edited = given('document', [{ do: 'EDIT', by: 'drafter', input: { content: 'b'.repeat(64) } }, submits]);
    expect(standing(edited).excluded).to.deep.equal(['drafter']);
    // and nobody where one awaited command is open to all
    expect(standing(given('document')).excluded).to.deep.equal([]);
  });

  it('shows an ended instance to its readers and to nobody as a turn', () => {
    const ended = standing(given('document', [{ do: 'DISCARD', by: 'drafter', input: { reason: 'Trùng' } }]));
    expect([ended.open, ended.principals, ended.excluded]).to.deep.equal([false, [], []]);
    expect(ended.readers).to.include.members(['person:drafter', 'post:culture/head']);
  });

  it('lets the units that a paper was sent to read it, and not before', () => {
    const facts = factsOf({});
    const { instance } = given('document');
    const sent = { ...instance, context: { ...instance.context, sentTo: ['ward1'] } };
    expect(standingOf(modelOf('document'), instance, facts).readers).not.to.include('post:ward1/head');
    expect(standingOf(modelOf('document'), sent, facts).readers).to.include('post:ward1/head');
  });

  it('sorts by urgency, then by due date, then by id', () => {
    const turn = (urgency: number, at: string): string =>
      standing(given('document', [{ ...submits, at }], { context: { ...contexts.document, urgency } })).turn;
    const urgentLate = turn(1, '2010-03-02T02:00:00.000Z');
    const plainEarly = turn(5, '2010-02-09T02:00:00.000Z');
    const plainLate = turn(5, '2010-03-02T02:00:00.000Z');
    const noDue = standing(given('document', [], { context: { ...contexts.document, urgency: 5 } })).turn;
    expect([noDue, plainLate, plainEarly, urgentLate].sort()).to.deep.equal([urgentLate, plainEarly, plainLate, noDue]);
    expect(noDue).to.equal('5|9999-12-31|document-1');
  });

  it('is due when the earliest of its active states is due', () => {
    // given the whole paper with a stay that is due earlier than another
    const { instance } = given('document', [submits]);
    const visits = { ...instance.visits, '/reviewing/form': { revision: 2, due: '2010-02-10T00:00:00.000Z', dueRevision: 2 } };
    expect(standingOf(modelOf('document'), { ...instance, visits }, factsOf({})).turn).to.include('|2010-02-10T');
  });
});
