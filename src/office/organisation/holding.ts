import { dayOf } from '../time/clock.js';
import { delegationHolds } from './delegations.js';
import {
  type Appointment,
  type Delegation,
  type Directory,
  type Division,
  type Grant,
  holdsOn,
  indexOf,
  postKey,
} from './directory.js';
import { isInForce } from './roles.js';

/** Somebody who holds a post at an instant, and the record that says so. */
export interface Holder {
  readonly person: string;
  /** In force: by it he holds the post. */
  readonly by: Appointment;
  /** Holds the post but is shut out: nobody acts in it through him. */
  readonly disabled: boolean;
}

/** Everything that a person holds at an instant, each by its record. */
export interface Holdings {
  readonly posts: readonly Appointment[];
  /** He may act for the delegator. */
  readonly received: readonly Delegation[];
  /** Others may act for him. */
  readonly given: readonly Delegation[];
  /** Written authority to sign that his posts give him, by post. */
  readonly grants: readonly Grant[];
  readonly divisions: readonly Division[];
}

/** Who holds a post (`post:unit/post`) at an instant, and by which record; regular holders before acting ones. Empty: vacant. */
export function holdersAt(directory: Directory, key: string, instant: string): readonly Holder[] {
  const { appointmentsAt, person } = indexOf(directory);
  const day = dayOf(instant);
  return (appointmentsAt.get(key) ?? [])
    .filter((one) => isInForce(directory, one, day))
    .map((by) => ({ person: by.person, by, disabled: person.get(by.person)?.disabled !== false }))
    .sort((a, b) => Number(a.by.acting) - Number(b.by.acting));
}

/** What a person holds at an instant, and by which records; one who is unknown or disabled holds nothing that counts. */
export function holdingsOf(directory: Directory, person: string, instant: string): Holdings {
  const index = indexOf(directory);
  if (index.person.get(person)?.disabled !== false) return { posts: [], received: [], given: [], grants: [], divisions: [] };
  const day = dayOf(instant);
  const posts = (index.appointmentsOf.get(person) ?? []).filter((one) => isInForce(directory, one, day));
  const grants = posts.flatMap(({ unit, post }) => index.grantsTo.get(postKey(unit, post)) ?? []);
  return {
    posts,
    received: (index.delegationsTo.get(person) ?? []).filter((one) => delegationHolds(directory, one, instant)),
    given: (index.delegationsFrom.get(person) ?? []).filter((one) => delegationHolds(directory, one, instant)),
    grants: [...new Set(grants)].filter(
      (grant) => holdsOn(grant, day) && (grant.revokedAt === null || instant < grant.revokedAt),
    ),
    divisions: posts.flatMap(({ id }) => index.divisionsOf.get(id) ?? []).filter((one) => holdsOn(one, day)),
  };
}

/** The posts of a unit that somebody has held and nobody who can act holds at an instant. */
export function vacantPosts(directory: Directory, unit: string, instant: string): readonly string[] {
  const day = dayOf(instant);
  const known = directory.appointments.filter((one) => one.unit === unit && one.from <= day).map(({ post }) => post);
  return [...new Set(known)]
    .filter((post) => holdersAt(directory, postKey(unit, post), instant).every(({ disabled }) => disabled))
    .sort();
}
