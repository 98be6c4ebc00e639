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
    story.when({ ...direct(), input: { direction: 'Giao xử lý' } }).isRefused('inputInvalid');
    story.when(direct({}, { by: 'clerk' })).isRefused('notYours');
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
    const forged = ['arrivalNumber', 'direction', 'leadUnit', 'dueOn', 'handler', 'replySymbol', 'progress', 'directedBy'];
    const values: Record<string, unknown> = { arrivalNumber: 3, dueOn: '2010-03-01' };
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
