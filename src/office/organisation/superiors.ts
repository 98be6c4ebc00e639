import { type Directory, holdsOn, indexOf, personKey, postKey } from './directory.js';
import { posts } from './posts.js';

/** The post that leads a unit: the chair of a collective body's own unit, else the head. */
export function leadingPost(directory: Directory, unit: string): string {
  const { rootUnit, regime } = directory.authority;
  return unit === rootUnit && regime === 'collective' ? 'chair' : 'head';
}

/**
 * The posts directly above a principal key on a day: above a post its unit's leader, above a deputy the post he stands in for, above a
 * leader the leader of the next unit upwards; above a person what is above each of his posts. Nobody is above the leader of the authority.
 */
export function superiorKeysOf(directory: Directory, key: string, day: string): readonly string[] {
  if (key.startsWith('person:')) {
    const held = (indexOf(directory).appointmentsOf.get(key.slice('person:'.length)) ?? []).filter((one) => holdsOn(one, day));
    return [...new Set(held.flatMap(({ unit, post }) => above(directory, unit, post)))].filter((one) => one !== personKey(key));
  }
  const match = /^post:(.+)\/([^/]+)$/.exec(key);
  return match ? above(directory, match[1] as string, match[2] as string) : [];
}

function above(directory: Directory, unit: string, post: string): readonly string[] {
  const leader = leadingPost(directory, unit);
  const deputyOf = posts[post]?.deputyOf ?? null;
  if (deputyOf !== null) return [postKey(unit, deputyOf)];
  if (post !== leader) return [postKey(unit, leader)];
  const parent = indexOf(directory).unit.get(unit)?.parent ?? null;
  return parent === null ? [] : [postKey(parent, leadingPost(directory, parent))];
}
