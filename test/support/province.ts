import { open } from '../../src/commands/open.js';
import type { Instance } from '../../src/engine/instance.js';
import type { Appointment, Directory, Person, Succession, Unit } from '../../src/office/organisation/directory.js';
import type { TestApplication } from './application.js';
import { town } from './town.js';

/** The day on which the district level of these tests ends. */
export const reformDay = '2025-07-01';
export const reformInstant = '2025-07-01T02:00:00.000Z';
export const dayBefore = '2025-06-30T02:00:00.000Z';

const unit = (id: string, name: string, kind: string, parent: string | null, validFrom = '2000-01-01'): Unit => ({
  id,
  name,
  abbreviation: id.toUpperCase(),
  kind,
  parent,
  validFrom,
  validTo: null,
});

const appointment = (person: string, at: string, post: string, from = '2000-01-01'): Appointment => ({
  id: `a-${person}-${at}`,
  person,
  unit: at,
  post,
  title: null,
  acting: false,
  from,
  to: null,
});

/** The new commune of a ward: four wards to each. */
export const communeOf = (ward: number): string => `x${Math.ceil(ward / 4)}`;

/**
 * A province with one district and so many wards under it, as it stood before the reform: new communes, with the heads they will have, are
 * recorded from its day on. Every fourth ward's head leads the new commune. Kinds and levels are words of these records alone.
 */
export function province(authority: string, wards: number): Omit<Directory, 'revision'> {
  const communes = Array.from({ length: Math.ceil(wards / 4) }, (_, index) => index + 1);
  const numbers = Array.from({ length: wards }, (_, index) => index + 1);
  const base = town(authority);
  const appointments = [
    appointment('chair', 'tinh', 'chair'),
    appointment('deputy', 'tinh', 'deputyChair'),
    appointment('cons', 'tinh', 'consolidator'),
    appointment('clerk', 'tinh', 'clerk'),
    appointment('admin', 'tinh', 'administrator'),
    appointment('district-head', 'quan', 'head'),
    ...numbers.map((n) => appointment(`head-w${n}`, `w${n}`, 'head')),
    ...communes.map((n) => appointment(`head-w${n * 4 - 3}`, `x${n}`, 'head', reformDay)),
  ];
  const people = [...new Set(appointments.map(({ person }) => person))].map(
    (id, index): Person => ({ id, name: `Người ví dụ ${index + 1}`, login: `${authority}-${id}`, disabled: false }),
  );
  return {
    ...base,
    authority: { ...base.authority, rootUnit: 'tinh', name: 'ỦY BAN NHÂN DÂN TỈNH VÍ DỤ' },
    units: [
      unit('tinh', 'Ủy ban nhân dân tỉnh Ví Dụ', 'committee', null),
      unit('quan', 'Ủy ban nhân dân quận Ví Dụ', 'district', 'tinh'),
      ...numbers.map((n) => unit(`w${n}`, `Phường ${n}`, 'ward', 'quan')),
      ...communes.map((n) => unit(`x${n}`, `Xã ${n}`, 'commune', 'tinh', reformDay)),
    ],
    people,
    appointments,
    lists: [{ id: 'cac-phuong', name: 'Các phường', units: numbers.map((n) => `w${n}`) }],
  };
}

/** The decisions of the reform: wards are merged into communes, and the district ends with nobody in its place. */
export function reform(wards: number): readonly Succession[] {
  const merge = Array.from({ length: Math.ceil(wards / 4) }, (_, index): Succession => {
    const from = Array.from({ length: 4 }, (__, step) => index * 4 + step + 1).filter((ward) => ward <= wards);
    return {
      id: `nhap-x${index + 1}`,
      kind: 'merge',
      from: from.map((ward) => `w${ward}`),
      to: [`x${index + 1}`],
      on: reformDay,
      shares: [],
      decision: `Nghị quyết ${index + 1}/NQ (ví dụ)`,
    };
  });
  const abolish: Succession = {
    id: 'bo-quan',
    kind: 'abolish',
    from: ['quan'],
    to: [],
    on: reformDay,
    shares: [],
    decision: 'Nghị quyết 100/NQ (ví dụ)',
  };
  return [...merge, abolish];
}

/** Opens the report of a unit for a period, as the engine does for the period: the tests of the organisation need no more of the tree. */
export async function openReport(app: TestApplication, authority: string, unitId: string, key: string): Promise<Instance> {
  const outcome = await open(app.deps, {
    authority,
    definition: 'report',
    context: {
      plan: `${authority}.plan`,
      obligation: `${authority}.obligation`,
      title: `Báo cáo ${key}`,
      period: '2025-Q3',
      form: 'f'.repeat(64),
      unit: unitId,
      forUnit: unitId,
      cutOff: '2025-09-14T16:59:59.999Z',
      dueOn: '2025-09-25',
    },
    parent: { id: `${authority}.period`, kind: 'report', key },
    actor: 'system',
    key: `report-${key}`,
  });
  if (outcome.kind !== 'accepted') throw new Error(JSON.stringify(outcome));
  return outcome.instance;
}
