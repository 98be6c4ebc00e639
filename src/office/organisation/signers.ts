import type { Instance } from '../../engine/instance.js';
import { type Appointment, type Directory, holdsOn, indexOf, type PostOf, postKey } from './directory.js';
import { type Bound, deputiesOf, deputyOf, fieldsOf, granteesOf, grantHolds } from './grants.js';

/**
 * The principal key of whoever may sign for the holder of a post by a written grant. It names the post that gives, not those who were given:
 * a grant made, ended or revoked while a paper waits counts at the next look, without anything being written to the paper.
 */
export function signsKey(unit: string, post: string): string {
  return `signs:${unit}/${post}`;
}

/** The post for whose holder such a key signs; null for any other key. */
export function signedFor(key: string): PostOf | null {
  const [, unit, post] = /^signs:(.+)\/([^/]+)$/.exec(key) ?? [];
  return unit === undefined || post === undefined ? null : { unit, post };
}

/** What a TL. or TUQ. grant gives somebody who holds its post: the key, and the papers for which it is given. */
export interface Signing extends Bound {
  readonly key: string;
  readonly grant: string;
}

/**
 * What the posts that somebody holds let him sign under TL. and TUQ. grants at an instant: of his own post, and as a deputy under a TL. that
 * may be passed on, so far as a field of his reaches.
 */
export function signingsOf(directory: Directory, held: readonly Appointment[], day: string, now: string): readonly Signing[] {
  const holdingTo = (unit: string, post: string) =>
    (indexOf(directory).grantsTo.get(postKey(unit, post)) ?? []).filter(
      (grant) => grant.kind !== 'KT' && grantHolds(directory, grant, day, now),
    );
  return held.flatMap((appointment): readonly Signing[] => {
    const own = holdingTo(appointment.unit, appointment.post).map(
      ({ id, grantor, types, units }): Signing => ({ key: signsKey(grantor.unit, grantor.post), grant: id, types, units }),
    );
    const head = deputyOf(appointment.post);
    if (head === null) return own;
    const fields = fieldsOf(directory, appointment).filter(
      (field) => holdsOn(field, day) && (field.revokedAt === null || now < field.revokedAt),
    );
    const passed = holdingTo(appointment.unit, head)
      .filter(({ passable }) => passable)
      .flatMap(({ id, grantor, types, units }) =>
        fields.flatMap((field): readonly Signing[] => {
          const within = { types: common(types, field.types), units: common(units, field.units) };
          return within.types?.length === 0 || within.units?.length === 0
            ? []
            : [{ key: signsKey(grantor.unit, grantor.post), grant: id, ...within }];
        }),
      );
    return [...own, ...passed];
  });
}

/** The posts that a key means on a day: itself, or for a `signs:` key those that hold a grant; for one paper where `instance` is given. */
export function postKeysOf(
  directory: Directory,
  key: string,
  { day, now = day, instance = null }: { day: string; now?: string; instance?: Pick<Instance, 'context'> | null },
): readonly string[] {
  const grantor = signedFor(key);
  if (grantor === null) return [key];
  const posts =
    instance === null ? everyGranteeOf(directory, grantor, day, now) : granteesOf(directory, grantor, instance, day, now);
  return [...new Set(posts.map(({ unit, post }) => postKey(unit, post)))];
}

/** Whatever the paper: some of them can sign only some. */
function everyGranteeOf(directory: Directory, { unit, post }: PostOf, day: string, now: string): readonly PostOf[] {
  return (indexOf(directory).grantsFrom.get(postKey(unit, post)) ?? [])
    .filter((grant) => grant.kind !== 'KT' && grantHolds(directory, grant, day, now))
    .flatMap(({ grantee, passable }) => [
      grantee,
      ...(passable ? deputiesOf(grantee.post).map((one) => ({ unit: grantee.unit, post: one })) : []),
    ]);
}

/** What two lists have in common, where null is everything. */
export function common(a: readonly string[] | null, b: readonly string[] | null): readonly string[] | null {
  if (a === null) return b;
  return b === null ? a : a.filter((one) => b.includes(one));
}
