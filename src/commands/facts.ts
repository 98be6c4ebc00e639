import type { Facts } from '../engine/command.js';
import type { Instance } from '../engine/instance.js';
import { candidates, needsOf } from '../engine/judge.js';
import type { Model } from '../engine/model.js';
import { worldAt } from '../office/world.js';
import type { Deps } from './deps.js';

/** Reads what the rules may know of the world for one command: the directory, and only what its requirements need. */
export async function factsFor(
  deps: Pick<Deps, 'store' | 'clock'>,
  model: Model,
  instance: Instance,
  command: string,
  proof?: string,
): Promise<Facts> {
  const now = deps.clock.now();
  const directory = await deps.store.directory.snapshot(instance.authority);
  const given = await givenFor(deps, instance, needsOf(model, candidates(model, instance, command)), proof);
  return { now, world: worldAt(directory, now), given };
}

/** What requirements asked for by `needs`, as far as it can be read before the command is judged. */
export async function givenFor(
  deps: Pick<Deps, 'store'>,
  instance: Instance,
  needs: readonly string[],
  proof?: string,
): Promise<Record<string, unknown>> {
  const { authority, id, content } = instance;
  const given: Record<string, unknown> = {};
  if (needs.includes('children')) given.children = await deps.store.instances.children(authority, id);
  if (needs.includes('content') && content !== null) given.content = await deps.store.contents.get(authority, content);
  if (needs.includes('proof') && proof !== undefined) given.proof = await deps.store.proofs.find(authority, proof);
  return given;
}
