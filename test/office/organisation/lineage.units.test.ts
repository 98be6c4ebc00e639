import { expect } from 'chai';
import type { Directory, Succession, Unit } from '../../../src/office/organisation/directory.js';
import { heirOn, nameOn, parentOn, successorsOn, unitsOn } from '../../../src/office/organisation/lineage.js';
import { superiorKeysOf } from '../../../src/office/organisation/superiors.js';
import { directoryOf } from '../../support/builders.js';

const unit = (id: string, name: string, parent: string | null, validFrom: string, validTo: string | null = null): Unit => ({
  id,
  name,
  abbreviation: id.toUpperCase(),
  kind: 'unit',
  parent,
  validFrom,
  validTo,
});

const succession = (id: string, kind: Succession['kind'], from: string[], to: string[], on: string): Succession => ({
  id,
  kind,
  from,
  to,
  on,
  shares: [],
  decision: `QĐ ${id}`,
});

/** A province; a district below it that ended on 30/06/2025; a ward renamed in 2019; a school split in 2020 and half of it merged in 2023. */
const directory: Directory = directoryOf({
  units: [
    unit('tinh', 'Tỉnh Ví Dụ', null, '2000-01-01'),
    unit('quan', 'Quận Ví Dụ', 'tinh', '2000-01-01', '2025-06-30'),
    unit('phuong-cu', 'Phường Cũ', 'quan', '2000-01-01', '2019-12-31'),
    unit('phuong-moi', 'Phường Mới', 'quan', '2020-01-01'),
    unit('phong', 'Phòng Giáo dục', 'quan', '2000-01-01', '2019-12-31'),
    unit('phong-a', 'Phòng A', 'quan', '2020-01-01'),
    unit('phong-b', 'Phòng B', 'quan', '2020-01-01', '2022-12-31'),
    unit('phong-c', 'Phòng C', 'quan', '2023-01-01'),
  ],
  successions: [
    succession('doi-ten', 'rename', ['phuong-cu'], ['phuong-moi'], '2020-01-01'),
    {
      ...succession('tach', 'split', ['phong'], ['phong-a', 'phong-b'], '2020-01-01'),
      shares: [{ definition: 'report', to: 'phong-b' }],
    },
    succession('nhap', 'merge', ['phong-b'], ['phong-c'], '2023-01-01'),
    succession('bo-cap-huyen', 'abolish', ['quan'], [], '2025-07-01'),
  ],
});

describe('units in time', () => {
  it('exist on their days alone, the last one included', () => {
    const ids = (day: string) => unitsOn(directory, day).map(({ id }) => id);
    expect(ids('2019-12-31')).to.deep.equal(['tinh', 'quan', 'phuong-cu', 'phong']);
    expect(ids('2020-01-01')).to.deep.equal(['tinh', 'quan', 'phuong-moi', 'phong-a', 'phong-b']);
    expect(ids('2025-07-01')).to.deep.equal(['tinh', 'phuong-moi', 'phong-a', 'phong-c']);
  });

  it('bear the name of the day: a renamed unit its old one on old papers, whichever record is asked for', () => {
    for (const id of ['phuong-cu', 'phuong-moi']) {
      expect(nameOn(directory, id, '2019-12-31')).to.equal('Phường Cũ');
      expect(nameOn(directory, id, '2020-01-01')).to.equal('Phường Mới');
    }
    // and a merger is no renaming: what was merged keeps its name for ever
    expect(nameOn(directory, 'phong-b', '2024-01-01')).to.equal('Phòng B');
    expect(nameOn(directory, 'nowhere', '2024-01-01')).to.equal(null);
  });

  it('give their matters to the successor of the day, through a split and then a merger', () => {
    expect(heirOn(directory, 'phong', null, '2019-12-31')).to.equal('phong');
    expect(heirOn(directory, 'phong', null, '2020-01-01')).to.equal('phong-a');
    expect(heirOn(directory, 'phong', 'report', '2022-12-31')).to.equal('phong-b');
    expect(heirOn(directory, 'phong', 'report', '2023-01-01')).to.equal('phong-c');
    expect(successorsOn(directory, 'phong', '2022-12-31')).to.have.members(['phong-a', 'phong-b']);
    expect(successorsOn(directory, 'phong', '2023-01-01')).to.have.members(['phong-a', 'phong-c']);
  });

  it('have the nearest unit above that exists: a level that ended leaves nobody without a superior', () => {
    expect(parentOn(directory, 'phuong-moi', '2025-06-30')).to.equal('quan');
    expect(parentOn(directory, 'phuong-moi', '2025-07-01')).to.equal('tinh');
    expect(heirOn(directory, 'quan', null, '2025-07-01')).to.equal('tinh');
    expect(superiorKeysOf(directory, 'post:phuong-moi/head', '2025-06-30')).to.deep.equal(['post:quan/head']);
    expect(superiorKeysOf(directory, 'post:phuong-moi/head', '2025-07-01')).to.deep.equal(['post:tinh/head']);
    expect(parentOn(directory, 'tinh', '2025-07-01')).to.equal(null);
  });

  it('never lead round in circles, whatever was recorded', () => {
    // given two units above each other, and two that took each other over
    const knot = directoryOf({
      units: [unit('a', 'A', 'b', '2000-01-01', '2009-12-31'), unit('b', 'B', 'a', '2000-01-01', '2009-12-31')],
      successions: [succession('1', 'merge', ['a'], ['b'], '2010-01-01'), succession('2', 'rename', ['b'], ['a'], '2010-01-01')],
    });
    expect(parentOn(knot, 'a', '2010-02-01')).to.equal(null);
    expect(['a', 'b']).to.include(heirOn(knot, 'a', null, '2010-02-01'));
    expect(successorsOn(knot, 'a', '2010-02-01')).to.deep.equal([]);
    expect(['A', 'B']).to.include(nameOn(knot, 'a', '2010-02-01'));
  });
});
