import { expect } from 'chai';
import fc from 'fast-check';
import { buildRollup, compareClauses, type RollupInput } from '../../../src/office/reporting/buildRollup.js';
import { firstDifference } from '../../../src/office/reporting/rebuild.js';
import type { Rollup } from '../../../src/office/reporting/rollup.js';
import { summarise } from '../../../src/office/reporting/summary.js';
import { contentOf } from '../../support/builders.js';
import { duty, form, readReport, section, unitReport } from '../../support/reports.js';

const input = (more: Partial<RollupInput> = {}): RollupInput => ({
  plan: 'plan-1',
  of: 'period-1',
  period: '2010-Q1',
  formHash: contentOf('form'),
  form,
  takenAt: '2010-03-31T02:00:00.000Z',
  reports: [],
  duties: [],
  before: null,
  ...more,
});
const figureIn = (rollup: Rollup, code: string) => rollup.figures.find((figure) => figure.code === code)?.value;

describe('the roll-up of a period', () => {
  it('takes each figure by its declared rule, exactly', () => {
    const reports = [
      readReport('p1', unitReport({ hoi: '9007199254740993', tyLe: '33.33', ho: '10', kien: '7', quyChe: true })),
      readReport('p2', unitReport({ hoi: '2', tyLe: '66.66', ho: '-4', quyChe: false })),
      readReport('p3', unitReport({ hoi: '1', tyLe: '0.02', kien: '0' })),
    ];
    const rollup = buildRollup(input({ reports }));
    // then sums do not pass through floating point, and an average is rounded once
    expect(figureIn(rollup, 'hoi')).to.equal('9007199254740996');
    expect(figureIn(rollup, 'tyLe')).to.equal('33.34');
    expect(figureIn(rollup, 'ho')).to.equal('6');
    expect(figureIn(rollup, 'kien')).to.equal('2');
    expect(rollup.yesNo).to.deep.equal([{ code: 'quyChe', label: 'Đã ban hành quy chế', yes: 1, of: 2 }]);
    // and every value says whose it is
    expect(rollup.figures.find(({ code }) => code === 'ho')?.of).to.deep.equal([
      { report: 'r-p1', value: '10' },
      { report: 'r-p2', value: '-4' },
    ]);
  });

  it('counts a unit once for yes or no, however many duties it has under a clause, and as yes where all of them are', () => {
    const asked = {
      ...form,
      perDuty: [{ kind: 'yesNo' as const, code: 'dung', label: { vi: 'Đúng tiến độ', en: 'On time' }, required: true }],
    };
    const reports = [
      readReport('p1', unitReport({}, [section('II.1', { dung: true }), section('II.1', { dung: true })])),
      readReport('p2', unitReport({}, [section('II.1', { dung: true }), section('II.1', { dung: false })])),
      readReport('p3', unitReport({}, [section('II.1', { dung: false }), section('II.1', { dung: true })])),
    ];
    const { yesNo } = buildRollup(input({ form: asked, reports }));
    expect(yesNo.find(({ code }) => code === 'dung@II.1')).to.include({ yes: 1, of: 3 });
  });

  it('has no value where nobody gave one, and a count of none', () => {
    const rollup = buildRollup(input({ reports: [readReport('p1', null)] }));
    expect(figureIn(rollup, 'hoi')).to.equal(null);
    expect(figureIn(rollup, 'kien')).to.equal('0');
  });

  it('sums the columns of tables over all rows, and figures of duties clause by clause', () => {
    const reports = [
      readReport(
        'p1',
        unitReport(
          {
            lop: [
              { ten: 'A', nguoi: '30' },
              { ten: 'B', nguoi: '12' },
            ],
          },
          [section('II.1', { luot: '3' }), section('II.2', { luot: '5' })],
        ),
      ),
      readReport('p2', unitReport({ lop: [{ ten: 'C', nguoi: '1' }] }, [section('II.1', { luot: '4' })])),
    ];
    const rollup = buildRollup(input({ reports }));
    expect(figureIn(rollup, 'lop.nguoi')).to.equal('43');
    expect(figureIn(rollup, 'luot@II.1')).to.equal('7');
    expect(figureIn(rollup, 'luot@II.2')).to.equal('5');
  });

  it('says of each unit how it stands, who answers for it, and leaves out what is not accepted', () => {
    const reports = [
      readReport('p1', unitReport({ hoi: '1' }), { late: true }),
      readReport('p2', null),
      readReport('p3', null, { submittedOn: '2010-03-25', accepted: null }),
      readReport('p4', unitReport({ hoi: '5' }), { answeredBy: 'p9' }),
    ];
    const rollup = buildRollup(input({ reports }));
    expect(
      rollup.units.map(({ unit, state, content, answeredBy }) => [unit, state, content === null, answeredBy?.name ?? null]),
    ).to.deep.equal([
      ['p1', 'late', false, null],
      ['p2', 'silent', true, null],
      ['p3', 'onTime', true, null],
      ['p4', 'onTime', false, 'Phường 9'],
    ]);
    expect(figureIn(rollup, 'hoi')).to.equal('6');
  });

  it('counts duties by clause, without those that were released, and names those that are open', () => {
    const duties = [
      duty('II.10', 'running', 1),
      duty('II.2', 'early', 1),
      duty('II.2', 'overdue', 2),
      duty('II.2', null, 3),
      duty('II.2', 'late', 4),
    ];
    const { clauses } = buildRollup(input({ duties }));
    expect(
      clauses.map(({ clause, total, early, late, overdue, open }) => [clause, total, early, late, overdue, open]),
    ).to.deep.equal([
      ['II.2', 3, 1, 1, 1, ['a-II.2-2']],
      ['II.10', 1, 0, 0, 0, ['a-II.10-1']],
    ]);
  });

  it('compares by code across versions of the form, and not where the measure is another', () => {
    const before = buildRollup(input({ reports: [readReport('p1', unitReport({ hoi: '10', ho: '7' }))] }));
    // given a form in which a figure has another label, and another one a new measure
    const changed = {
      ...form,
      version: 2,
      once: form.once.map((item) =>
        item.kind !== 'figure'
          ? item
          : item.code === 'hoi'
            ? { ...item, label: { vi: 'Tổng số cuộc họp', en: '' } }
            : item.code === 'ho'
              ? { ...item, unit: 'nghìn hộ' }
              : item,
      ),
    };
    const reports = [readReport('p1', unitReport({ hoi: '7.5', ho: '9' }))];
    const rollup = buildRollup(input({ form: changed, reports, before: { hash: contentOf('before'), rollup: before } }));
    const of = (code: string) => rollup.figures.find((figure) => figure.code === code);
    expect([of('hoi')?.label, of('hoi')?.before, of('hoi')?.change]).to.deep.equal(['Tổng số cuộc họp', '10', '-2.5']);
    expect([of('ho')?.before, of('ho')?.change]).to.deep.equal([null, null]);
    expect(rollup.before).to.equal(contentOf('before'));
  });

  it('is the same whatever the order of duties', () => {
    const duties = [duty('I.1', 'running', 1), duty('I.1', 'late', 2), duty('III', 'early', 3), duty('II.2', 'overdue', 4)];
    const wanted = buildRollup(input({ duties }));
    fc.assert(
      fc.property(fc.shuffledSubarray(duties, { minLength: duties.length }), (shuffled) => {
        expect(firstDifference(buildRollup(input({ duties: shuffled })) as never, wanted as never)).to.equal(null);
      }),
    );
  });

  it('orders clauses by the value of their numbers', () => {
    const paths = ['X.1', 'IX', 'II.10', 'II.2', 'II', 'IV.3.-2', 'IV.3.-10', 'Đ3', 'Đ12'];
    expect(paths.toSorted(compareClauses)).to.deep.equal([
      'II',
      'II.2',
      'II.10',
      'Đ3',
      'IV.3.-2',
      'IV.3.-10',
      'IX',
      'X.1',
      'Đ12',
    ]);
  });
});

describe('the summary of a year', () => {
  const quarter = (n: number, values: Readonly<Record<string, Readonly<Record<string, string>>>>) => {
    const reports = Object.entries(values).map(([unit, answers]) =>
      readReport(unit, unitReport(answers), { report: `r-${unit}-${n}` }),
    );
    return { hash: contentOf(`q${n}`), rollup: buildRollup(input({ period: `2010-Q${n}`, reports })) };
  };

  it('averages over units and periods, sums everything, and takes what each unit gave last', () => {
    // given three units in the first quarter and one in the second: an average of averages would be 55
    const parts = [
      quarter(1, {
        p1: { hoi: '1', tyLe: '10', ho: '100' },
        p2: { hoi: '1', tyLe: '10', ho: '50' },
        p3: { hoi: '1', tyLe: '10' },
      }),
      quarter(2, { p1: { hoi: '4', tyLe: '100', ho: '70' } }),
    ];
    const rollup = summarise({
      plan: 'plan-1',
      of: 'o-1',
      period: '2010-Y',
      takenAt: '2010-12-31T02:00:00.000Z',
      parts,
      duties: [],
      before: null,
    });
    expect(figureIn(rollup, 'hoi')).to.equal('7');
    expect(figureIn(rollup, 'tyLe')).to.equal('32.5');
    // the second ward said nothing new: its stock stands
    expect(figureIn(rollup, 'ho')).to.equal('120');
    expect(rollup.parts).to.deep.equal(parts.map(({ hash }) => hash));
    expect(rollup.units.map(({ report }) => report)).to.deep.equal(['r-p1-1', 'r-p2-1', 'r-p3-1', 'r-p1-2']);
  });
});

describe('comparing a roll-up with what is built again', () => {
  it('names the place that differs, to the last digit', () => {
    const one = buildRollup(input({ reports: [readReport('p1', unitReport({ hoi: '10' }))] }));
    const other = {
      ...one,
      figures: one.figures.map((figure) => (figure.code === 'hoi' ? { ...figure, value: '10.0000000001' } : figure)),
    };
    expect(firstDifference(one as never, one as never)).to.equal(null);
    expect(firstDifference(other as never, one as never)).to.deep.equal({
      at: '/figures/0/value',
      stored: '"10.0000000001"',
      built: '"10"',
    });
  });
});
