import type { Model } from '../commands/look.js';
import { needsProof } from '../commands/papers/stepUp.js';
import { postKey } from '../office/organisation/directory.js';
import { deputiesOf, grantHolds } from '../office/organisation/grants.js';
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
  const held = new Set(reader.keys);
  return directory.grants
    .filter((grant) => grantHolds(directory, grant, dayOf(now), now))
    .flatMap(({ grantee, passable }) =>
      [grantee.post, ...(passable ? deputiesOf(grantee.post) : [])].map((post) => postKey(grantee.unit, post)),
    )
    .some((key) => held.has(key));
}
