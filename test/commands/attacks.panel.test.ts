import { resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { open } from '../../src/commands/open.js';
import { verifyHistory } from '../../src/commands/verifyHistory.js';
import type { Instance } from '../../src/engine/instance.js';
import { type Ballot, panelMembersMax } from '../../src/engine/panel.js';
import { act, must, newKey, plan, startApplication, type TestApplication } from '../support/application.js';
import { town } from '../support/town.js';

const workflows = resolve(fileURLToPath(import.meta.url), '..', 'definitions');
/** Time of the last votes against that of the first: what grows with the square of the votes would be far beyond. */
const ratioMax = 4;

describe('a panel of as many members as a ballot holds', () => {
  const members = Array.from({ length: panelMembersMax }, (_, index) => `tv${index + 1}`);
  let app: TestApplication;
  let other: TestApplication;
  before(async () => {
    app = await startApplication('attack-panel', { workflows });
    other = await startApplication('attack-panel', { workflows, clock: app.clock });
    await app.deps.store.directory.save(council());
  });
  after(() => Promise.all([app.close(), other.close()]));

  const council = (without: readonly string[] = []) => {
    const records = town('attack-panel');
    const people = members.map((id, index) => ({
      id,
      name: `Người ví dụ ${100 + index}`,
      login: `attack-panel-${id}`,
      disabled: without.includes(id),
    }));
    return { ...records, people: [...records.people, ...people] };
  };

  async function put(command: 'ASK' | 'ASK_ALL', voters = members): Promise<Instance> {
    const content = await app.deps.store.contents.put(app.authority, plan as never);
    const outcome = await open(app.deps, {
      authority: app.authority,
      definition: 'council',
      context: { drafter: 'off-nv', title: 'Quy hoạch ví dụ', voters },
      content,
      actor: 'off-nv',
      key: newKey(),
    });
    if (outcome.kind !== 'accepted') throw new Error(JSON.stringify(outcome));
    return must(app, outcome.instance.id, 'off-nv', command);
  }
  const loaded = async (id: string) => (await app.deps.store.instances.load(app.authority, id))?.instance as Instance;

  it('votes to its end: nobody twice, the last as quick as the first, and the whole history readable', async () => {
    const paper = await put('ASK_ALL');
    const saw = paper.content ?? '';
    const took: number[] = [];
    const votes = members.map((person, index) => ({ person, choice: index % 2 === 0 ? 'approve' : 'abstain' }));
    // 100 approve and 99 abstain, the last one decides: by fewer votes than all nothing is decided
    for (const { person, choice } of votes.slice(0, -1)) {
      const began = performance.now();
      const state = (await must(app, paper.id, person, 'VOTE', { saw, input: { choice } })).state;
      took.push(performance.now() - began);
      expect(state, person).to.equal('voting');
    }
    // when some vote again, through both processes, with new keys and another choice
    for (const [index, person] of members.slice(0, 12).entries()) {
      const again = await act(index % 2 ? app : other, paper.id, person, 'VOTE', { saw, input: { choice: 'reject' } });
      expect(again.kind === 'refused' && again.blockers.map(({ code }) => code), person).to.deep.equal(['alreadyVoted']);
    }
    const last = await must(other, paper.id, members.at(-1) ?? '', 'VOTE', { saw, input: { choice: 'approve' } });
    // then 101 of 200 have agreed, which is enough
    expect(last.state).to.equal('agreed');
    const ballot = last.context.ballot as unknown as Ballot;
    expect([ballot.members.length, new Set(ballot.votes.map(({ person }) => person)).size]).to.deep.equal([200, 200]);
    expect(ballot.votes.length).to.equal(200);
    const median = (list: readonly number[]): number => [...list].sort((a, b) => a - b)[list.length >> 1] ?? 0;
    expect(median(took.slice(-20)) / median(took.slice(5, 25))).to.be.lessThan(ratioMax);
    const { entries, faults } = await verifyHistory(app.deps, last);
    expect([entries.length, faults]).to.deep.equal([202, []]);
    expect(new Set(entries.map(({ command, actor }) => `${command} ${actor}`)).size).to.equal(202);
  });

  it('stops as soon as nothing can change the result, and takes no vote after that', async () => {
    const paper = await put('ASK');
    const saw = paper.content ?? '';
    for (const [index, person] of members.slice(0, 101).entries()) {
      const { state } = await must(app, paper.id, person, 'VOTE_EARLY', { saw, input: { choice: 'approve' } });
      expect(state, person).to.equal(index < 100 ? 'quick' : 'agreed');
    }
    const late = await act(other, paper.id, members[150] ?? '', 'VOTE_EARLY', { saw, input: { choice: 'reject' } });
    expect(late.kind === 'refused' && late.blockers.map(({ code }) => code)).to.deep.equal(['ended']);
    expect(((await loaded(paper.id)).context.early as unknown as Ballot).votes.length).to.equal(101);
  });

  it('counts each once where all press at the same moment in two processes, twice each', async () => {
    const paper = await put('ASK_ALL', members.slice(0, 40));
    const saw = paper.content ?? '';
    const pressed = members.slice(0, 40).flatMap((person) => [app, other].map((side) => ({ person, side })));
    const outcomes = await Promise.all(
      pressed.map(async ({ person, side }) => {
        for (;;) {
          // `busy` is the answer of a crowd: the same key is sent again
          const outcome = await act(side, paper.id, person, 'VOTE', { saw, input: { choice: 'approve' } }).catch(
            (error: { code?: string }) => error.code,
          );
          if (outcome !== 'busy') return { person, outcome };
        }
      }),
    );
    const accepted = outcomes.filter(({ outcome }) => typeof outcome === 'object' && outcome.kind === 'accepted');
    expect([accepted.length, new Set(accepted.map(({ person }) => person)).size]).to.deep.equal([40, 40]);
    for (const { outcome } of outcomes)
      if (typeof outcome === 'object' && outcome.kind === 'refused')
        expect(['alreadyVoted', 'ended']).to.include(outcome.blockers[0]?.code);
    const end = await loaded(paper.id);
    expect([end.state, (await verifyHistory(app.deps, end)).faults]).to.deep.equal(['agreed', []]);
  });

  it('is not entered by one member more than a ballot holds, and goes on when all others have left', async () => {
    const refused = await put('ASK_ALL', [...members.slice(0, 199), 'head-nv', 'head-vhtt']).catch((error: Error) => error);
    expect(refused instanceof Error && refused.message).to.contain('contextInvalid');
    const paper = await put('ASK', members.slice(0, 30));
    const saw = paper.content ?? '';
    await must(app, paper.id, 'tv1', 'VOTE_EARLY', { saw, input: { choice: 'approve' } });
    await app.deps.store.directory.save(council(members.slice(1)));
    // who left neither votes nor is waited for: the count that anybody on the ballot asks for ends it
    const gone = await act(app, paper.id, 'tv2', 'VOTE_EARLY', { saw, input: { choice: 'reject' } });
    expect(gone.kind).to.equal('refused');
    expect((await must(app, paper.id, 'tv1', 'COUNT_VOTE_EARLY')).state).to.equal('agreed');
    await app.deps.store.directory.save(council());
  });
});
