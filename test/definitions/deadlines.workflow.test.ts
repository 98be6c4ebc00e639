import { expect } from 'chai';
import type { StateDefinition } from '../../src/engine/definition.js';
import { effectsPerEntryMax } from '../../src/engine/effects.js';
import type { Instance } from '../../src/engine/instance.js';
import { directoryOf } from '../support/builders.js';
import { given, modelOf, type Story, shipped, startOf, type Told } from '../support/given.js';

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
const bySystem = (command: string, at: string): Told => ({
  do: command,
  by: 'system',
  at,
  ...(command === 'SUSPEND' ? { input: { reason: 'Chờ Bộ hướng dẫn' } } : {}),
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
    story.when(suspends('2010-03-10T07:00:00.000Z')).isRefused('suspended');
    given('assignment', [accepts]).when(resumes('2010-03-10T07:00:00.000Z')).isRefused('notPossibleHere');
  });

  it('comes back to the request that waited, and to its own term before it is accepted', () => {
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

  it('is told by its directive, with the reason; the directive has its own days back too', () => {
    const assigned: readonly Told[] = [
      { do: 'ASSIGN', by: 'consolidator', input: { lead: ['ward1'], dueOn: '2010-03-31' } },
      { do: 'SUSPEND', by: 'deputy', at: '2010-03-09T07:00:00.000Z', input: { reason: 'Chờ' } },
    ];
    const suspended = given('directive', assigned);
    const told = (story: Pick<Story, 'last'>) =>
      (story.last?.effects ?? []).filter(({ kind }) => kind === 'tellChildren').map(({ params }) => params);
    expect(suspended.instance.state).to.equal('suspended');
    expect(told(suspended)).to.deep.equal([
      { kind: 'assignment', command: 'SUSPEND', input: { reason: 'Chờ' } },
      { kind: 'recurring', command: 'SUSPEND', input: { reason: 'Chờ' } },
    ]);
    const resumed = suspended.when({ do: 'RESUME', by: 'deputy', at: '2010-03-12T01:00:00.000Z' }).decision;
    if (resumed.kind !== 'accepted') throw new Error('was refused');
    expect(told({ last: resumed })).to.deep.equal([
      { kind: 'assignment', command: 'RESUME' },
      { kind: 'recurring', command: 'RESUME' },
    ]);
    expect(dueOf(resumed.next, '/active')).to.equal('2010-04-05T16:59:59.999Z');
  });

  it('is ended by whoever began it: two suspensions at once are two lines, and the work goes on after the last', () => {
    const both: readonly Told[] = [
      accepts,
      suspends('2010-03-09T07:00:00.000Z'),
      bySystem('SUSPEND', '2010-03-10T07:00:00.000Z'),
    ];
    const ends = ({ context }: Instance) => (context.suspensions as { to: string | null }[]).map(({ to }) => to);
    const suspended = given('assignment', both);
    expect(suspended.instance.state).to.deep.equal({ executing: 'suspended' });
    // the directive goes on first: the duty stays where the consolidator put it
    const stays = suspended.when(bySystem('RESUME', '2010-03-11T07:00:00.000Z')).leadsTo({ executing: 'suspended' }).next;
    expect([dueOf(stays), ends(stays)]).to.deep.equal([null, [null, '2010-03-11T07:00:00.000Z']]);
    // and the other way round
    const story = given('assignment', [...both, resumes('2010-03-11T07:00:00.000Z')]);
    expect(story.instance.state).to.deep.equal({ executing: 'suspended' });
    expect([dueOf(story.instance), ends(story.instance)]).to.deep.equal([null, ['2010-03-11T07:00:00.000Z', null]]);
    story.when(resumes('2010-03-11T08:00:00.000Z')).isRefused('suspended');
    const { next } = story.when(bySystem('RESUME', '2010-03-12T07:00:00.000Z')).leadsTo({ executing: 'working' });
    // Tuesday 9, Wednesday 10 and Thursday 11 March, each once
    expect(dueOf(next)).to.equal('2010-04-05T16:59:59.999Z');
  });

  it('of the directive reaches what is contested or waits to be confirmed, and what comes back from there', () => {
    const contested = given('assignment', [
      { do: 'CONTEST', by: 'ward1Head', input: { contested: 'Không thuộc chức năng' }, at: '2010-03-01T02:00:00.000Z' },
      bySystem('SUSPEND', '2010-03-02T02:00:00.000Z'),
    ]);
    expect([contested.instance.state, dueOf(contested.instance, '/contested')]).to.deep.equal(['contested', null]);
    const upheld = contested.when({ do: 'UPHOLD', by: 'consolidator', input: { reason: 'Đúng việc' } }).leadsTo('offered').next;
    expect(dueOf(upheld, '/offered')).to.equal(null);
    const completed: readonly Told[] = [
      accepts,
      { do: 'COMPLETE', by: 'ward1Head', input: { result: 'Xong' }, at: '2010-03-03T02:00:00.000Z' },
    ];
    const returns: Told = { do: 'RETURN', by: 'consolidator', input: { reason: 'Thiếu' }, at: '2010-03-10T02:00:00.000Z' };
    const halted = [...completed, bySystem('SUSPEND', '2010-03-09T07:00:00.000Z')];
    const waiting = given('assignment', halted);
    expect([waiting.instance.state, dueOf(waiting.instance, '/completed')]).to.deep.equal(['completed', null]);
    waiting.when({ do: 'CONFIRM', by: 'consolidator' }).leadsTo('confirmed');
    const back = given('assignment', [...halted, returns]);
    expect([back.instance.state, dueOf(back.instance)]).to.deep.equal([{ executing: 'suspended' }, null]);
    const { next } = back.when(bySystem('RESUME', '2010-03-12T01:00:00.000Z')).leadsTo({ executing: 'working' });
    expect(dueOf(next)).to.equal('2010-04-05T16:59:59.999Z');
    given('assignment', completed).when(returns).leadsTo({ executing: 'working' });
  });

  it('of a day at the end of time is resumed as quickly as any other, and reminds at days that there are', () => {
    const context = { ...startOf('assignment').context, dueOn: '9999-12-31' };
    const told = [accepts, suspends('2010-03-09T07:00:00.000Z'), resumes('2010-03-12T01:00:00.000Z')];
    const resumed = given('assignment', told, { context });
    expect(dueOf(resumed.instance)).to.equal('9999-12-31T16:59:59.999Z');
    for (const { dueAt } of remindersOf(resumed)) expect(dueAt).to.match(/^9999-12-\d\dT16:59:59\.999Z$/);
    const halted = given('assignment', told.slice(0, 2), { context });
    expect(dueOf(halted.instance)).to.equal(null);
  });

  it('is awaited from nobody who cannot go on, and cannot be urged', () => {
    const principals = ({ last }: Story) => last?.standing.principals ?? [];
    const own = given('assignment', [accepts, suspends('2010-03-09T07:00:00.000Z')]);
    // the consolidator may resume; the unit has nothing to do
    expect(principals(own)).to.deep.equal(['post:committee/consolidator']);
    const withDirective = given('assignment', [accepts, bySystem('SUSPEND', '2010-03-09T07:00:00.000Z')]);
    expect(principals(withDirective)).to.deep.equal([]);
    expect(principals(given('assignment', [bySystem('SUSPEND', '2010-03-01T02:00:00.000Z')]))).to.deep.equal([]);
    withDirective.when(urges('consolidator', '2010-03-10T02:00:00.000Z')).isRefused('nobodyAwaited');
    // what awaits the consolidator alone, by his own post, is not urged by him
    own.when(urges('consolidator', '2010-03-10T02:00:00.000Z')).isRefused('nobodyAwaited');
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

describe('the effects of one entry', () => {
  it('are bounded by what is declared: no shipped definition comes near the bound, whatever states it is in', () => {
    const most = shipped.map((id): [string, number] => {
      const { machine, configurations, definition } = modelOf(id);
      const rungsOf = ({ due }: StateDefinition): number => {
        if (due === undefined) return 0;
        const { remind = [], remindBefore = [], remindAfter = [], escalate = [], send } = due;
        return (
          Math.min(remind.length, 1) + remindBefore.length + remindAfter.length + escalate.length + (send === undefined ? 0 : 1)
        );
      };
      const stateOf = (path: string) => machine.tree.nodes.get(path)?.definition ?? {};
      // every term of a configuration may be new at once, as after a recount; every state may be left and entered
      const terms = [...configurations.values()].map(({ active }) =>
        active.reduce((sum, path) => sum + rungsOf(stateOf(path)), 0),
      );
      const moves = [...machine.tree.nodes.values()].reduce(
        (sum, { definition: { entry = [], exit = [] } }) => sum + entry.length + exit.length,
        0,
      );
      const told = machine.tree.transitions.map((transition) => (transition.definition.effects ?? []).length);
      // one notice is added by the engine
      return [definition.id, Math.max(...terms) + moves + Math.max(...told) + 1];
    });
    for (const [id, count] of most) expect(count, id).to.be.within(2, effectsPerEntryMax / 4);
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
