import { addDays } from '../time/clock.js';
import { type Consequence, consequence } from './consequence.js';
import {
  type Appointment,
  type Directory,
  type Grant,
  holdsOn,
  indexOf,
  type PostOf,
  postKey,
  type Succession,
} from './directory.js';
import { heirBy, unitHolds } from './lineage.js';
import { carriedId, changesOf, type DirectoryRecords, recordsIn } from './records.js';
import { holdersOn } from './roles.js';

/** What a succession does to the records of the organisation; its open duties are moved by commands. */
export interface SuccessionPlan {
  /** Records to be written; empty where everything has been done. */
  readonly records: DirectoryRecords;
  readonly consequences: readonly Consequence[];
  /** Units that are to take over and do not exist on the day. */
  readonly missing: readonly string[];
}

interface Around {
  readonly directory: Directory;
  readonly succession: Succession;
  /** The day before: the last one of the units that end. */
  readonly last: string;
  /** Who takes over from a unit; itself where it does not end. */
  readonly heirOf: (unit: string) => string;
}

/**
 * Works a succession out against the records as they are. Pure; done twice, the second time finds nothing to write.
 * - The units of `from` end on the day before. What is dated and belongs to them ends with them.
 * - Grants and divisions go on as new records where the same person holds the same post in the successor. TUQ. never does: it rests
 *   on a written act for this unit (NĐ 30/2020/NĐ-CP, Điều 13), and a new one is needed.
 * - A renaming keeps everybody in his post, under a new record.
 * - Lists have the successor in the place of the unit.
 */
export function planSuccession(directory: Directory, succession: Succession): SuccessionPlan {
  const missing = succession.to.filter((unit) => !unitHolds(directory, unit, succession.on));
  const around: Around = {
    directory,
    succession,
    last: addDays(succession.on, -1),
    heirOf: (unit) => (succession.from.includes(unit) ? (heirBy(directory, succession, unit, null) ?? unit) : unit),
  };
  const units = directory.units
    .filter(({ id }) => succession.from.includes(id))
    .map((unit) => ({ ...unit, validTo: earlier(unit.validTo, around.last) }));
  const appointments = appointmentsAfter(around);
  const then: Directory = { ...directory, appointments: merged(directory.appointments, appointments) };
  const grants = directory.grants.flatMap((grant) => grantAfter(around, then, grant));
  const divisions = divisionsAfter(around, then);
  const delegations = delegationsAfter(around, then);
  const lists = directory.lists.map((list) => ({ ...list, units: [...new Set(list.units.map(around.heirOf))] }));
  const changes = changesOf(directory, { units, appointments, grants, divisions, delegations, lists });
  return { records: recordsIn(changes), consequences: [...told(changes), ...unwritten(around)], missing };
}

function told(changes: ReturnType<typeof changesOf>): readonly Consequence[] {
  return changes.map(({ kind, id, before, after }): Consequence => {
    if (kind === 'lists') return consequence('listChanged', { list: id, units: after['units'] as string[] });
    if (kind === 'units') return consequence('unitEnds', { unit: id, to: String(after['validTo']) });
    if (before === null) return consequence('recordCarried', { kind, id, from: String(after['from']) });
    return consequence('recordEnds', { kind, id, to: String(after['to']) });
  });
}

/** Grants that no succession carries over: for them somebody must write and sign a new act. */
function unwritten({ directory, succession, last }: Around): readonly Consequence[] {
  return directory.grants
    .filter((grant) => grant.kind === 'TUQ' && names(grant, succession) && outlives(grant, last) && grant.from <= last)
    .map(({ id, subject, decision }) => consequence('newActNeeded', { grant: id, subject, decision }));
}

function names({ grantor, grantee, units }: Grant, { from }: Succession): boolean {
  return [grantor.unit, grantee.unit, ...(units ?? [])].some((unit) => from.includes(unit));
}

/** Appointments of the units that end; a renaming leaves everybody in his post. */
function appointmentsAfter({ directory, succession, last, heirOf }: Around): readonly Appointment[] {
  return directory.appointments
    .filter((one) => succession.from.includes(one.unit) && outlives(one, last) && one.from <= last)
    .flatMap((one): Appointment[] => {
      const ended = { ...one, to: last };
      const unit = heirOf(one.unit);
      const goesOn = succession.kind === 'rename' && !holdsAt(directory, one.person, { unit, post: one.post }, succession.on);
      return goesOn ? [ended, { ...one, id: carriedId(one.id, succession.id), unit, from: succession.on }] : [ended];
    });
}

/** A grant whose posts or units end: ended, and a new one under the successor where the same persons hold its posts. */
function grantAfter({ directory, succession, last, heirOf }: Around, then: Directory, grant: Grant): readonly Grant[] {
  if (!names(grant, succession) || !outlives(grant, last) || grant.from > last) return [];
  const ended = { ...grant, to: last };
  const move = ({ unit, post }: PostOf): PostOf => ({ unit: heirOf(unit), post });
  const sameHolder = (post: PostOf): boolean =>
    !succession.from.includes(post.unit) ||
    holdersOn(directory, postKey(post.unit, post.post), last).some((person) => holdsAt(then, person, move(post), succession.on));
  if (grant.kind === 'TUQ' || !sameHolder(grant.grantor) || !sameHolder(grant.grantee)) return [ended];
  const units = grant.units === null ? null : [...new Set(grant.units.map(heirOf))];
  const moved = { grantor: move(grant.grantor), grantee: move(grant.grantee), units };
  return [ended, { ...grant, ...moved, id: carriedId(grant.id, succession.id), from: succession.on }];
}

/** Divisions of work of whoever held a post of an ended unit, or had one in his charge. */
function divisionsAfter({ directory, succession, last, heirOf }: Around, then: Directory): Directory['divisions'] {
  const byId = new Map(directory.appointments.map((one) => [one.id, one]));
  return directory.divisions.flatMap((division) => {
    const held = byId.get(division.appointment);
    const ends = held !== undefined && succession.from.includes(held.unit);
    const charged = (division.units ?? []).some((unit) => succession.from.includes(unit));
    if ((!ends && !charged) || !outlives(division, last) || division.from > last) return [];
    const ended = { ...division, to: last };
    const appointment = ends
      ? appointmentAt(then, held.person, { unit: heirOf(held.unit), post: held.post }, succession.on)
      : held;
    if (appointment === undefined) return [ended];
    const units = division.units === null ? null : [...new Set(division.units.map(heirOf))];
    const id = carriedId(division.id, succession.id);
    return [ended, { ...division, id, appointment: appointment.id, units, from: succession.on }];
  });
}

/** Delegations of whoever held posts in the ended units alone: without a post nobody has anything to lend. */
function delegationsAfter({ directory, succession, last, heirOf }: Around, then: Directory): Directory['delegations'] {
  const held = indexOf(directory).appointmentsOf;
  return directory.delegations.flatMap((delegation) => {
    const posts = (held.get(delegation.delegator) ?? []).filter(
      (one) => holdsOn(one, last) && unitHolds(directory, one.unit, last),
    );
    const allEnd = posts.length > 0 && posts.every(({ unit }) => succession.from.includes(unit));
    if (!allEnd || !outlives(delegation, last) || delegation.from > last || delegation.revokedAt !== null) return [];
    const ended = { ...delegation, to: last };
    const goesOn = posts.some(({ unit, post }) =>
      holdsAt(then, delegation.delegator, { unit: heirOf(unit), post }, succession.on),
    );
    return goesOn ? [ended, { ...delegation, id: carriedId(delegation.id, succession.id), from: succession.on }] : [ended];
  });
}

function outlives({ to }: { readonly to: string | null }, day: string): boolean {
  return to === null || to > day;
}

function earlier(one: string | null, other: string): string {
  return one !== null && one < other ? one : other;
}

function appointmentAt(directory: Directory, person: string, { unit, post }: PostOf, day: string): Appointment | undefined {
  return (indexOf(directory).appointmentsAt.get(postKey(unit, post)) ?? []).find(
    (one) => one.person === person && holdsOn(one, day),
  );
}

function holdsAt(directory: Directory, person: string, post: PostOf, day: string): boolean {
  return appointmentAt(directory, person, post, day) !== undefined;
}

function merged<T extends { readonly id: string }>(records: readonly T[], more: readonly T[]): readonly T[] {
  const fresh = new Map(more.map((record) => [record.id, record]));
  const kept = records.map((record) => fresh.get(record.id) ?? record);
  const known = new Set(records.map(({ id }) => id));
  return [...kept, ...more.filter(({ id }) => !known.has(id))];
}
