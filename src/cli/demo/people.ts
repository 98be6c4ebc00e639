import type { Appointment, Person } from '../../office/organisation/directory.js';
import type { PlanReading } from '../../office/reading/planReading.js';

/** The unit that is the authority itself. */
export const rootUnit = 'ubnd';

export interface WorldNote {
  readonly key: 'groupGuessed' | 'signatoryGuessed' | 'capacityReplaced' | 'throughGuessed';
  readonly params: Readonly<Record<string, string | number>>;
}

/** The people with a part of their own, by id. */
export interface Cast {
  readonly drafter: string;
  /** Head of the drafting unit. */
  readonly head: string;
  /** Stands in for the head by delegation. */
  readonly deputyHead: string;
  readonly formChecker: string;
  readonly signatory: string;
  readonly clerk: string;
  readonly consolidator: string;
}

export interface Crowd {
  readonly people: Person[];
  readonly appointments: Appointment[];
  /** A new person: a marked example, unless a name stands in the paper. */
  person(name?: string): string;
  appoint(person: string, unit: string, post: string, title?: string | null, acting?: boolean): void;
}

/** People and their appointments, all from one day on. */
export function makeCrowd(from: string): Crowd {
  const people: Person[] = [];
  const appointments: Appointment[] = [];
  let examples = 0;
  return {
    people,
    appointments,
    person(name) {
      if (name === undefined) examples += 1;
      const id = name === undefined ? `vidu${String(examples).padStart(2, '0')}` : 'nguoiky';
      people.push({ id, name: name ?? `Người ví dụ ${String(examples).padStart(2, '0')}`, login: id, disabled: false });
      return id;
    },
    appoint(person, unit, post, title = null, acting = false) {
      appointments.push({
        id: `bn-${String(appointments.length + 1).padStart(3, '0')}`,
        person,
        unit,
        post,
        title,
        acting,
        from,
        to: null,
      });
    },
  };
}

/** The signatory in the post of the signature block. By order (TL.) and by authorisation (TUQ.) the chairman signs in his place. */
export function signatoryOf(reading: PlanReading, crowd: Crowd, notes: WorldNote[]): { signatory: string } {
  const { capacity, title, name } = reading.signature;
  if (name === null) notes.push({ key: 'signatoryGuessed', params: {} });
  const lent = /^(?:TL|TUQ)\s*\./u.test(capacity ?? '');
  if (lent) {
    notes.push({ key: 'capacityReplaced', params: { capacity: capacity ?? '' } });
    const chair = crowd.person();
    crowd.appoint(chair, rootUnit, 'chair');
    return { signatory: chair };
  }
  const signatory = crowd.person(name ?? undefined);
  const above = /^KT\s*\.\s*(.+)$/u.exec(capacity ?? '')?.[1];
  if (above !== undefined || title === null) {
    crowd.appoint(signatory, rootUnit, 'deputyChair', title);
    crowd.appoint(crowd.person(), rootUnit, 'chair', above ?? null);
  } else {
    const acting = /^Q\s*\.\s*/u.exec(title);
    crowd.appoint(signatory, rootUnit, 'chair', acting ? title.slice(acting[0].length) : title, acting !== null);
  }
  return { signatory };
}

/** Everyone else with a part of his own; all of them marked examples. */
export function officersOf(crowd: Crowd, drafting: string, office: string | undefined): Omit<Cast, 'signatory'> {
  const cast = {
    head: crowd.person(),
    deputyHead: crowd.person(),
    drafter: crowd.person(),
    consolidator: crowd.person(),
    formChecker: crowd.person(),
    clerk: crowd.person(),
  };
  crowd.appoint(cast.deputyHead, drafting, 'deputyHead');
  crowd.appoint(cast.drafter, drafting, 'officer');
  crowd.appoint(cast.consolidator, drafting, 'officer');
  crowd.appoint(cast.consolidator, rootUnit, 'consolidator');
  crowd.appoint(cast.formChecker, rootUnit, 'formChecker');
  crowd.appoint(cast.clerk, rootUnit, 'clerk');
  if (office !== undefined) for (const person of [cast.formChecker, cast.clerk]) crowd.appoint(person, office, 'officer');
  const overseer = crowd.person();
  for (const post of ['auditor', 'administrator']) crowd.appoint(overseer, rootUnit, post);
  return cast;
}
