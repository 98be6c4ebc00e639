import { expect } from 'chai';
import { joinedCharsMax, mergeTold, type Told } from '../../../src/office/reporting/merge.js';

const toldBy = (at: number, text: string): Told => ({
  unit: `p${at}`,
  name: `Phường ${at}`,
  report: `r${at}`,
  content: 'c',
  text,
});
/** About 4,000 characters in sentences of its own. */
const long = (at: number): string =>
  Array.from({ length: 80 }, (_, line) => `Nội dung riêng số ${line} của đơn vị thứ ${at} trong kỳ báo cáo.`).join(' ');

describe('what 480 units wrote, joined', () => {
  it('stays a paragraph that can be read, edited and printed, and loses nobody', () => {
    const told = Array.from({ length: 480 }, (_, at) => toldBy(at, long(at)));
    const { paragraphs, left } = mergeTold(told, 'join');
    expect(paragraphs).to.have.length(1);
    expect(paragraphs[0]?.text.length).to.be.within(15_000, joinedCharsMax);
    const taken = new Set(paragraphs[0]?.from.map(({ told: { report } }) => report));
    expect(taken.size + left.length).to.equal(480);
    expect(left.some(({ report }) => taken.has(report))).to.equal(false);
  });

  it('takes whoever said what stands there already, however full it is', () => {
    const told = [
      ...Array.from({ length: 10 }, (_, at) => toldBy(at, long(at))),
      toldBy(99, 'Nội dung riêng số 3 của đơn vị thứ 0 trong kỳ báo cáo.'),
    ];
    const { paragraphs, left } = mergeTold(told, 'join');
    expect(left.map(({ report }) => report)).to.not.include('r99');
    const sources = paragraphs[0]?.from.filter(({ told: { report } }) => report === 'r99').map(({ sentence }) => sentence);
    expect(sources).to.deep.equal([3]);
  });

  it('takes one text that alone is longer: nothing is cut in the middle', () => {
    const { paragraphs, left } = mergeTold([toldBy(1, `${'rất '.repeat(6_000)}dài`)], 'join');
    expect([paragraphs[0]?.text.length, left.length]).to.deep.equal([24_004, 0]);
  });
});
