import { expect } from 'chai';
import { open } from '../../../src/commands/open.js';
import { checkOwners } from '../../../src/commands/organisation/ownerless.js';
import { succeedDue } from '../../../src/commands/organisation/succeedDue.js';
import type { Instance } from '../../../src/engine/instance.js';
import type { Succession } from '../../../src/office/organisation/directory.js';
import {
  act,
  chainFaults,
  must,
  newKey,
  plan as paper,
  proofFor,
  startApplication,
  type TestApplication,
  twoWards,
} from '../../support/application.js';
import { town } from '../../support/town.js';

const day = '2026-03-10';

describe('a unit that is abolished while its consolidated report is under way', () => {
  let base: TestApplication;
  before(async () => {
    base = await startApplication('attack-consolidation');
  });
  after(() => base.close());

  const ending = (kind: Succession['kind'], to: string[]): Succession => ({
    id: 'bo-nv',
    kind,
    from: ['nv'],
    to,
    on: day,
    shares: [],
    decision: 'QĐ 12/QĐ-UBND (ví dụ)',
  });

  async function authorityWith(authority: string, succession: Succession): Promise<TestApplication> {
    base.clock.set('2026-03-02T02:00:00.000Z');
    await base.deps.store.directory.save({ ...town(authority), successions: [succession] });
    return { ...base, authority };
  }

  /** A consolidated report of the division that ends, drafted by the consolidator, as the engine opens it for a period. */
  async function consolidation(app: TestApplication, key: string): Promise<Instance> {
    const content = await app.deps.store.contents.put(app.authority, {
      ...paper,
      type: 'BC',
      typeName: 'BÁO CÁO',
      symbol: 'BC-UBND',
      title: key,
    } as never);
    const outcome = await open(app.deps, {
      authority: app.authority,
      definition: 'document',
      context: { drafter: 'cons', draftingUnit: 'nv', type: 'BC', title: `Tổng hợp ${key}` },
      content,
      parent: null,
      actor: 'cons',
      key: newKey(),
    });
    if (outcome.kind !== 'accepted') throw new Error(JSON.stringify(outcome));
    return outcome.instance;
  }
  const loaded = async (app: TestApplication, id: string) =>
    (await app.deps.store.instances.load(app.authority, id))?.instance as Instance;

  /** From each place on its way: drafted, in review, approved in content alone, before the signatory. */
  async function underWay(app: TestApplication): Promise<readonly string[]> {
    const ids: string[] = [];
    for (let steps = 0; steps < 4; steps += 1) {
      const { id, content } = await consolidation(app, `quý ${steps + 1}`);
      const saw = content ?? '';
      if (steps > 0) await must(app, id, 'cons', 'SUBMIT');
      if (steps > 1) await must(app, id, 'head-nv', 'APPROVE_CONTENT', { saw });
      if (steps > 2) await must(app, id, 'form', 'APPROVE_FORM', { saw });
      ids.push(id);
    }
    return ids;
  }

  async function end(app: TestApplication): Promise<void> {
    app.clock.set(`${day}T02:00:00.000Z`);
    await succeedDue(app.deps, app.authority, { whole: true, stopped: () => false });
    await app.relay.settle();
  }

  /** Takes a paper into force by whoever has it now. */
  async function finished(app: TestApplication, id: string, head: string, officer: string): Promise<Instance> {
    const now = () => loaded(app, id);
    const saw = (await now()).content ?? '';
    if ((await now()).state === 'drafting') {
      if (officer !== 'cons') await must(app, id, head, 'REASSIGN', { input: { newDrafter: officer, reason: 'Sáp nhập phòng' } });
      await must(app, id, officer, 'SUBMIT');
    }
    const { state } = await now();
    const review = typeof state === 'object' ? (state['reviewing'] as { content?: string } | undefined) : undefined;
    if (review?.content === 'waiting') await must(app, id, head, 'APPROVE_CONTENT', { saw });
    if (review !== undefined) await must(app, id, 'form', 'APPROVE_FORM', { saw });
    const print = (await must(app, id, 'deputy', 'PREPARE')).context.prepared as string;
    await must(app, id, 'deputy', 'SIGN', { saw: print, proof: await proofFor(app, 'deputy', print) });
    await must(app, id, 'clerk', 'SEAL');
    await must(app, id, 'clerk', 'ISSUE');
    return must(app, id, 'clerk', 'SEND', { input: { recipients: twoWards } });
  }

  for (const [name, succession, unit, head, officer] of [
    ['merged into another', ending('merge', ['vhtt']), 'vhtt', 'head-vhtt', 'off-vhtt'],
    ['abolished with nobody in its place', ending('abolish', []), 'ubnd', 'chair', 'cons'],
  ] as const)
    it(`${name}: every paper has an owner, and can be finished by him`, async () => {
      const app = await authorityWith(`attack-c-${unit}`, succession);
      const ids = await underWay(app);
      await end(app);
      expect((await checkOwners(app.deps, app.authority)).ownerless).to.deep.equal([]);
      for (const id of ids) {
        const moved = await loaded(app, id);
        expect([moved.open, moved.context.draftingUnit, moved.context.drafter], id).to.deep.equal([true, unit, 'cons']);
        // the head of what is no more has nothing to say in it any more
        const late = await act(app, id, 'head-nv', 'RETURN', { saw: moved.content ?? '', input: { reason: 'Muộn' } });
        expect(late.kind).to.equal('refused');
        const done = await finished(app, id, head, officer);
        expect([done.state, done.context.draftingUnit], id).to.deep.equal(['inForce', unit]);
      }
      expect(await chainFaults(app)).to.deep.equal([]);
    });

  it('and where the one who takes over has no head, the check names each paper and why', async () => {
    const app = await authorityWith('attack-c-vacant', ending('merge', ['vhtt']));
    const ids = await underWay(app);
    const { appointments, revision } = await app.deps.store.directory.snapshot(app.authority);
    const gone = appointments.filter(({ person }) => person === 'head-vhtt').map((one) => ({ ...one, to: '2026-03-05' }));
    await app.deps.store.directory.change(app.authority, { appointments: gone }, revision);
    await end(app);
    const { ownerless } = await checkOwners(app.deps, app.authority);
    // what is in review waits for the head; the draft and what lies before the signatory wait for others
    const waiting = ownerless.map(({ instance, commands }) => [
      instance,
      commands.map(({ command, reason }) => `${command} ${reason}`),
    ]);
    expect(waiting).to.deep.include([ids[1], ['APPROVE_CONTENT vacant']]);
    expect(ownerless.every(({ endedUnits }) => endedUnits.length === 0)).to.equal(true);
  });
});
