import type { PaperSettings } from '../papers/paperSettings.js';
import type { WorkingCalendar } from '../time/calendar.js';
import type { CalendarInForce } from '../time/calendarVersions.js';
import { byIds, groupBy, groupByEach, grouped, once } from './lookups.js';

/** The organisation of one authority as recorded: dated, never overwritten. Days are `yyyy-mm-dd`, `to` days inclusive. */
export interface Directory {
  readonly authority: Authority;
  readonly units: readonly Unit[];
  readonly people: readonly Person[];
  readonly appointments: readonly Appointment[];
  readonly delegations: readonly Delegation[];
  readonly grants: readonly Grant[];
  readonly divisions: readonly Division[];
  readonly successions: readonly Succession[];
  readonly lists: readonly DistributionList[];
  /** The calendar in force. */
  readonly calendar: WorkingCalendar;
  /** Which version was in force from when; missing where there has been only one. */
  readonly calendars?: readonly CalendarInForce[];
  /** Grows with every change of any record. */
  readonly revision: number;
}

/** A People's Committee (or another body) that owns data: the tenant. */
export interface Authority {
  /** Short name in ids and addresses: `^[a-z][a-z0-9-]{1,30}$`. */
  readonly id: string;
  /** As printed: `ỦY BAN NHÂN DÂN QUẬN GÒ VẤP`. */
  readonly name: string;
  readonly superior: string | null;
  readonly place: string;
  /** In symbols: `UBND`. */
  readonly abbreviation: string;
  /** Collective bodies sign TM.; a head signs for himself (NĐ 30/2020, Điều 13). */
  readonly regime: 'collective' | 'head';
  /** Named after TM.: `ỦY BAN NHÂN DÂN`. */
  readonly collectiveName: string;
  /** The unit that is the authority itself: posts `of: "authority"` are posts of this unit. */
  readonly rootUnit: string;
  /** What the authority decided about its papers; without it the usual settings hold (paperSettings.ts). */
  readonly papers?: PaperSettings;
}

export interface Unit {
  readonly id: string;
  readonly name: string;
  readonly abbreviation: string;
  /** For example `committee`, `division`, `office`, `inspectorate`, `ward`. Data, not code: no level is hard-wired. */
  readonly kind: string;
  readonly parent: string | null;
  readonly validFrom: string;
  readonly validTo: string | null;
  /** Nobody of the unit uses the system: the authority's clerk (văn thư) enters what it says, with the paper that says so. */
  readonly servedBy?: ServingPost | null;
}

/** The posts of the authority that may enter what a unit without accounts says. */
export const servingPosts = ['clerk'] as const;
export type ServingPost = (typeof servingPosts)[number];

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly login: string;
  readonly disabled: boolean;
}

export interface Appointment {
  readonly id: string;
  readonly person: string;
  readonly unit: string;
  /** A post of the catalogue. */
  readonly post: string;
  /** As printed in a signature block, where it differs from the post's usual title. */
  readonly title: string | null;
  /** Put in charge without being appointed (Q.). */
  readonly acting: boolean;
  readonly from: string;
  readonly to: string | null;
}

/** A may act for B. Does not reach further: what a delegate holds by delegation he cannot pass on. */
export interface Delegation {
  readonly id: string;
  readonly delegator: string;
  readonly delegate: string;
  /** Definition ids; null is all. */
  readonly definitions: readonly string[] | null;
  /** Types of paper (`KH`, `QĐ`); null is all. What has no type is covered only by null. */
  readonly types: readonly string[] | null;
  /** Commands; null is all. */
  readonly commands: readonly string[] | null;
  /** Days, both inclusive. */
  readonly from: string;
  readonly to: string;
  /** Instant of revocation, or null. */
  readonly revokedAt: string | null;
  readonly reason: string;
}

/** A post of a unit, whoever holds it. */
export interface PostOf {
  readonly unit: string;
  readonly post: string;
}

/**
 * Written authority to sign for the holder of a post (NĐ 30/2020/NĐ-CP, Điều 13).
 * KT.: the head gives a deputy some of his own matters. TL.: the regulations let the head of a unit sign some types; he may pass it to
 * a deputy where they say so. TUQ.: in special cases, to the head of a body or unit inside, bounded in time and content, never passed on.
 */
export interface Grant {
  readonly id: string;
  readonly kind: 'KT' | 'TL' | 'TUQ';
  readonly grantor: PostOf;
  readonly grantee: PostOf;
  /** Types of paper; null where the act does not bound them by type, which a TL. must. */
  readonly types: readonly string[] | null;
  /** Drafting units whose papers are meant; null is all. */
  readonly units: readonly string[] | null;
  /** The content in the words of the act. A TUQ. is bounded by types, units, or both. */
  readonly subject: string;
  readonly from: string;
  /** The last day; null only where the regulations are the source (TL.). */
  readonly to: string | null;
  readonly revokedAt: string | null;
  /** TL. alone: the grantee's deputy may sign KT. under it. */
  readonly passable: boolean;
  /** The act: number, symbol, day. */
  readonly decision: string;
}

/** The recorded division of work (phân công công tác): in which matters a deputy signs KT. without being asked each time. */
export interface Division {
  readonly id: string;
  /** The deputy's appointment. */
  readonly appointment: string;
  /** The fields in the words of the decision. */
  readonly fields: readonly string[];
  /** Drafting units in his charge; null is all. */
  readonly units: readonly string[] | null;
  /** Types of paper; null is all. */
  readonly types: readonly string[] | null;
  readonly from: string;
  readonly to: string | null;
  readonly decision: string;
}

/**
 * What becomes of units: those in `from` end on the day before `on`, those in `to` exist from `on` (a unit that takes another in may be
 * older). Open duties, grants and places in lists go to the first of `to`, but for what `shares` names; an abolition with nobody in `to`
 * leaves them to the unit above.
 */
export interface Succession {
  readonly id: string;
  readonly kind: 'merge' | 'split' | 'rename' | 'abolish';
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly on: string;
  /** Open instances of a definition that go to another successor. */
  readonly shares: readonly { readonly definition: string; readonly to: string }[];
  readonly decision: string;
}

/** A named list of recipients that papers are sent to. */
export interface DistributionList {
  readonly id: string;
  readonly name: string;
  readonly units: readonly string[];
}

/** Whether a dated record holds on a day. */
export function holdsOn(record: { readonly from: string; readonly to: string | null }, day: string): boolean {
  return record.from <= day && (record.to === null || day <= record.to);
}

/** Look-up tables of a directory, each built when it is first asked for: nothing that one claim asks may walk all records. */
export interface DirectoryIndex {
  readonly unit: ReadonlyMap<string, Unit>;
  readonly person: ReadonlyMap<string, Person>;
  readonly appointment: ReadonlyMap<string, Appointment>;
  readonly appointmentsOf: ReadonlyMap<string, readonly Appointment[]>;
  readonly appointmentsAt: ReadonlyMap<string, readonly Appointment[]>;
  readonly appointmentsIn: ReadonlyMap<string, readonly Appointment[]>;
  readonly delegation: ReadonlyMap<string, Delegation>;
  readonly delegationsTo: ReadonlyMap<string, readonly Delegation[]>;
  readonly delegationsFrom: ReadonlyMap<string, readonly Delegation[]>;
  readonly grantsTo: ReadonlyMap<string, readonly Grant[]>;
  /** By id. */
  readonly grantsFrom: ReadonlyMap<string, readonly Grant[]>;
  readonly divisionsOf: ReadonlyMap<string, readonly Division[]>;
  /** By each unit that ends by it. */
  readonly successionsFrom: ReadonlyMap<string, readonly Succession[]>;
}

const indexes = new WeakMap<Directory, DirectoryIndex>();

/** Look-up tables of a directory; one set for each snapshot. */
export function indexOf(directory: Directory): DirectoryIndex {
  const index = indexes.get(directory) ?? newIndex(directory);
  indexes.set(directory, index);
  return index;
}

// A search for a way out supposes a record more hundreds of times: what is made of a list holds for every directory that has this list.
const unitById = byIds<Unit>();
const personById = byIds<Person>();
const appointmentById = byIds<Appointment>();
const delegationById = byIds<Delegation>();
const byPerson = grouped<Appointment>(({ person }) => person);
const byPost = grouped<Appointment>(({ unit, post }) => postKey(unit, post));
const byUnit = grouped<Appointment>(({ unit }) => unit);
const byDelegate = grouped<Delegation>(({ delegate }) => delegate);
const byDelegator = grouped<Delegation>(({ delegator }) => delegator);
const byGrantee = grouped<Grant>(({ grantee }) => postKey(grantee.unit, grantee.post));
const byAppointment = grouped<Division>(({ appointment }) => appointment);
const firstId = (a: { readonly id: string }, b: { readonly id: string }): number => (a.id < b.id ? -1 : 1);

function newIndex({ units, people, appointments, delegations, grants, divisions, successions }: Directory): DirectoryIndex {
  const parts = {
    unit: () => unitById(units),
    person: () => personById(people),
    appointment: () => appointmentById(appointments),
    appointmentsOf: () => byPerson(appointments),
    appointmentsAt: () => byPost(appointments),
    appointmentsIn: () => byUnit(appointments),
    delegation: () => delegationById(delegations),
    delegationsTo: () => byDelegate(delegations),
    delegationsFrom: () => byDelegator(delegations),
    grantsTo: () => byGrantee(grants),
    grantsFrom: () => groupBy(grants.toSorted(firstId), ({ grantor }) => postKey(grantor.unit, grantor.post)),
    divisionsOf: () => byAppointment(divisions),
    successionsFrom: () => groupByEach(successions, ({ from }) => from),
  };
  const index = {};
  for (const [name, make] of Object.entries<() => unknown>(parts))
    Object.defineProperty(index, name, { get: once(make), enumerable: true });
  return index as DirectoryIndex;
}

/** The principal key of a post: it outlives its holders, so a change of staff moves no instance. */
export function postKey(unit: string, post: string): string {
  return `post:${unit}/${post}`;
}

/** The principal key of a person. */
export function personKey(person: string): string {
  return `person:${person}`;
}
