import { idOfChild } from '../../src/commands/open.js';
import type { Directory } from '../../src/office/organisation/directory.js';
import type { PaperContent } from '../../src/office/papers/paper.js';
import { province } from '../province.js';

export interface Size {
  /** Units that report. */
  readonly units: number;
  /** Duties of the plan; each unit carries each. */
  readonly directives: number;
}

export const plan: PaperContent = {
  type: 'KH',
  typeName: 'KẾ HOẠCH',
  issuer: { superior: null, name: 'ỦY BAN NHÂN DÂN TỈNH VÍ DỤ' },
  symbol: 'KH-UBND',
  place: 'Ví Dụ',
  title: 'Thực hiện công tác ví dụ nhiều năm',
  bases: ['Căn cứ chương trình công tác ví dụ;'],
  body: [
    {
      kind: 'paragraph',
      marker: '1.',
      level: 1,
      text: `Các đơn vị tổ chức thực hiện ${'các nội dung ví dụ, '.repeat(40)}và báo cáo.`,
    },
  ],
  recipients: [{ name: 'Các đơn vị', purpose: 'để thực hiện' }],
  archive: 'Lưu: VT',
};

const divisions = 15;
const since = '2000-01-01';

/** People of the authority who take part beside the heads of units. */
export const cast = { chair: 'n1', form: 'n3', clerk: 'n4', consolidator: 'n5', drafter: 'soan' } as const;
export const draftingUnit = 'so1';

export interface World {
  readonly authority: string;
  readonly directory: Omit<Directory, 'revision'>;
  readonly units: readonly string[];
  headOf(unit: string): string;
}

/** The province of `province.ts` with so many units that report, an officer who drafts and the consolidator in the drafting division. */
export function worldOf(authority: string, { units }: Size): World {
  const few = Math.min(divisions, units);
  const base = province(authority, { communes: Math.max(units - few, 1), people: 6_000, appointments: 8_000 });
  const post = (id: string, person: string) => ({
    id,
    person,
    unit: draftingUnit,
    post: 'officer',
    title: null,
    acting: false,
    from: since,
    to: null,
  });
  const directory = {
    ...base,
    people: [...base.people, { id: cast.drafter, name: 'Người ví dụ 0', login: `${authority}-${cast.drafter}`, disabled: false }],
    appointments: [...base.appointments, post('c1', cast.drafter), post('c2', cast.consolidator)],
  };
  const heads = new Map(
    directory.appointments.filter((one) => one.post === 'head').map((one): [string, string] => [one.unit, one.person]),
  );
  const reporting = directory.units.filter(({ id }) => id !== 'tinh' && id !== 'moi').slice(0, units);
  return {
    authority,
    directory,
    units: reporting.map(({ id }) => id),
    headOf(unit) {
      const head = heads.get(unit);
      if (head === undefined) throw new Error(`${unit} has no head`);
      return head;
    },
  };
}

export const code = 'quy';
export const obligationId = (authority: string, planId: string): string =>
  idOfChild(authority, { id: planId, kind: 'obligation', key: code });
export const periodId = (authority: string, obligation: string, period: string): string =>
  idOfChild(authority, { id: obligation, kind: 'period', key: period });

/** `2016-Q1` for 0. */
export const periodOf = (quarter: number): string => `${2016 + Math.floor(quarter / 4)}-Q${(quarter % 4) + 1}`;

/** The last day of a quarter. */
export function lastDayOf(quarter: number): string {
  const year = 2016 + Math.floor(quarter / 4);
  return `${year}-${['03-31', '06-30', '09-30', '12-31'][quarter % 4] ?? '12-31'}`;
}

/** An instant in the morning, so many days after a day. */
export function morning(day: string, days: number, hour = 2): string {
  return new Date(Date.parse(`${day}T00:00:00.000Z`) + days * 86_400_000 + hour * 3_600_000).toISOString();
}
