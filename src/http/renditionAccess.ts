import { type Entry, type Instance, type Model, pathsOf } from '../commands/look.js';
import type { Rendition } from '../commands/papers/filePorts.js';
import { maySeePrint, publicStanding, readsWork, workFields } from '../office/papers/renditionPolicy.js';
import { worldAt } from '../office/world.js';
import type { InstanceCall } from './edge.js';
import { holdsPost } from './gate.js';

/** Whether a reader of an instance may see one of its prints, by the policy of its definition. */
export function maySee(call: InstanceCall, rendition: Pick<Rendition, 'mode' | 'hash'>): boolean {
  const { instance } = call.view;
  return maySeePrint({
    definition: instance.definition.id,
    mode: rendition.mode,
    hash: rendition.hash,
    context: instance.context,
    paths: pathsOf(instance.state),
    ...standingOf(call),
  });
}

/** Whether a reader of an instance may read how it came about, and not only what it became. */
export function mayReadWork(call: InstanceCall): boolean {
  return readsWork(call.view.instance.definition.id, standingOf(call));
}

/** Whether a reader of an instance plays one of these roles in it, himself or for another. */
export function playsOne(call: InstanceCall, roles: readonly string[]): boolean {
  const { plays } = standingOf(call);
  return roles.some((role) => plays(role, false));
}

/** The instance as its reader may see it: how it came about is left out for those who only received what it became. */
export function readableInstance(call: InstanceCall): Instance {
  const { instance } = call.view;
  if (mayReadWork(call)) return instance;
  const context = Object.fromEntries(Object.entries(instance.context).filter(([field]) => !workFields.has(field)));
  return { ...instance, context };
}

/** What the house alone is told of, also after the paper was out: which report of whom has changed. */
const WORK: ReadonlySet<string> = new Set(['SOURCE_CORRECTED']);

/** The entries that a reader of an instance may read: all of them, or what happened since the paper was out. */
export function readableEntries(call: InstanceCall, entries: readonly Entry[]): readonly Entry[] {
  if (mayReadWork(call)) return entries;
  const { id } = call.view.instance.definition;
  return entries.filter(
    ({ before, command }) => before !== null && !WORK.has(command) && publicStanding(id, pathsOf(before)) !== null,
  );
}

/** Which roles a reader plays in an instance, and which posts he holds. */
function standingOf(call: InstanceCall) {
  const world = worldAt(call.directory, call.now);
  const claims = (name: string) => {
    const role = roleOf(call.model, name);
    return role === undefined ? [] : world.claims({ name, role, command: 'READ' }, call.view.instance, call.identity.person);
  };
  return {
    plays: (role: string, ownOnly: boolean) => claims(role).some((claim) => !ownOnly || claim.onBehalfOf === null),
    holds: (post: string) => holdsPost(call.reader, post),
  };
}

function roleOf(model: Model, name: string) {
  return Object.hasOwn(model.definition.roles, name) ? model.definition.roles[name] : undefined;
}
