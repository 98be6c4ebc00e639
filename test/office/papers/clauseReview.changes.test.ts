import { expect } from 'chai';
import fc from 'fast-check';
import type { Json } from '../../../src/engine/json.js';
import { corrected, dutiesOf } from '../../../src/office/papers/clauseDuties.js';
import {
  asRead,
  type ClauseReview,
  confirmed,
  edited,
  joined,
  type ReviewedClause,
  type ReviewSource,
  reviewFaults,
  split,
} from '../../../src/office/papers/clauseReview.js';
import { clauseReviewOf } from '../../../src/office/papers/clauseReviewShape.js';
import type { Clause } from '../../../src/office/reading/planReading.js';

const hash = 'a'.repeat(64);

/** A text in which each clause is a line, and the clauses as they would be read from it. */
function sourceOf(texts: readonly string[], more: Partial<Clause> = {}, opened: readonly string[] = []): ReviewSource {
  let at = 0;
  const clauses = texts.map((text, index): Clause => {
    const start = at;
    at += text.length + 1;
    return {
      path: `II.${index + 1}`,
      text: text.replace(/^\S+ /, ''),
      kind: 'directive',
      units: [],
      due: null,
      sourceSpan: [start, at - 1],
      ...more,
    };
  });
  return { hash, text: texts.join('\n'), clauses, opened, issuedOn: '2026-03-02' };
}

const three = sourceOf(['1. Rà soát hộ nghèo. Báo cáo kết quả.', '2. Tập huấn.', '3. Tuyên truyền.']);
const [first, second, third] = three.clauses.map(confirmed) as [ReviewedClause, ReviewedClause, ReviewedClause];
const review = (clauses: readonly ReviewedClause[], noAction: ClauseReview['noAction'] = []): ClauseReview => ({
  kind: 'clauseReview',
  source: hash,
  clauses,
  noAction,
});
const faults = (clauses: readonly ReviewedClause[], noAction?: ClauseReview['noAction'], source = three) =>
  reviewFaults(review(clauses, noAction), source).map(({ code, path }) => `${code} ${path}`);

describe('the review of clauses', () => {
  it('stands when everything is confirmed as it was read', () => {
    expect(reviewFaults(asRead(three), three)).to.deep.equal([]);
  });

  it('splits a clause where the words of its pieces stand, and each keeps what it names', () => {
    const units = [
      { name: 'Phòng Nội vụ', role: 'lead' as const },
      { name: 'Công an', role: 'coordinate' as const },
    ];
    const due = { text: 'trước ngày 31/3/2026', date: '2026-03-31' };
    const source = sourceOf(['1. Phòng Nội vụ rà soát. Công an phối hợp\n  kiểm tra trước ngày 31/3/2026.'], { units, due });
    const [clause] = source.clauses.map(confirmed) as [ReviewedClause];
    const pieces = split(clause, ['Phòng Nội vụ rà soát.', 'Công an phối hợp kiểm tra trước ngày 31/3/2026.'], source.text);
    expect(pieces.map(({ path, units: named, due: when, origin, from }) => ({ path, named, when, origin, from }))).to.deep.equal([
      { path: 'II.1:1', named: [units[0]], when: null, origin: 'split', from: ['II.1'] },
      { path: 'II.1:2', named: [units[1]], when: due, origin: 'split', from: ['II.1'] },
    ]);
    expect(source.text.slice(...(pieces[1]?.span ?? []))).to.equal('Công an phối hợp\n  kiểm tra trước ngày 31/3/2026.');
    expect(reviewFaults(review(pieces), source)).to.deep.equal([]);
  });

  it('splits at words that the source writes in NFD', () => {
    const text = '1. Rà soát. Kế hoạch mới.'.normalize('NFD');
    const source: ReviewSource = {
      ...three,
      text,
      clauses: [{ ...(three.clauses[0] as Clause), text: 'Rà soát. Kế hoạch mới.', sourceSpan: [0, text.length] }],
    };
    const pieces = split(confirmed(source.clauses[0] as Clause), ['Rà soát.', 'Kế hoạch mới.'], text);
    expect(text.slice(...(pieces[1]?.span ?? [])).normalize('NFC')).to.equal('Kế hoạch mới.');
  });

  it('splits into nothing new: one piece is an edit, and none is none', () => {
    expect(split(first, ['Khác'], three.text)).to.deep.equal([{ ...first, text: 'Khác', origin: 'edited' }]);
    expect(split(first, ['  '], three.text)).to.deep.equal([first]);
    expect(edited(first, ` ${first.text}\n`)).to.equal(first);
  });

  it('joins two clauses under the first one’s path, with the units of both', () => {
    const one = { ...first, units: [{ name: 'A', role: 'lead' as const }] };
    const two = {
      ...second,
      units: [
        { name: 'A', role: 'coordinate' as const },
        { name: 'B', role: 'lead' as const },
      ],
      due: { text: 'quý I', date: null },
    };
    expect(joined(one, two)).to.deep.include({
      path: 'II.1',
      text: `${first.text} ${second.text}`,
      units: [one.units[0], two.units[1]],
      due: two.due,
      span: [first.span[0], second.span[1]],
      origin: 'joined',
      from: ['II.1', 'II.2'],
    });
    expect(faults([joined(first, second), third])).to.deep.equal([]);
  });

  it('lets nothing fall through, and nothing be counted twice', () => {
    const none = { path: 'II.3', reason: 'Đã làm xong.' };
    expect(faults([first, second], [none])).to.deep.equal([]);
    expect(faults([first, second])).to.deep.equal(['lost II.3']);
    expect(faults([first, second, third], [none])).to.deep.equal(['twice II.3']);
    expect(faults([first, second], [none, none])).to.deep.equal(['twice II.3']);
    expect(faults([first, first, second, third])).to.deep.equal(['pathTwice II.1', 'overlap II.1']);
    const [a, b] = split(first, ['Rà soát hộ nghèo.', 'Báo cáo kết quả.'], three.text) as [ReviewedClause, ReviewedClause];
    expect(faults([a, b, second, third])).to.deep.equal([]);
    expect(faults([a, second, third])).to.deep.equal(['gap II.1']);
    expect(faults([a, { ...b, span: [a.span[0], b.span[1]] }, second, third])).to.deep.equal(['overlap II.1']);
  });

  it('joins neighbours alone: no clause reaches over one that stands on its own, or is followed by nothing', () => {
    const apart = joined(first, third);
    expect(faults([apart, second])).to.deep.equal(['overlap II.2']);
    expect(faults([apart], [{ path: 'II.2', reason: 'Đã làm xong.' }])).to.deep.equal(['overlap II.2']);
    expect(faults([joined(joined(first, second), third)])).to.deep.equal([]);
  });

  it('names nothing that is not there', () => {
    expect(faults([first, second, third, { ...third, path: 'IX.1', from: ['IX.1'] }])).to.deep.equal(['unknown IX.1']);
    expect(faults([first, second, { ...third, from: [] }])).to.deep.equal(['unknown II.3', 'lost II.3']);
    expect(faults([first, second, third], [{ path: 'IX.1', reason: 'x' }])).to.deep.equal(['unknown IX.1']);
    expect(faults([first, second, { ...third, span: [third.span[0], 9_999] }])).to.deep.equal(['spanOutside II.3']);
    expect(faults([first, second, { ...third, span: [5, 5] }])).to.deep.equal(['spanOutside II.3', 'gap II.3']);
    expect(faults([], [])).to.include('empty ');
    expect(reviewFaults({ ...asRead(three), source: 'b'.repeat(64) }, three)).to.deep.equal([{ code: 'source', path: '' }]);
  });

  it('takes other units and another day, keeps the words of the paper where a day was made of them, and changes nothing by itself', () => {
    const units = [
      { name: 'A', role: 'coordinate' as const },
      { name: 'B', role: 'lead' as const },
    ];
    const read = { ...first, units, due: { text: 'quý II năm 2026', date: null } };
    expect(corrected(read, dutiesOf(read))).to.equal(read);
    const made = corrected(read, { lead: ['B', 'C'], cooperating: [], due: '2026-06-30' });
    expect(made).to.deep.include({
      units: [
        { name: 'B', role: 'lead' },
        { name: 'C', role: 'lead' },
      ],
      due: { text: 'quý II năm 2026', date: '2026-06-30' },
      origin: 'edited',
      from: ['II.1'],
    });
    expect(corrected(made, { ...dutiesOf(made), due: '2026-07-01' }).due).to.deep.equal({
      text: '01/07/2026',
      date: '2026-07-01',
    });
    expect(corrected(made, { ...dutiesOf(made), due: null }).due).to.equal(null);
    // the day alone leaves the units in their order
    expect(corrected(read, { ...dutiesOf(read), due: '2026-06-30' }).units).to.equal(units);
  });

  it('wants a due date to be a day, and not before the paper’s own', () => {
    const until = (date: string | null) => faults([{ ...first, due: { text: 'x', date } }, second, third]);
    for (const date of [null, '2026-03-02', '2028-02-29']) expect(until(date), String(date)).to.deep.equal([]);
    for (const date of ['2026-02-29', '2026-3-31', '31/3/2026', '2026-13-01'])
      expect(until(date), date).to.deep.equal(['dueInvalid II.1']);
    expect(until('2026-03-01')).to.deep.equal(['dueBefore II.1']);
    // what was read so is not taken over unseen, and a draft has no day yet
    const early = sourceOf(['1. Làm.'], { due: { text: 'trước 2026', date: '2025-12-31' } });
    expect(asRead(early).clauses[0]?.due).to.equal(null);
    expect(reviewFaults(asRead(early), early)).to.deep.equal([]);
    const draft = { ...early, issuedOn: null };
    expect(reviewFaults(asRead(draft), draft)).to.deep.equal([]);
    expect(asRead(draft).clauses[0]?.due?.date).to.equal('2025-12-31');
  });

  it('keeps every clause that a directive is open for', () => {
    const opened = { ...three, opened: ['II.2'] };
    expect(faults([first, third], [{ path: 'II.2', reason: 'x' }], opened)).to.deep.equal(['opened II.2']);
  });

  it('stands after any changes that people make on its page', () => {
    const texts = fc.array(fc.constantFrom('1. Rà soát. Báo cáo.', '2. Mở lớp; thi.', '3. Kiểm tra'), {
      minLength: 1,
      maxLength: 8,
    });
    const acts = fc.array(fc.constantFrom('keep', 'edit', 'split', 'join', 'none'), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(texts, acts, (lines, choices) => {
        const source = sourceOf(lines);
        const kept: ReviewedClause[] = [];
        const noAction: { path: string; reason: string }[] = [];
        let open: ReviewedClause | null = null;
        for (const [index, clause] of source.clauses.map(confirmed).entries()) {
          const act = choices[index];
          if (open !== null) {
            kept.push(joined(open, clause));
            open = null;
          } else if (act === 'join' && index + 1 < lines.length) open = clause;
          else if (act === 'none') noAction.push({ path: clause.path, reason: 'x' });
          else if (act === 'split') kept.push(...split(clause, clause.text.split(/(?<=[.;]) /), source.text));
          else kept.push(act === 'edit' ? edited(clause, 'Khác hẳn') : clause);
        }
        const made = review(kept, noAction);
        expect(clauseReviewOf(made as unknown as Json)).to.equal(made);
        expect(reviewFaults(made, source).filter(({ code }) => code !== 'empty')).to.deep.equal([]);
      }),
      { numRuns: 300 },
    );
  });

  it('is told from what is none, by the place that does not fit', () => {
    const sound = asRead(three);
    const clause = (more: object) => ({ ...sound, clauses: [{ ...first, ...more }] });
    const cases: readonly [unknown, string][] = [
      [null, '/'],
      [[], '/'],
      [{ ...sound, kind: 'x' }, '/'],
      [{ ...sound, more: 1 }, '/'],
      [{ ...sound, source: 'x' }, '/source'],
      [{ ...sound, clauses: Array.from({ length: 501 }, () => first) }, '/clauses'],
      [clause({ path: '' }), '/clauses/0'],
      [clause({ path: 'x'.repeat(61) }), '/clauses/0'],
      [clause({ text: ' ' }), '/clauses/0'],
      [clause({ kind: 'order' }), '/clauses/0'],
      [clause({ span: [1] }), '/clauses/0'],
      [clause({ span: [-1, 2] }), '/clauses/0'],
      [clause({ span: [0.5, 2] }), '/clauses/0'],
      [clause({ origin: 'typed' }), '/clauses/0'],
      [clause({ due: { text: 'x', date: 7 } }), '/clauses/0'],
      [clause({ due: { text: 'x', date: null, more: 1 } }), '/clauses/0'],
      [clause({ units: [{ name: 'x', role: 'lead', more: {} }] }), '/clauses/0'],
      [clause({ units: [{ name: 'x', role: 'boss' }] }), '/clauses/0'],
      [clause({ extra: 1 }), '/clauses/0'],
      [{ ...sound, noAction: [{ path: 'II.1', reason: '' }] }, '/noAction/0'],
    ];
    for (const [value, path] of cases) expect(clauseReviewOf(value as Json), path).to.deep.equal({ code: 'shape', path });
  });
});
