import { expect } from 'chai';
import { readEntry } from '../../../src/engine/entry.js';
import { approvalSheetView } from '../../../src/office/papers/approvalSheet.js';
import { directory, preparation, secondDraft } from '../../support/builders.js';
import { given } from '../../support/given.js';

type Row = Readonly<Record<string, string | null>>;

function sheetOf(story: ReturnType<typeof given>) {
  const entries = story.entries.map(({ bytes }) => readEntry(bytes));
  const view = approvalSheetView({
    instance: story.instance,
    entries,
    directory,
    labelOf: (command) => `«${command}»`,
    head: '',
  });
  return { view, rows: view.rows as unknown as readonly Row[] };
}

describe('the approval sheet', () => {
  // given a paper that was returned once, and then approved, signed and sealed
  const story = given('document', [
    { do: 'SUBMIT', by: 'drafter' },
    { do: 'APPROVE_CONTENT', by: 'cultureHead' },
    { do: 'RETURN', by: 'formChecker', input: { reason: 'Thiếu dòng lưu.' } },
    { do: 'EDIT', by: 'drafter', input: { content: secondDraft } },
    { do: 'SUBMIT', by: 'drafter' },
    { do: 'APPROVE_CONTENT', by: 'cultureHead', saw: secondDraft },
    { do: 'APPROVE_FORM', by: 'formChecker', saw: secondDraft },
    { do: 'PREPARE', by: 'deputy', given: { preparation: preparation({ preparedContent: secondDraft }) } },
    { do: 'SIGN', by: 'deputy', saw: preparation().prepared },
    { do: 'SEAL', by: 'clerk' },
  ]);

  it('lists every step with who took it, in which post, and what was said', () => {
    const { rows, view } = sheetOf(story);
    expect(rows.map(({ step }) => step)).to.deep.equal([
      'Lập dự thảo',
      '«SUBMIT»',
      '«APPROVE_CONTENT»',
      '«RETURN»',
      '«EDIT»',
      '«SUBMIT»',
      '«APPROVE_CONTENT»',
      '«APPROVE_FORM»',
      '«PREPARE»',
      '«SIGN»',
      '«SEAL»',
    ]);
    expect(rows[3]?.opinion).to.equal('Thiếu dòng lưu.');
    expect(rows[2]?.post).to.match(/^Trưởng đơn vị, /);
    expect(view.number).to.equal('08/KH-UBND');
  });

  it('shows initials only for approvals that stand: one that fell with a return has none', () => {
    const { rows } = sheetOf(story);
    expect(rows.map(({ mark }) => mark)).to.deep.equal([
      '',
      '',
      '',
      '',
      '',
      '',
      'Ký nháy',
      'Ký nháy',
      '',
      'Ký số',
      'Ký số cơ quan',
    ]);
  });

  it('names the capacity of the signatory from the record, and the certificate', () => {
    const { view } = sheetOf(story);
    const signature = view.signature as unknown as { lines: string[]; name: string };
    expect(signature.lines).to.deep.equal(['TM. ỦY BAN NHÂN DÂN', 'KT. CHỦ TỊCH', 'PHÓ CHỦ TỊCH']);
    expect(signature.name).to.equal('Người ví dụ 02');
  });

  it('has no signature and no number before there is one', () => {
    const { view } = sheetOf(given('document'));
    expect([view.signature, view.number]).to.deep.equal([null, null]);
  });
});
