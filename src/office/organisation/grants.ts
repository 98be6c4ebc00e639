import type { Instance } from '../../engine/instance.js';
import { type Appointment, type Directory, type Grant, holdsOn, indexOf, type PostOf, postKey } from './directory.js';
import { unitHolds } from './lineage.js';
import { posts } from './posts.js';
import { leadingPost } from './superiors.js';

/** What a paper is about, as far as authority to sign depends on it. */
export interface Matter {
  /** `KH`, `QĐ`; null for what has no type. */
  readonly type: string | null;
  /** The unit that drafts it. */
  readonly unit: string | null;
}

/** The matter of an instance, from its context. */
export function matterOf({ context }: Pick<Instance, 'context'>): Matter {
  const textOr = (value: unknown): string | null => (typeof value === 'string' ? value : null);
  return { type: textOr(context.type), unit: textOr(context.draftingUnit) };
}

/** A bound on types of paper and drafting units; null is no bound. */
export interface Bound {
  readonly types: readonly string[] | null;
  readonly units: readonly string[] | null;
}

/** Whether a bound holds a matter; what is unknown is in no bound. */
export function holdsMatter(bound: Bound, matter: Matter): boolean {
  const among = (list: readonly string[] | null, value: string | null): boolean =>
    list === null || (value !== null && list.includes(value));
  return among(bound.types, matter.type) && among(bound.units, matter.unit);
}

/** What the law does not let a grant be, whatever its days (NĐ 30/2020/NĐ-CP, Điều 13). */
export type GrantFault =
  | 'notLeader'
  | 'notOwnDeputy'
  | 'notLeaderInside'
  | 'typesMissing'
  | 'boundMissing'
  | 'endMissing'
  | 'notPassable'
  | 'toItself';

/**
 * What is wrong with a grant in itself. KT.: the head to a deputy of his own, until a day. TL.: to the head of a unit inside, by types.
 * TUQ.: to the head of a unit inside, until a day, bounded by types, units or both. Only a TL. may be passed on.
 */
export function grantFaults(directory: Directory, grant: Grant): readonly GrantFault[] {
  const { kind, grantor, grantee, types, units, to, passable } = grant;
  const bounded = (list: readonly string[] | null): boolean => list !== null && list.length > 0;
  const faults: GrantFault[] = [];
  if (grantor.unit === grantee.unit && grantor.post === grantee.post) faults.push('toItself');
  if (grantor.post !== leadingPost(directory, grantor.unit)) faults.push('notLeader');
  if (kind === 'KT' && !(grantor.unit === grantee.unit && deputyOf(grantee.post) === grantor.post)) faults.push('notOwnDeputy');
  const leads = grantee.post === leadingPost(directory, grantee.unit);
  if (kind !== 'KT' && !(leads && isBelow(directory, grantee.unit, grantor.unit))) faults.push('notLeaderInside');
  if (kind === 'TL' && !bounded(types)) faults.push('typesMissing');
  if (kind === 'TUQ' && !bounded(types) && !bounded(units)) faults.push('boundMissing');
  if (kind !== 'TL' && to === null) faults.push('endMissing');
  if (kind !== 'TL' && passable) faults.push('notPassable');
  return faults;
}

const lawful = new WeakMap<Directory, Map<Grant, boolean>>();

/** Whether a grant has no fault; judged once for each snapshot: an authority may have given thousands, and every claim asks. */
function isLawful(directory: Directory, grant: Grant): boolean {
  const known = lawful.get(directory) ?? new Map<Grant, boolean>();
  lawful.set(directory, known);
  const before = known.get(grant);
  if (before !== undefined) return before;
  const sound = grantFaults(directory, grant).length === 0;
  known.set(grant, sound);
  return sound;
}

/** Whether a grant gives anything at an instant (`now`; a day stands for its beginning): its days, not revoked, lawful, its grantor's unit there. */
export function grantHolds(directory: Directory, grant: Grant, day: string, now: string): boolean {
  return (
    holdsOn(grant, day) &&
    (grant.revokedAt === null || now < grant.revokedAt) &&
    unitHolds(directory, grant.grantor.unit, day) &&
    isLawful(directory, grant)
  );
}

/** The post for whose holder a deputy signs; null for a post that is no deputy's. */
export function deputyOf(post: string): string | null {
  return (Object.hasOwn(posts, post) ? posts[post]?.deputyOf : null) ?? null;
}

/** The posts of those who may sign for a post's holder. */
export function deputiesOf(post: string): readonly string[] {
  return Object.keys(posts).filter((one) => deputyOf(one) === post);
}

/** What lets a deputy sign KT.: his division of work, or a written grant of the head. */
export type Field = Bound & { readonly kind: 'division' | 'KT'; readonly id: string } & {
  readonly from: string;
  readonly to: string | null;
  readonly revokedAt: string | null;
  readonly decision: string;
};

/** Everything recorded by which a deputy's appointment was, is or will be able to sign KT., whatever the matter; by kind and id. */
export function fieldsOf(directory: Directory, appointment: Appointment): readonly Field[] {
  if (deputyOf(appointment.post) === null) return [];
  const index = indexOf(directory);
  const divisions = (index.divisionsOf.get(appointment.id) ?? []).map(
    ({ id, types, units, from, to, decision }): Field => ({
      kind: 'division',
      id,
      types,
      units,
      from,
      to,
      decision,
      revokedAt: null,
    }),
  );
  const grants = (index.grantsTo.get(postKey(appointment.unit, appointment.post)) ?? [])
    .filter((grant) => grant.kind === 'KT' && isLawful(directory, grant))
    .map(
      ({ id, types, units, from, to, decision, revokedAt }): Field => ({
        kind: 'KT',
        id,
        types,
        units,
        from,
        to,
        decision,
        revokedAt,
      }),
    );
  return [...divisions.sort(byId), ...grants.sort(byId)];
}

/** What lets a deputy sign KT. in a matter at an instant; null where nothing recorded does. */
export function fieldFor(directory: Directory, appointment: Appointment, matter: Matter, day: string, now = day): Field | null {
  const holds = (field: Field): boolean =>
    holdsOn(field, day) && (field.revokedAt === null || now < field.revokedAt) && holdsMatter(field, matter);
  return fieldsOf(directory, appointment).find(holds) ?? null;
}

/** The TL. and TUQ. grants of a post that hold at an instant and cover a matter, by id. */
export function ordersFor(directory: Directory, grantor: PostOf, matter: Matter, day: string, now = day): readonly Grant[] {
  return (indexOf(directory).grantsFrom.get(postKey(grantor.unit, grantor.post)) ?? []).filter(
    (grant) => grant.kind !== 'KT' && holdsMatter(grant, matter) && grantHolds(directory, grant, day, now),
  );
}

/**
 * The posts that may sign for a post's holder under TL. and TUQ. grants that hold and cover the matter; under a TL. that may be passed on
 * also the grantee's deputy in whose field the matter is.
 */
export function granteesOf(
  directory: Directory,
  grantor: PostOf,
  instance: Pick<Instance, 'context'>,
  day: string,
  now = day,
): readonly PostOf[] {
  const matter = matterOf(instance);
  return ordersFor(directory, grantor, matter, day, now).flatMap((grant) => {
    const { unit, post } = grant.grantee;
    const deputies = grant.passable
      ? deputiesOf(post).filter((one) =>
          (indexOf(directory).appointmentsAt.get(postKey(unit, one)) ?? []).some(
            (held) => holdsOn(held, day) && fieldFor(directory, held, matter, day, now) !== null,
          ),
        )
      : [];
    return [grant.grantee, ...deputies.map((one) => ({ unit, post: one }))];
  });
}

const unitDepthMax = 20;

/** Whether a unit lies under another, at whatever depth. */
function isBelow(directory: Directory, unit: string, above: string): boolean {
  let at = indexOf(directory).unit.get(unit)?.parent ?? null;
  for (let depth = 0; at !== null && depth < unitDepthMax; depth += 1) {
    if (at === above) return true;
    at = indexOf(directory).unit.get(at)?.parent ?? null;
  }
  return false;
}

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
