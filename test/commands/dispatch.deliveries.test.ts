import { expect } from 'chai';
import type { Instance } from '../../src/commands/look.js';
import { open } from '../../src/commands/open.js';
import { readEntry } from '../../src/engine/entry.js';
import type { PaperContent } from '../../src/office/papers/paper.js';
import {
  act,
  must,
  newKey,
  openPlan,
  plan as paper,
  putInForce,
  startApplication,
  type TestApplication,
} from '../support/application.js';

const letter: PaperContent = {
  ...paper,
  type: 'CV',
  typeName: 'CÔNG VĂN',
  symbol: 'UBND-NV',
  title: 'Đính chính Kế hoạch ví dụ',
  recipients: [{ name: 'Các phường', purpose: null }],
  addressees: ['Các phường'],
};

const why = 'Chỉ tiêu quý III tính theo địa giới cũ';

describe('a paper after it was sent', () => {
  let app: TestApplication;
  before(async () => {
    app = await startApplication('dispatch');
  });
  after(() => app.close());

  async function inForce(): Promise<Instance> {
    const plan = await putInForce(app, await openPlan(app));
    await app.relay.settle();
    return plan;
  }

  /** Opens a new paper with a link to an earlier one, as its drafter or over whichever way. */
  async function opening(link: Record<string, string>, content: PaperContent = paper) {
    const hash = await app.deps.store.contents.put(app.authority, content as never);
    const context = { drafter: 'off-nv', draftingUnit: 'nv', type: content.type, title: content.title, ...link };
    const key = newKey();
    return open(app.deps, { authority: app.authority, definition: 'document', context, content: hash, actor: 'off-nv', key });
  }

  /** The same, opened and not yet submitted. */
  async function linked(link: Record<string, string>, content: PaperContent = paper): Promise<Instance> {
    const outcome = await opening({ linkReason: why, ...link }, content);
    if (outcome.kind !== 'accepted') throw new Error(JSON.stringify(outcome));
    return outcome.instance;
  }

  const deliveries = (paperId: string) => app.deps.store.instances.childrenOf(app.authority, paperId, 'delivery', 100);
  const fresh = async (id: string) => (await app.deps.store.instances.load(app.authority, id))?.instance;
  const states = async (paperId: string) =>
    (await deliveries(paperId))
      .map(({ context, state }) => [typeof context.name === 'string' ? context.name : '', JSON.stringify(state)] as const)
      .sort((a, b) => a[0].localeCompare(b[0]));

  it('has one delivery for each recipient, with purpose and a status of its own', async () => {
    const plan = await inForce();
    const [first, second] = await deliveries(plan.id);
    expect(first?.context).to.include({ name: 'Phường 1', unit: 'p1', purpose: 'để thực hiện', number: plan.context.number });
    expect(first?.context.file).to.equal(plan.context.sealedFile);
    // when one ward acknowledges and reads, and the other sends the paper back
    await must(app, first?.id ?? '', 'head-p1', 'ACKNOWLEDGE');
    await must(app, first?.id ?? '', 'head-p1', 'READ');
    await must(app, second?.id ?? '', 'head-p2', 'SEND_BACK', { input: { reason: 'Gửi nhầm' } });
    // then
    expect(await states(plan.id)).to.deep.equal([
      ['Phường 1', '{"open":"read"}'],
      ['Phường 2', '"returned"'],
    ]);
    // and nobody answers for another ward, except the clerk
    const strange = await act(app, first?.id ?? '', 'head-p2', 'SEND_BACK', { input: { reason: 'x' } });
    expect(strange.kind).to.equal('refused');
  });

  it('is sent to more later, to each only once', async () => {
    const plan = await inForce();
    const recipients = [
      { name: 'Phường 2', unit: 'p2', purpose: 'để thực hiện' },
      { name: 'Sở Ví dụ', purpose: 'để báo cáo', channel: 'post' },
    ];
    await must(app, plan.id, 'clerk', 'SEND_MORE', { input: { recipients } });
    await app.relay.settle();
    expect((await states(plan.id)).map(([name]) => name)).to.deep.equal(['Phường 1', 'Phường 2', 'Sở Ví dụ']);
    const more = await fresh(plan.id);
    expect(more?.context.sentTo).to.deep.equal(['p1', 'p2']);
  });

  it('that is amended stays in force, names the amendment, and every recipient is told and answers', async () => {
    const plan = await inForce();
    const amendment = await putInForce(app, await linked({ amends: plan.id }));
    await app.relay.settle();
    const now = await fresh(plan.id);
    expect([now?.state, now?.context.amendedBy]).to.deep.equal(['inForce', [amendment.id]]);
    expect((await states(plan.id)).map(([, state]) => state)).to.deep.equal(['{"open":"changed"}', '{"open":"changed"}']);
    const [first] = await deliveries(plan.id);
    await must(app, first?.id ?? '', 'clerk', 'ACKNOWLEDGE');
    expect((await fresh(first?.id ?? ''))?.state).to.deep.equal({ open: 'received' });
  });

  it('is corrected by an official letter and by nothing else', async () => {
    const plan = await inForce();
    const wrong = await linked({ corrects: plan.id });
    const refused = await act(app, wrong.id, 'off-nv', 'SUBMIT');
    expect(refused.kind === 'refused' && refused.blockers.map(({ code }) => code)).to.deep.equal(['linkTypeWrong']);
    const correction = await putInForce(app, await linked({ corrects: plan.id }, letter));
    await app.relay.settle();
    expect((await fresh(plan.id))?.context.correctedBy).to.deep.equal([correction.id]);
  });

  for (const link of ['replaces', 'amends', 'corrects']) {
    it(`is not to be linked by \`${link}\` without a reason: the field is named, and nothing is stored`, async () => {
      const plan = await inForce();
      const papers = () => app.connection.collection('instances').countDocuments({ authority: app.authority });
      const before = await papers();
      // none, an empty one, one of blanks, one that is too long
      const reasons = [{}, { linkReason: '' }, { linkReason: ' \n\t\u00a0' }, { linkReason: 'x'.repeat(1_001) }];
      for (const reason of reasons) {
        const refused = await opening({ [link]: plan.id, ...reason });
        expect(refused.kind === 'refused' && refused.blockers.map(({ code }) => code)).to.deep.equal(['contextInvalid']);
        expect(JSON.stringify(refused)).to.contain('linkReason');
      }
      expect(await papers()).to.equal(before);
      expect((await opening({ [link]: plan.id, linkReason: 'x'.repeat(1_000) })).kind).to.equal('accepted');
    });
  }

  it('keeps in its own entry why it was amended, corrected and replaced, in the words of the new paper', async () => {
    const plan = await inForce();
    const told = [
      ['AMENDED', await linked({ amends: plan.id, linkReason: 'Bổ sung kinh phí cho phường 2' })],
      ['CORRECTED', await linked({ corrects: plan.id, linkReason: 'Sai ngày tại mục III' }, letter)],
      ['REPLACE', await linked({ replaces: plan.id, linkReason: 'Sắp xếp lại đơn vị hành chính' })],
    ] as const;
    for (const [, paperNow] of told) {
      await putInForce(app, paperNow);
      await app.relay.settle();
    }
    const stored = await app.deps.store.instances.history(app.authority, plan.id, 1, 100);
    const names = new Set<string>(told.map(([command]) => command));
    const entries = stored.map(({ bytes }) => readEntry(bytes)).filter(({ command }) => names.has(command));
    expect(entries.map(({ command, input }) => [command, input])).to.deep.equal(
      told.map(([command, { id, context }]) => [command, { by: id, reason: context.linkReason ?? null }]),
    );
    // and who is told of it reads why
    const notices = await app.connection.collection('notices').find({ authority: app.authority, instance: plan.id }).toArray();
    expect(JSON.stringify(notices)).to.contain('Sắp xếp lại đơn vị hành chính');
  });

  it('is told by a newer paper only with a reason', async () => {
    const plan = await inForce();
    for (const command of ['REPLACE', 'AMENDED', 'CORRECTED'])
      for (const input of [{ by: 'x' }, { by: 'x', reason: '  ' }]) {
        const refused = await act(app, plan.id, 'system', command, { input });
        expect(refused.kind === 'refused' && refused.blockers.map(({ code }) => code)).to.deep.equal(['inputInvalid']);
        expect(JSON.stringify(refused)).to.contain('reason');
      }
  });

  it('that is replaced ends when the new one comes into force, and not before; recipients confirm', async () => {
    const plan = await inForce();
    const next = await linked({ replaces: plan.id });
    await must(app, next.id, 'off-nv', 'SUBMIT');
    await app.relay.settle();
    expect((await fresh(plan.id))?.open).to.equal(true);
    await must(app, next.id, 'off-nv', 'RECALL');
    await putInForce(app, next);
    await app.relay.settle();
    const now = await fresh(plan.id);
    expect([now?.state, now?.context.replacedBy]).to.deep.equal(['replaced', next.id]);
    expect((await states(plan.id)).map(([, state]) => state)).to.deep.equal(['"superseded"', '"superseded"']);
    const [first] = await deliveries(plan.id);
    await must(app, first?.id ?? '', 'head-p1', 'CONFIRM');
    // and a second paper cannot replace it again
    const late = await act(app, (await linked({ replaces: plan.id })).id, 'off-nv', 'SUBMIT');
    expect(late.kind === 'refused' && late.blockers.map(({ code }) => code)).to.deep.equal(['linkNotInForce']);
  });

  it('that is withdrawn is recalled from every recipient, frozen and not deleted; each answer is kept', async () => {
    const plan = await inForce();
    await must(app, plan.id, 'deputy', 'WITHDRAW', { input: { reason: 'Ban hành nhầm thẩm quyền' } });
    await app.relay.settle();
    const [first, second] = await deliveries(plan.id);
    await must(app, first?.id ?? '', 'head-p1', 'ANSWER_RECALL', { input: { done: 'destroyed' } });
    await must(app, second?.id ?? '', 'clerk', 'ANSWER_RECALL', { input: { done: 'refused', reason: 'Đã thực hiện xong' } });
    const answers = (await deliveries(plan.id)).map(({ context }) => [context.done, context.answeredBy]);
    expect(answers).to.deep.equal([
      ['destroyed', 'head-p1'],
      ['refused', 'clerk'],
    ]);
    expect((await fresh(plan.id))?.context.sealedFile).to.equal(plan.context.sealedFile);
    const kept = await app.deps.store.renditions.byHash(app.authority, plan.id, plan.context.sealedFile as string);
    expect(kept?.mode).to.equal('sealed');
  });

  it('has its approval sheet, sealed by the agency alone', async () => {
    const plan = await inForce();
    const sheet = (await app.deps.store.renditions.listOf(app.authority, plan.id)).find(({ mode }) => mode === 'sheet');
    const bytes = await app.deps.store.renditions.bytes(app.authority, sheet?.hash ?? '');
    const report = await app.deps.verifier.verify(bytes ?? new Uint8Array(), app.authority);
    expect(report.signatures.map(({ field }) => field)).to.deep.equal(['seal']);
    const text = Buffer.from(bytes ?? []).toString('utf8');
    expect(text).to.include('Ký nháy');
    // of what came after the seal it says nothing
    expect(text).to.not.include('Gửi');
  });
});
