import { expect } from 'chai';
import { addressedOf, othersOf, unitsMeant } from '../../../src/office/papers/distribution.js';
import { directory } from '../../support/builders.js';
import { plan } from '../../support/papers.js';

const day = '2010-02-09';
const ward = directory.units.find(({ id }) => id === 'ward1');

describe('the distribution list that a paper names', () => {
  const content = {
    ...plan,
    addressees: ['Sở Ví dụ;'],
    recipients: [
      { name: 'Như trên', purpose: null },
      { name: (ward?.name ?? '').toLocaleUpperCase('vi'), purpose: 'để thực hiện' },
      { name: 'Sở Ví dụ', purpose: 'để báo cáo' },
      { name: 'Như Điều 3', purpose: null },
    ],
  };

  it('has each body once, with its unit where there is one of that name, and no line that stands for others', () => {
    expect(addressedOf(content, directory, day)).to.deep.equal([
      { name: 'Sở Ví dụ', unit: null, purpose: null },
      { name: (ward?.name ?? '').toLocaleUpperCase('vi'), unit: 'ward1', purpose: 'để thực hiện' },
    ]);
  });

  it('knows a unit by its name with and without the committee’s, and guesses at none where two could be meant', () => {
    const unit = (id: string, name: string) => ({
      id,
      name,
      abbreviation: id,
      kind: 'ward',
      parent: null,
      validFrom: '2000-01-01',
      validTo: null,
    });
    const town = {
      ...directory,
      units: [unit('a', 'Phường 1'), unit('b', 'Ủy ban nhân dân Phường 2'), unit('c', 'Phường 2'), unit('d', 'UBND Phường 3')],
    };
    const unitOf = (name: string) => addressedOf({ ...plan, recipients: [{ name, purpose: null }] }, town, day)[0]?.unit;
    expect(['UBND Phường 1', 'Chủ tịch Uỷ ban nhân dân Phường 1', 'Phường 3', 'phường 3;'].map(unitOf)).to.deep.equal([
      'a',
      'a',
      'd',
      'd',
    ]);
    expect(['Phường 2', 'UBND Phường 2', 'Chủ tịch UBND Phường 2', 'Phường 11'].map(unitOf)).to.deep.equal([
      'c',
      'b',
      null,
      null,
    ]);
  });

  it('leaves the other units in force to choose from, without the authority itself', () => {
    const others = othersOf(addressedOf(content, directory, day), directory, day).map(({ id }) => id);
    expect(others).to.include('ward2');
    expect(others).to.not.include.members(['ward1']);
    expect(others).to.not.include(directory.authority.rootUnit);
  });

  it('knows no unit that is not in force on the day', () => {
    const ended = { ...directory, units: directory.units.map((unit) => ({ ...unit, validTo: '2009-12-31' })) };
    expect(addressedOf(content, ended, day).map(({ unit }) => unit)).to.deep.equal([null, null]);
    expect(othersOf([], ended, day)).to.deep.equal([]);
  });

  it('proposes the units that a line calls together, and none for a body of another kind', () => {
    const unit = (id: string, name: string, kind: string) => ({
      id,
      name,
      abbreviation: id,
      kind,
      parent: null,
      validFrom: '2000-01-01',
      validTo: id === 'old' ? '2009-12-31' : null,
    });
    const units = [
      unit('w1', 'Ủy ban nhân dân Phường 1', 'ward'),
      unit('w10', 'Ủy ban nhân dân Phường 10', 'ward'),
      unit('old', 'Ủy ban nhân dân Phường 2', 'ward'),
      unit('nv', 'Phòng Nội vụ', 'division'),
      unit('vp', 'Văn phòng', 'office'),
    ];
    const meant = (...names: string[]) => {
      const town = { ...directory, units };
      const recipients = names.map((name) => ({ name, purpose: null }));
      return [...unitsMeant(addressedOf({ ...plan, addressees: [], recipients }, town, day), town, day)];
    };
    expect(meant('Chủ tịch UBND 16 phường')).to.deep.equal(['w1', 'w10']);
    expect(meant('Ủy ban nhân dân các xã, phường, đặc khu')).to.deep.equal(['w1', 'w10']);
    expect(meant('Thủ trưởng các phòng, ban trực thuộc')).to.deep.equal(['nv', 'vp']);
    // one that is named already is not proposed again
    expect(meant('UBND 16 phường', 'Ủy ban nhân dân Phường 1')).to.deep.equal(['w10']);
    // a single ward, the mass organisations, an office of the Party: nobody else
    expect(meant('UBND phường 12', 'UB.MTTQVN và các đoàn thể', 'Văn phòng Quận ủy', 'Ban Thường vụ Quận ủy')).to.deep.equal([]);
  });
});
