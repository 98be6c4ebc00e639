import { expect } from 'chai';
import { approvalSheet, sheetEntriesMax } from '../../../src/commands/papers/approvalSheet.js';
import { must, openPlan, startApplication } from '../../support/application.js';

describe('the approval sheet of a paper with a long history', () => {
  it('shows its last steps, where the approvals and the signature are, and the head of its chain', async () => {
    const app = await startApplication('sheetLong');
    try {
      // given more edits than a sheet has entries, then an approval
      const paper = await openPlan(app);
      const content = paper.content ?? '';
      for (let edit = 0; edit < sheetEntriesMax; edit += 1)
        await must(app, paper.id, 'off-nv', 'EDIT', { input: { content, title: `Lần ${edit}` } });
      await must(app, paper.id, 'off-nv', 'SUBMIT');
      const approved = await must(app, paper.id, 'head-nv', 'APPROVE_CONTENT', { saw: content });
      // when
      const { view } = await approvalSheet(app.deps, approved);
      // then
      const steps = (view.rows as unknown as { step: string; mark: string }[]).map(({ step, mark }) => [step, mark]);
      expect(steps.at(-1)).to.deep.equal(['Duyệt nội dung', 'Ký nháy']);
      expect(view.head).to.equal(approved.head);
    } finally {
      await app.close();
    }
  });
});
