import { expect } from 'chai';
import type { Deps, HookPoint } from '../../../src/commands/deps.js';
import { importOrganisation } from '../../../src/commands/organisation/importOrganisation.js';
import { checkOwners } from '../../../src/commands/organisation/ownerless.js';
import { succeed } from '../../../src/commands/organisation/succeed.js';
import { succeedDue } from '../../../src/commands/organisation/succeedDue.js';
import { makeSuccessions } from '../../../src/effects/successions.js';
import { readEntry } from '../../../src/engine/entry.js';
import type { Entry, Instance } from '../../../src/engine/instance.js';
import type { Succession } from '../../../src/office/organisation/directory.js';
import { chainFaults, startApplication, type TestApplication } from '../../support/application.js';
import { dayBefore, openReport, province, reform, reformDay, reformInstant } from '../../support/province.js';

describe('a succession of units', () => {
  let app: TestApplication;
  before(async () => {
    app = await startApplication('succession');
  });
  after(() => app.close());

  /** A province of its own on the day before the reform, with its decisions recorded. */
  async function reformed(authority: string, wards: number, successions = reform(wards)): Promise<void> {
    app.clock.set(dayBefore);
    await app.deps.store.directory.save({ ...province(authority, wards), successions });
  }

  const unitOf = async (authority: string, id: string) =>
    (await app.deps.store.instances.load(authority, id))?.instance.context.unit;
  const takeOvers = async (authority: string, id: string): Promise<readonly Entry[]> =>
    (await app.deps.store.instances.history(authority, id, 1, 100))
      .map(({ bytes }) => readEntry(bytes))
      .filter(({ command }) => command === 'TAKE_OVER');
  const carryOut = (authority: string, succession: string, deps: Deps = app.deps) =>
    succeed(deps, { authority, succession, actor: 'admin', dryRun: false });

  it('takes the duties of all wards of a district to new communes, and names no level', async () => {
    const authority = 'reform-all';
    await reformed(authority, 8);
    const reports = await Promise.all(
      Array.from({ length: 8 }, (_, index) => openReport(app, authority, `w${index + 1}`, `w${index + 1}`)),
    );
    const ended = await openReport(app, authority, 'quan', 'quan');
    // when the day has come
    app.clock.set(reformInstant);
    await succeedDue(app.deps, authority, { whole: true, stopped: () => false });
    // then each report waits for its commune, by an entry of its own that names the decision
    for (const [index, report] of reports.entries()) {
      const commune = `x${Math.ceil((index + 1) / 4)}`;
      const held = await app.deps.store.instances.view(authority, report.id);
      expect(held?.instance.context.unit).to.equal(commune);
      expect(held?.principals).to.include(`post:${commune}/head`);
      expect(held?.instance.state).to.deep.equal(report.state);
      const [entry, ...more] = await takeOvers(authority, report.id);
      expect(entry?.input).to.deep.equal({
        from: `w${index + 1}`,
        to: commune,
        decision: `Nghị quyết ${Math.ceil((index + 1) / 4)}/NQ (ví dụ)`,
      });
      expect([entry?.actor, more]).to.deep.equal(['system', []]);
    }
    // and the district's own duty goes to whoever leads the unit above
    const above = await app.deps.store.instances.view(authority, ended.id);
    expect([above?.instance.context.unit, above?.principals.includes('post:tinh/chair')]).to.deep.equal(['tinh', true]);
    // and lists name the communes once, and nobody is without an owner
    expect((await app.deps.store.directory.snapshot(authority)).lists[0]?.units).to.deep.equal(['x1', 'x2']);
    expect(await checkOwners(app.deps, authority)).to.deep.equal({ checked: 9, ownerless: [] });
    expect(await chainFaults({ ...app, authority })).to.deep.equal([]);
  });

  it('lists every consequence before, and writes nothing on the way', async () => {
    const authority = 'reform-dry';
    await reformed(authority, 4);
    const data = await app.deps.store.directory.snapshot(authority);
    for (const key of ['a', 'b', 'c']) await openReport(app, authority, 'w3', key);
    await openReport(app, authority, 'quan', 'q');
    const told = await succeed(app.deps, { authority, succession: 'nhap-x1', actor: 'admin', dryRun: true });
    const codes = told.consequences.map(
      ({ code, params }) => `${code} ${(params.unit ?? params.id ?? params.from ?? params.list) as string}`,
    );
    expect(codes).to.include.members([
      'unitEnds w1',
      'unitEnds w4',
      'recordEnds a-head-w3-w3',
      'listChanged cac-phuong',
      'dutiesMove w3',
    ]);
    expect(told.consequences.find(({ code }) => code === 'dutiesMove')?.params).to.deep.equal({
      from: 'w3',
      to: 'x1',
      definition: 'report',
      count: 3,
    });
    expect([told.moved, told.consequences.some(({ code }) => code === 'heirPostVacant')]).to.deep.equal([3, false]);
    // a successor whose post is vacant is named, with what would wait for it
    await app.deps.store.directory.change(
      authority,
      { appointments: data.appointments.filter(({ unit }) => unit === 'x1').map((one) => ({ ...one, from: '2025-07-02' })) },
      data.revision,
    );
    const vacant = await succeed(app.deps, { authority, succession: 'nhap-x1', actor: 'admin', dryRun: true });
    expect(vacant.consequences.filter(({ code }) => code === 'heirPostVacant').map(({ params }) => params)).to.deep.equal([
      { unit: 'x1', post: 'head', openWork: 3, from: reformDay },
    ]);
    const after = await app.deps.store.directory.snapshot(authority);
    expect(after.units.every(({ validTo }) => validTo === null)).to.equal(true);
    // and it is not carried out before its day
    const early = await carryOut(authority, 'nhap-x1').catch((error: unknown) => error);
    expect(early).to.deep.include({ code: 'tooEarly' });
    expect(await carryOut(authority, 'nowhere').catch((error: unknown) => error)).to.deep.include({ code: 'notFound' });
  });

  it('is interrupted at any point and run again: nothing twice, nothing lost', async () => {
    const authority = 'reform-cut';
    await reformed(authority, 4);
    const reports: Instance[] = [];
    for (let n = 0; n < 12; n += 1) reports.push(await openReport(app, authority, `w${(n % 4) + 1}`, `r${n}`));
    app.clock.set(reformInstant);
    let cuts = 0;
    for (const point of ['before-write', 'after-write', 'before-write', 'after-write'] as const) {
      let left = 3;
      const hook = (at: HookPoint): Promise<void> => {
        if (at === point) left -= 1;
        return left < 0 ? Promise.reject(new Error('cut')) : Promise.resolve();
      };
      const cut = await carryOut(authority, 'nhap-x1', { ...app.deps, hook }).catch((error: unknown) => error);
      if (cut instanceof Error) cuts += 1;
    }
    expect(cuts).to.be.greaterThan(1);
    // and by two processes at once, which see the same work
    await Promise.all([carryOut(authority, 'nhap-x1'), carryOut(authority, 'nhap-x1')]);
    for (const report of reports) {
      expect(await unitOf(authority, report.id)).to.equal('x1');
      expect(await takeOvers(authority, report.id)).to.have.lengthOf(1);
    }
    const again = await carryOut(authority, 'nhap-x1');
    expect([again.moved, again.consequences, again.refused]).to.deep.equal([0, [], []]);
    const { revision } = await app.deps.store.directory.snapshot(authority);
    expect(revision).to.equal(2);
  });

  it('splits by definition, and a later merger takes on what a split had given away', async () => {
    const authority = 'reform-two';
    const split: Succession = {
      id: 'tach',
      kind: 'split',
      from: ['w1'],
      to: ['x1', 'w2'],
      on: reformDay,
      shares: [{ definition: 'report', to: 'w2' }],
      decision: 'QĐ 1',
    };
    const merge: Succession = {
      ...split,
      id: 'nhap',
      kind: 'merge',
      from: ['w2'],
      to: ['x1'],
      on: '2026-01-01',
      shares: [],
      decision: 'QĐ 2',
    };
    await reformed(authority, 4, [merge, split]);
    const report = await openReport(app, authority, 'w1', 'r');
    const { instance: delivery } = await openDelivery(authority, 'w1');
    app.clock.set(reformInstant);
    await succeedDue(app.deps, authority, { whole: true, stopped: () => false });
    expect([await unitOf(authority, report.id), await unitOf(authority, delivery)]).to.deep.equal(['w2', 'x1']);
    app.clock.set('2026-01-02T02:00:00.000Z');
    await succeedDue(app.deps, authority, { whole: true, stopped: () => false });
    expect(await unitOf(authority, report.id)).to.equal('x1');
    expect((await takeOvers(authority, report.id)).map(({ input }) => input)).to.deep.equal([
      { from: 'w1', to: 'w2', decision: 'QĐ 1' },
      { from: 'w2', to: 'x1', decision: 'QĐ 2' },
    ]);
  });

  it('leaves what has ended under the old name, and finds what is opened for the old unit later', async () => {
    const authority = 'reform-late';
    await reformed(authority, 4);
    const done = await openReport(app, authority, 'w1', 'done');
    await app.connection.collection('instances').updateOne({ _id: done.id as never }, { $set: { open: false } });
    app.clock.set(reformInstant);
    const warnings: unknown[] = [];
    const round = makeSuccessions({ deps: () => app.deps, onError: (error) => warnings.push(error), firstRoundMs: 0 });
    round.look();
    await round.idle();
    expect(await unitOf(authority, done.id)).to.equal('w1');
    // when a plan of before opens a report for the old unit
    const late = await openReport(app, authority, 'w1', 'late');
    expect(await unitOf(authority, late.id)).to.equal('w1');
    round.look();
    await round.idle();
    expect(await unitOf(authority, late.id)).to.equal('w1');
    // then the round of the next day takes it along
    app.clock.set('2025-07-02T02:00:00.000Z');
    round.look();
    await round.idle();
    expect(await unitOf(authority, late.id)).to.equal('x1');
    await round.stop();
    expect(warnings).to.deep.equal([]);
  });

  it('moves nothing without a recorded succession, and by nobody but the engine', async () => {
    const authority = 'reform-forged';
    await reformed(authority, 8);
    const report = await openReport(app, authority, 'w1', 'r');
    const { perform } = await import('../../../src/commands/perform.js');
    const tried = async (actor: string, from: string, to: string) => {
      const input = { from, to, decision: 'QĐ giả' };
      const outcome = await perform(app.deps, {
        authority,
        instance: report.id,
        command: 'TAKE_OVER',
        input,
        actor,
        key: `${actor}-${from}-${to}`,
      });
      return outcome.kind === 'refused' ? outcome.blockers.map(({ code }) => code) : outcome.kind;
    };
    expect(await tried('system', 'w1', 'x1'), 'before its day').to.deep.equal(['notSucceeded']);
    app.clock.set(reformInstant);
    expect(await tried('system', 'w1', 'x2'), 'another commune').to.deep.equal(['notSucceeded']);
    expect(await tried('system', 'w2', 'x1'), 'a unit that is not in it').to.deep.equal(['notSucceeded']);
    for (const actor of ['head-w1', 'admin', 'chair']) expect(await tried(actor, 'w1', 'x1')).to.deep.equal(['notYours']);
    expect(await tried('system', 'w1', 'x1')).to.equal('accepted');
  });

  it('is declared by an import, which ends its units by itself', async () => {
    const authority = 'reform-import';
    await reformed(authority, 4, []);
    const json = { successions: reform(4).slice(0, 1) } as never;
    const answer = await importOrganisation(app.deps, {
      authority,
      brought: { json, file: 'reform.json' },
      actor: 'admin',
      dryRun: false,
      correctPast: null,
    });
    expect(answer.counts['units']).to.deep.equal({ new: 0, changed: 4 });
    expect((await app.deps.store.directory.snapshot(authority)).units.find(({ id }) => id === 'w4')?.validTo).to.equal(
      '2025-06-30',
    );
  });

  async function openDelivery(authority: string, unit: string): Promise<{ readonly instance: string }> {
    const { open } = await import('../../../src/commands/open.js');
    const outcome = await open(app.deps, {
      authority,
      definition: 'delivery',
      context: { paper: `${authority}.doc`, title: 'Kế hoạch ví dụ', number: 8, symbol: 'KH-UBND', name: 'Phường 1', unit },
      parent: { id: `${authority}.doc`, kind: 'delivery', key: unit },
      actor: 'system',
      key: `delivery-${unit}`,
    });
    if (outcome.kind !== 'accepted') throw new Error(JSON.stringify(outcome));
    return { instance: outcome.instance.id };
  }
});
