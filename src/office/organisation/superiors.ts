import { type Directory, holdsOn, indexOf, personKey, postKey } from './directory.js';
import { parentOn } from './lineage.js';
import { posts } from './posts.js';

/** The post that leads a unit: the chair of a collective body's own unit, else the head. */
export function leadingPost(directory: Directory, unit: string): string {
  const { rootUnit, regime } = directory.authority;
  return unit === rootUnit && regime === 'collective' ? 'chair' : 'head';
}

/**
 * The post that stands for another one in a unit: the unit of a collective authority itself has no head but its chair, so the matters of a
 * unit that ended without a successor, which go to the unit above, come before somebody who can act.
 */
export function postIn(directory: Directory, unit: string, post: string): string {
  if (leadingPost(directory, unit) !== 'chair') return post;
  return post === 'head' ? 'chair' : post === 'deputyHead' ? 'deputyChair' : post;
}

/**
 * The posts directly above a principal key on a day: above a post its unit's leader, above a deputy the post he stands in for, above a
 * leader the leader of the next unit upwards; above a person what is above each of his posts. Nobody is above the leader of the authority.
 */
export function superiorKeysOf(directory: Directory, key: string, day: string): readonly string[] {
  if (key.startsWith('person:')) {
    const held = (indexOf(directory).appointmentsOf.get(key.slice('person:'.length)) ?? []).filter((one) => holdsOn(one, day));
    return [...new Set(held.flatMap(({ unit, post }) => above(directory, unit, post, day)))].filter(
      (one) => one !== personKey(key),
    );
  }
  const match = /^post:(.+)\/([^/]+)$/.exec(key);
  return match ? above(directory, match[1] as string, match[2] as string, day) : [];
}

function above(directory: Directory, unit: string, post: string, day: string): readonly string[] {
  const leader = leadingPost(directory, unit);
  const deputyOf = posts[post]?.deputyOf ?? null;
  if (deputyOf !== null) return [postKey(unit, deputyOf)];
  if (post !== leader) return [postKey(unit, leader)];
  const parent = parentOn(directory, unit, day);
  return parent === null ? [] : [postKey(parent, leadingPost(directory, parent))];
}
