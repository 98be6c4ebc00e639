import { existsSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { examplePlan } from '../../src/cli/demo/calendars.js';
import { planOf } from '../../src/cli/demo/read.js';
import { namedUnits } from '../../src/cli/demo/unitNames.js';
import { worldOf } from '../../src/cli/demo/world.js';
import { blockOf, capacityOf } from '../../src/office/organisation/capacity.js';
import { readPlan } from '../../src/office/reading/readPlan.js';
import type { WorkingCalendar } from '../../src/office/time/calendar.js';

const calendar: WorkingCalendar = {
  version: 'test',
  restDays: [0, 6],
  holidays: [],
  workingSwaps: [],
  validFrom: '2000-01-01',
  validTo: '2099-12-31',
};

function worldFrom(text: string) {
  const reading = planOf(text, 'plan.txt');
  return { reading, world: worldOf(reading, reading.issuedOn ?? '', '2010-02-03', calendar) };
}

const shared = new URL('../../../shared/domain/', import.meta.url);

for (const [name, file] of [
  ['the example plan', examplePlan],
  ['the real plan, as it was scraped', new URL('plan-08-KH-UBND.txt', shared)],
] as const) {
  describe(`cli/demo/world: the authority from ${name}`, () => {
    before(function () {
      // The real paper lies beside the project, not in it.
      if (!existsSync(file)) this.skip();
    });

    it('makes the units that the paper names, and sixteen wards from one word', () => {
      const { world } = worldFrom(readFileSync(file, 'utf8'));
      const units = world.directory.units.slice(1).map((unit) => unit.name);
      expect(units.filter((unit) => /^Phường \d+$/.test(unit))).to.have.length(16);
      expect(units).to.include.members([
        'Phòng Văn hóa và Thông tin quận',
        'Phòng Nội vụ',
        'Thanh tra quận',
        'Văn phòng UBND quận',
      ]);
      // and nothing of the Party, the Front or "whoever else is meant"
      expect(units.filter((unit) => /Mặt trận|Quận ủy|đoàn thể|liên quan|Thủ trưởng/iu.test(unit))).to.deep.equal([]);
      expect(world.reporting).to.have.length(20);
      expect(world.nameOf(world.draftingUnit)).to.equal('Phòng Nội vụ');
    });

    it('puts the signatory into the post of the signature block', () => {
      const { reading, world } = worldFrom(readFileSync(file, 'utf8'));
      const directory = { ...world.directory, revision: 1 };
      const appointment = directory.appointments.find(({ person }) => person === world.cast.signatory);
      expect(appointment?.post).to.equal('deputyChair');
      const asked = { matter: { type: 'KH', unit: world.draftingUnit }, now: '2010-02-09T02:00:00.000Z', signsFor: null };
      expect(appointment && blockOf(capacityOf(directory, appointment, asked))).to.deep.equal({
        authority: 'TM. ỦY BAN NHÂN DÂN',
        capacity: 'KT. CHỦ TỊCH',
        title: 'PHÓ CHỦ TỊCH THƯỜNG TRỰC',
        name: reading.signature.name,
      });
      // everyone else is a marked example
      const others = directory.people.filter(({ id }) => id !== world.cast.signatory);
      expect(others.filter((person) => !/^Người ví dụ \d\d$/.test(person.name))).to.deep.equal([]);
    });

    it('gives a clause to the units it names, and one without units to all who are addressed', () => {
      const { reading, world } = worldFrom(readFileSync(file, 'utf8'));
      const leadsAt = (path: string) => {
        const clause = reading.clauses.find((one) => one.path === path);
        return clause === undefined ? [] : world.leadsOf(clause).map(world.nameOf);
      };
      expect(leadsAt('III.2')).to.deep.equal(['Phòng Văn hóa và Thông tin quận']);
      expect(leadsAt('III.4')).to.deep.equal(['Thanh tra quận', 'Văn phòng UBND quận']);
      expect(leadsAt('III.1.-1')).to.have.length(20);
      expect(leadsAt('II.1.-1')).to.have.length(20);
      const third = reading.clauses.find((one) => one.path === 'III.2');
      expect(third && world.cooperatingOf(third).map(world.nameOf)).to.include('Văn phòng UBND quận');
    });

    it('gives every unit one head, and every post one holder', () => {
      const { world } = worldFrom(readFileSync(file, 'utf8'));
      const posts = world.directory.appointments
        .map(({ unit, post }) => `${unit}/${post}`)
        .filter((post) => !post.endsWith('/officer'));
      expect(new Set(posts).size).to.equal(posts.length);
      for (const { id } of world.directory.units.slice(1)) expect([id, world.headOf(id)]).not.to.deep.equal([id, '']);
    });
  });
}

describe('cli/demo/unitNames: groups and spellings', () => {
  const plan = (duties: string) =>
    readPlan(
      `ỦY BAN NHÂN DÂN TỈNH VÍ DỤ\nSố: 5/KH-UBND\nVí Dụ, ngày 02 tháng 3 năm 2026\nKẾ HOẠCH\nThử đọc tên đơn vị\nI. TỔ CHỨC THỰC HIỆN\n${duties}\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nNgười Ví Dụ\n`,
    );

  it('makes a few examples of a group whose size is not said, and says which', () => {
    const named = namedUnits(plan('1. Sở Nội vụ: Theo dõi chung.\n2. Ủy ban nhân dân các xã, phường: Thực hiện tại địa bàn.'));
    expect(named.units.map((unit) => unit.name)).to.deep.equal(['Sở Nội vụ', 'Xã 1', 'Xã 2', 'Xã 3']);
    expect(named.guessed).to.deep.equal(['Ủy ban nhân dân các xã, phường']);
  });

  it('knows a unit by its abbreviation', () => {
    const named = namedUnits(
      plan('1. Sở Khoa học và Công nghệ: Theo dõi chung.\n2. Sở KH&CN: Tổng hợp số liệu.\n3. Sở Tài chính: Bố trí kinh phí.'),
    );
    expect(named.units.map((unit) => unit.name)).to.deep.equal(['Sở Khoa học và Công nghệ', 'Sở Tài chính']);
    expect(named.idsOf('Sở KH&CN')).to.deep.equal(named.idsOf('Sở Khoa học và Công nghệ')).and.have.length(1);
  });
});
