import { expect } from 'chai';
import fc from 'fast-check';
import type { Directory, Grant, Succession } from '../../../src/office/organisation/directory.js';
import { carriedId, withRecords } from '../../../src/office/organisation/records.js';
import { planSuccession } from '../../../src/office/organisation/succession.js';
import { appointment, delegation, directory, directoryOf } from '../../support/builders.js';

const on = '2010-07-01';
const last = '2010-06-30';
const newWard = {
  id: 'xa',
  name: 'Phường Mới',
  abbreviation: 'XA',
  kind: 'ward',
  parent: 'committee',
  validFrom: on,
  validTo: null,
};
const merger: Succession = {
  id: 'nhap',
  kind: 'merge',
  from: ['ward1', 'ward2'],
  to: ['xa'],
  on,
  shares: [],
  decision: 'QĐ 100/QĐ-UBND',
};
const grant = (id: string, more: Partial<Grant>): Grant => ({
  id,
  kind: 'TL',
  grantor: { unit: 'committee', post: 'chair' },
  grantee: { unit: 'ward1', post: 'head' },
  types: ['TB'],
  units: null,
  subject: 'Thông báo lịch tiếp dân',
  from: '2010-01-01',
  to: null,
  revokedAt: null,
  passable: false,
  decision: 'QĐ 7',
  ...more,
});

/** The head of ward 1 leads the new ward; the head of ward 2 holds nothing there. */
function ending(more: Partial<Directory> = {}): Directory {
  return directoryOf({
    units: [...directory.units, newWard],
    appointments: [...directory.appointments, appointment('ward1Head', 'xa', 'head', { from: on })],
    successions: [merger],
    ...more,
  });
}

const codes = (plan: ReturnType<typeof planSuccession>) =>
  plan.consequences.map(({ code, params }) => `${code} ${(params.id ?? params.grant ?? params.list ?? params.unit) as string}`);

describe('the records of a succession', () => {
  it('ends units and appointments on the day before, and moves nobody who has no new appointment', () => {
    const { records, missing } = planSuccession(ending(), merger);
    expect(missing).to.deep.equal([]);
    expect(records.units?.map(({ id, validTo }) => [id, validTo])).to.deep.equal([
      ['ward1', last],
      ['ward2', last],
    ]);
    expect(records.appointments?.map(({ person, to }) => [person, to])).to.deep.equal([
      ['ward1Head', last],
      ['ward2Head', last],
    ]);
  });

  it('carries a grant over where the same person holds the same post in the successor, and never a TUQ.', () => {
    const grants = [
      grant('tl-1', {}),
      grant('tl-2', { grantee: { unit: 'ward2', post: 'head' } }),
      grant('tuq-1', { kind: 'TUQ', to: '2010-12-31', types: ['TB'] }),
      grant('kt-1', {
        kind: 'KT',
        grantee: { unit: 'committee', post: 'deputyChair' },
        units: ['ward1', 'ward2', 'culture'],
        to: '2010-12-31',
      }),
      grant('past', { to: '2010-03-31' }),
    ];
    const plan = planSuccession(ending({ grants }), merger);
    expect(codes(plan).filter((line) => /tl-|tuq-|kt-|past/.test(line))).to.deep.equal([
      'recordEnds tl-1',
      `recordCarried ${carriedId('tl-1', 'nhap')}`,
      'recordEnds tl-2',
      'recordEnds tuq-1',
      'recordEnds kt-1',
      `recordCarried ${carriedId('kt-1', 'nhap')}`,
      'newActNeeded tuq-1',
    ]);
    const carried = plan.records.grants?.find(({ id }) => id === carriedId('tl-1', 'nhap'));
    expect(carried).to.deep.equal({ ...grants[0], id: 'tl-1_nhap', grantee: { unit: 'xa', post: 'head' }, from: on });
    // and a bound of units names the successor once
    expect(plan.records.grants?.find(({ id }) => id === 'kt-1_nhap')?.units).to.deep.equal(['xa', 'culture']);
  });

  it('carries delegations and divisions over in the same way', () => {
    const more = { from: '2010-01-01', to: '2010-12-31' };
    const plan = planSuccession(
      ending({
        delegations: [
          delegation('ward1Head', 'drafter', more),
          delegation('ward2Head', 'drafter', more),
          delegation('cultureHead', 'ward1Head', more),
          delegation('ward1Head', 'colleague', { ...more, id: 'revoked', revokedAt: '2010-02-01T00:00:00.000Z' }),
        ],
        divisions: ['ward1Head@ward1/head', 'ward2Head@ward2/head', 'deputy@committee/deputyChair'].map((id) => ({
          id: `d-${id}`,
          appointment: id,
          fields: ['Đất đai'],
          units: id.startsWith('deputy') ? ['ward2', 'office'] : null,
          types: null,
          from: '2010-01-01',
          to: null,
          decision: 'QĐ 8',
        })),
      }),
      merger,
    );
    expect(plan.records.delegations?.map(({ id, from, to }) => [id, from, to])).to.have.deep.members([
      ['ward1Head>drafter', '2010-01-01', last],
      ['ward1Head>drafter_nhap', on, '2010-12-31'],
      ['ward2Head>drafter', '2010-01-01', last],
    ]);
    const divisions = plan.records.divisions?.map(({ id, appointment: held, units, to }) => [id, held, units, to]);
    expect(divisions).to.have.deep.members([
      ['d-ward1Head@ward1/head', 'ward1Head@ward1/head', null, last],
      ['d-ward1Head@ward1/head_nhap', 'ward1Head@xa/head', null, null],
      ['d-ward2Head@ward2/head', 'ward2Head@ward2/head', null, last],
      ['d-deputy@committee/deputyChair', 'deputy@committee/deputyChair', ['ward2', 'office'], last],
      ['d-deputy@committee/deputyChair_nhap', 'deputy@committee/deputyChair', ['xa', 'office'], null],
    ]);
  });

  it('puts the successor into lists once, and leaves everybody in his post at a renaming', () => {
    const lists = [{ id: 'phuong', name: 'Các phường', units: ['ward1', 'culture', 'ward2'] }];
    expect(planSuccession(ending({ lists }), merger).records.lists?.[0]?.units).to.deep.equal(['xa', 'culture']);
    const renamed: Succession = { ...merger, kind: 'rename', from: ['ward2'] };
    const { appointments } = planSuccession(ending({ successions: [renamed] }), renamed).records;
    expect(appointments?.map(({ person, unit, from, to }) => [person, unit, from, to])).to.deep.equal([
      ['ward2Head', 'ward2', '2009-01-01', last],
      ['ward2Head', 'xa', on, null],
    ]);
  });

  it('names a successor that does not exist on the day', () => {
    expect(
      planSuccession(ending({ units: [...directory.units, { ...newWard, validFrom: '2010-07-02' }] }), merger).missing,
    ).to.deep.equal(['xa']);
  });

  it('finds nothing to do the second time, and never lengthens what has ended (property)', () => {
    const day = fc.constantFrom('2009-06-01', '2010-03-31', last, on, '2010-12-31');
    const kinds = fc.constantFrom('KT' as const, 'TL' as const, 'TUQ' as const);
    const places = fc.constantFrom('ward1', 'ward2', 'xa', 'culture', 'committee');
    const made = fc.record({ kind: kinds, unit: places, other: places, from: day, to: fc.option(day, { nil: null }) });
    fc.assert(
      fc.property(fc.array(made, { maxLength: 8 }), fc.constantFrom('merge' as const, 'rename' as const), (records, kind) => {
        const succession = { ...merger, kind };
        const start = ending({
          successions: [succession],
          grants: records.map((one, index) =>
            grant(`g${index}`, {
              kind: one.kind,
              grantor: { unit: one.other, post: 'head' },
              grantee: { unit: one.unit, post: 'head' },
              from: one.from,
              to: one.to,
            }),
          ),
          lists: [{ id: 'l', name: 'L', units: records.map(({ unit }) => unit) }],
        });
        const first = planSuccession(start, succession);
        const after = withRecords(start, first.records);
        expect(planSuccession(after, succession).records).to.deep.equal({});
        for (const old of start.grants) {
          const now = after.grants.find(({ id }) => id === old.id);
          expect((now?.to ?? '9999') <= (old.to ?? '9999')).to.equal(true);
        }
        // no grant of an ended unit holds on the day, and no TUQ. was made
        for (const one of after.grants.filter(({ from, to }) => from <= on && (to === null || to >= on)))
          if (one.from <= last || one.id.includes('_')) {
            expect([one.grantor.unit, one.grantee.unit]).not.to.include.oneOf(['ward1', 'ward2']);
            expect(one.id.includes('_') && one.kind === 'TUQ').to.equal(false);
          }
      }),
      { numRuns: 300 },
    );
  });
});
