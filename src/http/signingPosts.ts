import type { Model } from '../commands/look.js';
import { needsProof } from '../commands/papers/stepUp.js';
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

/** Whether a person holds a post that signs: the sign desk is among his places. */
export function mayHaveToSign({ edge, reader }: Pick<SignedCall, 'edge' | 'reader'>): boolean {
  return edge.app.deps.models.all().some((model) => signingPosts(model).some((post) => holdsPost(reader, post)));
}
