import { expect } from 'chai';
import { shapeFaults } from '../../../src/office/papers/paperFaults.js';
import { buildRollup } from '../../../src/office/reporting/buildRollup.js';
import { draftPaper } from '../../../src/office/reporting/draftPaper.js';
import { mergedBlocks, toldOn } from '../../../src/office/reporting/draftResults.js';
import { added, carriedOver, edited, remerged } from '../../../src/office/reporting/editing.js';
import { mergeTold } from '../../../src/office/reporting/merge.js';
import { sentencesOf } from '../../../src/office/reporting/sentences.js';
import { type ConsolidatedPaper, placesOf, sourceFaults, sourcesAt } from '../../../src/office/reporting/sourced.js';
import { contentOf } from '../../support/builders.js';
import { draftInput, duty, form, readReport, section, unitReport } from '../../support/reports.js';

const reports = Array.from({ length: 16 }, (_, at) => {
  const unit = `p${at + 1}`;
  if ([3, 8, 15].includes(at)) return readReport(unit, null);
  const text =
    at % 2 === 0 ? 'Đã tổ chức 03 buổi nói chuyện tại TP. Ví Dụ. Có 1.234,5 lượt người dự' : `Đang thực hiện đợt ${at}`;
  const answers = {
    hoi: String(at),
    tyLe: '12.5',
    quyChe: at < 8,
    khoKhan: at < 2 ? 'Thiếu kinh phí.' : '',
    deXuat: at === 5 ? 'Đề nghị bổ sung kinh phí.' : '',
  };
  return readReport(unit, unitReport(answers, [section('II.1', { ketQua: text, luot: '2' })]), { late: at === 6 });
});
const duties = reports.map((_, at) =>
  duty('II.1', at === 0 ? 'early' : at === 1 ? 'overdue' : at === 2 ? 'notStarted' : 'running', at),
);
const rollup = buildRollup({
  plan: 'plan-1',
  of: 'period-1',
  period: '2010-Q1',
  formHash: contentOf('form'),
  form,
  takenAt: '2010-03-31T02:00:00.000Z',
  reports,
  duties,
  before: null,
});
const drafted = draftPaper(draftInput(rollup, reports));
const hash = contentOf('rollup');
const stored = (paper: typeof drafted): ConsolidatedPaper => ({ ...paper.content, sources: paper.sources, rollup: hash });
const textAt = (place: string) => placesOf(drafted.content).find((one) => one.place === place)?.text ?? '';
const placeOf = (words: string) => placesOf(drafted.content).find(({ text }) => text.includes(words))?.place ?? '';

describe('yes or no in words', () => {
  it('counts units in a quarter, and reports in a year, in which a unit answers more than once', () => {
    const inWords = (whole: typeof rollup) => JSON.stringify(draftPaper(draftInput(whole, reports)).content);
    expect(inWords(rollup)).to.contain('Đã ban hành quy chế: 7/13 đơn vị trả lời có.');
    const year = { ...rollup, period: '2010-Y', parts: [contentOf('q1')], yesNo: [{ ...rollup.yesNo[0], yes: 30, of: 52 }] };
    expect(inWords(year as typeof rollup)).to.contain('Đã ban hành quy chế: 30/52 lượt báo cáo trả lời có.');
  });
});

describe('the draft of a consolidated paper', () => {
  it('has the shape of a paper, names the silent and the late, and says how duties stand', () => {
    expect(shapeFaults(drafted.content)).to.deep.equal([]);
    expect(textAt(placeOf('chưa gửi báo cáo (3)'))).to.equal('Đơn vị chưa gửi báo cáo (3): Phường 4, Phường 9 và Phường 16.');
    expect(textAt(placeOf('13/16'))).to.equal(
      '13/16 đơn vị đã gửi báo cáo quý I năm 2010, trong đó 12 đơn vị đúng hạn, 1 đơn vị trễ hạn.',
    );
    expect(textAt(placeOf('trễ hạn (1)'))).to.equal('Đơn vị gửi báo cáo trễ hạn (1): Phường 7 (ngày 24/03/2010).');
    expect(placeOf('còn 15/16 việc')).to.not.equal('');
  });

  it('has a source for every sentence and row, and stands by its own check', () => {
    expect(sourceFaults(stored(drafted), hash, rollup)).to.deep.equal([]);
    // a report's text is that report's, at that version
    const place = placeOf('Đang thực hiện đợt 5');
    expect(sourcesAt(drafted.sources, place)).to.deep.equal([
      { place, sentence: null, kind: 'report', report: 'r-p6', content: reports[5]?.standing.accepted, of: 'ketQua@II.1' },
    ]);
  });

  it('has a row for every unit in a lying appendix, the silent ones too', () => {
    const [appendix] = drafted.content.appendices ?? [];
    const [table] = appendix?.body ?? [];
    expect(appendix?.orientation).to.equal('landscape');
    if (table?.kind !== 'table') throw new Error('no table');
    expect(table.rows).to.have.length(17);
    expect(table.rows[3]?.slice(1, 3)).to.deep.equal(['Phường 4', 'Chưa báo cáo']);
    expect(table.rows.at(-1)?.[1]).to.equal('Tổng cộng');
  });

  it('joins units that wrote the same, and each joined sentence has its reports', () => {
    const place = placeOf('03 buổi nói chuyện');
    expect(sourcesAt(drafted.sources, place)).to.have.length(7);
    const joined = placeOf('Thiếu kinh phí');
    expect(textAt(joined)).to.equal('Thiếu kinh phí.');
    expect(sourcesAt(drafted.sources, joined, 0).map(({ report }) => report)).to.deep.equal(['r-p1', 'r-p2']);
  });

  it('takes nothing of what is to be merged by hand until it is chosen', () => {
    expect(placeOf('bổ sung kinh phí')).to.equal('');
    const told = toldOn(draftInput(rollup, reports), 'deXuat', null);
    const next = remerged(
      drafted,
      'deXuat',
      mergedBlocks({ rollupHash: hash }, told, { of: 'deXuat', rule: 'sideBySide', level: 2 }),
    );
    expect(placesOf(next.content).some(({ text }) => text === 'Phường 6: Đề nghị bổ sung kinh phí.')).to.equal(true);
    expect(sourceFaults(stored(next), hash, rollup)).to.deep.equal([]);
  });

  it('finds a sentence without a source, another version, another roll-up, and nobody', () => {
    const [first, ...rest] = drafted.sources.filter(({ place }) => place !== '/body/0/text');
    const paper = {
      ...stored(drafted),
      sources: [
        ...rest,
        { ...(first as never as (typeof rest)[number]), kind: 'report' as const, report: 'r-p1', content: contentOf('other') },
        { place: '/title', sentence: null, kind: 'rollup' as const, report: null, content: contentOf('other'), of: 'x' },
        { place: '/title', sentence: null, kind: 'own' as const, report: null, content: null, of: '' },
      ],
    };
    expect(sourceFaults(paper, hash, rollup).map(({ code }) => code)).to.deep.equal([
      'missing',
      'unknownReport',
      'otherRollup',
      'noPerson',
    ]);
    const bare = { ...drafted.content } as ConsolidatedPaper;
    expect(sourceFaults(bare, hash, rollup).length).to.be.greaterThan(30);
  });
});

describe('editing the draft by hand', () => {
  it('keeps the sources of untouched sentences and marks the others as own', () => {
    const place = placeOf('03 buổi nói chuyện');
    const before = textAt(place);
    const next = edited(drafted, place, `${before} Kết quả này cao hơn cùng kỳ.`, 'cons');
    if (next === null) throw new Error('not edited');
    const sentences = sentencesOf(`${before} Kết quả này cao hơn cùng kỳ.`);
    expect(sentences).to.have.length(3);
    expect(sourcesAt(next.sources, place, 1).every(({ kind }) => kind === 'report')).to.equal(true);
    expect(sourcesAt(next.sources, place, 2)).to.deep.equal([
      { place, sentence: 2, kind: 'own', report: null, content: null, of: 'cons' },
    ]);
    expect(sourceFaults(stored(next), hash, rollup)).to.deep.equal([]);
  });

  it('takes a changed number for the own word of whoever changed it', () => {
    const place = placeOf('13/16');
    const next = edited(drafted, place, textAt(place).replace('13/16', '16/16'), 'cons');
    expect(next?.sources.filter((one) => one.place === place).map(({ kind, of }) => [kind, of])).to.deep.equal([['own', 'cons']]);
  });

  it('takes a paragraph off and adds one, with every later place moved', () => {
    const place = placeOf('Đang thực hiện đợt 5');
    const gone = edited(drafted, place, '  ', 'cons');
    const more = added(drafted, place, 'Ủy ban nhân dân đã nhắc nhở.', 'cons');
    expect(gone?.content.body).to.have.length(drafted.content.body.length - 1);
    expect(more?.content.body).to.have.length(drafted.content.body.length + 1);
    for (const paper of [gone, more])
      expect(paper === null ? ['none'] : sourceFaults(stored(paper), hash, rollup)).to.deep.equal([]);
    expect(edited(drafted, '/body/1/rows/0', 'x', 'cons')).to.equal(null);
    expect(edited(drafted, '/appendices/0/title', 'x', 'cons')).to.equal(null);
  });

  it('carries own words over into a fresh draft', () => {
    const place = placeOf('Đang thực hiện đợt 5');
    const one = edited(drafted, place, `${textAt(place)} Đáng khen.`, 'cons');
    const two = one === null ? null : added(one, placeOf('13/16'), 'Phòng Nội vụ đã đôn đốc ba lần.', 'cons');
    if (two === null) throw new Error('not edited');
    // when a silent ward has reported meanwhile
    const late = reports.map((read) =>
      read.standing.unit === 'p4' ? readReport('p4', unitReport({ hoi: '100' }), { late: true }) : read,
    );
    const fresh = buildRollup({
      plan: 'plan-1',
      of: 'period-1',
      period: '2010-Q1',
      formHash: contentOf('form'),
      form,
      takenAt: '2010-04-02T02:00:00.000Z',
      reports: late,
      duties,
      before: null,
    });
    const next = carriedOver(two, draftPaper(draftInput(fresh, late)));
    const texts = placesOf(next.content).map(({ text }) => text);
    expect(texts.some((text) => text.endsWith('Đang thực hiện đợt 5. Đáng khen.'))).to.equal(true);
    expect(texts.indexOf('Phòng Nội vụ đã đôn đốc ba lần.')).to.equal(texts.findIndex((text) => text.startsWith('14/16')) + 1);
    expect(texts.some((text) => text.includes('(2): Phường 9 và Phường 16'))).to.equal(true);
    expect(sourceFaults(stored(next), hash, fresh)).to.deep.equal([]);
  });
});

describe('merging and sentences', () => {
  it('ends no sentence inside a number or a name', () => {
    expect(sentencesOf('Có 1.234,5 lượt tại TP. Ví Dụ. Ngày 09/02/2010 đã xong. v.v. và các việc khác')).to.deep.equal([
      'Có 1.234,5 lượt tại TP. Ví Dụ.',
      'Ngày 09/02/2010 đã xong. v.v. và các việc khác',
    ]);
  });

  it('bounds what stands side by side, and says how many more there are', () => {
    const told = Array.from({ length: 480 }, (_, at) => ({
      unit: `p${at}`,
      name: `Phường ${at}`,
      report: `r-${at}`,
      content: contentOf(String(at)),
      text: `Việc ${at}`,
    }));
    const { paragraphs, left } = mergeTold(told, 'sideBySide');
    expect(paragraphs.length + left.length).to.equal(480);
    expect(paragraphs).to.have.length(23);
    expect(mergeTold(told, 'byHand').left).to.have.length(480);
  });
});
