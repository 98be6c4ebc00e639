import { expect } from 'chai';
import { blockFrom, capacityOf, isRederived } from '../../../src/office/organisation/capacity.js';
import type { Appointment, Directory, Division, Grant } from '../../../src/office/organisation/directory.js';
import type { Matter } from '../../../src/office/organisation/grants.js';
import { appointment, directory, directoryOf, division, grant, root } from '../../support/builders.js';

const day = '2010-02-09';
const committee = 'TM. ỦY BAN NHÂN DÂN';

const plan: Matter = { type: 'KH', unit: 'culture' };
const invitation: Matter = { type: 'GM', unit: 'culture' };
const morning = (on: string): string => `${on}T02:00:00.000Z`;

/** The lines above the name, as printed; null where the post signs nothing. A deputy has a division of work unless told otherwise. */
function lines(held: Appointment, more: Partial<Directory> = {}, on = day): readonly (string | null)[] | null {
  const where = directoryOf({ appointments: [...directory.appointments, held], divisions: [division(held.id)], ...more });
  const block = capacityOf(where, held, { matter: plan, now: morning(on), signsFor: null });
  return block === null ? null : [block.authority, block.capacity, block.title];
}

const asHead: Partial<Directory> = { authority: { ...directory.authority, regime: 'head' } };

describe('the signature block', () => {
  const cases: readonly [string, Appointment, Partial<Directory>, readonly (string | null)[] | null][] = [
    ['the chairman signs for the committee', appointment('stranger', root, 'chair'), {}, [committee, null, 'CHỦ TỊCH']],
    [
      'a deputy signs for the chairman of the committee',
      appointment('stranger', root, 'deputyChair'),
      {},
      [committee, 'KT. CHỦ TỊCH', 'PHÓ CHỦ TỊCH'],
    ],
    [
      'whoever is put in charge signs as acting',
      appointment('stranger', root, 'chair', { acting: true }),
      {},
      [committee, null, 'Q. CHỦ TỊCH'],
    ],
    ['the head of a division signs for himself', appointment('stranger', 'culture', 'head'), {}, [null, null, 'TRƯỞNG PHÒNG']],
    [
      'a deputy head signs for the head',
      appointment('stranger', 'culture', 'deputyHead'),
      {},
      [null, 'KT. TRƯỞNG PHÒNG', 'PHÓ TRƯỞNG PHÒNG'],
    ],
    [
      'a title on record beats the usual one',
      appointment('stranger', 'office', 'head', { title: 'CHÁNH VĂN PHÒNG' }),
      {},
      [null, null, 'CHÁNH VĂN PHÒNG'],
    ],
    [
      'a body under a head knows no TM.',
      appointment('stranger', root, 'deputyChair', { title: 'PHÓ GIÁM ĐỐC' }),
      { ...asHead, appointments: [appointment('chair', root, 'chair', { title: 'GIÁM ĐỐC' })] },
      [null, 'KT. GIÁM ĐỐC', 'PHÓ GIÁM ĐỐC'],
    ],
    ['an officer signs nothing', appointment('stranger', 'culture', 'officer'), {}, null],
    ['the clerk signs nothing', appointment('stranger', root, 'clerk'), {}, null],
    ['the administrator signs nothing', appointment('stranger', root, 'administrator'), {}, null],
    ['a post that is no post signs nothing', appointment('stranger', root, 'constructor'), {}, null],
    ['a person without a record signs nothing', appointment('nobody', root, 'chair'), {}, null],
  ];
  for (const [name, held, more, expected] of cases) {
    it(name, () => expect(lines(held, more)).to.deep.equal(expected));
  }

  it('names the head by the title that holds on that day, and by the usual one while the post is vacant', () => {
    const deputy = appointment('stranger', 'office', 'deputyHead', { title: 'PHÓ CHÁNH VĂN PHÒNG' });
    const past = appointment('chair', 'office', 'head', { title: 'CHÁNH VĂN PHÒNG', to: '2010-02-08' });
    const appointments = [past];
    expect(lines(deputy, { appointments }, '2010-02-08')?.[1]).to.equal('KT. CHÁNH VĂN PHÒNG');
    expect(lines(deputy, { appointments }, '2010-02-09')?.[1]).to.equal('KT. TRƯỞNG PHÒNG');
  });

  it('is given on the days of the appointment only', () => {
    const held = appointment('stranger', root, 'deputyChair', { from: '2010-02-09', to: '2010-02-10' });
    expect([lines(held, {}, '2010-02-08'), lines(held, {}, '2010-02-11')]).to.deep.equal([null, null]);
    expect(lines(held, {}, '2010-02-10')).not.to.equal(null);
  });
});

const deputy = appointment('deputy', root, 'deputyChair');

describe('a deputy signs KT.', () => {
  const signs = (fields: { divisions?: Division[]; grants?: Grant[] }, matter: Matter = plan, now = morning(day)) => {
    const where = directoryOf({ divisions: fields.divisions ?? [], grants: fields.grants ?? [] });
    return capacityOf(where, deputy, { matter, now, signsFor: null });
  };
  const toDeputy = (more: Partial<Grant> = {}): Grant =>
    grant({ id: 'kt', kind: 'KT', grantee: { unit: root, post: 'deputyChair' }, types: null, to: '2010-03-31', ...more });

  it('in no matter at all while nothing is recorded', () => {
    expect(signs({})).to.equal(null);
  });

  it('by his division of work, in its types and drafting units and on its days only', () => {
    const mine = division(deputy.id, { units: ['culture'], types: ['KH', 'BC'], from: '2010-02-09', to: '2010-02-09' });
    expect(signs({ divisions: [mine] })?.basis.field).to.include({ kind: 'division', id: mine.id, decision: mine.decision });
    expect(signs({ divisions: [mine] }, { type: 'QĐ', unit: 'culture' })).to.equal(null);
    expect(signs({ divisions: [mine] }, { type: 'KH', unit: 'finance' })).to.equal(null);
    expect(signs({ divisions: [mine] }, { type: 'KH', unit: null })).to.equal(null);
    expect(signs({ divisions: [mine] }, plan, morning('2010-02-08'))).to.equal(null);
    // 16:59:59Z is still the day, a second later it is the next one in Asia/Ho_Chi_Minh
    expect(signs({ divisions: [mine] }, plan, '2010-02-09T16:59:59.999Z')).not.to.equal(null);
    expect(signs({ divisions: [mine] }, plan, '2010-02-09T17:00:00.000Z')).to.equal(null);
    expect(signs({ divisions: [division('another appointment')] })).to.equal(null);
  });

  it('by a written grant of the head until its day, and not from the instant of its revocation on', () => {
    expect(signs({ grants: [toDeputy()] })?.capacity).to.equal('KT. CHỦ TỊCH');
    const revoked = toDeputy({ revokedAt: '2010-02-09T03:00:00.000Z' });
    expect(signs({ grants: [revoked] }, plan, '2010-02-09T02:59:59.999Z')).not.to.equal(null);
    expect(signs({ grants: [revoked] }, plan, '2010-02-09T03:00:00.000Z')).to.equal(null);
    expect(signs({ grants: [toDeputy({ to: '2010-02-08' })] })).to.equal(null);
  });

  it('by nothing that is no lawful grant: without an end, from somebody who is not his head, or of another kind', () => {
    for (const more of [
      { to: null },
      { grantor: { unit: 'culture', post: 'head' } },
      { grantor: { unit: root, post: 'deputyChair' } },
      { kind: 'TL' as const, types: ['KH'] },
      { kind: 'TUQ' as const, types: ['KH'] },
    ])
      expect(signs({ grants: [toDeputy(more)] }), JSON.stringify(more)).to.equal(null);
  });

  it('although the chair is vacant: then for the usual title', () => {
    const where = directoryOf({ appointments: [deputy], divisions: [division(deputy.id)] });
    const capacity = capacityOf(where, deputy, { matter: plan, now: morning(day), signsFor: null });
    expect([capacity?.authority, capacity?.capacity]).to.deep.equal([committee, 'KT. CHỦ TỊCH']);
  });
});

describe('by order and by authorisation', () => {
  const chief = appointment('stranger', 'office', 'head', { title: 'CHÁNH VĂN PHÒNG' });
  const second = appointment('colleague', 'office', 'deputyHead', { title: 'PHÓ CHÁNH VĂN PHÒNG' });
  const chair = { unit: root, post: 'chair' };
  const signs = (held: Appointment, grants: readonly Grant[], more: Partial<Directory> = {}, matter = invitation) => {
    const where = directoryOf({ appointments: [...directory.appointments, chief, second], grants, ...more });
    const block = capacityOf(where, held, { matter, now: morning(day), signsFor: chair });
    return block === null ? null : [block.authority, block.capacity, block.title];
  };
  const authorises = (more: Partial<Grant> = {}): Grant => grant({ kind: 'TUQ', to: '2010-02-28', ...more });

  it('the head of the office signs TL. the listed types, without TM.', () => {
    expect(signs(chief, [grant()])).to.deep.equal([null, 'TL. CHỦ TỊCH', 'CHÁNH VĂN PHÒNG']);
    expect(signs(chief, [grant()], {}, plan)).to.equal(null);
    expect(signs(chief, [])).to.equal(null);
  });

  it('the head of a division signs TUQ. within its days and content', () => {
    const toCulture = authorises({ grantee: { unit: 'culture', post: 'head' }, types: null, units: ['culture'] });
    const head = appointment('cultureHead', 'culture', 'head');
    expect(signs(head, [toCulture], {}, plan)).to.deep.equal([null, 'TUQ. CHỦ TỊCH', 'TRƯỞNG PHÒNG']);
    expect(signs(head, [toCulture], {}, { type: 'KH', unit: 'finance' })).to.equal(null);
    expect(signs(head, [{ ...toCulture, to: '2010-02-08' }], {}, plan)).to.equal(null);
  });

  it('a TL. that may be passed on is signed KT. by the deputy in whose field it is, one level further and no more', () => {
    const passable = grant({ passable: true });
    const divisions = [division(second.id)];
    expect(signs(second, [passable], { divisions })).to.deep.equal([
      'TL. CHỦ TỊCH',
      'KT. CHÁNH VĂN PHÒNG',
      'PHÓ CHÁNH VĂN PHÒNG',
    ]);
    expect(signs(second, [passable], { divisions: [] })).to.equal(null);
    expect(signs(second, [grant()], { divisions })).to.equal(null);
    // a TUQ. is never passed on, whatever it says
    expect(signs(second, [authorises({ passable: true })], { divisions })).to.equal(null);
    expect(signs(chief, [authorises({ passable: true })], { divisions })).to.equal(null);
  });

  it('what goes past the law gives nothing', () => {
    for (const wrong of [
      grant({ types: null }),
      grant({ types: [] }),
      authorises({ to: null }),
      authorises({ types: null, units: null }),
      grant({ grantor: { unit: root, post: 'deputyChair' } }),
    ])
      expect(signs(chief, [wrong]), JSON.stringify(wrong)).to.equal(null);
    const officer = appointment('drafter', 'culture', 'officer');
    expect(signs(officer, [grant({ grantee: { unit: 'culture', post: 'officer' } })])).to.equal(null);
  });

  it('who signs by order has no TM. of his own, and who acts for the head of the office writes Q.', () => {
    const acting = { ...chief, id: 'acting', acting: true };
    const where = { appointments: [...directory.appointments, acting] };
    expect(signs(acting, [grant()], where)).to.deep.equal([null, 'TL. CHỦ TỊCH', 'Q. CHÁNH VĂN PHÒNG']);
  });
});

describe('what an entry keeps of a capacity', () => {
  const where = directoryOf({ divisions: [division(deputy.id, { types: ['KH'], to: '2010-06-30' })] });
  const capacity = capacityOf(where, deputy, { matter: plan, now: morning(day), signsFor: null });
  const entry = { at: morning(day), by: deputy.id, onBehalfOf: null, capacity: JSON.parse(JSON.stringify(capacity)) as unknown };

  it('is enough to derive the block again, without any other record', () => {
    if (capacity === null) throw new Error('no capacity');
    const { basis, ...block } = capacity;
    expect(blockFrom(basis)).to.deep.equal(block);
    expect(isRederived(entry)).to.equal(true);
    expect(isRederived({ ...entry, capacity: null })).to.equal(true);
  });

  it('is found wrong wherever block, basis and entry do not belong together', () => {
    if (capacity === null) throw new Error('no capacity');
    const { basis, ...block } = capacity;
    const changed = (more: object) => ({ ...entry, capacity: { ...capacity, ...more } });
    const rebased = (more: object) => changed({ basis: { ...basis, ...more } });
    const wrong: readonly (readonly [string, Parameters<typeof isRederived>[0]])[] = [
      ['no basis', { ...entry, capacity: block }],
      ['another title', changed({ title: 'CHỦ TỊCH' })],
      ['KT. dropped', changed({ capacity: null })],
      ['another day', { ...entry, at: morning('2010-02-10') }],
      ['another appointment', { ...entry, by: 'chair@committee/chair' }],
      ['on behalf of somebody', { ...entry, onBehalfOf: 'chair' }],
      ['the field gone', rebased({ field: undefined })],
      ['the field over', rebased({ field: { ...basis.field, to: '2010-02-08' } })],
      ['outside the field', rebased({ matter: { type: 'QĐ', unit: 'culture' } })],
      ['the post not yet held', rebased({ holder: { ...basis.holder, from: '2010-02-10' } })],
      ['the head himself', rebased({ holder: { ...basis.holder, post: 'chair' } })],
    ];
    for (const [name, recorded] of wrong) expect(isRederived(recorded), name).to.equal(false);
  });

  it('does not support what was passed on without leave, or by a TUQ.', () => {
    const passed = (kind: 'TL' | 'TUQ', passable: boolean) => {
      if (capacity === null) throw new Error('no capacity');
      const { basis } = capacity;
      const record = { id: 'g', decision: 'd', types: ['KH'], units: null, from: '2010-01-01', to: null };
      const holder = { ...basis.holder, unit: 'office', post: 'deputyHead', title: 'PHÓ CHÁNH VĂN PHÒNG' };
      return blockFrom({ ...basis, holder, head: 'CHÁNH VĂN PHÒNG', order: { ...record, kind, passable, title: 'CHỦ TỊCH' } });
    };
    expect(passed('TL', true)).to.include({ authority: 'TL. CHỦ TỊCH', capacity: 'KT. CHÁNH VĂN PHÒNG' });
    expect([passed('TL', false), passed('TUQ', true), passed('TUQ', false)]).to.deep.equal([null, null, null]);
  });
});
