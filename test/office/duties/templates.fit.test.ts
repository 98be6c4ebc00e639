import { expect } from 'chai';
import { dayFor, fitTemplate, relativeDay, similarity, type TemplateLine } from '../../../src/office/duties/templates.js';

const line = (path: string, text: string): TemplateLine => ({ path, text, duty: null, noAction: null });
const clause = (path: string, text: string) => ({ path, text });

describe('a template of duties', () => {
  const lines = [
    line('II.1', 'Tổ chức tuyên truyền pháp luật cho cán bộ, công chức năm 2025'),
    line('II.2', 'Kiểm tra việc thực hiện quy chế dân chủ ở cơ sở'),
    line('II.3', 'Báo cáo kết quả về Phòng Nội vụ trước ngày 15'),
  ];

  it('finds the clauses of another year by their words, wherever they stand, and lists what fits nothing on both sides', () => {
    const found = fitTemplate(lines, [
      clause('II.1', 'Kiểm tra việc thực hiện quy chế dân chủ tại cơ sở, đơn vị'),
      clause('II.4', 'Tổ chức tuyên truyền pháp luật cho cán bộ, công chức năm 2026'),
      clause('II.5', 'Trồng cây xanh tại các tuyến đường'),
    ]);
    expect(found.matches.map(({ clause: at, line: of, score }) => [at, of.path, score === 1])).to.deep.equal([
      ['II.1', 'II.2', false],
      // the year is no word: it is another one every time
      ['II.4', 'II.1', true],
    ]);
    expect(found.onlyInPlan.map((one) => one.clause)).to.deep.equal(['II.5']);
    expect(found.onlyInTemplate.map(({ path }) => path)).to.deep.equal(['II.3']);
  });

  it('gives a line to one clause alone: the most alike, then the one of the same path', () => {
    const twice = fitTemplate(
      [line('II.2', 'Kiểm tra quy chế')],
      [clause('II.1', 'Kiểm tra quy chế'), clause('II.2', 'Kiểm tra quy chế')],
    );
    expect(twice.matches.map((one) => one.clause)).to.deep.equal(['II.2']);
    expect(twice.onlyInPlan.map(({ clause: at, nearest }) => [at, nearest])).to.deep.equal([['II.1', 1]]);
  });

  it('measures likeness alike from both sides, composed letters or not', () => {
    expect(similarity('Tuyên truyền', 'tuyên truyền'.normalize('NFD'))).to.equal(1);
    expect(similarity('a b c', 'c b a')).to.equal(similarity('c b a', 'a b c')).and.to.be.within(0.5, 0.7);
    expect(similarity('', '')).to.equal(0);
  });

  it('keeps due days as day and month, or as days after the issue', () => {
    expect(dayFor(relativeDay('2026-06-30', '2026-02-10', 'dayOfYear'), '2027-03-01')).to.equal('2027-06-30');
    expect(dayFor(relativeDay('2027-01-15', '2026-02-10', 'dayOfYear'), '2027-03-01')).to.equal('2028-01-15');
    expect(dayFor(relativeDay('2026-02-20', '2026-02-10', 'afterIssue'), '2027-03-01')).to.equal('2027-03-11');
    expect(dayFor(relativeDay('2028-02-29', '2028-01-10', 'dayOfYear'), '2029-01-10')).to.equal('2029-02-28');
  });
});
