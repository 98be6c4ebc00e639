import { expect } from 'chai';
import { given, type Told } from '../support/given.js';

const assigns: Told = { do: 'ASSIGN', by: 'consolidator', input: { lead: ['ward1'], cooperating: ['ward2'] } };
const carries: Told = { do: 'END_EXECUTION', by: 'consolidator' };
const collects: Told = { do: 'CLOSE_REPORTING', by: 'consolidator' };
const suspends: Told = { do: 'SUSPEND', by: 'deputy', input: { reason: 'Chờ chỉ đạo' } };
const resumes: Told = { do: 'RESUME', by: 'chair' };

describe('a directive that is suspended', () => {
  it('remembers where each region stood, deep', () => {
    const { instance } = given('directive', [assigns, collects, suspends]);
    expect(instance.state).to.equal('suspended');
    expect(Object.values(instance.history)[0]).to.have.length(2);
    given('directive', [assigns, collects, suspends])
      .when(resumes)
      .leadsTo({ active: { work: { execution: 'carrying', reporting: 'collected' } } });
  });

  it('comes back to another place after another day of work', () => {
    given('directive', [assigns, carries, suspends])
      .when(resumes)
      .leadsTo({ active: { work: { execution: 'carried', reporting: 'collecting' } } });
  });

  it('forgets what it remembered as soon as it is back', () => {
    const { next } = given('directive', [assigns, suspends])
      .when(resumes)
      .leadsTo({ active: { work: { execution: 'carrying', reporting: 'collecting' } } });
    expect(next.history).to.deep.equal({});
  });

  it('begins new stays when it comes back, in every state', () => {
    const { next } = given('directive', [assigns, suspends])
      .when(resumes)
      .leadsTo({ active: { work: { execution: 'carrying', reporting: 'collecting' } } });
    expect(new Set(Object.values(next.visits).map((visit) => visit.revision))).to.deep.equal(new Set([4]));
  });

  it('can still be done after it came back: the last region leads on by `done`', () => {
    given('directive', [assigns, carries, suspends, resumes]).when(collects).leadsTo('assessing');
  });

  it('takes a message of a child without waking up', () => {
    const { next } = given('directive', [assigns, suspends]).when({ do: 'ASSIGNMENT_ENDED', by: 'system' }).leadsTo('suspended');
    expect(next.context.ended).to.equal(1);
    expect(Object.keys(next.history)).to.have.length(1);
  });

  it('is suspended and resumed by the chairman and his deputy only', () => {
    given('directive', [assigns])
      .when({ ...suspends, by: 'consolidator' })
      .isRefused('notYours');
    given('directive', [assigns, suspends])
      .when({ ...resumes, by: 'ward1Head' })
      .isRefused('notYours');
  });
});
