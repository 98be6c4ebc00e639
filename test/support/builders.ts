import type { Instance } from '../../src/engine/instance.js';
import { hashOf } from '../../src/engine/json.js';
import type {
  Appointment,
  Delegation,
  Directory,
  Division,
  Grant,
  Person,
  Unit,
} from '../../src/office/organisation/directory.js';
import type { Preparation } from '../../src/office/papers/preparation.js';
import type { WorkingCalendar } from '../../src/office/time/calendar.js';

/** A Tuesday morning in Asia/Ho_Chi_Minh, four days before the Lunar New Year. */
export const tuesday = '2010-02-09T02:00:00.000Z';
/** 23:30 of the same day there, and 16:30 of it in UTC. */
export const tuesdayLate = '2010-02-09T16:30:00.000Z';
/** 00:30 of the next day there, while UTC still has the day before. */
export const wednesdayEarly = '2010-02-09T17:30:00.000Z';

export const root = 'committee';

const calendar: WorkingCalendar = {
  version: 'test-2010.1',
  restDays: [0, 6],
  holidays: ['2010-02-13', '2010-02-14', '2010-02-15', '2010-02-16', '2010-02-17', '2010-02-18', '2010-02-19'].map((day) => ({
    day,
    name: { vi: 'Tết Nguyên đán', en: 'Lunar New Year' },
    source: 'example',
  })),
  workingSwaps: [],
  validFrom: '2010-01-01',
  validTo: '2010-12-31',
};

const unit = (id: string, name: string, kind: string, parent: string | null = root): Unit => ({
  id,
  name,
  abbreviation: id.toUpperCase(),
  kind,
  parent,
  validFrom: '2005-01-01',
  validTo: null,
});

/** A committee with an office, two divisions and two wards. */
const units: readonly Unit[] = [
  unit(root, 'Ủy ban nhân dân quận Ví Dụ', 'committee', null),
  unit('office', 'Văn phòng', 'office'),
  unit('culture', 'Phòng Văn hóa và Thông tin', 'division'),
  unit('finance', 'Phòng Tài chính - Kế hoạch', 'division'),
  unit('ward1', 'Phường 1', 'ward'),
  unit('ward2', 'Phường 2', 'ward'),
];

/** Who holds what: person, unit, post. The person's id says what he is. */
const holders: readonly (readonly [string, string, string])[] = [
  ['chair', root, 'chair'],
  ['deputy', root, 'deputyChair'],
  ['clerk', root, 'clerk'],
  ['formChecker', root, 'formChecker'],
  ['consolidator', root, 'consolidator'],
  ['auditor', root, 'auditor'],
  ['administrator', root, 'administrator'],
  ['cultureHead', 'culture', 'head'],
  ['cultureDeputy', 'culture', 'deputyHead'],
  ['drafter', 'culture', 'officer'],
  ['colleague', 'culture', 'officer'],
  ['financeHead', 'finance', 'head'],
  ['financeOfficer', 'finance', 'officer'],
  ['ward1Head', 'ward1', 'head'],
  ['ward2Head', 'ward2', 'head'],
];

const person = (id: string, index: number): Person => ({
  id,
  name: `Người ví dụ ${String(index + 1).padStart(2, '0')}`,
  login: id.toLowerCase(),
  disabled: false,
});

export const appointment = (who: string, where: string, post: string, more: Partial<Appointment> = {}): Appointment => ({
  id: `${who}@${where}/${post}`,
  person: who,
  unit: where,
  post,
  title: null,
  acting: false,
  from: '2009-01-01',
  to: null,
  ...more,
});

/** What puts a deputy's appointment in charge of everything, unless told otherwise. */
export const division = (held: string, more: Partial<Division> = {}): Division => ({
  id: `division ${held}`,
  appointment: held,
  fields: ['Văn hóa - xã hội'],
  units: null,
  types: null,
  from: '2009-01-01',
  to: null,
  decision: '12/QĐ-UBND ngày 05/01/2009',
  ...more,
});

/** A TL. of the chairman to the head of the office for invitations, unless told otherwise. */
export const grant = (more: Partial<Grant> = {}): Grant => ({
  id: 'grant-1',
  kind: 'TL',
  grantor: { unit: root, post: 'chair' },
  grantee: { unit: 'office', post: 'head' },
  types: ['GM'],
  units: null,
  subject: 'Giấy mời họp',
  from: '2009-01-01',
  to: null,
  revokedAt: null,
  passable: false,
  decision: 'Quy chế làm việc kèm theo 01/QĐ-UBND ngày 02/01/2009',
  ...more,
});

export const delegation = (delegator: string, delegate: string, more: Partial<Delegation> = {}): Delegation => ({
  id: `${delegator}>${delegate}`,
  delegator,
  delegate,
  definitions: null,
  types: null,
  commands: null,
  from: '2010-02-01',
  to: '2010-02-28',
  revokedAt: null,
  reason: 'Đi công tác',
  ...more,
});

/** The example authority. `stranger` has an account and no post. */
export function directoryOf(more: Partial<Directory> = {}): Directory {
  return {
    authority: {
      id: 'example',
      name: 'ỦY BAN NHÂN DÂN QUẬN VÍ DỤ',
      superior: null,
      place: 'Ví Dụ',
      abbreviation: 'UBND',
      regime: 'collective',
      collectiveName: 'ỦY BAN NHÂN DÂN',
      rootUnit: root,
    },
    units,
    people: [...holders.map(([id]) => id), 'stranger'].map(person),
    appointments: holders.map(([who, where, post]) => appointment(who, where, post)),
    delegations: [],
    grants: [],
    divisions: [division(`deputy@${root}/deputyChair`)],
    successions: [],
    lists: [],
    calendar,
    revision: 1,
    ...more,
  };
}

export const directory = directoryOf();

export function withDelegations(...delegations: readonly Delegation[]): Directory {
  return directoryOf({ delegations });
}

/** Deputy chairmen among them have a division of work. */
export function withAppointments(...more: readonly Appointment[]): Directory {
  const deputies = more.filter(({ post }) => post === 'deputyChair');
  return directoryOf({
    appointments: [...directory.appointments, ...more],
    divisions: [...directory.divisions, ...deputies.map(({ id }) => division(id))],
  });
}

/** A hash that stands for a content: equal texts give equal hashes. */
export const contentOf = (text: string): string => hashOf({ text });

export const firstDraft = contentOf('first draft');
export const secondDraft = contentOf('second draft');

/** What PREPARE brings for the paper of these tests, to be signed by the deputy chairman. */
export function preparation(more: Partial<Preparation> = {}): Preparation {
  return {
    series: 'KH',
    number: 8,
    symbol: 'KH-UBND',
    title: 'Kế hoạch ví dụ',
    year: 2010,
    issuedOn: '2010-02-09',
    prepared: contentOf('print 8'),
    preparedContent: firstDraft,
    signature: deputyBlock,
    code: 'ABCD-EFGH-JKMN-PQRS',
    ...more,
  };
}

export const deputyBlock = {
  authority: 'TM. ỦY BAN NHÂN DÂN',
  capacity: 'KT. CHỦ TỊCH',
  title: 'PHÓ CHỦ TỊCH',
  name: 'Người ví dụ 02',
};

export const chairBlock = { authority: 'TM. ỦY BAN NHÂN DÂN', capacity: null, title: 'CHỦ TỊCH', name: 'Người ví dụ 01' };

/** Contexts with which an instance of each shipped definition begins. */
export const contexts: Readonly<Record<string, Instance['context']>> = {
  document: { drafter: 'drafter', draftingUnit: 'culture', type: 'KH', title: 'Kế hoạch ví dụ' },
  directive: { plan: 'plan-1', clause: '2.1', title: 'Tuyên truyền', dueOn: '2010-03-31' },
  assignment: {
    directive: 'directive-1',
    plan: 'plan-1',
    clause: '2.1',
    title: 'Tuyên truyền',
    unit: 'ward1',
    part: 'lead',
    dueOn: '2010-03-31',
  },
  recurring: {
    directive: 'directive-1',
    plan: 'plan-1',
    clause: '3.3',
    title: 'Kiểm tra việc thực hiện',
    unit: 'ward1',
    part: 'lead',
    every: 'quarter',
    from: '2010-01-01',
    until: '2010-12-31',
    next: '2010-Q1',
    opensAt: '2009-12-31T17:00:00.000Z',
  },
  delivery: { paper: 'document-1', title: 'Kế hoạch ví dụ', number: 8, symbol: 'KH-UBND', name: 'Phường 1', unit: 'ward1' },
  incoming: {
    title: 'Về việc ví dụ',
    issuer: 'Sở Nội vụ Ví Dụ',
    codeNumber: '15',
    codeNotation: 'SNV-VP',
    issuedOn: '2010-02-05',
    receivedOn: '2010-02-09',
  },
  opinion: {
    paper: 'document-1',
    title: 'Kế hoạch ví dụ',
    type: 'KH',
    drafter: 'drafter',
    draftingUnit: 'culture',
    asker: 'drafter',
    asked: 'post:finance/head',
    question: 'Kinh phí thực hiện đã phù hợp chưa?',
    dueOn: '2010-02-12',
  },
  obligation: {
    plan: 'plan-1',
    code: 'bao-cao-quy',
    title: 'Báo cáo kết quả thực hiện Kế hoạch ví dụ',
    units: ['ward1', 'ward2'],
    frequency: 'quarter',
    form: 'thuc-hien-ke-hoach',
    nextPeriod: '2010-Q1',
    opensOn: '2010-03-20T17:00:00.000Z',
  },
  period: {
    plan: 'plan-1',
    obligation: 'obligation-1',
    title: 'Báo cáo kết quả thực hiện Kế hoạch ví dụ, quý I năm 2010',
    period: '2010-Q1',
    from: '2010-01-01',
    to: '2010-03-31',
    cutOff: '2010-03-31T16:59:59.999Z',
    dueOn: '2010-04-07',
    consolidateOn: '2010-04-14',
    units: ['ward1', 'ward2'],
    form: hashOf({ text: 'form' }),
    formId: 'thuc-hien-ke-hoach',
    formVersion: 1,
  },
  report: {
    plan: 'plan-1',
    obligation: 'obligation-1',
    title: 'Kế hoạch ví dụ',
    period: '2010-Q1',
    form: hashOf({ text: 'form' }),
    unit: 'ward1',
    forUnit: 'ward1',
    cutOff: '2010-03-31T16:59:59.999Z',
    dueOn: '2010-03-25',
  },
};
