import { expect } from 'chai';
import {
  type ConsolidationInput,
  consolidate,
  quotesPerClauseMax,
  type UnitStanding,
} from '../../../src/office/papers/consolidation.js';
import type { Block } from '../../../src/office/papers/paper.js';
import { period } from '../../../src/office/time/periods.js';

const hash = (letter: string) => letter.repeat(64);

function reported(id: string, name: string, state: 'onTime' | 'late', text: string, people: number): UnitStanding {
  const content = { sections: [{ clause: 'II.1.-2', text }], figures: { 'Số lượt người tham dự': people } };
  return { unit: { id, name }, state, submittedOn: '2010-04-05', report: { id: `q.${id}`, hash: hash(id.slice(-1)), content } };
}

function silent(id: string, name: string): UnitStanding {
  return { unit: { id, name }, state: 'silent', submittedOn: null, report: null };
}

function input(units: readonly UnitStanding[], done = 1): ConsolidationInput {
  const quarter = period('2010-Q1');
  if (quarter === null) throw new Error('2010-Q1 is a period');
  return {
    plan: { number: 8, symbol: 'KH-UBND', issuedOn: '2010-02-09', title: 'Thực hiện công tác ví dụ', type: 'KH' },
    issuer: { superior: null, name: 'ỦY BAN NHÂN DÂN QUẬN VÍ DỤ' },
    abbreviation: 'UBND',
    place: 'Ví Dụ',
    period: quarter,
    asOf: '2010-04-14',
    units,
    duties: [{ clause: 'II.1.-2', title: 'Mở lớp bồi dưỡng.', total: 4, done, overdue: 2 }],
    recipients: [],
  };
}

const units = [
  reported('p1', 'Phường 1', 'onTime', 'Đã mở hai lớp.', 1_200),
  silent('p2', 'Phường 2'),
  reported('p3', 'Phường 3', 'late', 'Đang chuẩn bị.', 34),
  silent('p4', 'Phường 4'),
];

function textOf(body: readonly Block[]): string {
  return body
    .map((block) => (block.kind === 'table' ? block.rows.map((row) => row.join('|')).join('\n') : block.text))
    .join('\n');
}

/** The value to which a JSON pointer leads. */
function at(value: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((inner, name) => (inner as Record<string, unknown>)[name], value);
}

describe('office/consolidation: one report from many', () => {
  it('names the plan by its number and every silent unit in one sentence', () => {
    // given two of four units silent, when consolidated
    const { content } = consolidate(input(units));
    // then
    expect(content.type).to.equal('BC');
    expect(content.symbol).to.equal('BC-UBND');
    expect(content.title).to.equal('Tổng hợp kết quả thực hiện Kế hoạch số 08/KH-UBND quý I năm 2010');
    expect(content.bases[0]).to.equal(
      'Căn cứ Kế hoạch số 08/KH-UBND ngày 09/02/2010 của Ủy ban nhân dân quận Ví Dụ về thực hiện công tác ví dụ',
    );
    const text = textOf(content.body);
    expect(text).to.contain('2/4 đơn vị đã gửi báo cáo quý I năm 2010: 1 đơn vị đúng hạn, 1 đơn vị trễ hạn.');
    expect(text).to.contain('Các đơn vị chưa báo cáo (2): Phường 2, Phường 4.');
    expect(text).to.contain('2|Phường 2|Chưa báo cáo|\n3|Phường 3|Trễ hạn|05/04/2010');
  });

  it('adds the figures up and counts what is not done', () => {
    const { content } = consolidate(input(units));
    const text = textOf(content.body);
    expect(text).to.contain('Số lượt người tham dự|1.234|2');
    expect(text).to.contain('Đến ngày 14/04/2010, còn 3/4 việc được giao chưa hoàn thành, trong đó 2 việc quá hạn.');
    expect(text).to.contain(
      'Mục II.1, ý 2 (Mở lớp bồi dưỡng): 2 đơn vị có báo cáo; đã hoàn thành 1/4 việc, đang thực hiện 3 việc.',
    );
  });

  it('gives every figure and sentence its source, at the place where it stands', () => {
    const { content, sources } = consolidate(input(units));
    // then each sentence is found where its source says, and comes from that report
    const sentences = sources.filter(({ kind }) => kind === 'sentence');
    expect(sentences.map(({ place, report, content: from, of }) => [at(content, place), report, from, of])).to.deep.equal([
      ['Phường 1: Đã mở hai lớp.', 'q.p1', hash('1'), 'II.1.-2'],
      ['Phường 3: Đang chuẩn bị.', 'q.p3', hash('3'), 'II.1.-2'],
    ]);
    // and the sum has one source for each report that is in it
    const figures = sources.filter(({ kind }) => kind === 'figure');
    expect(figures.map(({ report }) => report)).to.deep.equal(['q.p1', 'q.p3']);
    expect(new Set(figures.map(({ place }) => at(content, place)))).to.deep.equal(new Set(['1.234']));
    const standings = sources.filter(({ kind }) => kind === 'standing');
    expect(standings.map(({ place }) => at(content, place))).to.deep.equal(['Đúng hạn', 'Trễ hạn']);
  });

  it('quotes a few units and counts the others', () => {
    // given seven reports on one clause
    const many = Array.from({ length: 7 }, (_, index) => reported(`p${index}`, `Phường ${index}`, 'onTime', `Việc ${index}.`, 1));
    const { content, sources } = consolidate(input(many));
    expect(sources.filter(({ kind }) => kind === 'sentence')).to.have.length(quotesPerClauseMax);
    expect(textOf(content.body)).to.contain('7 đơn vị có báo cáo');
  });

  it('says so when nobody is silent and nothing is left to do', () => {
    const { content } = consolidate(input([reported('p1', 'Phường 1', 'onTime', 'Xong.', 5)], 4));
    const text = textOf(content.body);
    expect(text).to.contain('Không có đơn vị nào chưa báo cáo.');
    expect(text).to.contain('cả 4 việc được giao đã hoàn thành.');
    expect(text).not.to.match(/Yêu cầu|tiếp tục thực hiện những việc/);
  });

  it('does not repeat a title in capitals', () => {
    const asked = input(units);
    const { content } = consolidate({ ...asked, plan: { ...asked.plan, title: 'CHUYỂN ĐỔI SỐ CHO HTX' } });
    expect(content.bases[0]).to.match(/của Ủy ban nhân dân quận Ví Dụ$/);
  });
});
