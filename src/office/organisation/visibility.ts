import type { Instance } from '../../engine/instance.js';
import { dayOf } from '../time/clock.js';
import { delegationHolds, reachesInstance, type Scope } from './delegations.js';
import { type Directory, indexOf, personKey, postKey } from './directory.js';
import { holdsMatter, matterOf } from './grants.js';
import { posts } from './posts.js';
import { isInForce } from './roles.js';
import { common, type Signing, signingsOf } from './signers.js';

/** Who reads: a person's own principal keys, and those lent by delegation, at one instant. */
export interface Reader {
  readonly authority: string;
  readonly person: string;
  readonly keys: readonly string[];
  /** What grants let him sign for others: he reads those papers, and no more of the grantor's. */
  readonly signings: readonly Signing[];
  /** One for each delegation in force. */
  readonly lent: readonly Lent[];
  readonly readsAll: boolean;
  readonly administers: boolean;
}

/** The keys that a delegation lends, and for what. */
export interface Lent extends Scope {
  /** The delegation's id. */
  readonly delegation: string;
  readonly delegator: string;
  readonly keys: readonly string[];
  readonly signings: readonly Signing[];
}

/** The reader that a person is at an instant; somebody unknown or disabled reads nothing. */
export function readerOf(directory: Directory, person: string, now: string): Reader {
  const index = indexOf(directory);
  const known = index.person.get(person)?.disabled === false;
  const held = known ? appointmentsOf(directory, person, dayOf(now)) : [];
  const lent = known
    ? (index.delegationsTo.get(person) ?? [])
        .filter((delegation) => delegationHolds(directory, delegation, now))
        .map(
          ({ id, delegator, definitions, types, commands }): Lent => ({
            delegation: id,
            delegator,
            keys: keysOf(directory, delegator, dayOf(now)),
            signings: signingsOf(directory, appointmentsOf(directory, delegator, dayOf(now)), dayOf(now), now),
            definitions,
            types,
            commands,
          }),
        )
    : [];
  return {
    authority: directory.authority.id,
    person,
    keys: known ? keysOf(directory, person, dayOf(now)) : [],
    signings: signingsOf(directory, held, dayOf(now), now),
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
  /** The type of paper; null for what has none. */
  readonly type: string | null;
  /** The unit that drafts it; null where none does. */
  readonly unit: string | null;
  readonly readers: readonly string[];
}

/** What of an instance decides who reads it. */
export function readableOf(
  { authority, definition, context }: Pick<Instance, 'authority' | 'definition' | 'context'>,
  readers: readonly string[],
): Readable {
  const { type, unit } = matterOf({ context });
  return { authority, definition: definition.id, type, unit, readers };
}

/**
 * What a person may read is decided here and nowhere else; `readFilter` is the same rule for lists, and a test holds them equal.
 * A delegation lends reading by definition and type. Its commands bound what is done, not what is read: who is to decide has to see how a
 * paper came to him and what became of it.
 */
export function mayRead(reader: Reader, instance: Readable): boolean {
  if (instance.authority !== reader.authority) return false;
  if (reader.readsAll) return true;
  if (readsBy(reader, instance)) return true;
  return reader.lent.some((group) => reachesInstance(group, instance.definition, instance.type) && readsBy(group, instance));
}

function readsBy({ keys, signings }: Pick<Reader, 'keys' | 'signings'>, { readers, type, unit }: Readable): boolean {
  return (
    readers.some((key) => keys.includes(key)) ||
    signings.some((signing) => readers.includes(signing.key) && holdsMatter(signing, { type, unit }))
  );
}

/** A set of conditions of which one must hold; the store turns it into a filter. Never made from a caller's input. */
export interface ReadFilter {
  readonly authority: string;
  /** Null: everything of the authority. An empty list: nothing. */
  readonly anyOf: readonly ReadGroup[] | null;
}

interface ReadGroup extends Pick<Scope, 'definitions' | 'types'> {
  readonly keys: readonly string[];
  /** Drafting units; null is all. */
  readonly units: readonly string[] | null;
}

/** The rule of `mayRead` as conditions for a query. */
export function readFilter(reader: Reader): ReadFilter {
  if (reader.readsAll) return { authority: reader.authority, anyOf: null };
  const own = reader.keys.length > 0 ? groupsOf(reader, EVERYTHING) : [];
  const lent = reader.lent.flatMap((group) => groupsOf(group, group));
  return { authority: reader.authority, anyOf: [...own, ...lent] };
}

const EVERYTHING: Pick<Scope, 'definitions' | 'types'> = { definitions: null, types: null };

/** One group for what is read by key, and one for each bound within which something may be signed. */
function groupsOf(
  { keys, signings }: Pick<Reader, 'keys' | 'signings'>,
  { definitions, types }: Pick<Scope, 'definitions' | 'types'>,
): readonly ReadGroup[] {
  const bounded = signings
    .map((signing) => ({ keys: [signing.key], definitions, types: common(types, signing.types), units: signing.units }))
    .filter((group) => group.types?.length !== 0);
  return [{ keys, definitions, types, units: null }, ...bounded];
}
