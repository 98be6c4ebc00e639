import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { agreementWith, type HandReading, meanOf } from '../../src/office/papers/agreement.js';
import { readPlan } from '../../src/office/reading/readPlan.js';

/** Agreement of every paper of a folder, changed in its layout, with its reading by hand. */
function agreements(
  folder: string,
  laidOut = (text: string) => text,
): readonly { readonly name: string; readonly mean: number }[] {
  const names = readdirSync(folder).flatMap((file) => (file.endsWith('.json') ? [file.slice(0, -5)] : []));
  return names.map((name) => {
    const hand = JSON.parse(readFileSync(`${folder}${name}.json`, 'utf8')) as HandReading;
    return { name, mean: agreementWith(hand, readPlan(laidOut(readFileSync(`${folder}${name}.txt`, 'utf8')))).mean };
  });
}

const shared = '../shared/domain/papers/';
const here = existsSync(shared);

describe(`agreement with the readings by hand of real papers${here ? '' : ` (skipped: ${shared} is not here)`}`, () => {
  it('is at least 0.85 for each paper and 0.9 over all', function () {
    if (!here) this.skip();
    const found = agreements(shared);
    expect(found).to.have.length.of.at.least(5);
    for (const { name, mean } of found) expect(mean, name).to.be.at.least(0.85);
    expect(meanOf(found.map(({ mean }) => mean))).to.be.at.least(0.9);
  });
});

describe('agreement with the readings by hand of papers in our own words', () => {
  it('is at least 0.85 for each of 20 papers and 0.9 over all', () => {
    const found = agreements('test/office/examples/');
    expect(found).to.have.length(20);
    for (const { name, mean } of found) expect(mean, name).to.be.at.least(0.85);
    expect(meanOf(found.map(({ mean }) => mean))).to.be.at.least(0.9);
  });
});

describe('agreement where the layout of those papers is lost', () => {
  const layouts: Readonly<Record<string, (text: string) => string>> = {
    'on one line': (text) => text.replace(/[|*]/gu, '').replace(/\s+/gu, ' '),
    'with every line a paragraph': (text) => text.replace(/\n/gu, '\n\n'),
    'without blank lines': (text) => text.replace(/\n\s*\n/gu, '\n'),
    'with the line ends of another system': (text) => text.replace(/\n/gu, '\r\n'),
    decomposed: (text) => text.normalize('NFD'),
  };
  for (const [name, laidOut] of Object.entries(layouts)) {
    it(`is at least 0.9 over all ${name}`, () => {
      expect(meanOf(agreements('test/office/examples/', laidOut).map(({ mean }) => mean))).to.be.at.least(0.9);
    });
  }
});

describe('how agreement is counted', () => {
  const text =
    'UBND XÃ MẪU\nSố: 02/KH-UBND\nMẫu, ngày 05 tháng 3 năm 2021\nKẾ HOẠCH\nVỀ VIỆC LÀM MẪU\nI. NHIỆM VỤ\n' +
    '1. Trạm Y tế xã phun thuốc trước ngày 01/4/2021.\n2. Phòng Kinh tế lập danh sách trước ngày 01/5/2021.\n' +
    'Nơi nhận:\n- UBND huyện (b/c);\n- Lưu: VT.\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nNguyễn Văn Ví Dụ';
  const lead = (name: string) => [{ name, role: 'lead' }];
  const hand: HandReading = {
    number: '02',
    symbol: 'KH-UBND',
    place: 'Mẫu',
    issuedOn: '2021-03-05',
    title: 'VỀ VIỆC LÀM MẪU',
    clauses: [
      {
        textStart: 'Trạm Y tế xã phun thuốc trước ngày',
        units: lead('Trạm Y tế xã'),
        due: { text: 'trước ngày 01/4/2021', date: '2021-04-01' },
      },
      {
        textStart: 'Phòng Kinh tế lập danh sách trước ngày',
        units: lead('Phòng Kinh tế'),
        due: { text: 'trước ngày 01/5/2021', date: '2021-05-01' },
      },
    ],
    recipients: [{ name: 'UBND huyện', purpose: 'b/c' }],
    signature: { authority: null, capacity: 'KT. CHỦ TỊCH', title: 'PHÓ CHỦ TỊCH', name: 'Nguyễn Văn Ví Dụ' },
  };
  const of = (changed: Partial<HandReading>) => agreementWith({ ...hand, ...changed }, readPlan(text));

  it('is whole where both say the same, whatever the white space, emphasis and composition of letters', () => {
    expect(of({}).mean).to.equal(1);
    expect(of({ title: '**VỀ VIỆC**\n LÀM MẪU'.normalize('NFD') }).mean).to.equal(1);
  });

  it('counts a title by its likeness, a signature by its parts, a number all or nothing', () => {
    expect(of({ title: 'VỀ VIỆC LÀM MẪY' }).measures.title).to.be.closeTo(14 / 15, 1e-9);
    expect(of({ signature: { ...hand.signature, name: 'Trần Văn Ví Dụ' } }).measures.signature).to.equal(0.75);
    expect(of({ number: '2' }).measures.number).to.equal(0);
    expect(of({ number: '2' }).mean).to.be.closeTo(0.9, 1e-9);
  });

  it('counts clauses, units and recipients by F1, and names what differs', () => {
    const [first] = hand.clauses;
    const told = of({ clauses: first ? [first] : [] });
    expect(told.measures.clauses).to.be.closeTo(2 / 3, 1e-9);
    expect(told.measures.units).to.be.closeTo(2 / 3, 1e-9);
    expect(told.differences.find(({ measure }) => measure === 'clauses')?.extra).to.deep.equal([
      'Phòng Kinh tế lập danh sách trước ngày',
    ]);
    expect(of({ recipients: [{ name: 'UBND huyện', purpose: null }] }).measures.recipients).to.equal(0);
    expect(of({ recipients: [] }).measures.recipients).to.equal(0);
  });

  it('counts end dates over the clauses to which either side gives one, a wrong one once', () => {
    const wrong = hand.clauses.map((clause, i) =>
      i === 0 ? { ...clause, due: { text: 'tháng 4', date: '2021-04-30' } } : clause,
    );
    expect(of({ clauses: wrong }).measures.dates).to.equal(0.5);
    expect(of({ clauses: hand.clauses.map((clause) => ({ ...clause, due: null })) }).measures.dates).to.equal(0);
  });
});
