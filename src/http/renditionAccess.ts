import { type Model, pathsOf } from '../commands/look.js';
import type { Rendition } from '../commands/ports.js';
import { maySeePrint } from '../office/renditionPolicy.js';
import { worldAt } from '../office/world.js';
import type { InstanceCall } from './edge.js';
import { holdsPost } from './gate.js';

/** Whether a reader of an instance may see one of its prints, by the policy of its definition. */
export function maySee(call: InstanceCall, rendition: Pick<Rendition, 'mode' | 'hash'>): boolean {
  const { instance } = call.view;
  const world = worldAt(call.directory, call.now);
  const claims = (name: string) => {
    const role = roleOf(call.model, name);
    return role === undefined ? [] : world.claims(name, role, instance, call.identity.person);
  };
  return maySeePrint({
    definition: instance.definition.id,
    mode: rendition.mode,
    hash: rendition.hash,
    context: instance.context,
    paths: pathsOf(instance.state),
    plays: (role, ownOnly) => claims(role).some((claim) => !ownOnly || claim.onBehalfOf === null),
    holds: (post) => holdsPost(call.reader, post),
  });
}

function roleOf(model: Model, name: string) {
  return Object.hasOwn(model.definition.roles, name) ? model.definition.roles[name] : undefined;
}
