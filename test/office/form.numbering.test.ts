import { expect } from 'chai';
import fc from 'fast-check';
import { checkForm } from '../../src/office/form/check.js';
import { POINTS, toRoman } from '../../src/office/form/rules/markers.js';
import { subjectOf } from '../../src/office/form/subject.js';
import type { Block } from '../../src/office/papers/paper.js';
import { content } from '../support/formPages.js';

const faultsIn = (body: readonly Block[]) =>
  checkForm(subjectOf({ content: { ...content, bases: [], body }, number: null, issuedOn: null, signature: null }), '2026-03-02')
    .findings.filter(({ key }) => /^C-1[2-8]$/.test(key))
    .map(({ key, found, expected }) => [key, found, expected]);

const part = (number: number): Block => ({ kind: 'heading', level: 1, marker: `${toRoman(number)}.`, text: 'NỘI DUNG' });
const clause = (number: number): Block => ({ kind: 'paragraph', marker: `${number}.`, level: 1, text: 'Việc' });
const point = (index: number): Block => ({ kind: 'paragraph', marker: `${POINTS[index] ?? '?'})`, level: 2, text: 'Việc' });

describe('numbering', () => {
  it('writes Roman numbers as the form does', () => {
    expect([1, 4, 9, 14, 40, 49, 90, 199].map(toRoman)).to.deep.equal(['I', 'IV', 'IX', 'XIV', 'XL', 'XLIX', 'XC', 'CXCIX']);
  });

  it('of any paper that counts right has no finding', () => {
    const shape = fc.array(fc.array(fc.integer({ min: 0, max: 22 }), { maxLength: 4 }), { maxLength: 6 });
    fc.assert(
      fc.property(shape, (parts) => {
        const body = parts.flatMap((clauses, index) => [
          part(index + 1),
          ...clauses.flatMap((points, at) => [clause(at + 1), ...Array.from({ length: points }, (_, one) => point(one))]),
        ]);
        expect(faultsIn(body)).to.deep.equal([]);
      }),
    );
  });

  it('that skips one has one finding, which names the right marker', () => {
    expect(faultsIn([part(1), clause(1), clause(3), clause(4), part(2), clause(1)])).to.deep.equal([['C-16', '3.', '2.']]);
    expect(faultsIn([point(0), point(1), point(2), point(3), point(6)])).to.deep.equal([['C-17', 'g)', 'đ)']]);
    expect(faultsIn([part(1), part(3)])).to.deep.equal([['C-18', 'III.', 'II.']]);
  });

  it('goes on through the articles of all chapters, and begins anew with the clauses of each', () => {
    const article = (number: number): Block => ({ kind: 'article', marker: `Điều ${number}.`, title: 'Phạm vi', text: null });
    const chapter = (marker: string): Block => ({ kind: 'chapter', marker, text: 'QUY ĐỊNH CHUNG' });
    const sound = [chapter('Chương I'), article(1), clause(1), clause(2), chapter('Chương II'), article(2), clause(1)];
    expect(faultsIn(sound)).to.deep.equal([]);
    expect(faultsIn([...sound, article(1)])).to.deep.equal([]);
    expect(faultsIn([...sound, article(4)])).to.deep.equal([['C-15', 'Điều 4.', 'Điều 3.']]);
  });
});
