import { expect } from 'chai';
import { capacityOf } from '../../../src/office/organisation/capacity.js';
import type { Appointment, Directory } from '../../../src/office/organisation/directory.js';
import { appointment, directory, directoryOf, root } from '../../support/builders.js';

const day = '2010-02-09';
const committee = 'TM. ỦY BAN NHÂN DÂN';

/** The lines above the name, as printed; null where the post signs nothing. */
function lines(held: Appointment, more: Partial<Directory> = {}, on = day): readonly (string | null)[] | null {
  const where = directoryOf({ appointments: [...directory.appointments, held], ...more });
  const block = capacityOf(where, held, on);
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
