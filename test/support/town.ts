import type { Appointment, Directory, Person, Unit } from '../../src/office/organisation/directory.js';
import type { WorkingCalendar } from '../../src/office/time/calendar.js';

/**
 * A small authority for tests on the database. Person ids say what they are: `head-nv` heads unit `nv`, `off-nv` drafts there.
 * Every person is an example.
 */
const validity = { validFrom: '2000-01-01', validTo: null };
const unit = (id: string, name: string, kind: string, parent: string | null = 'ubnd'): Unit => ({
  id,
  name,
  abbreviation: id.toUpperCase(),
  kind,
  parent,
  ...validity,
});

/** A ward as the town has eight of, by its id: `p9` is Phường 9. */
export const ward = (id: string): Unit => unit(id, `Phường ${id.slice(1)}`, 'ward');

const units: readonly Unit[] = [
  unit('ubnd', 'Ủy ban nhân dân (ví dụ)', 'committee', null),
  unit('nv', 'Phòng Nội vụ', 'division'),
  unit('vhtt', 'Phòng Văn hóa và Thông tin', 'division'),
  ...Array.from({ length: 8 }, (_, index) => ward(`p${index + 1}`)),
];

const posts: readonly [person: string, unit: string, post: string][] = [
  ['chair', 'ubnd', 'chair'],
  ['deputy', 'ubnd', 'deputyChair'],
  ['form', 'ubnd', 'formChecker'],
  ['clerk', 'ubnd', 'clerk'],
  ['cons', 'ubnd', 'consolidator'],
  ['cons', 'nv', 'officer'],
  ['audit', 'ubnd', 'auditor'],
  ['admin', 'ubnd', 'administrator'],
  ['head-nv', 'nv', 'head'],
  ['off-nv', 'nv', 'officer'],
  ['head-vhtt', 'vhtt', 'head'],
  ['off-vhtt', 'vhtt', 'officer'],
  ...Array.from({ length: 8 }, (_, index): [string, string, string] => [`head-p${index + 1}`, `p${index + 1}`, 'head']),
];

const calendar: WorkingCalendar = {
  version: 'test',
  restDays: [0, 6],
  holidays: [],
  workingSwaps: [],
  validFrom: '2000-01-01',
  validTo: '2099-12-31',
};

/** The directory of one authority; each test takes an id of its own. */
export function town(authority: string): Omit<Directory, 'revision'> {
  const people: Person[] = [...new Set(posts.map(([person]) => person)), 'stranger'].map((id, index) => ({
    id,
    name: `Người ví dụ ${String(index + 1).padStart(2, '0')}`,
    login: `${authority}-${id}`,
    disabled: false,
  }));
  const appointments: Appointment[] = posts.map(([person, at, post]) => ({
    id: `a-${person}-${at}`,
    person,
    unit: at,
    post,
    title: null,
    acting: false,
    from: '2000-01-01',
    to: null,
  }));
  return {
    authority: {
      id: authority,
      name: 'ỦY BAN NHÂN DÂN QUẬN VÍ DỤ',
      superior: 'UBND THÀNH PHỐ VÍ DỤ',
      place: 'Ví Dụ',
      abbreviation: 'UBND',
      regime: 'collective',
      collectiveName: 'ỦY BAN NHÂN DÂN',
      rootUnit: 'ubnd',
    },
    units,
    people,
    appointments,
    delegations: [],
    grants: [],
    divisions: [
      {
        id: 'division-deputy',
        appointment: 'a-deputy-ubnd',
        fields: ['Văn hóa - xã hội'],
        units: null,
        types: null,
        from: '2000-01-01',
        to: null,
        decision: '12/QĐ-UBND',
      },
    ],
    successions: [],
    lists: [],
    calendar,
  };
}
