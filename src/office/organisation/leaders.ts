import { type Directory, indexOf, personKey, postKey } from './directory.js';
import { isInForce } from './roles.js';

/** The posts of the authority itself before whose holders an incoming paper is laid, in their order. */
export const leaderPosts = ['chair', 'deputyChair'] as const;

export interface Leader {
  readonly person: string;
  readonly post: (typeof leaderPosts)[number];
}

/** Who holds one of these posts on a day (`yyyy-mm-dd`), the chair first. */
export function leadersOn(directory: Directory, day: string): readonly Leader[] {
  const { appointmentsAt, person } = indexOf(directory);
  return leaderPosts.flatMap((post) =>
    (appointmentsAt.get(postKey(directory.authority.rootUnit, post)) ?? [])
      .filter((one) => isInForce(directory, one, day) && person.get(one.person)?.disabled === false)
      .map((one): Leader => ({ person: one.person, post })),
  );
}

/**
 * The principal keys of whom somebody names as leader: a post (whoever holds it, now and later), a person, or without a name all leaders.
 * Null for a post that nobody holds on that day, and for a person who holds none of them.
 */
export function leaderKeys(directory: Directory, day: string, named: string | null): readonly string[] | null {
  const keyOf = (post: string): string => postKey(directory.authority.rootUnit, post);
  if (named === null) return leaderPosts.map(keyOf);
  const leaders = leadersOn(directory, day);
  if (leaders.some(({ post }) => post === named)) return [keyOf(named)];
  return leaders.some(({ person }) => person === named) ? [personKey(named)] : null;
}
