import type { Model } from '../commands/look.js';
import { needsProof } from '../commands/papers/stepUp.js';
import { indexOf } from '../office/organisation/directory.js';
import { deputyOf, grantHolds } from '../office/organisation/grants.js';
import { dayOf } from '../office/time/clock.js';
import type { SignedCall } from './edge.js';
import { holdsPost } from './gate.js';

const known = new WeakMap<Model, readonly string[]>();

/** The posts whose holders sign something under a definition. */
function signingPosts(model: Model): readonly string[] {
  const before = known.get(model);
  if (before !== undefined) return before;
  const roles = model.machine.tree.transitions
    .filter(({ definition }) => needsProof(definition))
    .flatMap(({ definition }) => definition.by);
  const posts = roles.flatMap((name) => {
    const role = model.definition.roles[name];
    return role !== undefined && 'post' in role ? [role.post] : [];
  });
  const unique = [...new Set(posts)];
  known.set(model, unique);
  return unique;
}

/** Whether a person holds a post that signs, by itself or by a grant that is not over: the sign desk is among his places. */
export function mayHaveToSign({
  edge,
  reader,
  directory,
  now,
}: Pick<SignedCall, 'edge' | 'reader' | 'directory' | 'now'>): boolean {
  if (edge.app.deps.models.all().some((model) => signingPosts(model).some((post) => holdsPost(reader, post)))) return true;
  const { grantsTo } = indexOf(directory);
  const given = (key: string, passed: boolean): boolean =>
    (grantsTo.get(key) ?? []).some((grant) => (!passed || grant.passable) && grantHolds(directory, grant, dayOf(now), now));
  return reader.keys.some((key) => given(key, false) || given(leadersKey(key), true));
}

/** The key of the post for whose holder a deputy's post stands; of any other post a key that names none. */
function leadersKey(key: string): string {
  const cut = key.lastIndexOf('/') + 1;
  return `${key.slice(0, cut)}${deputyOf(key.slice(cut)) ?? ''}`;
}
