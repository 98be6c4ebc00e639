import { expect } from 'chai';
import { idOfChild } from '../../src/commands/open.js';
import type { Instance } from '../../src/engine/instance.js';
import type { JsonObject } from '../../src/engine/json.js';
import { act, must, openPlan, putInForce, startApplication, type TestApplication } from '../support/application.js';
import { reviewAll } from '../support/clauses.js';

describe('duties below a directive', function () {
  this.timeout(60_000);
  let app: TestApplication;
  let plan: Instance;
  let clauses: readonly string[];
  let used = 0;
  before(async () => {
    app = await startApplication('duties-tree');
    app.clock.set('2026-03-02T02:00:00.000Z');
    plan = await putInForce(app, await openPlan(app));
    clauses = ['II.1', 'II.2', 'II.3', 'II.4', 'II.5', 'II.6', 'II.7', 'II.8', 'II.9'];
    await reviewAll(app, plan, clauses);
  });
  after(() => app.close());

  const childOf = (id: string, kind: string, key: string) => idOfChild(app.authority, { id, kind, key });
  async function load(id: string): Promise<Instance> {
    const found = await app.deps.store.instances.load(app.authority, id);
    if (found === null) throw new Error(`no instance ${id}`);
    return found.instance;
  }
  const codes = async (instance: string, actor: string, command: string, input?: JsonObject) => {
    const outcome = await act(app, instance, actor, command, input === undefined ? {} : { input });
    return outcome.kind === 'refused' ? outcome.blockers.map(({ code }) => code) : [];
  };
  const parked = async () => (await app.deps.store.outbox.counts(app.authority)).parked;
  /** A directive of its own for each story. */
  async function directive(): Promise<string> {
    const clause = clauses[used] ?? '';
    used += 1;
    await must(app, plan.id, 'cons', 'OPEN_DIRECTIVE', { input: { clause, title: 'Việc ví dụ', dueOn: '2026-06-30' } });
    await app.relay.settle();
    return childOf(plan.id, 'directive', clause);
  }
  async function assigned(input: JsonObject): Promise<string> {
    const id = await directive();
    await must(app, id, 'cons', 'ASSIGN', { input: { dueOn: '2026-06-30', ...input } });
    await app.relay.settle();
    return id;
  }

  it('waits for what an effect is still to open: nothing ends above it', async () => {
    const id = await directive();
    await must(app, id, 'cons', 'ASSIGN', { input: { lead: ['p1'], cooperating: ['p2'] } });
    // when: the relay has opened none of the duties yet
    expect(await codes(id, 'cons', 'END_EXECUTION')).to.deep.equal(['childrenOpen']);
    await app.relay.settle();
    // then: the same once they are open, and not any more when they have ended
    expect(await codes(id, 'cons', 'END_EXECUTION')).to.deep.equal(['childrenOpen']);
    for (const unit of ['p1', 'p2'])
      await must(app, childOf(id, 'assignment', unit), 'cons', 'RELEASE', { input: { reason: 'Thử' } });
    await must(app, id, 'cons', 'END_EXECUTION');
  });

  it('a suspension of the directive reaches a duty that is opened afterwards, and so does its end', async () => {
    const id = await directive();
    await must(app, id, 'cons', 'ASSIGN', { input: { lead: ['p3'] } });
    await must(app, id, 'deputy', 'SUSPEND', { input: { reason: 'Chờ hướng dẫn' } });
    await app.relay.settle();
    const duty = childOf(id, 'assignment', 'p3');
    expect((await load(duty)).context.suspensions).to.have.lengthOf(1);
    expect(await codes(duty, 'head-p3', 'ACCEPT')).to.deep.equal(['suspended']);
    await must(app, id, 'deputy', 'RESUME');
    await app.relay.settle();
    await must(app, duty, 'head-p3', 'ACCEPT');
    expect(await parked()).to.equal(0);
  });

  it('REASSIGN offers the duty anew, keeps from whom it was taken, and the directive follows in order', async () => {
    const id = await assigned({ lead: ['p1'], cooperating: ['p2'] });
    const duty = childOf(id, 'assignment', 'p1');
    await must(app, duty, 'head-p1', 'CONTEST', { input: { contested: 'Không thuộc địa bàn' } });
    expect(await codes(duty, 'cons', 'REASSIGN', { unit: 'p2', reason: 'Thử' })).to.deep.equal(['unitHasDuty']);
    await must(app, duty, 'cons', 'REASSIGN', { input: { unit: 'p4', reason: 'Đúng địa bàn' } });
    await must(app, duty, 'head-p4', 'CONTEST', { input: { contested: 'Thiếu người' } });
    await must(app, duty, 'cons', 'REASSIGN', { input: { unit: 'p5', reason: 'Đủ người' } });
    await app.relay.settle();
    const after = await load(duty);
    expect([after.state, after.context.unit, after.context.contested]).to.deep.equal(['offered', 'p5', undefined]);
    expect((after.context.reassigned as JsonObject[]).map(({ from, to, reason }) => [from, to, reason])).to.deep.equal([
      ['p1', 'p4', 'Đúng địa bàn'],
      ['p4', 'p5', 'Đủ người'],
    ]);
    expect([(await load(id)).context.lead, (await load(id)).context.cooperating]).to.deep.equal([['p5'], ['p2']]);
    expect(await codes(duty, 'head-p1', 'ACCEPT')).to.deep.equal(['notYours']);
    await must(app, duty, 'head-p5', 'ACCEPT');
    expect(await parked()).to.equal(0);
  });

  it('re-assignments that are told in the wrong order wait for each other', async () => {
    const id = await assigned({ lead: ['p6'] });
    const child = childOf(id, 'assignment', 'p6');
    const tell = (input: JsonObject) => act(app, id, 'system', 'REASSIGNED', { input });
    const later = { child, from: 'p7', to: 'p6', was: 3, now: 5 };
    const early = await tell(later);
    expect(early.kind === 'refused' && early.blockers[0]?.code).to.equal('reassignmentAhead');
    await tell({ child, from: 'p6', to: 'p7', was: 0, now: 3 });
    expect((await load(id)).context.lead).to.deep.equal(['p7']);
    await tell(later);
    expect((await load(id)).context.lead).to.deep.equal(['p6']);
  });

  it('a duty is split once deep, and is complete when its rule is met; two parts that end at once close it once', async () => {
    const id = await assigned({ lead: ['p1'] });
    const duty = childOf(id, 'assignment', 'p1');
    await must(app, duty, 'head-p1', 'ACCEPT');
    const parts = [
      { title: 'Khảo sát', unit: 'p2' },
      { title: 'Tuyên truyền', unit: 'p3', dueOn: '2026-05-15' },
    ];
    await must(app, duty, 'head-p1', 'SPLIT', { input: { parts, closing: 'all' } });
    // not even before the parts are there
    expect(await codes(duty, 'head-p1', 'COMPLETE', { result: 'Xong' })).to.deep.equal(['partsOpen']);
    await app.relay.settle();
    const ids = ['p1', 'p2'].map((key) => childOf(duty, 'part', key));
    expect((await load(ids[1] ?? '')).context).to.deep.include({
      unit: 'p3',
      dutyUnit: 'p1',
      duty,
      dueOn: '2026-05-15',
      part: 'part',
    });
    for (const [index, head] of ['head-p2', 'head-p3'].entries()) {
      await must(app, ids[index] ?? '', head, 'ACCEPT');
      await must(app, ids[index] ?? '', head, 'COMPLETE', { input: { result: 'Xong phần' } });
    }
    const again = { parts: [{ title: 'Nhỏ nữa', unit: 'p4' }], closing: 'all' };
    expect(await codes(ids[0] ?? '', 'cons', 'SPLIT', again)).not.to.deep.equal([]);
    expect(await codes(duty, 'head-p1', 'COMPLETE', { result: 'Xong' })).to.deep.equal(['partsOpen']);
    // when: both end at once; the head who split them confirms one, the consolidator the other
    await Promise.all([must(app, ids[0] ?? '', 'head-p1', 'CONFIRM'), must(app, ids[1] ?? '', 'cons', 'CONFIRM')]);
    await app.relay.settle();
    const whole = await load(duty);
    const entries = await app.deps.store.instances.history(app.authority, duty, 1, 100);
    const closings = entries.filter(({ bytes }) => bytes.includes('"transition":"ASSIGNMENT_ENDED/1"'));
    expect([whole.context.partsEnded, whole.context.partsClosedOn, closings.length]).to.deep.equal([2, '2026-03-02', 1]);
    await must(app, duty, 'head-p1', 'COMPLETE', { input: { result: 'Xong cả' } });
    await must(app, duty, 'cons', 'CONFIRM');
    await app.relay.settle();
    expect((await load(id)).state).to.deep.equal({ active: { work: { execution: 'carried', reporting: 'collecting' } } });
  });

  it('a part can be contested and recalled; the parts that a rule does not want are recalled with the duty', async () => {
    const id = await assigned({ lead: ['p1'] });
    const duty = childOf(id, 'assignment', 'p1');
    await must(app, duty, 'head-p1', 'ACCEPT');
    const parts = ['p2', 'p3', 'p4'].map((unit) => ({ title: `Phần của ${unit}`, unit }));
    await must(app, duty, 'cons', 'SPLIT', { input: { parts, closing: 'atLeast', closingCount: 1 } });
    await app.relay.settle();
    const [first = '', second = '', third = ''] = ['p1', 'p2', 'p3'].map((key) => childOf(duty, 'part', key));
    await must(app, first, 'head-p2', 'CONTEST', { input: { contested: 'Không làm được' } });
    await must(app, first, 'head-p1', 'RECALL', { input: { reason: 'Đúng, đơn vị tự làm' } });
    expect(await codes(third, 'head-p2', 'RECALL', { reason: 'Không phải của tôi' })).to.deep.equal(['notYours']);
    await must(app, second, 'head-p3', 'ACCEPT');
    await must(app, second, 'head-p3', 'COMPLETE', { input: { result: 'Xong' } });
    await must(app, second, 'head-p1', 'CONFIRM');
    await app.relay.settle();
    await must(app, duty, 'head-p1', 'COMPLETE', { input: { result: 'Xong cả' } });
    await must(app, duty, 'cons', 'CONFIRM');
    await app.relay.settle();
    expect(await Promise.all([first, second, third].map(async (one) => (await load(one)).state))).to.deep.equal([
      'released',
      'confirmed',
      'released',
    ]);
    expect(await parked()).to.equal(0);
  });
});
