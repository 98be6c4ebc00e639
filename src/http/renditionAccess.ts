import { type Model, pathsOf } from '../commands/look.js';
import type { Rendition } from '../commands/ports.js';
import { worldAt } from '../office/world.js';
import type { InstanceCall } from './edge.js';

/** From here on a paper is out: whoever may read it gets what was signed. */
const ISSUED: ReadonlySet<string> = new Set(['/issued', '/inForce', '/closed', '/withdrawn', '/replaced']);
/** Those whose desk the prepared bytes are for. */
const SIGNERS = ['signatory', 'chair'] as const;

/**
 * Whether a reader of an instance may see one of its prints. Drafts are for every reader. Prepared bytes look like the signed
 * paper: before they are signed they are for those who may sign, from the signature on also for the clerk who seals and issues,
 * and after issuing for every reader, but only those that were signed: what was prepared and given up stays with the signers.
 */
export function maySee(call: InstanceCall, rendition: Pick<Rendition, 'mode' | 'hash'>): boolean {
  if (rendition.mode === 'draft') return true;
  const { instance } = call.view;
  if (holds(call, SIGNERS)) return true;
  const signed = instance.context.signedBy !== undefined && rendition.hash === instance.context.prepared;
  if (!signed) return false;
  return pathsOf(instance.state).some((path) => ISSUED.has(path)) || holds(call, ['clerk']);
}

function holds(call: InstanceCall, roles: readonly string[]): boolean {
  const world = worldAt(call.directory, call.now);
  return roles.some((name) => {
    const role = roleOf(call.model, name);
    return role !== undefined && world.claims(name, role, call.view.instance, call.identity.person).length > 0;
  });
}

function roleOf(model: Model, name: string) {
  return Object.hasOwn(model.definition.roles, name) ? model.definition.roles[name] : undefined;
}
