import type { Appointment, Directory, Unit } from '../src/office/organisation/directory.js';

export const authority = 'bench';

const validity = { validFrom: '2000-01-01', validTo: null };
const unit = (id: string, name: string, kind: string, parent: string | null): Unit => ({
  id,
  name,
  abbreviation: id.toUpperCase(),
  kind,
  parent,
  ...validity,
});

const holders: readonly (readonly [person: string, unit: string, post: string])[] = [
  ['officer', 'nv', 'officer'],
  ['head', 'nv', 'head'],
  ['form', 'ubnd', 'formChecker'],
  ['deputy', 'ubnd', 'deputyChair'],
  ['clerk', 'ubnd', 'clerk'],
  ['admin', 'ubnd', 'administrator'],
];

/** The people who carry an approval case; `outsider` holds no post. Every person is an example. */
export const people: readonly string[] = [...holders.map(([person]) => person), 'outsider'];

/** A small authority with one division: just those who take part in a measured case. */
export const town: Omit<Directory, 'revision'> = {
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
  units: [unit('ubnd', 'Ủy ban nhân dân (ví dụ)', 'committee', null), unit('nv', 'Phòng Nội vụ', 'division', 'ubnd')],
  people: people.map((id, index) => ({
    id,
    name: `Người ví dụ ${String(index + 1).padStart(2, '0')}`,
    login: `bench-${id}`,
    disabled: false,
  })),
  appointments: holders.map(
    ([person, at, post]): Appointment => ({
      id: `a-${person}`,
      person,
      unit: at,
      post,
      title: null,
      acting: false,
      from: '2000-01-01',
      to: null,
    }),
  ),
  delegations: [],
  grants: [],
  divisions: [
    {
      id: 'division-deputy',
      appointment: 'a-deputy',
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
  calendar: {
    version: 'bench',
    restDays: [0, 6],
    holidays: [],
    workingSwaps: [],
    validFrom: '2000-01-01',
    validTo: '2099-12-31',
  },
};
