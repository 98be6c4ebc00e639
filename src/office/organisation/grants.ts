import type { Instance } from '../../engine/instance.js';
import { type Directory, type Grant, holdsOn, type PostOf } from './directory.js';

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

/** Whether a bound on types and units holds a matter; null is no bound, and what is unknown is in no bound. */
export function holdsMatter(
  bound: { readonly types: readonly string[] | null; readonly units: readonly string[] | null },
  matter: Matter,
): boolean {
  const among = (list: readonly string[] | null, value: string | null): boolean =>
    list === null || (value !== null && list.includes(value));
  return among(bound.types, matter.type) && among(bound.units, matter.unit);
}

/** The posts that may sign for a post's holder under grants in force on a day that cover the matter. */
export function granteesOf(
  directory: Directory,
  grantor: PostOf,
  instance: Pick<Instance, 'context'>,
  day: string,
): readonly PostOf[] {
  const matter = matterOf(instance);
  return directory.grants
    .filter((grant) => isFrom(grant, grantor) && grant.kind !== 'KT' && holdsOn(grant, day) && holdsMatter(grant, matter))
    .map(({ grantee }) => grantee);
}

function isFrom({ grantor }: Grant, post: PostOf): boolean {
  return grantor.unit === post.unit && grantor.post === post.post;
}
