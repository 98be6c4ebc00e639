import { existsSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { addressees, addresseesOf, generalAddressees } from '../../src/office/reading/addressees.js';
import { paperOf } from '../../src/office/reading/paperOf.js';
import type { PlanReading } from '../../src/office/reading/planReading.js';
import { readPlan } from '../../src/office/reading/readPlan.js';

const path = '../shared/domain/plan-08-KH-UBND.txt';
const words = (text: string) => text.normalize('NFC').match(/[\p{L}\d]+/gu) ?? [];

const here = existsSync(path);

describe(`reading the plan 08/KH-UBND of 2010, scraped to one line${here ? '' : ` (skipped: ${path} is not here)`}`, () => {
  let text: string;
  let reading: PlanReading;

  before(function () {
    if (!here) this.skip();
    text = readFileSync(path, 'utf8');
    reading = readPlan(text);
  });

  it('reads the head, and tells the agency above from the one that issues', () => {
    expect(reading.issuer).to.deep.equal({ superior: 'UBND TP HỒ CHÍ MINH', name: 'ỦY BAN NHÂN DÂN QUẬN GÒ VẤP' });
    expect([reading.number, reading.symbol, reading.type]).to.deep.equal(['08', 'KH-UBND', 'Kế hoạch']);
    expect([reading.place, reading.issuedOn]).to.deep.equal(['Gò Vấp', '2010-02-09']);
    expect(reading.title).to.equal('Thực hiện “Năm Dân vận của chính quyền” Và phong trào thi đua “Dân vận khéo”');
    expect(reading.findings).to.deep.equal([]);
  });

  it('reads both papers cited in the first ground, and the direction without a number', () => {
    const told = reading.bases.map(({ kind, number, date, issuer }) => [kind, number, date, issuer]);
    expect(told).to.deep.equal([
      ['Kế hoạch', '5827/KH-UBND', '2009-11-06', 'UBND Thành phố Hồ Chí Minh'],
      ['Công văn', '150/UBND-VX', '2010-01-14', 'UBND Thành phố Hồ Chí Minh'],
      ['Chỉ đạo', null, null, 'Ban Thường vụ Quận ủy'],
    ]);
  });

  it('finds the 23 clauses in their order, with the kinds of their sections', () => {
    expect(reading.clauses.map(({ path: place }) => place).join(' ')).to.equal(
      'I.1 I.2 I.3 II.1.-1 II.1.-2 II.1.-3 II.2.-1 II.2.-2 II.2.-3 II.2.-4 II.3.-1 II.3.-2 II.3.-3 II.3.-4 II.3.-5 ' +
        'III.1.-1 III.1.-2 III.1.-3 III.2 III.3.-1 III.3.-2 III.4 III.¶1',
    );
    const kinds = reading.clauses.map(({ kind }) => kind[0]).join('');
    expect(kinds).to.equal(`${'o'.repeat(3)}${'d'.repeat(12)}${'o'.repeat(7)}r`);
    expect(reading.sections.map(({ marker, kind }) => `${marker} ${kind}`)).to.deep.equal([
      'I objective',
      'II directive',
      'III organisation',
    ]);
  });

  it('takes the page numbers out of sentences, and leaves the numbers that count something', () => {
    const all = reading.clauses.map((clause) => clause.text).join('\n');
    expect(all)
      .to.include('không còn phù hợp, trái')
      .and.not.match(/ 2 hợp| 3 -| 4 3\./);
    expect(all).to.include('UBND phường 3 để').and.include('15 phường còn lại');
    expect(reading.signature.name).to.equal('Nguyễn Hồng');
  });

  it('names who leads and who coordinates', () => {
    const units = (place: string) =>
      reading.clauses.find((clause) => clause.path === place)?.units.map(({ role, name }) => `${role} ${name}`);
    expect(units('III.1.-2')).to.deep.equal(['lead Thủ trưởng các cơ quan, đơn vị', 'lead Chủ tịch UBND 16 phường']);
    expect(units('III.2')).to.deep.equal([
      'lead Phòng Văn hóa và Thông tin quận',
      'coordinate Văn phòng UBND quận',
      'coordinate Trung tâm Văn hóa',
    ]);
    expect(units('III.4')).to.deep.equal(['lead Thanh tra quận', 'lead Văn phòng UBND quận', 'coordinate các đơn vị liên quan']);
    expect(units('II.1.-1')).to.deep.equal([]);
  });

  it('resolves the addressees to sixteen wards and four agencies, and gives them the clauses without a unit', () => {
    const expected = [
      ['Phòng Văn hóa và Thông tin quận', 'division', 1],
      ['Phòng Nội vụ', 'division', 1],
      ['Thanh tra quận', 'inspectorate', 1],
      ['Văn phòng UBND quận', 'office', 1],
      ['Chủ tịch UBND 16 phường', 'ward', 16],
    ];
    const told = (list: ReturnType<typeof addressees>) => list.map(({ name, kind, count }) => [name, kind, count]);
    expect(told(addressees(reading))).to.have.deep.members(expected);
    expect(told(generalAddressees(reading))).to.have.deep.members(expected);
    const [first] = reading.clauses;
    if (!first) throw new Error('no clause');
    expect(told(addresseesOf(reading, first))).to.have.deep.members(expected);
  });

  it('reads the duty to report with its way', () => {
    expect(reading.reporting).to.deep.equal([
      {
        by: 'Thủ trưởng các phòng ban, đơn vị và Chủ tịch UBND 16 phường',
        to: 'UBND quận',
        through: 'phòng Nội vụ quận',
        frequency: 'hàng quý',
        due: 'theo quy định',
      },
    ]);
  });

  it('gives the torn purposes back to the lines that their braces spanned', () => {
    const purposes = reading.recipients.map(({ purpose }) => purpose);
    expect(purposes).to.deep.equal([
      ...Array<string>(6).fill('để báo cáo'),
      'để phối hợp',
      ...Array<string>(4).fill('để thực hiện'),
    ]);
    expect(reading.recipients.map(({ name }) => name))
      .to.include('Văn phòng UBND Thành phố')
      .and.include('Website quận');
    expect(reading.archive).to.equal('VP.T.Tuyến');
    expect(reading.signature).to.deep.include({
      authority: 'TM.ỦY BAN NHÂN DÂN',
      capacity: 'KT.CHỦ TỊCH',
      title: 'PHÓ CHỦ TỊCH THƯỜNG TRỰC',
    });
  });

  it('points into the text as given', () => {
    for (const { text: clause, sourceSpan } of reading.clauses) {
      const [start, end] = sourceSpan;
      const source = words(text.slice(start, end)).join(' ');
      expect(source).to.include(words(clause).slice(0, 6).join(' '));
      expect(source).to.include(words(clause).slice(-3).join(' '));
    }
  });

  it('loses no word between the grounds and the recipients', () => {
    const paper = paperOf(reading);
    const printed = [
      ...paper.bases,
      ...paper.body.flatMap((block) => (block.kind === 'table' ? [] : [block.marker ?? '', block.text])),
    ];
    const from = text.indexOf('Thực hiện Kế hoạch số');
    const source = words(text.slice(from, text.indexOf('Nơi nhận')));
    const kept = words(printed.join(' '));
    // The three page numbers within the body are all that goes.
    expect(source.length - kept.length).to.equal(3);
    const counted = new Map<string, number>();
    for (const word of kept) counted.set(word, (counted.get(word) ?? 0) + 1);
    const gone = source.filter((word) => {
      const left = counted.get(word) ?? 0;
      counted.set(word, left - 1);
      return left <= 0;
    });
    expect(gone.sort()).to.deep.equal(['2', '3', '4']);
  });
});
