import { performance } from 'node:perf_hooks';
import { expect } from 'chai';
import { judgeAnewMsMax, perform } from '../../src/commands/perform.js';
import { TrinhkyError } from '../../src/errors.js';
import { act, chainFaults, must, newKey, openPlan, startApplication, type TestApplication } from '../support/application.js';

describe('perform: several at once', () => {
  let app: TestApplication;
  before(async () => {
    app = await startApplication('concurrency');
  });
  after(() => app.close());

  it('lets two reviewers in different regions both succeed', async () => {
    // given
    const plan = await openPlan(app);
    await must(app, plan.id, 'off-nv', 'SUBMIT');
    const saw = plan.content ?? '';
    // when
    const [content, form] = await Promise.all([
      act(app, plan.id, 'head-nv', 'APPROVE_CONTENT', { saw }),
      act(app, plan.id, 'form', 'APPROVE_FORM', { saw }),
    ]);
    // then
    expect([content.kind, form.kind]).to.deep.equal(['accepted', 'accepted']);
    expect((await app.deps.store.instances.load(app.authority, plan.id))?.instance.state).to.deep.equal({
      signing: 'laidBefore',
    });
  });

  it('lets one of two incompatible decisions win, and tells the other what happened', async () => {
    const plan = await openPlan(app);
    await must(app, plan.id, 'off-nv', 'SUBMIT');
    const saw = plan.content ?? '';
    const both = await Promise.all([
      act(app, plan.id, 'form', 'RETURN', { saw, input: { reason: 'Sai thể thức' } }),
      act(app, plan.id, 'head-nv', 'RETURN', { saw, input: { reason: 'Thiếu căn cứ' } }),
    ]);
    const accepted = both.filter((outcome) => outcome.kind === 'accepted');
    const refused = both.find((outcome) => outcome.kind === 'refused');
    expect(accepted).to.have.length(1);
    expect(refused?.kind === 'refused' && refused.blockers.map((blocker) => blocker.code)).to.deep.equal(['notPossibleHere']);
    expect(refused?.kind === 'refused' && refused.happened.at(-1)).to.include({ seq: 3, command: 'RETURN' });
    const entries = await app.deps.store.instances.history(app.authority, plan.id, 1, 10);
    expect(entries.map((entry) => entry.seq)).to.deep.equal([1, 2, 3]);
  });

  it('keeps every entry of sixteen writers on one instance, in one process and in two', async () => {
    const plan = await openPlan(app);
    const other = await startApplication('concurrency', { authority: app.authority, clock: app.clock });
    const contents = await Promise.all(
      Array.from({ length: 64 }, (_, index) => app.deps.store.contents.put(app.authority, { index })),
    );
    const outcomes = await Promise.all(
      contents.map((content, index) =>
        perform((index % 2 ? app : other).deps, {
          authority: app.authority,
          instance: plan.id,
          actor: 'off-nv',
          command: 'EDIT',
          key: newKey(),
          input: { content },
        }),
      ),
    );
    await other.close();
    expect(outcomes.every((outcome) => outcome.kind === 'accepted')).to.equal(true);
    const entries = await app.deps.store.instances.history(app.authority, plan.id, 1, 100);
    expect(entries.map((entry) => entry.seq)).to.deep.equal(Array.from({ length: 65 }, (_, index) => index + 1));
    const inputs = entries.slice(1).map((entry) => (JSON.parse(entry.bytes) as { input: { content: string } }).input.content);
    expect([...inputs].sort()).to.deep.equal([...contents].sort());
    expect(await chainFaults(app)).to.deep.equal([]);
  });

  it('gives one answer and one effect to the same form sent twice, and refuses the key with other content', async () => {
    const plan = await openPlan(app);
    const key = newKey();
    const ask = { authority: app.authority, instance: plan.id, actor: 'off-nv', command: 'SUBMIT', key };
    const [first, second] = await Promise.all([perform(app.deps, ask), perform(app.deps, ask)]);
    expect(first.kind === 'accepted' && second.kind === 'accepted' && second.entry).to.deep.equal(
      first.kind === 'accepted' && first.entry,
    );
    expect([first, second].map((outcome) => outcome.kind === 'accepted' && outcome.replayed)).to.deep.equal([false, true]);
    await app.relay.settle();
    const third = await perform(app.deps, ask);
    expect(third.kind === 'accepted' && third.replayed).to.equal(true);
    const notices = await app.deps.store.notices.listFor(app.authority, 'head-nv', 50);
    expect(notices.filter((notice) => notice.instance === plan.id)).to.have.length(1);
    const other = await perform(app.deps, { ...ask, command: 'EDIT', input: { content: plan.content ?? '' } }).catch(
      (error: unknown) => error,
    );
    expect(other).to.be.instanceOf(TrinhkyError).with.property('code', 'keyReused');
  });

  it('finds a key again after the list of the instance has rolled over, also in another process', async () => {
    const plan = await openPlan(app);
    const key = newKey();
    const edit = {
      authority: app.authority,
      instance: plan.id,
      actor: 'off-nv',
      command: 'EDIT',
      key,
      input: { content: plan.content ?? '' },
    };
    await perform(app.deps, edit);
    for (let index = 0; index < 45; index += 1)
      await must(app, plan.id, 'off-nv', 'EDIT', { input: { content: plan.content ?? '' } });
    await app.relay.settle();
    const other = await startApplication('concurrency', { authority: app.authority, clock: app.clock });
    for (const one of [app, other]) {
      const again = await perform(one.deps, edit);
      expect(again.kind === 'accepted' && again.replayed && again.entry.seq).to.equal(2);
    }
    await other.close();
  });

  it('answers a stale revision with what happened in between', async () => {
    const plan = await openPlan(app);
    await must(app, plan.id, 'off-nv', 'SUBMIT');
    const stale = await act(app, plan.id, 'off-nv', 'RECALL', { ifRevision: 1 }).catch((error: unknown) => error);
    expect(stale).to.be.instanceOf(TrinhkyError).with.property('code', 'revisionMoved');
    const { params } = stale as TrinhkyError;
    expect(params.revision).to.equal(2);
    expect((params.happened as { seq: number; command: string }[]).map(({ seq, command }) => `${seq} ${command}`)).to.deep.equal([
      '2 SUBMIT',
    ]);
    expect((await act(app, plan.id, 'off-nv', 'RECALL', { ifRevision: 2 })).kind).to.equal('accepted');
  });

  it('answers a command that was long on its way and finds its own key used, as after a stop of the process', async () => {
    // given a command that is stopped before its write, longer than it may be judged anew
    const plan = await openPlan(app);
    const other = await startApplication('concurrency', { authority: app.authority, clock: app.clock });
    const ask = { authority: app.authority, instance: plan.id, actor: 'off-nv', command: 'SUBMIT', key: newKey() };
    const now = performance.now.bind(performance);
    let stoppedMs = 0;
    performance.now = () => now() + stoppedMs;
    const hook = async (point: string): Promise<void> => {
      if (point !== 'before-write' || stoppedMs > 0) return;
      stoppedMs = 2 * judgeAnewMsMax;
      // when the caller meanwhile asks another process
      expect((await perform(other.deps, ask)).kind).to.equal('accepted');
    };
    try {
      const late = await perform({ ...app.deps, hook }, ask);
      // then
      expect(late.kind === 'accepted' && [late.replayed, late.entry.seq]).to.deep.equal([true, 2]);
    } finally {
      performance.now = now;
      await other.close();
    }
  });

  it('makes room when more is pending than an instance may hold', async () => {
    const plan = await openPlan(app);
    // given a process whose relay does not carry anything on by itself
    const mute = { ...app.deps, handOver: () => undefined };
    const started = performance.now();
    for (let index = 0; index < 70; index += 1) {
      const outcome = await perform(mute, {
        authority: app.authority,
        instance: plan.id,
        actor: 'off-nv',
        command: 'EDIT',
        key: newKey(),
        input: { content: plan.content ?? '' },
      });
      expect(outcome.kind).to.equal('accepted');
    }
    expect(performance.now() - started).to.be.lessThan(15_000);
    expect(await app.deps.store.instances.pendingCount(app.authority, plan.id)).to.be.lessThan(33);
    await app.relay.settle();
    expect(await chainFaults(app)).to.deep.equal([]);
  });
});
