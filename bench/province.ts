import type {
  Appointment,
  Delegation,
  Directory,
  Grant,
  Person,
  Succession,
  Unit,
} from '../src/office/organisation/directory.js';
import { town } from './town.js';

/** How large a directory is to be. */
export interface ProvinceSize {
  /** The communes; beside them stand the authority itself and its divisions. */
  readonly communes: number;
  readonly people: number;
  readonly appointments: number;
}

/** A province with its communes: 480 units, 6,000 people, 8,000 appointments. */
export const provinceSize: ProvinceSize = { communes: 463, people: 6_000, appointments: 8_000 };

/** The day on which the wards of `wardsMerging` become one. */
export const mergeDay = '2026-07-01';

const divisions = 15;
const leading = ['head', 'deputyHead', 'clerk'] as const;
const from = '2000-01-01';

const unit = (id: string, name: string, kind: string, parent: string | null, validFrom = from): Unit => ({
  id,
  name,
  abbreviation: id.toUpperCase(),
  kind,
  parent,
  validFrom,
  validTo: null,
});

/**
 * The directory of a province. Each unit has a head, a deputy and a clerk, and officers fill it up; one in four people holds a second post.
 * The chairman's orders (TL.) go to every head, and every tenth person has a deputy by delegation.
 */
export function province(authority: string, size: ProvinceSize = provinceSize): Omit<Directory, 'revision'> {
  const units = [
    unit('tinh', 'Ủy ban nhân dân tỉnh Ví Dụ', 'committee', null),
    ...numbers(divisions).map((n) => unit(`so${n}`, `Sở ví dụ ${n}`, 'division', 'tinh')),
    ...numbers(size.communes).map((n) => unit(`xa${n}`, `Xã ví dụ ${n}`, 'commune', 'tinh')),
    unit('moi', 'Xã ví dụ mới', 'commune', 'tinh', mergeDay),
  ];
  const people = numbers(size.people).map(
    (n): Person => ({ id: `n${n}`, name: `Người ví dụ ${n}`, login: `${authority}-n${n}`, disabled: false }),
  );
  const appointments = appointmentsIn(units, size);
  const heads = units.filter(({ kind }) => kind === 'commune').map(({ id }) => id);
  return {
    ...town,
    authority: { ...town.authority, id: authority, rootUnit: 'tinh', name: 'ỦY BAN NHÂN DÂN TỈNH VÍ DỤ' },
    units,
    people,
    appointments,
    grants: heads.map((id, index) => orderFor(id, index + 1)),
    delegations: numbers(Math.floor(size.people / 10)).map((n) => delegationOf(n)),
    divisions: [],
    successions: [],
    lists: [{ id: 'xa', name: 'Các xã', units: heads.slice(0, size.communes) }],
  };
}

/** The decision that makes one commune of the first so many. */
export function merging(count: number): Succession {
  const decision = 'Nghị quyết 1/NQ (ví dụ)';
  return {
    id: 'nhap',
    kind: 'merge',
    from: numbers(count).map((n) => `xa${n}`),
    to: ['moi'],
    on: mergeDay,
    shares: [],
    decision,
  };
}

function numbers(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}

function appointmentsIn(units: readonly Unit[], size: ProvinceSize): readonly Appointment[] {
  const root = ['chair', 'deputyChair', 'formChecker', 'clerk', 'consolidator', 'administrator'].map((post) => ['tinh', post]);
  const led = units.slice(1).flatMap(({ id }) => leading.map((post) => [id, post]));
  const officers = numbers(size.appointments).map((n) => [units[1 + (n % (units.length - 2))]?.id, 'officer']);
  return [...root, ...led, ...officers].slice(0, size.appointments).map(
    ([at = '', post = ''], index): Appointment => ({
      id: `b${index + 1}`,
      person: `n${(index % size.people) + 1}`,
      unit: at,
      post,
      title: null,
      acting: false,
      from: at === 'moi' ? mergeDay : from,
      to: null,
    }),
  );
}

function orderFor(id: string, n: number): Grant {
  return {
    id: `tl${n}`,
    kind: 'TL',
    grantor: { unit: 'tinh', post: 'chair' },
    grantee: { unit: id, post: 'head' },
    types: ['GM'],
    units: null,
    subject: 'Giấy mời họp',
    from,
    to: null,
    revokedAt: null,
    passable: false,
    decision: 'Quy chế làm việc (ví dụ)',
  };
}

function delegationOf(n: number): Delegation {
  return {
    id: `uq${n}`,
    delegator: `n${n * 2}`,
    delegate: `n${n * 2 + 1}`,
    definitions: null,
    types: null,
    commands: null,
    from: '2026-01-01',
    to: '2026-12-31',
    revokedAt: null,
    reason: 'Đi công tác',
  };
}
