import { expect } from 'chai';
import type { Instance } from '../../src/engine/instance.js';
import { directoryOf } from '../support/builders.js';
import { given, type Story, type Told } from '../support/given.js';

const accepts: Told = { do: 'ACCEPT', by: 'ward1Head', at: '2010-03-01T02:00:00.000Z' };
const suspends = (at: string): Told => ({ do: 'SUSPEND', by: 'consolidator', at, input: { reason: 'Chờ hướng dẫn' } });
const resumes = (at: string): Told => ({ do: 'RESUME', by: 'consolidator', at });
const asks = (askedDueOn: string, more: Partial<Told> = {}): Told => ({
  do: 'REQUEST_EXTENSION',
  by: 'ward1Head',
  input: { askedDueOn, reason: 'Chờ kinh phí' },
  at: '2010-03-20T02:00:00.000Z',
  ...more,
});
const grants = (dueOn: string, more: Partial<Told> = {}): Told => ({
  do: 'GRANT_EXTENSION',
  by: 'consolidator',
  input: { dueOn },
  at: '2010-03-21T02:00:00.000Z',
  ...more,
});
const urges = (by: string, at: string): Told => ({ do: 'URGE', by, at, input: { note: 'Đề nghị xử lý gấp' } });

const dueOf = (instance: Instance, path = '/executing') => instance.visits[path]?.due ?? null;
const remindersOf = ({ last }: Story) => (last?.effects ?? []).filter(({ kind }) => kind === 'remind');

describe('a suspended duty', () => {
  it('has no due date while it lasts, and its working days back when it is resumed', () => {
    // given a duty due on Wednesday 31 March, suspended from Tuesday 9 to Friday 12
    const suspended = given('assignment', [accepts, suspends('2010-03-09T07:00:00.000Z')]);
    expect([suspended.instance.state, dueOf(suspended.instance)]).to.deep.equal([{ executing: 'suspended' }, null]);
    expect(remindersOf(suspended)).to.deep.equal([]);
    // when it is resumed, then three working days are added: Thursday 1, Friday 2, Monday 5 April
    const { next, effects } = suspended.when(resumes('2010-03-12T01:00:00.000Z')).leadsTo({ executing: 'working' });
    expect(dueOf(next)).to.equal('2010-04-05T16:59:59.999Z');
    expect(next.visits['/executing']).to.include({ revision: 2, dueRevision: 4, from: accepts.at ?? '' });
    expect(effects.filter(({ kind }) => kind === 'remind').map(({ params }) => params.dueRevision)).to.deep.equal([
      4, 4, 4, 4, 4,
    ]);
    expect(next.context.suspensions).to.deep.equal([
      { from: '2010-03-09T07:00:00.000Z', to: '2010-03-12T01:00:00.000Z', reason: 'Chờ hướng dẫn', by: 'consolidator' },
    ]);
  });

  it('is neither completed nor suspended again while it lasts', () => {
    const story = given('assignment', [accepts, suspends('2010-03-09T07:00:00.000Z')]);
    const [why] = story.when({ do: 'COMPLETE', by: 'ward1Head', input: { result: 'Xong' } }).isRefused('suspended');
    expect(why).to.deep.equal({ since: '2010-03-09', reason: 'Chờ hướng dẫn', person: 'consolidator' });
    story.when(suspends('2010-03-10T07:00:00.000Z')).isRefused('notPossibleHere');
    given('assignment', [accepts]).when(resumes('2010-03-10T07:00:00.000Z')).isRefused('notPossibleHere');
  });

  it('comes back to the request that waited, and to its own term before it is accepted', () => {
    const bySystem = (command: string, at: string): Told => ({ do: command, by: 'system', at });
    const asked = given('assignment', [accepts, asks('2010-04-15'), bySystem('SUSPEND', '2010-03-22T02:00:00.000Z')]);
    asked.when(bySystem('RESUME', '2010-03-23T02:00:00.000Z')).leadsTo({ executing: 'extensionAsked' });
    // a duty offered on Tuesday 9 February is to be accepted within three working days; Tết from the 13th to the 19th
    const offered = given('assignment', [bySystem('SUSPEND', '2010-02-11T02:00:00.000Z')]);
    expect([offered.instance.state, dueOf(offered.instance, '/offered')]).to.deep.equal(['offered', null]);
    offered.when(accepts).isRefused('suspended');
    const resumed = offered.when(bySystem('RESUME', '2010-02-23T02:00:00.000Z')).leadsTo('offered').next;
    expect(dueOf(given('assignment').instance, '/offered')).to.equal('2010-02-12T16:59:59.999Z');
    // one day was counted, the 10th; the 23rd and the 24th are left
    expect(dueOf(resumed, '/offered')).to.equal('2010-02-24T16:59:59.999Z');
  });

  it('is told by its directive', () => {
    const assigned: readonly Told[] = [{ do: 'ASSIGN', by: 'consolidator', input: { lead: ['ward1'] } }];
    const { effects } = given('directive', assigned)
      .when({ do: 'SUSPEND', by: 'deputy', input: { reason: 'Chờ' } })
      .leadsTo('suspended');
    expect(effects.filter(({ kind }) => kind === 'tellChildren').map(({ params }) => params)).to.deep.equal([
      { kind: 'assignment', command: 'SUSPEND' },
    ]);
  });

  it('keeps nothing of an earlier suspension once a new day was set', () => {
    const story = given('assignment', [
      accepts,
      suspends('2010-03-09T07:00:00.000Z'),
      resumes('2010-03-12T01:00:00.000Z'),
      asks('2010-04-15'),
    ]);
    const { next } = story.when(grants('2010-04-12')).leadsTo({ executing: 'working' });
    expect(dueOf(next)).to.equal('2010-04-12T16:59:59.999Z');
    expect(next.context.suspensions).to.deep.include.members([
      {
        from: '2010-03-09T07:00:00.000Z',
        to: '2010-03-12T01:00:00.000Z',
        reason: 'Chờ hướng dẫn',
        by: 'consolidator',
        settled: true,
      },
    ]);
    // the day before the extension is the one to which the suspension had moved it
    expect(next.context.extensions).to.deep.equal([
      {
        from: '2010-04-05',
        to: '2010-04-12',
        reason: 'Chờ kinh phí',
        askedBy: 'ward1Head',
        by: 'consolidator',
        at: '2010-03-21T02:00:00.000Z',
      },
    ]);
  });
});

describe('an extension', () => {
  const asked = given('assignment', [accepts, asks('2010-04-15')]);

  it('is asked with a reason and decided by another; the old day stays in the record', () => {
    expect(asked.instance.context).to.include({ askedDueOn: '2010-04-15', askedReason: 'Chờ kinh phí', dueOn: '2010-03-31' });
    const { next } = asked.when(grants('2010-04-10')).leadsTo({ executing: 'working' });
    expect(next.context).to.include({ dueOn: '2010-04-10', extended: 1 });
    expect(next.context).not.to.have.any.keys('askedDueOn', 'askedReason', 'askers');
  });

  it('is for a day after today and after the day on which it is due', () => {
    const story = given('assignment', [accepts]);
    for (const day of ['2010-03-31', '2010-03-20', '2010-01-01']) story.when(asks(day)).isRefused('extensionTooEarly');
    const late = { at: '2010-04-20T02:00:00.000Z' };
    story.when(asks('2010-04-20', late)).isRefused('extensionTooEarly');
    story.when(asks('2010-04-21', late)).leadsTo({ executing: 'extensionAsked' });
    const [why] = asked.when(grants('2010-03-31')).isRefused('extensionTooEarly');
    expect(why).to.deep.equal({ day: '2010-03-31', today: '2010-03-21', dueOn: '2010-03-31' });
  });

  it('refused leaves everything as it was', () => {
    const { next } = asked
      .when({ do: 'REFUSE_EXTENSION', by: 'consolidator', input: { reason: 'Đã đủ thời gian' } })
      .leadsTo({ executing: 'working' });
    expect(dueOf(next)).to.equal('2010-03-31T16:59:59.999Z');
    expect(next.visits['/executing']?.dueRevision).to.equal(2);
    expect(next.context).not.to.have.any.keys('askedDueOn', 'askedReason', 'askers', 'extensions');
  });

  it('is never decided by whoever asked for it', () => {
    const { appointments } = directoryOf();
    const both = directoryOf({
      appointments: [
        ...appointments,
        {
          ...(appointments[0] as (typeof appointments)[number]),
          id: 'two',
          person: 'ward1Head',
          unit: 'committee',
          post: 'consolidator',
        },
      ],
    });
    for (const told of [grants('2010-04-10'), { do: 'REFUSE_EXTENSION', by: 'x', input: { reason: 'Không' } }])
      asked.when({ ...told, by: 'ward1Head', directory: both }).isRefused('mustDiffer');
  });

  it('of a report goes back to where the report stood, and takes the mark of lateness away', () => {
    const content = 'a'.repeat(64);
    const reportAsks = asks('2010-04-01', { at: '2010-03-26T02:00:00.000Z' });
    const late: Told = { do: 'MARK_LATE', by: 'system', at: '2010-03-26T01:00:00.000Z' };
    const decided = (story: Story) => story.when(grants('2010-04-01', { at: '2010-03-26T03:00:00.000Z' }));
    decided(given('report', [late, reportAsks], { content: null })).leadsTo({ preparing: 'open' });
    const started: Told = { do: 'START', by: 'ward1Head', input: { content } };
    const { next } = decided(given('report', [started, late, reportAsks])).leadsTo({ preparing: 'drafting' });
    expect(next.context).not.to.have.property('late');
    expect(dueOf(next, '/preparing')).to.equal('2010-04-01T16:59:59.999Z');
    // and meanwhile the report may be written and sent
    const waiting = given('report', [started, reportAsks]);
    const sent = waiting.when({ do: 'SUBMIT', by: 'ward1Head', at: '2010-03-26T03:00:00.000Z' }).leadsTo('submitted').next;
    expect(sent.context).not.to.have.any.keys('askedDueOn', 'askedReason', 'askers');
  });
});

describe('the ladder of a due date', () => {
  it('counts from now where the date has passed, so that nobody hears of days in which the work was not his', () => {
    // given a report submitted in time, and returned on Thursday 1 April, a week after it was due
    const content = 'a'.repeat(64);
    const story = given('report', [
      { do: 'START', by: 'ward1Head', input: { content }, at: '2010-03-22T02:00:00.000Z' },
      { do: 'SUBMIT', by: 'ward1Head', at: '2010-03-22T03:00:00.000Z' },
      { do: 'RETURN', by: 'consolidator', saw: content, input: { reason: 'Thiếu số liệu' }, at: '2010-04-01T02:00:00.000Z' },
    ]);
    expect(remindersOf(story).map(({ dueAt, params }) => [params.moment, params.days, dueAt])).to.deep.equal([
      ['due', 0, '2010-03-25T16:59:59.999Z'],
      ['after', 1, '2010-04-02T16:59:59.999Z'],
      ['after', 3, '2010-04-06T16:59:59.999Z'],
      ['escalated', 5, '2010-04-08T16:59:59.999Z'],
    ]);
  });

  it('tells the post above', () => {
    for (const [id, told, role] of [
      ['document', [{ do: 'SUBMIT', by: 'drafter' }], 'unitSuperior'],
      ['report', [], 'unitSuperior'],
      ['assignment', [accepts], 'unitSuperior'],
    ] as const) {
      const escalated = remindersOf(given(id, told)).filter(({ params }) => params.moment === 'escalated');
      expect(
        escalated.map(({ params }) => params.roles),
        id,
      ).to.deep.equal([[role]]);
    }
  });
});

describe('urging', () => {
  it('is once for each person, instance and working day', () => {
    const story = given('assignment', [accepts, urges('consolidator', '2010-03-05T02:00:00.000Z')]);
    expect(story.instance.context).to.deep.include({ urged: [{ by: 'consolidator', on: '2010-03-05' }], timesUrged: 1 });
    story.when(urges('consolidator', '2010-03-05T16:59:00.000Z')).isRefused('urgedToday');
    // the weekend belongs to Monday: urged on Saturday, it is not urged again on Monday
    const weekend = given('assignment', [accepts, urges('consolidator', '2010-03-06T02:00:00.000Z')]);
    weekend.when(urges('consolidator', '2010-03-08T02:00:00.000Z')).isRefused('urgedToday');
    const { next } = weekend.when(urges('consolidator', '2010-03-09T02:00:00.000Z')).leadsTo({ executing: 'working' });
    expect(next.context).to.deep.include({ urged: [{ by: 'consolidator', on: '2010-03-09' }], timesUrged: 2 });
  });

  it('tells whoever can act, moves nothing, and is logged', () => {
    const { effects, entry, next } = given('assignment', [accepts])
      .when(urges('consolidator', '2010-03-05T02:00:00.000Z'))
      .leadsTo({ executing: 'working' });
    expect(effects.map(({ kind, params }) => [kind, params.awaited, params.actor, params.reason])).to.deep.equal([
      ['urge', true, 'consolidator', 'Đề nghị xử lý gấp'],
    ]);
    expect(entry).to.include({ command: 'URGE', actor: 'consolidator' });
    expect(dueOf(next)).to.equal('2010-03-31T16:59:59.999Z');
  });

  it('is refused where nobody else is awaited', () => {
    given('document').when(urges('drafter', '2010-02-09T02:00:00.000Z')).isRefused('nobodyAwaited');
    given('document').when(urges('clerk', '2010-02-09T02:00:00.000Z')).leadsTo('drafting');
    given('assignment').when(urges('ward1Head', '2010-03-05T02:00:00.000Z')).isRefused('notYours');
  });
});
