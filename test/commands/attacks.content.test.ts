import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { verifyHistory } from '../../src/commands/verifyHistory.js';
import { ruleOf } from '../../src/engine/definition.js';
import { readEntry } from '../../src/engine/entry.js';
import type { Instance } from '../../src/engine/instance.js';
import { seenHash } from '../../src/office/catalogue/attachments.js';
import { decisionsOf } from '../../src/office/papers/decisions.js';
import { act, must, openPlan, plan, startApplication, type TestApplication } from '../support/application.js';

describe('a decision and the files that belong to a paper', () => {
  let app: TestApplication;
  const files: Record<string, { hash: string; name: string }> = {};
  before(async () => {
    app = await startApplication('attack-content');
    for (const name of ['phu-luc-1.pdf', 'phu-luc-2.pdf']) {
      const bytes = new TextEncoder().encode(name);
      const hash = createHash('sha256').update(bytes).digest('hex');
      const file = { hash, name, mediaType: 'application/pdf', length: bytes.length, by: 'off-nv', at: app.clock.now() };
      await app.deps.store.attachments.put(app.authority, { ...file, state: 'clean' }, bytes);
      files[name] = { hash, name };
    }
  });
  after(() => app.close());

  const attach = (id: string, name: string) => must(app, id, 'off-nv', 'ATTACH', { input: { ...files[name] } });
  const detach = (id: string, name: string) => must(app, id, 'off-nv', 'DETACH', { input: { hash: files[name]?.hash ?? '' } });
  const saw = (instance: Instance): string => seenHash(instance) ?? '';
  async function laidBefore(): Promise<Instance> {
    const draft = await openPlan(app);
    await attach(draft.id, 'phu-luc-1.pdf');
    const sent = await must(app, draft.id, 'off-nv', 'SUBMIT');
    await must(app, draft.id, 'head-nv', 'APPROVE_CONTENT', { saw: saw(sent) });
    return must(app, draft.id, 'form', 'APPROVE_FORM', { saw: saw(sent) });
  }
  const codes = (outcome: Awaited<ReturnType<typeof act>>) =>
    outcome.kind === 'refused' ? outcome.blockers.map(({ code }) => code) : outcome.kind;

  it('is not made on files that were exchanged, added or taken off after they were read, by one text', async () => {
    const draft = await openPlan(app);
    await attach(draft.id, 'phu-luc-1.pdf');
    const first = await must(app, draft.id, 'off-nv', 'SUBMIT');
    const changes: readonly (() => Promise<unknown>)[] = [
      async () => {
        await detach(draft.id, 'phu-luc-1.pdf');
        await attach(draft.id, 'phu-luc-2.pdf');
      },
      () => attach(draft.id, 'phu-luc-1.pdf'),
      async () => {
        await detach(draft.id, 'phu-luc-1.pdf');
        await detach(draft.id, 'phu-luc-2.pdf');
      },
    ];
    let read = first;
    for (const change of changes) {
      await must(app, draft.id, 'off-nv', 'RECALL');
      await change();
      const again = await must(app, draft.id, 'off-nv', 'SUBMIT');
      // the text is the same, what was read is not
      expect(again.content).to.equal(first.content);
      for (const [person, command] of [
        ['head-nv', 'APPROVE_CONTENT'],
        ['form', 'APPROVE_FORM'],
        ['head-nv', 'RETURN'],
      ] as const) {
        const input = command === 'RETURN' ? { input: { reason: 'Phụ lục sai' } } : {};
        expect(codes(await act(app, draft.id, person, command, { saw: saw(read), ...input })), command).to.deep.equal([
          'contentMoved',
        ]);
      }
      read = again;
    }
    // without files it is the hash of the text, as ever
    expect(saw(read)).to.equal(first.content);
    await must(app, draft.id, 'head-nv', 'APPROVE_CONTENT', { saw: first.content ?? '' });
  });

  it('lets no file in or out where a decision survived a return to a named step', async () => {
    for (const [step, survivor, fallen] of [
      ['content', 'formApprovedBy', 'contentApprovedBy'],
      ['form', 'contentApprovedBy', 'formApprovedBy'],
    ] as const) {
      const paper = await laidBefore();
      const back = await must(app, paper.id, 'deputy', 'RETURN', { saw: saw(paper), input: { reason: 'Xem lại', step } });
      expect([back.context[survivor] !== undefined, back.context[fallen]]).to.deep.equal([true, undefined]);
      for (const [command, input] of [
        ['ATTACH', { ...files['phu-luc-2.pdf'] }],
        ['DETACH', { hash: files['phu-luc-1.pdf']?.hash ?? '' }],
        ['EDIT', { content: await app.deps.store.contents.put(app.authority, { ...plan, title: 'Khác' } as never) }],
      ] as const)
        expect(codes(await act(app, paper.id, 'off-nv', command, { input })), command).to.deep.equal(['notPossibleHere']);
      expect(saw(back)).to.equal(saw(paper));
    }
  });

  it('falls with a return to the drafter, is shown as fallen, and is asked for anew on the new files', async () => {
    const paper = await laidBefore();
    const seen = saw(paper);
    await must(app, paper.id, 'deputy', 'RETURN', { saw: seen, input: { reason: 'Thiếu phụ lục' } });
    await attach(paper.id, 'phu-luc-2.pdf');
    const again = await must(app, paper.id, 'off-nv', 'SUBMIT');
    expect(codes(await act(app, paper.id, 'deputy', 'PREPARE'))).to.deep.equal(['notPossibleHere']);
    expect(codes(await act(app, paper.id, 'head-nv', 'APPROVE_CONTENT', { saw: seen }))).to.deep.equal(['contentMoved']);
    await must(app, paper.id, 'head-nv', 'APPROVE_CONTENT', { saw: saw(again) });
    const end = (await app.deps.store.instances.load(app.authority, paper.id))?.instance ?? again;
    const { entries, faults } = await verifyHistory(app.deps, end);
    expect(faults).to.deep.equal([]);
    const model = app.deps.models.pinned(again.definition);
    const made = decisionsOf(
      entries,
      (entry) => (model.byCommand.get(entry.command) ?? []).find(({ id }) => id === entry.transition)?.definition,
    );
    expect(made.map(({ command, fell }) => [command, fell?.command ?? null])).to.deep.equal([
      ['APPROVE_CONTENT', 'RETURN'],
      ['APPROVE_FORM', 'RETURN'],
      ['APPROVE_CONTENT', null],
    ]);
  });

  it('would fall with a change of the files in a workflow that lets files change beside a decision', async () => {
    const paper = await laidBefore();
    const stored = await app.deps.store.instances.history(app.authority, paper.id, 1, 50);
    const entries = stored.map(({ bytes }) => readEntry(bytes));
    const last = entries.at(-1);
    if (last === undefined) throw new Error('no entry');
    const model = app.deps.models.pinned(paper.definition);
    const attached = { ...last, seq: last.seq + 1, command: 'ATTACH', transition: 'ATTACH/1' };
    const made = decisionsOf(
      [...entries, attached],
      (entry) => model.byCommand.get(entry.command)?.find(({ id }) => entry === attached || id === entry.transition)?.definition,
    );
    expect(ruleOf(model.byCommand.get('ATTACH')?.[0]?.definition.updates?.[0] ?? '').name).to.equal('addAttachment@1');
    expect(made.map(({ fell }) => fell?.why)).to.deep.equal(['edited', 'edited']);
  });
});
