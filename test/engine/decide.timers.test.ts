import { expect } from 'chai';
import type { Instance, Visit } from '../../src/engine/instance.js';
import { preparation, tuesday } from '../support/builders.js';
import { given, type Told } from '../support/given.js';

const starts: Told = { do: 'START', by: 'ward1Head', input: { content: 'a'.repeat(64) } };
const submits: Told = { do: 'SUBMIT', by: 'ward1Head' };
const returns: Told = { do: 'RETURN', by: 'consolidator', saw: 'a'.repeat(64), input: { reason: 'Thiếu số liệu' } };
const accepts: Told = { do: 'ACCEPT', by: 'consolidator', saw: 'a'.repeat(64) };

/** The stamp of the timer that belongs to a stay in `path`. */
function stampOf(instance: Instance, path: string): NonNullable<Told['timer']> {
  const visit = visitOf(instance, path);
  return { path, visit: visit.revision, dueRevision: visit.dueRevision };
}

function visitOf(instance: Instance, path: string): Visit {
  const visit = instance.visits[path];
  if (visit === undefined) throw new Error(`no stay in ${path}`);
  return visit;
}

const late = (instance: Instance): Told => ({ do: 'MARK_LATE', by: 'system', timer: stampOf(instance, '/preparing') });

describe('a timer', () => {
  it('is planned with the state it belongs to: reminders before and on the day, then the command', () => {
    const { last } = given('report');
    const planned = last?.effects.map(({ kind, dueAt, params }) => [kind, dueAt, params.days ?? params.command ?? null]);
    expect(planned).to.deep.equal([
      ['notify', null, 'OPEN'],
      ['remind', '2010-03-22T16:59:59.999Z', 3],
      ['remind', '2010-03-25T16:59:59.999Z', 0],
      ['remind', '2010-03-26T16:59:59.999Z', 1],
      ['remind', '2010-03-30T16:59:59.999Z', 3],
      ['remind', '2010-04-01T16:59:59.999Z', 5],
      ['timer', '2010-03-25T16:59:59.999Z', 'MARK_LATE'],
    ]);
  });

  it('does not plan a reminder for a time that has passed', () => {
    const { last } = given('report', [], { at: '2010-03-24T02:00:00.000Z' });
    expect(last?.effects.filter(({ kind }) => kind === 'remind').map(({ params }) => params.days)).to.deep.equal([0, 1, 3, 5]);
  });

  it('acts within its visit, wherever inside the state the instance stands', () => {
    const fresh = given('report');
    const { next } = given('report', [starts]).when(late(fresh.instance)).leadsTo({ preparing: 'drafting' });
    expect(next.context.late).to.equal(true);
  });

  it('of an earlier visit does nothing in the next one', () => {
    const old = given('report').instance;
    const story = given('report', [starts, submits, returns]);
    const [params] = story.when(late(old)).isRefused('visitOver');
    expect(params).to.deep.equal({ path: '/preparing', visit: 1 });
    // and the timer of the new visit acts, by the other alternative: submitted before, late again
    const { entry } = story.when(late(story.instance)).leadsTo({ preparing: 'returned' });
    expect(entry.transition).to.equal('MARK_LATE/2');
  });

  it('is obsolete where its command is not even possible any more, and after the end', () => {
    const old = given('report').instance;
    given('report', [starts, submits]).when(late(old)).isRefused('visitOver');
    given('report', [starts, submits, accepts, { do: 'CLOSE', by: 'consolidator' }])
      .when(late(old))
      .isRefused('visitOver');
  });

  it('is obsolete after its date was taken away and came back the same', () => {
    const accepted = given('assignment', [{ do: 'ACCEPT', by: 'ward1Head' }]);
    // given a suspension that ends on its own day: no day is lost
    const again = given('assignment', [
      { do: 'ACCEPT', by: 'ward1Head' },
      { do: 'SUSPEND', by: 'consolidator', input: { reason: 'Chờ hướng dẫn' } },
      { do: 'RESUME', by: 'consolidator' },
    ]);
    const [before, after] = [accepted, again].map(({ instance }) => visitOf(instance, '/executing'));
    expect(after?.due).to.equal(before?.due).and.to.equal('2010-03-31T16:59:59.999Z');
    expect([after?.revision, before?.dueRevision, after?.dueRevision]).to.deep.equal([before?.revision, 2, 4]);
    // when the first timer fires, then it is refused as over; the last one would be let through to the next question
    const told: Told = { do: 'COMPLETE', by: 'system' };
    again.when({ ...told, timer: stampOf(accepted.instance, '/executing') }).isRefused('visitOver');
    again.when({ ...told, timer: stampOf(again.instance, '/executing') }).isRefused('notYours');
  });

  it('is planned anew by the command that moves the date, for the same stay', () => {
    const { last, instance } = given('assignment', [{ do: 'ACCEPT', by: 'ward1Head' }, ...extension('2010-04-15')]);
    const reminders = last?.effects.filter(({ kind }) => kind === 'remind') ?? [];
    expect(reminders.map(({ dueAt, params }) => [params.moment, dueAt])).to.deep.equal([
      ['before', '2010-04-12T16:59:59.999Z'],
      ['due', '2010-04-15T16:59:59.999Z'],
      ['after', '2010-04-16T16:59:59.999Z'],
      ['after', '2010-04-20T16:59:59.999Z'],
      ['escalated', '2010-04-22T16:59:59.999Z'],
    ]);
    expect(new Set(reminders.map(({ params }) => `${params.visit as number}/${params.dueRevision as number}`))).to.deep.equal(
      new Set(['2/4']),
    );
    expect(reminders.at(-1)?.params.roles).to.deep.equal(['unitSuperior']);
    expect(visitOf(instance, '/executing').revision).to.equal(2);
  });

  it('is not planned again by a command that moves nothing', () => {
    const { last } = given('report', [starts]);
    expect(last?.effects.map(({ kind }) => kind)).to.deep.equal([]);
  });

  it('does not fire for a stay that was never', () => {
    const { instance } = given('report');
    for (const timer of [
      { path: '/submitted', visit: 1, dueRevision: 1 },
      { path: 'constructor', visit: 1, dueRevision: 1 },
      { ...stampOf(instance, '/preparing'), dueRevision: 0 },
    ]) {
      given('report').when({ do: 'MARK_LATE', by: 'system', timer }).isRefused('visitOver');
    }
  });
});

describe('a due date', () => {
  it('in working days skips the weekend and the New Year, and counts to the end of the day', () => {
    // given Tuesday 9 February, and a holiday from the 13th to the 19th
    const { instance } = given('document', [{ do: 'SUBMIT', by: 'drafter', at: '2010-02-12T02:00:00.000Z' }]);
    expect(visitOf(instance, '/reviewing').due).to.equal('2010-02-23T16:59:59.999Z');
  });

  it('counted in days stays what it was while the state is not left', () => {
    const submitted = given('document', [{ do: 'SUBMIT', by: 'drafter', at: tuesday }]);
    const later: Told = { do: 'APPROVE_CONTENT', by: 'cultureHead', at: '2010-02-11T02:00:00.000Z' };
    const { next } = submitted.when(later).leadsTo({ reviewing: { content: 'approved', form: 'waiting' } });
    expect(next.visits['/reviewing']).to.deep.equal(submitted.instance.visits['/reviewing']);
    expect(next.visits['/reviewing/content/approved']?.revision).to.equal(3);
    expect(next.visits['/reviewing/form']?.revision).to.equal(2);
  });

  it('begins anew with a transition to the own state, and only there', () => {
    const prepare: Told = { do: 'PREPARE', by: 'deputy', given: { preparation: preparation() } };
    const reviewed: readonly Told[] = [
      { do: 'SUBMIT', by: 'drafter' },
      { do: 'APPROVE_CONTENT', by: 'cultureHead' },
      { do: 'APPROVE_FORM', by: 'formChecker' },
    ];
    const { instance } = given('document', [...reviewed, prepare, prepare]);
    expect([visitOf(instance, '/signing/prepared').revision, visitOf(instance, '/signing').revision]).to.deep.equal([6, 4]);
  });

  it('leaves no stay behind when the instance ends', () => {
    const { instance } = given('document', [{ do: 'DISCARD', by: 'drafter', input: { reason: 'Trùng' } }]);
    expect([instance.open, instance.visits]).to.deep.equal([false, {}]);
  });
});

function extension(dueOn: string): readonly Told[] {
  return [
    { do: 'REQUEST_EXTENSION', by: 'ward1Head', input: { askedDueOn: dueOn, reason: 'Chờ kinh phí' } },
    { do: 'GRANT_EXTENSION', by: 'consolidator', input: { dueOn } },
  ];
}
