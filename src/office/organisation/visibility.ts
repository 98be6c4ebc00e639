import { dayOf } from '../time/clock.js';
import { delegationHolds } from '../world.js';
import { type Directory, indexOf, personKey, postKey } from './directory.js';
import { posts } from './posts.js';
import { isInForce } from './roles.js';

/** Who reads: a person's own principal keys, and those lent by delegation, at one instant. */
export interface Reader {
  readonly authority: string;
  readonly person: string;
  readonly keys: readonly string[];
  /** One group for each delegation in force. */
  readonly lent: readonly {
    readonly delegator: string;
    readonly keys: readonly string[];
    readonly definitions: readonly string[] | null;
  }[];
  readonly readsAll: boolean;
  readonly administers: boolean;
}

/** The reader that a person is at an instant; somebody unknown or disabled reads nothing. */
export function readerOf(directory: Directory, person: string, now: string): Reader {
  const index = indexOf(directory);
  const known = index.person.get(person)?.disabled === false;
  const held = known ? appointmentsOf(directory, person, dayOf(now)) : [];
  const lent = known
    ? (index.delegationsTo.get(person) ?? [])
        .filter((delegation) => delegationHolds(directory, delegation, now))
        .map(({ delegator, definitions }) => ({ delegator, definitions, keys: keysOf(directory, delegator, dayOf(now)) }))
    : [];
  return {
    authority: directory.authority.id,
    person,
    keys: known ? keysOf(directory, person, dayOf(now)) : [],
    lent,
    readsAll: held.some((appointment) => posts[appointment.post]?.readsAll === true),
    administers: held.some((appointment) => appointment.post === 'administrator'),
  };
}

function appointmentsOf(directory: Directory, person: string, day: string) {
  return (indexOf(directory).appointmentsOf.get(person) ?? []).filter((appointment) => isInForce(directory, appointment, day));
}

function keysOf(directory: Directory, person: string, day: string): readonly string[] {
  return [personKey(person), ...appointmentsOf(directory, person, day).map(({ unit, post }) => postKey(unit, post))];
}

export interface Readable {
  readonly authority: string;
  readonly definition: string;
  readonly readers: readonly string[];
}

/** What a person may read is decided here and nowhere else; `readFilter` is the same rule for lists, and a test holds them equal. */
export function mayRead(reader: Reader, instance: Readable): boolean {
  if (instance.authority !== reader.authority) return false;
  if (reader.readsAll) return true;
  if (instance.readers.some((key) => reader.keys.includes(key))) return true;
  return reader.lent.some(
    (group) =>
      (group.definitions === null || group.definitions.includes(instance.definition)) &&
      instance.readers.some((key) => group.keys.includes(key)),
  );
}

/** A set of conditions of which one must hold; the store turns it into a filter. Never made from a caller's input. */
export interface ReadFilter {
  readonly authority: string;
  /** Null: everything of the authority. An empty list: nothing. */
  readonly anyOf: readonly { readonly keys: readonly string[]; readonly definitions: readonly string[] | null }[] | null;
}

/** The rule of `mayRead` as conditions for a query. */
export function readFilter(reader: Reader): ReadFilter {
  if (reader.readsAll) return { authority: reader.authority, anyOf: null };
  const own = reader.keys.length > 0 ? [{ keys: reader.keys, definitions: null }] : [];
  return { authority: reader.authority, anyOf: [...own, ...reader.lent.map(({ keys, definitions }) => ({ keys, definitions }))] };
}
