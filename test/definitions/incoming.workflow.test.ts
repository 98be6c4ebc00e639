import { expect } from 'chai';
import { contexts, directory, tuesday } from '../support/builders.js';
import { given, type Told } from '../support/given.js';

const direct = (input: object = {}, more: Partial<Told> = {}): Told => ({
  do: 'DIRECT',
  by: 'deputy',
  input: { direction: 'Giao tham mưu trả lời', leadUnit: 'finance', ...input },
  ...more,
});
const registers: Told = { do: 'REGISTER', by: 'clerk' };
const submits: Told = { do: 'SUBMIT', by: 'clerk' };
const accepts: Told = { do: 'ACCEPT', by: 'financeHead' };
const later = (hours: number) => new Date(Date.parse(tuesday) + hours * 3_600_000).toISOString();

describe('an incoming paper', () => {
  it('goes from the clerk to the leader, the lead unit, a person, and ends with its reply', () => {
    const story = given('incoming', [
      { do: 'ACKNOWLEDGE', by: 'clerk' },
      registers,
      submits,
      direct({ cooperating: ['culture'], dueOn: '2010-02-12' }),
      accepts,
      { do: 'HAND_OVER', by: 'financeHead', input: { handler: 'financeOfficer', handlerDueOn: '2010-02-11' } },
      { do: 'FOLLOW_UP', by: 'cultureHead', input: { progress: 'Đã có ý kiến phối hợp' } },
      { do: 'PROPOSE', by: 'financeOfficer', input: { proposal: 'Trả lời bằng công văn' } },
      { do: 'RESOLVE', by: 'financeOfficer', input: { replySymbol: '150/UBND-TC' } },
    ]);
    expect([story.instance.state, story.instance.open]).to.deep.equal(['resolved', false]);
    expect(story.instance.context).to.include({
      acknowledgedOn: '2010-02-09',
      arrivalNumber: 41,
      arrivalDay: '2010-02-09',
      registeredBy: 'clerk',
      directedBy: 'deputy',
      handler: 'financeOfficer',
      replySymbol: '150/UBND-TC',
      resolvedOn: '2010-02-09',
    });
  });

  it('is acknowledged and registered the same day: that is its first due date', () => {
    const due = (story: ReturnType<typeof given>) => Object.values(story.instance.visits).map((visit) => visit.due);
    expect(due(given('incoming'))).to.include('2010-02-09T16:59:59.999Z');
    // registered: laid before the leader at the latest on the next working day
    expect(due(given('incoming', [registers]))).to.include('2010-02-10T16:59:59.999Z');
    expect(due(given('incoming', [registers, submits, direct({ dueOn: '2010-02-12' })]))).to.include('2010-02-12T16:59:59.999Z');
    given('incoming', [{ do: 'ACKNOWLEDGE', by: 'clerk' }])
      .when({ do: 'ACKNOWLEDGE', by: 'clerk' })
      .isRefused('fieldPresent');
  });

  it('takes no number on a day before it came', () => {
    const early = { ...contexts.incoming, receivedOn: '2010-02-10' };
    given('incoming', [], { context: early }).when(registers).isRefused('tooEarly');
  });

  it('has exactly one lead unit, known today, and a due date where units share it', () => {
    const story = given('incoming', [registers, submits]);
    story.when(direct({ cooperating: ['culture'] })).isRefused('dueNeeded');
    story.when(direct({ cooperating: ['finance'], dueOn: '2010-02-12' })).isRefused('leadUnclear');
    story.when(direct({ leadUnit: 'ward9' })).isRefused('notAddressed');
    story.when(direct({ cooperating: ['culture'], dueOn: '2010-02-12', cooperatingDueOn: '2010-02-08' })).isRefused('duePassed');
    story.when({ ...direct(), input: { direction: 'Giao xử lý' } }).isRefused('inputInvalid');
    story.when(direct({}, { by: 'clerk' })).isRefused('notYours');
  });

  it('gives nobody a day that is past: neither who cooperates nor who handles', () => {
    const days = { cooperating: ['culture'], dueOn: '2010-02-12', cooperatingDueOn: '2010-02-09' };
    const story = given('incoming', [registers, submits, direct(days), accepts]);
    const handOver = (handlerDueOn: string): Told => ({
      do: 'HAND_OVER',
      by: 'financeHead',
      input: { handler: 'financeOfficer', handlerDueOn },
    });
    story.when(handOver('2010-02-08')).isRefused('duePassed');
    story.when(handOver('2010-02-09')).leadsTo({ underway: 'handling' });
    const again = direct({ ...days, cooperatingDueOn: '2010-02-08' });
    story.when({ ...again, do: 'REASSIGN' }).isRefused('duePassed');
  });

  it('may be directed again: what the first direction said is gone, and the new unit must accept it', () => {
    const first = direct({ cooperating: ['ward1'], dueOn: '2010-02-12' });
    const handed: Told = { do: 'HAND_OVER', by: 'financeHead', input: { handler: 'financeOfficer' } };
    const again = { ...direct({ leadUnit: 'culture' }), do: 'REASSIGN' };
    const story = given('incoming', [registers, submits, first, accepts, handed, again]);
    expect(story.instance.state).to.deep.equal({ underway: 'directed' });
    expect(story.instance.context)
      .to.include({ leadUnit: 'culture' })
      .and.not.to.have.any.keys('cooperating', 'dueOn', 'handler');
    story.when(accepts).isRefused('notYours');
    story.when({ ...accepts, by: 'cultureHead' }).leadsTo({ underway: 'handling' });
  });

  describe('is laid before', () => {
    const to = (named: string): Told => ({ ...submits, input: { to: named } });
    const forward = (by: string, named: string): Told => ({ do: 'FORWARD', by, input: { to: named } });
    const asked = (story: ReturnType<typeof given>) => story.last?.standing.principals ?? [];
    const turnPasses = (story: ReturnType<typeof given>) =>
      (story.last?.effects ?? []).some(({ kind, params }) => kind === 'notify' && params.turn === true);

    it('all leaders where none is named, by their posts', () => {
      const story = given('incoming', [registers, submits]);
      expect(asked(story)).to.deep.equal(['post:committee/chair', 'post:committee/deputyChair']);
      expect(turnPasses(story)).to.equal(true);
    });

    it('one leader, by name or by post: it waits for nobody else, and another may still step in', () => {
      const named = given('incoming', [registers, to('deputy')]);
      expect(asked(named)).to.deep.equal(['person:deputy']);
      expect(asked(given('incoming', [registers, to('deputyChair')]))).to.deep.equal(['post:committee/deputyChair']);
      named.when(direct()).leadsTo({ underway: 'directed' });
      named.when(direct({}, { by: 'chair' })).leadsTo({ underway: 'directed' });
      named.when(direct({}, { by: 'cultureHead' })).isRefused('notYours');
    });

    it('nobody who is no leader today', () => {
      const story = given('incoming', [registers]);
      for (const named of ['cultureHead', 'clerk', 'head', 'nobody']) story.when(to(named)).isRefused('leaderUnknown');
      const left = {
        ...directory,
        appointments: directory.appointments.map((one) => (one.person === 'deputy' ? { ...one, to: '2010-02-08' } : one)),
      };
      story.when({ ...to('deputy'), directory: left }).isRefused('leaderUnknown');
      story.when({ ...to('deputyChair'), directory: left }).isRefused('leaderUnknown');
    });

    it('another leader, by whom it lies before: with a new due date, and only once', () => {
      const story = given('incoming', [registers, to('deputy')]);
      const moved = given('incoming', [registers, to('deputy'), { ...forward('deputy', 'chair'), at: later(24) }]);
      expect([moved.instance.state, asked(moved)]).to.deep.equal(['laidBefore', ['post:committee/chair']]);
      expect(Object.values(moved.instance.visits).map(({ due }) => due)).to.include('2010-02-11T16:59:59.999Z');
      expect(turnPasses(moved)).to.equal(true);
      story.when(forward('deputy', 'deputy')).isRefused('leaderSame');
      story.when(forward('deputy', 'cultureHead')).isRefused('leaderUnknown');
      story.when({ do: 'FORWARD', by: 'deputy' }).isRefused('inputInvalid');
      story.when(forward('clerk', 'chair')).isRefused('notYours');
      // and comes back to the one before whom it lay last
      const back: Told = { do: 'RETURN', by: 'financeHead', input: { reason: 'Không thuộc thẩm quyền' } };
      const returned = given('incoming', [
        registers,
        to('deputy'),
        forward('deputy', 'chair'),
        direct({}, { by: 'chair' }),
        back,
      ]);
      expect(asked(returned)).to.deep.equal(['post:committee/chair']);
    });

    it('whoever holds the post later, in the recorded capacity', () => {
      const next = {
        ...directory,
        appointments: directory.appointments.map((one) => (one.person === 'deputy' ? { ...one, person: 'financeHead' } : one)),
      };
      const story = given('incoming', [registers, to('deputyChair')]);
      story.when(direct({}, { directory: next })).isRefused('notYours');
      const { entry } = story.when(direct({}, { by: 'financeHead', directory: next })).leadsTo({ underway: 'directed' });
      expect(entry.capacity).to.include({ capacity: 'KT. CHỦ TỊCH' });
    });
  });

  it('comes back to the leader from a unit that is not competent, and to the clerk from the leader', () => {
    const reason = { reason: 'Không thuộc thẩm quyền' };
    const story = given('incoming', [registers, submits, direct()]);
    story.when({ do: 'RETURN', by: 'financeHead', input: reason }).leadsTo('laidBefore');
    given('incoming', [registers, submits]).when({ do: 'RETURN', by: 'chair', input: reason }).leadsTo('registered');
  });

  it('is returned to its sender only before it has a number, and then lets none be left behind', () => {
    const told: Told = { do: 'RETURN_TO_SENDER', by: 'clerk', input: { reason: 'Gửi nhầm nơi nhận' } };
    const { effects } = given('incoming').when(told).leadsTo('returnedToSender');
    expect(effects.map(({ kind, params }) => [kind, params.status])).to.deep.include(['settleNumber', 'cancelled']);
    given('incoming', [registers]).when(told).isRefused('notPossibleHere');
  });

  it('is handed only to somebody of the lead unit, and resolved only with a reply or a reason', () => {
    const story = given('incoming', [registers, submits, direct(), accepts]);
    story.when({ do: 'HAND_OVER', by: 'financeHead', input: { handler: 'drafter' } }).isRefused('notOfUnit');
    story.when({ do: 'RESOLVE', by: 'financeHead' }).isRefused('replyMissing');
    story.when({ do: 'RESOLVE', by: 'financeHead', input: { noReply: 'Chỉ để biết' } }).leadsTo('resolved');
  });

  it('cannot be opened with what only its own commands write', () => {
    const forged = [
      'arrivalNumber',
      'direction',
      'leadUnit',
      'dueOn',
      'handler',
      'replySymbol',
      'progress',
      'directedBy',
      'laidBefore',
    ];
    const values: Record<string, unknown> = { arrivalNumber: 3, dueOn: '2010-03-01', laidBefore: ['person:drafter'] };
    for (const field of forged) {
      const context = { ...contexts.incoming, [field]: values[field] ?? 'finance' } as never;
      expect(() => given('incoming', [], { context }), field).to.throw('contextInvalid');
    }
  });

  it('orders the inbox by its mark of urgency before its due date', () => {
    const turnOf = (urgency: string, at: string) => {
      const context = { ...contexts.incoming, ...(urgency === '' ? {} : { urgency }) };
      return given('incoming', [registers, { ...submits, at }], { context, directory }).last?.standing.turn ?? '';
    };
    const late = later(24);
    const turns = [turnOf('', tuesday), turnOf('hoaToc', late), turnOf('khan', late), turnOf('thuongKhan', late)];
    const ranks = [...turns].sort().map((turn) => turn.slice(0, 1));
    expect(ranks).to.deep.equal(['0', '1', '2', '5']);
    expect(turnOf('thuong', tuesday)).to.match(/^5\|2010-02-10/);
  });
});
