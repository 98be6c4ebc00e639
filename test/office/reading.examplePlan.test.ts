import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { addressees } from '../../src/office/reading/addressees.js';
import { paperOf } from '../../src/office/reading/paperOf.js';
import { readPlan } from '../../src/office/reading/readPlan.js';

const text = readFileSync('examples/plan-2010.txt', 'utf8');

describe('reading the example plan', () => {
  it('reads it without a finding, with the clauses of the real plan', () => {
    const reading = readPlan(text);
    expect(reading.findings).to.deep.equal([]);
    expect(reading.clauses.map(({ path }) => path).join(' ')).to.equal(
      'I.1 I.2 I.3 II.1.-1 II.1.-2 II.1.-3 II.2.-1 II.2.-2 II.2.-3 II.2.-4 II.3.-1 II.3.-2 II.3.-3 II.3.-4 II.3.-5 ' +
        'III.1.-1 III.1.-2 III.1.-3 III.2 III.3.-1 III.3.-2 III.4 III.¶1',
    );
    expect(addressees(reading).reduce((sum, { count }) => sum + (count ?? 0), 0)).to.equal(20);
    expect(reading.signature.name).to.equal('Nguyễn Văn Ví Dụ');
  });

  it('reads the same when every line break is lost', () => {
    const lined = readPlan(text);
    const scraped = readPlan(text.replace(/\s+/g, ' '));
    const told = ({ places, rest, ...reading }: typeof lined) => ({
      ...reading,
      kinds: [...new Set([...rest.map(({ what }) => what), ...Object.keys(places)])].filter((what) => what !== 'mark'),
      clauses: reading.clauses.map(({ sourceSpan, ...clause }) => ({ ...clause, long: sourceSpan[1] - sourceSpan[0] > 50 })),
    });
    expect(told(scraped)).to.deep.equal(told(lined));
  });

  it('reads the same from decomposed letters, and its spans fit the decomposed text', () => {
    const decomposed = text.normalize('NFD');
    const reading = readPlan(decomposed);
    expect(reading.clauses.map(({ text: words }) => words)).to.deep.equal(readPlan(text).clauses.map(({ text: words }) => words));
    const clause = reading.clauses.find(({ path }) => path === 'II.3.-4');
    const [start, end] = clause?.sourceSpan ?? [0, 0];
    expect(decomposed.slice(start, end).normalize('NFC')).to.equal(`- ${clause?.text}`);
  });

  it('turns into content for printing', () => {
    const paper = paperOf(readPlan(text));
    expect([paper.type, paper.typeName, paper.symbol]).to.deep.equal(['KH', 'KẾ HOẠCH', 'KH-UBND']);
    expect(paper.bases).to.have.length(2);
    expect(paper.archive).to.equal('Lưu: VP');
    const headings = paper.body.flatMap((block) => (block.kind === 'heading' ? [`${block.level} ${block.marker}`] : []));
    expect(headings).to.deep.equal(['1 I.', '1 II.', '2 1.', '2 2.', '2 3.', '1 III.', '2 1.', '2 3.']);
  });
});
