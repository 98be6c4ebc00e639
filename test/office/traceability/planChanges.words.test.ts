import { expect } from 'chai';
import fc from 'fast-check';
import { planChanges } from '../../../src/office/traceability/planChanges.js';
import { wordChanges, wordsOf } from '../../../src/office/traceability/wordChanges.js';

const clause = (path: string, text: string) => ({ path, text });
const before = [
  clause('II.1', 'Tổ chức tuyên truyền văn hóa công sở trong cán bộ, công chức trước ngày 30 tháng 3.'),
  clause('II.2', 'Rà soát bảng tên, trang phục của người làm việc tại bộ phận một cửa.'),
  clause('II.3', 'Lắp đặt hòm thư góp ý tại trụ sở các phường.'),
];

describe('what a plan changed of an earlier one', () => {
  it('tells same, changed, moved, new and dropped apart by place and likeness of words', () => {
    // given a clause put in before the second, one word changed in the first, the last one gone
    const after = [
      clause('II.1', 'Tổ chức tuyên truyền văn hóa công sở trong cán bộ, công chức trước ngày 15 tháng 4.'),
      clause('II.2', 'Công khai thủ tục hành chính trên trang thông tin điện tử.'),
      clause('II.3', 'Rà soát bảng tên, trang phục của người làm việc tại bộ phận một cửa.'),
    ];
    const { clauses, dropped } = planChanges(before, after);
    expect(clauses.map(({ kind, path, from }) => `${kind} ${path} ${from ?? ''}`)).to.deep.equal([
      'changed II.1 II.1',
      'new II.2 ',
      'same II.3 II.2',
    ]);
    expect(dropped.map(({ path }) => path)).to.deep.equal(['II.3']);
    expect(clauses[0]?.words.filter(({ kind }) => kind !== 'kept')).to.deep.equal([
      { kind: 'removed', text: '30' },
      { kind: 'added', text: '15' },
      { kind: 'removed', text: '3.' },
      { kind: 'added', text: '4.' },
    ]);
  });

  it('accounts for every clause of both plans exactly once', () => {
    const text = fc
      .array(fc.constantFrom('đơn', 'vị', 'báo', 'cáo', 'quý', 'năm'), { maxLength: 6 })
      .map((words) => words.join(' '));
    const clauses = fc.array(text, { maxLength: 6 }).map((texts) => texts.map((one, at) => clause(`${at + 1}.`, one)));
    fc.assert(
      fc.property(clauses, clauses, (old, now) => {
        const { clauses: told, dropped } = planChanges(old, now);
        expect(told.map(({ path }) => path)).to.deep.equal(now.map(({ path }) => path));
        const from = [...told.flatMap((one) => one.from ?? []), ...dropped.map(({ path }) => path)].sort();
        expect(from).to.deep.equal(old.map(({ path }) => path).sort());
      }),
    );
  });

  it('gives both texts again from its pieces', () => {
    const words = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 12 }).map((list) => list.join(' '));
    fc.assert(
      fc.property(words, words, (old, now) => {
        const pieces = wordChanges(old, now);
        const of = (other: string) =>
          wordsOf(
            pieces
              .filter(({ kind }) => kind !== other)
              .map(({ text }) => text)
              .join(' '),
          ).join(' ');
        expect(of('added')).to.equal(old);
        expect(of('removed')).to.equal(now);
      }),
    );
  });
});
