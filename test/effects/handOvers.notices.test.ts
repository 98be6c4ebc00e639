import { expect } from 'chai';
import { handOverRowsMax } from '../../src/commands/notices/handOver.js';
import type { StoredNotice } from '../../src/commands/notices/ports.js';
import { makeHandOvers } from '../../src/effects/handOvers.js';
import type { Appointment, Delegation, Directory } from '../../src/office/organisation/directory.js';
import { must, openPlan, startApplication, type TestApplication } from '../support/application.js';
import { town } from '../support/town.js';

const opening = '2026-03-02T02:00:00.000Z';

describe('notices where who can act changes without a step', () => {
  let app: TestApplication;
  let number = 0;
  beforeEach(async () => {
    number += 1;
    app = await startApplication(`handOvers${number}`);
    app.clock.set(opening);
  });
  afterEach(() => app.close());

  const faults: unknown[] = [];
  const made = () => makeHandOvers({ deps: () => app.deps, onError: (error) => faults.push(error), firstRoundMs: 0 });
  async function round(handOvers: ReturnType<typeof made>): Promise<void> {
    handOvers.look();
    await handOvers.idle();
    expect(faults.splice(0)).to.deep.equal([]);
  }
  const of = (person: string): Promise<readonly StoredNotice[]> => app.deps.store.notices.listFor(app.authority, person, 200);
  const openOf = async (person: string) => (await of(person)).filter(({ open }) => open);
  const save = (more: Partial<Directory>) => app.deps.store.directory.save({ ...town(app.authority), ...more });
  const appointments = (changed: (one: Appointment) => Appointment, more: readonly Appointment[] = []) => [
    ...town(app.authority).appointments.map(changed),
    ...more,
  ];
  const heads = (more: Partial<Appointment>): Appointment => ({
    id: 'a-new',
    person: 'stranger',
    unit: 'nv',
    post: 'head',
    title: null,
    acting: false,
    from: '2026-03-02',
    to: null,
    ...more,
  });
  const leave: Delegation = {
    id: 'd-leave',
    delegator: 'head-nv',
    delegate: 'head-vhtt',
    definitions: null,
    types: null,
    commands: null,
    from: '2026-03-05',
    to: '2026-03-09',
    revokedAt: null,
    reason: 'Nghỉ phép',
  };
  async function submitted(count: number): Promise<void> {
    for (let made = 0; made < count; made += 1) {
      const plan = await openPlan(app);
      await must(app, plan.id, 'off-nv', 'SUBMIT');
    }
    await app.relay.settle();
  }

  it('a post that ended closes what was open for its holder; the successor learns in one notice what waits for him', async () => {
    await submitted(3);
    const handOvers = made();
    await round(handOvers);
    expect(await openOf('head-nv')).to.have.length(3);
    // when the head is replaced from one day to the next, and no paper moves
    app.clock.set('2026-03-03T02:00:00.000Z');
    const ended = (one: Appointment) => (one.id === 'a-head-nv-nv' ? { ...one, to: '2026-03-02' } : one);
    await save({ appointments: appointments(ended, [heads({ from: '2026-03-03' })]) });
    await round(handOvers);
    // then
    expect(await openOf('head-nv')).to.deep.equal([]);
    expect((await of('head-nv')).map(({ closedAt }) => closedAt)).to.deep.equal(Array(3).fill('2026-03-03T02:00:00.000Z'));
    expect(await openOf('form'), 'whoever still can act keeps his').to.have.length(3);
    expect((await openOf('stranger')).map(({ kind, instance, params }) => [kind, instance, params])).to.deep.equal([
      ['turn', '', { waiting: 3 }],
    ]);
    // and no second one, whatever else changes and whoever looks
    await save({ appointments: appointments(ended, [heads({ from: '2026-03-03', title: 'Trưởng phòng' })]) });
    await round(handOvers);
    await round(made());
    expect(await of('stranger')).to.have.length(1);
    // and what comes later is told by itself
    await submitted(1);
    await round(handOvers);
    expect((await openOf('stranger')).map(({ instance }) => instance !== '')).to.have.members([false, true]);
  });

  it('a leave that begins tells the deputy on its first day, and closes what is his when it ends', async () => {
    await submitted(2);
    await save({ delegations: [leave] });
    const handOvers = made();
    await round(handOvers);
    expect(await of('head-vhtt'), 'not before').to.deep.equal([]);
    app.clock.set('2026-03-04T17:00:00.000Z');
    await round(handOvers);
    expect((await of('head-vhtt')).map(({ params }) => params)).to.deep.equal([{ waiting: 2, onBehalfOf: 'head-nv' }]);
    await submitted(1);
    // the new paper by itself, and the reminders of the two older ones
    expect((await openOf('head-vhtt')).map(({ kind, visit }) => [kind, visit !== null])).to.have.deep.members([
      ['turn', false],
      ['turn', true],
      ['reminder', true],
      ['reminder', true],
    ]);
    app.clock.set('2026-03-09T17:00:00.000Z');
    await round(handOvers);
    expect((await openOf('head-vhtt')).filter(({ visit }) => visit !== null)).to.deep.equal([]);
    expect((await openOf('head-nv')).filter(({ kind }) => kind === 'turn')).to.have.length(3);
  });

  it('what a term brought while no process ran is told after the start; an old term and an empty one tell nothing', async () => {
    await submitted(2);
    app.clock.set('2026-03-06T02:00:00.000Z');
    await save({ delegations: [leave, { ...leave, id: 'd-other', delegator: 'head-p1', delegate: 'head-p2' }] });
    await round(made());
    expect((await of('head-vhtt')).map(({ params }) => params.waiting)).to.deep.equal([2]);
    expect(await of('head-p2')).to.deep.equal([]);
    expect((await of('form')).filter(({ instance }) => instance === '')).to.deep.equal([]);
  });

  it('closes page by page, and one instance that fills a page', async () => {
    // given more open notices than a page holds, all but one of a single instance
    const plan = await openPlan(app);
    await must(app, plan.id, 'off-nv', 'SUBMIT');
    await app.relay.settle();
    const [first] = await openOf('head-nv');
    if (first === undefined) throw new Error('no notice');
    const { open: _open, readAt: _readAt, closedAt: _closedAt, mailedAt: _mailedAt, ...notice } = first;
    const strangers = Array.from({ length: handOverRowsMax + 20 }, (_, index) => ({
      ...notice,
      id: `${notice.id}-${index}`,
      person: `gone-${index}`,
    }));
    await app.deps.store.notices.write(strangers, [], { authority: app.authority, at: opening });
    await round(made());
    const { authority } = app;
    expect(await app.connection.collection('notices').countDocuments({ authority, open: true })).to.equal(2);
  });
});
