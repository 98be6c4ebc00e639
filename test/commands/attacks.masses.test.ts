import { expect } from 'chai';
import type { Instance } from '../../src/engine/instance.js';
import type { Ballot } from '../../src/engine/panel.js';
import { act, chainFaults, must, openPlan, startApplication, type TestApplication } from '../support/application.js';
import { dayMs } from '../support/clock.js';

const times = 50;

describe('one person who sends the same command again and again', () => {
  let app: TestApplication;
  let other: TestApplication;
  before(async () => {
    app = await startApplication('attack-masses');
    other = await startApplication('attack-masses', { clock: app.clock });
  });
  after(() => Promise.all([app.close(), other.close()]));

  const loaded = async (id: string) => (await app.deps.store.instances.load(app.authority, id))?.instance as Instance;
  async function submitted(): Promise<Instance> {
    const { id } = await openPlan(app);
    return must(app, id, 'off-nv', 'SUBMIT');
  }
  const counted = async () => {
    await app.relay.settle();
    const count = (name: string) => app.connection.collection(name).countDocuments({ authority: app.authority });
    return { notices: await count('notices'), mails: await count('mails'), outbox: await count('outbox') };
  };
  /** The codes of so many tries with new keys, one after the other or all at once through both processes. */
  async function tried(
    paper: Instance,
    person: string,
    command: string,
    atOnce: boolean,
    input = {},
  ): Promise<Record<string, number>> {
    const codes: Record<string, number> = {};
    const once = async (index: number): Promise<void> => {
      const side = index % 2 === 0 ? app : other;
      const outcome = await act(side, paper.id, person, command, { saw: paper.content ?? '', input }).catch(
        (error: { code: string }) => error.code,
      );
      const code =
        typeof outcome === 'string' ? outcome : outcome.kind === 'accepted' ? 'accepted' : (outcome.blockers[0]?.code ?? '');
      codes[code] = (codes[code] ?? 0) + 1;
    };
    const all = Array.from({ length: times }, (_, index) => index);
    if (atOnce) await Promise.all(all.map(once));
    else for (const index of all) await once(index);
    return codes;
  }

  for (const atOnce of [false, true]) {
    const how = atOnce ? 'at once' : 'in a row';
    it(`urges once on a working day, fifty times ${how}: one entry and one notice for each who is awaited`, async () => {
      const paper = await submitted();
      const before = await counted();
      const codes = await tried(paper, 'clerk', 'URGE', atOnce, { note: 'Đề nghị xử lý' });
      expect(codes['accepted']).to.equal(1);
      expect(Object.keys(codes).every((code) => ['accepted', 'urgedToday', 'busy'].includes(code))).to.equal(true);
      const after = await counted();
      // the head and the form checker are awaited
      expect(after.notices - before.notices).to.be.at.most(2);
      const now = await loaded(paper.id);
      expect([now.revision, now.context.timesUrged, (now.context.urged as []).length]).to.deep.equal([paper.revision + 1, 1, 1]);
      // three who may urge cannot make more of it than one each
      await tried(paper, 'off-nv', 'URGE', atOnce);
      await tried(paper, 'cons', 'URGE', atOnce);
      expect((await loaded(paper.id)).context.timesUrged).to.equal(3);
      // over a weekend it stays one working day: Saturday and Sunday count with Monday
      const start = app.clock.now();
      for (const days of [5, 6, 7]) {
        app.clock.set(new Date(Date.parse(start) + days * dayMs).toISOString());
        await tried(paper, 'clerk', 'URGE', atOnce);
      }
      app.clock.set(start);
      expect((await loaded(paper.id)).context.timesUrged).to.equal(4);
      expect(((await loaded(paper.id)).context.urged as []).length).to.be.at.most(2);
    });

    it(`recounts nothing for a person, fifty times ${how}, and leaves no trace but the denials`, async () => {
      const paper = await submitted();
      const before = await counted();
      const due = (await loaded(paper.id)).visits;
      expect(await tried(paper, 'off-nv', 'RECOUNT_DUE', atOnce, { calendar: 'test' })).to.deep.equal({ notYours: times });
      expect(await tried(paper, 'head-nv', 'RECOUNT_DUE', atOnce, {})).to.deep.equal({ notYours: times });
      expect(await counted()).to.deep.equal(before);
      const now = await loaded(paper.id);
      expect([now.revision, now.visits]).to.deep.equal([paper.revision, due]);
    });

    it(`counts votes that have not changed for nobody, fifty times ${how}`, async () => {
      const paper = await submitted();
      const saw = paper.content ?? '';
      await must(app, paper.id, 'head-nv', 'APPROVE_CONTENT', { saw });
      await must(app, paper.id, 'form', 'APPROVE_FORM', { saw });
      await must(app, paper.id, 'chair', 'PUT_TO_VOTE', {
        saw,
        input: { voters: ['deputy', 'head-vhtt', 'head-p1', 'head-p2'] },
      });
      await must(app, paper.id, 'deputy', 'VOTE', { saw, input: { choice: 'approve' } });
      const before = await counted();
      const { revision } = await loaded(paper.id);
      expect(await tried(paper, 'head-p1', 'COUNT_VOTE', atOnce)).to.deep.equal({ voteOpen: times });
      expect(await tried(paper, 'deputy', 'COUNT_VOTE', atOnce)).to.deep.equal({ alreadyVoted: times });
      expect(await tried(paper, 'deputy', 'VOTE', atOnce, { choice: 'reject' })).to.deep.equal({ alreadyVoted: times });
      expect(await tried(paper, 'stranger', 'COUNT_VOTE', atOnce)).to.deep.equal({ notYours: times });
      expect(await counted()).to.deep.equal(before);
      const now = await loaded(paper.id);
      expect([now.revision, (now.context.ballot as unknown as Ballot).votes.length]).to.deep.equal([revision, 1]);
      // and a vote that is pressed fifty times at the same moment is one vote
      const codes = await tried(paper, 'head-p1', 'VOTE', atOnce, { choice: 'approve' });
      expect(codes['accepted']).to.equal(1);
      expect(((await loaded(paper.id)).context.ballot as unknown as Ballot).votes.length).to.equal(2);
    });
  }

  it('and takes back and approves again without an end: one open notice for each who is awaited', async () => {
    const paper = await submitted();
    const saw = paper.content ?? '';
    for (let round = 0; round < times / 2; round += 1) {
      await must(app, paper.id, 'head-nv', 'APPROVE_CONTENT', { saw });
      await must(app, paper.id, 'head-nv', 'TAKE_BACK', { saw });
    }
    await app.relay.settle();
    for (const person of ['head-nv', 'form', 'off-nv']) {
      const own = (await app.deps.store.notices.listFor(app.authority, person, 200)).filter(
        ({ instance }) => instance === paper.id,
      );
      const turns = own.filter(({ open, kind }) => open && kind === 'turn');
      expect(turns.length, person).to.be.at.most(1);
    }
    expect(await chainFaults(app)).to.deep.equal([]);
  });
});
